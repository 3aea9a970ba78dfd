"""The switches of a workspace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.carriers.quirk import QuirkSpec
from simulator.control import problems
from simulator.control.desk import Desk
from simulator.control.problems import Fault
from simulator.core.answers import Answer
from simulator.engine.records import QUIRKS, QuirkSetting
from simulator.engine.workspace import Workspace
from simulator.engine.world import World

_MOST_SET = 1000
"""Quirks of a request; there are far fewer."""
_MOST_HINTS = 40
"""Unknown names for which a known one is looked for; nobody misspells more at once."""


def get_quirks(desk: Desk, workspace: str) -> Answer:
    """Which value each switch has in this workspace."""
    return Answer(body=_show(desk.workspace(workspace)))


async def put_quirks(desk: Desk, workspace: str, body: Mapping[str, Any]) -> Answer:
    """Set the switches that are named; null sets one back to its profile's default."""
    target = desk.own(workspace)
    known = desk.vocabulary.quirks
    if len(body) > _MOST_SET:
        message = f"names {len(body)} quirks, at most {_MOST_SET} are set at once"
        raise problems.invalid(Fault("body", message))
    misspelt = [name for name in body if name not in known]
    hinted = set(misspelt[:_MOST_HINTS])
    faults = [
        fault
        for name, value in body.items()
        for fault in _faults(known, name, value, hinted=name in hinted)
    ]
    if faults:
        raise problems.invalid(*faults)

    def work(world: World) -> None:
        for name, value in body.items():
            if value is None:
                world[QUIRKS].delete(name)
            else:
                world[QUIRKS].put(QuirkSetting(name, known[name].stored(value)))

    await desk.run(target, work)
    return Answer(body=_show(target))


def _show(workspace: Workspace) -> dict[str, Any]:
    settings = workspace.state[QUIRKS]
    return {
        "profile": workspace.frame.profile,
        "values": workspace.quirks,
        "changed": {setting.name: setting.value for setting in settings},
    }


def _faults(known: Mapping[str, QuirkSpec], name: str, value: Any, *, hinted: bool) -> list[Fault]:
    quirk = known.get(name)
    if quirk is None:
        hint = problems.did_you_mean(name, known) if hinted else ""
        return [Fault(f"body.{name}", f"is not a quirk; GET /_sim/quirks lists them.{hint}")]
    if value is None or quirk.accepts(value):
        return []
    return [Fault(f"body.{name}", f"must be {quirk.allowed()}{quirk.misfit(value)}")]
