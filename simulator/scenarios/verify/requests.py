"""Checks of requests that went astray: that no operation took, or that said what nobody heard."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.engine.journal import Entry
from simulator.engine.rules.matching import Difference
from simulator.scenarios.model import Check
from simulator.scenarios.verify import words
from simulator.scenarios.verify.evidence import Evidence, Exchange
from simulator.scenarios.verify.likeness import MOST_NEAR, is_like, wanted
from simulator.scenarios.verify.verdicts import Near, Verdict


def judge_unmatched(check: Check, evidence: Evidence) -> Verdict:
    """Passes when each request was taken by an operation."""
    kind = wanted(check, check.answered)
    about = [exchange for exchange in evidence.exchanges if is_like(kind, exchange)]
    found = [
        Near(exchange, _offered(exchange, evidence))
        for exchange in about
        if exchange.entry.unmatched
    ]
    if not found:
        return _passed(check, about, evidence, "missed every operation")
    told = [f"{near.exchange.id} ({_asked(near)})" for near in found]
    text = f"{words.counted(len(found), 'request')} missed every operation: {words.some(told)}"
    return Verdict(check, False, len(found), words.sentence(text, 0), found[:MOST_NEAR])


def judge_unread(check: Check, evidence: Evidence) -> Verdict:
    """Passes when each part of each request was looked at."""
    kind = wanted(check, check.answered)
    about = [exchange for exchange in evidence.exchanges if is_like(kind, exchange)]
    found = [
        Near(exchange, [_unread(*part) for part in parts])
        for exchange in about
        if (parts := evidence.unread(exchange.entry))
    ]
    if not found:
        return _passed(check, about, evidence, "carried what nothing looked at")
    told = [f"{near.exchange.id} ({_parts(near)})" for near in found]
    counted = words.counted(len(found), "request")
    text = f"{counted} carried what nothing looked at: {words.some(told)}"
    return Verdict(check, False, len(found), words.sentence(text, 0), found[:MOST_NEAR])


def _passed(check: Check, about: Sequence[Exchange], evidence: Evidence, what: str) -> Verdict:
    text = f"none of {words.counted(len(about), 'request')} {what}"
    return Verdict(check, True, 0, words.sentence(text, evidence.forgotten))


def _offered(exchange: Exchange, evidence: Evidence) -> list[Difference]:
    entry = exchange.entry
    return [
        Difference("/operation", f"{near.operation} ({near.method} {near.path})", _asked_of(entry))
        for near in evidence.offered(entry)
    ]


def _asked_of(entry: Entry) -> str:
    return f"{entry.method} {entry.path}"


def _asked(near: Near) -> str:
    asked = _asked_of(near.exchange.entry)
    return f"{asked}, nearest is {near.differences[0].wanted}" if near.differences else asked


def _unread(place: str, meant: str | None) -> Difference:
    wanted = "nothing" if meant is None else f'"{meant}"'
    return Difference(f"/{place.replace('.', '/')}", wanted, place.rpartition(".")[2])


def _parts(near: Near) -> str:
    return ", ".join(_part(part) for part in near.differences)


def _part(part: Difference) -> str:
    return words.place(part) + ("" if part.wanted == "nothing" else f", meant {part.wanted}?")
