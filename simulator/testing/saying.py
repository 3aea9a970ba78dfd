"""How the arguments of a world's methods are written for the control API."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

Span = str | timedelta
"""A length of time: ``"2h"``, ``"1d12h"``, ``"90s"``, or a `timedelta`."""

Moment = str | datetime
"""An instant: ISO 8601 with an offset, or an aware `datetime`."""


def span(value: Span) -> str:
    """The duration as the control API reads it, to the microsecond."""
    if isinstance(value, str):
        return value
    if not isinstance(value, timedelta):
        raise TypeError(f'{value!r} is no span of time: write "2h", "90s" or a timedelta')
    microseconds = value // timedelta(microseconds=1)
    if microseconds < 0:
        raise ValueError(f"a span of time is not negative: {value}")
    return f"{microseconds // 1000}.{microseconds % 1000:03}ms"


def moment(value: Moment) -> str:
    """The instant as ISO 8601 with an offset. Raises `ValueError` for one without."""
    if isinstance(value, str):
        return value
    if not isinstance(value, datetime):
        raise TypeError(f"{value!r} is no instant: write ISO 8601 with an offset, or a datetime")
    if value.tzinfo is None:
        raise ValueError(f"{value!r} has no offset: say in which time zone it is")
    return value.isoformat()


def given(**members: Any) -> dict[str, Any]:
    """The members that are not None."""
    return {name: value for name, value in members.items() if value is not None}


def plain(value: Any) -> Any:
    """The value as it stands in a query: truth values in the words of JSON."""
    return str(value).lower() if isinstance(value, bool) else value


def condition(operation: str | None, when: Mapping[str, Any]) -> dict[str, Any]:
    """The ``when`` of a rule: an operation and whatever else a request has to be like."""
    return {**given(operation=operation), **when}


def scenario(what: str | Path | Mapping[str, Any], root: Path | None) -> tuple[str | None, Any]:
    """A scenario as it is sent: YAML text, or None and a JSON value.

    A `Path`, or text that ends in ``.yaml`` or ``.yml``, names a file: where it stands, or below
    `root`. Other text is YAML itself when it has more than one line, else a story of the library.
    Raises `FileNotFoundError` with the places that were looked at.
    """
    if isinstance(what, Mapping):
        return None, dict(what)
    if isinstance(what, str) and "\n" in what:
        return what, None
    from simulator.resources import scenarios_dir

    wanted = Path(what)
    if wanted.suffix not in (".yaml", ".yml"):
        wanted = wanted.with_name(f"{wanted.name}.yaml")
    roots = [] if wanted.is_absolute() else [each for each in (root, scenarios_dir()) if each]
    places = [wanted, *(each / wanted for each in roots)]
    for place in places:
        if place.is_file():
            return place.read_text(encoding="utf-8"), None
    looked = ", ".join(str(place) for place in places)
    raise FileNotFoundError(f"there is no scenario {what}; looked at {looked}")
