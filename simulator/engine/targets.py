"""Where webhooks go: what a URL means on the wire, and whether it may be called."""

from __future__ import annotations

import base64
import re
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

_VISIBLE = "".join(map(chr, range(0x21, 0x7F)))
"""What may stand in a request line as it is; spaces and everything beyond are percent-encoded."""
_UNSENDABLE = re.compile(r"^\s|\s$|[\x00-\x1f\x7f]")
_SERVICE = re.compile(r"(?!0x)[a-z0-9_-]*[a-z_-][a-z0-9_-]*")
"""A host on a container network: a name without dots, but not an address written as one number."""
_LOCAL_NAMES = {"localhost", "host.docker.internal", "host.containers.internal"}


class BadTarget(ValueError):
    """A text that is not a URL which can be called; the message says so."""


class Target(NamedTuple):
    """A URL taken apart as a client does that calls it.

    `origin` has scheme, host and port; `line` is what stands in the request line, path and query
    byte for byte as they were given; `authorization` is the header that user and password make.
    """

    origin: str
    line: bytes
    authorization: str | None


def read(url: str) -> Target:
    """Take a URL apart; a fragment is not sent. Raises `BadTarget`."""
    if _UNSENDABLE.search(url):
        raise BadTarget(f"{url!r:.200} is not a URL")
    try:
        parts = urlsplit(url)
        _ = parts.hostname, parts.port
        behind = url.partition("//")[2].removeprefix(parts.netloc).partition("#")[0]
        line = quote(behind, safe=_VISIBLE).encode()
        user, at, host = parts.netloc.rpartition("@")
        credentials = base64.b64encode(_unquoted(user)).decode() if at else None
    except ValueError:
        raise BadTarget(f"{url!r:.200} is not a URL") from None
    return Target(
        f"{parts.scheme}://{host}",
        line if line.startswith(b"/") else b"/" + line,
        None if credentials is None else f"Basic {credentials}",
    )


def _unquoted(user: str) -> bytes:
    name, _, password = user.partition(":")
    return f"{unquote(name)}:{unquote(password)}".encode()


class TargetPolicy:
    """Decides where webhooks may go: this machine, private networks and hosts that are named."""

    def __init__(self, allowed: tuple[str, ...] = ()) -> None:
        self._allowed = {host.lower() for host in allowed}

    def refusal(self, target: str) -> str | None:
        """Why `target` may not be called, or None when it may."""
        try:
            parts = urlsplit(read(target).origin)
        except BadTarget as error:
            return str(error)
        host = (parts.hostname or "").lower()
        if parts.scheme not in ("http", "https") or not host:
            return f"{target!r} is not an http or https URL"
        if host in self._allowed or host in _LOCAL_NAMES or host.endswith(".localhost"):
            return None
        if _SERVICE.fullmatch(host):
            return None
        try:
            address = ip_address(host)
        except ValueError:
            address = None
        # Link-local is private by name only: clouds hand out credentials at such an address.
        if address is not None and address.is_private and not address.is_link_local:
            return None
        return (
            f"webhooks may not go to {host}: only to this machine, to private addresses and to "
            f"hosts named with --webhook-allow {host}"
        )
