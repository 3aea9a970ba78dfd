"""The journal of a workspace: what was asked, what was answered, and why."""

from __future__ import annotations

import fnmatch
from collections.abc import Callable
from functools import partial
from typing import Any

from simulator.control import problems
from simulator.control.desk import Desk, page
from simulator.control.journal import explanation, veils
from simulator.control.problems import Fault
from simulator.core import reading
from simulator.core.answers import Answer
from simulator.core.clock import BadTime, parse_instant
from simulator.core.secrets import Veil
from simulator.engine.copies.beside import Beside
from simulator.engine.journal import Entry
from simulator.engine.workspace import Workspace
from simulator.http.bodies import media_type
from simulator.http.responses import HeaderList

_READING = Beside("journal")
"""Reads what a journal keeps, which may be megabytes of bodies."""

Test = Callable[[Entry], bool]


async def list_journal(
    desk: Desk,
    workspace: str,
    carrier: str | None,
    operation: str | None,
    method: str | None,
    path: str | None,
    status: str | None,
    since: str | None,
    unmatched: bool | None,
    unread: bool | None,
    order: str,
    limit: int,
) -> Answer:
    """The newest exchanges that pass all filters, newest first unless asked otherwise. 422 for a
    carrier or an operation that does not exist."""
    _check(desk, carrier, operation)
    world = desk.journalled(workspace)
    tests: list[Test] = []
    for name, wanted in (("carrier", carrier), ("operation", operation), ("unmatched", unmatched)):
        if wanted is not None:
            tests.append(partial(_has, name, wanted))
    if method is not None:
        tests.append(lambda entry: entry.method == method.upper())
    if path is not None:
        tests.append(lambda entry: fnmatch.fnmatchcase(entry.path, path))
    if status is not None:
        tests.append(lambda entry: _has_status(entry.status, status))
    begun = _whole_journal if since is None else _since(world, since)
    if unread is not None:
        # The last one, since it has to look into what the others let pass.
        tests.append(lambda entry: bool(explanation.unread_of(entry, desk)) == unread)
    own, kept, recorded = veils.own(world, desk), [*world.journal], world.journal.recorded

    def listed() -> tuple[int, list[dict[str, Any]]]:
        found = [entry for entry in begun(kept) if all(test(entry) for test in tests)]
        shown = found[-limit:]
        if order == "newest":
            shown.reverse()
        return len(found), [summary(entry, desk, veils.of(entry, own)) for entry in shown]

    # Entries never change, so that a thread can look at them.
    total, items = await _READING.do(listed)
    return Answer(body=page(items, total=total, kept=len(kept), recorded=recorded))


def _check(desk: Desk, carrier: str | None, operation: str | None) -> None:
    known = (
        ("carrier", carrier, "a carrier", desk.carriers),
        ("operation", operation, "an operation of a carrier", desk.vocabulary.operations),
    )
    faults = [
        Fault(f"query.{name}", f'"{word:.80}" is not {what}.{problems.did_you_mean(word, names)}')
        for name, word, what, names in known
        if word is not None and word not in names
    ]
    if faults:
        raise problems.invalid(*faults)


async def get_entry(desk: Desk, workspace: str, entry_id: str, quirks: str = "telling") -> Answer:
    """One exchange whole, with its explanation."""
    world = desk.journalled(workspace)
    entry = world.journal.find(entry_id)
    if entry is None:
        raise problems.not_found("journal entry", entry_id)
    veil = veils.of(entry, veils.own(world, desk))
    return Answer(
        body=await _READING.do(partial(_whole, entry, world, desk, veil, quirks == "all"))
    )


def _whole(
    entry: Entry, workspace: Workspace, desk: Desk, veil: Veil, all_quirks: bool
) -> dict[str, Any]:
    return {
        **summary(entry, desk, veil),
        "request": _message(entry.request_headers, entry.request_body, entry.request_size, veil),
        "response": _message(
            entry.response_headers, entry.response_body, entry.response_size, veil
        ),
        **explanation.explain(entry, workspace, desk, veil, all_quirks=all_quirks),
    }


async def clear_journal(desk: Desk, workspace: str) -> Answer:
    """Forget every exchange; ids go on counting."""
    world = desk.workspace(workspace)
    if desk.hub.keeping is not None:
        await desk.hub.keeping.clear_journal(world)
    return Answer(body={"forgotten": world.journal.clear()})


def summary(entry: Entry, desk: Desk, veil: Veil) -> dict[str, Any]:
    """An exchange on one line; `veil` hides its credentials."""
    return {
        "id": entry.id,
        "at": entry.at,
        "carrier": entry.carrier,
        "operation": entry.operation,
        "method": entry.method,
        "path": veil.path(entry.path),
        "query": veil.query(entry.query),
        "status": entry.status,
        "outcome": entry.why.outcome,
        "unmatched": entry.unmatched,
        "unread_count": len(explanation.unread_of(entry, desk)),
        "heard": entry.heard,
        "milliseconds": entry.microseconds / 1000,
        "error": None if entry.error is None else veil.text(entry.error),
    }


def _has(name: str, wanted: object, entry: Entry) -> bool:
    return bool(getattr(entry, name) == wanted)


def _has_status(status: int, wanted: str) -> bool:
    return str(status) == wanted or (wanted.endswith("xx") and str(status)[0] == wanted[0])


def _whole_journal(kept: list[Entry]) -> list[Entry]:
    return kept


def _since(workspace: Workspace, since: str) -> Callable[[list[Entry]], list[Entry]]:
    """What cuts the beginning off a journal: up to an instant, or with the entry of that id."""
    head, _, number = since.rpartition("-")
    last = reading.whole(number)
    if head == workspace.name and last is not None:
        return partial(_behind, f"{head}-{last:06d}", last)
    try:
        # An unescaped "+" of an offset arrives as a space.
        instant = parse_instant(since.replace(" ", "+"))
    except BadTime as error:
        message = f"{error}; or give the id of an entry ({workspace.name}-000001)"
        raise problems.invalid(Fault("query.since", message)) from None
    return lambda kept: [entry for entry in kept if entry.at >= instant]


def _behind(entry_id: str, number: int, kept: list[Entry]) -> list[Entry]:
    """The entries behind the one of that id, whose numbers do not grow where several processes
    answer; those of higher numbers where it is not kept any more."""
    for place in range(len(kept) - 1, -1, -1):
        if kept[place].id == entry_id:
            return kept[place + 1 :]
    return [entry for entry in kept if int(entry.id.rpartition("-")[2]) > number]


def _message(headers: HeaderList, body: bytes, size: int | None, veil: Veil) -> dict[str, Any]:
    """A message; `size` is the length of a body that is not kept whole."""
    named: dict[str, str] = {}
    for raw_name, raw_value in headers:
        name = raw_name.decode("latin-1").lower()
        value = veil.header(name, raw_value.decode("latin-1"))
        named[name] = f"{named[name]}, {value}" if name in named else value
    media = media_type(named.get("content-type"))
    encoding, shown = veils.shown(media, body, veil)
    return {
        "headers": named,
        "bytes": len(body) if size is None else size,
        "truncated": size is not None,
        "encoding": encoding,
        "body": shown,
    }
