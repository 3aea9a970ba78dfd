"""Workspaces: listing, describing, resetting, copying and forgetting them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simulator.control import problems
from simulator.control.desk import Desk, page
from simulator.control.problems import Fault
from simulator.control.worlds import clocks
from simulator.core.answers import Answer, no_content
from simulator.core.clock import wall
from simulator.core.tables import State
from simulator.engine import snapshots
from simulator.engine.hub import Hub
from simulator.engine.records import ENGINE_TABLES, JOBS, RULES, WEBHOOKS
from simulator.engine.workspace import Workspace
from simulator.scenarios.files import checks, loader
from simulator.scenarios.records import AGENDA, LOADED, TABLES
from simulator.scenarios.rules import rule_checks

_INNER = {spec.name for spec in (*ENGINE_TABLES, *TABLES)}
"""Tables that no carrier has."""


def describe(workspace: Workspace) -> dict[str, Any]:
    """A workspace in short: its frame and how much is in it."""
    state, frame = workspace.state, workspace.frame
    return {
        "name": workspace.name,
        "seed": frame.seed,
        "profile": frame.profile,
        "clock": clocks.show(workspace),
        "records": {name: len(table) for name, table in state.tables.items() if name not in _INNER},
        "jobs": len(state[JOBS]),
        "webhooks": len(state[WEBHOOKS]),
        "journal": len(workspace.journal),
        "events": workspace.event_count,
    }


def list_workspaces(desk: Desk) -> Answer:
    """All workspaces that exist, by name."""
    items = [describe(desk.workspace(name)) for name in desk.hub.names()]
    return Answer(body=page(items))


def get_workspace(desk: Desk, workspace: str) -> Answer:
    """One workspace."""
    return Answer(body=describe(desk.workspace(workspace)))


def delete_workspace(desk: Desk, workspace: str) -> Answer:
    """Forget a workspace with all that is in it."""
    if not desk.hub.drop(workspace):
        raise problems.no_workspace(workspace, desk.hub.names())
    return no_content()


async def reset(desk: Desk, workspace: str, body: Mapping[str, Any] | None) -> Answer:
    """Begin again with the default world."""
    asked = body or {}
    clock = (
        None if asked.get("clock") is None else clocks.read(asked["clock"], wall(), "body.clock")
    )
    world = desk.own(workspace)
    async with world.moving:
        state = desk.hub.fresh_state(asked.get("seed"), asked.get("profile"), clock)
        desk.hub.replace(world, state)
    return Answer(body=describe(world))


def get_snapshot(desk: Desk, workspace: str) -> Answer:
    """Everything that is in the workspace, as a document that `put_snapshot` takes."""
    return Answer(body=snapshots.take(desk.workspace(workspace)))


async def put_snapshot(desk: Desk, workspace: str, body: Any) -> Answer:
    """Put a snapshot in the place of all that is in the workspace."""
    world = desk.own(workspace)
    try:
        state = snapshots.read(desk.hub, body)
    except snapshots.BadSnapshot as error:
        raise problems.invalid(Fault("body", str(error))) from None
    wrong = [*_wrong(desk, state)]
    if wrong:
        raise problems.invalid(*wrong)
    async with world.moving:
        desk.hub.replace(world, state)
    return Answer(body=describe(world))


def _wrong(desk: Desk, state: State) -> Iterator[Fault]:
    """What is in a snapshot that no other way in takes: rules and scenarios that mean nothing."""
    known = desk.vocabulary
    for rule in state[RULES]:
        place = f"body.tables.{RULES.name}.{rule.id}.definition"
        yield from rule_checks.faults(known, rule.definition, place)
    for loaded in state[LOADED]:
        place = f"body.tables.{LOADED.name}.{loaded.name}.document"
        for problem in loader.problems(loaded.document, known):
            yield Fault(loader.dotted((place, *problem.path)), problem.message)
    for item in state[AGENDA]:
        place = f"body.tables.{AGENDA.name}.{item.id}.entry"
        for fault in checks.entry_faults(known, item.entry):
            yield Fault(loader.dotted((place, *fault.path)), fault.message)


def fork(desk: Desk, workspace: str, body: Mapping[str, Any]) -> Answer:
    """Make a workspace that begins as this one is now."""
    source, name = desk.workspace(workspace), body["name"]
    if name == workspace:
        raise problems.conflict(f'"{name}" is the workspace itself; a fork needs another name.')
    if _exists(desk.hub, name) and not body.get("overwrite", False):
        raise problems.conflict(
            f'There is a workspace "{name}" already; DELETE it first, or send "overwrite": true.'
        )
    copy = desk.own(name)
    desk.hub.replace(copy, source.state.copy())
    location = f"{desk.request.base_url}/_sim/workspaces/{name}"
    return Answer(status=201, body=describe(copy), headers={"Location": location})


def _exists(hub: Hub, name: str) -> bool:
    return hub.backend.version(name) is not None
