"""What a request that no operation took was likely meant for, and in what it differs from that."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence, Set
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import accumulate, repeat
from typing import NamedTuple

from simulator.carriers.carrier import Carrier
from simulator.http.described.plan import Plan
from simulator.http.told.beginnings import VERSION, in_bases, mended, root_of

_MOST = 3
_FAR = 0.4
"""Cost for each segment beyond which a path is not what was meant."""

_AS_GOOD = 0.7
"""Cost above that of the nearest operation up to which another one may be meant as well."""

_PARAMETER = 0.01
_MISSPELT = 0.1
_SEGMENT = 1.0
_MISSING_WORD = 1.1
_MISSING_PARAMETER = 0.6
"""What a caller leaves out is an id or name sooner than a word; with a misspelt word beside it, it
costs less than a missing word alone."""

_OTHER_SEGMENT = 1.2
_OTHER_METHOD = 0.5
_OTHER_CARRIER = 0.45
"""Above a mistaken base URL of the carrier that was asked, which is the likelier one."""

_ALIKE = 0.6
"""Likeness of two segments from which one may be a misspelling of the other."""


class NearMiss(NamedTuple):
    """An operation that is nearly what was asked for, and what differs, each as a clause."""

    carrier: str
    operation: str
    method: str
    path: str
    differences: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The operation and its differences on one line."""
        return f"{self.method} {self.path}: {', '.join(self.differences)}"


class _Way(NamedTuple):
    """How a path becomes that of an operation: what that costs, and in which steps."""

    cost: float
    path: str
    steps: tuple[str, ...]


class _Offer(NamedTuple):
    """A carrier's operations by their paths, and the segments with which all of these begin."""

    carrier: Carrier
    paths: dict[str, list[Plan]]
    root: tuple[str, ...]


class Directory:
    """Every operation of every carrier that is served."""

    def __init__(self) -> None:
        self._offers: list[_Offer] = []
        self.nearest = lru_cache(maxsize=256)(self._nearest)

    def add(self, carrier: Carrier, plans: Sequence[Plan]) -> None:
        """Take up the operations of a carrier."""
        paths: dict[str, list[Plan]] = {}
        for plan in plans:
            paths.setdefault(plan.path, []).append(plan)
        self._offers.append(_Offer(carrier, paths, root_of(paths)))

    def _nearest(self, method: str, path: str, asked: str | None) -> tuple[NearMiss, ...]:
        """The operations that are nearest to a request, the nearest one first.

        `asked` is the carrier that the request went to, with `path` as that one sees it; None for
        a request that reached none, which may have meant any of them, by its prefix or without.
        """
        scored = sorted(self._scored(method, path, asked), key=lambda pair: pair[0])
        return tuple(miss for cost, miss in scored[:_MOST] if cost <= scored[0][0] + _AS_GOOD)

    def _scored(
        self, method: str, path: str, asked: str | None
    ) -> Iterator[tuple[float, NearMiss]]:
        there = path.removeprefix("/").removesuffix("/").split("/")
        words = {name for offer in self._offers for name in (offer.carrier.name, *offer.root)}
        for offer in self._offers:
            ways = _Ways(there, offer, asked, words)
            for offered, plans in offer.paths.items():
                way = ways.to(offered)
                if way is None:
                    continue
                steps = way.steps
                if not steps and path.endswith("/"):
                    steps = ("it ends with a slash",)
                same = [plan for plan in plans if _same(method, plan.method)]
                for plan in same or plans:
                    other = () if same else (f"the method is {method}, not {plan.method}",)
                    miss = NearMiss(
                        offer.carrier.name, plan.name, plan.method, way.path, (*steps, *other)
                    )
                    if miss.differences:
                        yield way.cost + (0.0 if same else _OTHER_METHOD), miss


class _Ways:
    """The ways from a path to those of one carrier's operations.

    `words` are the segments of which the base URL of any carrier is made.
    """

    def __init__(
        self, there: Sequence[str], offer: _Offer, asked: str | None, words: Set[str]
    ) -> None:
        self._there = there
        self._words = words
        self._carrier = carrier = offer.carrier
        self._asked = asked
        self._beginnings = [("", mended(there, offer.root, carrier.any_case, words))]
        if asked is None:
            prefixed = (carrier.name, *offer.root)
            self._beginnings.append(
                (f"/{carrier.name}", mended(there, prefixed, carrier.any_case, words))
            )

    def to(self, offered: str) -> _Way | None:
        """The cheapest way to an operation's path, with the carrier's prefix or without; None if
        it is far, and for a carrier that was not asked if more than the base URL is wrong."""
        if self._asked not in (None, self._carrier.name):
            return self._elsewhere(offered)
        any_case = self._carrier.any_case
        ways = []
        for prefix, beginnings in self._beginnings:
            path = f"{prefix}{offered}"
            ways.append(_compared(self._there, path, any_case))
            for each in beginnings:
                cost = each.cost + _aligned(each.there, path, any_case)
                if cost < math.inf:
                    swaps = _swaps(len(self._there), each.there, path, any_case)
                    ways.append(_Way(cost, path, (each.step, *swaps)))
        way = min(ways, key=lambda way: (way.cost, len(way.path)))
        return None if way.cost > _FAR * max(len(self._there), way.path.count("/")) else way

    def _elsewhere(self, offered: str) -> _Way | None:
        carrier = self._carrier
        that = f"that is {carrier.title}, under /{carrier.name}"
        for path in (offered, f"/{carrier.name}{offered}"):
            if _exact(self._there, path, carrier):
                return _Way(_OTHER_CARRIER, offered, (that,))
        for _, beginnings in self._beginnings:
            for each in beginnings:
                likely = all(in_bases(name, self._words) for name in each.gone)
                if likely and _exact(each.there, offered, carrier):
                    return _Way(_OTHER_CARRIER + each.cost, offered, (that, each.step))
        return None


