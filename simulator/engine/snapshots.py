"""A whole workspace as a JSON document, and back."""

from __future__ import annotations

from datetime import datetime
from types import GenericAlias
from typing import Any

import msgspec

from simulator.core.clock import FASTEST
from simulator.core.tables import State, TableSpec
from simulator.engine.hub import Hub
from simulator.engine.records import FRAME, HELD_REQUESTS, JOBS, QUIRKS, RULES, Frame
from simulator.engine.workspace import Workspace

FORMAT = "carrier-simulator/1"


class BadSnapshot(ValueError):
    """A document that is not a snapshot that this version can restore; nothing was changed."""


def take(workspace: Workspace) -> dict[str, Any]:
    """All records of the workspace, ready to be encoded as JSON.

    The clock stands in it at its present instant, without a trace of the machine's time: the same
    world gives the same document.
    """
    now = workspace.now()
    clock = msgspec.structs.replace(workspace.clock, at=now, since=now)
    frame = msgspec.structs.replace(workspace.frame, clock=clock)
    return {
        "format": FORMAT,
        "workspace": workspace.name,
        "tables": {
            name: [msgspec.to_builtins(frame if name == FRAME.name else record) for record in table]
            for name, table in workspace.state.tables.items()
        },
    }


def read(hub: Hub, document: Any) -> State:
    """The state that a snapshot holds. Raises `BadSnapshot` with the place that is wrong."""
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise BadSnapshot(f'this is not a snapshot: its "format" must be "{FORMAT}"')
    tables = document.get("tables")
    if not isinstance(tables, dict):
        raise BadSnapshot('the snapshot has no "tables"')
    specs: dict[str, TableSpec[Any]] = {spec.name: spec for spec in hub.table_specs}
    unknown = sorted(set(tables) - set(specs))
    if unknown:
        raise BadSnapshot(f"unknown table {unknown[0]!r}; there are {', '.join(sorted(specs))}")
    state = State(hub.table_specs)
    for name, records in tables.items():
        try:
            converted = msgspec.convert(records, GenericAlias(list, (specs[name].record,)))
        except msgspec.ValidationError as error:
            raise BadSnapshot(f"table {name}: {error}") from None
        for record in converted:
            if _has_naive_time(record):
                raise BadSnapshot(f"table {name}: a time has no offset from UTC")
            state[specs[name]].put(record)
    frame = state[FRAME].get("frame")
    if frame is None:
        raise BadSnapshot('table engine.frame: the record "frame" is missing')
    _check(hub, state, frame)
    clock = frame.clock.resumed()
    state[FRAME].put(msgspec.structs.replace(frame, clock=clock))
    state.commit()
    return state


def _check(hub: Hub, state: State, frame: Frame) -> None:
    """Raise `BadSnapshot` for what a record cannot tell of itself."""
    speed = frame.clock.speed
    if (speed != 0.0) if frame.clock.mode == "frozen" else not 0.0 < speed <= FASTEST:
        raise BadSnapshot(f"table engine.frame: a {frame.clock.mode} clock has no speed {speed:g}")
    for job in state[JOBS]:
        if job.kind not in hub.job_kinds:
            known = ", ".join(sorted(hub.job_kinds))
            raise BadSnapshot(f"table engine.jobs: unknown kind {job.kind!r}; there are {known}")
        if job.held is not None and job.held.rule not in state[RULES]:
            raise BadSnapshot(
                f"table engine.jobs: job {job.id} is held by rule {job.held.rule}, "
                "which is not in engine.rules"
            )
        failing = job.held is not None and job.held.then == "fail"
        if failing and hub.steps.failure(job.kind) is None:
            raise BadSnapshot(f"table engine.jobs: {job.kind} cannot fail (job {job.id})")
    for request in state[HELD_REQUESTS]:
        if request.rule not in state[RULES]:
            raise BadSnapshot(
                f"table engine.held_requests: {request.id} is held by rule {request.rule}, "
                "which is not in engine.rules"
            )
    for setting in state[QUIRKS]:
        if setting.name not in hub.quirk_defaults[frame.profile]:
            raise BadSnapshot(f"table engine.quirks: unknown quirk {setting.name!r}")


def _has_naive_time(value: Any) -> bool:
    """Whether there is a datetime without an offset anywhere in `value`."""
    if isinstance(value, datetime):
        return value.tzinfo is None
    if isinstance(value, msgspec.Struct):
        return any(_has_naive_time(getattr(value, name)) for name in value.__struct_fields__)
    if isinstance(value, dict):
        return any(_has_naive_time(item) for item in value.values())
    return isinstance(value, list | tuple) and any(_has_naive_time(item) for item in value)
