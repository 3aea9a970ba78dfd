"""What the URL of a target means on the wire."""

from __future__ import annotations

import base64
import re
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

_VISIBLE = "".join(map(chr, range(0x21, 0x7F)))
"""What may stand in a request line as it is; spaces and everything beyond are percent-encoded."""
_UNSENDABLE = re.compile(r"^\s|\s$|[\x00-\x1f\x7f]")
_LONGEST = 8000
_LONGEST_HOST = 253
"""Characters of a name (RFC 1035)."""


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
    if len(url) > _LONGEST:
        raise BadTarget(f"{url[:60]!r}... is too long: a target has at most {_LONGEST} characters")
    if _UNSENDABLE.search(url):
        raise BadTarget(f"{url!r:.200} is not a URL")
    try:
        parts = urlsplit(url)
        name, _ = parts.hostname or "", parts.port
        behind = url.partition("//")[2].removeprefix(parts.netloc).partition("#")[0]
        line = quote(behind, safe=_VISIBLE).encode()
        user, at, host = parts.netloc.rpartition("@")
        credentials = base64.b64encode(_unquoted(user)).decode() if at else None
    except ValueError:
        raise BadTarget(f"{url!r:.200} is not a URL") from None
    if len(name) > _LONGEST_HOST:
        raise BadTarget(f"{name[:60]}... is longer than the {_LONGEST_HOST} characters of a host")
    return Target(
        f"{parts.scheme}://{host}",
        line if line.startswith(b"/") else b"/" + line,
        None if credentials is None else f"Basic {credentials}",
    )


def _unquoted(user: str) -> bytes:
    name, _, password = user.partition(":")
    return f"{unquote(name)}:{unquote(password)}".encode()
