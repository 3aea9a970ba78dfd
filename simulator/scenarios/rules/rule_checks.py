"""What can be wrong with a rule: all of it is told at once, with the place and the way out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

import msgspec
from msgspec import UNSET

from simulator.core.answers import WITHOUT_BODY
from simulator.core.clock import BadTime, parse_instant
from simulator.core.faults import Fault, did_you_mean
from simulator.core.formats import json_patch
from simulator.engine.rules import matching
from simulator.engine.rules.definitions import LONGEST_DELAY, WEBHOOK_FAULTS, RuleDefinition, When
from simulator.scenarios.reading import shape
from simulator.scenarios.rules import header_checks, resource_checks, subject_checks
from simulator.scenarios.rules.duration_checks import duration_faults
from simulator.scenarios.vocabulary import Operation, Vocabulary

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")

_ACTS = ("respond", "fault", "delay", "hold")
_BODIES = ("body", "merge", "patch")

_WITH_BODY = (
    "status",
    "rate_limit",
    "truncated_body",
    "malformed_json",
    "wrong_length",
    "slow_body",
)
_TAKEN_BY = {
    "status": ("status",),
    "body": _WITH_BODY,
    "requests": ("rate_limit",),
    "per": ("rate_limit",),
    "by": ("slow_body", "timeout", "duplicate_webhook", "reorder_webhooks", "delay_webhook"),
    "copies": ("duplicate_webhook",),
}
"""Which kinds of fault a member means something to."""


_TEXTS = ("path", "query", "headers")
"""Patterns of texts by their names."""


def faults(known: Vocabulary, body: Mapping[str, Any], place: str = "body") -> list[Fault]:
    """Everything that is wrong with a rule; `place` is where it stands in what was sent."""
    misshapen = shape.faults(body, RuleDefinition)
    if misshapen:
        return [
            Fault(".".join([place, *map(str, fault.path)]), fault.message) for fault in misshapen
        ]
    definition = msgspec.convert(body, RuleDefinition)
    found = _faults(known, definition, body)
    return [Fault(f"{place}{path.removeprefix('body')}", message) for path, message in found]


def _faults(
    known: Vocabulary, definition: RuleDefinition, body: Mapping[str, Any]
) -> Iterator[Fault]:
    if all(getattr(definition, name) is None for name in _ACTS):
        yield Fault("body", f"does nothing: say one of {', '.join(_ACTS)}")
    yield from subject_checks.faults(known, definition, body)
    if definition.fault is not None and definition.respond is not None:
        yield Fault("body", "takes respond or fault, not both")
    if definition.times is not None and definition.times < 1:
        yield Fault("body.times", "is at least 1")
    yield from when_faults(known, definition.when)
    yield from _respond_faults(definition)
    yield from _fault_faults(definition, body)
    if definition.delay is not None:
        yield from duration_faults("body.delay.by", definition.delay.by, LONGEST_DELAY)


def when_faults(known: Vocabulary, when: When) -> Iterator[Fault]:
    """What is wrong with which requests something is about; it stands at ``body.when``."""
    if when.carrier is not None and when.carrier not in known.carriers:
        hint = did_you_mean(when.carrier, known.carriers)
        yield Fault("body.when.carrier", f"is not one of {', '.join(known.carriers)}.{hint}")
    if when.operation is not None:
        yield from _operation_faults(known.operations, when)
    for name in (*_TEXTS, "body", "caller", "url", "event", "resource"):
        pattern = getattr(when, name)
        if pattern is not None and pattern is not UNSET:
            for fault in matching.faults(pattern):
                yield Fault(f"body.when.{name}{fault.place.replace('/', '.')}", fault.message)
    yield from _text_faults(when)
    if when.resource is not UNSET:
        yield from resource_checks.faults(known.carriers, known.operations, when)
        yield from _status_faults(known, when)
    for name in ("nth", "every"):
        number = getattr(when, name)
        if number is not None and number < 1:
            yield Fault(f"body.when.{name}", "is at least 1")
    if when.probability is not None and not 0 <= when.probability <= 1:
        yield Fault("body.when.probability", "is from 0 to 1")
    yield from _between_faults(when.between or ())
    if when.method is not None and when.method.upper() not in METHODS:
        yield Fault("body.when.method", f"is not one of {', '.join(METHODS)}")


def _text_faults(when: When) -> Iterator[Fault]:
    """What would be compared with a text and is none."""
    named = [
        (f"{part}.{name}", inner)
        for part in _TEXTS
        for name, inner in (getattr(when, part) or {}).items()
    ]
    for place, pattern in (*named, ("caller", when.caller), ("url", when.url)):
        if pattern is None or isinstance(pattern, bool | int | float):
            written = msgspec.json.encode(pattern).decode()
            yield Fault(f"body.when.{place}", f'is a text: write "{written}", not {written}')


def _status_faults(known: Vocabulary, when: When) -> Iterator[Fault]:
    """A status that is nearly one; of what kind a resource is nobody knows without an operation."""
    status = when.resource.get("status") if isinstance(when.resource, dict) else None
    if when.operation is not None or not isinstance(status, str):
        return
    pairs = (name.partition(".") for name in known.statuses)
    words = {word for carrier, _, word in pairs if when.carrier in (None, carrier)}
    hint = "" if status in words else did_you_mean(status, words)
    if hint:
        yield Fault("body.when.resource.status", f'"{status}" is no status.{hint}')


def _between_faults(between: Sequence[str]) -> Iterator[Fault]:
    instants = []
    for place, text in enumerate(between):
        try:
            instants.append(parse_instant(text))
        except BadTime as error:
            yield Fault(f"body.when.between.{place}", str(error))
    if len(instants) == 2 and instants[0] >= instants[1]:
        yield Fault("body.when.between", "ends before it begins: it can never match")


def _operation_faults(plans: Mapping[str, Operation], when: When) -> Iterator[Fault]:
    plan = plans.get(when.operation or "")
    if plan is None:
        hint = did_you_mean(when.operation or "", plans)
        yield Fault("body.when.operation", f"is not an operation.{hint}")
        return
    carrier = plan.name.partition(".")[0]
    if when.carrier not in (None, carrier):
        yield Fault("body.when.carrier", f"is not that of {plan.name}: it can never match")
    if when.method is not None and when.method.upper() != plan.method:
        yield Fault("body.when.method", f"is not {plan.method}: it can never match")
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
    bodies = [name for name in _BODIES if getattr(respond, name) is not UNSET]
    if len(bodies) > 1:
        yield Fault("body.respond", f"takes {' or '.join(bodies)}, not both")
    if respond.status in WITHOUT_BODY:
        for member in bodies:
            yield Fault(
                f"body.respond.{member}", f"has no place: an answer {respond.status} has no body"
            )
    if respond.patch is not UNSET:
        for step, message in json_patch.faults(respond.patch):
            yield Fault(f"body.respond.patch{'' if step is None else f'.{step}'}", message)
    for name, value in respond.headers.items():
        yield from _header_faults(name, value)
    if respond.when == "before" and (respond.merge, respond.patch) != (UNSET, UNSET):
        yield Fault("body.respond.when", "is after where the handler's answer is changed")


def _header_faults(name: str, value: str) -> Iterator[Fault]:
    place = f"body.respond.headers.{name}"
    broken_by = "; the faults wrong_length and so on break it"
    for message in (
        *header_checks.name_faults(name, broken_by),
        *header_checks.value_faults(value),
    ):
        yield Fault(place, message)


def _fault_faults(definition: RuleDefinition, body: Mapping[str, Any]) -> Iterator[Fault]:
    fault = definition.fault
    if fault is None:
        return
    for name, kinds in _TAKEN_BY.items():
        if body["fault"].get(name) is not None and fault.kind not in kinds:
            yield Fault(f"body.fault.{name}", f"means nothing here: {' or '.join(kinds)} takes it")
    if not 400 <= fault.status <= 599:
        yield Fault("body.fault.status", "is from 400 to 599")
    if fault.kind == "rate_limit" and (fault.requests is None or fault.requests < 0):
        yield Fault("body.fault.requests", "is required by rate_limit: how many pass in a period")
    if fault.per is not None:
        empty = "is longer than nothing: no limit is reached within 0s"
        yield from duration_faults("body.fault.per", fault.per, empty=empty)
    if fault.by is not None:
        of_webhooks = fault.kind in WEBHOOK_FAULTS  # later on the workspace's clock
        most = timedelta.max if of_webhooks else LONGEST_DELAY
        yield from duration_faults("body.fault.by", fault.by, most)
