"""What can be wrong with a rule that is about a step or about webhooks, and not about requests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import UNSET

from simulator.core.faults import Fault, did_you_mean
from simulator.engine.rules.definitions import Hold, RuleDefinition, When, subject
from simulator.scenarios.rules.duration_checks import duration_faults
from simulator.scenarios.vocabulary import Vocabulary

MOST_COPIES = 20

_ALWAYS = ("carrier", "nth", "every", "probability", "between", "resource")
_KNOWN = {
    "requests": (
        *_ALWAYS,
        *("operation", "method", "url", "path", "query", "headers", "body", "caller"),
    ),
    "steps": _ALWAYS,
    "webhooks": (*_ALWAYS, "event", "body"),
}
"""What `when` may say in a rule about one of these."""

_BESIDE = ("respond", "fault", "delay", "hold")


def faults(
    known: Vocabulary, definition: RuleDefinition, body: Mapping[str, Any]
) -> Iterator[Fault]:
    """What is wrong with what a rule is about; `body` is the rule as it was sent."""
    about = subject(definition)
    for name in sorted((body.get("when") or {}).keys() - set(_KNOWN[about])):
        takes = ", ".join(_KNOWN[about])
        yield Fault(f"body.when.{name}", f"means nothing to a rule on {about}, which takes {takes}")
    if about != "requests" and sum(body.get(name) is not None for name in _BESIDE) > 1:
        alone = "hold" if about == "steps" else "a fault of webhooks"
        yield Fault("body", f"takes {alone} alone, without another of {', '.join(_BESIDE)}")
    if definition.hold is not None:
        yield from _hold_faults(known, definition.hold, definition.when)
    elif about == "webhooks":
        yield from _webhook_faults(known, definition, body)


def _hold_faults(known: Vocabulary, hold: Hold, when: When) -> Iterator[Fault]:
    step = known.steps.get(hold.step)
    if step is None:
        steps = known.steps
        hint = did_you_mean(hold.step, steps)
        yield Fault("body.hold.step", f"is not one of {', '.join(steps)}.{hint}")
    else:
        carrier = hold.step.partition(".")[0]
        if when.carrier in known.carriers and when.carrier != carrier:
            yield Fault("body.when.carrier", f"is not that of {hold.step}: it can never match")
        if hold.then == "fail" and step.fail is None:
            failing = [name for name, each in known.steps.items() if each.fail]
            yield Fault(
                "body.hold.then", f"{hold.step} cannot fail; those that can: {', '.join(failing)}"
            )
        if hold.first is not None and step.jobs:
            asked = [name for name, each in known.steps.items() if not each.jobs]
            yield Fault(
                "body.hold.first",
                f"counts requests, and {hold.step} is not asked for; {', '.join(asked)} are",
            )
    if hold.first is not None and hold.first < 1:
        yield Fault("body.hold.first", "is at least 1")
    if hold.first is not None and hold.for_ is not None:
        yield Fault("body.hold", "takes for or first, not both")
    if hold.then is not None and hold.for_ is None:
        yield Fault("body.hold.then", "is for steps that are late: say how late with for")
    if hold.for_ is not None:
        yield from duration_faults("body.hold.for", hold.for_)


def _webhook_faults(
    known: Vocabulary, definition: RuleDefinition, body: Mapping[str, Any]
) -> Iterator[Fault]:
    fault, when = definition.fault, definition.when
    assert fault is not None
    if "when" in body["fault"]:
        yield Fault("body.fault.when", "means nothing to a webhook: nobody answers it with one")
    if fault.kind == "delay_webhook" and fault.by is None:
        yield Fault("body.fault.by", "is required by delay_webhook: how much later it leaves")
    if fault.copies is not None and not 2 <= fault.copies <= MOST_COPIES:
        yield Fault("body.fault.copies", f"is from 2 to {MOST_COPIES}: how often it comes in all")
    if when.carrier is not None and when.carrier not in known.carriers:
        return  # told already
    events = {
        event: name
        for name, carrier in known.carriers.items()
        if when.carrier in (None, name)
        for event in carrier.webhook_events
    }
    if not events:
        message = f"{when.carrier} sends no webhooks: the rule can never match"
        yield Fault("body.when.carrier", message)
    elif when.event is not UNSET and isinstance(when.event, str) and when.event not in events:
        hint = did_you_mean(when.event.rpartition(".")[2], events)
        yield Fault("body.when.event", f"is not one of {', '.join(sorted(events))}.{hint}")
