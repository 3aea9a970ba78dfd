"""Keeps the list of events closed: what a transaction tells is declared, and every change of a
status is told.

It is switched on with responses that are kept to their description, which is how the tests run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import Any

from simulator.carriers.event import EventSpec
from simulator.engine.world import Undeclared, World


def inspector(events: Iterable[EventSpec]) -> Callable[[World], None]:
    """What looks through the transactions of a hub that knows these events.

    It raises `Undeclared` with everything that is wrong with what a transaction told.
    """
    known = {event.name: event for event in events}
    of_tables = {spec.status.table: spec for spec in known.values() if spec.status is not None}

    def inspect(world: World) -> None:
        faults = [*_undeclared(known, world), *_untold(of_tables, world)]
        if faults:
            raise Undeclared("; ".join(faults))

    return inspect


def _undeclared(known: dict[str, EventSpec], world: World) -> Iterator[str]:
    for name, payload in world.emitted:
        spec = known.get(name)
        if spec is None:
            yield f"the event {name} is not declared"
        else:
            yield from (f"the event {name}: {fault}" for fault in spec.faults(payload))


def _untold(of_tables: dict[str, EventSpec], world: World) -> Iterator[str]:
    told_of = _told(of_tables.values(), world)
    for table, key, records in world.state.replacements(world.mark):
        spec = of_tables.get(table)
        if spec is None or spec.status is None:
            continue
        happened = list(_changes(records))
        told = told_of.get((spec.name, key), [])
        if happened != told:
            yield f"{table} {key} had the changes {happened}, and {spec.name} told {told}"


def _changes(records: list[Any]) -> Iterator[tuple[Any, Any]]:
    """Status before and after of every change; a record that is new or gone has none."""
    for before, after in pairwise(records):
        if before is not None and after is not None and before.status != after.status:
            yield before.status, after.status


def _told(specs: Iterable[EventSpec], world: World) -> dict[tuple[str, Any], list[tuple[Any, Any]]]:
    """Every change of a status that was told, by the event and the key of the record."""
    keys = {spec.name: spec.status.key for spec in specs if spec.status is not None}
    told: dict[tuple[str, Any], list[tuple[Any, Any]]] = {}
    for name, payload in world.emitted:
        if name in keys:
            change = (payload.get("previous"), payload.get("status"))
            told.setdefault((name, payload.get(keys[name])), []).append(change)
    return told
