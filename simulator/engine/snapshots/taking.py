"""A workspace as a JSON document, piece by piece."""

from __future__ import annotations

from collections.abc import AsyncIterator

import msgspec

from simulator.core.words import text_of
from simulator.engine.copies.pace import Pace
from simulator.engine.records import FRAME
from simulator.engine.workspace import Workspace

FORMAT = "carrier-simulator/1"

_PIECE = 64 * 1024
"""Bytes after which a piece is full."""

_encoder = msgspec.json.Encoder(enc_hook=text_of)


class Snapshot:
    """All records that a workspace has at the instant at which this is made.

    What happens to the workspace afterwards does not show: records never change, and which there
    were is noted at once. The clock stands at that instant, without a trace of the machine's time:
    the same world gives the same document.
    """

    def __init__(self, workspace: Workspace) -> None:
        now = workspace.now()
        clock = msgspec.structs.replace(workspace.clock, at=now, since=now)
        self._workspace = workspace.name
        frame = msgspec.structs.replace(workspace.frame, clock=clock)
        self._tables: list[tuple[str, list[msgspec.Struct]]] = [
            (name, [frame] if name == FRAME.name else list(table))
            for name, table in workspace.state.tables.items()
        ]
        self.largest = 0
        """Bytes of the largest record among those that were encoded."""

    async def pieces(self) -> AsyncIterator[bytes]:
        """The document, with pauses in which others have their turn."""
        pace = Pace()
        head = {"format": FORMAT, "workspace": self._workspace}
        yield _encoder.encode(head)[:-1] + b',"tables":{'
        for place, (name, records) in enumerate(self._tables):
            yield (b"," if place else b"") + _encoder.encode(name) + b":["
            pile: list[bytes] = []
            size, separator = 0, b""
            for record in records:
                text = _encoder.encode(record)
                pile.append(text)
                size += len(text)
                self.largest = max(self.largest, len(text))
                if size >= _PIECE:
                    yield separator + b",".join(pile)
                    pile, size, separator = [], 0, b","
                    await pace.pause()
            if pile:
                yield separator + b",".join(pile)
            yield b"]"
            await pace.pause()
        yield b"}}"
