"""Webhooks: the delivery log, and sending again."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import msgspec

from simulator.control import problems
from simulator.control.desk import Desk, page
from simulator.control.events import notified
from simulator.core import reading
from simulator.core.answers import Answer
from simulator.core.secrets import Veil
from simulator.core.tables import Ordered, Selection, State
from simulator.core.words import text_of
from simulator.engine.concerning import concerning
from simulator.engine.copies import views
from simulator.engine.records import DELIVERY, JOBS, WEBHOOKS, Webhook
from simulator.engine.rules.webhook_faults import let_go
from simulator.engine.world import World

_RECEIVERS = ("authorization", "proxy-authorization", "cookie")
"""Headers that prove to a receiver who is calling."""

_LOG = Ordered[Webhook](lambda webhook: (webhook.carrier, webhook.event, webhook.status))


async def list_webhooks(
    desk: Desk,
    workspace: str,
    carrier: str | None,
    event: str | None,
    status: str | None,
    after: int,
    limit: int,
) -> Answer:
    """The delivery log: every notification with its attempts, oldest first. 422 for what no carrier
    notifies of."""
    if faults := notified.faults(desk, "query", carrier, event):
        raise problems.invalid(*faults)
    wanted = {"carrier": carrier, "event": event, "status": status}
    asked = {name: value for name, value in wanted.items() if value is not None}

    def fits(webhook: Webhook) -> bool:
        return all(getattr(webhook, name) == value for name, value in asked.items())

    def ask(state: State) -> Selection[Webhook]:
        return state[WEBHOOKS].select(_LOG, fits).above(after)

    found = await views.look(desk.workspace(workspace), ask)
    return Answer(body=page([show(webhook) for webhook in found[:limit]], total=len(found)))


def get_webhook(desk: Desk, workspace: str, webhook_id: str) -> Answer:
    """One notification with its attempts."""
    return Answer(body=show(_find(desk, workspace, webhook_id)))


async def redeliver(desk: Desk, workspace: str, webhook_id: str) -> Answer:
    """Send a notification once more, now, and tell what came of it."""
    webhook = _find(desk, workspace, webhook_id)
    if webhook.target is None:
        raise problems.conflict(
            f"Webhook {webhook.id} has no target: nobody was subscribed when it happened."
        )
    target = desk.workspace(workspace)
    await desk.run(target, partial(_forget_planned, webhook.id))
    await desk.outbox.redeliver(target, webhook.id)
    return Answer(body=show(_find(desk, workspace, webhook_id)))


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
    for job in concerning(world[JOBS], "webhook", webhook_id):
        if job.kind == DELIVERY:
            world[JOBS].delete(job.id)


def show(webhook: Webhook) -> dict[str, Any]:
    """A notification with its attempts, as the API tells it: the receiver's credentials, which its
    URL holds and headers carry, have marks."""
    shown: dict[str, Any] = msgspec.to_builtins(webhook, enc_hook=text_of)
    veil = Veil()
    if webhook.target is not None:
        shown["target"] = veil.text(webhook.target)
    shown["headers"] = _headers(webhook.headers, veil)
    for attempt in shown["attempts"]:
        if attempt["headers"] is not None:
            attempt["headers"] = _headers(attempt["headers"], veil)
        for name in ("error", "response"):
            if attempt[name] is not None:
                attempt[name] = veil.text(attempt[name])
    del shown["turn"], shown["lead"]
    shown["body"] = decoded(webhook.body)
    shown["stamp"] = None if webhook.stamp is None else webhook.stamp.clock
    return shown


def _headers(headers: Mapping[str, str], veil: Veil) -> dict[str, str]:
    """Headers as they are, but for what the receiver's URL told: the others are the carrier's."""
    return {
        name: veil.header(name, value) if name.lower() in _RECEIVERS else value
        for name, value in headers.items()
    }


def decoded(body: bytes) -> Any:
    """A body as JSON where it is some."""
    try:
        return msgspec.json.decode(body)
    except msgspec.DecodeError:
        return body.decode()
