"""Many values in one row of an answer: what is asked for row by row waits at each."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import msgspec

_lengths = msgspec.json.Decoder(list[int])


def lengths(connection: sqlite3.Connection, first: int, last: int) -> list[int]:
    """The lengths of the entries with these ids and those between, in their order."""
    (found,) = connection.execute(
        "SELECT json_group_array(size) FROM"
        " (SELECT length(entry) AS size FROM entries WHERE id BETWEEN ? AND ? ORDER BY id)",
        (first, last),
    ).fetchone()
    return _lengths.decode(found)


def entries(connection: sqlite3.Connection, first: int, last: int) -> list[tuple[int, bytes]]:
    """The entries with these ids and those between: id and entry of each, in their order."""
    ids, sizes, joined = connection.execute(
        "SELECT json_group_array(id), json_group_array(length(entry)),"
        " CAST(group_concat(entry, '') AS BLOB) FROM"
        " (SELECT id, entry FROM entries WHERE id BETWEEN ? AND ? ORDER BY id)",
        (first, last),
    ).fetchone()
    if joined is None:
        return [(each, b"") for each in _lengths.decode(ids)]
    return list(zip(_lengths.decode(ids), parts(joined, _lengths.decode(sizes)), strict=True))


def parts(joined: bytes, sizes: Sequence[int]) -> list[bytes]:
    """What was joined, apart again."""
    if len(joined) != sum(sizes):
        raise sqlite3.DatabaseError("what was joined is not as long as its parts")
    found, start = [], 0
    for size in sizes:
        found.append(joined[start : start + size])
        start += size
    return found


def oldest_within(sizes: Sequence[int], most: int) -> int:
    """The place of the oldest of those that have `most` bytes together, counted from the newest."""
    place = len(sizes)
    while place and sizes[place - 1] <= most:
        most -= sizes[place - 1]
        place -= 1
    return place
