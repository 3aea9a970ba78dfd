"""A parcel's own history: event codes, or the statuses that they bring.

What may follow what is inferred from the flags of the codes: a parcel does not go back from the
destination to the terminal, and nothing follows on its end. The feed tells what is written of the
past when it is written, with the times at which it happened.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC
from typing import Any, get_args

import msgspec

from simulator.carriers.carrier import BadAction
from simulator.carriers.motion import moving, playing
from simulator.carriers.motion.moving import Movable
from simulator.carriers.motion.playing import Moment
from simulator.carriers.postplus.catalog.event_codes import (
    CREATE_OR_UPDATE,
    EVENT_CODES,
    RETURN_TO_SENDER,
    EventCode,
)
from simulator.carriers.postplus.catalog.journeys import USUAL_SCANNERS
from simulator.carriers.postplus.records import (
    EVENTS,
    PARCELS,
    Parcel,
    ParcelStatus,
    TrackingEvent,
)
from simulator.carriers.postplus.tracking import lifecycle, log
from simulator.engine.extension import JobHandler
from simulator.engine.world import World

MOVABLE = Movable(PARCELS, "parcel_nr", also=("sender_parcel_nr",), noun="parcel")

MANIFESTED = "Manifested"
"""The one status that no event brings; it stands among the codes."""

_CODES = {
    "Created": CREATE_OR_UPDATE,
    MANIFESTED: MANIFESTED,
    **{status: code for status, (code, _) in lifecycle.SCANS.items()},
}


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Either `code`, an event code, or `status`, which is brought by its usual event. The code's
    usual place and message are told unless there are others."""

    at: str
    code: str | None = None
    status: str | None = None
    location: str | None = None
    message: str | None = None


def _stage(code: EventCode) -> int:
    if code.code == CREATE_OR_UPDATE:
        return 0
    if code.is_delivered or code.code == RETURN_TO_SENDER:
        return 5
    if code.is_at_destination:
        return 4
    return 3 if code.is_departed else 2


_STAGES = {MANIFESTED: 1, **{name: _stage(code) for name, code in EVENT_CODES.items()}}
"""How far on its way a parcel is by each code; at its end nothing follows."""

_END = max(_STAGES.values())


def _read(world: World, parcel: Parcel, entry: Entry) -> tuple[str, Mapping[str, Any]]:
    if (entry.code is None) == (entry.status is None):
        raise BadAction("give either code or status")
    following = _following(world, parcel, _had(world, parcel)[-1])
    if entry.code is not None and entry.code not in EVENT_CODES:
        raise moving.unknown("code", entry.code, EVENT_CODES, following)
    if entry.status is not None and entry.status not in _CODES:
        raise moving.unknown("status", entry.status, _CODES, get_args(ParcelStatus))
    code = entry.code or _CODES[entry.status or ""]
    more = {"location": entry.location, "message": entry.message}
    return code, {name: value for name, value in more.items() if value is not None}


def _accept(world: World, parcel: Parcel) -> None:
    lifecycle.check_goes(parcel)


def _events(world: World, parcel: Parcel) -> list[TrackingEvent]:
    """The parcel's events in the order in which they happened."""
    events = world[EVENTS].where("parcel_id", parcel.id)
    return sorted(events, key=lambda event: (event.time, event.entry))


def _had(world: World, parcel: Parcel) -> list[str]:
    codes = [event.code for event in _events(world, parcel)] or [CREATE_OR_UPDATE]
    manifested = parcel.status == MANIFESTED and _STAGES[codes[-1]] < _STAGES[MANIFESTED]
    return [*codes, MANIFESTED] if manifested else codes


def _following(world: World, parcel: Parcel, code: str) -> Sequence[str]:
    stage = _STAGES[code]
    if stage == _END:
        return ()
    return [each for each, its in _STAGES.items() if its >= max(stage, 1) and each != code]


def _never(parcel: Parcel, before: str, code: str) -> str | None:
    if code == MANIFESTED and parcel.status not in ("Created", MANIFESTED):
        return f"a parcel that is {parcel.status} is not manifested any more"
    return None


def _begin(world: World, parcel: Parcel, moments: Sequence[Moment]) -> Parcel:
    return lifecycle.stop(world, parcel)


def _write(world: World, parcel: Parcel, again: Sequence[Moment], new: Sequence[Moment]) -> Parcel:
    had = len(_had(world, parcel))
    events = _events(world, parcel)
    instants = playing.dated([event.time for event in events], had, again, new)
    for event, at in zip(events, instants, strict=True):
        log.date(world, event, at)
    for moment in new:
        parcel = _step(world, parcel, moment)
    return parcel


def _step(world: World, parcel: Parcel, moment: Moment) -> Parcel:
    at = moment.at.astimezone(UTC)
    if moment.status == MANIFESTED:
        return lifecycle.manifested(world, parcel, at)
    scanner = USUAL_SCANNERS.get(moment.status)
    place = None if scanner is None else lifecycle.place_of(world, parcel, scanner)
    return log.say(
        world,
        parcel,
        moment.status,
        message=moment.more.get("message"),
        location=moment.more.get("location", place),
        at=at,
    )


PLAY = playing.Play(
    carrier="postplus",
    movable=MOVABLE,
    zone=UTC,
    entry=Entry,
    words={"status": _CODES, "code": EVENT_CODES},
    read=_read,
    accept=_accept,
    had=_had,
    following=_following,
    never=_never,
    begin=_begin,
    write=_write,
    step=_step,
    end=lifecycle.stop,
)
"""The history of a parcel."""

JOBS: dict[str, JobHandler] = {"play_on": PLAY.on}
