"""`play`: a shipment's own history, as people write it down, in the place of a journey.

What lies in the past is written into the history at once, with its own instants; what lies ahead
becomes a job, which holds all that is still to come, so that snapshots carry it. Which statuses
there are, what may follow what, and how a status is come into is each carrier's own.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec

from simulator.carriers.carrier import Action, BadAction
from simulator.carriers.motion.moving import Movable
from simulator.core import reading
from simulator.core.clock import LONGEST, BadTime, TooLong, parse_duration
from simulator.engine.concerning import concerning
from simulator.engine.records import JOBS
from simulator.engine.world import World

S = TypeVar("S", bound=msgspec.Struct)

PLAY = "play"
"""What a shipment has for its journey while a history is played."""

MOST = 1000
"""Entries of a history."""

_YEARS = range(1971, 2200)


class Moment(NamedTuple):
    """An entry of a history that was understood; `more` is what else the carrier's entries say."""

    at: datetime
    status: Any
    more: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Play(Generic[S]):
    """How a carrier's shipments, which have a `journey`, are played.

    * `entry`: the struct of an entry, which has an `at`; `zone` is that of instants without offset.
    * `read`: the status of an entry, and what else it says. Raises `BadAction`.
    * `accept`: raises `BadAction` for a shipment of which nothing can be played, even by force.
    * `had`: the statuses that a shipment had, oldest first; the last one is the present one.
    * `following`: the statuses that may come after one.
    * `never`: why a status cannot come after another, even by force; None when it can.
    * `begin`: the shipment without what else was to come, before these entries are played.
    * `write`: writes the past. The first entries date what the history has already, the others are
      new to it; the instants of all that is older are moved before them.
    * `step`: lets a status come, now.
    * `end`: the shipment once nothing is ahead any more.
    * `named`: a status for people.
    * `words`: the members of an entry that take one of many words, with these.
    """

    carrier: str
    movable: Movable[S]
    zone: tzinfo
    entry: type[msgspec.Struct]
    read: Callable[[World, S, Any], tuple[Any, Mapping[str, Any]]]
    accept: Callable[[World, S], None]
    had: Callable[[World, S], list[Any]]
    following: Callable[[World, S, Any], Iterable[Any]]
    never: Callable[[S, Any, Any], str | None]
    begin: Callable[[World, S, Sequence[Moment]], S]
    write: Callable[[World, S, Sequence[Moment], Sequence[Moment]], S]
    step: Callable[[World, S, Moment], S]
    end: Callable[[World, S], S]
    named: Callable[[Any], str] = str
    words: Mapping[str, Collection[Any]] = field(default_factory=dict)

    def action(self) -> Action:
        """The action `play`."""
        noun = self.movable.noun
        arguments = msgspec.defstruct(
            "Play",
            [(noun, int | str), ("history", list[self.entry]), ("force", bool, False)],  # type: ignore[name-defined]
            namespace={
                "__doc__": f"`history` is the {noun}'s, oldest first. `at` is an instant, or a "
                "duration from now (`+2h`) or before now (`-3d`). `force` plays an order that the "
                "carrier never makes."
            },
            frozen=True,
            forbid_unknown_fields=True,
        )
        summary = (
            f"Let a {noun} have a history of its own: the past is there at once, what lies ahead "
            "comes on the clock."
        )
        words = {f"history.{name}": known for name, known in self.words.items()}
        return Action("play", summary, arguments, self.play, words=words)

    def play(self, world: World, arguments: Any) -> dict[str, Any]:
        """The action. Raises `BadAction` with everything that is wrong; nothing is done then."""
        shipment = self.movable.find(world, getattr(arguments, self.movable.noun))
        self.accept(world, shipment)
        moments = self._understood(world, shipment, arguments.history)
        had = self.had(world, shipment)
        again = _told_again(had, [m.status for m in moments if m.at <= world.now])
        self._check_never(shipment, had[-1], moments, again)
        if not arguments.force:
            self._check_order(world, shipment, had[-1], moments, again)
        self._forget(world, shipment)
        shipment = self.begin(world, shipment, moments[again:])
        past = sum(m.at < world.now for m in moments)
        if again or past:
            shipment = self.write(world, shipment, moments[:again], moments[again:past])
        ahead = moments[max(again, past) :]
        while ahead and ahead[0].at == world.now:
            shipment = self.step(world, shipment, ahead[0])
            ahead = ahead[1:]
        shipment = self._await(world, shipment, ahead, arguments.force)
        return {
            **self.movable.tell(shipment),
            "played": len(moments) - len(ahead),
            "ahead": [{"at": _text(m.at), "status": m.status} for m in ahead],
        }

    def on(
        self, world: World, *, shipment_id: int, history: list[dict[str, Any]], force: bool
    ) -> None:
        """Job: the first entry of `history` is due.

        One that came true by itself is passed over; one that cannot come any more ends the play,
        which is told.
        """
        shipment = world[self.movable.table].get(shipment_id)
        if shipment is None or getattr(shipment, "journey", None) != PLAY:
            return
        first, *rest = [_moment(entry) for entry in history]
        present = self.had(world, shipment)[-1]
        try:
            if first.status != present:
                self.accept(world, shipment)
                self._check_still(world, shipment, present, first.status, force)
                shipment = self.step(world, shipment, first)
        except BadAction as error:
            world.emit(
                f"{self.carrier}.play_broken_off",
                **{f"{self.movable.noun}_id": shipment_id},
                status=self.named(first.status),
                reason=str(error),
            )
            self.end(world, world[self.movable.table][shipment_id])
            return
        self._await(world, shipment, rest, force)

    def _await(self, world: World, shipment: S, ahead: Sequence[Moment], force: bool) -> S:
        if not ahead:
            return self.end(world, shipment)
        known: Any = shipment
        world.enqueue_at(
            f"{self.carrier}.play_on",
            ahead[0].at,
            shipment_id=known.id,
            history=[{"at": _text(m.at), "status": m.status, "more": m.more} for m in ahead],
            force=force,
        )
        return world[self.movable.table].put(msgspec.structs.replace(shipment, journey=PLAY))

    def _forget(self, world: World, shipment: S) -> None:
        """What is still to come of a play before this one does not."""
        known: Any = shipment
        if known.journey != PLAY:
            return
        for job in concerning(world[JOBS], "shipment_id", known.id):
            if job.kind == f"{self.carrier}.play_on":
                world.cancel_job(job.id)

    def _understood(self, world: World, shipment: S, history: Sequence[Any]) -> list[Moment]:
        if not 1 <= len(history) <= MOST:
            raise BadAction(f"history has 1 to {MOST} entries, each with at and status")
        moments: list[Moment] = []
        faults: list[str] = []
        for place, entry in enumerate(history):
            at = status = None
            more: Mapping[str, Any] = {}
            try:
                at = instant(entry.at, world.now, self.zone)
            except BadTime as error:
                faults.append(f"history[{place}].at: {error}")
            try:
                status, more = self.read(world, shipment, entry)
            except BadAction as error:
                faults.append(f"history[{place}]: {error}")
            if at is not None and moments and at < moments[-1].at:
                faults.append(
                    f"history[{place}].at: {_text(at)} is before the entry above it "
                    f"({_text(moments[-1].at)}); write the oldest first"
                )
            elif at is not None:
                moments.append(Moment(at, status, more))
        if faults:
            raise BadAction("; ".join(faults))
        return moments

    def _check_never(self, shipment: S, before: Any, moments: Sequence[Moment], again: int) -> None:
        faults = []
        for place, moment in enumerate(moments[again:], again):
            fault = self.never(shipment, before, moment.status)
            if fault is not None:
                faults.append(f"history[{place}]: {fault}")
            before = moment.status
        if faults:
            raise BadAction("; ".join(faults))

    def _check_still(self, world: World, shipment: S, before: Any, after: Any, force: bool) -> None:
        fault = self.never(shipment, before, after)
        if fault is None and not force:
            fault = self._fault(world, shipment, before, after)
        if fault is not None:
            raise BadAction(fault)

    def _check_order(
        self, world: World, shipment: S, before: Any, moments: Sequence[Moment], again: int
    ) -> None:
        faults = []
        for place, moment in enumerate(moments[again:], again):
            fault = self._fault(world, shipment, before, moment.status)
            if fault is not None:
                faults.append(f"history[{place}]: {fault}")
            before = moment.status
        if faults:
            raise BadAction("; ".join([*faults, "force: true plays it in any order"]))

    def _fault(self, world: World, shipment: S, before: Any, status: Any) -> str | None:
        """Why `status` cannot follow `before` in the carrier's own course of events."""
        possible = [*self.following(world, shipment, before)]
        if status in possible:
            return None
        return (
            f"{self.named(status)} cannot follow {self.named(before)}; possible: "
            f"{', '.join(map(self.named, possible)) or 'nothing'}"
        )


