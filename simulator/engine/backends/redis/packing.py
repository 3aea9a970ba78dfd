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
    codec: Codec,
    shelf: str,
    commit: Commit,
    changes: Iterable[Change],
    pieces: Sequence[bytes] | None,
    known: str,
) -> list[Word]:
    """A commit for `commit.lua`: its `changes`, and where it is whole the digests of the pieces on
    top of which they come. `known` is the token by which the version is known that it builds on, or
    empty."""
    last: dict[str, bytes | None] = {}
    encode = codec.encode
    for table, key, record in changes:
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
    tables: dict[bytes, tuple[list[bytes], list[bytes]]] = {}
    gone: list[Change] = []
    for field, text in zip(fields, records, strict=True):
        place, _, name = field.partition(b"\0")
        if not text:
            gone.append(Change(place.decode(), _key(name), None))
            continue
        try:
            names, texts = tables[place]
        except KeyError:
            names, texts = tables[place] = [], []
        names.append(name)
        texts.append(text)
    # What a `NamedTuple` is called with goes through a function of Python's first.
    new = tuple.__new__
    told: list[Change] = []
    for place, (names, texts) in tables.items():
        table = place.decode()
        # A hundred records at once take less than half as long as one by one.
        found = codec.decode_all(table, len(names), b"".join(texts))
        try:
            keys: list[Key] = [*map(int, names)]
        except ValueError:
            keys = [*map(_key, names)]
        told += [new(Change, (table, key, record)) for key, record in zip(keys, found, strict=True)]
    return told + gone


def _key(name: bytes) -> Key:
    return int(name) if name[0] != MARK[0] else name[1:].decode()
