"""Why no rule acted on an exchange: which ones were nearest, and what differed."""

from __future__ import annotations

from typing import NamedTuple

import msgspec
from msgspec import UNSET

from simulator.carriers.carrier import Carrier
from simulator.core.clock import parse_instant
from simulator.core.faults import glimpse
from simulator.core.secrets import Veil
from simulator.engine.facts import Facts
from simulator.engine.journal import Entry, Passed
from simulator.engine.rules.definitions import RuleDefinition, When, difference
from simulator.engine.rules.matching import ABSENT, Difference
from simulator.engine.workspace import Workspace
from simulator.http.described.plan import Plan
from simulator.http.told.facts import facts_of

_MOST = 3


class NearRule(NamedTuple):
    """A rule that did not act; `about` tells whether the request is what it is about.

    If so, `reasons` say why it was not its turn, else in what the request differs.
    """

    id: int
    name: str | None
    about: bool
    reasons: tuple[str, ...]


def nearest_rules(
    entry: Entry, plan: Plan, carrier: Carrier, workspace: Workspace, veil: Veil
) -> list[NearRule]:
    """The rules that came nearest to an exchange on which none acted; `veil` hides credentials.

    Those that it was like are told as they were then, the others as the workspace has them now.
    """
    if entry.why.rule is not None:
        return []
    passed = entry.why.passed
    turns = [_passed(rule, entry, veil) for rule in passed]
    rules = workspace.rulebook.about(carrier.name, plan.name)
    if not rules:
        return turns
    facts = facts_of(entry, plan, carrier)
    told = {rule.id for rule in passed}
    differing = [
        (rule, differences)
        for rule in rules
        # One without a difference that was not asked came later.
        if rule.id not in told and (differences := difference(rule.definition.when, facts))
    ]
    differing.sort(key=lambda pair: len(pair[1]))
    others = [
        NearRule(
            rule.id, rule.definition.name, False, tuple(_told(each, veil) for each in differences)
        )
        for rule, differences in differing
    ]
    return [*turns, *others][: max(_MOST, len(turns))]


def _told(differs: Difference, veil: Veil) -> str:
    place = differs.place.strip("/").replace("/", ".")
    value = differs.found
    found = "is not there" if value is ABSENT else f"is {glimpse(veil.at(differs.place, value))}"
    return f"{place} {found}, wanted is {veil.wanted(differs.place, differs.wanted)}"


def _passed(rule: Passed, entry: Entry, veil: Veil) -> NearRule:
    definition = msgspec.convert(rule.definition, RuleDefinition)
    return NearRule(rule.id, definition.name, True, (_not_its_turn(definition, rule, entry, veil),))


def _not_its_turn(definition: RuleDefinition, rule: Passed, entry: Entry, veil: Veil) -> str:
    when, fault = definition.when, definition.fault
    if when.resource is not UNSET:
        facts = Facts("", None, "", {}, {}, {}, ABSENT, None, resources=entry.why.resources)
        differs = difference(When(resource=when.resource), facts)
        if differs:
            return "; ".join(_told(each, veil) for each in differs)
    if definition.times is not None and rule.used >= definition.times:
        return f"it is spent: it has acted {_times(rule.used)}"
    if when.nth is not None and rule.seen != when.nth:
        return f"it takes request number {when.nth} of these, this was number {rule.seen}"
    if when.every is not None and rule.seen % when.every:
        return f"it takes each request of {when.every}, this was number {rule.seen}"
    if when.between is not None:
        begin, end = map(parse_instant, when.between)
        if not begin <= entry.at < end:
            span = f"from {when.between[0]} until {when.between[1]}"
            return f"it acts {span}, this came at {entry.at.isoformat()}"
    if fault is not None and fault.kind == "rate_limit":
        return f"its limit of {fault.requests} requests in {fault.per or '1s'} was not reached"
    return f"chance passed it over: it takes a share of {when.probability}"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
