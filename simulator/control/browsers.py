"""Keeps the pages of other sites away from the control API; programs are not asked.

A page in a developer's browser can send requests to every address that the browser reaches, without
being able to read the answers; one whose own name suddenly leads to this server (DNS rebinding) can
read them as well. Browsers tell on both: by `Sec-Fetch-Site`, by `Origin`, and by the name in
`Host`, none of which a page can change. `X-Forwarded-Host` only explains an `Origin`: a page of
another site cannot send it without being asked before, and of one that was rebound the `Host` is
judged all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from simulator.engine.delivery.policy import is_this_machine, literal

_MARKS = ("origin", "sec-fetch-site", "sec-fetch-dest", "sec-fetch-user")
"""What only browsers send. `Sec-Fetch-Mode` alone is no mark: the fetch of Node sends it, too."""

_READS = ("GET", "HEAD")


class Doorkeeper:
    """Decides which requests of browsers are let in; `allowed` are host names beside local ones."""

    def __init__(self, allowed: Iterable[str] = ()) -> None:
        self._allowed = {host.lower().rstrip(".") for host in allowed}

    def refusal(self, method: str, headers: Mapping[str, str]) -> str | None:
        """Why a request is not let in, or None when it is; `headers` have lower-case names."""
        if not any(mark in headers for mark in _MARKS) and not _no_cors(headers):
            return None
        host = _name(headers.get("host", ""))
        if not self._is_ours(host):
            return (
                f"A browser asks for this server as {host!r:.200}, a name that could belong to "
                "anybody. Open it by an address, as localhost or by a name without a dot, or start "
                f"it with --host-allow {host:.200} (SIMULATOR_HOST_ALLOW)."
            )
        if _is_cross_site(headers) and not _is_link(method, headers):
            whose = headers.get("origin", "another site")
            return (
                f"A page of {whose!r:.200} sent this in a browser; only this server's own pages "
                "may use the control API. Let the page's server or the test send it, as a program "
                "that is no browser."
            )
        return None

    def _is_ours(self, host: str) -> bool:
        """Whether nobody else can let the name of a page lead here."""
        bare = host.rstrip(".")
        if "." not in host or is_this_machine(bare) or bare in self._allowed:
            return True
        return literal(host) is not None


def _no_cors(headers: Mapping[str, str]) -> bool:
    """Whether only a browser can have meant the mode that is told; programs tell `cors` alone."""
    return headers.get("sec-fetch-mode", "cors") != "cors"


def _is_cross_site(headers: Mapping[str, str]) -> bool:
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "cross-site"
    # Browsers tell the site only to https and to this machine; the origin they tell everybody.
    origin = headers.get("origin")
    if origin is None:
        return False
    forwarded = headers.get("x-forwarded-host", "").partition(",")[0].strip()
    return _host_of(origin) not in {_name(headers.get("host", "")), _name(forwarded)} - {""}


def _is_link(method: str, headers: Mapping[str, str]) -> bool:
    """Whether somebody followed a link to something to read, which the other site does not see."""
    mode, shown_as = headers.get("sec-fetch-mode"), headers.get("sec-fetch-dest")
    return method in _READS and mode == "navigate" and shown_as == "document"


def _host_of(origin: str) -> str:
    """The host of an origin; empty for ``null``, which is nobody's."""
    try:
        return (urlsplit(origin).hostname or "").lower()
    except ValueError:
        return ""


def _name(host: str) -> str:
    """A `Host` without its port and without the brackets of an address, in lower case."""
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].lower()
