"""Which carrier a request was for, its path below that carrier's base URL, and who asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from simulator.carriers.carrier import Carrier
from simulator.scenarios.recording.exchanges import Exchange

_CONTROL = re.compile(r"(?:/w/[^/]+)?/_sim(?:/workspaces/[^/]+)?/(?P<what>.+)")
_WORKSPACE = re.compile(r"/w/[^/]+(?=/|$)")

_OURS = "x-sim-"
"""What the names of headers begin with that only a simulator adds."""
_SHORTEST = 6
"""Characters from which a credential that was refused may have been somebody's."""

WRONG = "wrong-token"
"""What is written of a credential that was refused."""


class Address(NamedTuple):
    """Where a request went; without a carrier it was for nobody that is known."""

    carrier: str | None
    path: str
    control: str | None = None
    """What of the control API was asked, such as `clock/advance`."""


class Addresses:
    """Finds out about requests to one server."""

    def __init__(self, url: str, carrier: str | None, carriers: Mapping[str, Carrier]) -> None:
        self._carriers = carriers
        self._carrier = carrier
        parts = urlsplit(url)
        self._below = parts.path.rstrip("/")
        host = (parts.hostname or "").lower()
        hosts = [name for name, each in carriers.items() if host in each.hosts]
        if carrier is None and hosts:
            self._carrier = hosts[0]

    def of(self, path: str) -> Address:
        """Where a request went, by its path behind the proxy."""
        whole = self._below + path
        asked = _CONTROL.fullmatch(whole)
        if asked is not None:
            return Address(None, whole, asked["what"])
        inner = _WORKSPACE.sub("", whole, count=1) or "/"
        first, _, rest = inner.removeprefix("/").partition("/")
        if first in self._carriers and self._carrier in (None, first):
            return Address(first, f"/{rest}")
        if self._carrier is not None:
            return Address(self._carrier, path)
        owner = next((n for n, each in self._carriers.items() if each.owns_path(inner)), None)
        return Address(owner, inner)


class Credentials:
    """How the credentials of a recording are written: one that was refused as a wrong one, those
    of the simulator as they are, any other of a simulator as that of its default world, and
    elsewhere by the name of an environment variable."""

    def __init__(self, carriers: Mapping[str, Carrier]) -> None:
        self._carriers = carriers
        self._variables: dict[tuple[str, str], str] = {}
        self._unknown: set[str] = set()

    @property
    def secrets(self) -> list[str]:
        """The credentials that nobody may read."""
        return sorted(self._unknown)

    def written(self, carrier: str, exchange: Exchange) -> str:
        """What the scenario says of the credential; the empty text where there was none."""
        found = self._carriers[carrier].credential(exchange.headers)
        if found is None:
            return ""
        known = [value for value, _ in self._carriers[carrier].credentials_help]
        reply = exchange.reply
        refused = reply is not None and reply.status == 401
        named = (carrier, found.value) in self._variables
        # A word that is too short to be a secret would put stars all over the file.
        if found.value not in known and (len(found.value) >= _SHORTEST or not refused):
            self._unknown.add(found.value)
        if refused:
            return WRONG
        if found.value in known:
            return found.value
        if not named and reply is not None and any(n.startswith(_OURS) for n in reply.headers):
            return known[0]
        return self._variable(carrier, found.value)

    def _variable(self, carrier: str, value: str) -> str:
        key = (carrier, value)
        if key not in self._variables:
            others = sum(name == carrier for name, _ in self._variables)
            ending = f"_{others + 1}" if others else ""
            self._variables[key] = f"${{env.SIMULATOR_AUTH_{carrier.upper()}{ending}}}"
        return self._variables[key]
