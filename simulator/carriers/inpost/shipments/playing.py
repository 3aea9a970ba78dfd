"""A shipment's own history: what may follow what, and how the past is written.

The past sends no webhook of a status: it is history. What is bought on the way is bought now, and
tells so as every purchase does; only its entry in the history has the instant of the play.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from simulator.carriers.carrier import BadAction
from simulator.carriers.inpost.catalog.journeys import USUAL_AGENCIES
from simulator.carriers.inpost.catalog.lifecycle import BEFORE_PURCHASE, possible_after
from simulator.carriers.inpost.catalog.statuses import STATUS_NAMES, STATUSES
from simulator.carriers.inpost.records import SHIPMENTS, Shipment
from simulator.carriers.inpost.shipments import moves
from simulator.carriers.inpost.tracking import branches, lifecycle, notifications
from simulator.carriers.inpost.wire.moments import WARSAW
from simulator.carriers.motion import moving, playing
from simulator.carriers.motion.moving import Movable
from simulator.carriers.motion.playing import Moment
from simulator.core.faults import closest_words
from simulator.engine.extension import JobHandler
from simulator.engine.world import World

MOVABLE = Movable(SHIPMENTS, "tracking_number")


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`agency` is whose scan it is: `source`, `hub`, `target`, or the code or the town of a branch;
    without it the one that the journeys have for that status, and null for nobody's."""

    at: str
    status: str
    agency: str | msgspec.UnsetType | None = msgspec.UNSET


def _read(world: World, shipment: Shipment, entry: Entry) -> tuple[str, Mapping[str, Any]]:
    if entry.status not in STATUS_NAMES:
        possible = _following(world, shipment, shipment.status)
        raise moving.unknown("status", entry.status, STATUS_NAMES, possible)
    agency = entry.agency
    if agency is msgspec.UNSET:
        agency = USUAL_AGENCIES.get(entry.status)
    elif agency is not None and agency not in branches.names():
        close = closest_words(agency, branches.names())
        hint = f" (did you mean {close[0]!r}?)" if close else ""
        raise BadAction(
            f"{agency!r:.60} is no agency{hint}: write source, hub or target, or the code or the "
            "town of a branch"
        )
    return entry.status, {"agency": agency}


def _accept(world: World, shipment: Shipment) -> None:
    if shipment.status == "canceled" and shipment.tracking_number is None:
        raise BadAction(
            f"shipment {shipment.id} was canceled before it was paid for: there is no parcel that "
            "could have a history"
        )


def _had(world: World, shipment: Shipment) -> list[str]:
    had = [item.status for item in shipment.history]
    return had if had[-1:] == [shipment.status] else [*had, shipment.status]


def _following(world: World, shipment: Shipment, status: str) -> Sequence[str]:
    """What may come next. A purchase that is not told happens on the way."""
    following = possible_after(status)
    if status not in BEFORE_PURCHASE:
        return following
    names = {*following, "confirmed", *possible_after("confirmed")}
    return tuple(entry.name for entry in STATUSES if entry.name in names)


def _never(shipment: Shipment, before: str, status: str) -> str | None:
    if status in BEFORE_PURCHASE and before not in BEFORE_PURCHASE:
        return f"{status} comes before the purchase, and so never after {before}"
    return None


def _begin(world: World, shipment: Shipment, moments: Sequence[Moment]) -> Shipment:
    """The shipment without its journey. A purchase that would come by itself is left to it, unless
    the history tells when that is."""
    if shipment.status not in BEFORE_PURCHASE:
        return lifecycle.stop(world, shipment)
    told = any(m.status in BEFORE_PURCHASE or m.status == "confirmed" for m in moments)
    if not told or shipment.purchasing:
        return shipment
    stopped = lifecycle.stop(world, shipment)
    return world[SHIPMENTS].put(msgspec.structs.replace(stopped, preparing=False))


def _write(
    world: World, shipment: Shipment, again: Sequence[Moment], new: Sequence[Moment]
) -> Shipment:
    had = len(_had(world, shipment))
    shipment = _dated(shipment, had, again, new)
    for place, moment in enumerate(new):
        if shipment.status not in BEFORE_PURCHASE:
            return _written(world, shipment, new[place:])
        if moment.status in BEFORE_PURCHASE or moment.status == "canceled":
            shipment = moves.before_purchase(world, shipment, moment.status)
            continue
        shipment = moves.buy(world, shipment)
        shipment = _dated(shipment, len(shipment.history), (moment,), ())
        if moment.status != "confirmed":
            return _written(world, shipment, new[place:])
    return world[SHIPMENTS].put(shipment)


def _dated(
    shipment: Shipment, had: int, again: Sequence[Moment], new: Sequence[Moment]
) -> Shipment:
    instants = playing.dated([item.at for item in shipment.history], had, again, new)
    history = tuple(
        msgspec.structs.replace(item, at=at)
        for item, at in zip(shipment.history, instants, strict=True)
    )
    return msgspec.structs.replace(shipment, history=history)


def _written(world: World, shipment: Shipment, moments: Sequence[Moment]) -> Shipment:
    """The shipment with entries of the past, of which the workspace is told the last one."""
    _accept(world, shipment)
    before = shipment.status
    for moment in moments:
        shipment = lifecycle.become(
            world, shipment, moment.status, moment.more["agency"], moment.at
        )
    shipment = lifecycle.stop(world, shipment)
    notifications.status_changed(world, shipment, before)
    return shipment


def _step(world: World, shipment: Shipment, moment: Moment) -> Shipment:
    if shipment.status in BEFORE_PURCHASE:
        if moment.status in moves.FIRST:
            return moves.before_purchase(world, shipment, moment.status)
        shipment = moves.buy(world, shipment)
    stopped = lifecycle.stop(world, shipment)
    return lifecycle.change_status(world, stopped, moment.status, moment.more["agency"])


def _end(world: World, shipment: Shipment) -> Shipment:
    if shipment.status in BEFORE_PURCHASE:
        return world[SHIPMENTS].put(msgspec.structs.replace(shipment, journey=None))
    stopped = lifecycle.stop(world, shipment)
    return lifecycle.await_use(world, stopped) if stopped.status == "confirmed" else stopped


PLAY = playing.Play(
    carrier="inpost",
    movable=MOVABLE,
    zone=WARSAW,
    entry=Entry,
    words={"status": STATUS_NAMES},
    read=_read,
    accept=_accept,
    had=_had,
    following=_following,
    never=_never,
    begin=_begin,
    write=_write,
    step=_step,
    end=_end,
)
"""The history of a shipment."""

JOBS: dict[str, JobHandler] = {"play_on": PLAY.on}
