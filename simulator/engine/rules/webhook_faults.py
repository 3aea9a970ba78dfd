"""Rules on webhooks: one comes twice, late, behind the next one, or never.

They act where a notification enters the outbox, in the transaction that sends it, so that the inbox
shows what a subscriber would get. The delivery log says which rule did what.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial
from hashlib import blake2b
from typing import Any

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from simulator.core.clock import parse_duration
from simulator.engine.records import DELIVERY, WEBHOOKS, Webhook
from simulator.engine.rules.definitions import Compiled, Fault
from simulator.engine.rules.firing import Fired, fire
from simulator.engine.rules.holds import Steps
from simulator.engine.rules.matching import matches
from simulator.engine.world import World

COPIES = 2
"""How often a duplicated webhook comes, unless the rule says otherwise."""

PATIENCE = "1m"
"""How long one that shall leave behind the next waits for it, unless the rule says otherwise."""


class WebhookFaults:
    """The rules of a workspace that are about webhooks."""

    def __init__(self, rules: Sequence[Compiled], steps: Steps) -> None:
        self._rules = rules
        self._steps = steps

    def post(self, world: World, webhook: Webhook, about: Mapping[str, Any]) -> None:
        """Let a notification leave, or happen to it what the first rule that fires says."""
        waiting = _waiting(world, webhook)
        alike = self._alike(world, webhook, about, but="reorder_webhooks" if waiting else None)
        fired = fire(world, alike, subject=partial(_identity, webhook)) if alike else None
        fault = None if fired is None else fired.definition.fault
        if fired is None or fault is None:
            world.leave(webhook)
        elif fault.kind == "duplicate_webhook":
            _duplicate(world, webhook, fired, fault)
        else:
            _keep_back(world, webhook, fired, fault)
            return
        for earlier in waiting:
            world.cancel_job(earlier.lead)
            world.leave(let_go(world, earlier))

    def _alike(
        self, world: World, webhook: Webhook, about: Mapping[str, Any], but: str | None
    ) -> list[Compiled]:
        """The rules that are about a notification, without those of the kind `but`."""
        body = _decoded(webhook.body)
        found = []
        for rule in self._rules:
            when, fault = rule.definition.when, rule.definition.fault
            if (
                fault is not None
                and fault.kind != but
                and when.carrier in (None, webhook.carrier)
                and (when.event is UNSET or matches(when.event, webhook.event))
                and (when.body is UNSET or matches(when.body, body))
                and (
                    when.resource is UNSET
                    or self._steps.is_about(
                        world, f"{webhook.carrier}.{webhook.event}", about, when.resource
                    )
                )
            ):
                found.append(rule)
        return found


def _identity(webhook: Webhook) -> str:
    """A short text that tells a notification from others."""
    told = f"{webhook.carrier}.{webhook.event}\0".encode() + webhook.body
    return blake2b(told, digest_size=8).hexdigest()


def let_go(world: World, webhook: Webhook) -> Webhook:
    """A notification that was kept back as it is when it leaves after all, now; it is not put."""
    subscribed = webhook.target is not None
    return replace(
        webhook,
        status="pending" if subscribed else "not_subscribed",
        next_attempt_at=world.now if subscribed else None,
        turn=world.next_number("engine.webhooks"),
        lead=None,
    )


def _waiting(world: World, webhook: Webhook) -> list[Webhook]:
    """Those to the same target that leave behind the next one."""
    return [
        each
        for each in world[WEBHOOKS].where("status", "waiting")
        if each.lead is not None
        and (each.carrier, each.target) == (webhook.carrier, webhook.target)
    ]


def _duplicate(world: World, webhook: Webhook, fired: Fired, fault: Fault) -> None:
    copies = COPIES if fault.copies is None else fault.copies
    world.leave(replace(webhook, rule=fired.id, note=f"sent {copies} times {_by(fired)}"))
    note = f"a copy of {webhook.id}, sent {_by(fired)}"
    for place in range(1, copies):
        number = world.next_number("engine.webhooks")
        copy = replace(webhook, id=number, turn=number, rule=fired.id, note=note)
        if fault.by is None:
            world.leave(copy)
        else:
            _leave_later(world, copy, parse_duration(fault.by) * place)


def _keep_back(world: World, webhook: Webhook, fired: Fired, fault: Fault) -> None:
    if fault.kind == "drop_webhook":
        note = f"dropped {_by(fired)}"
        dropped = replace(webhook, status="dropped", next_attempt_at=None, turn=None)
        world[WEBHOOKS].put(replace(dropped, rule=fired.id, note=note))
        return
    swaps = fault.kind == "reorder_webhooks"
    did = "sent behind the next one" if swaps else "delayed"
    late = replace(webhook, rule=fired.id, note=f"{did} {_by(fired)}")
    _leave_later(world, late, parse_duration(fault.by or PATIENCE), leads=swaps)


def _leave_later(world: World, webhook: Webhook, after: timedelta, *, leads: bool = False) -> None:
    job = world.enqueue(DELIVERY, after, webhook=webhook.id)
    world[WEBHOOKS].put(
        replace(
            webhook,
            status="waiting",
            next_attempt_at=world.now + after,
            turn=None,
            lead=job if leads else None,
        )
    )


def _by(fired: Fired) -> str:
    name = fired.definition.name
    return f"by rule {fired.id}{f' ({name})' if name else ''}"


def _decoded(body: bytes) -> Any:
    try:
        return msgspec.json.decode(body)
    except msgspec.DecodeError:
        return body.decode()
