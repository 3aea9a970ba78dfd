"""What must be true of a snapshot's records together."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, get_type_hints

import msgspec

from simulator.core.clock import FASTEST
from simulator.core.faults import did_you_mean
from simulator.core.tables import State, Table
from simulator.engine.copies.building import Building
from simulator.engine.copies.pace import Pace
from simulator.engine.delivery import headers as header_checks
from simulator.engine.extension import JobHandler
from simulator.engine.hub import Hub
from simulator.engine.records import (
    DELIVERY,
    FRAME,
    HELD_REQUESTS,
    JOBS,
    NUMBERS,
    QUIRKS,
    RELEASE,
    RULES,
    WEBHOOKS,
    Frame,
    Job,
)
from simulator.engine.snapshots.record_checks import BadSnapshot, told

_FIRST, _LAST = 1971, 2199
_DUE_UNTIL = 2299
"""Jobs may be due after the last instant that a clock can be set to."""

_AT_ONCE = 64


async def check(hub: Hub, building: Building) -> None:
    """Raise `BadSnapshot` for what a record cannot tell of itself."""
    state = building.state
    _check_frame(state)
    frame = state[FRAME]["frame"]
    await _check_numbers(hub, state, building.pace)
    for number, _ in enumerate(_check_each(hub, state, frame)):
        if number % _AT_ONCE == 0:
            await building.pace.pause()


def _check_frame(state: State) -> None:
    frame = state[FRAME].get("frame")
    place = f"body.tables.{FRAME.name}"
    if frame is None or len(state[FRAME]) > 1:
        raise BadSnapshot(place, 'must have one record, with the name "frame"')
    clock = frame.clock
    speed = clock.speed
    if (speed != 0.0) if clock.mode in ("frozen", "eager") else not 0.0 < speed <= FASTEST:
        raise BadSnapshot(f"{place}.0.clock.speed", f"a {clock.mode} clock has no speed {speed:g}")
    if clock.mode in ("real", "offset") and speed != 1.0:
        raise BadSnapshot(f"{place}.0.clock.speed", f"a {clock.mode} clock has the speed 1")
    _check_year(clock.at, _LAST, f"{place}.0.clock.at")
    if frame.seed < 0:
        raise BadSnapshot(f"{place}.0.seed", "must not be below 0")


def _check_year(at: datetime, last: int, place: str) -> None:
    if not _FIRST <= at.year <= last:
        raise BadSnapshot(place, f"{at.isoformat()} is outside the years {_FIRST} to {last}")


async def _check_numbers(hub: Hub, state: State, pace: Pace) -> None:
    """A sequence that stands below an id in use would give it out again.

    Sequences are named after their tables.
    """
    begun = hub.fresh_state()
    place = f"body.tables.{NUMBERS.name}"
    if len(state[NUMBERS]) > ("numbers" in state[NUMBERS]):
        raise BadSnapshot(place, 'has one record, with the name "numbers"')
    numbers = state[NUMBERS].get("numbers")
    last: Mapping[str, int] = {} if numbers is None else numbers.last
    for name, value in last.items():
        if value < 0:
            raise BadSnapshot(f"{place}.0.last.{name}", f"must not be below 0, it is {value}")
    for name, table in state.tables.items():
        highest = await _highest(table, begun.tables[name], pace)
        if name in last and highest > last[name]:
            raise BadSnapshot(
                f"{place}.0.last.{name}",
                f"must be at least {highest}, the highest id in {name}; it is {last[name]}",
            )
    for name in (JOBS.name, WEBHOOKS.name, RULES.name):
        if name not in last and len(state.tables[name]):
            raise BadSnapshot(f"{place}.0.last.{name}", f"is missing, but {name} has records")


async def _highest(table: Table[Any], begun: Table[Any], pace: Pace) -> int:
    """The highest id of a table among those that its world did not begin with."""
    highest = 0
    for number, record in enumerate(table):
        key = getattr(record, table.spec.key)
        if isinstance(key, int) and key > highest and key not in begun:
            highest = key
        if number % _AT_ONCE == 0:
            await pace.pause()
    return highest


def _check_each(hub: Hub, state: State, frame: Frame) -> Iterator[None]:
    """Look at the engine's own records, one after the other."""
    arguments = Arguments(hub)
    for job in state[JOBS]:
        _check_job(hub, arguments, job, f"body.tables.{JOBS.name}[id={job.id}]")
        yield
    holding = {rule.id for rule in state[RULES]}
    for job in state[JOBS]:
        if job.kind == RELEASE:
            holding |= set(job.arguments["rules"])
    for job in state[JOBS]:
        if job.held is not None and job.held.rule not in holding:
            place = f"body.tables.{JOBS.name}[id={job.id}].held.rule"
            raise BadSnapshot(place, _held_by(job.held.rule))
        yield
    for request in state[HELD_REQUESTS]:
        if request.rule not in holding:
            place = f"body.tables.{HELD_REQUESTS.name}[id={request.id}].rule"
            raise BadSnapshot(place, _held_by(request.rule))
        yield
    for setting in state[QUIRKS]:
        known = hub.quirk_defaults[frame.profile]
        if setting.name not in known:
            place = f"body.tables.{QUIRKS.name}"
            hint = did_you_mean(setting.name[:100], known)
            raise BadSnapshot(place, f"unknown quirk {setting.name!r:.100}.{hint}")
        yield
    for webhook in state[WEBHOOKS]:
        for name, value in webhook.headers.items():
            if header_checks.fault(name, value) is not None:
                place = f"body.tables.{WEBHOOKS.name}[id={webhook.id}].headers"
                raise BadSnapshot(place, f"{name!r:.100} cannot be sent as a header")
        yield


