"""The records of a workspace, as they are kept."""

from __future__ import annotations

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
    keys = sorted(_keys_after(chosen, after))
    found = [
        record
        for record in (chosen[key] for key in keys)
        if all(_says(record, name, value) for name, value in wanted)
    ]
    shown = found[:limit]
    following = getattr(shown[-1], chosen.spec.key) if len(found) > limit else None
    return Answer(
        body=page(
            [msgspec.to_builtins(record) for record in shown],
            total=len(found),
            next=None if following is None else str(following),
        )
    )


def _keys_after(table: Table[Any], after: str | None) -> list[Key]:
    keys: list[Key] = [getattr(record, table.spec.key) for record in table]
    if after is None or not keys:
        return keys
    if not isinstance(keys[0], int):
        return [key for key in keys if str(key) > after]
    number = reading.whole(after, digits=_MOST_DIGITS)
    if number is None:
        raise problems.invalid(Fault("query.after", f'"{after}" is not a key of this table'))
    return [key for key in keys if int(key) > number]


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
    actual = msgspec.to_builtins(getattr(record, name))
    if isinstance(actual, str):
        return actual == value
    if isinstance(actual, dict | list | tuple):
        return False
    return msgspec.json.encode(actual).decode() == value
