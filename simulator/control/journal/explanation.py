"""Says why an exchange was answered as it was: the facts, and sentences made of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.carriers.carrier import Carrier
from simulator.carriers.quirk import QuirkSpec
from simulator.control.desk import Desk
from simulator.control.journal import telling
from simulator.core.secrets import Veil
from simulator.engine.journal import Acted, Entry
from simulator.engine.workspace import Workspace
from simulator.http.described.plan import Plan
from simulator.http.told.findings import wrong
from simulator.http.told.near_misses import NearMiss
from simulator.http.told.near_rules import NearRule, nearest_rules
from simulator.http.told.unread import Unread, unread


def unread_of(entry: Entry, desk: Desk) -> list[Unread]:
    """What the request of an exchange carried and nothing looked at."""
    carrier, plan = _subject(entry, desk)
    return [] if carrier is None or plan is None else unread(entry, plan, carrier)


def explain(
    entry: Entry, workspace: Workspace, desk: Desk, veil: Veil, *, all_quirks: bool = False
) -> dict[str, Any]:
    """The explanation's parts: sentences, and the facts that they were made of.

    `veil` has met the credentials of the exchange. Of the quirks that were looked at those are told
    that decided, or that are not at their defaults, unless `all_quirks` are wanted.
    """
    carrier, plan = _subject(entry, desk)
    wrongs = wrong(entry, plan, carrier)
    specs = {quirk.name: quirk for quirk in carrier.quirks} if carrier else {}
    looked_at = [
        _quirk(name, value, specs.get(name), workspace.frame.profile)
        for name, value in entry.why.quirks.items()
    ]
    quirks = [each for each in looked_at if all_quirks or _had_a_say(each, entry)]
    quirks_url = f"/_sim/workspaces/{workspace.name}/journal/{entry.id}?quirks=all"
    nearest: tuple[NearMiss, ...] = ()
    rules: list[NearRule] = []
    passed_over: list[Unread] = []
    if entry.unmatched:
        nearest = desk.directory.nearest(entry.method, entry.path, entry.carrier)
    elif plan is not None and carrier is not None:
        rules = nearest_rules(entry, plan, carrier, workspace, veil)
        passed_over = unread(entry, plan, carrier)
    sentences = [
        *telling.cause(entry, plan, wrongs),
        *telling.acted(entry),
        *telling.findings(entry, wrongs),
        *telling.credential(entry, plan, carrier, tuple(desk.carriers.values())),
        *telling.advice(entry),
        *telling.meant(nearest),
        *telling.matched(entry, plan),
        *telling.nearest(rules),
        *telling.unread(passed_over, plan),
        *telling.notes(entry),
        *telling.quirks(quirks, len(looked_at) - len(quirks), quirks_url),
        *telling.provenance(plan),
        *telling.edition(entry, carrier),
        telling.clock(entry),
        telling.heard(entry),
    ]
    return {
        "why": [veil.text(sentence) for sentence in sentences],
        "findings": [
            {
                "path": list(each.path),
                "key": each.key,
                "message": veil.text(each.message),
                "value": veil.at("body/" + "/".join(map(str, each.path)), each.value),
                "allowed": each.allowed,
                "source": each.source,
            }
            for each in wrongs
        ],
        "advice": veil.text(entry.why.advice) or None,
        "unread": [each._asdict() for each in passed_over],
        "rule": _rule(entry.why.rule),
        "nearest_rules": [each._asdict() for each in rules],
        "edition": _edition(entry),
        "quirks": quirks,
        "quirks_url": quirks_url,
        "provenance": None if plan is None else plan.provenance,
        "nearest": [veil.plain(each._asdict()) for each in nearest],
    }


def _subject(entry: Entry, desk: Desk) -> tuple[Carrier | None, Plan | None]:
    """The carrier and the operation of an exchange."""
    name = entry.carrier or ""
    plans = desk.plans.get(name, ())
    plan = next((p for p in plans if p.name == entry.operation), None)
    edition = entry.why.edition
    if plan is not None and edition is not None:
        plan = plan.editions.get(edition, plan)
    return desk.carriers.get(name), plan


def _edition(entry: Entry) -> dict[str, Any] | None:
    """The edition that answered, and what told it."""
    why = entry.why
    return None if why.edition is None else {"name": why.edition, "because": why.edition_sign}


def _rule(acted: Acted | None) -> dict[str, Any] | None:
    if acted is None:
        return None
    return {"id": acted.id, "name": acted.name, "number": acted.number}


def _had_a_say(quirk: Mapping[str, Any], entry: Entry) -> bool:
    """Whether a quirk is not at its default, or what is told of the exchange names it."""
    why = entry.why
    told = [why.reason, why.advice, *why.notes]
    for finding in why.findings:
        told += [finding.message, finding.source]
    return quirk["value"] != quirk["default"] or any(quirk["name"] in text for text in told)


def _quirk(name: str, value: Any, spec: QuirkSpec | None, profile: str) -> dict[str, Any]:
    if spec is None:
        return {"name": name, "value": value, "default": None, "summary": ""}
    default = spec.default_documented if profile == "documented" else spec.default_observed
    return {"name": name, "value": value, "default": default, "summary": spec.summary}
