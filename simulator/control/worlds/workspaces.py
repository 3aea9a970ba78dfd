"""Workspaces: listing, describing, resetting, forking and forgetting them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import structlog

from simulator.control import problems
from simulator.control.desk import Desk, page
from simulator.control.worlds import clocks
from simulator.core.answers import Answer, no_content
from simulator.core.clock import wall
from simulator.engine.backends.rows import Rows
from simulator.engine.bounds import DEFAULT
from simulator.engine.copies.building import Building, copied
from simulator.engine.hub import Hub
from simulator.engine.keeping.sure import begun, fresh, told
from simulator.engine.records import ENGINE_TABLES, JOBS, WEBHOOKS
from simulator.engine.workspace import Workspace
from simulator.scenarios.records import TABLES

log = structlog.get_logger("simulator.control")

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


async def list_workspaces(desk: Desk) -> Answer:
    """All workspaces that exist, by name; one that is broken does not hide the others."""
    # Whoever lists them asks for none of them.
    for name in await _names(desk.hub):
        await fresh(desk.hub, name)
    found = [_described(desk, name) for name in desk.hub.names()]
    return Answer(body=page([each for each in found if each is not None]))


def get_workspace(desk: Desk, workspace: str) -> Answer:
    """One workspace."""
    desk.workspace(workspace)
    return Answer(body=_described(desk, workspace))


def _described(desk: Desk, name: str) -> dict[str, Any] | None:
    """A workspace in short, or why it cannot be told; None where there is none."""
    try:
        workspace = desk.hub.existing(name)
        return None if workspace is None else describe(workspace)
    except Exception as error:
        log.exception("workspace is broken", workspace=name)
        broken = f"{type(error).__name__}: {error}"
        return {"name": name, "broken": f"{broken}. DELETE it, or POST reset, mends it."}


async def delete_workspace(desk: Desk, workspace: str) -> Answer:
    """Forget a workspace with all that is in it."""
    if not desk.hub.drop(workspace):
        raise problems.no_workspace(workspace, desk.hub.names())
    if workspace == DEFAULT:
        desk.hub.workspace(DEFAULT)  # there always is one
    await fresh(desk.hub, workspace)
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
        await begun(desk.hub, world)
    return Answer(body=describe(world))


async def fork(desk: Desk, workspace: str, body: Mapping[str, Any]) -> Answer:
    """Make a workspace that begins as this one is now."""
    desk.workspace(workspace)  # refuses one that is not there
    name = body["name"]
    if name == workspace:
        raise problems.conflict(f'"{name}" is the workspace itself; a fork needs another name.')
    await fresh(desk.hub, name)
    if _exists(desk.hub, name) and not body.get("overwrite", False):
        raise problems.conflict(
            f'There is a workspace "{name}" already; DELETE it first, or send "overwrite": true.'
        )
    copy = desk.own(name)

    async def copied_now() -> Building:
        return await copied(desk.workspace(workspace).state, Rows())

    twin = await told(desk.hub, workspace, copied_now)
    async with copy.moving:
        desk.hub.replace(copy, twin.state, twin.draft, twin.due)
        await begun(desk.hub, copy)
    location = f"{desk.request.base_url}/_sim/workspaces/{name}"
    return Answer(status=201, body=describe(copy), headers={"Location": location})


async def _names(hub: Hub) -> list[str]:
    if hub.keeping is not None:
        await hub.keeping.mirror.look_up_names()
    return hub.names()


def _exists(hub: Hub, name: str) -> bool:
    return hub.backend.version(name) is not None
