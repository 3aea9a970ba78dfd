"""Keeps commits: all of a call in one go, each by a script of its own or not at all."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from simulator.engine.backends.codec import Codec
from simulator.engine.backends.redis.lineage import Lineage
from simulator.engine.backends.redis.packing import kept, pack, words_of
from simulator.engine.backends.redis.pieces import Beginning, Piece, Pieces
from simulator.engine.backends.redis.scripts import Item, Script
from simulator.engine.backends.redis.server import Server
from simulator.engine.backends.redis.shelves import UNUSED, Shelves
from simulator.engine.backends.store import Commit, Kept, LogBounds, StoreFailure

_COMMIT = Script("pieces", "commit")
_REMEMBERED_COMMITS, _REMEMBERED_CHANGES = 2048, 20_000
"""Of a workspace, for other processes to catch up with, and for whoever does not know whether a
commit was kept: more than others can do before it is tried again."""
_MANY = 1000
"""Changes that are not encoded while others wait."""
_PIECES = 4
"""Pieces of a megabyte that are laid down at once."""
_TRIES = 4


class Committing:
    """Commits to a server; `bounds` are those of the logs by name."""

    def __init__(
        self,
        server: Server,
        shelves: Shelves,
        codec: Codec,
        pieces: Pieces,
        lineage: Lineage,
        bounds: Mapping[str, LogBounds],
    ) -> None:
        self._server = server
        self._shelves = shelves
        self._codec = codec
        self._pieces = pieces
        self._lineage = lineage
        logs = {log: (each.entries, each.bytes) for log, each in bounds.items()}
        noted = server.address.noted
        self._head = pack((logs, _REMEMBERED_COMMITS, _REMEMBERED_CHANGES, noted, UNUSED))

    async def commit(self, commits: Sequence[Commit]) -> list[Kept | None]:
        """Keep these; None for those of which the workspace is at another version."""
        wholes = {
            place: await self._pieces.of(commit.changes)
            for place, commit in enumerate(commits)
            if commit.whole
        }
        if sum(len(commit.changes) for commit in commits if not commit.whole) > _MANY:
            items = await asyncio.to_thread(self._items, commits, wholes)
        else:
            items = self._items(commits, wholes)
        answers = await self._asked(items)
        for _ in range(_TRIES):
            lacking = [place for place, answer in enumerate(answers) if answer and answer[0] < 0]
            if not lacking:
                for commit, answer in zip(commits, answers, strict=True):
                    if answer:
                        self._lineage.learn(commit.workspace, answer[0], answer[3])
                return [answer and kept(answer) for answer in answers]
            for place in lacking:
                pieces = [wholes[place].pieces[number] for number in answers[place][1:]]
                await self._lay_down(items[place].shelf, pieces)
            again = await self._asked([items[place] for place in lacking])
            for place, answer in zip(lacking, again, strict=True):
                answers[place] = answer
        raise StoreFailure(
            f"{self._server.address.place} forgets at once what it is given: see its maxmemory"
        )

    async def _asked(self, items: Sequence[Item]) -> list[Any]:
        return await self._server.each(_COMMIT, items, self._head, copied=True)

    def _items(self, commits: Sequence[Commit], wholes: Mapping[int, Beginning]) -> list[Item]:
        items = []
        for place, commit in enumerate(commits):
            shelf = self._shelves.of(commit.workspace)
            whole = wholes.get(place)
            known = self._lineage.token(commit.workspace, commit.expected)
            changes = commit.changes if whole is None else whole.beside
            digests = None if whole is None else [piece.digest for piece in whole.pieces]
            words = words_of(self._codec, shelf, commit, changes, digests, known)
            items.append(Item(shelf, words))
        return items

    async def _lay_down(self, shelf: str, pieces: Sequence[Piece]) -> None:
        """Have pieces there for the commit that follows. What is there already stays as it is."""
        begin = shelf.encode() + b"piece:"
        for at in range(0, len(pieces), _PIECES):
            some = pieces[at : at + _PIECES]
            await self._server.commands(
                [("SET", begin + piece.digest, piece.text, "NX", "EX", UNUSED) for piece in some]
            )
