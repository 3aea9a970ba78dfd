"""The sentences of an explanation, each about one thing, for a person who reads nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from simulator.carriers.carrier import Carrier
from simulator.control.journal.met import overruled, own_status
from simulator.core.faults import glimpse
from simulator.engine.journal import Entry, Heard
from simulator.http.described.plan import Plan
from simulator.http.described.sentences import listed
from simulator.http.told.facts import headers_of
from simulator.http.told.findings import Wrong
from simulator.http.told.near_misses import NearMiss
from simulator.http.told.near_rules import NearRule
from simulator.http.told.unread import Unread

_POSITION = re.compile(r"\.[0-9]+\.")
"""The position of an item in the place of something inside of it."""

_MOST_TOLD = 20
"""Findings that have a sentence each."""

HEARD: Mapping[Heard | None, str] = {
    "answer": "The client was there when the answer was sent.",
    "gone": "The client had hung up before the answer was sent, and did not hear it.",
    "reset": "The client heard nothing but a reset of the connection.",
    "nothing": "The client heard nothing: the connection ended without a byte.",
    "part": "The client heard a part of the answer, then the connection ended.",
    "broken": "The client heard an answer that was broken on purpose.",
    None: "The answer is still on its way.",
}

_ANSWERS = {"own": "an answer of its own", "changed": "a change of the answer"}


def cause(entry: Entry, plan: Plan | None, wrongs: Sequence[Wrong]) -> Iterator[str]:
    """What decided: the first sentence, which has to do for whoever reads no other."""
    return overruled(entry, _decided(entry, plan, wrongs))


def _decided(entry: Entry, plan: Plan | None, wrongs: Sequence[Wrong]) -> str:
    told = _reason(entry) or (_found(wrongs[0]) if wrongs else "")
    key, status = entry.why.key, own_status(entry)
    refused = f"Refused with {status}{f' {key}' if key else ''}"
    match entry.why.outcome:
        case "rule":
            return f"A rule answered with {status} in place of the carrier."
        case "request_rule":
            return f"A header of the request cannot be followed: {told}; nothing was done."
        case "failure":
            return (
                f"The simulator failed ({entry.error}); all changes were undone and "
                f"{status} was answered. Its log has the traceback."
            )
        case "preflight":
            return f"Granted with {status}: {told}."
        case _ if plan is None:
            return f"No operation took {entry.method} {entry.path}: {told or 'unknown path'}."
        case "handler" if not told:
            return f"{plan.name} answered with {status}."
        case "handler":
            return f"{refused}: {_ended(told)}"
        case "malformed":
            return f"{refused}: the body could not be read: {_undone(told)}"
        case "too_large":
            return f"{refused}: the body exceeds a bound: {_undone(told)}"
        case _:
            return f"{refused}: {_undone(told)}"


def matched(entry: Entry, plan: Plan | None) -> Iterator[str]:
    """The operation, or that there is none."""
    if plan is not None:
        yield f"{entry.method} {entry.path} matched {plan.name} ({plan.method} {plan.path})."
    elif entry.why.outcome in ("rule", "request_rule"):
        yield f"No operation takes {entry.method} {entry.path}."


def meant(misses: Sequence[NearMiss]) -> Iterator[str]:
    """The operations that may have been meant, the nearest first."""
    for place, miss in enumerate(misses):
        yield f"{'Or' if place else 'Did you mean'} {miss.sentence}?"


def credential(
    entry: Entry, plan: Plan | None, carrier: Carrier | None, carriers: Sequence[Carrier]
) -> Iterator[str]:
    """For a caller who was not let in: whether a credential was missing, or which is not known."""
    refused = entry.status == 401 and entry.why.outcome == "refusal"
    if plan is None or carrier is None or not plan.secured or not refused:
        return
    headers = headers_of(entry)
    given = carrier.credential(headers)
    if given is not None:
        return  # the refusal says more of it
    others = [
        other.title for other in carriers if other is not carrier and other.credential(headers)
    ]
    instead = f"; it carried one as {' or '.join(others)} reads it" if others else ""
    yield f"The request carried no credential that {carrier.title} reads{instead}."


def acted(entry: Entry) -> Iterator[str]:
    """Which rule acted, and how."""
    rule = entry.why.rule
    if rule is None:
        return
    parts = []
    if rule.delay is not None:
        parts.append(f"delay of {rule.delay}")
    if rule.answers is not None:
        parts.append(_ANSWERS[rule.answers])
    if rule.fault is not None:
        parts.append(f"fault {rule.fault}{', after the handler' if rule.after else ''}")
    if rule.header is not None:
        yield f"The request's own header {rule.header} acted: {' and '.join(parts)}."
        return
    if rule.id == 0:
        yield f"The magic value {rule.name} acted: {' and '.join(parts)}."
        return
    time = f"for the {_ordinal(rule.number)} time"
    yield f"Rule {_called(rule.id, rule.name)} acted, {time}: {' and '.join(parts)}."


def nearest(rules: Sequence[NearRule]) -> Iterator[str]:
    """Why the rules that came nearest did not act."""
    for rule in rules:
        about = "is about this request, but" if rule.about else "did not act:"
        yield f"Rule {_called(rule.id, rule.name)} {about} {'; '.join(rule.reasons)}."


def findings(entry: Entry, wrongs: Sequence[Wrong]) -> Iterator[str]:
    """What else is wrong with the request, place by place, after what `cause` said."""
    first = 0 if _reason(entry) else 1
    yield from (f"Wrong too: {_ended(_found(each))}" for each in wrongs[first:_MOST_TOLD])
    if len(wrongs) > _MOST_TOLD:
        yield f"And {len(wrongs) - _MOST_TOLD} more places are wrong."


def _found(each: Wrong) -> str:
    message = each.message or each.key
    place = each.place or "the body"
    told = message if message.startswith(place) else f"{place}: {message}"
    if each.sent and not _names(message, each.value):
        told += f", sent was {glimpse(each.value)}"
    if isinstance(each.allowed, list) and not all(_names(message, one) for one in each.allowed):
        told += f", allowed are {listed(each.allowed)}"
    if each.key and each.key not in told:
        told += f" ({each.key})"
    return f"{told} [{each.clause.rstrip('.')}]" if each.clause else told


def _names(message: str, value: Any) -> bool:
    """Whether a message shows the value itself."""
    return any(text in message for text in (glimpse(value), repr(value)) if len(text) > 1) or (
        isinstance(value, str) and len(value) > 1 and value in message
    )


def advice(entry: Entry) -> Iterator[str]:
    """What to do next."""
    told = entry.why.advice
    if told:
        yield f"What to do: {_ended(told)}"


def unread(passed_over: Sequence[Unread], plan: Plan | None) -> Iterator[str]:
    """What nothing looked at, and for a parameter that is like none: which ones there are."""
    alike: dict[str, list[Unread]] = {}
    for each in passed_over:
        alike.setdefault(_POSITION.sub(".", each.place), []).append(each)
    for first, *others in alike.values():
        hint = "."
        if first.did_you_mean:
            hint = f'; did you mean "{first.did_you_mean}"?'
        elif plan is not None and first.place.startswith("query."):
            hint = f"; {plan.name} takes {', '.join(plan.query_names) or 'no parameters'}."
        more = f", nor at {len(others)} more like it" if others else ""
        yield f"Nothing looked at {first.place}{more}{hint}"


def notes(entry: Entry) -> Iterator[str]:
    """What the handler noted."""
    return (note if note.endswith("?") else f"{note}." for note in entry.why.notes)


def quirks(told: Sequence[Mapping[str, Any]], others: int, url: str) -> Iterator[str]:
    """The quirks that had a say, and where the others are that were looked at."""
    for quirk in told:
        state = "its default" if quirk["value"] == quirk["default"] else "set in this workspace"
        yield f"Quirk {quirk['name']} is {quirk['value']!r}, {state}: {quirk['summary']}"
    if others:
        more = "more quirk was" if others == 1 else "more quirks were"
        yield f"{others} {more} looked at and stood at the default: GET {url}"


def provenance(plan: Plan | None) -> Iterator[str]:
    """How it is known that the carrier has this operation."""
    if plan is not None and plan.provenance:
        source = plan.provenance.get("source", "")
        yield f"This operation is {plan.provenance.get('level', 'inferred')}: {source}."


def edition(entry: Entry, carrier: Carrier | None) -> Iterator[str]:
    """Which edition answered, of a carrier that has several, and what told it."""
    why = entry.why
    if why.edition is not None and carrier is not None and len(carrier.editions.names) > 1:
        yield f"The edition {why.edition} answered, told by {why.edition_sign}."


def clock(entry: Entry) -> str:
    """When it was, in the workspace."""
    return f"The workspace's clock showed {entry.at.isoformat()}."


def heard(entry: Entry) -> str:
    """Whether the client stayed to hear the answer."""
    return HEARD[entry.heard]


def _reason(entry: Entry) -> str:
    return entry.why.reason.rstrip(".")


def _undone(told: str) -> str:
    return f"{told} Nothing was changed." if told[-1:] == "?" else f"{told}; nothing was changed."


def _ended(text: str) -> str:
    return text if text.endswith((".", "?")) else f"{text}."


def _called(number: int, name: str | None) -> str:
    return f"{number}" if name is None else f"{number} ({name})"


def _ordinal(number: int) -> str:
    teens = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
