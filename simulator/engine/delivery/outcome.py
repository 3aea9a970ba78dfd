"""What became of a request to a target."""

from __future__ import annotations

import msgspec


class Outcome(msgspec.Struct, frozen=True):
    """What became of a request: the status of its answer, or the error that there was.

    `headers` are those with which it left, None when nothing was sent.
    """

    status: int | None = None
    error: str | None = None
    timed_out: bool = False
    response: str | None = None
    milliseconds: int = 0
    headers: dict[str, str] | None = None
