"""The query of ``GET /v1/points``: every filter, the search around a place, sorting and cutting.

Filters are a table: the name of a parameter, and what makes a test of its text. Whatever cannot
be understood is refused with ``invalid_parameter`` (documented since version 1.7).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Literal, NamedTuple, TypeAlias, cast

import msgspec

from simulator.carriers.inpost.bodies.point_views import last_change
from simulator.carriers.inpost.catalog.points import PointSeed
from simulator.carriers.inpost.points.geography import Position, metres_between, middle
from simulator.carriers.inpost.wire import errors, moments
from simulator.carriers.inpost.wire.ordering import DIRECTIONS
from simulator.core import reading

Test: TypeAlias = Callable[[PointSeed], bool]
SortBy: TypeAlias = Literal["name", "distance_to_relative_point", "status"]

POINT_TYPES = ("parcel_locker", "pop", "parcel_locker_only", "parcel_locker_superpop")

DEFAULT_DISTANCE_M = 10_000
LARGEST_DISTANCE_M = 50_000
DEFAULT_PER_PAGE = 25
LARGEST_PER_PAGE = 500
LONGEST_LONE_UPDATE = timedelta(days=3)
"""How far back ``updated_from`` may reach without ``updated_to`` (documented)."""

_MOST_DIGITS = 9
_POST_CODE = re.compile(r"[0-9]{2}-?[0-9]{3}")


class Found(NamedTuple):
    """A point with its distance in metres from the place of the search, if there is one."""

    point: PointSeed
    distance: float | None


class Search(msgspec.Struct, frozen=True):
    """A query that was understood.

    `fields` are the keys to be shown, None for all; `limit` the most points of all pages.
    """

    tests: tuple[Test, ...] = ()
    around: Position | None = None
    around_post_code: str | None = None
    max_distance: float = DEFAULT_DISTANCE_M
    sort_by: SortBy = "name"
    descending: bool = False
    limit: int | None = None
    fields: frozenset[str] | None = None


def _listed(text: str) -> frozenset[str]:
    return frozenset(reading.parts(text))


def _name(name: str, text: str) -> Test:
    names = {part.upper() for part in _listed(text)}
    return lambda point: point.name in names


def _type(name: str, text: str) -> Test:
    types = _listed(text)
    if not types or not types <= set(POINT_TYPES):
        told = f"one or more of {', '.join(POINT_TYPES)} with commas between them"
        raise errors.invalid_parameter(name, text, told, POINT_TYPES)
    return lambda point: not types.isdisjoint(point.types)


def _functions(name: str, text: str) -> Test:
    functions = _listed(text)
    return lambda point: functions.issubset(point.functions)


def _temperatures(name: str, text: str) -> Test:
    classes = {part.upper() for part in _listed(text)}
    return lambda point: not classes.isdisjoint(point.supported_locker_temperatures)


def _flag(name: str, text: str) -> Test:
    wanted = reading.boolean(text)
    if wanted is None:
        raise errors.invalid_parameter(name, text, "true or false", ("true", "false"))
    return lambda point: getattr(point, name) is wanted


def _partner(name: str, text: str) -> Test:
    wanted = _whole(name, text)
    return lambda point: point.partner_id == wanted


def _virtual(name: str, text: str) -> Test:
    if text not in ("0", "1"):
        raise errors.invalid_parameter(name, text, "0 or 1", ("0", "1"))
    return lambda point: point.virtual == text


def _word(name: str, text: str) -> Test:
    wanted = text.casefold()
    return lambda point: cast("str", getattr(point, name)).casefold() == wanted


_FILTERS: Mapping[str, Callable[[str, str], Test]] = {
    "name": _name,
    "type": _type,
    "functions": _functions,
    "partner_id": _partner,
    "is_next": _flag,
    "payment_available": _flag,
    "location_247": _flag,
    "post_code": _word,
    "city": _word,
    "province": _word,
    "virtual": _virtual,
    "supported_locker_temperatures": _temperatures,
}

PARAMETERS: tuple[str, ...] = (
    *_FILTERS,
    "updated_from",
    "updated_to",
    "relative_point",
    "relative_post_code",
    "max_distance",
    "limit",
    "fields",
    "sort_by",
    "sort_order",
)
"""Every parameter of the search, without the paging."""


def understand(given: Mapping[str, str], now: datetime) -> Search:
    """Read the query; `given` holds the parameters that are not empty, without spaces around.

    Raises 400 ``invalid_parameter`` for the first that makes no sense.
    """
    tests = [make(name, given[name]) for name, make in _FILTERS.items() if name in given]
    tests += _update_tests(given, now)
    around = _position(given["relative_point"]) if "relative_point" in given else None
    post_code = given.get("relative_post_code")
    if post_code is not None and not _POST_CODE.fullmatch(post_code):
        told = "a post code like 00-838"
        raise errors.invalid_parameter("relative_post_code", post_code, told)
    return Search(
        tests=tuple(tests),
        around=around,
        around_post_code=post_code if around is None else None,
        max_distance=_distance(given.get("max_distance")),
        sort_by=_sort_by(given.get("sort_by"), searching=bool(around or post_code)),
        descending=_descending(given.get("sort_order")),
        limit=_whole("limit", given["limit"]) if "limit" in given else None,
        fields=_listed(given["fields"]) if "fields" in given else None,
    )


def run(search: Search, points: Iterable[PointSeed]) -> list[Found]:
    """The points that pass, in their order, cut to the limit."""
    everything = list(points)
    around = search.around
    if search.around_post_code is not None:
        around = _place_of(search.around_post_code, everything)
        if around is None:
            return []
    passed = [point for point in everything if all(test(point) for test in search.tests)]
    if around is None:
        found = [Found(point, None) for point in passed]
    else:
        measured = (Found(point, metres_between(around, _where(point))) for point in passed)
        found = [one for one in measured if (one.distance or 0.0) <= search.max_distance]
    found.sort(key=_KEYS[search.sort_by], reverse=search.descending)
    return found[: search.limit]


_KEYS: Mapping[SortBy, Callable[[Found], tuple[float | str, ...]]] = {
    "name": lambda found: (found.point.name,),
    "distance_to_relative_point": lambda found: (found.distance or 0.0, found.point.name),
    "status": lambda found: (found.point.status, found.point.name),
}


def _where(point: PointSeed) -> Position:
    return Position(point.latitude, point.longitude)


def _place_of(post_code: str, points: Iterable[PointSeed]) -> Position | None:
    """Where a post code lies: amid the points whose codes have the longest beginning in common.

    Polish codes run from the region to the street, so the next best code is close by (inferred).
    """
    digits = post_code.replace("-", "")
    places = [(point.post_code.replace("-", ""), _where(point)) for point in points]
    for length in range(len(digits), 0, -1):
        near = [place for code, place in places if code[:length] == digits[:length]]
        if near:
            return middle(near)
    return None


def _update_tests(given: Mapping[str, str], now: datetime) -> list[Test]:
    begin, end = _instant("updated_from", given), _instant("updated_to", given)
    tests: list[Test] = []
    if begin is not None:
        if end is None and begin < now - LONGEST_LONE_UPDATE:
            days = LONGEST_LONE_UPDATE.days
            told = f"within the last {days} days, as it has to be without updated_to"
            raise errors.invalid_parameter("updated_from", given["updated_from"], told)
        tests.append(lambda point: last_change(point, now) >= begin)
    if end is not None:
        tests.append(lambda point: last_change(point, now) <= end)
    return tests


def _instant(name: str, given: Mapping[str, str]) -> datetime | None:
    if name not in given:
        return None
    instant = moments.parse_filter(given[name])
    if instant is None:
        told = "an instant like 2026-03-02T10:15:00+01:00, a day, or Unix seconds"
        raise errors.invalid_parameter(name, given[name], told)
    return instant


def _position(text: str) -> Position:
    numbers = [reading.decimal(part) for part in text.split(",")]
    if len(numbers) == 2 and numbers[0] is not None and numbers[1] is not None:
        latitude, longitude = float(numbers[0]), float(numbers[1])
        if abs(latitude) <= 90 and abs(longitude) <= 180:
            return Position(latitude, longitude)
    told = "a latitude and a longitude with a comma between them, like 50.06,19.94"
    raise errors.invalid_parameter("relative_point", text, told)


def _distance(text: str | None) -> float:
    if text is None:
        return DEFAULT_DISTANCE_M
    distance = reading.decimal(text)
    if distance is None or not 0 <= distance <= LARGEST_DISTANCE_M:
        told = f"a number of metres from 0 to {LARGEST_DISTANCE_M}"
        raise errors.invalid_parameter("max_distance", text, told)
    return float(distance)


def _sort_by(text: str | None, *, searching: bool) -> SortBy:
    if text is None:
        return "distance_to_relative_point" if searching else "name"
    if text not in _KEYS:
        told = f"one of {', '.join(_KEYS)}"
        raise errors.invalid_parameter("sort_by", text, told, list(_KEYS))
    if text == "distance_to_relative_point" and not searching:
        told = "possible without relative_point or relative_post_code"
        raise errors.invalid_parameter("sort_by", text, told)
    return cast("SortBy", text)


def _descending(text: str | None) -> bool:
    direction = (text or "asc").lower()
    if direction not in DIRECTIONS:
        told = f"one of {', '.join(DIRECTIONS)}"
        raise errors.invalid_parameter("sort_order", text or "", told, list(DIRECTIONS))
    return direction == "desc"


def per_page(text: str | None) -> str:
    """The page size as asked for. Raises 400 for what is no whole number from 1 to 500."""
    size = DEFAULT_PER_PAGE if text is None else _whole("per_page", text)
    if not 1 <= size <= LARGEST_PER_PAGE:
        told = f"a number from 1 to {LARGEST_PER_PAGE}"
        raise errors.invalid_parameter("per_page", str(text), told)
    return str(size)


def page(text: str | None) -> str:
    """The page as asked for; 0 acts as 1. Raises 400 for what is no whole number."""
    return "1" if text is None else str(_whole("page", text))


def _whole(name: str, text: str) -> int:
    number = reading.whole(text, digits=_MOST_DIGITS)
    if number is None:
        told = f"a whole number of at most {_MOST_DIGITS} digits"
        raise errors.invalid_parameter(name, text, told)
    return number
