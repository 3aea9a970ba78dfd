"""Lists that are filtered by what makes no groups: they look at what the filters leave.

What is left is looked up by the narrowest filter. Where that is little, it is sorted anew for each
request. Where it is much it is kept as a view of its own: whoever asks the same again, for another
page of it say, pays for what that shows.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Hashable, Iterable, Mapping, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec

from simulator.core.tables.follower import Key
from simulator.core.tables.ordered import Ordered, OrderedIndex, Selection, selection
from simulator.core.tables.table import Table

R = TypeVar("R", bound=msgspec.Struct)

Test = Callable[[R], bool]

_MUCH = 200
"""Records from which on what is left is kept."""

_KEPT = 4
"""Answers that a table keeps: those that were asked for last."""

_FEW = 64
"""Records that a list leaves out one by one."""


class Between(NamedTuple, Generic[R]):
    """The records whose first value in `order` lies from `first` to `last`; None is no bound.

    The order has the groups of the list.
    """

    order: Ordered[R]
    first: Any
    last: Any

    def holds(self, record: R) -> bool:
        """Whether a record is one of them."""
        by, first, last = self.order.by, self.first, self.last
        assert by is not None
        value = by(record)[0]
        return (first is None or value >= first) and (last is None or value <= last)


class Narrowing(NamedTuple, Generic[R]):
    """The records that pass `test`: none but what `find` gives, and all of that if it is `exact`.

    `asked` tells it from every other narrowing of the list. It is None where `test` hangs on more
    than the record, so that what is left cannot be kept.
    """

    find: Callable[[], Sequence[R]]
    test: Test[R]
    asked: Hashable = None
    exact: bool = False


def narrowed(
    table: Table[R],
    ordered: Ordered[R],
    fits: Test[R],
    whose: Hashable,
    ranges: Iterable[Between[R]] = (),
    narrowings: Iterable[Narrowing[R]] = (),
) -> Selection[R] | list[R]:
    """The records that fit and pass all ranges and narrowings, in ascending order.

    `fits` hangs on nothing but what makes the groups of `ordered`, and `whose` tells it from every
    other one; None where nothing does.
    """
    rows = table.select(ordered, fits)
    parts = {each: table.select(each.order, fits).from_to(*each[1:]) for each in ranges}
    # A range that holds all of them, as of times that are long ago, is none.
    parts = {each: part for each, part in parts.items() if len(part) < len(rows)}
    limits = [*(_of_range(table, fits, each) for each in parts), *narrowings]
    if not limits:
        return rows
    if len(limits) == len(parts) == 1:
        [(only, part)] = parts.items()
        if only.order is ordered:
            return part
        if len(rows) - len(part) <= _FEW:
            others = table.select(only.order, fits).outside(*only[1:])
            return rows.without(others, ordered, table.key)
    asked = (whose, *(each.asked for each in limits))
    answer = Answer(ordered, asked, fits, limits, table.key)
    may_be_kept = None not in asked
    if not may_be_kept or not table.has(answer):
        candidates, tests = answer.candidates()
        if not may_be_kept or len(candidates) < _MUCH:
            return ordered.sort([row for row in candidates if _passes(tests, row)], table.key)
    return selection(table, table.one_of_few(answer, _KEPT), None)


def _of_range(table: Table[R], fits: Test[R], wanted: Between[R]) -> Narrowing[R]:
    def find() -> Sequence[R]:
        return table.select(wanted.order, fits).from_to(*wanted[1:])

    return Narrowing(find, wanted.holds, wanted, exact=True)


def _passes(tests: Sequence[Test[R]], record: R) -> bool:
    return all(test(record) for test in tests)


class Answer(Generic[R]):
    """What is left of a list in its order, as a view: one for those who `asked` the same."""

    def __init__(
        self,
        ordered: Ordered[R],
        asked: Hashable,
        fits: Test[R],
        limits: Sequence[Narrowing[R]],
        key: Callable[[R], Any],
    ) -> None:
        self._same = ordered, asked
        self._fits = fits
        self._limits = limits
        self._key = key

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Answer) and self._same == other._same

    def __hash__(self) -> int:
        return hash(self._same)

    def candidates(self) -> tuple[Sequence[R], list[Test[R]]]:
        """The fewest records among which all of it are, and what they still have to pass."""
        found = [each.find() for each in self._limits]
        fewest = min(range(len(found)), key=lambda place: len(found[place]))
        others = (
            each.test
            for place, each in enumerate(self._limits)
            if place != fewest or not each.exact
        )
        return found[fewest], [self._fits, *others]

    def build(self, rows: Iterable[tuple[Key, R]]) -> Generator[None, None, AnswerIndex[R]]:
        candidates, tests = self.candidates()
        # All of them at once, since the table changes between portions.
        left = ((self._key(row), row) for row in list(candidates) if _passes(tests, row))
        index = OrderedIndex(self._same[0])
        yield from index.fill(left)
        return AnswerIndex(index, [self._fits, *(each.test for each in self._limits)])


class AnswerIndex(Generic[R]):
    """The runs of an answer."""

    __slots__ = ("_index", "_tests", "runs")

    def __init__(self, index: OrderedIndex[R], tests: Sequence[Test[R]]) -> None:
        self._index = index
        self._tests = tests
        self.runs: Mapping[Any, list[tuple[Any, ...]]] = index.runs

    def follow(self, key: Key, old: R | None, new: R | None) -> None:
        self._index.follow(key, self._left(old), self._left(new))

    def _left(self, record: R | None) -> R | None:
        return record if record is not None and _passes(self._tests, record) else None
