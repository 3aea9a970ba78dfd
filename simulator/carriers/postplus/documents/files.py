"""Answers that are files: their names and media types."""

from __future__ import annotations

import re
from urllib.parse import quote

from simulator.core.answers import Answer, Rendering

PDF = "application/pdf"
CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"
ANY = "application/octet-stream"

_BY_ENDING = {"pdf": PDF, "csv": CSV, "xlsx": XLSX, "zip": ZIP}
_UNUSUAL = re.compile(r"[^A-Za-z0-9._-]+")
_NO_NAME = re.compile(r"[\x00-\x1f\x7f/\\\ud800-\udfff]")
_NOT_PLAIN = re.compile(r'[^\x20-\x7e]|["%;]')


def serve(name: str, body: bytes | Rendering, format: str | None = None) -> Answer:
    """The file of an answer; its media type follows from its format, or from how its name ends.

    A name that is not plain ASCII is told in full in a second form (RFC 6266).
    """
    name = file_name(name)
    plain = _NOT_PLAIN.sub("_", name)
    disposition = f'attachment; filename="{plain}"'
    if plain != name:
        disposition += f"; filename*=UTF-8''{quote(name, safe='')}"
    kinds = (_BY_ENDING.get(each.lower()) for each in (format or "", name.rpartition(".")[2]))
    return Answer(
        body=body,
        media_type=next(filter(None, kinds), ANY),
        headers={"Content-Disposition": disposition},
    )


def file_name(text: str) -> str:
    """A name without folders, line breaks and the like, which become underscores."""
    return _NO_NAME.sub("_", text).strip() or "file"


def name_part(text: str) -> str:
    """A number as a part of a file's name: what is unusual there becomes an underscore."""
    return _UNUSUAL.sub("_", text).strip("_")[:60] or "unnamed"
