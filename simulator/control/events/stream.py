"""What happened in a workspace, as a list or as it happens (server-sent events)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from typing import Any

import msgspec

from simulator.control import problems
from simulator.control.desk import Desk, Stream, page
from simulator.control.events import event_kinds
from simulator.core import reading
from simulator.core.answers import Answer
from simulator.engine.hub import Hub
from simulator.engine.keeping.listening import listening
from simulator.engine.workspace import Workspace
from simulator.engine.world import Event

_STREAM = "text/event-stream"
_KEEP_ALIVE = 15.0
"""Seconds of silence after which a comment keeps proxies from closing the connection."""


def show_event(event: Event) -> dict[str, Any]:
    """An event as the API tells it."""
    return {"id": event.number, "at": event.at, "event": event.name, "payload": event.payload}


def list_events(
    desk: Desk, workspace: str, event: str | None, after: int, limit: int | None
) -> Answer | Stream:
    """The events after the number `after`; a client that accepts event streams gets one.

    Refuses the name of an event that no carrier declares.
    """
    if event is not None and (faults := event_kinds.faults(desk, event, "query.event")):
        raise problems.invalid(*faults)
    world = desk.workspace(workspace)
    after = world.event_number(after)
    if _STREAM in (desk.header("accept") or ""):
        start = _after(world, desk.header("last-event-id") or "", after)
        return Stream(
            partial(_follow, desk.hub, world, event, start, limit), f"{_STREAM}; charset=utf-8"
        )
    found = [e for e in world.events if e.number > after and event in (None, e.name)]
    return Answer(body=page([show_event(e) for e in found[: limit or 1000]]))


async def _follow(
    hub: Hub, workspace: Workspace, name: str | None, after: int, limit: int | None
) -> AsyncIterator[bytes]:
    async with listening(hub, workspace):
        async for frame in _heard(workspace, name, after, limit):
            yield frame


async def _heard(
    workspace: Workspace, name: str | None, after: int, limit: int | None
) -> AsyncIterator[bytes]:
    base = workspace.event_base
    queue: asyncio.Queue[Event | None] = asyncio.Queue()
    for past in workspace.events:
        queue.put_nowait(past)
    workspace.listeners.add(queue)
    sent = 0
    try:
        yield b": events of the workspace\n\n"
        while limit is None or sent < limit:
            try:
                event = await asyncio.wait_for(queue.get(), _KEEP_ALIVE)
            except TimeoutError:
                yield b":\n\n"
                continue
            if event is None:  # the server stops, or the workspace is deleted
                break
            if event.number == 1 and base != workspace.event_base:
                # Numbers begin again with the workspace: what was sent of them hides nothing.
                base, after = workspace.event_base, 0
            if event.number > after and name in (None, event.name):
                sent += 1
                yield _frame(event, base)
    finally:
        workspace.listeners.discard(queue)


def _after(workspace: Workspace, last_id: str, after: int) -> int:
    """The number behind which a client goes on; one that heard an earlier life of the workspace
    has heard nothing yet."""
    last = reading.whole(last_id)
    if last is None:
        return after
    number = workspace.event_number(last)
    return number if number <= workspace.event_count else 0


def _frame(event: Event, base: int) -> bytes:
    payload = msgspec.json.encode({"at": event.at, "payload": event.payload})
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (
        *(base + event.number, event.name.encode(), payload),
    )
