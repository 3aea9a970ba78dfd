"""Says why an exchange was answered as it was, in sentences that a person can act on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from msgspec import UNSET

from simulator.carriers.carrier import Carrier
from simulator.carriers.quirk import QuirkSpec
from simulator.core.answers import Finding
from simulator.engine.firing import Fired
from simulator.engine.journal import Entry
from simulator.engine.rules import Respond
from simulator.engine.workspace import Workspace
from simulator.http.plan import Plan

_NEAREST = 3
_CLOSE_ENOUGH = 0.4


def explain(
    entry: Entry,
    workspace: Workspace,
    carriers: Mapping[str, Carrier],
    plans: Mapping[str, Sequence[Plan]],
) -> dict[str, Any]:
    """The explanation's parts: sentences, and the facts that they were made of."""
    own = plans.get(entry.carrier or "", ())
    plan = next((plan for plan in own if plan.name == entry.operation), None)
    carrier = carriers.get(entry.carrier or "")
    specs = {quirk.name: quirk for quirk in carrier.quirks} if carrier else {}
    findings: list[Finding] = list(entry.why.get("findings", ()))
    quirks = [
        _quirk(name, value, specs.get(name), workspace.frame.profile)
        for name, value in entry.why.get("quirks", {}).items()
    ]
    nearest = nearest_operations(entry, own) if plan is None else []
    return {
        "why": list(_sentences(entry, plan, findings, quirks, nearest)),
        "findings": [
            {"path": list(finding.path), "key": finding.key, "message": finding.message}
            for finding in findings
        ],
        "quirks": quirks,
        "provenance": None if plan is None else plan.provenance,
        "nearest": nearest,
    }


def _sentences(
    entry: Entry,
    plan: Plan | None,
    findings: Sequence[Finding],
    quirks: Sequence[Mapping[str, Any]],
    nearest: Sequence[Mapping[str, str]],
) -> Iterator[str]:
    if plan is None:
        if entry.why.get("outcome") in ("rule", "request_rule"):
            yield f"No operation takes {entry.method} {entry.path}."
            yield _by_rule(entry)
        else:
            reason = _reason(entry) or "unknown path"
            yield f"No operation took {entry.method} {entry.path}: {reason}."
        if nearest:
            listed = ", ".join(f"{near['method']} {near['path']}" for near in nearest)
            yield f"Did you mean one of: {listed}?"
    else:
        yield f"{entry.method} {entry.path} matched {plan.name} ({plan.method} {plan.path})."
    if plan is not None:
        yield _outcome(entry, plan)
    fired: Fired | None = entry.why.get("rule")
    if fired is not None:
        yield _acted(fired)
    for finding in findings:
        place = ".".join(str(part) for part in finding.path) or "the body"
        yield f"Validation: {place}: {finding.message or finding.key} ({finding.key})."
    for note in entry.why.get("notes", ()):
        yield note if note.endswith("?") else f"{note}."
    for quirk in quirks:
        state = "its default" if quirk["value"] == quirk["default"] else "set in this workspace"
        yield f"Quirk {quirk['name']} is {quirk['value']!r}, {state}: {quirk['summary']}"
    if plan is not None and plan.provenance:
        source = plan.provenance.get("source", "")
        yield f"This operation is {plan.provenance.get('level', 'inferred')}: {source}."
    yield f"The workspace's clock showed {entry.at.isoformat()}."


def _outcome(entry: Entry, plan: Plan) -> str:
    reason = _reason(entry)
    because = f": {reason}" if reason else ""
    match entry.why.get("outcome"):
        case "handler":
            return f"Its handler {plan.operation_id} answered with {entry.status}."
        case "refusal":
            return f"It was refused with {entry.status}{because}; nothing was changed."
        case "validation":
            return (
                f"The request is not as the description says, so it was answered with "
                f"{entry.status} before the handler ran; nothing was changed."
            )
        case "malformed":
            return f"The body could not be read{because}; answered with {entry.status}."
        case "media_type":
            accepted = " or ".join(plan.accepted) or "no body"
            return f"The body came as {reason}, but {plan.name} takes {accepted}."
        case "too_large":
            return f"The body exceeds a bound{because}; answered with {entry.status}."
        case "rule" | "request_rule":
            return _by_rule(entry)
        case "failure":
            return (
                f"The simulator failed ({entry.error}); all changes were undone and "
                f"{entry.status} was answered. Its log has the traceback."
            )
        case outcome:
            return f"Answered with {entry.status} by {outcome}{because}."


def _by_rule(entry: Entry) -> str:
    if entry.why.get("outcome") == "rule":
        return f"A rule answered with {entry.status} in place of the carrier."
    return f"A header of the request cannot be followed: {_reason(entry)}; nothing was done."


def _acted(fired: Fired) -> str:
    """Which rule acted, and how."""
    definition = fired.definition
    parts = []
    if definition.delay is not None:
        parts.append(f"delay of {definition.delay.by}")
    if definition.respond is not None:
        parts.append(_answering(definition.respond))
    if definition.fault is not None:
        after = ", after the handler" if definition.fault.when == "after" else ""
        parts.append(f"fault {definition.fault.kind}{after}")
    if fired.header is not None:
        return f"The request's own header {fired.header} acted: {' and '.join(parts)}."
    if fired.id == 0:
        return f"The magic value {definition.name} acted: {' and '.join(parts)}."
    named = "" if definition.name is None else f" ({definition.name})"
    teens = fired.number % 100 in (11, 12, 13)
    ending = "th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(fired.number % 10, "th")
    time = f"for the {fired.number}{ending} time"
    return f"Rule {fired.id}{named} acted, {time}: {' and '.join(parts)}."


def _answering(respond: Respond) -> str:
    if respond.merge is not UNSET or respond.patch is not UNSET:
        return "a change of the answer"
    return "an answer of its own"


def _reason(entry: Entry) -> str:
    reason: str = entry.why.get("reason", "")
    return reason.rstrip(".")


def _quirk(name: str, value: Any, spec: QuirkSpec | None, profile: str) -> dict[str, Any]:
    if spec is None:
        return {"name": name, "value": value, "default": None, "summary": ""}
    default = spec.default_documented if profile == "documented" else spec.default_observed
    return {"name": name, "value": value, "default": default, "summary": spec.summary}


def nearest_operations(entry: Entry, plans: Sequence[Plan]) -> list[dict[str, str]]:
    """The operations of which the path looks most like the one that was asked for."""
    scored = sorted(((_likeness(entry, plan), plan) for plan in plans), key=lambda pair: -pair[0])
    return [
        {"method": plan.method, "path": plan.path, "operation": plan.name}
        for likeness, plan in scored[:_NEAREST]
        if likeness > _CLOSE_ENOUGH
    ]


def _likeness(entry: Entry, plan: Plan) -> float:
    asked = entry.path.strip("/").split("/")
    offered = plan.path.strip("/").split("/")
    alike = sum(
        1.0 if there.startswith("{") else SequenceMatcher(None, here, there).ratio()
        for here, there in zip(asked, offered, strict=False)
    )
    same_method = 0.1 if entry.method == plan.method else 0.0
    return alike / max(len(asked), len(offered)) + same_method
