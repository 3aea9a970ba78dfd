"""Ordered indexes: records in groups, each group in an order, so that a page is cut out of them.

What lists filter by and what has few values (statuses, services, carriers) makes the group of a
record; a list of several groups is their union. Its length is known without looking at a record,
and a page touches the records of that page only, wherever it lies.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from heapq import merge
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, TypeVar, overload

import msgspec

from simulator.core.tables.follower import Key, portions

if TYPE_CHECKING:
    from simulator.core.tables.table import Table

R = TypeVar("R", bound=msgspec.Struct)

_PIECE = 2000
"""Entries that are sorted in one go, which takes a millisecond or two."""

_AT_ONCE = 1000
"""Records that are read ahead while all of them are walked through."""


class Ordered(Generic[R]):
    """Declares an ordered index.

    `group` tells the group of a record, by values that can be hashed; `by` the values by which a
    group is ordered, before the key. Without `by` the key alone decides.
    """

    def __init__(
        self, group: Callable[[R], Any], by: Callable[[R], tuple[Any, ...]] | None = None
    ) -> None:
        self.group = group
        self.by = by

    def build(self, rows: Iterable[tuple[Key, R]]) -> Generator[None, None, OrderedIndex[R]]:
        index = OrderedIndex(self)
        yield from index.fill(rows)
        return index

    def sort(self, records: Iterable[R], key: Callable[[R], Any]) -> list[R]:
        """Records as the index would order them; `key` tells their keys."""
        return sorted(records, key=lambda each: self.entry(key(each), each))

    def entry(self, key: Key, record: R) -> tuple[Any, ...]:
        """By what a record stands in its group: what it is ordered by, and its key."""
        return (key,) if self.by is None else (*self.by(record), key)


class OrderedIndex(Generic[R]):
    """The runs of an `Ordered`: of each group the sorted entries, which end with the key."""

    __slots__ = ("_entry", "_group", "runs")

    def __init__(self, declared: Ordered[R]) -> None:
        self._group = declared.group
        self._entry = declared.entry
        self.runs: dict[Any, list[tuple[Any, ...]]] = {}

    def fill(self, rows: Iterable[tuple[Key, R]]) -> Iterator[None]:
        """Take up the first records by portions: pieces of each run are sorted, and then merged."""
        pieces: dict[Any, list[list[tuple[Any, ...]]]] = {}
        for portion in portions(rows):
            for key, record in portion:
                last = pieces.setdefault(self._group(record), [[]])
                if len(last[-1]) == _PIECE:
                    last[-1].sort()
                    last.append([])
                last[-1].append(self._entry(key, record))
            yield
        for few in portions(pieces.items()):
            for group, parts in few:
                parts[-1].sort()
                run = self.runs[group] = parts[0] if len(parts) == 1 else []
                for entries in portions(() if run else _merged(parts)):
                    run += entries
                    yield
            yield

    def follow(self, key: Key, old: R | None, new: R | None) -> None:
        before = None if old is None else (self._group(old), self._entry(key, old))
        after = None if new is None else (self._group(new), self._entry(key, new))
        if before == after:
            return
        if before is not None:
            self._leave(*before)
        if after is not None:
            self._enter(*after)

    def _leave(self, group: Any, entry: tuple[Any, ...]) -> None:
        run = self.runs[group]
        if run[-1] == entry:
            run.pop()
        else:
            del run[bisect_left(run, entry)]
        if not run:
            del self.runs[group]

    def _enter(self, group: Any, entry: tuple[Any, ...]) -> None:
        run = self.runs.get(group)
        if run is None:
            self.runs[group] = [entry]
        elif run[-1] < entry:
            run.append(entry)
        else:
            insort(run, entry)


class _Run(NamedTuple):
    """A part of a run: its entries from `start` to before `end`."""

    entries: list[tuple[Any, ...]]
    start: int
    end: int

    def from_to(self, first: Any, last: Any) -> _Run:
        """The part of it whose first values lie between these."""
        run, start, end = self
        if first is not None:
            start = bisect_left(run, first, start, end, key=_first)
        if last is not None:
            end = bisect_right(run, last, start, end, key=_first)
        return _Run(run, start, max(start, end))


class Selection(Sequence[R]):
    """The records of some groups in the order of their index, read when they are asked for.

    The table must not change while it is used.
    """

    __slots__ = ("_count", "_descending", "_runs", "_table")

    def __init__(self, table: Table[R], runs: Sequence[_Run], descending: bool = False) -> None:
        self._table = table
        self._runs = [run for run in runs if run.start < run.end]
        self._count = sum(run.end - run.start for run in self._runs)
        self._descending = descending

    def __len__(self) -> int:
        return self._count

    def descending(self, wanted: bool = True) -> Selection[R]:
        """The same records, last first if that is `wanted`."""
        return Selection(self._table, self._runs, wanted)

    def above(self, *entry: Any) -> Selection[R]:
        """Those that come after `entry` in the order of the index: values, then the key."""
        runs = [
            _Run(run, bisect_right(run, entry, start, end), end) for run, start, end in self._runs
        ]
        return Selection(self._table, runs, self._descending)

    def from_to(self, first: Any, last: Any) -> Selection[R]:
        """Those whose first value is not less than `first` and not more than `last`, both of which
        may be None."""
        runs = [run.from_to(first, last) for run in self._runs]
        return Selection(self._table, runs, self._descending)

    def outside(self, first: Any, last: Any) -> Selection[R]:
        """The others than those of `from_to`."""
        runs = []
        for run in self._runs:
            _, start, end = run.from_to(first, last)
            runs += [run._replace(end=start), run._replace(start=end)]
        return Selection(self._table, runs, self._descending)

    def without(
        self, records: Iterable[R], ordered: Ordered[R], key: Callable[[R], Any]
    ) -> Selection[R]:
        """All but a few records; the selection is one of the index of `ordered`."""
        entries = sorted(ordered.entry(key(record), record) for record in records)
        runs = []
        for run, start, end in self._runs:
            for entry in entries:
                place = bisect_left(run, entry, start, end)
                if place < end and run[place] == entry:
                    runs.append(_Run(run, start, place))
                    start = place + 1
            runs.append(_Run(run, start, end))
        return Selection(self._table, runs, self._descending)

    def __iter__(self) -> Iterator[R]:
        for start in range(0, self._count, _AT_ONCE):
            yield from self[start : start + _AT_ONCE]

    @overload
    def __getitem__(self, place: int) -> R: ...
    @overload
    def __getitem__(self, place: slice) -> list[R]: ...
    def __getitem__(self, place: int | slice) -> R | list[R]:
        if isinstance(place, int):
            at = range(self._count)[place]
            return self[at : at + 1][0]
        start, stop, step = place.indices(self._count)
        stop = max(start, stop)
        if self._descending:
            found = self._between(self._count - stop, self._count - start)[::-1]
        else:
            found = self._between(start, stop)
        return found if step == 1 else found[::step]

    def _between(self, start: int, stop: int) -> list[R]:
        """The records from the place `start` to before `stop`, in ascending order."""
        if len(self._runs) == 1:
            run, first, _ = self._runs[0]
            entries = run[first + start : first + stop]
        else:
            cuts = zip(self._cut(start), self._cut(stop), self._runs, strict=True)
            entries = sorted(entry for begin, end, (run, _, _) in cuts for entry in run[begin:end])
        table = self._table
        return [table[entry[-1]] for entry in entries]

    def _cut(self, rank: int) -> list[int]:
        """Where to cut each run so that the `rank` smallest entries of all lie before the cuts.

        What is known to lie before and what may lie before comes together by halves.
        """
        low = [run.start for run in self._runs]
        if rank == 0:
            return low
        high = [run.end for run in self._runs]
        if rank == self._count:
            return high
        begin = sum(low)
        while low != high:
            widest = max(range(len(low)), key=lambda at: high[at] - low[at])
            middle = (low[widest] + high[widest]) // 2
            pivot = self._runs[widest].entries[middle]
            places = [
                bisect_left(run.entries, pivot, low[at], high[at])
                for at, run in enumerate(self._runs)
            ]
            if sum(places) - begin < rank:
                low, low[widest] = places, middle + 1
            else:
                high = places
        return low


def _merged(pieces: list[list[tuple[Any, ...]]]) -> Iterator[tuple[Any, ...]]:
    """The entries of sorted pieces in their order; most often that is one piece after the other."""
    if all(before[-1] < after[0] for before, after in pairwise(pieces)):
        return chain.from_iterable(pieces)
    return merge(*pieces)


def _first(entry: tuple[Any, ...]) -> Any:
    return entry[0]


class HasRuns(Protocol):
    """An index of sorted entries by their groups."""

    @property
    def runs(self) -> Mapping[Any, list[tuple[Any, ...]]]: ...


def selection(table: Table[R], index: HasRuns, fits: Callable[[R], bool] | None) -> Selection[R]:
    """The groups whose records fit, which the first record of each tells for all of them."""
    runs = index.runs
    chosen = [
        _Run(run, 0, len(run)) for run in runs.values() if fits is None or fits(table[run[0][-1]])
    ]
    return Selection(table, chosen)


def groups_of(table: Table[R], index: OrderedIndex[R], groups: Iterable[Any]) -> Selection[R]:
    """These groups, each once."""
    runs = [index.runs.get(group, []) for group in dict.fromkeys(groups)]
    return Selection(table, [_Run(run, 0, len(run)) for run in runs])
