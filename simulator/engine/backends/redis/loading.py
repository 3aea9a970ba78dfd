"""Loads whole workspaces: the records that they began with, and what changed since."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from contextlib import aclosing, contextmanager
from typing import Any, Literal

import msgspec

from simulator.core.tables import Change
from simulator.engine.backends.codec import Codec, UnknownTable
from simulator.engine.backends.large import in_order, undisturbed
from simulator.engine.backends.redis.lineage import Lineage
from simulator.engine.backends.redis.packing import changes, kept, pack
from simulator.engine.backends.redis.pieces import Pieces, overlaid, split
from simulator.engine.backends.redis.scripts import Item, Script
from simulator.engine.backends.redis.server import Server
from simulator.engine.backends.redis.shelves import Shelves, field_of
from simulator.engine.backends.store import Missed, StoreFailure, Whole

_BEGIN, _SINCE = Script("begin"), Script("since")
_FEW = 2000
"""Records that come with the first answer; more are fetched by portions, for others to be answered
in between."""
_PORTION = 2000
_OFTEN = 5
"""Portions after which it is asked what changed meanwhile."""
_AT_ONCE = 200
"""Records that are decoded while others wait."""
_LAST = 0
_PIECES = 4
"""Pieces of a megabyte that are fetched at once."""
_TRIES = 5


class Loading:
    """Reads the workspaces of a server."""

    def __init__(
        self, server: Server, shelves: Shelves, codec: Codec, pieces: Pieces, lineage: Lineage
    ) -> None:
        self._server = server
        self._lineage = lineage
        self._shelves = shelves
        self._codec = codec
        self._pieces = pieces

    async def since(self, workspace: str, version: int) -> Missed | None:
        """What changed after a version, or None where that is not known any more."""
        answer = await self._missed(workspace, version)
        if answer is None:
            return None
        with self._legible(workspace):
            return Missed(kept(answer), await self._decoded(_pairs(answer[5:])))

    async def load(self, workspace: str) -> Whole | None:
        """All records at one version, or None where the workspace is not kept."""
        for _ in range(_TRIES):
            with self._legible(workspace):
                whole = await self._tried(workspace)
            if whole is not False:
                return whole
        raise StoreFailure(
            f"{self._server.address.place} could not tell all of {workspace}: it changes too fast, "
            "or some of it is gone; try again, or delete it"
        )

    async def _tried(self, workspace: str) -> Whole | Literal[False] | None:
        """The same, or False where something came in between."""
        shelf = self._shelves.of(workspace)
        item = Item(shelf, [pack((shelf, workspace, _FEW))])
        answer = await self._server.one(_BEGIN, item)
        if answer is None:
            return None
        self._lineage.learn(workspace, answer[0], answer[3])
        found: list[Change] = []
        with undisturbed(found):
            if not await self._first(shelf, answer[4], found):
                return False
            if answer[5] is None:
                return await self._scanned(workspace, answer[0], found)
        return Whole(kept(answer), overlaid(found, await self._decoded(_pairs(answer[5]))))

    async def _scanned(
        self, workspace: str, version: int, found: list[Change]
    ) -> Whole | Literal[False]:
        """All records of one that has many, or False where too much came in between; `found` are
        those of its pieces."""
        rows = f"{self._shelves.of(workspace)}rows:{workspace}"
        lives = await self._server.lives()
        base = await asyncio.to_thread(lambda: {_field(change): change for change in found})
        found.clear()
        seen: set[bytes] = set()
        latest: dict[bytes, bytes | None] = {}
        answer: Any = None
        async with aclosing(self._portions(rows)) as portions:
            async for number, portion in portions:
                # A hash that grows meanwhile tells some of its fields twice.
                if not seen.isdisjoint(portion):
                    portion = {field: portion[field] for field in portion.keys() - seen}
                seen.update(portion)
                for field in base.keys() & portion.keys():
                    del base[field]
                found += [each for each in await self._decoded(portion) if each.record is not None]
                if number % _OFTEN:
                    continue
                # What changed meanwhile is asked for before it is forgotten.
                answer = await self._missed(workspace, version)
                if answer is None:
                    return False
                version = answer[0]
                latest.update(_pairs(answer[5:]))
        seen.update(latest)
        complete = len(seen) - sum(record is None for record in latest.values()) == answer[4]
        while seen:
            # It takes long to let go of a large set, and all others would wait.
            for _ in range(min(len(seen), _PORTION)):
                seen.pop()
            await asyncio.sleep(0)
        if not complete or await self._server.lives() != lives:
            # The hash has moved to another server, where its fields lie in another order; or one
            # took over that lacks commits of which some records are here.
            return False
        found += base.values()
        changed = await self._decoded(latest)
        return Whole(
            kept(answer), await asyncio.to_thread(lambda: in_order(overlaid(found, changed)))
        )

    async def _missed(self, workspace: str, version: int) -> Any:
        shelf = self._shelves.of(workspace)
        known = self._lineage.token(workspace, version)
        item = Item(shelf, [pack((shelf, workspace, version, known))])
        answer = await self._server.one(_SINCE, item)
        if answer is not None:
            self._lineage.learn(workspace, answer[0], answer[3])
        return answer

    async def _portions(self, key: str) -> AsyncGenerator[tuple[int, dict[bytes, bytes]], None]:
        """The fields and values of a hash with numbers from 1 on, the last with `_LAST`; the server
        looks for the next ones already while these are used."""
        cursor, portion = await self._server.command("HSCAN", key, 0, "COUNT", _PORTION)
        number = 0
        while cursor:
            number += 1
            scan = self._server.command("HSCAN", key, cursor, "COUNT", _PORTION)
            following = asyncio.ensure_future(scan)
            following.add_done_callback(lambda done: done.cancelled() or done.exception())
            try:
                yield number, portion
                cursor, portion = await following
            finally:
                following.cancel()
        yield _LAST, portion

    async def _first(self, shelf: str, digests: bytes, records: list[Change]) -> bool:
        """Add the records of pieces; False where one is gone, since the workspace began again."""
        wanted = split(digests)
        keep = len(wanted) <= _PIECES
        for at in range(0, len(wanted), _PIECES):
            some = wanted[at : at + _PIECES]
            found = {digest: self._pieces.known(digest) for digest in some}
            absent = [digest for digest, known in found.items() if known is None]
            keys = [shelf.encode() + b"piece:" + digest for digest in absent]
            texts = await self._server.commands([("GET", key) for key in keys]) if keys else []
            for digest, text in zip(absent, texts, strict=True):
                if text is None:
                    return False
                found[digest] = await self._pieces.read(digest, text, keep=keep)
            for known in found.values():
                records += known or ()
        return True

    async def _decoded(self, records: Mapping[bytes, bytes | None]) -> list[Change]:
        """Records by their fields, as changes."""
        if len(records) <= _AT_ONCE:
            return changes(self._codec, records, records.values())
        return await asyncio.to_thread(changes, self._codec, records, records.values())

    @contextmanager
    def _legible(self, workspace: str) -> Iterator[None]:
        place = self._server.address.place
        try:
            yield
        except UnknownTable as error:
            raise StoreFailure(
                f"{place} has records of {error.args[0]} in {workspace}, which this server does "
                "not serve: start it with the carriers of the one that made them (--carriers), or "
                "use another prefix="
            ) from error
        except (msgspec.MsgspecError, zlib.error) as error:
            raise StoreFailure(
                f"{place} has records of {workspace} that cannot be read ({error}): delete the "
                "workspace, or use the carrier-simulator that wrote them"
            ) from error


def _pairs(values: Sequence[Any]) -> dict[bytes, Any]:
    return dict(zip(values[::2], values[1::2], strict=True))


def _field(change: Change) -> bytes:
    return field_of(change.table, change.key).encode()
