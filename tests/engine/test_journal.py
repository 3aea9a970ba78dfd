"""The journal's bounds, in entries and in bytes."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from simulator.engine.journal import Entry, Journal


def _entry(journal: Journal, body: bytes = b"", query: str = "", header: bytes = b"") -> Entry:
    entry = Entry(
        id=journal.next_id(),
        at=datetime(2026, 3, 2, tzinfo=UTC),
        carrier="toy",
        operation=None,
        method="GET",
        path="/",
        query=query,
        request_headers=[(b"x-long", header)],
        request_body=b"",
        status=200,
        response_headers=[],
        response_body=body,
        microseconds=1,
        why={},
    )
    journal.add(entry)
    return entry


@given(st.lists(st.integers(0, 5000)), st.integers(0, 10), st.integers(0, 20_000))
def test_the_bounds_hold_and_the_newest_stay(sizes: list[int], entries: int, size: int) -> None:
    journal = Journal("w", entries, size)
    added = [_entry(journal, b"x" * length) for length in sizes]

    kept = list(journal)

    assert len(journal) == len(kept) <= entries
    assert journal.size == sum(entry.cost for entry in kept) <= size
    assert kept == added[len(added) - len(kept) :]


def test_long_headers_and_queries_count_as_well() -> None:
    journal = Journal("w", 100, 50_000)
    for _ in range(10):
        _entry(journal, query="x" * 15_000, header=b"x" * 10_000)

    assert len(journal) == 1


def test_ids_count_and_are_found_as_long_as_they_are_kept() -> None:
    journal = Journal("w", 2, 1_000_000)
    first, second, third = (_entry(journal) for _ in range(3))

    assert [entry.id for entry in (first, second, third)] == ["w-000001", "w-000002", "w-000003"]
    assert journal.find("w-000001") is None
    assert journal.find("w-000003") is third


def test_clearing_tells_how_many_there_were() -> None:
    journal = Journal("w", 5, 1_000_000)
    _entry(journal)

    assert (journal.clear(), len(journal), journal.size, journal.recorded) == (1, 0, 0, 1)
