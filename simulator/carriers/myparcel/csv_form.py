"""A multipart form with one CSV file, as the carrier takes it beside raw CSV.

MyParcel: document of 2017, 6.B.1; that the file's part may have any name is inferred.
"""

from __future__ import annotations

from email.message import Message
from email.parser import BytesParser
from email.policy import compat32

import msgspec

MAPPING = "column_mapping"
_MOST_PARTS = 100


class BadForm(Exception):
    """A form that cannot be read, or that does not hold exactly one file; the message says why."""


class Form(msgspec.Struct, frozen=True):
    """What a form brought: the file, and the columns if a field named them."""

    file: bytes
    mapping: str | None


def read(body: bytes, content_type: str) -> Form:
    """The one file of a form and its column mapping. Raises `BadForm`."""
    head = b"Content-Type: " + content_type.encode("latin-1", "replace") + b"\r\n\r\n"
    message = BytesParser(policy=compat32).parsebytes(head + body)
    if message.get_boundary() is None:
        raise BadForm("the Content-Type of the form names no boundary")
    if not message.is_multipart() or message.defects:
        raise BadForm("the form does not keep to the boundary that its Content-Type names")
    parts: list[Message] = [part for part in message.get_payload() if isinstance(part, Message)]
    if len(parts) > _MOST_PARTS:
        raise BadForm(f"the form has {len(parts)} parts, at most {_MOST_PARTS} are read")
    mappings = [part for part in parts if _name(part) == MAPPING]
    others = [part for part in parts if _name(part) != MAPPING]
    # A client that sends its file as a plain field gives it no name of its own.
    files = [part for part in others if _is_file(part)] or others
    if len(files) != 1:
        raise BadForm(f"the form has {len(files) or 'no'} files, send one with the CSV in it")
    if len(mappings) > 1:
        raise BadForm(f"the form has {len(mappings)} fields {MAPPING}, send one or none")
    return Form(_content(files[0]), _text(mappings[0]) if mappings else None)


def _name(part: Message) -> str:
    name = part.get_param("name", "", header="content-disposition")
    return name if isinstance(name, str) else ""


def _is_file(part: Message) -> bool:
    named = part.get_param("filename", header="content-disposition") is not None
    return named or part.get_content_type() == "text/csv"


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        raise BadForm(f"the part {_name(part)!r} is made of parts itself")
    return content


def _text(part: Message) -> str:
    try:
        return _content(part).decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise BadForm(f"the field {MAPPING} is not UTF-8") from None
