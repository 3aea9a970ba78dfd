"""Webhooks that were on their way when their world was copied: in the copy nobody has them yet."""

from __future__ import annotations

from heapq import heappush

from msgspec.structs import replace

from simulator.core.tables import State
from simulator.engine.backends.rows import Rows
from simulator.engine.jobs.left_behind import unplanned
from simulator.engine.records import DELIVERY, JOBS, NUMBERS, WEBHOOKS, Job, Numbers
from simulator.engine.workspace import DueJobs


def resume(state: State, draft: Rows | None = None, due: DueJobs | None = None) -> None:
    """Plan an attempt for each webhook that is to leave and for which none is planned; a draft of
    the state, and a heap of its jobs, get it too."""
    pending = list(state[WEBHOOKS].where("status", "pending"))
    if not pending:
        return
    deliveries = [job for job in state[JOBS] if job.kind == DELIVERY]
    numbers = state[NUMBERS].get("numbers") or Numbers("numbers", {})
    last = numbers.last.get("engine.jobs", 0)
    for webhook in unplanned(pending, deliveries):
        last += 1
        instant = webhook.next_attempt_at or webhook.created_at
        state[JOBS].put(Job(last, instant, DELIVERY, {"webhook": webhook.id}))
        if due is not None:
            heappush(due, (instant, last))
    state[NUMBERS].put(replace(numbers, last={**numbers.last, "engine.jobs": last}))
    if draft is not None:
        draft.apply(state.changes())
    state.commit()
