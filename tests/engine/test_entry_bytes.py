"""Entries as bytes: whatever they hold comes back, but what nobody is told of."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.core.answers import Finding
from simulator.core.faults import shortened
from simulator.engine.backends.store import AMENDMENTS, JOURNAL
from simulator.engine.journal import Acted, Entry, Journal, Passed, Reasons
from simulator.engine.journal.codec import decode, encode, encode_amendment, encode_clearing
from simulator.engine.keeping.shared_journal import SharedJournal, Told
from tests.support import entries

PLAIN = msgspec.structs.replace(
    entries.PLAIN, id="w-000001", at=datetime(2026, 3, 2, 9, 15, 0, 1, tzinfo=UTC)
)

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
headers = st.lists(st.tuples(st.binary(max_size=9), st.binary(max_size=9)), max_size=4)
texts = st.text(max_size=20)
members = st.dictionaries(st.text(max_size=5), values, max_size=3)


def back(entry: Entry) -> Entry:
    read = decode(encode(entry))
    assert isinstance(read, Entry)
    return read


def explained(**why: Any) -> Entry:
    return msgspec.structs.replace(PLAIN, why=Reasons(**why))


@given(
    st.fixed_dictionaries(
        {
            "at": st.datetimes(timezones=st.just(UTC)),
            "carrier": st.none() | texts,
            "operation": st.none() | texts,
            "path": texts,
            "query": texts,
            "request_headers": headers,
            "request_kept": st.binary(max_size=50),
            "status": st.integers(100, 599),
            "response_headers": headers,
            "response_kept": st.binary(max_size=50),
            "microseconds": st.integers(0, 10**12),
            "error": st.none() | texts,
            "heard": st.sampled_from([None, "answer", "gone", "reset", "nothing", "part"]),
            "request_size": st.none() | st.integers(0, 10**9),
            "response_size": st.none() | st.integers(0, 10**9),
        }
    ),
    st.fixed_dictionaries(
        {
            "outcome": st.sampled_from(["handler", "refusal", "unmatched", "failure"]),
            "edition": st.none() | texts,
            "edition_sign": texts,
            "reason": texts,
            "key": texts,
            "advice": texts,
            "quirks": members,
            "notes": st.lists(texts, max_size=3).map(tuple),
        }
    ),
)
def test_whatever_an_entry_holds_comes_back(entry: dict[str, Any], why: dict[str, Any]) -> None:
    whole = msgspec.structs.replace(PLAIN, **entry, why=Reasons(**why))

    assert back(whole) == whole


@given(st.lists(st.tuples(texts, values, values, st.sampled_from(["", "type"])), max_size=4))
def test_findings_come_back_as_they_are_shown(found: list[tuple[str, Any, Any, str]]) -> None:
    findings = [
        Finding(("a", 1, text), text, text, keyword, value, ("string",), text, allowed)
        for text, value, allowed, keyword in found
    ]

    read = back(explained(findings=findings)).why.findings

    assert read == tuple(
        msgspec.structs.replace(each, value=shortened(each.value), wanted=()) for each in findings
    )


def test_a_place_that_is_a_text_of_its_own_kind_comes_back_as_one() -> None:
    class Member(str):
        """As carriers have some."""

    found = Finding(("parcels", Member("0"), 1), "required")

    assert back(explained(findings=[found])).why.findings == (found,)


@given(values)
def test_what_was_shortened_is_not_shortened_again(value: Any) -> None:
    assert shortened(shortened(value)) == shortened(value)
    assert shortened(shortened([value] * 100)) == shortened([value] * 100)


def test_a_long_value_takes_no_more_than_it_shows() -> None:
    entry = explained(findings=[Finding((), "type", "is wrong", "type", ["long"] * 100_000)])

    assert len(encode(entry)) < 500


def test_events_come_back_with_what_a_shipment_is_known_by() -> None:
    payload = {"id": 7, "number": "A-7", "sizes": [1, 2], "price": 1.5, "at": PLAIN.at}

    read = back(explained(events=[("toy.made", payload), ("toy.lost", {})]))

    assert read.why.events == (("toy.made", {"id": 7, "number": "A-7"}), ("toy.lost", {}))


def test_a_rule_that_acted_comes_back() -> None:
    acted = Acted(3, "busy", 2, None, "1s", "changed", "status", after=True)

    assert back(explained(rule=acted)).why.rule == acted


def test_of_a_rule_that_passed_its_answer_stays_behind() -> None:
    definition = {
        "name": "busy",
        "times": 3,
        "when": {"operation": "toy.read", "body": {"long": "x" * 5000}, "nth": 2},
        "respond": {"body": "x" * 5000},
        "fault": {"kind": "rate_limit", "requests": 5, "per": "1m", "body": "x" * 5000},
    }
    entry = explained(passed=(Passed(1, definition, 4, 3), Passed(2, {}, 1, 0)))

    read = back(entry).why.passed

    assert read == (
        Passed(
            1,
            {
                "name": "busy",
                "times": 3,
                "when": {"nth": 2},
                "fault": {"kind": "rate_limit", "requests": 5, "per": "1m"},
            },
            4,
            3,
        ),
        Passed(2, {}, 1, 0),
    )


def test_of_many_resources_those_come_back_that_were_most_like_a_pattern() -> None:
    def about(**resource: Any) -> Passed:
        return Passed(1, {"when": {"resource": resource}}, 1, 0)

    resources = [{"id": number, "size": "small"} for number in range(100)]
    rules = (about(id=70, size="large"), about(id=20), Passed(2, {}, 1, 0), about(name="x"))

    read = back(explained(passed=rules, resources=resources)).why.resources

    assert read == (resources[0], resources[20], resources[70])
    assert back(explained(resources=resources)).why.resources == ()
    assert back(explained(passed=rules)).why.resources == ()


@pytest.mark.parametrize("number", [2**64, -(2**63) - 1, 10**4000, -(10**30)])
def test_numbers_of_any_length_come_back(number: int) -> None:
    resources = ({"number": [number]},)
    passed = (Passed(1, {"when": {"resource": {"number": [number]}}}, 1, 0),)

    read = back(explained(quirks={"toy.size": number}, passed=passed, resources=resources)).why

    assert (read.quirks, read.resources) == ({"toy.size": number}, resources)
    assert read.passed == passed


def test_half_a_character_costs_no_entry() -> None:
    entry = msgspec.structs.replace(PLAIN, path="/\ud800", error="\udcff")

    assert (back(entry).path, back(entry).error) == ("/?", "?")


def test_pressed_bodies_come_back_as_they_were() -> None:
    journal = Journal("w", 100, 1_000_000)
    bodies = [b'{"id": %d, "text": "%s"}' % (number, b"word " * 500) for number in range(20)]
    for body in bodies:
        journal.add(
            msgspec.structs.replace(
                PLAIN, id=journal.next_id(), request_kept=body, response_kept=body
            )
        )
    while journal.press_one():
        pass

    read = [back(entry) for entry in journal]

    assert any(entry.pressed[0] for entry in journal)
    assert [entry.request_body for entry in read] == bodies
    assert [entry.response_body for entry in read] == bodies


def test_a_body_that_was_cut_comes_back_with_its_true_size() -> None:
    journal = Journal("w", 100, 80_000)

    kept = journal.add(msgspec.structs.replace(PLAIN, response_kept=b"x" * 1_000_000))

    assert kept is journal.find(PLAIN.id)
    assert (len(back(kept).response_body), back(kept).response_size) == (10_000, 1_000_000)
    assert back(kept).why.notes == tuple(kept.why.notes)


def test_the_entries_of_a_log_are_amended_by_what_came_later() -> None:
    waiting = [msgspec.structs.replace(PLAIN, id=f"w-{number}", heard=None) for number in range(3)]
    told = Told(
        [(number, encode(entry)) for number, entry in enumerate(waiting, 1)],
        [(1, encode_amendment("w-gone", "answer")), (2, encode_amendment("w-0", "reset"))],
    )

    journal = Journal("w", 10, 100_000)
    SharedJournal(journal).read(told, {JOURNAL: 3, AMENDMENTS: 2})

    assert [(entry.id, entry.heard) for entry in journal] == [
        ("w-0", "reset"),
        ("w-1", None),
        ("w-2", None),
    ]


def test_what_is_cleared_is_forgotten_with_all_before_it() -> None:
    lines = [(1, encode(PLAIN)), (2, encode(msgspec.structs.replace(PLAIN, id="w-2")))]
    journal = Journal("w", 10, 100_000)
    shared = SharedJournal(journal)
    shared.read(Told(lines[:1]), {JOURNAL: 1})
    shared.read(Told(lines, [(1, encode_clearing(1))]), {JOURNAL: 2, AMENDMENTS: 1})

    assert [entry.id for entry in journal] == ["w-2"]
    assert (journal.recorded, journal.let_go) == (2, 0)


def test_what_bounds_drove_out_counts_and_nothing_else_does() -> None:
    journal = Journal("w", 10, 100_000)
    told = Told(
        [(number, encode(msgspec.structs.replace(PLAIN, id=f"w-{number}"))) for number in (8, 9)],
        [(7, encode_clearing(4)), (8, encode_amendment("w-8", "reset"))],
    )
    SharedJournal(journal).read(told, {JOURNAL: 9, AMENDMENTS: 8})

    assert [(entry.id, entry.heard) for entry in journal] == [("w-8", "reset"), ("w-9", None)]
    assert (journal.recorded, journal.let_go) == (9, 3)


@given(st.binary(max_size=60))
def test_other_bytes_are_refused(line: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        decode(line)


def test_bytes_of_a_later_version_can_be_read() -> None:
    later = msgspec.msgpack.encode([*msgspec.msgpack.decode(encode(PLAIN)), "more"])

    assert decode(later) == back(PLAIN)


def test_an_entry_is_as_long_ago_as_it_was() -> None:
    ages = [timedelta(days=days, microseconds=days) for days in (0, 1, 400, 100_000, -90_000)]
    for age in ages:
        entry = msgspec.structs.replace(PLAIN, at=PLAIN.at - age)
        assert back(entry).at.isoformat() == entry.at.isoformat()
