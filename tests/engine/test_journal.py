"""The journal's bounds, in entries and in bytes."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from simulator.core.answers import Finding
from simulator.engine.journal import Entry, Journal, Passed, Reasons
from tests.support.entries import PLAIN


def _entry(journal: Journal, body: bytes = b"", query: str = "", header: bytes = b"") -> Entry:
    entry = msgspec.structs.replace(
        PLAIN,
        id=journal.next_id(),
        query=query,
        request_headers=[(b"x-long", header)],
        response_kept=body,
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
    assert [entry.id for entry in kept] == [entry.id for entry in added[len(added) - len(kept) :]]


def test_long_headers_and_queries_count_as_well() -> None:
    journal = Journal("w", 100, 50_000)
    for _ in range(10):
        _entry(journal, query="x" * 15_000, header=b"x" * 10_000)

    assert len(journal) == 1


def test_an_answer_that_is_too_long_is_cut_and_says_so_and_the_others_stay() -> None:
    journal = Journal("w", 100, 80_000)
    first = _entry(journal)

    _entry(journal, b"x" * 1_000_000)

    kept, cut = journal
    assert kept is first
    assert (cut.response_body, cut.response_size) == (b"x" * 10_000, 1_000_000)
    assert "the response has 1000000 bytes, of which the journal keeps the first 10000" in str(
        cut.why.notes
    )


def test_what_an_entry_keeps_besides_bodies_counts() -> None:
    many = Reasons(findings=[Finding(("a",), "b", "c" * 1000)] * 50, notes=["d" * 5000])
    journal = Journal("w", 100, 1_000_000)
    plain = _entry(journal)

    told = msgspec.structs.replace(plain, why=many, response_headers=[(b"n" * 900, b"v")])

    assert told.cost > plain.cost + 50 * 1000 + 5000 + 900


def test_what_is_pressed_reads_as_before_and_takes_less() -> None:
    asked: list[Journal] = []
    journal = Journal("w", 100, 1_000_000, asked.append)
    bodies = [b"%d " % number * 2000 for number in range(40)]
    for body in bodies:
        _entry(journal, body)
    size = journal.size

    while journal.press_one():
        pass

    assert asked == [journal]
    assert [entry.response_body for entry in journal] == bodies
    assert journal.size == sum(entry.cost for entry in journal) < size / 2
    assert not any(entry.pressed[1] for entry in list(journal)[-8:])
    assert not journal.press_one()


def test_resources_count_until_those_are_left_that_are_told() -> None:
    journal = Journal("w", 100, 1_000_000)
    rule = Passed(1, {"when": {"resource": {"id": 70}}}, 1, 0)
    many = Reasons(passed=(rule,), resources=[{"id": number} for number in range(100)])
    for _ in range(10):
        journal.add(msgspec.structs.replace(PLAIN, id=journal.next_id(), why=many))
    size = journal.size

    while journal.press_one():
        pass

    oldest = next(iter(journal))
    assert oldest.why.resources == [{"id": 70}]
    assert journal.size == sum(entry.cost for entry in journal) < size - 20_000


def test_bodies_of_a_kind_take_next_to_nothing_beside_the_first_of_them() -> None:
    journal = Journal("w", 100, 1_000_000)
    words = " ".join(f"word-{number * 7919}" for number in range(100))
    bodies = [f'{{"id":{number},"text":"{words}"}}'.encode() for number in range(40)]
    for body in bodies:
        _entry(journal, body)

    while journal.press_one():
        pass

    assert [entry.response_body for entry in journal] == bodies
    assert all(entry.kept < len(bodies[0]) / 20 for entry in list(journal)[:-8])


@given(st.lists(st.tuples(st.binary(max_size=40), st.integers(0, 400), st.booleans()), max_size=30))
def test_whatever_is_pressed_reads_as_before(parts: list[tuple[bytes, int, bool]]) -> None:
    journal = Journal("w", 100, 10_000_000)
    bodies = [part * times for part, times, _ in parts]
    for body, (_, _, presses) in zip(bodies, parts, strict=True):
        if presses:
            journal.press_one()
        _entry(journal, body)

    while journal.press_one():
        pass

    assert [entry.response_body for entry in journal] == bodies
    assert journal.size == sum(entry.cost for entry in journal)


def test_pressed_entries_share_their_headers() -> None:
    journal = Journal("w", 100, 1_000_000)
    for _ in range(20):
        _entry(journal, header=b"".join([b"a", b"gent"]))

    while journal.press_one():
        pass

    assert len({id(entry.request_headers[0]) for entry in list(journal)[:12]}) == 1


def test_a_journal_that_loses_entries_while_it_is_pressed_goes_on() -> None:
    journal = Journal("w", 10, 1_000_000)
    for number in range(50):
        _entry(journal, b"%d " % number * 1000)
        journal.press_one()

    while journal.press_one():
        pass

    assert len(journal) == 10
    assert [entry.pressed[1] for entry in journal] == [True] * 2 + [False] * 8


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
