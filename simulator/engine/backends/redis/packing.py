"""What scripts are handed, and what they give."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from simulator.core.tables import Change, Key
from simulator.engine.backends.codec import Codec
from simulator.engine.backends.redis.shelves import MARK, field_of
from simulator.engine.backends.store import Commit, Kept

Word = str | bytes

pack = msgspec.msgpack.Encoder().encode
_logs_of = msgspec.msgpack.Decoder(dict[str, tuple[int, int]]).decode


def words_of(
    codec: Codec, shelf: str, commit: Commit, pieces: Sequence[bytes] | None, known: str
) -> list[Word]:
    """A commit for `commit.lua`: its changes, or the digests of the pieces that it is made of.
    `known` is the token by which the version is known that it builds on, or empty."""
    last: dict[str, bytes | None] = {}
    if pieces is None:
        encode = codec.encode
        for table, key, record in commit.changes:
            last[field_of(table, key)] = None if record is None else encode(record)
    puts: list[Word] = []
    gone: list[str] = []
    for field, text in last.items():
        if text is None:
            gone.append(field)
        else:
            puts += (field, text)
    logs: list[str | int] = []
    for log, entries in commit.logs.items():
        if entries:
            logs += (log, len(entries))
    head = pack(
        (
            shelf,
            commit.workspace,
            commit.token,
            commit.expected,
            pieces is not None,
            False if commit.due is None else commit.due,
            len(puts),
            gone,
            len(last),
            logs,
            known,
        )
    )
    words = [head, pack([*last]) if pieces is None else b"".join(pieces), *puts]
    for entries in commit.logs.values():
        words += entries
    return words


def kept(answer: Sequence[Any]) -> Kept:
    """How far a workspace is, by the first three values of an answer."""
    logs = answer[2]
    ends = {log: end for log, (end, _) in _logs_of(logs).items()} if logs else {}
    return Kept(answer[0], answer[1], ends)


def changes(codec: Codec, fields: Iterable[bytes], records: Iterable[bytes | None]) -> list[Change]:
    """Fields and their records, in the same order, as changes in no order; without bytes a record
    is gone."""
    # What a `NamedTuple` is called with goes through a function of Python's first.
    new = tuple.__new__
    told: list[Change] = []
    tables: dict[bytes, tuple[list[Key], list[bytes], list[Key]]] = {}
    for field, text in zip(fields, records, strict=True):
        place, _, name = field.partition(b"\0")
        key = int(name) if name[0] != MARK[0] else name[1:].decode()
        try:
            keys, texts, gone = tables[place]
        except KeyError:
            keys, texts, gone = tables[place] = [], [], []
        if text:
            keys.append(key)
            texts.append(text)
        else:
            gone.append(key)
    for place, (keys, texts, gone) in tables.items():
        table = place.decode()
        if keys:
            # A hundred records at once take less than half as long as one by one.
            found = codec.decode_all(table, len(keys), b"".join(texts))
            told += [
                new(Change, (table, key, record)) for key, record in zip(keys, found, strict=True)
            ]
        told += [new(Change, (table, key, None)) for key in gone]
    return told
