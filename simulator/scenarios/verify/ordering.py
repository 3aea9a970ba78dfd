"""Checks of what happened one after the other."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.engine.rules.definitions import When
from simulator.engine.rules.matching import Difference
from simulator.scenarios.model import Check
from simulator.scenarios.verify import words
from simulator.scenarios.verify.evidence import Evidence, Exchange
from simulator.scenarios.verify.likeness import MOST_NEAR, Wanted, is_like, nearest, wanted
from simulator.scenarios.verify.verdicts import Near, Verdict


def judge(check: Check, evidence: Evidence) -> Verdict:
    """Passes when each element of the order is asked for behind the one before it."""
    steps = [
        wanted(When(operation=step)) if isinstance(step, str) else wanted(step, step.answered)
        for step in check.order or ()
    ]
    taken: list[int] = []
    for step in steps:
        begin = taken[-1] + 1 if taken else 0
        later = range(begin, len(evidence.exchanges))
        place = next((n for n in later if is_like(step, evidence.exchanges[n])), None)
        if place is None:
            return _missing(check, steps, taken, evidence)
        taken.append(place)
    found = [evidence.exchanges[place] for place in taken]
    text = f"{len(found)} requests came in this order{words.ids(found)}"
    if len(found) == 1:
        text = f"1 request came{words.ids(found)}"
    return Verdict(check, True, len(found), words.sentence(text, 0))


def _missing(
    check: Check, steps: Sequence[Wanted], taken: Sequence[int], evidence: Evidence
) -> Verdict:
    step = steps[len(taken)]
    begin = taken[-1] + 1 if taken else 0
    text = f"{words.subject(step)} is missing"
    last: Exchange | None = None
    if taken:
        last = evidence.exchanges[taken[-1]]
        text += f" after {words.subject(steps[len(taken) - 1])} ({last.id})"
    # What was used for an earlier element is where it belongs.
    before = [e for n, e in enumerate(evidence.exchanges[:begin]) if n not in taken]
    early = [exchange for exchange in before if is_like(step, exchange)]
    if early:
        text += f"; it was asked for before that{words.ids(early)}"
    near = [*_too_early(last, early), *nearest(step, evidence.exchanges[begin:])]
    sentence = words.sentence(text, evidence.forgotten)
    return Verdict(check, False, len(taken), sentence, near[:MOST_NEAR])


def _too_early(last: Exchange | None, early: Sequence[Exchange]) -> list[Near]:
    if last is None:
        return []
    wanted = f"after {last.id}"
    return [
        Near(exchange, [Difference("/order", wanted, f"before {last.id}")])
        for exchange in reversed(early)
    ]
