"""Sums over groups of records, which follow the records: statistics that count nothing anew."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from typing import Any, Generic, TypeVar

import msgspec

from simulator.core.tables.follower import Key, portions

R = TypeVar("R", bound=msgspec.Struct)


class Sums(Generic[R]):
    """Declares sums of whole numbers.

    `group` tells the group of a record, `amounts` what each adds to the sums of its group; how many
    there are is counted before them.
    """

    def __init__(self, group: Callable[[R], Any], amounts: Callable[[R], Sequence[int]]) -> None:
        self.group = group
        self.amounts = amounts

    def build(self, rows: Iterable[tuple[Key, R]]) -> Generator[None, None, GroupSums[R]]:
        sums = GroupSums(self)
        for portion in portions(rows):
            for key, record in portion:
                sums.follow(key, None, record)
            yield
        return sums


class GroupSums(Generic[R]):
    """Of each group that has records their number and their sums."""

    __slots__ = ("_amounts", "_group", "groups")

    def __init__(self, declared: Sums[R]) -> None:
        self._group = declared.group
        self._amounts = declared.amounts
        self.groups: dict[Any, list[int]] = {}

    def follow(self, key: Key, old: R | None, new: R | None) -> None:
        before = None if old is None else (self._group(old), (1, *self._amounts(old)))
        after = None if new is None else (self._group(new), (1, *self._amounts(new)))
        if before == after:
            return
        if before is not None:
            self._add(*before, -1)
        if after is not None:
            self._add(*after, 1)

    def _add(self, group: Any, amounts: Sequence[int], sign: int) -> None:
        sums = self.groups.setdefault(group, [0] * len(amounts))
        for place, amount in enumerate(amounts):
            sums[place] += sign * amount
        if not sums[0]:
            del self.groups[group]
