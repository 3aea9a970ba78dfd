"""Which credentials an exchange carried: what is shown of it has marks in their place."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import msgspec

from simulator.control.desk import Desk
from simulator.core.formats import nesting
from simulator.core.secrets import Veil
from simulator.engine.journal import Entry
from simulator.engine.workspace import Workspace


def own(workspace: Workspace, desk: Desk) -> Collection[str]:
    """The credentials that were made up for the simulator: they may be shown."""
    carriers = desk.carriers.values()
    return {
        *(key for carrier in carriers for key, _ in carrier.credentials_help),
        *(key for carrier in carriers for key in carrier.keys(workspace.state)),
    } - {desk.options.token}


def of(entry: Entry, known: Collection[str]) -> Veil:
    """What hides the credentials of an exchange; `known` are our own."""
    return of_all([entry], known)


def of_all(entries: Iterable[Entry], known: Collection[str]) -> Veil:
    """What hides the credentials of several exchanges."""
    veil = Veil(known)
    for entry in entries:
        for name, value in (*entry.request_headers, *entry.response_headers):
            veil.header(name.decode("latin-1").lower(), value.decode("latin-1"))
        veil.query(entry.query)
        veil.path(entry.path)
    return veil


def shown(media: str, body: bytes, veil: Veil) -> tuple[str, Any]:
    """How a body is shown, and what it says: JSON where it is some, else text, else base64."""
    if not body:
        return "none", None
    if media.endswith("json") or body[:1] in b"{[":
        try:
            return "json", veil.plain(nesting.read(body))
        except (msgspec.DecodeError, UnicodeDecodeError):
            pass
    try:
        return "text", veil.unread(body.decode())
    except UnicodeDecodeError:
        read = body.decode("latin-1")
        masked = veil.unread(read)
        return ("base64", msgspec.to_builtins(body)) if masked == read else ("text", masked)
