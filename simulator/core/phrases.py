"""The usual words for statuses of HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

_OLDER: Mapping[int, str] = {
    413: "Request Entity Too Large",
    414: "Request-URI Too Long",
    416: "Requested Range Not Satisfiable",
    422: "Unprocessable Entity",
}
"""What most servers say: from CPython 3.13 on its own are those of RFC 9110."""


def phrase(status: int) -> str:
    """The words for a status; nothing for one that has none."""
    try:
        return _OLDER.get(status) or HTTPStatus(status).phrase
    except ValueError:
        return ""
