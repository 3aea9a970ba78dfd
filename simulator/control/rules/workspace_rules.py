"""The rules of a workspace: what happens to requests in place of what usually does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from simulator.control import problems
from simulator.control.desk import Desk, page
from simulator.control.journal import veils
from simulator.control.rules import fault_rules, held_steps
from simulator.core import reading
from simulator.core.answers import Answer, no_content
from simulator.core.secrets import Veil
from simulator.engine.moving import timeline
from simulator.engine.records import RULES, Rule
from simulator.engine.rules import definitions, rule_findings
from simulator.engine.rules.definitions import RuleDefinition
from simulator.engine.workspace import Workspace
from simulator.engine.world import World
from simulator.scenarios.rules import rule_checks

MOST = 1000
"""Rules of a workspace."""


def list_rules(desk: Desk, workspace: str) -> Answer:
    """The rules in the order in which they are asked, with what they have used up."""
    target = desk.workspace(workspace)
    show = _showing(desk, target)
    return Answer(body=page([show(rule) for rule in target.state[RULES]]))


async def add_rule(desk: Desk, workspace: str, body: Mapping[str, Any]) -> Answer:
    """Add a rule behind the others, or those of a profile; 201 with what was added."""
    target = desk.own(workspace)
    by_name = "profile" in body
    wanted = fault_rules.of_profile(desk, body) if by_name else [_checked(desk, body)]
    if len(target.state[RULES]) + len(wanted) > MOST:
        raise problems.conflict(f"a workspace takes {MOST} rules; delete some first")
    added = await desk.run(target, lambda world: definitions.add_all(world, wanted))
    shown = list(map(_showing(desk, target), added))
    return Answer(status=201, body=page(shown) if by_name else shown[0])


async def clear_rules(desk: Desk, workspace: str) -> Answer:
    """Delete all rules; what they held happens before the answer."""
    target = desk.workspace(workspace)

    def work(world: World) -> None:
        for rule in world[RULES]:
            world[RULES].delete(rule.id)

    await _take_away(desk, target, work)
    return no_content()


def get_rule(desk: Desk, workspace: str, rule_id: str) -> Answer:
    """One rule."""
    target = desk.workspace(workspace)
    return Answer(body=_showing(desk, target)(_find(target, rule_id)))


async def delete_rule(desk: Desk, workspace: str, rule_id: str) -> Answer:
    """Delete one rule; what it held happens before the answer."""
    target = desk.workspace(workspace)
    rule = _find(target, rule_id)
    await _take_away(desk, target, lambda world: world[RULES].delete(rule.id))
    return no_content()


async def _take_away(desk: Desk, workspace: Workspace, work: Callable[[World], None]) -> None:
    """Let go of rules, and of what they held; its webhooks have been tried when this returns."""
    async with workspace.moving:
        await desk.run(workspace, work)
        await timeline.run_due(desk.hub, workspace)
        await desk.outbox.settle(workspace)


def _find(workspace: Workspace, rule_id: str) -> Rule:
    number = reading.whole(rule_id)
    rule = None if number is None else workspace.state[RULES].get(number)
    if rule is None:
        raise problems.not_found("rule", rule_id)
    return rule


def _checked(desk: Desk, body: Mapping[str, Any]) -> RuleDefinition:
    """The rule that a body describes. Raises 422 with everything that is wrong with it."""
    found = rule_checks.faults(desk.vocabulary, body)
    if found:
        raise problems.invalid(*found)
    return msgspec.convert(body, RuleDefinition)


def _findings(workspace: Workspace) -> Mapping[int, list[str]]:
    """What is to be told of the rules: an order of theirs in which some can never act."""
    return rule_findings.findings(workspace.rulebook.every)


def _showing(desk: Desk, target: Workspace) -> Callable[[Rule], dict[str, Any]]:
    """How rules are shown: credentials that are not of the simulator have marks."""
    told = _findings(target)
    own = veils.own(target, desk)
    return lambda rule: _show(rule, target, told, Veil(own))


def _show(
    rule: Rule, target: Workspace, told: Mapping[int, list[str]], veil: Veil
) -> dict[str, Any]:
    times = rule.definition.get("times")
    shown: dict[str, Any] = {
        "id": rule.id,
        "rule": veil.document(rule.definition),
        "created_at": rule.created_at,
        "seen": rule.seen,
        "used": rule.used,
        "spent": times is not None and rule.used >= times,
        "findings": [veil.sentence(each) for each in told.get(rule.id, [])],
    }
    if rule.definition.get("hold") is not None:
        shown["held"] = held_steps.show(target.state, rule, target.now())
    return shown
