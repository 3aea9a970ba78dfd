"""The records with which a workspace begins, in pieces that others share.

A piece is named by its digest, so that workspaces which begin with the same records have them only
once on each shelf. It never changes; what changed since lies beside it.
"""

from __future__ import annotations

import asyncio
import zlib
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from hashlib import blake2b

import msgspec

from simulator.core.tables import Change, Key
from simulator.engine.backends.codec import Codec

DIGEST = 32
"""Letters of the name of a piece."""
_PIECE = 1024 * 1024
"""Bytes of records in a piece."""
_MANY = 2000
"""Records that are not made into pieces, or out of them, while others wait."""
_REMEMBERED = 4


class Group(msgspec.Struct, frozen=True, array_like=True):
    """The records of a table in a piece: their keys, and their bytes one behind the other."""

    table: str
    keys: list[int | str]
    records: bytes


class Piece(msgspec.Struct, frozen=True):
    """The name of a piece, and its compressed bytes."""

    digest: bytes
    text: bytes


Groups = dict[str, tuple[list[Key], list[bytes]]]

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[Group]).decode


class Pieces:
    """Makes records into pieces and back, and remembers the latest worlds that were not large."""

    def __init__(self, codec: Codec) -> None:
        self._codec = codec
        self._made: list[tuple[list[Change], list[Piece]]] = []
        self._read: OrderedDict[bytes, list[Change]] = OrderedDict()

    async def of(self, changes: Sequence[Change]) -> list[Piece]:
        """The pieces of all records of a workspace."""
        if len(changes) > _MANY:
            return await asyncio.to_thread(lambda: [*self._pieces(changes)])
        whole = [*changes]
        for known, pieces in self._made:
            # Quick where they are the same records, as those of a default world are.
            if known == whole:
                return pieces
        made = [*self._pieces(whole)]
        self._made = [(whole, made), *self._made[: _REMEMBERED - 1]]
        return made

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

    def _pieces(self, changes: Sequence[Change]) -> Iterator[Piece]:
        groups: Groups = {}
        size = 0
        for table, key, record in changes:
            if record is None:
                continue
            if size >= _PIECE:
                yield _piece(groups)
                groups, size = {}, 0
            if table not in groups:
                groups[table] = [], []
            keys, records = groups[table]
            text = self._codec.encode(record)
            keys.append(key)
            records.append(text)
            size += len(text)
        if groups:
            yield _piece(groups)

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


def _piece(groups: Groups) -> Piece:
    text = _encode([Group(table, keys, b"".join(r)) for table, (keys, r) in groups.items()])
    # Records are alike: the quickest pressing makes a sixth of them.
    digest = blake2b(text, digest_size=DIGEST // 2).hexdigest()
    return Piece(digest.encode(), zlib.compress(text, 1))
