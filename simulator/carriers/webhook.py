"""What a carrier notifies of, and how a notification is made from a record that there is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

import msgspec

from simulator.carriers.carrier import BadAction
from simulator.carriers.motion.moving import Movable
from simulator.engine.world import World

S = TypeVar("S", bound=msgspec.Struct)

_NAMED = 20
"""How many records a refusal names: the latest ones."""


class UnknownRecord(Exception):
    """There is no such record; `known` are the numbers and ids of the latest that there are."""

    def __init__(self, noun: str, wanted: str, known: list[str]) -> None:
        super().__init__(f"there is no {noun} {wanted}")
        self.noun, self.wanted, self.known = noun, wanted, known


@dataclass(frozen=True, slots=True)
class WebhookSpec(Generic[S]):
    """A notification that a carrier sends.

    `movable` are the records of which it tells, `suits` says whether it could tell of one, and
    `needs` what that takes, in words. `send` sends it to a target, or, for None, where it would go.
    """

    name: str
    movable: Movable[S]
    needs: str
    suits: Callable[[S], bool]
    send: Callable[[World, S, str | None], int]

    def fire(self, world: World, wanted: int | str | None, target: str | None) -> int:
        """Send one that tells of the record `wanted`, or of the latest that suits; gives its id.

        Raises `UnknownRecord`, and `BadAction` for one of which it could not tell.
        """
        return self.send(
            world, self._latest(world) if wanted is None else self._one(world, wanted), target
        )

    def _latest(self, world: World) -> S:
        table = world[self.movable.table]
        found = next(filter(self.suits, reversed(table)), None)
        if found is None:
            raise BadAction(
                f"there is no {self.movable.noun} of which {self.name} could tell: it takes one "
                f"{self.needs}, and of the {len(table)} that there are none is"
            )
        return found

    def _one(self, world: World, wanted: int | str) -> S:
        movable = self.movable
        try:
            record = movable.find(world, wanted)
        except BadAction:
            latest = islice(reversed(world[movable.table]), _NAMED)
            names = (getattr(each, name) for each in latest for name in ("id", movable.number))
            known = [str(name) for name in names if name is not None]
            raise UnknownRecord(movable.noun, str(wanted), known) from None
        if not self.suits(record):
            status = getattr(record, "status", None)
            raise BadAction(
                f"{self.name} could not tell of {movable.noun} {wanted}, which is in status "
                f"{status}: it takes one {self.needs}"
            )
        return record
