"""A multipart form with one CSV file, as the carrier takes it beside raw CSV.

MyParcel: document of 2017, 6.B.1; that the file's part may have any name is inferred.
"""

from __future__ import annotations

from email.message import Message

import msgspec

from simulator.carriers.myparcel.wire import errors
from simulator.core.formats import multipart
from simulator.core.formats.multipart import BadForm

MAPPING = "column_mapping"
_CHARSETS = (None, "", "utf-8", "utf8", "us-ascii")


class Form(msgspec.Struct, frozen=True):
    """What a form brought: the file, and the columns if a field named them."""

    file: bytes
    mapping: str | None


def read(body: bytes, content_type: str) -> Form:
    """The one file of a form and its column mapping.

    Raises `BadForm`, and 415/3101 for a part that is said to be in another charset than UTF-8.
    """
    parts = multipart.cut(body, content_type)
    mappings = [part for part in parts if _name(part) == MAPPING]
    others = [part for part in parts if _name(part) != MAPPING]
    # A client that sends its file as a plain field gives it no name of its own.
    files = [part for part in others if _is_file(part)] or others
    if len(files) != 1:
        raise BadForm(f"the form has {len(files) or 'no'} files, send one with the CSV in it")
    if len(mappings) > 1:
        raise BadForm(f"the form has {len(mappings)} fields {MAPPING}, send one or none")
    mapping = _text(mappings[0]) if mappings else ""
    return Form(_content(files[0]), mapping or None)


def _name(part: Message) -> str:
    name = part.get_param("name", "", header="content-disposition")
    return name if isinstance(name, str) else ""


def _is_file(part: Message) -> bool:
    # A browser sends a file that was not chosen as an empty one with an empty name.
    named = part.get_param("filename", header="content-disposition")
    return bool(named) or part.get_content_type() == "text/csv"


def _content(part: Message) -> bytes:
    charset = part.get_content_charset()
    if charset not in _CHARSETS:
        raise errors.unsupported_charset(str(charset))
    return multipart.content(part)


def _text(part: Message) -> str:
    try:
        return _content(part).decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise BadForm(f"the field {MAPPING} is not UTF-8") from None
