"""Which of the rules that are about something fires, and what that uses up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

import msgspec
from msgspec import UNSET

from simulator.core.answers import Answer
from simulator.core.clock import parse_duration
from simulator.engine.records import RULES, Rule
from simulator.engine.rules.definitions import LONGEST_DELAY, Compiled, RuleDefinition, concerns
from simulator.engine.world import World

_MOST_DRAWN = 1000
"""Requests of which a rule counts the draws; those that were asked longest ago begin anew."""


class Fired(NamedTuple):
    """The rule that acts on a request, and for which time it does.

    `retry_after` are the seconds after which a limit lets the next request pass. `header` is the
    name of the request's own header that the rule came in; such a rule has no id. `answer` is what
    it answers where the definition does not say it.
    """

    id: int
    definition: RuleDefinition
    number: int
    retry_after: int = 1
    header: str | None = None
    answer: Answer | None = None


def fire(
    world: World,
    rules: Iterable[Compiled],
    resources: Callable[[World], Sequence[Any]] | None = None,
    subject: Callable[[], str] = str,
) -> Fired | None:
    """The first of the rules that fires, of those that a request may be about.

    `resources` gives what the request is about; it is asked when a rule wants to know, and once.
    Without it they are about this already. `subject` tells one request from others for chance: the
    same one asked again is a draw of its own, others do not matter.
    What was used up is put into the rules' records.
    """
    known: Sequence[Any] | None = None
    for rule in rules:
        if resources is not None and rule.definition.when.resource is not UNSET:
            known = resources(world) if known is None else known
            if not concerns(rule.definition.when, known):
                continue
        record = world[RULES].get(rule.id)
        times = rule.definition.times
        if record is None or (times is not None and record.used >= times):
            continue
        seen = record.seen + 1
        fires = _fires(world, rule, seen)
        drawn = record.drawn
        if fires and rule.definition.when.probability is not None:
            fires, drawn = _drawn(world, rule, record, subject())
        recent, wait = _limited(world, rule, record) if fires else (record.recent, 0)
        fires = fires and wait >= 0
        world[RULES].put(
            msgspec.structs.replace(
                record, seen=seen, used=record.used + fires, recent=recent, drawn=drawn
            )
        )
        if fires:
            return Fired(rule.id, rule.definition, record.used + 1, max(1, wait))
    return None


def _fires(world: World, rule: Compiled, seen: int) -> bool:
    """Whether a rule acts on the `seen`-th request that it is about."""
    when = rule.definition.when
    if when.nth is not None and seen != when.nth:
        return False
    if when.every is not None and seen % when.every:
        return False
    if rule.begin is None or rule.end is None:
        return True
    return rule.begin <= world.now < rule.end


def _drawn(
    world: World, rule: Compiled, record: Rule, subject: str
) -> tuple[bool, Mapping[str, int]]:
    """Whether chance lets a rule act, and its draws with this one."""
    drawn = dict(record.drawn)
    count = drawn.pop(subject, 0) + 1
    if len(drawn) >= _MOST_DRAWN:
        drawn = dict(islice(drawn.items(), _MOST_DRAWN // 2, None))
    drawn[subject] = count
    share = rule.definition.when.probability or 0.0
    return world.chance.fraction("engine.rule", f"{rule.id}/{subject}/{count}") < share, drawn


def _limited(world: World, rule: Compiled, record: Rule) -> tuple[tuple[datetime, ...], int]:
    """The requests of the period, with this one if it passes; and the seconds until the next one
    does, -1 when this one does."""
    fault = rule.definition.fault
    if fault is None or fault.kind != "rate_limit":
        return record.recent, 0
    period = parse_duration(fault.per or "1s")
    recent = tuple(at for at in record.recent if world.now - at < period)
    if len(recent) < (fault.requests or 0):
        return (*recent, world.now), -1
    first = recent[0] + period - world.now if recent else period
    return recent, -int(-first.total_seconds() // 1)


def seconds(text: str | None, default: float) -> float:
    """The seconds of a duration, at most two minutes."""
    if text is None:
        return default
    return min(parse_duration(text), LONGEST_DELAY).total_seconds()
