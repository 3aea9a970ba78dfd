"""Shapes of answers: which members there are and of which kind, and no value of any of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

_NUMBER = re.compile(r"[0-9]+")


class Shape(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """What JSON looks like at one place, over all answers in which it was seen.

    `kinds` are JSON's own: object, array, string, number, boolean, null; `items` is the shape of
    all elements of arrays there, None as long as all were empty.
    """

    kinds: list[str]
    members: dict[str, Shape] = {}
    items: Shape | None = None


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What was asked and how it was answered: numbers in the path are left out, as they are ids."""

    method: str
    path: str
    status: int
    body: Shape | None = None

    @property
    def what(self) -> str:
        """The request and its status, in a line."""
        return f"{self.method} {self.path} -> {self.status}"


def of(value: Any) -> Shape:
    """The shape of a decoded JSON value."""
    if isinstance(value, dict):
        return Shape(["object"], {name: of(each) for name, each in value.items()})
    if isinstance(value, list):
        items: Shape | None = None
        for each in value:
            items = of(each) if items is None else merged(items, of(each))
        return Shape(["array"], items=items)
    if value is None or isinstance(value, bool):
        return Shape(["null" if value is None else "boolean"])
    return Shape(["string" if isinstance(value, str) else "number"])


def merged(one: Shape, other: Shape) -> Shape:
    """The shape of whatever has either of them."""
    members = dict(one.members)
    for name, shape in other.members.items():
        members[name] = merged(members[name], shape) if name in members else shape
    items = one.items or other.items
    if one.items is not None and other.items is not None:
        items = merged(one.items, other.items)
    return Shape(sorted({*one.kinds, *other.kinds}), members, items)


def without_ids(path: str) -> str:
    """The path with ``{}`` in the place of each segment that is a number."""
    segments = path.split("/")
    return "/".join("{}" if _NUMBER.fullmatch(each) else each for each in segments)


def collected(asked: Iterable[Asked]) -> list[Asked]:
    """Each request and status once, in the order in which they came first, with merged shapes: a
    client that polls asks as often as it has to."""
    found: dict[str, Asked] = {}
    for each in asked:
        known = found.get(each.what)
        if known is None or known.body is None or each.body is None:
            found.setdefault(each.what, each)
        else:
            body = merged(known.body, each.body)
            found[each.what] = Asked(each.method, each.path, each.status, body)
    return [*found.values()]


def differences(
    wanted: Sequence[Asked], found: Sequence[Asked], skip: Sequence[str]
) -> Iterator[str]:
    """How `found` is otherwise than `wanted`, a line for each, places in JSONPath.

    `skip` names places that are not looked at: ``$..href`` wherever it stands,
    ``$.items[*].custom_attributes`` in one place.
    """
    ignored = [pattern(each) for each in skip]
    theirs, ours = ({each.what: each for each in side} for side in (wanted, found))
    for what in [*theirs, *(each for each in ours if each not in theirs)]:
        if what not in ours:
            yield f"{what}: only the carrier answered so"
        elif what not in theirs:
            yield f"{what}: only the simulator answered so"
        else:
            yield from (
                f"{what}: {line}"
                for line in _of_places(theirs[what].body, ours[what].body, "$", ignored)
            )


def _of_places(
    theirs: Shape | None, ours: Shape | None, place: str, ignored: Sequence[re.Pattern[str]]
) -> Iterator[str]:
    if theirs is None or ours is None or any(each.fullmatch(place) for each in ignored):
        return
    one, other = ({*each.kinds} - {"null"} for each in (theirs, ours))
    # What was always null may be of any kind.
    if one and other and one != other:
        kinds = (" or ".join(sorted(each)) for each in (one, other))
        yield "{}: {} at the carrier, {} here".format(place, *kinds)
        return
    if "object" in one and "object" in other:
        yield from _of_members(theirs.members, ours.members, place, ignored)
    yield from _of_places(theirs.items, ours.items, f"{place}[*]", ignored)


def _of_members(
    theirs: Mapping[str, Shape],
    ours: Mapping[str, Shape],
    place: str,
    ignored: Sequence[re.Pattern[str]],
) -> Iterator[str]:
    for name in [*theirs, *(each for each in ours if each not in theirs)]:
        inside = f"{place}.{name}"
        if any(each.fullmatch(inside) for each in ignored):
            continue
        if name not in ours:
            yield f"{inside}: only at the carrier"
        elif name not in theirs:
            yield f"{inside}: only here"
        else:
            yield from _of_places(theirs[name], ours[name], inside, ignored)


def pattern(path: str) -> re.Pattern[str]:
    """The places that a JSONPath of members, ``[*]`` and ``..`` names. Raises `ValueError`."""
    if not re.fullmatch(r"\$(\.\.?[^.\[\]]+|\[\*\])+", path):
        raise ValueError(
            f"{path!r} is no place: write members, [*] and .., such as $..href or $.items[*].id"
        )
    escaped = re.escape(path).replace(r"\.\.", r"\..*?(?<=\.)")
    return re.compile(escaped)
