"""Loads workspaces from a store on first use, and lets what happened be heard when it is kept.

Transactions run as ever, on the near copies of a `Mirror`. Whoever answers for one waits for
`surely` or `kept` first, and begins again where another process was faster.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import msgspec

from simulator.engine.backends.mirror import Mirror
from simulator.engine.backends.near import Outrun
from simulator.engine.backends.store import (
    AMENDMENTS,
    EVENTS,
    JOURNAL,
    Kept,
    StoreFailure,
    Whole,
)
from simulator.engine.bounds import DEFAULT
from simulator.engine.copies.building import Building
from simulator.engine.jobs.batch import Batch
from simulator.engine.journal import codec
from simulator.engine.journal.entries import Entry, Heard
from simulator.engine.keeping.leases import Leases, Turnstile, mover
from simulator.engine.keeping.numbers import Numbers
from simulator.engine.keeping.orphans import Orphans, resume
from simulator.engine.keeping.shared_journal import Log, SharedJournal, Told
from simulator.engine.workspace import Workspace
from simulator.engine.world import Event

if TYPE_CHECKING:
    from simulator.engine.hub import Hub

_RESERVED = 256
"""Numbers of exchanges that are reserved at once."""
_AT_ONCE = 256
"""Records that are added before others have their turn."""

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder().decode


class _Place:
    """What this process has of a workspace besides its near copy: the numbers of its next
    exchanges, its place in the journal's log, how many requests of carriers are in it, and the
    events that were heard before they were doubted."""

    __slots__ = ("arriving", "asking", "began", "doubtful", "journal", "numbers")

    def __init__(self) -> None:
        self.numbers = Numbers()
        self.journal: SharedJournal | None = None
        self.began = 0
        self.asking = 0
        self.doubtful: list[Event] = []
        self.arriving = asyncio.Lock()


class Keeping:
    """Keeps the workspaces of a hub of which the backend is a mirror."""

    def __init__(self, hub: Hub) -> None:
        mirror = hub.backend
        assert isinstance(mirror, Mirror)
        self._hub = hub
        self.mirror = mirror
        self.leases = Leases(mirror.store)
        self._places: defaultdict[str, _Place] = defaultdict(_Place)
        self._orphans = Orphans(hub, self)
        mirror.follow(self)
        hub.keeping = self

    async def start(self) -> None:
        """Open the store and begin to look after jobs. Raises `Refused` and `StoreFailure`."""
        await self.mirror.store.open()
        await self.mirror.look_up_names()
        await self.present(DEFAULT)
        self._orphans.start()

    async def close(self) -> None:
        """Keep what is still to be kept, and close the store."""
        await self._orphans.stop()
        await self.leases.close()
        await self.mirror.close()

    # Requests

    async def present(self, name: str) -> None:
        """Have a working copy of the workspace, if it is kept. Raises `StoreFailure`."""
        place = self._places.get(name)
        known = self.mirror.version(name) is not None
        if known and (place is None or not place.arriving.locked()):
            return
        place = self._places[name]
        async with place.arriving:
            whole = await self.mirror.present(name)
            if whole is not None:
                await self._adopt(name, place, whole)
        self._tidy(name, place)

    def _tidy(self, name: str, place: _Place) -> None:
        """Forget the place of a workspace that is not there, once nobody asks for it."""
        if not place.asking and self.mirror.version(name) is None:
            self._places.pop(name, None)

    @asynccontextmanager
    async def asked(self, name: str) -> AsyncIterator[None]:
        """While a carrier's request is answered in a workspace: there is a working copy, if it is
        kept, and a number for the exchange. Raises `StoreFailure`."""
        place = self._places[name]
        place.asking += 1
        try:
            await self.present(name)
            await self.supply(name)
            yield
        finally:
            place.asking -= 1
            self._tidy(name, place)

    async def supply(self, name: str) -> None:
        """Have a number for each of the exchanges that are answered. Raises `StoreFailure`."""
        place = self._places[name]
        wanted = max(1, place.asking)
        while place.numbers.left < wanted and self.mirror.version(name) is not None:
            if not self.mirror.state_of(name).version:
                # Numbers of one that begins are reserved when it is kept.
                with suppress(Outrun):
                    await self.mirror.kept(name)
                continue
            count = max(_RESERVED, wanted)
            try:
                first = await self.mirror.store.reserve(name, count)
            except StoreFailure:
                # It may only be that another process deleted the workspace.
                with suppress(Outrun):
                    await self.mirror.kept(name)
                if self.mirror.version(name) is not None:
                    raise
                return
            place.numbers.add(first, count)

    async def fresh(self, name: str) -> None:
        """Have a working copy in which all is that anybody was told of. Raises `StoreFailure`."""
        await self.present(name)
        while True:
            try:
                await self.mirror.kept(name)
                break
            except Outrun:
                continue
        workspace = self.at_hand(name)
        if workspace is not None:
            journal = self._journal(workspace)
            ends = self.mirror.state_of(name).ends
            told = await self._told(name, journal.seen, journal.amended, ends)
            if self._journal(workspace) is journal:
                journal.read(told, ends)

    async def kept(self, workspace: Workspace) -> None:
        """Wait until all that was done in a workspace is kept. Raises `Outrun` and `StoreFailure`,
        after which it is undone."""
        await self.mirror.kept(workspace.name)

    def mover(self, name: str) -> Turnstile:
        """Passed by whoever moves a workspace's clock, in all processes."""
        return mover(self.leases, name)

    def check(self, workspace: Workspace) -> None:
        """Raise `LeaseLost` for a task that was to be the only one that moves the workspace's
        clock, when it need not be any more."""
        if isinstance(workspace.moving, Turnstile):
            workspace.moving.check()

    # The journal

    def number(self, workspace: Workspace) -> int:
        """The number of the next exchange."""
        return self._places[workspace.name].numbers.take()

    def note(self, workspace: Workspace, entry: Entry, *, sure: bool) -> None:
        """Let an exchange come to the journal, with what was done just now; one that is `sure` also
        when that is undone."""

        def then(number: int) -> None:
            self._journal(workspace).add(number, entry)

        text = codec.encode(workspace.journal.fitting(entry))
        self.mirror.log(workspace.name, JOURNAL, text, then, sure=sure)

    async def noted(self, workspace: Workspace) -> None:
        """Wait until the journal has the entries that are sure. Raises `StoreFailure`."""
        await self.mirror.kept(workspace.name, sure=True)

    def amend(self, workspace: Workspace, entry_id: str, heard: Heard) -> None:
        """Let the journal tell what a client heard in the end."""
        text = codec.encode_amendment(entry_id, heard)
        self.mirror.log(workspace.name, AMENDMENTS, text, sure=True)

    async def clear_journal(self, workspace: Workspace) -> None:
        """Let the journal forget its entries. Raises `StoreFailure`."""
        last = self.mirror.state_of(workspace.name).ends.get(JOURNAL, 0)
        await self.mirror.store.clear(workspace.name, JOURNAL)
        self.mirror.log(workspace.name, AMENDMENTS, codec.encode_clearing(last), sure=True)
        await self.mirror.kept(workspace.name, sure=True)

    def _journal(self, workspace: Workspace) -> SharedJournal:
        place = self._places[workspace.name]
        if place.journal is None:
            place.journal = SharedJournal(workspace.journal)
        return place.journal

    async def _told(self, name: str, seen: int, amended: int, ends: Mapping[str, int]) -> Told:
        """What a journal lacks that has its logs up to there, and these end beyond."""
        entries = self.mirror.store.entries
        # Amendments first, so that what they amend is not missing.
        amendments: Log = ()
        exchanges: Log = ()
        if amended < ends.get(AMENDMENTS, 0):
            amendments = await entries(name, AMENDMENTS, amended)
        if seen < ends.get(JOURNAL, 0):
            exchanges = await entries(name, JOURNAL, seen)
        return Told(exchanges, amendments)

    # What follows when something is kept

    def follow(self, workspace: Workspace, batch: Batch) -> None:
        """Let everybody hear what a batch told, and its webhooks leave, when it is kept."""
        for world in batch.worlds:
            for name, payload in world.emitted:
                self._log_event(workspace, world.now, name, payload)
        if batch.webhooks:
            generation = workspace.generation

            def then(_: Kept) -> None:
                if self._hub.has(workspace) and workspace.generation == generation:
                    self._hub.jobs.deliver(workspace, batch)

            self.mirror.afterwards(workspace.name, then)

    def _log_event(
        self, workspace: Workspace, at: datetime, name: str, payload: Mapping[str, Any]
    ) -> None:
        generation = workspace.generation

        def then(number: int) -> None:
            # Where others told something before that is not known here, it comes after that.
            if number == workspace.event_count + 1 and workspace.generation == generation:
                workspace.hear(Event(number, at, name, payload))

        self.mirror.log(workspace.name, EVENTS, _encode((at, name, payload)), then)

    def due(self, name: str) -> float | None:
        """When the first job of a workspace is due, by the machine's time."""
        return self._orphans.due(name)

    def begins(self, workspace: Workspace) -> None:
        """The workspace begins again, by what was done here just now."""
        place = self._places[workspace.name]
        place.numbers.begin()
        place.journal = None

    def began(self, name: str, kept: Kept) -> None:
        """That a workspace began (again) is kept."""
        self._places[name].began = kept.began
        workspace = self.at_hand(name)
        if workspace is not None:
            workspace.event_base = kept.began

    def events_known(self, name: str) -> int | None:
        workspace = self.at_hand(name)
        return None if workspace is None else workspace.event_count

    def heard(self, name: str, events: list[tuple[int, bytes]]) -> None:
        workspace = self.at_hand(name)
        if workspace is None:
            return
        place = self._places[name]
        before = {event.number: event for event in place.doubtful}
        place.doubtful = []
        for number, text in events:
            if number > workspace.event_count:
                event = _event(number, text)
                if before.get(number) == event:
                    workspace.recall(event)
                else:
                    workspace.hear(event)

    def at_hand(self, name: str) -> Workspace | None:
        """The working copy of a workspace; None where there is none now."""
        return None if self.mirror.version(name) is None else self._hub.existing(name)

    def fell(self, name: str) -> None:
        """Take over that what was done here is undone."""
        if self.mirror.version(name) is None:
            self._hub.lose(name)
            self._places.pop(name, None)
            return
        workspace = self._hub.existing(name)
        if workspace is None:
            return
        place, kept = self._places[name], self.mirror.state_of(name)
        if kept.began != place.began:
            place.began = kept.began
            place.journal = None
            place.numbers.forget()
            workspace.begin_elsewhere(kept.began)
        self._hub.jobs.arm(workspace)

    def doubted(self, name: str) -> None:
        """Read the logs anew, and have other numbers: those may have been given again."""
        workspace = self.at_hand(name)
        if workspace is None:
            return
        place = self._places[name]
        place.numbers.forget()
        place.journal = None
        workspace.journal.release()
        place.doubtful += workspace.events
        workspace.events.clear()
        workspace.event_count = 0

    # Loading

    async def _adopt(self, name: str, place: _Place, whole: Whole) -> None:
        """Make the working copy of what was loaded, a bit at a time."""
        hub, store = self._hub, self.mirror.store
        specs = {spec.name: spec for spec in hub.table_specs}
        building = Building(hub.table_specs)
        for table, changes in groupby(whole.changes, itemgetter(0)):
            own = map(itemgetter(2), changes)
            while some := [*islice(own, _AT_ONCE)]:
                building.fill(specs[table], some)
                await building.rest()
        events = await store.entries(name, EVENTS, 0)
        told = await self._told(name, 0, 0, whole.kept.ends)
        version = self.mirror.version(name)
        if version is None:
            return
        workspace = hub.adopt(name, building.state, version, building.due)
        workspace.event_base = place.began = whole.kept.began
        last = whole.kept.ends.get(EVENTS, 0)
        workspace.events.extend(_event(*each) for each in events if each[0] <= last)
        workspace.event_count = workspace.events_told = last
        place.numbers.forget()
        place.journal = SharedJournal(workspace.journal)
        place.journal.read(told, whole.kept.ends)
        if self.mirror.is_sole(name):
            hub.run(workspace, resume)
        hub.jobs.arm(workspace)


def _event(number: int, text: bytes) -> Event:
    at, name, payload = _decode(text)
    return Event(number, at, name, payload)
