"""A shipment's own history: what may follow what, and how the past is written.

The past sends no webhook: it is history. A concept is registered on the way, and has to be paid for
as for every label.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from simulator.carriers.carrier import BadAction
from simulator.carriers.motion import playing
from simulator.carriers.motion.moving import Movable
from simulator.carriers.motion.playing import Moment
from simulator.carriers.myparcel.catalog.lifecycle import (
    CONCEPT,
    INACTIVE,
    PRINTED,
    REGISTERED,
    STATUSES,
)
from simulator.carriers.myparcel.records import SHIPMENTS, Shipment
from simulator.carriers.myparcel.shipments import moves
from simulator.carriers.myparcel.tracking import lifecycle, notifications
from simulator.carriers.myparcel.wire.moments import AMSTERDAM
from simulator.core import reading
from simulator.core.faults import closest_words
from simulator.engine.extension import JobHandler
from simulator.engine.world import World

MOVABLE = Movable(SHIPMENTS, "barcode")

_NAMES = {status.name: number for number, status in STATUSES.items()}
_STAYS_A_CONCEPT = (CONCEPT, INACTIVE[CONCEPT])


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`status` is the carrier's number, such as 7, or its name, `delivered - at recipient`."""

    at: str
    status: int | str


def _read(world: World, shipment: Shipment, entry: Entry) -> tuple[int, Mapping[str, Any]]:
    text = str(entry.status).strip()
    number = _NAMES.get(text.lower(), reading.whole(text))
    if number is not None and number in STATUSES and moves.has(shipment, number):
        return number, {}
    close = [] if number is not None else closest_words(text.lower(), _NAMES)
    hint = f" (did you mean {moves.named(_NAMES[close[0]])}?)" if close else ""
    known = ", ".join(str(each) for each in STATUSES if moves.has(shipment, each))
    raise BadAction(f"{entry.status!r:.60} is not a status{hint}: there are {known}")


def _accept(world: World, shipment: Shipment) -> None:
    """Every shipment can have a history."""


def _had(world: World, shipment: Shipment) -> list[int]:
    had = [trace.status for trace in shipment.history]
    return had if had[-1:] == [shipment.status] else [*had, shipment.status]


def _following(world: World, shipment: Shipment, status: int) -> Sequence[int]:
    """What may come next. A registration that is not told happens on the way."""
    following = moves.possible_after(shipment, status)
    if status != CONCEPT or REGISTERED not in following:
        return following
    return tuple(sorted({*following, *moves.possible_after(shipment, REGISTERED)}))


def _never(shipment: Shipment, before: int, status: int) -> str | None:
    if status == CONCEPT and before != CONCEPT:
        return f"{moves.named(CONCEPT)} never comes after {moves.named(before)}"
    return None


def _begin(world: World, shipment: Shipment, moments: Sequence[Moment]) -> Shipment:
    return lifecycle.stop(world, shipment)


def _write(
    world: World, shipment: Shipment, again: Sequence[Moment], new: Sequence[Moment]
) -> Shipment:
    before = shipment.status
    traces = shipment.history
    instants = playing.dated([trace.at for trace in traces], len(_had(world, shipment)), again, new)
    dated = tuple(
        msgspec.structs.replace(trace, at=at) for trace, at in zip(traces, instants, strict=True)
    )
    shipment = msgspec.structs.replace(shipment, history=dated)
    for moment in new:
        if shipment.status == CONCEPT and moment.status not in _STAYS_A_CONCEPT:
            moves.check_paid(shipment)
            if moment.status not in PRINTED:
                shipment = lifecycle.numbered(world, shipment)
            if moment.status != REGISTERED and shipment.barcode is not None:
                shipment = lifecycle.become(world, shipment, REGISTERED, moment.at)
        shipment = lifecycle.become(world, shipment, moment.status, moment.at)
    shipment = lifecycle.stop(world, shipment)
    notifications.status_changed(world, shipment, before)
    return shipment


def _step(world: World, shipment: Shipment, moment: Moment) -> Shipment:
    if shipment.status == CONCEPT and moment.status not in _STAYS_A_CONCEPT:
        moves.check_paid(shipment)
        shipment = lifecycle.register(world, shipment, moment.status)
        if shipment.status == moment.status:
            return shipment
    return lifecycle.change_status(world, shipment, moment.status)


PLAY = playing.Play(
    carrier="myparcel",
    movable=MOVABLE,
    zone=AMSTERDAM,
    entry=Entry,
    words={"status": (*STATUSES, *_NAMES)},
    read=_read,
    accept=_accept,
    had=_had,
    following=_following,
    never=_never,
    begin=_begin,
    write=_write,
    step=_step,
    end=lifecycle.stop,
    named=moves.named,
)
"""The history of a shipment."""

JOBS: dict[str, JobHandler] = {"play_on": PLAY.on}
