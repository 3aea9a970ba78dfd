"""What loading a great many records asks for, so that nobody waits for it long."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence, Sized
from contextlib import contextmanager
from operator import itemgetter
from typing import Any

from simulator.core.tables import Change

_MANY = 50_000
_NEAR, _BEGINNING = 12, 4
"""Numbers of which only so many bits differ, and texts with so many letters in common, are put in
order together."""

_key = itemgetter(1)


@contextmanager
def undisturbed(changes: Sized) -> Iterator[None]:
    """Within it nobody looks for garbage: all that is made stays, and with a great many records
    each look holds up everybody; so would the next one behind it, if it looked at these."""
    looked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if len(changes) > _MANY:
            gc.freeze()
        if looked:
            gc.enable()


def in_order(changes: Sequence[Change]) -> list[Change]:
    """Changes by table in the order of their keys: indexes grow at their ends then. For a thread:
    none of its steps takes long."""
    tables: dict[str, dict[Any, list[Change]]] = {}
    for change in changes:
        table, key, _ = change
        near = key >> _NEAR if isinstance(key, int) else key[:_BEGINNING]
        try:
            tables[table][near].append(change)
        except KeyError:
            tables.setdefault(table, {}).setdefault(near, []).append(change)
    found: list[Change] = []
    for parts in tables.values():
        for near in sorted(parts):
            own = parts[near]
            own.sort(key=_key)
            found += own
    return found
