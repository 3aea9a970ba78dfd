"""Records with which many workspaces begin, kept once.

A new workspace has the default world, most of whose tables are the same as in all others. Such a
table is a block, which is known by a digest of its bytes; a workspace holds blocks, and what
changes later is a row of its own.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from hashlib import blake2b

import msgspec

from simulator.core.tables import Change, Key
from simulator.engine.backends.codec import Codec

SMALLEST, LARGEST = 1024, 2 * 1024 * 1024
"""Bytes of the records of a table that may be a block; others are rows of the workspace."""
_REMEMBERED = 256

_keys = msgspec.json.Decoder(list[int | str])
_encode = msgspec.json.encode


class Blocks:
    """The blocks of a file, for its writer."""

    def __init__(self, connection: sqlite3.Connection, codec: Codec) -> None:
        self._connection = connection
        self._codec = codec
        self._ids: dict[bytes, int] = {}
        self._block_keys: dict[int, frozenset[Key]] = {}
        self._held: dict[int, dict[int, int]] = {}
        self._same: dict[tuple[int, ...], tuple[list[Change], bytes]] = {}

    def forget(self) -> None:
        """Nothing is known of the file; what records look like as bytes still is."""
        self._ids.clear()
        self._block_keys.clear()
        self._held.clear()

    def keep(self, table: int, changes: Sequence[Change]) -> int | None:
        """The id of the block with these records of a table, which is made where there is none;
        None when there is not to be one."""
        identity = (table, *(id(record) for _, _, record in changes))
        same = self._same.get(identity)
        if same is not None:
            block = self._find(same[1])
            if block is not None:
                return block
        keys = _encode([key for _, key, _ in changes])
        encode = self._codec.encode
        records = b"".join([encode(record) for _, _, record in changes if record is not None])
        if not SMALLEST <= len(records) <= LARGEST:
            return None
        digest = blake2b(b"%d %d " % (table, len(keys)) + keys + records, digest_size=20).digest()
        block = self._find(digest)
        if block is not None:
            # The records are held so that no others can be where they are.
            if len(self._same) >= _REMEMBERED:
                self._same.pop(next(iter(self._same)))
            self._same[identity] = list(changes), digest
            return block
        made = self._connection.execute(
            "INSERT INTO blocks (digest, tbl, keys, records) VALUES (?, ?, ?, ?)",
            (digest, table, keys.decode(), records),
        ).lastrowid
        assert made is not None
        self._ids[digest] = made
        return made

    def _find(self, digest: bytes) -> int | None:
        block = self._ids.get(digest)
        if block is None:
            row = self._connection.execute(
                "SELECT id FROM blocks WHERE digest = ?", (digest,)
            ).fetchone()
            if row is None:
                return None
            block = self._ids[digest] = row[0]
        return block

    def hold(self, life: int, blocks: Sequence[int]) -> None:
        """Let a life begin with blocks."""
        self._connection.execute(
            "INSERT INTO holds SELECT ?, value FROM json_each(?)", (life, _encode(blocks).decode())
        )

    def has(self, life: int, table: int, key: Key) -> bool:
        """Whether a record is among those with which a life began."""
        held = self._held.get(life)
        if held is None:
            if len(self._held) >= _REMEMBERED:
                self._held.clear()
            held = self._held[life] = dict(
                self._connection.execute(
                    "SELECT tbl, id FROM holds JOIN blocks ON id = block WHERE life = ?", (life,)
                ).fetchall()
            )
        block = held.get(table)
        return block is not None and key in self._keys_of(block)

    def _keys_of(self, block: int) -> frozenset[Key]:
        keys = self._block_keys.get(block)
        if keys is None:
            if len(self._block_keys) >= _REMEMBERED:
                self._block_keys.clear()
            (text,) = self._connection.execute(
                "SELECT keys FROM blocks WHERE id = ?", (block,)
            ).fetchone()
            keys = self._block_keys[block] = frozenset(_keys.decode(text))
        return keys

    def release(self, life: int) -> None:
        """Let go of what a life holds, and of the blocks that nobody holds any more."""
        execute = self._connection.execute
        held = execute("SELECT block FROM holds WHERE life = ?", (life,)).fetchall()
        if not held:
            return
        execute("DELETE FROM holds WHERE life = ?", (life,))
        gone = execute(
            "DELETE FROM blocks WHERE id IN (SELECT value FROM json_each(?))"
            " AND NOT EXISTS (SELECT 1 FROM holds WHERE block = blocks.id) RETURNING digest",
            (_encode([block for (block,) in held]).decode(),),
        ).fetchall()
        self._held.pop(life, None)
        if gone:
            self._ids.clear()
            self._block_keys.clear()
