"""Readers with a cursor, which goes on only when an answer has come."""

from __future__ import annotations

from benchmarks.bodies import ACCOUNT
from benchmarks.chaos.asking import Caller
from benchmarks.chaos.told import Told

_EVENTS = 1000


async def read_feed(caller: Caller, told: Told, cursor: str) -> tuple[str, bool]:
    """A page of PostPlus' tracking; gives the next cursor, and whether nothing further is there."""
    path = f"/w/{told.world}/postplus/api/v1/tracking?startDate=2020-01-01&fetchId={cursor}"
    outcome, answer = await caller.ask("GET", path, None, ACCOUNT)
    told.reads += 1
    if outcome == "refused":
        told.broken.append(f"the cursor {cursor} was refused: {answer.body[:200]!r}")
    if outcome != "kept":
        return cursor, False
    page = answer.json
    events = [each["event"] for each in page["events"]]
    told.feed += [f"{each['eventId']} {each['eventVersion']}" for each in events]
    return page["nextFetchId"], page["fetchDone"]


async def read_events(caller: Caller, told: Told) -> bool:
    """What happened in the world since the last event heard of; whether that was nothing."""
    after = told.events[-1]["id"] if told.events else 0
    path = f"/_sim/workspaces/{told.world}/events?after={after}&limit={_EVENTS}"
    outcome, answer = await caller.ask("GET", path)
    told.reads += 1
    if outcome == "refused":
        told.broken.append(f"the events after {after} were refused: {answer.body[:200]!r}")
    if outcome != "kept":
        return False
    found = answer.json["items"]
    told.events += found
    return not found
