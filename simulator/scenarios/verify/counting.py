"""Checks of how often something was asked for."""

from __future__ import annotations

from simulator.scenarios.model import Check
from simulator.scenarios.verify import words
from simulator.scenarios.verify.evidence import Evidence, Exchange
from simulator.scenarios.verify.likeness import MOST_NEAR, Wanted, is_like, nearest, wanted
from simulator.scenarios.verify.verdicts import Near, Verdict


def bounds(check: Check) -> tuple[int, int | None]:
    """From how many requests to how many a check allows; None is without end."""
    if check.never:
        return 0, 0
    if check.count is not None:
        return check.count, check.count
    if check.at_least is None and check.at_most is None:
        return 1, None
    return check.at_least or 0, check.at_most


def judge(check: Check, evidence: Evidence) -> Verdict:
    """Passes when as many exchanges are like the check as it says."""
    kind = wanted(check, check.answered)
    found = [exchange for exchange in evidence.exchanges if is_like(kind, exchange)]
    least, most = bounds(check)
    told = f"{words.subject(kind)} was asked for {words.times(len(found))}"
    if len(found) < least:
        return _too_few(check, kind, told, found, evidence)
    if most is not None and len(found) > most:
        text = f"{told}, {_instead(check)}{words.ids(found)}"
        near = [Near(exchange) for exchange in found[:MOST_NEAR]]
        return Verdict(check, False, len(found), words.sentence(text, 0), near)
    # What is gone could only have made them more.
    forgotten = evidence.forgotten if most is not None else 0
    text = f"{told}{words.ids(found)}"
    return Verdict(check, True, len(found), words.sentence(text, forgotten))


def _too_few(
    check: Check, kind: Wanted, told: str, found: list[Exchange], evidence: Evidence
) -> Verdict:
    taken = {exchange.id for exchange in found}
    near = nearest(kind, (each for each in evidence.exchanges if each.id not in taken))
    text = f"{told}, {_instead(check)}{words.ids(found)}"
    if near:
        closest = near[0]
        text += f"; nearest is {closest.exchange.id}, "
        text += f"where {words.first_difference(closest.differences)}"
    return Verdict(check, False, len(found), words.sentence(text, evidence.forgotten), near)


def _instead(check: Check) -> str:
    least, most = bounds(check)
    if check.never:
        return "and never should be"
    if most is None:
        return f"not at least {least}"
    if least == most:
        return f"not {most}"
    return f"not {least} to {most}" if least else f"not at most {most}"
