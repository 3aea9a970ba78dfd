"""Judges checks, each by the kind that it is of."""

from __future__ import annotations

from collections.abc import Iterable

from simulator.scenarios.model import Check
from simulator.scenarios.verify import counting, duplicates, ordering, requests
from simulator.scenarios.verify.evidence import Evidence
from simulator.scenarios.verify.verdicts import Verdict


def judge(checks: Iterable[Check], evidence: Evidence) -> list[Verdict]:
    """A verdict for each check, in their order. The checks are sound."""
    return [_judge(check, evidence) for check in checks]


def _judge(check: Check, evidence: Evidence) -> Verdict:
    if check.order is not None:
        return ordering.judge(check, evidence)
    if check.no_duplicates:
        return duplicates.judge(check, evidence)
    if check.no_unread:
        return requests.judge_unread(check, evidence)
    if check.no_unmatched:
        return requests.judge_unmatched(check, evidence)
    return counting.judge(check, evidence)
