"""The two actions that let a shipment get on: to another status, and on a journey.

What a shipment can do is each carrier's own; how it is named, asked for, refused and told about is
the same for all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec

from simulator.carriers.carrier import Action, BadAction
from simulator.core import reading
from simulator.core.faults import closest_words
from simulator.core.tables import TableSpec
from simulator.engine.world import World

S = TypeVar("S", bound=msgspec.Struct)


class Moved(NamedTuple, Generic[S]):
    """A shipment where it is now, and the statuses that it passed through on its way there."""

    shipment: S
    passed: Sequence[Any] = ()


@dataclass(frozen=True, slots=True)
class Movable(Generic[S]):
    """A carrier's shipments, which have an `id`, a `status` and a `journey`.

    `number` is the attribute, and index of the table, by which people know a shipment; `also` are
    further ones. `noun` is what the carrier calls it, and so the name of the argument.
    """

    table: TableSpec[S]
    number: str
    also: tuple[str, ...] = ()
    noun: str = "shipment"

    def find(self, world: World, wanted: int | str) -> S:
        """The shipment of an id or a number. Raises `BadAction` when there is none."""
        text = str(wanted).strip()
        table = world[self.table]
        named = (table.first(name, text) for name in (self.number, *self.also))
        found = next((each for each in named if each is not None), None)
        number = reading.whole(text)
        if found is None and number is not None:
            found = table.get(number)
        if found is None:
            raise BadAction(
                f"there is no {self.noun} {wanted!r:.60}: name an id or a {self._words}"
            )
        return found

    def tell(self, shipment: S) -> dict[str, Any]:
        """Where a shipment is, as actions give it back."""
        told = {name: getattr(shipment, name) for name in ("id", "status", self.number, "journey")}
        return {self.noun: told.pop("id"), **told}

    def actions(
        self,
        status: type,
        move: Callable[[World, S, Any], Moved[S]],
        start_journey: Callable[[World, S, Any], S],
        journeys: Collection[str],
        statuses: Collection[Any] = (),
    ) -> tuple[Action, Action]:
        """`move` and `start_journey`; `status` is the type of the carrier's statuses, which are
        `statuses`."""
        onward = (
            f"Let a {self.noun} come to a status, now, through those that lie between; refused "
            "where no way leads there."
        )
        away = f"Let a {self.noun} go on a journey that runs on the clock: {', '.join(journeys)}."

        def moved(world: World, shipment: S, goal: Any) -> dict[str, Any]:
            there, passed = move(world, shipment, goal)
            return {**self.tell(there), **({"passed": [*passed]} if passed else {})}

        def started(world: World, shipment: S, journey: Any) -> dict[str, Any]:
            return self.tell(start_journey(world, shipment, journey))

        return (
            self._action("move", onward, "to", status, moved, statuses),
            self._action("start_journey", away, "journey", str, started, journeys),
        )

    def _action(
        self,
        name: str,
        summary: str,
        goal: str,
        kind: type,
        run: Callable[[World, S, Any], dict[str, Any]],
        words: Collection[Any],
    ) -> Action:
        arguments = msgspec.defstruct(
            name.title().replace("_", ""),
            [(self.noun, int | str), (goal, kind)],
            namespace={"__doc__": f"`{self.noun}` is an id or a {self._words}."},
            frozen=True,
            forbid_unknown_fields=True,
        )

        def act(world: World, wanted: Any) -> dict[str, Any]:
            shipment = self.find(world, getattr(wanted, self.noun))
            return run(world, shipment, getattr(wanted, goal))

        return Action(name, summary, arguments, act, words={goal: words} if words else {})

    @property
    def _words(self) -> str:
        return " or ".join(name.replace("_", " ") for name in (self.number, *self.also))


def unknown(kind: str, name: str, known: Iterable[str], possible: Iterable[str]) -> BadAction:
    """No status or journey (the `kind`) has that name; says which may be meant."""
    by_lower = {each.lower(): each for each in known}
    close = closest_words(name.strip().lower(), by_lower)
    meant = f" (did you mean {by_lower[close[0]]!r}?)" if close else ""
    return impossible(f"{name!r:.60} is not a {kind}{meant}", possible)


def impossible(what: str, possible: Iterable[str]) -> BadAction:
    """A shipment cannot do `what` was asked for; names what it can do now."""
    return BadAction(f"{what}; possible: {', '.join(possible) or 'nothing'}")
