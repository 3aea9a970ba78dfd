"""The records with which a workspace begins, in pieces that others share.

A piece is named by its digest, so that workspaces which begin with the same records have them only
once on each shelf. It never changes; what changed since lies beside it. What workspaces begin with
is the default world, which all of them have, and a few records of their own: the frame with the
clock, perhaps rules. So a large table has pieces of its own, the others share some, and a tiny one
is in none: its records lie beside them from the start.
"""

from __future__ import annotations

import asyncio
import zlib
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import NamedTuple

import msgspec

from simulator.core.tables import Change, Key
from simulator.engine.backends.codec import Codec

DIGEST = 32
"""Letters of the name of a piece."""
_PIECE = 1024 * 1024
"""Bytes of records in a piece."""
_TINY, _LARGE = 256, 64 * 1024
"""Bytes of records up to which a table is tiny, and from which on it is large."""
_MANY = 2000
"""Records that are not made into pieces, or out of them, while others wait."""
_REMEMBERED = 16
"""Pieces."""


class Group(msgspec.Struct, frozen=True, array_like=True):
    """The records of a table in a piece: their keys, and their bytes one behind the other."""

    table: str
    keys: list[int | str]
    records: bytes


class Piece(msgspec.Struct, frozen=True):
    """The name of a piece, and its compressed bytes."""

    digest: bytes
    text: bytes


class Beginning(NamedTuple):
    """The records of a workspace: in pieces, and those that lie beside them."""

    pieces: list[Piece]
    beside: list[Change]


class _Made(NamedTuple):
    """The records of a table, and what was made of them: its pieces where it is large, its group
    for a piece that it shares; neither where it is tiny."""

    changes: list[Change]
    pieces: list[Piece]
    group: Group | None


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[Group]).decode


class Pieces:
    """Makes records into pieces and back, and remembers the latest ones of worlds that were not
    large."""

    def __init__(self, codec: Codec) -> None:
        self._codec = codec
        self._made: dict[str, _Made] = {}
        self._together: tuple[list[Group], list[Piece]] = [], []
        self._read: OrderedDict[bytes, list[Change]] = OrderedDict()

    async def of(self, changes: Sequence[Change]) -> Beginning:
        """All records of a workspace."""
        if len(changes) > _MANY:
            return await asyncio.to_thread(self._beginning, changes, remember=False)
        return self._beginning(changes, remember=True)

    def known(self, digest: bytes) -> list[Change] | None:
        """The records of a piece that was read lately; nobody may change the list."""
        return self._read.get(digest)

    async def read(self, digest: bytes, text: bytes, *, keep: bool) -> list[Change]:
        """The records of a piece; nobody may change the list. With `keep` they are `known` for a
        while."""
        changes = await asyncio.to_thread(self._changes, text)
        if not keep:
            return changes
        self._read[digest] = changes
        while len(self._read) > _REMEMBERED:
            self._read.popitem(last=False)
        return changes

    def _beginning(self, changes: Sequence[Change], *, remember: bool) -> Beginning:
        tables: dict[str, list[Change]] = {}
        for change in changes:
            if change.record is not None:
                tables.setdefault(change.table, []).append(change)
        pieces: list[Piece] = []
        beside: list[Change] = []
        others: list[Group] = []
        for table, own in tables.items():
            made = self._made.get(table)
            # Quick where they are the same records, as those of a default world are.
            if made is None or made.changes != own:
                made = self._table(table, own)
                if remember:
                    self._made[table] = made
            pieces += made.pieces
            if made.group is not None:
                others.append(made.group)
            elif not made.pieces:
                beside += own
        together = self._together
        if others != together[0]:
            together = others, [_piece(some) for some in _portions(others)]
            if remember:
                self._together = together
        return Beginning([*together[1], *pieces], beside)

    def _table(self, table: str, changes: list[Change]) -> _Made:
        encode = self._codec.encode
        records = [encode(record) for _, _, record in changes if record is not None]
        keys = [key for _, key, _ in changes]
        size = sum(map(len, records))
        if size < _LARGE:
            group = Group(table, keys, b"".join(records)) if size > _TINY else None
            return _Made(changes, [], group)
        pieces, first, size = [], 0, 0
        for last, record in enumerate(records, 1):
            size += len(record)
            if size >= _PIECE or last == len(records):
                some = Group(table, keys[first:last], b"".join(records[first:last]))
                pieces.append(_piece([some]))
                first, size = last, 0
        return _Made(changes, pieces, None)

    def _changes(self, text: bytes) -> list[Change]:
        changes: list[Change] = []
        new = tuple.__new__
        for group in _decode(zlib.decompress(text)):
            table, keys = group.table, group.keys
            records = self._codec.decode_all(table, len(keys), group.records)
            changes += [
                new(Change, (table, key, record)) for key, record in zip(keys, records, strict=True)
            ]
        return changes


def split(digests: bytes) -> list[bytes]:
    """The digests that lie one behind the other."""
    return [digests[at : at + DIGEST] for at in range(0, len(digests), DIGEST)]


def overlaid(first: list[Change], later: list[Change]) -> list[Change]:
    """Records, and those that took their places or emptied them."""
    if not later:
        return [*first]
    changed: set[tuple[str, Key]] = {(table, key) for table, key, _ in later}
    return [
        *(change for change in first if (change.table, change.key) not in changed),
        *(change for change in later if change.record is not None),
    ]


def _portions(groups: list[Group]) -> Iterator[list[Group]]:
    """Groups that are a piece together."""
    some: list[Group] = []
    size = 0
    for group in groups:
        some.append(group)
        size += len(group.records)
        if size >= _PIECE:
            yield some
            some, size = [], 0
    if some:
        yield some


def _piece(groups: list[Group]) -> Piece:
    text = _encode(groups)
    # Records are alike: the quickest pressing makes a sixth of them.
    digest = blake2b(text, digest_size=DIGEST // 2).hexdigest()
    return Piece(digest.encode(), zlib.compress(text, 1))
