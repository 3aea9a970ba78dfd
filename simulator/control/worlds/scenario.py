"""The scenarios of a workspace: taking them up, telling how far they are, letting them go."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from simulator.control import problems
from simulator.control.desk import Desk, page
from simulator.control.problems import Fault
from simulator.core.answers import Answer, no_content
from simulator.core.secrets import Veil
from simulator.engine.concerning import of_kind
from simulator.engine.moving import timeline
from simulator.engine.records import JOBS, RULES
from simulator.engine.rules import rule_findings
from simulator.engine.workspace import Workspace
from simulator.http.described.reading import LARGE, beside
from simulator.scenarios.files import loader
from simulator.scenarios.files.loader import Refused
from simulator.scenarios.reading import positions
from simulator.scenarios.records import AGENDA, LOADED, AgendaItem, Loaded
from simulator.scenarios.worlds.loading import Impossible, name_of

MOST = 100
"""Scenarios of a workspace."""


def list_scenarios(desk: Desk, workspace: str) -> Answer:
    """The scenarios that are loaded, in their order, with what each still has to do."""
    target = desk.workspace(workspace)
    loaded = sorted(target.state[LOADED], key=lambda each: each.number)
    return Answer(body=page([_show(target, each) for each in loaded]))


async def put_scenario(
    desk: Desk, workspace: str, name: str | None, reset: bool, body: bytes
) -> Answer:
    """Take up a scenario, YAML or JSON, whole or not at all."""
    target = desk.own(workspace)
    document = await beside(partial(_document, desk, body))
    chosen = name or name_of(document)
    others = sum(each.name != chosen for each in target.state[LOADED])
    if others >= MOST and not reset:
        raise problems.conflict(f"a workspace takes {MOST} scenarios; let some go first")
    async with target.moving:
        try:
            if reset:
                await desk.loader.begin(target, chosen, document)
            else:
                large = len(body) >= LARGE
                await desk.loader.load(target, chosen, document, large=large)
        except Impossible as error:
            place = loader.dotted(error.path)
            raise problems.conflict(f"{place}: {error}; nothing was changed") from None
        await timeline.run_due(desk.hub, target)
        await desk.outbox.settle(target)
    return Answer(body=_show(target, target.state[LOADED][chosen]))


async def delete_scenarios(desk: Desk, workspace: str, name: str | None) -> Answer:
    """Let one scenario go, or all: rules, quirks, timeline; what has happened stays."""
    target = desk.workspace(workspace)
    names = [each.name for each in sorted(target.state[LOADED], key=lambda each: -each.number)]
    if name is not None and name not in names:
        raise problems.not_found("scenario", name, names)
    async with target.moving:
        for each in names if name is None else [name]:
            await desk.loader.unload(target, each)
        # What its rules held happens now.
        await timeline.run_due(desk.hub, target)
        await desk.outbox.settle(target)
    return no_content()


def _document(desk: Desk, body: bytes) -> dict[str, Any]:
    try:
        return loader.read(body, "body", desk.vocabulary).document
    except Refused as error:
        _refuse(error.found)
        raise


def _refuse(found: Iterable[positions.Problem]) -> None:
    faults = [Fault(loader.dotted(("body", *each.path)), _said(each)) for each in found]
    if faults:
        raise problems.invalid(*faults)


def _said(problem: positions.Problem) -> str:
    if problem.mark is None:
        return problem.message
    return f"line {problem.mark.line}, column {problem.mark.column}: {problem.message}"


def _show(workspace: Workspace, loaded: Loaded) -> dict[str, Any]:
    state = workspace.state
    rules = [rule.id for rule in state[RULES] if rule.scenario == loaded.name]
    told = rule_findings.findings(workspace.rulebook.every)
    waiting = of_kind(state[JOBS], "scenario.act")
    shown: dict[str, Any] = {
        "name": loaded.name,
        "scenario": loaded.document["scenario"],
        "loaded_at": loaded.loaded_at,
        "quirks": loaded.quirks,
        "rules": rules,
        "findings": [f"rule {number} {said}" for number in rules for said in told.get(number, ())],
        "timeline": [
            _item(item, [job.due for job in waiting if job.arguments["item"] == item.id])
            for item in state[AGENDA]
            if item.scenario == loaded.name
        ],
        "verify": len(loaded.document.get("verify", ())),
    }
    return dict(Veil().document(shown))


def _item(item: AgendaItem, due: list[Any]) -> dict[str, Any]:
    return {
        "entry": item.place,
        "does": item.entry["do"],
        "name": item.entry.get("name"),
        "due": sorted(due),
        "acted": item.acted,
        "left": item.left,
        "failures": [{"at": each.at, "error": each.error} for each in item.failures],
    }
