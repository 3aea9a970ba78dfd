"""The rules of a workspace: what happens to requests in place of what usually does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from msgspec import UNSET

from simulator.control import problems
from simulator.control.desk import Desk, page
from simulator.control.problems import Fault
from simulator.core import reading
from simulator.core.answers import Answer, no_content
from simulator.core.clock import BadTime, parse_duration, parse_instant
from simulator.engine import matching
from simulator.engine.records import RULES, Rule
from simulator.engine.rules import RuleDefinition, When
from simulator.engine.workspace import Workspace
from simulator.engine.world import World
from simulator.http.plan import Plan

MOST = 1000
"""Rules of a workspace."""

_ACTS = ("respond", "fault", "delay")


def list_rules(desk: Desk, workspace: str) -> Answer:
    """The rules in the order in which they are asked, with what they have used up."""
    return Answer(body=page([_show(rule) for rule in desk.workspace(workspace).state[RULES]]))


def add_rule(desk: Desk, workspace: str, body: Mapping[str, Any]) -> Answer:
    """Add a rule behind the others; 201 with its id."""
    target = desk.workspace(workspace)
    definition = read(desk, body)
    if len(target.state[RULES]) >= MOST:
        raise problems.conflict(f"a workspace takes {MOST} rules; delete some first")

    def work(world: World) -> Rule:
        number = world.next_number("engine.rules")
        kept = msgspec.to_builtins(definition)
        return world[RULES].put(Rule(id=number, definition=kept, created_at=world.now))

    return Answer(status=201, body=_show(desk.hub.run(target, work)))


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
    return Answer(body=_show(_find(desk.workspace(workspace), rule_id)))


def delete_rule(desk: Desk, workspace: str, rule_id: str) -> Answer:
    """Delete one rule."""
    target = desk.workspace(workspace)
    rule = _find(target, rule_id)
    desk.hub.run(target, lambda world: world[RULES].delete(rule.id))
    return no_content()


def read(desk: Desk, body: Mapping[str, Any]) -> RuleDefinition:
    """The rule that a body describes. Raises 422 with everything that is wrong with it."""
    try:
        definition = msgspec.convert(body, RuleDefinition)
    except msgspec.ValidationError as error:
        raise problems.invalid(Fault("body", str(error))) from None
    faults = list(_faults(desk, definition))
    if faults:
        raise problems.invalid(*faults)
    return definition


def _find(workspace: Workspace, rule_id: str) -> Rule:
    number = reading.whole(rule_id)
    rule = None if number is None else workspace.state[RULES].get(number)
    if rule is None:
        raise problems.not_found("rule", rule_id)
    return rule


def _show(rule: Rule) -> dict[str, Any]:
    times = rule.definition.get("times")
    return {
        "id": rule.id,
        "rule": rule.definition,
        "created_at": rule.created_at,
        "seen": rule.seen,
        "used": rule.used,
        "spent": times is not None and rule.used >= times,
    }


def _faults(desk: Desk, definition: RuleDefinition) -> Iterator[Fault]:
    if all(getattr(definition, name) is None for name in _ACTS):
        yield Fault("body", f"does nothing: say one of {', '.join(_ACTS)}")
    if definition.fault is not None and definition.respond is not None:
        yield Fault("body", "takes respond or fault, not both")
    if definition.times is not None and definition.times < 1:
        yield Fault("body.times", "is at least 1")
    yield from _when_faults(desk, definition.when)
    yield from _respond_faults(definition)
    yield from _fault_faults(definition)
    if definition.delay is not None:
        yield from _duration("body.delay.by", definition.delay.by)


def _when_faults(desk: Desk, when: When) -> Iterator[Fault]:
    plans = {plan.name: plan for own in desk.plans.values() for plan in own}
    if when.carrier is not None and when.carrier not in desk.carriers:
        hint = problems.did_you_mean(when.carrier, desk.carriers)
        yield Fault("body.when.carrier", f"is not one of {', '.join(desk.carriers)}.{hint}")
    if when.operation is not None:
        yield from _operation_faults(plans, when)
    for name in ("path", "query", "headers", "body", "caller"):
        pattern = getattr(when, name)
        if pattern is not None and pattern is not UNSET:
            for fault in matching.faults(pattern):
                yield Fault(f"body.when.{name}{fault.place.replace('/', '.')}", fault.message)
    for name in ("nth", "every"):
        number = getattr(when, name)
        if number is not None and number < 1:
            yield Fault(f"body.when.{name}", "is at least 1")
    if when.probability is not None and not 0 <= when.probability <= 1:
        yield Fault("body.when.probability", "is from 0 to 1")
    for place, text in enumerate(when.between or ()):
        try:
            parse_instant(text)
        except BadTime as error:
            yield Fault(f"body.when.between.{place}", str(error))


def _operation_faults(plans: Mapping[str, Plan], when: When) -> Iterator[Fault]:
    plan = plans.get(when.operation or "")
    if plan is None:
        hint = problems.did_you_mean(when.operation or "", plans)
        yield Fault("body.when.operation", f"is not an operation.{hint}")
        return
    carrier = plan.name.partition(".")[0]
    if when.carrier not in (None, carrier):
        yield Fault("body.when.carrier", f"is not that of {plan.name}: the rule can never match")
    if when.method is not None and when.method.upper() != plan.method:
        yield Fault("body.when.method", f"is not {plan.method}: the rule can never match")
    for name in when.path or ():
        if name not in plan.path_names:
            known = ", ".join(plan.path_names) or "none"
            yield Fault(f"body.when.path.{name}", f"is no path parameter; there are {known}")


def _respond_faults(definition: RuleDefinition) -> Iterator[Fault]:
    respond = definition.respond
    if respond is None:
        return
    if respond.status is not None and not 200 <= respond.status <= 599:
        yield Fault("body.respond.status", "is from 200 to 599")
    if respond.body is not UNSET and respond.merge is not UNSET:
        yield Fault("body.respond", "takes body or merge, not both")
    if respond.merge is not UNSET and respond.when == "before":
        yield Fault("body.respond.when", "is after where the handler's answer is merged into")


def _fault_faults(definition: RuleDefinition) -> Iterator[Fault]:
    fault = definition.fault
    if fault is None:
        return
    if not 400 <= fault.status <= 599:
        yield Fault("body.fault.status", "is from 400 to 599")
    if fault.kind == "rate_limit" and (fault.requests is None or fault.requests < 0):
        yield Fault("body.fault.requests", "is required by rate_limit: how many pass in a period")
    for name in ("per", "by"):
        text = getattr(fault, name)
        if text is not None:
            yield from _duration(f"body.fault.{name}", text)


def _duration(place: str, text: str) -> Iterator[Fault]:
    try:
        parse_duration(text)
    except BadTime as error:
        yield Fault(place, str(error))
