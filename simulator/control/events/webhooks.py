"""Webhooks: the delivery log, sending again, and the inbox for clients without a receiver."""

from __future__ import annotations

from functools import partial
from typing import Any

import msgspec

from simulator.control import problems
from simulator.control.desk import Desk, page
from simulator.core import reading
from simulator.core.answers import Answer
from simulator.engine.records import JOBS, WEBHOOKS, Webhook
from simulator.engine.rules.webhook_faults import let_go
from simulator.engine.world import World


def list_webhooks(
    desk: Desk,
    workspace: str,
    carrier: str | None,
    event: str | None,
    status: str | None,
    after: int,
    limit: int,
) -> Answer:
    """The delivery log: every notification with its attempts, oldest first."""
    wanted = {"carrier": carrier, "event": event, "status": status}
    found = _select(desk, workspace, wanted, after)
    return Answer(body=page([_show(webhook) for webhook in found[:limit]], total=len(found)))


def get_webhook(desk: Desk, workspace: str, webhook_id: str) -> Answer:
    """One notification with its attempts."""
    return Answer(body=_show(_find(desk, workspace, webhook_id)))


async def redeliver(desk: Desk, workspace: str, webhook_id: str) -> Answer:
    """Send a notification once more, now, and tell what came of it."""
    webhook = _find(desk, workspace, webhook_id)
    if webhook.target is None:
        raise problems.conflict(
            f"Webhook {webhook.id} has no target: nobody was subscribed when it happened."
        )
    target = desk.workspace(workspace)
    desk.hub.run(target, partial(_forget_planned, webhook.id))
    await desk.outbox.deliver(target, webhook.id)
    return Answer(body=_show(_find(desk, workspace, webhook_id)))


def get_inbox(
    desk: Desk, workspace: str, carrier: str | None, event: str | None, after: int, limit: int
) -> Answer:
    """What was told to anybody or nobody, oldest first, for clients that would rather ask."""
    found = _select(desk, workspace, {"carrier": carrier, "event": event}, 0)
    # By the order in which they left; what a rule keeps back or dropped is not among them.
    left = sorted(
        (each.turn, each) for each in found if each.turn is not None and each.turn > after
    )
    shown = [webhook for _, webhook in left[:limit]]
    items = [
        {
            "id": webhook.id,
            "carrier": webhook.carrier,
            "event": webhook.event,
            "at": webhook.created_at,
            "headers": webhook.headers,
            "body": _decoded(webhook.body),
        }
        for webhook in shown
    ]
    return Answer(body=page(items, next=left[len(shown) - 1][0] if shown else after))


def _select(desk: Desk, workspace: str, wanted: dict[str, str | None], after: int) -> list[Webhook]:
    table = desk.workspace(workspace).state[WEBHOOKS]
    return [
        webhook
        for webhook in table
        if webhook.id > after
        and all(value is None or getattr(webhook, name) == value for name, value in wanted.items())
    ]


def _find(desk: Desk, workspace: str, webhook_id: str) -> Webhook:
    table = desk.workspace(workspace).state[WEBHOOKS]
    number = reading.whole(webhook_id)
    webhook = None if number is None else table.get(number)
    if webhook is None:
        raise problems.not_found("webhook", webhook_id)
    return webhook


def _forget_planned(webhook_id: int, world: World) -> None:
    """The attempt that was planned gives way to the one that was asked for."""
    webhook = world[WEBHOOKS][webhook_id]
    if webhook.status in ("waiting", "dropped"):
        world[WEBHOOKS].put(let_go(world, webhook))
    for job in world[JOBS]:
        if job.kind == "engine.deliver" and job.arguments.get("webhook") == webhook_id:
            world[JOBS].delete(job.id)


def _show(webhook: Webhook) -> dict[str, Any]:
    shown: dict[str, Any] = msgspec.to_builtins(webhook)
    del shown["turn"], shown["lead"]
    shown["body"] = _decoded(webhook.body)
    return shown


def _decoded(body: str) -> Any:
    try:
        return msgspec.json.decode(body)
    except msgspec.DecodeError:
        return body
