"""The inbox: what carriers notified of, to be fetched, or waited for, instead of received."""

from __future__ import annotations

import time
from typing import Any, NamedTuple

from simulator.control import problems
from simulator.control.desk import Desk, Pending, page
from simulator.control.events import notified
from simulator.control.events.webhooks import decoded
from simulator.control.problems import Fault
from simulator.core.answers import Answer
from simulator.core.clock import BadTime, parse_duration
from simulator.core.tables import Ordered, State
from simulator.engine.copies import views
from simulator.engine.keeping.listening import listening
from simulator.engine.records import NUMBERS, WEBHOOKS, Webhook
from simulator.engine.workspace import Workspace

LONGEST = 60.0
"""Seconds of the machine for which a request may wait."""

_BY_TURN = Ordered[Webhook](
    lambda webhook: (webhook.carrier, webhook.event, webhook.turn is None),
    lambda webhook: (webhook.turn or 0,),
)
_LAST_KEY = float("inf")
"""Behind every key of a turn."""


class _Wanted(NamedTuple):
    carrier: str | None
    event: str | None
    after: int
    limit: int


async def get_inbox(
    desk: Desk,
    workspace: str,
    carrier: str | None,
    event: str | None,
    after: int,
    limit: int,
    wait: str | None,
) -> Answer | Pending:
    """What was told to anybody or nobody, oldest first, for clients that would rather ask.

    With `wait` the answer comes as soon as there is something to tell, or, empty, when the time is
    over. 422 for what no carrier notifies of and for a time that cannot be waited.
    """
    faults = notified.faults(desk, "query", carrier, event)
    seconds = 0.0
    try:
        seconds = _seconds(wait)
    except BadTime as error:
        faults.append(Fault("query.wait", str(error)))
    if faults:
        raise problems.invalid(*faults)
    wanted = _Wanted(carrier, event, after, limit)
    world = desk.workspace(workspace)
    found = await _found(world, wanted)
    if found or not seconds:
        return _answer(found, after)

    async def come() -> Answer:
        async with listening(desk.hub, world):
            return await _come(desk, world, wanted, seconds)

    return Pending(come)


def _seconds(wait: str | None) -> float:
    if wait is None:
        return 0.0
    seconds = parse_duration(wait).total_seconds()
    if seconds > LONGEST:
        raise BadTime(f"{wait!r:.40} is too long: a request waits at most {LONGEST:g}s")
    return seconds


async def _come(desk: Desk, world: Workspace, wanted: _Wanted, seconds: float) -> Answer:
    generation, end = world.generation, time.monotonic() + seconds
    looked_at = -1
    while True:
        desk.hub.catch_up(world)
        if world.generation != generation:
            raise problems.conflict("The workspace began again while this request waited.")
        left = end - time.monotonic()
        last = _last_turn(world)
        if last != looked_at:
            looked_at = last
            found = await _found(world, wanted)
            if found:
                return _answer(found, wanted.after)
            continue  # more may have left while a view was built
        if left <= 0 or world.bell.closed:
            return _answer([], wanted.after)
        await world.bell.wait(left)


def _last_turn(world: Workspace) -> int:
    """A number that grows whenever a notification leaves."""
    numbers = world.state[NUMBERS].get("numbers")
    return 0 if numbers is None else numbers.last.get("engine.webhooks", 0)


async def _found(world: Workspace, wanted: _Wanted) -> list[Webhook]:
    """In the order in which they left; what a rule keeps back or dropped is not among them."""

    def fits(webhook: Webhook) -> bool:
        return (
            webhook.turn is not None
            and wanted.carrier in (None, webhook.carrier)
            and wanted.event in (None, webhook.event)
        )

    def ask(state: State) -> list[Webhook]:
        left = state[WEBHOOKS].select(_BY_TURN, fits).above(wanted.after, _LAST_KEY)
        return left[: wanted.limit]

    return await views.look(world, ask)


def _answer(found: list[Webhook], after: int) -> Answer:
    items: list[dict[str, Any]] = [
        {
            "id": webhook.id,
            "carrier": webhook.carrier,
            "event": webhook.event,
            "at": webhook.created_at,
            "headers": webhook.headers,
            "body": decoded(webhook.body),
        }
        for webhook in found
    ]
    return Answer(body=page(items, next=found[-1].turn if found else after))
