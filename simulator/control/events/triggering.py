"""Firing a webhook from a record that there is, without anything having happened to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.carriers.carrier import BadAction
from simulator.carriers.webhook import UnknownRecord
from simulator.control import problems
from simulator.control.desk import Desk
from simulator.control.events import notified, webhooks
from simulator.control.problems import Fault
from simulator.core.answers import Answer
from simulator.engine.moving import timeline
from simulator.engine.records import WEBHOOKS
from simulator.engine.world import Request, World


async def trigger_webhook(desk: Desk, workspace: str, body: Mapping[str, Any]) -> Answer:
    """Send a notification of a record as it is now, and tell what came of the attempt.

    422 for what the carrier does not notify of and for a URL that may not be called, 404 for a
    record that there is not, 409 for one of which the notification could not tell.
    """
    name, event, url = body["carrier"], body["event"], body.get("url")
    faults = notified.faults(desk, "body", name, event)
    refused = None if url is None else desk.outbox.policy.refusal(url)
    if refused is not None:
        faults.append(Fault("body.url", refused))
    if faults:
        raise problems.invalid(*faults)
    spec = desk.carriers[name].webhooks[event]
    target = desk.workspace(workspace)

    def fire(world: World) -> int:
        return spec.fire(world, body.get("record"), url)

    await timeline.run_due(desk.hub, target)
    try:
        number = await desk.run(target, fire, _request(desk, workspace, name))
    except UnknownRecord as error:
        raise problems.not_found(error.noun, error.wanted, error.known) from None
    except BadAction as error:
        raise problems.conflict(str(error)) from None
    await timeline.run_due(desk.hub, target)
    await desk.outbox.settle(target)
    return Answer(201, webhooks.show(target.state[WEBHOOKS][number]))


def _request(desk: Desk, workspace: str, carrier: str) -> Request:
    """A request to the carrier in that workspace, so that links in the notification lead there."""
    place = f"/w/{workspace}"
    outside = desk.request.base_url.removesuffix(place)
    return Request(f"{outside}{place}/{carrier}", carrier_step=f"/{carrier}")
