"""Actions: what the world does to a carrier."""

from __future__ import annotations

from typing import Any

import msgspec

from simulator.carriers.carrier import Action, BadAction
from simulator.control import problems
from simulator.control.desk import Desk
from simulator.control.problems import Fault
from simulator.core.answers import Answer
from simulator.core.faults import place_of
from simulator.engine.moving import timeline
from simulator.scenarios.worlds import acting


async def do_action(desk: Desk, workspace: str, action: str, body: Any) -> Answer:
    """Carry out an action as one transaction; what it sends has been sent before the answer."""
    target = desk.own(workspace)
    known = desk.vocabulary.actions
    wanted = known.get(action)
    if wanted is None:
        raise problems.not_found("action", action, known)
    arguments = _arguments(desk, action, wanted, {} if body is None else body)
    await _check_target(desk, wanted, arguments)
    await timeline.run_due(desk.hub, target)
    try:
        result = await desk.run(target, lambda world: wanted.run(world, arguments))
    except BadAction as error:
        raise problems.conflict(str(error)) from None
    await timeline.run_due(desk.hub, target)
    await desk.outbox.settle(target)
    return Answer(body=result)


def _arguments(desk: Desk, name: str, action: Action, body: Any) -> Any:
    try:
        # Money and ids come as text from shells and YAML; a number in text is not a mistake.
        return msgspec.convert(body, action.arguments, strict=False)
    except msgspec.ValidationError as error:
        found = [
            Fault(place_of(("body", *path)), told)
            for path, told, *_ in acting.argument_faults(action, name, body, ())
        ]
        found += _refused_target(desk, action, body)
        raise problems.invalid(*found or [Fault("body", str(error))]) from None


def _refused_target(desk: Desk, action: Action, body: Any) -> list[Fault]:
    """What can be said of a webhook's target without asking it."""
    name = action.webhook_target
    url = body.get(name) if name is not None and isinstance(body, dict) else None
    refused = desk.outbox.policy.refusal(url) if isinstance(url, str) else None
    return [] if refused is None else [Fault(f"body.{name}", refused)]


async def _check_target(desk: Desk, action: Action, arguments: Any) -> None:
    if action.webhook_target is None:
        return
    url = getattr(arguments, action.webhook_target)
    if url is None:
        return
    asks = getattr(arguments, "verify", True)
    refused = await desk.outbox.check(url) if asks else desk.outbox.policy.refusal(url)
    if refused is not None:
        raise problems.invalid(Fault(f"body.{action.webhook_target}", refused))
