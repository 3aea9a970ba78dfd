"""A workspace's state out of the document that `taking` gives, whoever wrote it.

The document is read, decoded and checked record by record as it arrives, into a state beside the
one in use: until all of it was found good, nothing is replaced.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import msgspec

from simulator.core.faults import did_you_mean
from simulator.core.tables import TableSpec
from simulator.core.words import utf8_of
from simulator.engine.backends.rows import Rows
from simulator.engine.copies.building import Building
from simulator.engine.hub import Hub
from simulator.engine.records import FRAME
from simulator.engine.snapshots import record_checks, world_checks
from simulator.engine.snapshots.document import Document, Unreadable
from simulator.engine.snapshots.record_checks import BadSnapshot, told
from simulator.engine.snapshots.taking import FORMAT

_MEMBERS = ("format", "workspace", "tables")


async def read(hub: Hub, chunks: AsyncIterator[bytes]) -> Building:
    """The state that a snapshot holds, with what the backend will keep of it.

    Raises `BadSnapshot` with the place that is wrong, `Unreadable` for what is no JSON, `Oversized`
    for a value beyond the bounds, and what `chunks` raises.
    """
    building = Building(hub.table_specs, Rows())
    document = Document(chunks, building.pace)
    first = await document.next()
    if not first:
        raise Unreadable("the body is missing")
    if first != b"{":
        await _pass(document)
        raise BadSnapshot(
            "body", f"this is not a snapshot: it is an object with {', '.join(_MEMBERS)}"
        )
    given = set()
    async for name in _members(document, "body"):
        given.add(name)
        if name == "tables":
            await _read_tables(hub, document, building)
        else:
            _check_member(name, _decoded(await document.value(), document, f"body.{name}"))
    if await document.next():
        raise Unreadable(f"the body is not JSON: there is more after it, at byte {document.offset}")
    _check_given(given)
    building.settle()
    await world_checks.check(hub, building)
    frame = building.state[FRAME]["frame"]
    building.add(FRAME, msgspec.structs.replace(frame, clock=frame.clock.resumed()))
    building.settle()
    return building


async def _members(document: Document, place: str) -> AsyncIterator[str]:
    """The names of an object's members; the value of each is for the caller to take."""
    await document.take(b"{")
    seen: set[str] = set()
    if await document.next() == b"}":
        await document.take(b"}")
        return
    while True:
        if await document.next() != b'"':
            await document.take(b'"')
        name = _decoded(await document.value(), document, place)
        if name in seen:
            raise BadSnapshot(f"{place}.{name}", "stands more than once")
        seen.add(name)
        await document.take(b":")
        yield name
        if await document.take(b",}") == b"}":
            return


async def _read_tables(hub: Hub, document: Document, building: Building) -> None:
    if await document.next() != b"{":
        await _pass(document)
        raise BadSnapshot("body.tables", "must be an object with the records of each table")
    specs: dict[str, TableSpec[Any]] = {spec.name: spec for spec in hub.table_specs}
    async for name in _members(document, "body.tables"):
        if name not in specs:
            raise BadSnapshot(
                f"body.tables.{name:.100}",
                f"there is no such table; there are {', '.join(sorted(specs))}."
                f"{did_you_mean(name, specs) if len(name) < 100 else ''}",
            )
        await _read_table(specs[name], document, building)


async def _read_table(spec: TableSpec[Any], document: Document, building: Building) -> None:
    if await document.next() != b"[":
        await _pass(document)
        raise BadSnapshot(f"body.tables.{spec.name}", "must be a list of records")
    await document.take(b"[")
    if await document.next() == b"]":
        await document.take(b"]")
        return
    decoder = msgspec.json.Decoder(spec.record, dec_hook=utf8_of)
    table = building.state[spec]
    separator, number = b",", 0
    while separator == b",":
        place = f"body.tables.{spec.name}.{number}"
        text = await document.value()
        record = _record(decoder, text, document, place)
        key = getattr(record, spec.key)
        if key in table:
            raise BadSnapshot(place, f"there is a record with the {spec.key} {key!r:.100} already")
        await record_checks.check(spec, record, text, place, building.pace)
        building.add(spec, record)
        await building.rest()
        separator = await document.take(b",]")
        number += 1


def _record(decoder: msgspec.json.Decoder[Any], text: bytes, document: Document, place: str) -> Any:
    try:
        return decoder.decode(text)
    except msgspec.ValidationError as error:
        path, said = told(error)
        raise BadSnapshot(place + path, said) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _no_json(error, document, place) from None


def _decoded(text: bytes, document: Document, place: str) -> Any:
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _no_json(error, document, place) from None


def _no_json(error: Exception, document: Document, place: str) -> Unreadable:
    reason = str(error).removeprefix("JSON is malformed: ")
    return Unreadable(f"{place}, which ends at byte {document.offset}, is not JSON: {reason}")


async def _pass(document: Document) -> None:
    """Pass a value that is not what is wanted, so that one that is no JSON is told as such."""
    _decoded(await document.value(), document, "the body")


def _check_member(name: str, value: Any) -> None:
    if name == "format" and value != FORMAT:
        raise BadSnapshot("body.format", f'must be "{FORMAT}"')
    if name == "workspace" and not isinstance(value, str):
        raise BadSnapshot("body.workspace", "must be a text: the workspace of which it was taken")
    if name not in _MEMBERS:
        hint = did_you_mean(name, _MEMBERS) if len(name) < 100 else ""
        raise BadSnapshot(f"body.{name:.100}", f"is not a member of a snapshot.{hint}")


def _check_given(given: set[str]) -> None:
    for name in ("format", "tables"):
        if name not in given:
            wanted = f'"{FORMAT}"' if name == "format" else "the records of each table"
            raise BadSnapshot(f"body.{name}", f"is missing: a snapshot has {wanted} there")
