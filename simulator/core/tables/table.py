"""A table: records by key, and by the indexes that every request may need."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from operator import attrgetter, lt
from typing import Any, Generic, TypeVar

import msgspec

from simulator.core.tables import buckets
from simulator.core.tables.follower import Follower, Key, View
from simulator.core.tables.following import Following, Log, Unbuilt
from simulator.core.tables.ordered import Ordered, Selection, groups_of, selection

R = TypeVar("R", bound=msgspec.Struct)
F = TypeVar("F", bound=Follower[Any])

_MISSED = 1000
"""Changes that a follower may always miss."""


class TableSpec(Generic[R]):
    """Declares a table: its name (``carrier.table``), record type, key and indexed attributes."""

    __slots__ = ("indexes", "key", "name", "record")

    def __init__(
        self, name: str, record: type[R], *, key: str = "id", indexes: Iterable[str] = ()
    ) -> None:
        self.name = name
        self.record = record
        self.key = key
        self.indexes = tuple(indexes)

    def __repr__(self) -> str:
        return f"TableSpec({self.name!r})"


class Table(Generic[R]):
    """The records of one `TableSpec`, in the order of their keys."""

    __slots__ = ("_followers", "_indexes", "_log", "_order", "_rows", "_shared", "_sorted", "spec")

    def __init__(self, spec: TableSpec[R], log: Log) -> None:
        self.spec = spec
        self._rows: dict[Key, R] = {}
        self._sorted = True
        self._order: list[Any] | None = None
        self._indexes: dict[str, buckets.Buckets] = {name: {} for name in spec.indexes}
        self._followers: dict[View[Any], Following[R]] = {}
        self._shared = 0
        self._log = log

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[R]:
        if not self._sorted:
            self._rows = dict(sorted(self._rows.items()))
            self._sorted = True
        return iter(list(self._rows.values()))

    def __contains__(self, key: Key) -> bool:
        return key in self._rows

    def get(self, key: Key) -> R | None:
        """The record at `key`, or None."""
        return self._rows.get(key)

    def items(self) -> Iterator[tuple[Key, R]]:
        """The keys and records of this instant, in no order, whatever becomes of the table."""
        return zip(list(self._rows), list(self._rows.values()), strict=True)

    def existing(self, keys: Iterable[Key]) -> list[R]:
        """The records at those of `keys` that there are, in the order of the keys given."""
        return [self._rows[key] for key in keys if key in self._rows]

    def __getitem__(self, key: Key) -> R:
        return self._rows[key]

    def key(self, record: R) -> Any:
        """The key of a record."""
        return getattr(record, self.spec.key)

    def keys(self, index: str, value: Any) -> Sequence[Key]:
        """The keys of `where`."""
        bucket = self._indexes[index].get(value)
        return () if bucket is None else buckets.keys(bucket)

    def where(self, index: str, value: Any) -> list[R]:
        """The records whose indexed attribute has `value`, in the order of their keys.

        None is no value: records that have none are in no index.
        """
        bucket = self._indexes[index].get(value)
        if bucket is None:
            return []
        return [self._rows[key] for key in buckets.keys(bucket)]

    def first(self, index: str, value: Any) -> R | None:
        """The record with the smallest key among `where`, or None."""
        bucket = self._indexes[index].get(value)
        return None if bucket is None else self._rows[buckets.keys(bucket)[0]]

    def __reversed__(self) -> Iterator[R]:
        """The records with the greatest keys first; the table must not change meanwhile."""
        return (self._rows[key] for key in reversed(self._keys()))

    def newest(
        self, index: str, value: Any, most: int, suits: Callable[[R], bool] | None = None
    ) -> list[R]:
        """The last of `where` that suit, at most so many, without a look at those before them."""
        bucket = self._indexes[index].get(value)
        keys = () if bucket is None else buckets.keys(bucket)
        found = filter(suits, (self._rows[key] for key in reversed(keys)))
        return [*islice(found, most)][::-1]

    def after(self, key: Key | None = None) -> Iterator[R]:
        """The records with greater keys, or all, in their order; what it costs does not grow with
        `key`.

        The table must not change while they are read.
        """
        order = self._keys()
        for place in range(0 if key is None else bisect_right(order, key), len(order)):
            yield self._rows[order[place]]

    def count_after(self, key: Key) -> int:
        """How many `after` gives."""
        order = self._keys()
        return len(order) - bisect_right(order, key)

    def _keys(self) -> list[Any]:
        if self._order is None:
            self._order = sorted(self._rows)
        return self._order

    def follower(self, view: View[F]) -> F:
        """What follows the records as `view` declares; made when first asked for.

        What changed since it was last asked for it hears now, so that changes cost those next to
        nothing who never ask. Raises `Unbuilt` where that is much and whoever asks can wait.
        """
        known = self._followers.get(view)
        if known is None:
            known = self._followers[view] = Following(self, view)
        if self._log.patient and known.is_long:
            raise Unbuilt(known)
        asked: Any = known.caught_up()
        return asked  # type: ignore[no-any-return]

    def has(self, view: View[Any]) -> bool:
        """Whether somebody asked for a view before, and it was not let go since."""
        return view in self._followers

    def one_of_few(self, view: View[F], most: int) -> F:
        """As `follower`, where there may be any number of such views: of those that are built no
        more than so many stay, those that were asked for last."""
        followers = self._followers
        known = followers.pop(view, None)
        others = [each for each in followers if type(each) is type(view)]
        built = [each for each in others if followers[each].is_built]
        for each in built[: max(0, len(built) + 1 - most)]:
            del followers[each]
        if known is not None:
            followers[view] = known
        return self.follower(view)

    def select(self, ordered: Ordered[R], fits: Callable[[R], bool] | None = None) -> Selection[R]:
        """The records in the groups of `ordered` that fit, in its order.

        `fits` is asked for one record of each group only, and so must hang on nothing but what
        makes the group.
        """
        return selection(self, self.follower(ordered), fits)

    def group(self, ordered: Ordered[R], *groups: Any) -> Selection[R]:
        """The records in these groups of `ordered`, in its order."""
        return groups_of(self, self.follower(ordered), groups)

    def put(self, record: R) -> R:
        """Add `record`, or replace the one with its key; gives it back."""
        key: Key = getattr(record, self.spec.key)
        old = self._rows.get(key)
        self._log.append((self, key, old))
        self._place(key, old, record)
        return record

    def fill(self, records: Sequence[R]) -> None:
        """Add records of which none is there yet; that is not noted, and cannot be undone."""
        if self._shared:
            self._part()
        rows, self._order = self._rows, None
        keys: list[Any] = [*map(attrgetter(self.spec.key), records)]
        if self._sorted:
            following = keys[1:] if not rows else keys
            before = [next(reversed(rows)), *keys[:-1]] if rows else keys[:-1]
            self._sorted = all(map(lt, before, following))
        rows.update(zip(keys, records, strict=True))
        for name, index in self._indexes.items():
            for key, value in zip(keys, map(attrgetter(name), records), strict=True):
                if value is not None:
                    buckets.add(index, value, key)
        if self._followers:
            for key in keys:
                self._leave_behind(key, None)

    def delete(self, key: Key) -> None:
        """Remove the record at `key`, if there is one."""
        old = self._rows.get(key)
        if old is not None:
            self._log.append((self, key, old))
            self._place(key, old, None)

    def _place(self, key: Key, old: R | None, new: R | None) -> None:
        if self._shared:
            self._part()
        rows = self._rows
        if self._order is not None and (old is None or new is None):
            self._reorder(self._order, key, gone=new is None)
        if new is None:
            del rows[key]
        else:
            if old is None and self._sorted and rows:
                last: Any = next(reversed(rows))
                self._sorted = key > last
            rows[key] = new
        for name, index in self._indexes.items():
            before = None if old is None else getattr(old, name)
            after = None if new is None else getattr(new, name)
            if before == after:
                continue
            if before is not None:
                buckets.discard(index, before, key)
            if after is not None:
                buckets.add(index, after, key)
        if self._followers:
            self._leave_behind(key, old)

    def _leave_behind(self, key: Key, old: R | None) -> None:
        """Note what followers knew of a record; one that missed a good part of the table is let
        go, and begins anew when it is asked for, unless it is about to hear of it."""
        for view, following in [*self._followers.items()]:
            behind = following.behind
            behind.setdefault(key, old)
            missed = len(behind) > max(_MISSED, len(self._rows) // 2)
            if missed and not following.is_being_built:
                del self._followers[view]

    @staticmethod
    def _reorder(order: list[Any], key: Any, *, gone: bool) -> None:
        if gone:
            del order[bisect_left(order, key)]
        elif not order or key > order[-1]:
            order.append(key)
        else:
            insort(order, key)

    def restore(self, key: Key, old: R | None) -> None:
        """Put back what was at `key` before a change, without noting it."""
        present = self._rows.get(key)
        if present is not None or old is not None:
            self._place(key, present, old)

    def _part(self) -> None:
        """Have dictionaries of its own, before the first change since they were shared."""
        self._rows = dict(self._rows)
        self._indexes = {name: buckets.copied(index) for name, index in self._indexes.items()}
        self._shared = 0

    def release(self) -> list[dict[Any, Any]]:
        """Be empty; gives the dictionaries of the records and of the indexes."""
        held: list[dict[Any, Any]] = [self._rows, *self._indexes.values()]
        self._rows = {}
        self._indexes = {name: {} for name in self.spec.indexes}
        self._followers = {}
        self._order, self._sorted, self._shared = None, True, 0
        return held

    def rows(self) -> Mapping[Key, R]:
        """The records by key, as they are now whatever becomes of the table."""
        self._shared += 1
        return self._rows

    def copy_from(self, other: Table[R]) -> None:
        """Take over the records of `other`, which stays as it is. Both have the same dictionaries
        until one of them changes."""
        self._rows = other._rows
        self._sorted = other._sorted
        self._order = None
        self._followers = {}
        self._indexes = other._indexes
        self._shared = 1
        other._shared += 1

    def take_back(self, rows: object) -> None:
        """Be no longer shared with a copy that was made when these were the rows, and that nobody
        uses any more; nothing happens if the table has parted from it."""
        if self._rows is rows and self._shared:
            self._shared -= 1

    def take_over(self, twin: Table[R], known: Mapping[Key, R | None]) -> list[dict[Any, Any]]:
        """Have the records of a copy that nobody uses any more, and that differs in these keys;
        `known` is what was there. Gives the dictionaries that it had, as `release` does."""
        held: list[dict[Any, Any]] = [self._rows, *self._indexes.values()]
        self._rows, self._indexes = twin._rows, twin._indexes
        self._order, self._sorted, self._shared = twin._order, twin._sorted, twin._shared
        if self._followers:
            for key, old in known.items():
                self._leave_behind(key, old)
        return held
