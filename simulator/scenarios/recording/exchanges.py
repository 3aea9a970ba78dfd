"""What was said, as it was said."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

import msgspec

from simulator.core.formats import nesting

FORM = "application/x-www-form-urlencoded"

Headers = dict[str, str]
"""Headers by lower-case name."""


class Reply(msgspec.Struct, frozen=True):
    """An answer; its body without any content coding."""

    status: int
    headers: Headers
    body: bytes


class Exchange(msgspec.Struct, frozen=True):
    """A request and what came of it; without a reply the connection broke.

    `at` are seconds of a clock that never goes back; `path` is as it was sent, escapes included.
    """

    at: float
    method: str
    path: str
    query: str
    headers: Headers
    body: bytes
    reply: Reply | None


class Content(msgspec.Struct, frozen=True):
    """A body in the way in which a scenario writes it: `kind` says as what."""

    kind: str
    value: Any = None
    told: str = ""


def content(headers: Headers, body: bytes) -> Content:
    """A body as JSON, form or text; of any other only its type and length are told."""
    if not body:
        return Content("none")
    media = headers.get("content-type", "").partition(";")[0].strip().lower()
    if media.endswith("json") or body[:1] in b"{[":
        try:
            return Content("json", nesting.read(body))
        except (msgspec.DecodeError, UnicodeDecodeError):
            pass
    binary = Content("binary", told=f"{media or 'no media type'}, {len(body)} bytes")
    if media.startswith("multipart/"):
        return binary
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return binary
    if media == FORM:
        return Content("form", dict(parse_qsl(text, keep_blank_values=True)))
    # A PDF may be text by chance; a scenario would hold all of it.
    known = media.startswith("text/") or media.endswith(("json", "xml"))
    return Content("text", text) if known or not media else binary
