"""The records of a workspace, as they are kept."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

import msgspec

from simulator.control import problems
from simulator.control.desk import Desk, page
from simulator.control.problems import Fault
from simulator.core import reading
from simulator.core.answers import Answer
from simulator.core.tables import Key, Table

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


def list_records(
    desk: Desk,
    workspace: str,
    carrier: str,
    table: str,
    where: list[str],
    limit: int,
    after: str | None,
) -> Answer:
    """The records of one table by key, those that have all the attributes asked for."""
    tables = desk.workspace(workspace).state.tables
    chosen = tables.get(f"{carrier}.{table}")
    if chosen is None:
        raise problems.not_found("table", f"{carrier}.{table}", tables)
    wanted = [_condition(chosen, text) for text in where]
    behind = _behind(chosen, after)
    if wanted:
        passing = _passing(chosen, behind, wanted)
        total, shown = len(passing), passing[:limit]
    else:
        total = len(chosen) if behind is None else chosen.count_after(behind)
        shown = [*islice(chosen.after(behind), limit)]
    following = getattr(shown[-1], chosen.spec.key) if total > limit else None
    return Answer(
        body=page(
            [msgspec.to_builtins(record) for record in shown],
            total=total,
            next=None if following is None else str(following),
        )
    )


def _behind(table: Table[Any], after: str | None) -> Key | None:
    """The key behind which a page begins; None for the beginning."""
    first = next(iter(table.after()), None)
    if after is None or first is None or not isinstance(getattr(first, table.spec.key), int):
        return after
    number = reading.whole(after, digits=_MOST_DIGITS)
    if number is None:
        raise problems.invalid(Fault("query.after", f'"{after}" is not a key of this table'))
    return number


def _passing(
    table: Table[Any], behind: Key | None, wanted: list[tuple[str, str]]
) -> list[msgspec.Struct]:
    """The records that have all these attributes, by an index where one of them has it."""
    for name, text in wanted:
        if name in table.spec.indexes:
            values = (text, reading.whole(text, digits=_MOST_DIGITS))
            rows: Iterable[Any] = [row for each in values for row in table.where(name, each)]
            break
    else:
        rows = table.after(behind)
    key = table.spec.key
    return [
        row
        for row in rows
        if (behind is None or getattr(row, key) > behind)
        and all(_says(row, name, text) for name, text in wanted)
    ]


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


def _says(record: msgspec.Struct, name: str, value: str) -> bool:
    plain = getattr(record, name)
    if isinstance(plain, str):
        return plain == value
    actual = msgspec.to_builtins(plain)
    if isinstance(actual, str):
        return actual == value
    if isinstance(actual, dict | list | tuple):
        return False
    return msgspec.json.encode(actual).decode() == value
