"""Journals whose entries went through bytes, as those have that a store keeps.

Within `kept_as_bytes` all servers of this process have such journals. Each entry that comes is told
as it was, and again after it became bytes and came back: where these differ, the request fails and
so does whoever looks at what was `Compared`. With ``JOURNAL_AS_BYTES=1`` in the environment all
tests run so.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

import msgspec
import pytest

import simulator.control.app as control_app
from simulator.control.desk import Desk
from simulator.control.journal import entries, veils, verify
from simulator.core.answers import Refusal
from simulator.engine.hub import Hub
from simulator.engine.journal import Entry, Heard, Journal
from simulator.engine.journal.codec import Amendment, decode, encode, encode_amendment
from simulator.engine.workspace import Workspace
from simulator.scenarios.verify import Exchange
from simulator.scenarios.verify.duplicates import exchanges_by_what_they_made

WANTED = os.environ.get("JOURNAL_AS_BYTES", "0") not in ("", "0")
"""Whether all tests run with such journals."""


class Compared:
    """How many entries were compared, and what was told of those that did not come back alike."""

    def __init__(self) -> None:
        self.entries = 0
        self.unlike: list[tuple[Any, Any]] = []
        self.desks: WeakKeyDictionary[Hub, Desk] = WeakKeyDictionary()

    def compare(self, hub: Hub, workspace: str, entry: Entry, came_back: Entry) -> None:
        """Compare what is told of an entry and of what it came back as."""
        desk = self.desks.get(hub)
        if desk is None or entry.carrier not in desk.carriers:
            return  # nobody can read that journal
        try:
            world = desk.journalled(workspace)
        except Refusal:
            return  # it was deleted while the answer was kept back
        was, became = told(entry, world, desk), told(came_back, world, desk)
        self.entries += 1
        if was != became:
            self.unlike.append((was, became))
            raise AssertionError(f"an entry does not come back from bytes: {was} -> {became}")


def told(entry: Entry, workspace: Workspace, desk: Desk) -> tuple[Any, ...]:
    """All that anybody is told of an entry, or can be judged by."""
    veil = veils.of(entry, veils.own(workspace, desk))
    whole = [
        entries._whole(entry, workspace, desk, veil, all_quirks) for all_quirks in (False, True)
    ]
    exchange = Exchange(entry, lambda each: verify._facts(desk, each))
    made = exchanges_by_what_they_made([exchange])
    offered = verify._offered(desk, entry) if entry.unmatched else None
    # As it leaves: what JSON makes alike is alike.
    return msgspec.json.encode(whole), made, exchange.facts, offered, entry.cost


@contextmanager
def kept_as_bytes() -> Iterator[Compared]:
    """Let all servers that begin within it keep entries that went through bytes."""
    compared = Compared()

    class AsBytes(Journal):
        hub: Hub
        name: str

        def add(self, entry: Entry) -> Entry:
            if entry.cost > self._longest:
                entry = entry.cut(self._longest)
            came_back = decode(encode(entry))
            assert isinstance(came_back, Entry)
            compared.compare(self.hub, self.name, entry, came_back)
            return super().add(came_back)

        def amend(self, entry_id: str, *, heard: Heard) -> None:
            came_back = decode(encode_amendment(entry_id, heard))
            assert isinstance(came_back, Amendment)
            super().amend(came_back.id, heard=came_back.heard)

    def journal(hub: Hub, name: str) -> Journal:
        options = hub.options
        bounds = options.journal_entries, options.journal_bytes
        made = AsBytes(name, *bounds, hub._pressing.ask)
        made.hub, made.name = hub, name
        return made

    def desk(**services: Any) -> Desk:
        made = Desk(**services)
        compared.desks[made.hub] = compared.desks[made.porch.hub] = made
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Hub, "_journal", journal)
        patch.setattr(control_app, "Desk", desk)
        yield compared
