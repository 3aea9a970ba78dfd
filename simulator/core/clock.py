"""The clock of a workspace: the only source of time that a carrier ever sees.

A clock is an immutable value. Its instant is ``at + (wall - since) * speed``; the modes differ
only in those numbers, so moving time, freezing it and scaling it are all replacements.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Literal

import msgspec

ClockMode = Literal["real", "frozen", "offset", "scaled", "eager"]

_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0, "w": 604800.0}
_PART = re.compile(r"([0-9]+(?:\.[0-9]+)?)(ms|s|m|h|d|w)")
_DURATION = re.compile(rf"\+?(?:{_PART.pattern})+")
LONGEST = timedelta(days=365 * 20)
"""The longest duration that is taken at once."""

FASTEST = 100_000.0
"""The greatest speed of a clock: seconds in the world for each of the machine."""


def never_back(
    clock: Callable[[], float] = time.time, runs: Callable[[], float] = time.monotonic
) -> Callable[[], datetime]:
    """The time of a machine, aware, in UTC, which never goes back.

    It follows the machine's `clock` at once when that is set forward, as after a night in which the
    machine slept. When it is set back, the time goes on as the machine `runs` until the clock has
    caught up, so that nothing waits for longer than it was to wait. Both are in seconds.
    """
    ahead = clock() - runs()
    fromtimestamp = datetime.fromtimestamp

    def now() -> datetime:
        nonlocal ahead
        # The clock comes first: what lies between the two makes nothing seem later than it is.
        shown = clock()
        since = runs()
        if shown - since > ahead:
            ahead = shown - since
        return fromtimestamp(since + ahead, UTC)

    return now


wall = never_back()
"""The machine's own time. Nothing but clocks and the outside edge asks it."""

_END = datetime(2299, 12, 31, tzinfo=UTC)
"""Where a clock that runs fast comes to a stand."""


_encoder = msgspec.json.Encoder()


def written(at: datetime) -> str:
    """An aware instant in its own zone, as RFC 3339 has it: ``2026-03-02T10:15:30.120000+01:00``.

    There is no fraction where there are no microseconds, and UTC is ``Z``. It takes a tenth of the
    time of `isoformat`.
    """
    return _encoder.encode(at).decode()[1:-1]


class BadTime(ValueError):
    """A duration or an instant that cannot be read; the message says what can."""


class TooLong(BadTime):
    """A duration that can be read, and is longer than `LONGEST`."""


def parse_duration(text: str) -> timedelta:
    """Read a duration with units, such as ``2h``, ``1h30m``, ``1500ms`` or ``45d``.

    Raises `BadTime` for anything else and for nothing at all, `TooLong` for more than twenty years.
    """
    if not isinstance(text, str) or not _DURATION.fullmatch(text.strip()):
        raise BadTime(
            f"{text!r} is not a duration: write a number and a unit (ms, s, m, h, d, w), "
            'for example "90s", "2h" or "1d12h"'
        )
    seconds = sum(float(number) * _UNITS[unit] for number, unit in _PART.findall(text))
    if seconds > LONGEST.total_seconds():
        raise TooLong(f"{text!r:.60} is too long: at most {LONGEST.days} days at once")
    return timedelta(seconds=seconds)


def parse_instant(text: str) -> datetime:
    """Read an ISO 8601 instant with an offset (``2026-03-02T10:15:00+01:00``) as aware UTC.

    Raises `BadTime` when it is not one or lies outside the years 1971 to 2199.
    """
    try:
        instant = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        raise BadTime(
            f"{text!r} is not an instant: write ISO 8601 with an offset, "
            'for example "2026-03-02T10:15:00+01:00"'
        ) from None
    if instant.tzinfo is None:
        raise BadTime(f'{text!r} has no offset: add "Z" or "+01:00"')
    if not 1971 <= instant.year <= 2199:
        raise BadTime(f"{text!r} is outside the years 1971 to 2199")
    return instant.astimezone(UTC)


class Clock(msgspec.Struct, frozen=True, gc=False):
    """A workspace's clock.

    `at` is the instant the clock showed when the machine showed `since`; `speed` is how many
    seconds pass in the workspace during one second of the machine.
    """

    mode: ClockMode
    at: datetime
    since: datetime
    speed: float = 1.0

    @classmethod
    def real(cls) -> Clock:
        """A clock that shows the machine's time."""
        now = wall()
        return cls("real", now, now)

    @classmethod
    def frozen(cls, at: datetime) -> Clock:
        """A clock that stands at `at` until it is moved."""
        return cls("frozen", at, wall(), 0.0)

    @classmethod
    def eager(cls, at: datetime) -> Clock:
        """A clock that stands at `at` until somebody polls, which brings what happens next."""
        return cls("eager", at, wall(), 0.0)

    @classmethod
    def offset(cls, at: datetime) -> Clock:
        """A clock that shows `at` now and runs on at the machine's pace."""
        return cls("offset", at, wall())

    @classmethod
    def scaled(cls, at: datetime, speed: float) -> Clock:
        """A clock that shows `at` now and runs `speed` times as fast as the machine."""
        return cls("scaled", at, wall(), speed)

    @classmethod
    def of(cls, mode: ClockMode, at: datetime, speed: float | None) -> Clock:
        """A clock of that mode at `at`, unless it is real; `speed` is that of a scaled one."""
        if mode == "scaled":
            assert speed is not None
            return cls.scaled(at, float(speed))
        if mode == "real":
            return cls.real()
        standing = {"frozen": cls.frozen, "eager": cls.eager, "offset": cls.offset}
        return standing[mode](at)

    def now(self) -> datetime:
        """The workspace's present instant, aware, in UTC."""
        if self.speed == 0.0:
            return self.at
        elapsed = wall() - self.since
        if self.speed == 1.0:
            return self.at + elapsed
        # A fast clock would leave the calendar within a month.
        return self.at + min(elapsed * self.speed, max(_END - self.at, timedelta(0)))

    def moved_to(self, instant: datetime) -> Clock:
        """The same clock showing `instant` now; a real clock becomes an offset one."""
        mode: ClockMode = "offset" if self.mode == "real" else self.mode
        return Clock(mode, instant, wall(), self.speed)

    def resumed(self) -> Clock:
        """The same clock going on now from where it stood; a real one shows the present."""
        if self.mode == "real":
            return Clock.real()
        return Clock(self.mode, self.at, wall(), self.speed)

    def wall_seconds_until(self, instant: datetime) -> float | None:
        """Seconds of the machine until the clock shows `instant`; None when it never will."""
        if self.speed == 0.0:
            return None
        return max(0.0, (instant - self.now()).total_seconds() / self.speed)
