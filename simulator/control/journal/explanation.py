"""Says why an exchange was answered as it was: the facts, and sentences made of them."""

from __future__ import annotations

from typing import Any

from simulator.carriers.carrier import Carrier
from simulator.carriers.quirk import QuirkSpec
from simulator.control.desk import Desk
from simulator.control.journal import telling
from simulator.core.answers import Finding
from simulator.core.secrets import Veil
from simulator.engine.journal import Entry
from simulator.engine.rules.firing import Fired
from simulator.engine.workspace import Workspace
from simulator.http.described.plan import Plan
from simulator.http.rules.near_rules import NearRule, nearest_rules
from simulator.http.told.near_misses import NearMiss
from simulator.http.told.unread import Unread, unread


def unread_of(entry: Entry, desk: Desk) -> list[Unread]:
    """What the request of an exchange carried and nothing looked at."""
    carrier, plan = _subject(entry, desk)
    return [] if carrier is None or plan is None else unread(entry, plan, carrier)


def explain(entry: Entry, workspace: Workspace, desk: Desk, veil: Veil) -> dict[str, Any]:
    """The explanation's parts: sentences, and the facts that they were made of.

    `veil` has met the credentials of the exchange.
    """
    carrier, plan = _subject(entry, desk)
    findings: list[Finding] = list(entry.why.get("findings", ()))
    specs = {quirk.name: quirk for quirk in carrier.quirks} if carrier else {}
    quirks = [
        _quirk(name, value, specs.get(name), workspace.frame.profile)
        for name, value in entry.why.get("quirks", {}).items()
    ]
    nearest: tuple[NearMiss, ...] = ()
    rules: list[NearRule] = []
    passed_over: list[Unread] = []
    if plan is None:
        nearest = desk.directory.nearest(entry.method, entry.path, entry.carrier)
    elif carrier is not None:
        rules = nearest_rules(entry, plan, carrier, workspace, veil)
        passed_over = unread(entry, plan, carrier)
    sentences = [
        *telling.matched(entry, plan),
        *telling.meant(nearest),
        *telling.outcome(entry, plan),
        *telling.credential(entry, plan, carrier, tuple(desk.carriers.values())),
        *telling.acted(entry),
        *telling.nearest(rules),
        *telling.findings(findings),
        *telling.advice(entry),
        *telling.unread(passed_over, plan),
        *telling.notes(entry),
        *telling.quirks(quirks),
        *telling.provenance(plan),
        telling.clock(entry),
        telling.heard(entry),
    ]
    return {
        "why": [veil.text(sentence) for sentence in sentences],
        "findings": [
            {
                "path": [part if isinstance(part, int) else str(part) for part in finding.path],
                "key": finding.key,
                "message": veil.text(finding.message),
                "source": finding.source or None,
            }
            for finding in findings
        ],
        "advice": veil.text(entry.why.get("advice", "")) or None,
        "unread": [each._asdict() for each in passed_over],
        "rule": _rule(entry.why.get("rule")),
        "nearest_rules": [each._asdict() for each in rules],
        "quirks": quirks,
        "provenance": None if plan is None else plan.provenance,
        "nearest": [each._asdict() for each in nearest],
    }


def _subject(entry: Entry, desk: Desk) -> tuple[Carrier | None, Plan | None]:
    """The carrier and the operation of an exchange."""
    name = entry.carrier or ""
    plans = desk.plans.get(name, ())
    return desk.carriers.get(name), next((p for p in plans if p.name == entry.operation), None)


def _rule(fired: Fired | None) -> dict[str, Any] | None:
    if fired is None:
        return None
    return {"id": fired.id, "name": fired.definition.name, "number": fired.number}


def _quirk(name: str, value: Any, spec: QuirkSpec | None, profile: str) -> dict[str, Any]:
    if spec is None:
        return {"name": name, "value": value, "default": None, "summary": ""}
    default = spec.default_documented if profile == "documented" else spec.default_observed
    return {"name": name, "value": value, "default": default, "summary": spec.summary}
