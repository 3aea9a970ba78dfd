"""How the arguments of a world's methods are written for the control API."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

Span = str | timedelta
"""A length of time: ``"2h"``, ``"1d12h"``, ``"90s"``, or a `timedelta`."""

_EXAMPLE = "2026-03-02T10:15:00+01:00"

Moment = str | datetime
"""An instant: ISO 8601 with an offset, or an aware `datetime`."""


def span(value: Span) -> str:
    """The duration as the control API reads it, to the microsecond. Raises `ValueError` for a
    negative one."""
    if isinstance(value, str):
        if value.lstrip().startswith("-"):
            raise ValueError(f"a span of time is not negative: {value}")
        return value
    if not isinstance(value, timedelta):
        raise TypeError(f'{value!r} is no span of time: write "2h", "90s" or a timedelta')
    microseconds = value // timedelta(microseconds=1)
    if microseconds < 0:
        raise ValueError(f"a span of time is not negative: -{-value}")
    return f"{microseconds // 1000}.{microseconds % 1000:03}ms"


def moment(value: Moment) -> str:
    """The instant as ISO 8601 with an offset. Raises `ValueError` for one without."""
    if isinstance(value, str):
        return value
    if not isinstance(value, datetime):
        raise TypeError(
            f'{value!r} is no instant: write ISO 8601 with an offset, such as "{_EXAMPLE}", or an '
            "aware datetime"
        )
    if value.tzinfo is None:
        raise ValueError(
            f"{value.isoformat()} has no offset: say in which time zone it is, such as "
            "datetime(..., tzinfo=UTC)"
        )
    return value.isoformat()


def step(by: Span | None, to: Moment | None, until: str | None, **more: Any) -> dict[str, Any]:
    """How far a clock is moved; `more` belongs to `until`.

    Raises `TypeError` unless exactly one of the three is given, `ValueError` for a way back.
    """
    ways = given(by=by, to=to, until=until)
    if len(ways) != 1:
        said = ", ".join(f"{name}={_told(value)}" for name, value in ways.items())
        raise TypeError(
            'advance() takes exactly one of by (a span: "2h"), to (an instant: '
            f'"{_EXAMPLE}") and until (an event: "inpost.shipment_confirmed"); '
            f"given {'were' if ways else 'was'} {said or 'none of them'}"
        )
    beside = given(**more)
    if until is None and beside:
        [name, value] = next(iter(beside.items()))
        raise TypeError(
            f"advance({name}={_told(value)}) says more of the event in until, and none is given"
        )
    try:
        length = None if by is None else span(by)
    except ValueError as error:
        raise ValueError(f"{error}; a clock is turned back with freeze(at=...)") from None
    within = beside.pop("within", None)
    return given(
        by=length,
        to=None if to is None else moment(to),
        until=until,
        within=None if within is None else span(within),
        **beside,
    )


def _told(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str | datetime | timedelta) else repr(value)


def given(**members: Any) -> dict[str, Any]:
    """The members that are not None."""
    return {name: value for name, value in members.items() if value is not None}


def plain(value: Any) -> Any:
    """The value as it stands in a query: truth values in the words of JSON."""
    return str(value).lower() if isinstance(value, bool) else value


def condition(operation: str | None, when: Mapping[str, Any]) -> dict[str, Any]:
    """The ``when`` of a rule: an operation and whatever else a request has to be like."""
    return {**given(operation=operation), **when}