def instant(text: str, now: datetime, zone: tzinfo) -> datetime:
    """What the `at` of an entry means, in UTC: ``2026-03-02T10:15:00+01:00``, without an offset in
    `zone`; ``+2h`` and ``2h`` from now, ``-3d`` before now.

    Raises `BadTime` for anything else, and for what is outside the years of a clock.
    """
    stripped = text.strip()
    at = reading.instant(stripped, zone)
    if at is None:
        back = stripped.startswith("-")
        try:
            step = parse_duration(stripped[1:] if back and stripped[1:2] != "+" else stripped)
        except TooLong:
            told = f"{text!r:.60} is too long: at most {LONGEST.days} days at once"
            raise BadTime(told) from None
        except BadTime:
            raise BadTime(
                f'{text!r:.60} is not a time: write an instant ("2026-03-02T10:15:00+01:00"), or a '
                'duration from now ("+2h") or before now ("-3d")'
            ) from None
        at = now - step if back else now + step
    if at.year not in _YEARS:
        raise BadTime(f"{text!r:.60} is outside the years {_YEARS[0]} to {_YEARS[-1]}")
    return at


def dated(
    instants: Sequence[datetime], had: int, again: Sequence[Moment], new: Sequence[Moment]
) -> list[datetime]:
    """The instants of a history so far, so that the entries of a play fit to it.

    The entries `again` date the last of the `had` statuses that there were, of which the history
    holds as many as there are `instants`; what is older is not later than the first entry.
    """
    first = (*again, *new)[0].at
    start = had - len(again)
    return [
        min(at, first) if place < start else again[place - start].at
        for place, at in enumerate(instants)
    ]


def _told_again(had: Sequence[Any], wanted: Sequence[Any]) -> int:
    """With how many of its first entries a history begins by telling how `had` ends."""
    longest = min(len(had), len(wanted))
    return next(
        (count for count in range(longest, 0, -1) if [*had[-count:]] == [*wanted[:count]]), 0
    )


def _text(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _moment(entry: Mapping[str, Any]) -> Moment:
    return Moment(datetime.fromisoformat(entry["at"]), entry["status"], entry["more"])
