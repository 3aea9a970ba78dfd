"""Records by values of which each has any number, such as the ids of what belongs to it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from typing import Any, Generic, TypeVar

import msgspec

from simulator.core.tables import buckets
from simulator.core.tables.follower import Key, portions

R = TypeVar("R", bound=msgspec.Struct)


class Values(Generic[R]):
    """Declares that records are found by their `values`, which can be hashed."""

    def __init__(self, values: Callable[[R], Iterable[Any]]) -> None:
        self.values = values

    def build(self, rows: Iterable[tuple[Key, R]]) -> Generator[None, None, ValueIndex[R]]:
        index = ValueIndex(self)
        for portion in portions(rows):
            for key, record in portion:
                index.follow(key, None, record)
            yield
        return index


class ValueIndex(Generic[R]):
    """The values of all records, and who has them."""

    __slots__ = ("_holders", "_values")

    def __init__(self, declared: Values[R]) -> None:
        self._values = declared.values
        self._holders: buckets.Buckets = {}

    def follow(self, key: Key, old: R | None, new: R | None) -> None:
        before = set() if old is None else set(self._values(old))
        after = set() if new is None else set(self._values(new))
        for value in before - after:
            buckets.discard(self._holders, value, key)
        for value in after - before:
            buckets.add(self._holders, value, key)

    def having(self, value: Any) -> Sequence[Key]:
        """The keys of the records with this value, in their order."""
        bucket = self._holders.get(value)
        return () if bucket is None else buckets.keys(bucket)