def _same(method: str, offered: str) -> bool:
    return method == offered or (method, offered) == ("HEAD", "GET")


def _aligned(there: Sequence[str], path: str, any_case: bool) -> float:
    """What it costs to turn each segment into that of another path, as long as they are as many."""
    offered = path.removeprefix("/").split("/")
    if len(there) != len(offered):
        return math.inf
    return sum(map(_apart, there, offered, repeat(any_case)))


def _swaps(asked: int, there: Sequence[str], path: str, any_case: bool) -> Iterator[str]:
    """The segments that are others, of as many, in the places of a path of `asked` segments."""
    offered = path.removeprefix("/").split("/")
    for place, (segment, other) in enumerate(zip(there, offered, strict=False), 1):
        if _apart(segment, other, any_case) > _PARAMETER:
            number = place + asked - len(there)
            yield f"segment {number} is '{segment}', not '{other}'"


def _exact(there: Sequence[str], path: str, carrier: Carrier) -> bool:
    offered = path.removeprefix("/").split("/")
    return len(there) == len(offered) and all(
        _apart(segment, other, carrier.any_case) <= _PARAMETER
        for segment, other in zip(there, offered, strict=True)
    )


def _compared(there: Sequence[str], path: str, any_case: bool) -> _Way:
    """The cheapest way from the segments of one path to another path."""
    offered = path.removeprefix("/").split("/")
    if abs(len(there) - len(offered)) > 2:
        return _Way(_SEGMENT * (len(there) + len(offered)), path, ("it is another path",))
    costs = [list(accumulate((_missing(other) for other in offered), initial=0.0))]
    for row, segment in enumerate(there, 1):
        above, line = costs[-1], [row * _SEGMENT]
        for column, other in enumerate(offered, 1):
            changed = above[column - 1] + _apart(segment, other, any_case)
            line.append(min(changed, above[column] + _SEGMENT, line[-1] + _missing(other)))
        costs.append(line)
    return _Way(costs[-1][-1], path, tuple(_steps(there, offered, any_case, costs)))


def _steps(
    there: Sequence[str], offered: Sequence[str], any_case: bool, costs: list[list[float]]
) -> list[str]:
    """The steps of the cheapest way, read backwards out of the costs, in the order of the path."""
    steps: list[str] = []
    row, column = len(there), len(offered)
    while row or column:
        apart = _apart(there[row - 1], offered[column - 1], any_case) if row and column else 0.0
        if row and column and costs[row][column] == costs[row - 1][column - 1] + apart:
            row, column = row - 1, column - 1
            if apart > _PARAMETER:
                steps.append(f"segment {row + 1} is '{there[row]}', not '{offered[column]}'")
        elif row and costs[row][column] == costs[row - 1][column] + _SEGMENT:
            row -= 1
            said = f"'{there[row]}' is too much" if there[row] else "is empty"
            steps.append(f"segment {row + 1} {said}")
        else:
            column -= 1
            place = f"after '{there[row - 1]}'" if row else "at its beginning"
            steps.append(f"'{offered[column]}' is missing {place}")
    return steps[::-1]


def _missing(offered: str) -> float:
    """What it costs that a segment of an operation is not there."""
    return _MISSING_PARAMETER if offered.startswith("{") else _MISSING_WORD


@lru_cache(maxsize=8192)
def _apart(segment: str, offered: str, any_case: bool) -> float:
    """What it costs to turn a segment into the one that an operation has there."""
    if offered.startswith("{"):
        return _PARAMETER if segment else _OTHER_SEGMENT
    if segment == offered or (any_case and segment.lower() == offered.lower()):
        return 0.0
    if VERSION.fullmatch(segment) and VERSION.fullmatch(offered):
        return _MISSPELT
    matcher = SequenceMatcher(None, segment[:100].lower(), offered.lower())
    if matcher.quick_ratio() < _ALIKE or (likeness := matcher.ratio()) < _ALIKE:
        return _OTHER_SEGMENT
    return _MISSPELT + (1 - _MISSPELT) * (1 - likeness)
