"""One way to read texts, whoever sent them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.core import reading

WARSAW = ZoneInfo("Europe/Warsaw")


@given(st.integers(0, 10**18 - 1))
def test_a_whole_number_is_what_was_written(number: int) -> None:
    assert reading.whole(str(number)) == number
    assert reading.whole(f" {number}\t") == number


@given(st.text(max_size=20))
def test_a_whole_number_is_ascii_digits_or_nothing(text: str) -> None:
    bare = text.strip(" \t")
    digits = 0 < len(bare) <= 18 and all(char in "0123456789" for char in bare)
    assert (reading.whole(text) is not None) is digits


@pytest.mark.parametrize(
    "text", ["+3", "-3", "1e3", "1_0", "\x1d3", "3\n", "\u0663", "\uff13", "9" * 400]
)
def test_what_is_no_whole_number(text: str) -> None:
    assert reading.whole(text) is None


def test_signs_and_lengths_are_taken_where_they_are_asked_for() -> None:
    assert reading.whole("-3", signed=True) == -3
    assert reading.whole("+3", signed=True) == 3
    assert reading.whole("9" * 30, digits=30) == int("9" * 30)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2.50", Decimal("2.50")),
        ("-0.01", Decimal("-0.01")),
        ("2,5", None),
        ("1e3", None),
        ("-1e999999999", None),
        (".5", None),
        ("5.", None),
        ("nan", None),
        ("\u0663.5", None),
    ],
)
def test_decimals(text: str, number: Decimal | None) -> None:
    assert reading.decimal(text) == number


def test_a_comma_is_taken_where_it_is_asked_for() -> None:
    assert reading.decimal("2,5", comma=True) == Decimal("2.5")
    assert reading.decimal("2,5,1", comma=True) is None


@pytest.mark.parametrize(
    ("text", "truth"),
    [("true", True), (" TRUE ", True), ("1", True), ("0", False), ("False", False), ("yes", None)],
)
def test_booleans(text: str, truth: bool | None) -> None:
    assert reading.boolean(text) is truth


def test_lists_lose_blanks_and_empty_items() -> None:
    assert reading.parts(" 1, ,2,,") == ["1", "2"]
    assert reading.parts("1;2", ";") == ["1", "2"]


def test_days() -> None:
    assert reading.day("2026-03-02") == date(2026, 3, 2)
    assert reading.day("2026-02-30") is None
    assert reading.day("2026-3-2") is None


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-03-02T10:15:00+01:00", datetime(2026, 3, 2, 9, 15, tzinfo=UTC)),
        ("2026-03-02T10:15:00 01:00", datetime(2026, 3, 2, 9, 15, tzinfo=UTC)),
        ("2026-03-02 10:15:00", datetime(2026, 3, 2, 9, 15, tzinfo=UTC)),
        ("2026-03-02", datetime(2026, 3, 1, 23, 0, tzinfo=UTC)),
        ("2026-03-02T10:15:00.120Z", datetime(2026, 3, 2, 10, 15, 0, 120_000, tzinfo=UTC)),
        ("2026-W10-1", None),
        ("20260302", None),
        ("2026-03-02T10:15:00+99:99", None),
        ("2026-03-02T25:00", None),
        ("yesterday", None),
    ],
)
def test_instants(text: str, instant: datetime | None) -> None:
    assert reading.instant(text, WARSAW) == instant


@pytest.mark.parametrize("text", ["9999-12-31T23:59:59Z", "0001-01-01", "0001-01-02T00:00+14:00"])
def test_an_instant_at_the_end_of_the_calendar_can_be_told_in_every_zone(text: str) -> None:
    at = reading.instant(text, WARSAW)
    if at is not None:
        assert at.astimezone(ZoneInfo("Pacific/Kiritimati")).astimezone(ZoneInfo("Etc/GMT+12"))