def _held_by(rule: int) -> str:
    return f"it is held by rule {rule}, which is not in {RULES.name}"


def _check_job(hub: Hub, arguments: Arguments, job: Job, place: str) -> None:
    if job.kind not in hub.jobs.kinds:
        known = ", ".join(sorted(hub.jobs.kinds))
        raise BadSnapshot(f"{place}.kind", f"unknown kind {job.kind!r:.100}; there are {known}")
    _check_year(job.due, _DUE_UNTIL, f"{place}.due")
    arguments.check(job, place)
    if job.held is not None and job.held.then == "fail" and hub.steps.failure(job.kind) is None:
        raise BadSnapshot(f"{place}.held.then", f"{job.kind} cannot fail")


_OF_THE_ENGINE = {DELIVERY: ("webhook", int), RELEASE: ("rules", list[int])}


class Arguments:
    """What the handler of each kind of job takes, as it is declared."""

    def __init__(self, hub: Hub) -> None:
        self._handlers = hub.jobs.handlers
        self._types: dict[str, type[msgspec.Struct]] = {
            DELIVERY: msgspec.defstruct(
                "Arguments", [("webhook", int)], forbid_unknown_fields=True
            ),
            RELEASE: msgspec.defstruct(
                "Arguments", [("rules", list[int])], forbid_unknown_fields=True
            ),
        }

    def check(self, job: Job, place: str) -> None:
        """Raise `BadSnapshot` unless the job's handler can be called with its arguments."""
        known = self._types.get(job.kind)
        if known is None:
            known = self._types[job.kind] = _declared(self._handlers[job.kind])
        try:
            msgspec.convert(job.arguments, known)
        except msgspec.ValidationError as error:
            path, said = told(error)
            raise BadSnapshot(
                f"{place}.arguments{path}", f"{said.replace('Object', 'it')} ({job.kind})"
            ) from None


def _declared(handler: JobHandler) -> type[msgspec.Struct]:
    """A struct of the arguments that a handler takes after the world."""
    hints = get_type_hints(handler)
    fields: list[Any] = []
    for parameter in list(inspect.signature(handler).parameters.values())[1:]:
        field = (parameter.name, hints.get(parameter.name, Any))
        given = parameter.default is parameter.empty
        fields.append(field if given else (*field, parameter.default))
    return msgspec.defstruct("Arguments", fields, kw_only=True, forbid_unknown_fields=True)
