"""The records of a workspace, as they are kept."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache, partial
from itertools import islice
from typing import Any, NamedTuple

import msgspec

from simulator.control import problems
from simulator.control.desk import Desk, page
from simulator.control.problems import Fault
from simulator.core import reading
from simulator.core.answers import Answer
from simulator.core.tables import Key, State, Table, Values
from simulator.core.words import text_of
from simulator.engine.copies import views

_MOST_DIGITS = 30


def list_tables(desk: Desk, workspace: str) -> Answer:
    """The tables of the workspace and how many records each has."""
    tables = desk.workspace(workspace).state.tables
    items = []
    for name, table in tables.items():
        carrier, _, short = name.partition(".")
        attributes = list(table.spec.record.__struct_fields__)
        items.append(
            {"carrier": carrier, "table": short, "records": len(table), "attributes": attributes}
        )
    return Answer(body=page(items))


async def list_records(
    desk: Desk,
    workspace: str,
    carrier: str,
    table: str,
    where: list[str],
    limit: int,
    after: str | None,
) -> Answer:
    """The records of one table by key, those that have all the attributes asked for."""
    world = desk.workspace(workspace)
    tables = world.state.tables
    name = f"{carrier}.{table}"
    if name not in tables:
        raise problems.not_found("table", name, tables)
    wanted = [_condition(tables[name], text) for text in where]
    behind = _behind(tables[name], after)

    def ask(state: State) -> _Found:
        return _found(state.tables[name], wanted, behind, limit)

    found = await views.look(world, ask)
    following = found.records[-1] if found.total > limit else None
    key = tables[name].spec.key
    return Answer(
        body=page(
            [msgspec.to_builtins(record, enc_hook=text_of) for record in found.records],
            total=found.total,
            next=None if following is None else str(getattr(following, key)),
        )
    )


class _Found(NamedTuple):
    """The first records, and how many there are of them all."""

    records: list[msgspec.Struct]
    total: int


def _found(
    table: Table[Any], wanted: list[tuple[str, str]], behind: Key | None, limit: int
) -> _Found:
    if not wanted:
        total = len(table) if behind is None else table.count_after(behind)
        return _Found([*islice(table.after(behind), limit)], total)
    buckets = [_having(table, name, text) for name, text in wanted]
    keys = min(buckets, key=len)
    if behind is not None:
        keys = keys[bisect_right(keys, behind) :]
    if len(wanted) == 1:
        return _Found(table.existing(keys[:limit]), len(keys))
    passing = [
        row
        for row in table.existing(keys)
        if all(text in _said(row, name) for name, text in wanted)
    ]
    return _Found(passing[:limit], len(passing))


def _having(table: Table[Any], name: str, text: str) -> Sequence[Key]:
    """The keys of the records whose attribute reads like this, in their order."""
    return table.follower(_by(name)).having(text)


@cache
def _by(attribute: str) -> Values[Any]:
    """Records by what an attribute reads."""
    return Values(partial(_said, name=attribute))


def _behind(table: Table[Any], after: str | None) -> Key | None:
    """The key behind which a page begins; None for the beginning."""
    first = next(iter(table.after()), None)
    if after is None or first is None or not isinstance(getattr(first, table.spec.key), int):
        return after
    number = reading.whole(after, digits=_MOST_DIGITS)
    if number is None:
        raise problems.invalid(Fault("query.after", f'"{after}" is not a key of this table'))
    return number


def _condition(table: Table[Any], text: str) -> tuple[str, str]:
    name, colon, value = text.partition(":")
    attributes = table.spec.record.__struct_fields__
    if not colon:
        raise problems.invalid(Fault("query.where", f'"{text}" must read attribute:value'))
    if name not in attributes:
        hint = problems.did_you_mean(name, attributes)
        raise problems.invalid(
            Fault("query.where", f'"{name}" is none of {", ".join(attributes)}.{hint}')
        )
    return name, value


def _said(record: msgspec.Struct, name: str) -> tuple[str, ...]:
    """What an attribute reads, as texts are and as JSON has the others; nothing for one that has
    parts."""
    plain = getattr(record, name)
    actual = plain if isinstance(plain, str) else msgspec.to_builtins(plain, enc_hook=text_of)
    if isinstance(actual, str):
        return (actual,)
    if isinstance(actual, dict | list | tuple):
        return ()
    return (msgspec.json.encode(actual).decode(),)
