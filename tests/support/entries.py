"""An entry of a journal in which nothing is remarkable."""

from __future__ import annotations

from datetime import UTC, datetime

from simulator.engine.journal import Entry, Reasons

PLAIN = Entry(
    id="w-000000",
    at=datetime(2026, 3, 2, tzinfo=UTC),
    carrier="toy",
    operation=None,
    method="GET",
    path="/",
    query="",
    request_headers=[],
    request_kept=b"",
    status=200,
    response_headers=[],
    response_kept=b"",
    microseconds=1,
    why=Reasons(),
)
