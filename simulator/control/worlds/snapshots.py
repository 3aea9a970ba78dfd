"""Snapshots: a whole workspace given out and taken in, a bit at a time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from simulator.control import problems
from simulator.control.desk import Desk, Incoming, Stream
from simulator.control.problems import Fault
from simulator.control.worlds.workspaces import describe
from simulator.core.answers import JSON, Answer
from simulator.core.tables import State
from simulator.engine.copies.pace import Pace
from simulator.engine.keeping.sure import begun
from simulator.engine.records import QUIRKS, RULES
from simulator.engine.snapshots import document, restoring
from simulator.engine.snapshots.record_checks import BadSnapshot
from simulator.engine.snapshots.taking import Snapshot
from simulator.scenarios.files import checks, loader
from simulator.scenarios.records import AGENDA, LOADED
from simulator.scenarios.rules import rule_checks

_SENT_AT_ONCE = 1024**2
"""Bytes up to which a snapshot is sent whole; a larger one is encoded twice, and never kept."""
_MOST_TOLD = 100
"""Faults that an answer lists."""


async def get_snapshot(desk: Desk, workspace: str) -> Answer | Stream:
    """Everything that is in the workspace at this instant, as a document that `put_snapshot` takes.

    Refuses what would be too large for it.
    """
    snapshot = Snapshot(desk.workspace(workspace))
    kept: list[bytes] = []
    size = 0
    async for piece in snapshot.pieces():
        size += len(piece)
        if size <= _SENT_AT_ONCE:
            kept.append(piece)
    most = desk.options.snapshot_bytes
    if size > most:
        raise problems.conflict(
            f"The snapshot would have {size} bytes, but PUT takes at most {most}; POST fork copies "
            "a workspace of any size."
        )
    if snapshot.largest > document.LARGEST_VALUE:
        raise problems.conflict(
            f"A record of the workspace has {snapshot.largest} bytes, more than the "
            f"{document.LARGEST_VALUE} that PUT takes."
        )
    if size <= _SENT_AT_ONCE:
        return Answer(body=b"".join(kept))
    return Stream(snapshot.pieces, JSON, size)


async def put_snapshot(desk: Desk, workspace: str, body: Incoming) -> Answer:
    """Put a snapshot in the place of all that is in the workspace, when all of it was found good.

    The body is read and checked while it arrives.
    """
    world = desk.own(workspace)
    try:
        building = await restoring.read(desk.hub, body.chunks)
        wrong = await _wrong(desk, building.state, building.pace)
        if wrong:
            raise problems.invalid(*wrong)
    except BadSnapshot as error:
        await body.pass_over()
        raise problems.invalid(Fault(error.place, str(error))) from None
    except document.Unreadable as error:
        await body.pass_over()
        raise problems.malformed(str(error)) from None
    except document.Oversized as error:
        raise problems.too_large(str(error)) from None
    async with world.moving:
        desk.hub.replace(world, building.state, building.draft, building.due)
        await begun(desk.hub, world)
    return Answer(body=describe(world))


async def _wrong(desk: Desk, state: State, pace: Pace) -> list[Fault]:
    found: list[Fault] = []
    for faults in _looked_through(desk, state):
        found += islice(faults, _MOST_TOLD - len(found))
        if len(found) == _MOST_TOLD:
            break
        await pace.pause()
    return found


def _looked_through(desk: Desk, state: State) -> Iterator[Iterator[Fault]]:
    """What is in a snapshot that no other way in takes: switches, rules and scenarios that mean
    nothing."""
    known = desk.vocabulary
    for setting in state[QUIRKS]:
        quirk = known.quirks.get(setting.name)
        place = f"body.tables.{QUIRKS.name}.{setting.name}.value"
        if quirk is not None and not quirk.accepts(setting.value):
            yield iter([Fault(place, f"must be {quirk.allowed()}{quirk.misfit(setting.value)}")])
    for rule in state[RULES]:
        place = f"body.tables.{RULES.name}.{rule.id}.definition"
        yield iter(rule_checks.faults(known, rule.definition, place))
    for loaded in state[LOADED]:
        place = f"body.tables.{LOADED.name}.{loaded.name}.document"
        problems_found = loader.problems(loaded.document, known)
        yield (Fault(loader.dotted((place, *p.path)), p.message) for p in problems_found)
    for item in state[AGENDA]:
        place = f"body.tables.{AGENDA.name}.{item.id}.entry"
        faults = checks.entry_faults(known, item.entry)
        yield (Fault(loader.dotted((place, *f.path)), f.message) for f in faults)
