"""Cuts the body of a form into its parts, within bounds (RFC 7578).

Parts are cut at the boundary alone and none is cut any further, so that the work grows with the
size of the body only, whatever the body says of itself.
"""

from __future__ import annotations

import re
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import compat32
from itertools import islice, pairwise

MOST_PARTS = 100
LONGEST_HEAD = 8192
"""Bytes of the headers of a part."""

_HEAD_END = re.compile(rb"(?:\A|\r?\n)\r?\n")
_ENCODED = ("base64", "quoted-printable")
_headers = BytesHeaderParser(policy=compat32)


class BadForm(Exception):
    """A form that cannot be read, or that does not hold exactly one file; the message says why."""


def cut(body: bytes, content_type: str) -> list[Message]:
    """The parts of a form, each with its headers and its content as it was sent.

    Raises `BadForm`.
    """
    kind = _headers.parsebytes(b"Content-Type: " + content_type.encode("latin-1", "replace"))
    boundary = kind.get_boundary()
    if boundary is None:
        raise BadForm("the Content-Type of the form names no boundary")
    sign = re.escape(boundary.encode("latin-1", "replace"))
    limit = re.compile(rb"(?:\A|\r?\n)--" + sign + rb"(--)?[ \t]*(?=\r?\n|\Z)")
    limits = list(islice(limit.finditer(body), MOST_PARTS + 1))
    last = next((place for place, found in enumerate(limits) if found[1]), None)
    if last is None and len(limits) > MOST_PARTS:
        raise BadForm(f"the form has more than {MOST_PARTS} parts")
    if last is None:
        raise BadForm("the form does not keep to the boundary that its Content-Type names")
    between = pairwise(limits[: last + 1])
    return [_part(body[begin.end() : end.start()]) for begin, end in between]


def content(part: Message) -> bytes:
    """What a part holds. Raises `BadForm` for one that is made of parts itself."""
    if part.get_content_maintype() in ("multipart", "message"):
        raise BadForm("a part of the form is made of parts itself")
    held = part.get_payload(decode=True)
    return held if isinstance(held, bytes) else b""


def _part(text: bytes) -> Message:
    # The line end after the boundary is still there, and belongs to it.
    text = text[2:] if text.startswith(b"\r\n") else text[1:]
    end = _HEAD_END.search(text)
    head, held = (text, b"") if end is None else (text[: end.start()], text[end.end() :])
    if len(head) > LONGEST_HEAD:
        raise BadForm(f"the headers of a part have more than {LONGEST_HEAD} bytes")
    part = _headers.parsebytes(head)
    if str(part.get("Content-Transfer-Encoding", "")).strip().lower() not in _ENCODED:
        del part["Content-Transfer-Encoding"]
    part.set_payload(held.decode("ascii", "surrogateescape"))
    return part
