"""Clocks, and reading durations and instants."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.core import clock as clocks
from simulator.core.clock import BadTime, Clock, parse_duration, parse_instant, written

MONDAY = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
WALL = datetime(2030, 1, 1, tzinfo=UTC)


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The machine's time, which a test moves by replacing the only member."""
    now = [WALL]
    monkeypatch.setattr(clocks, "wall", lambda: now[0])
    return now


class Machine:
    """A machine whose clock a test sets."""

    def __init__(self) -> None:
        self.shown = WALL.timestamp()
        self.runs = 1000.0
        self.now = clocks.never_back(lambda: self.shown, lambda: self.runs)

    def run(self, seconds: float) -> None:
        self.shown += seconds
        self.runs += seconds


def test_the_time_goes_on_when_the_machines_clock_is_set_back() -> None:
    machine = Machine()
    machine.run(10)
    machine.shown -= 3600
    assert machine.now() == WALL + timedelta(seconds=10)
    machine.run(60)
    assert machine.now() == WALL + timedelta(seconds=70)
    machine.shown += 3600
    machine.run(1)
    assert machine.now() == WALL + timedelta(seconds=71)


def test_a_step_back_that_nobody_saw_costs_nothing_either() -> None:
    machine = Machine()
    machine.run(7200)
    machine.shown -= 3600
    assert machine.now() == WALL + timedelta(hours=2)


def test_the_time_follows_when_the_machine_slept() -> None:
    machine = Machine()
    machine.shown += 8 * 3600
    assert machine.now() == WALL + timedelta(hours=8)
    machine.shown -= 60
    assert machine.now() == WALL + timedelta(hours=8)


def test_a_frozen_clock_stands(wall: list[datetime]) -> None:
    clock = Clock.frozen(MONDAY)
    wall[0] += timedelta(hours=5)

    assert clock.now() == MONDAY
    assert clock.wall_seconds_until(MONDAY + timedelta(1)) is None


def test_an_offset_clock_runs_at_the_machines_pace(wall: list[datetime]) -> None:
    clock = Clock.offset(MONDAY)
    wall[0] += timedelta(hours=5)

    assert clock.now() == MONDAY + timedelta(hours=5)
    assert clock.wall_seconds_until(MONDAY + timedelta(hours=6)) == 3600
    assert clock.wall_seconds_until(MONDAY) == 0


def test_a_scaled_clock_runs_at_its_own_pace(wall: list[datetime]) -> None:
    clock = Clock.scaled(MONDAY, 60)
    wall[0] += timedelta(minutes=1)

    assert clock.now() == MONDAY + timedelta(hours=1)
    assert clock.wall_seconds_until(MONDAY + timedelta(hours=2)) == 60


def test_a_real_clock_shows_the_machines_time_until_it_is_moved(wall: list[datetime]) -> None:
    clock = Clock.real()
    wall[0] += timedelta(minutes=1)
    assert clock.now() == wall[0]

    moved = clock.moved_to(MONDAY)

    assert (moved.mode, moved.now()) == ("offset", MONDAY)


@pytest.mark.parametrize("clock", [Clock.frozen(MONDAY), Clock.scaled(MONDAY, 5)])
def test_a_moved_clock_keeps_its_mode_and_pace(clock: Clock) -> None:
    moved = clock.moved_to(MONDAY + timedelta(1))

    assert (moved.mode, moved.speed, moved.at) == (clock.mode, clock.speed, MONDAY + timedelta(1))


def test_a_resumed_clock_goes_on_from_where_it_stood(wall: list[datetime]) -> None:
    clock = Clock.offset(MONDAY)
    wall[0] += timedelta(days=9)

    assert clock.resumed().now() == MONDAY
    assert Clock.real().resumed().now() == wall[0]


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("2h", timedelta(hours=2)),
        ("+2m", timedelta(minutes=2)),
        ("1500ms", timedelta(seconds=1.5)),
        ("1h30m", timedelta(minutes=90)),
        ("1d12h", timedelta(hours=36)),
        ("0.5w", timedelta(days=3.5)),
        (" 26h ", timedelta(hours=26)),
        ("0s", timedelta(0)),
    ],
)
def test_durations_are_read(text: str, duration: timedelta) -> None:
    assert parse_duration(text) == duration


@pytest.mark.parametrize(
    "text", ["", "2", "h", "2 h", "-2h", "2y", "2h later", "1e3s", "\uff19h", None]
)
def test_what_is_no_duration_says_what_is(text: str) -> None:
    with pytest.raises(BadTime, match="is not a duration: write a number and a unit"):
        parse_duration(text)


def test_a_duration_has_an_end() -> None:
    with pytest.raises(BadTime, match="at most 7300 days"):
        parse_duration("9" * 400 + "w")


def test_instants_are_read_as_utc() -> None:
    assert parse_instant("2026-03-02T10:15:00+01:00") == MONDAY
    assert parse_instant("2026-03-02T09:15:00Z").tzinfo is UTC


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("tomorrow", "is not an instant"),
        ("2026-02-30T00:00:00Z", "is not an instant"),
        ("2026-03-02T10:15:00", 'has no offset: add "Z"'),
        ("1970-01-01T00:00:00Z", "outside the years"),
        ("2200-01-01T00:00:00Z", "outside the years"),
        ("0001-01-01T00:00:00+14:00", "outside the years"),
    ],
)
def test_what_is_no_instant_says_why(text: str, message: str) -> None:
    with pytest.raises(BadTime, match=message):
        parse_instant(text)


@given(st.datetimes(datetime(1971, 1, 2), datetime(2199, 12, 30), timezones=st.just(UTC)))
def test_an_instant_is_written_as_it_is_read(at: datetime) -> None:
    local = at.astimezone(ZoneInfo("Europe/Warsaw"))

    shown = written(local)

    assert datetime.fromisoformat(shown) == at
    assert shown[:19] == local.isoformat(timespec="seconds")[:19]
    assert shown[-6:] == local.isoformat()[-6:]


def test_an_instant_without_microseconds_has_no_fraction_and_utc_is_z() -> None:
    assert written(MONDAY) == "2026-03-02T09:15:00Z"
