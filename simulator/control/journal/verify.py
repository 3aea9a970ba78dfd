"""Judges what was asked of the carriers in a workspace, by whoever called."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Any

import msgspec

from simulator.control import problems
from simulator.control.desk import Desk
from simulator.control.journal import explanation, veils
from simulator.core.answers import Answer
from simulator.core.secrets import Veil
from simulator.core.tables import State
from simulator.engine.copies import apart
from simulator.engine.facts import Facts
from simulator.engine.journal import Entry
from simulator.engine.moving import timeline
from simulator.engine.rules.matching import ABSENT, Difference
from simulator.http.told.facts import facts_of
from simulator.scenarios.model import Check
from simulator.scenarios.records import LOADED
from simulator.scenarios.verify import Duplicate, Evidence, Exchange, Near, Verdict, judge
from simulator.scenarios.verify.checks import faults as check_faults
from simulator.scenarios.verify.evidence import Offered
from simulator.scenarios.verify.words import amount, found


async def verify(desk: Desk, workspace: str, body: Mapping[str, Any]) -> Answer:
    """A verdict for each check of the body, or for those of the scenarios that are loaded."""
    target = desk.workspace(workspace)
    checks = _checked(desk, body["checks"]) if "checks" in body else loaded_checks(target.state)
    if not checks:
        raise problems.conflict(
            "there is nothing to judge: no scenario with checks is loaded here; "
            'send some as {"checks": [...]}'
        )
    await timeline.run_due(desk.hub, target)
    known = veils.own(target, desk)
    forgotten = target.journal.let_go
    ask = partial(_judged, desk, checks, [*target.journal], forgotten)
    verdicts = await apart.look(target.state, ask)
    return Answer(
        body={
            "passed": all(verdict.passed for verdict in verdicts),
            "forgotten": forgotten,
            "checks": [_show(verdict, known) for verdict in verdicts],
        }
    )


def loaded_checks(state: State) -> list[Check]:
    """The checks of the scenarios that are loaded in a workspace, in the order of loading."""
    loaded = sorted(state[LOADED], key=lambda each: each.number)
    return [
        msgspec.convert(check, Check)
        for each in loaded
        for check in each.document.get("verify", ())
    ]


def _checked(desk: Desk, sent: Sequence[Any]) -> list[Check]:
    """The checks that a list describes. Raises 422 with everything that is wrong with them."""
    found = [
        fault
        for number, each in enumerate(sent)
        for fault in check_faults(desk.vocabulary, each, f"body.checks.{number}")
    ]
    if found:
        raise problems.invalid(*found)
    return [msgspec.convert(each, Check) for each in sent]


def unread(desk: Desk, entry: Entry) -> Sequence[tuple[str, str | None]]:
    """The places of a request that nothing looked at, each with what may be meant."""
    return explanation.unread_of(entry, desk)


def _judged(
    desk: Desk, checks: Sequence[Check], entries: Sequence[Entry], forgotten: int, state: State
) -> list[Verdict]:
    return judge(checks, _evidence(desk, entries, forgotten, state, checks))


def _evidence(
    desk: Desk, entries: Sequence[Entry], forgotten: int, state: State, checks: Sequence[Check]
) -> Evidence:
    read = partial(_facts, desk)
    # All records are gone through for it, which is done only where somebody wants to know.
    by_records = any(check.no_duplicates for check in checks)
    return Evidence(
        exchanges=[Exchange(entry, read) for entry in entries],
        forgotten=forgotten,
        shipped=[
            (name, each)
            for name, carrier in desk.carriers.items()
            if by_records
            for each in carrier.shipped(state)
        ],
        unread=partial(unread, desk),
        offered=partial(_offered, desk),
    )


def _facts(desk: Desk, entry: Entry) -> Facts:
    """What rules would know of the request of an entry."""
    name = entry.carrier or ""
    plan = next((p for p in desk.plans.get(name, ()) if p.name == entry.operation), None)
    return facts_of(entry, plan, desk.carriers.get(name))


def _offered(desk: Desk, entry: Entry) -> list[Offered]:
    near = desk.directory.nearest(entry.method, entry.path, entry.carrier)
    return [Offered(miss.method, miss.path, miss.operation) for miss in near]


def _show(verdict: Verdict, known: Collection[str]) -> dict[str, Any]:
    """A verdict, in which credentials that are not `known` to be ours have marks."""
    nearest = [_near(near, veils.of(near.exchange.entry, known)) for near in verdict.near]
    veil = veils.of_all([near.exchange.entry for near in verdict.near], known)
    told = {
        "check": veil.document(msgspec.to_builtins(verdict.check)),
        "passed": verdict.passed,
        "found": verdict.found,
        "message": veil.sentence(verdict.message),
        "nearest": nearest,
    }
    if verdict.check.name is not None:
        told["name"] = verdict.check.name
    if verdict.check.no_duplicates:
        told["duplicates"] = [_duplicate(each) for each in verdict.duplicates]
    return told


def _near(near: Near, veil: Veil) -> dict[str, Any]:
    entry = near.exchange.entry
    return {
        "id": entry.id,
        "at": entry.at,
        "method": entry.method,
        "path": veil.path(entry.path),
        "operation": entry.operation,
        "status": entry.status,
        "differences": [_difference(each, veil) for each in near.differences],
    }


def _difference(difference: Difference, veil: Veil) -> dict[str, Any]:
    place, value = difference.place, difference.found
    hidden = difference if value is ABSENT else difference._replace(found=veil.at(place, value))
    return {
        "place": place,
        "wanted": veil.wanted(place, difference.wanted),
        "found": found(hidden),
    }


def _duplicate(duplicate: Duplicate) -> dict[str, Any]:
    cost = duplicate.cost
    return {
        "carrier": duplicate.carrier,
        "account": duplicate.account,
        "reference": duplicate.reference,
        "shipments": [{"id": id, "exchange": made} for id, made in duplicate.shipments],
        "cost": None if cost is None else {"amount": amount(cost), "currency": cost.currency},
    }
