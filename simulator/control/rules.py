"""The rules of a workspace: what happens to requests in place of what usually does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.control import fault_rules, problems, rule_checks
from simulator.control.desk import Desk, page
from simulator.core import reading
from simulator.core.answers import Answer, no_content
from simulator.engine import rule_findings, rules
from simulator.engine.records import RULES, Rule
from simulator.engine.workspace import Workspace
from simulator.engine.world import World

MOST = 1000
"""Rules of a workspace."""


def list_rules(desk: Desk, workspace: str) -> Answer:
    """The rules in the order in which they are asked, with what they have used up."""
    target = desk.workspace(workspace)
    told = _findings(target)
    return Answer(body=page([_show(rule, told) for rule in target.state[RULES]]))


def add_rule(desk: Desk, workspace: str, body: Mapping[str, Any]) -> Answer:
    """Add a rule behind the others, or those of a profile; 201 with what was added."""
    target = desk.workspace(workspace)
    if "profile" in body:
        definitions = fault_rules.of_profile(desk, body)
    else:
        definitions = [rule_checks.checked(desk, body)]
    if len(target.state[RULES]) + len(definitions) > MOST:
        raise problems.conflict(f"a workspace takes {MOST} rules; delete some first")
    added = desk.hub.run(target, lambda world: rules.add_all(world, definitions))
    told = _findings(target)
    shown = [_show(rule, told) for rule in added]
    return Answer(status=201, body=page(shown) if "profile" in body else shown[0])


def clear_rules(desk: Desk, workspace: str) -> Answer:
    """Delete all rules."""
    target = desk.workspace(workspace)

    def work(world: World) -> None:
        for rule in world[RULES]:
            world[RULES].delete(rule.id)

    desk.hub.run(target, work)
    return no_content()


def get_rule(desk: Desk, workspace: str, rule_id: str) -> Answer:
    """One rule."""
    target = desk.workspace(workspace)
    return Answer(body=_show(_find(target, rule_id), _findings(target)))


def delete_rule(desk: Desk, workspace: str, rule_id: str) -> Answer:
    """Delete one rule."""
    target = desk.workspace(workspace)
    rule = _find(target, rule_id)
    desk.hub.run(target, lambda world: world[RULES].delete(rule.id))
    return no_content()


def _find(workspace: Workspace, rule_id: str) -> Rule:
    number = reading.whole(rule_id)
    rule = None if number is None else workspace.state[RULES].get(number)
    if rule is None:
        raise problems.not_found("rule", rule_id)
    return rule


def _findings(workspace: Workspace) -> Mapping[int, list[str]]:
    """What is to be told of the rules: an order of theirs in which some can never act."""
    return rule_findings.findings(workspace.rulebook.rules)


def _show(rule: Rule, told: Mapping[int, list[str]]) -> dict[str, Any]:
    times = rule.definition.get("times")
    return {
        "id": rule.id,
        "rule": rule.definition,
        "created_at": rule.created_at,
        "seen": rule.seen,
        "used": rule.used,
        "spent": times is not None and rule.used >= times,
        "findings": told.get(rule.id, []),
    }
