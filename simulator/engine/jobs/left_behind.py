"""Webhooks that somebody took up to send them, and of which nobody knows yet what became."""

from __future__ import annotations

from collections.abc import Iterable

from simulator.core.tables import State
from simulator.engine.concerning import of_kind
from simulator.engine.records import DELIVERY, JOBS, WEBHOOKS, Job, Webhook


def left_behind(state: State) -> list[Webhook]:
    """The webhooks that are to leave now and for which no job is planned: somebody took them up.
    They come in the order in which they are to leave."""
    pending = [each for each in state[WEBHOOKS].where("status", "pending") if each.target]
    if not pending:
        return []
    return sorted(unplanned(pending, of_kind(state[JOBS], DELIVERY)), key=place)


def unplanned(webhooks: Iterable[Webhook], deliveries: Iterable[Job]) -> list[Webhook]:
    """Those for which none of the jobs that send webhooks is."""
    planned = {job.arguments.get("webhook") for job in deliveries}
    return [each for each in webhooks if each.id not in planned]


def place(webhook: Webhook) -> tuple[int, int]:
    """Its place in the order in which webhooks leave."""
    return webhook.turn or 0, webhook.id
