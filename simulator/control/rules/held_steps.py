"""What rules hold at present, and what they could hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec

from simulator.control.desk import Desk, page
from simulator.core.answers import Answer
from simulator.core.tables import State
from simulator.engine.concerning import held
from simulator.engine.records import HELD_REQUESTS, JOBS, Rule
from simulator.engine.rules.definitions import Hold
from simulator.engine.rules.holds import is_early

MOST_SHOWN = 100


def list_steps(desk: Desk) -> Answer:
    """Every step that a rule can hold, and how it fails if it can."""
    return Answer(
        body=page(
            [
                {
                    "name": name,
                    "carrier": name.partition(".")[0],
                    "summary": step.summary,
                    "fails": step.fails or None,
                    "asked_for": not step.jobs,
                }
                for name, step in desk.hub.steps.specs.items()
            ]
        )
    )


def show(state: State, rule: Rule, now: datetime) -> dict[str, Any]:
    """How much a rule holds now, and the first hundred of it."""
    steps = [*_jobs(state, rule.id), *_requests(state, rule, now)]
    return {"count": len(steps), "steps": steps[:MOST_SHOWN]}


def _jobs(state: State, rule: int) -> Iterator[dict[str, Any]]:
    for job in held(state[JOBS]):
        if job.held is not None and job.held.rule == rule:
            yield {
                "job": job.kind,
                "about": job.arguments,
                "since": job.held.since,
                "until": job.held.until,
                "asked": None,
            }


def _requests(state: State, rule: Rule, now: datetime) -> Iterator[dict[str, Any]]:
    hold = msgspec.convert(rule.definition["hold"], Hold)
    for request in state[HELD_REQUESTS].where("rule", rule.id):
        if request.held is not None and is_early(hold, request, now):
            yield {
                "job": None,
                "about": request.arguments,
                "since": request.held.since,
                "until": request.held.until,
                "asked": request.asked,
            }
