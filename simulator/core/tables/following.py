"""How a view is made of the records of a table, and hears of what changed.

Whoever can wait (`Log.patient`) is never kept by a view that has much to hear: instead of the view
there is `Unbuilt`. Whoever asked lets it be built by portions, with turns for others in between,
and asks again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec

from simulator.core.tables.follower import Follower, Key, View, portions

if TYPE_CHECKING:
    from simulator.core.tables.table import Table

R = TypeVar("R", bound=msgspec.Struct)

_AT_ONCE = 500
"""Records of which a view may hear while everybody waits; a search takes some 50 µs for each."""


class Log(list[tuple[Any, Key, Any]]):
    """What changed in a state since its last commit: table, key, and what was there before.

    `patient` says that whoever asks at present can wait for views, and will ask again.
    """

    __slots__ = ("patient",)

    def __init__(self) -> None:
        self.patient = False


class Following(Generic[R]):
    """A follower of a table, None until it is built, and what it has not heard of yet: `behind` has
    what it knows of each record that changed since."""

    __slots__ = ("_building", "_table", "_view", "behind", "follower")

    def __init__(self, table: Table[R], view: View[Any]) -> None:
        self._table = table
        self._view = view
        self._building: Iterator[None] | None = None
        self.follower: Follower[R] | None = None
        self.behind: dict[Key, R | None] = {}

    @property
    def is_long(self) -> bool:
        """Whether to hear of everything takes longer than others should be kept waiting."""
        return len(self._table if self.follower is None else self.behind) > _AT_ONCE

    @property
    def is_being_built(self) -> bool:
        """Whether somebody began to let it hear of everything, and has not done yet."""
        return self._building is not None

    @property
    def is_built(self) -> bool:
        """Whether it exists, and nobody lets it hear of anything now."""
        return self.follower is not None and self._building is None

    def caught_up(self) -> Follower[R]:
        """The follower, which has heard of everything."""
        if self._building is not None or self.follower is None:
            for _ in self.building():
                pass
        follower = self.follower
        assert follower is not None
        self._hear(follower, self.behind)
        self.behind.clear()
        return follower

    def building(self) -> Iterator[None]:
        """What is left to do until the follower has but little to hear, by portions.

        All who ask go on with the same work. Between two portions the table may change.
        """
        if self._building is None:
            self._building = self._build()
        return self._building

    def _build(self) -> Iterator[None]:
        try:
            follower = self.follower
            if follower is None:
                self.behind.clear()
                follower = yield from self._view.build(self._table.items())
                self.follower = follower
            while len(self.behind) > _AT_ONCE:
                for keys in portions(list(self.behind)):
                    known = self.behind
                    self._hear(follower, {key: known.pop(key) for key in keys if key in known})
                    yield
        finally:
            self._building = None

    def _hear(self, follower: Follower[R], changed: dict[Key, R | None]) -> None:
        for key, old in changed.items():
            follower.follow(key, old, self._table.get(key))


class Unbuilt(BaseException):
    """Tells whoever can wait that a view has much to hear, which `following` can do by portions.

    It is no error: who asked undoes what it did, and asks again. So nobody who catches what fails
    catches this.
    """

    def __init__(self, following: Following[Any]) -> None:
        super().__init__("a view is not built yet")
        self.following = following
