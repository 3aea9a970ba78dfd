# Made from asynchronous/control.py by tools/blocking.py; change that one.
"""The control API over HTTP: what is sent, what comes back, and what a refusal says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

# The client would load it with its first request, for which everybody waits; while a server starts
# there is time.
import httpcore2  # noqa: F401
import httpx2
import msgspec

from simulator.core.faults import did_you_mean
from simulator.testing.answers import Carrier, Served
from simulator.testing.errors import NoServer, NotServed, Refused, WrongVersion
from simulator.testing.watching import Watch
from simulator.version import VERSION

_Value = TypeVar("_Value")

TIMEOUT = 60.0
"""Seconds that an answer may take; moving a large world by a month takes several."""


class Control:
    """Asks the control API of one server.

    `died` says why nobody answers, if whoever started the server knows; `watch` hears of the worlds
    that are made. Without `keep_alive` each request has a connection of its own, so that nothing is
    left open that had to be closed.
    """

    def __init__(
        self,
        url: str,
        token: str | None,
        died: Callable[[], str | None] = lambda: None,
        *,
        watch: Watch | None = None,
        keep_alive: bool = True,
    ) -> None:
        self.url: str = url.rstrip("/")
        self.token = token
        self.watch: Watch = watch or Watch()
        self.died = died
        self._client = httpx2.Client(
            base_url=self.url,
            headers={} if token is None else {"Authorization": f"Bearer {token}"},
            timeout=TIMEOUT,
            trust_env=False,
            # Nothing is trusted that would have to be loaded for each client.
            verify=self.url.startswith("https:"),
            limits=httpx2.Limits(max_keepalive_connections=None if keep_alive else 0),
        )
        self._served: dict[str, Served] | None = None

    def ask(
        self,
        method: str,
        path: str,
        json: Any = None,
        *,
        params: Mapping[str, Any] | None = None,
        yaml: bytes | None = None,
    ) -> Any:
        """The decoded answer; None where it has no body.

        Raises `Refused` with what the server says, `NoServer` where nobody answers.
        """
        sent: dict[str, Any] = {}
        if yaml is not None:
            sent = {"content": yaml, "headers": {"Content-Type": "application/yaml"}}
        elif json is not None:
            sent = {
                "content": msgspec.json.encode(json),
                "headers": {"Content-Type": "application/json"},
            }
        try:
            response = self._client.request(
                method, f"/_sim{path}", params=dict(params or {}), **sent
            )
        except httpx2.TimeoutException as error:
            raise NoServer(f"{self.url} took too long to answer {method} {path}") from error
        except httpx2.HTTPError as error:
            why = self.died() or str(error) or type(error).__name__
            raise NoServer(f"no simulator answers at {self.url}: {why}") from error
        body: Any = None
        if response.content:
            try:
                body = msgspec.json.decode(response.content)
            except msgspec.DecodeError:
                body = response.text
        if response.status_code < 300:
            return body
        problem = body if isinstance(body, dict) else {"detail": str(body)[:300]}
        raise Refused(f"{method} /_sim{path}", response.status_code, problem)

    def told(self, kind: type[_Value], method: str, path: str, json: Any = None) -> _Value:
        """The answer as a value of that kind."""
        return msgspec.convert(self.ask(method, path, json), kind)

    def check_version(self) -> None:
        """Raise `WrongVersion` unless the server is of this client's own minor version."""
        try:
            answer = self.ask("GET", "/version")
            named, version = answer["name"], str(answer["version"])
        except (Refused, KeyError, TypeError) as error:
            if isinstance(error, Refused) and error.status == 401:
                raise NoServer(f"the server at {self.url} wants its control token") from None
            raise NoServer(f"{self.url} does not answer as a carrier simulator does") from error
        if named != "carrier-simulator" or version.split(".")[:2] != VERSION.split(".")[:2]:
            raise WrongVersion(
                f"{self.url} is {named} {version}, this client is of {VERSION}: install "
                f"carrier-simulator=={version} for the tests, or start the server of {VERSION}"
            )

    def served(self) -> dict[str, Served]:
        """The carriers that the server serves, by their names; asked for once."""
        if self._served is None:
            answer = self.ask("GET", "/carriers")
            items = msgspec.convert(answer["items"], list[Served])
            self._served = {each.name: each for each in items}
        return self._served

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()


def carrier(served: Mapping[str, Served], name: str, workspace_url: str) -> Carrier:
    """The carrier of that name in a workspace. Raises `NotServed` with those that there are."""
    if name not in served:
        known = ", ".join(served) or "none"
        meant = did_you_mean(name, served)
        raise NotServed(f"this server does not serve {name}; it serves: {known}.{meant}")
    return Carrier(workspace_url, served[name])
