"""A process that commits until it is killed; it is given the file and the name of a workspace.

Each line that it prints is the number of a commit that was acknowledged.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from simulator.core.tables import Change
from tests.engine.sqlite.places import opened
from tests.engine.store_conformance import Note, commit, kept

WIDTH = 20
"""Records that each commit writes: all say its number, and it counts up in the first."""


def changes(number: int) -> list[Change]:
    """What the commit of that number changes."""
    text = f"{number} " + "x" * 300
    fixed = [Change("t.notes", place, Note(place, text)) for place in range(WIDTH)]
    return [*fixed, Change("t.notes", 1000 + number, Note(1000 + number, text))]


async def _commit(path: Path, name: str) -> None:
    async with opened(path) as store:
        version = 0
        for number in range(1_000_000):
            entry = f"{number}".encode()
            made = commit(name, version, *changes(number), whole=not number, journal=[entry])
            version = (await kept(store, made)).version
            # Flushed: what is read is what was acknowledged.
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(_commit(Path(sys.argv[1]), sys.argv[2]))
