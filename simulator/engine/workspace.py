"""An isolated world: records, clock, seed, jobs, journal and events under one name."""

from __future__ import annotations

import asyncio
import heapq
import time
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from types import TracebackType
from typing import Any, Protocol

from simulator.core.chance import Chance
from simulator.core.clock import Clock, wall
from simulator.core.tables import State
from simulator.engine.bell import Bell
from simulator.engine.disposal import Pile
from simulator.engine.journal import Journal
from simulator.engine.records import FRAME, JOBS, QUIRKS, RULES, Frame, Job
from simulator.engine.rules.definitions import Rulebook
from simulator.engine.rules.holds import Holds, Steps
from simulator.engine.rules.webhook_faults import WebhookFaults
from simulator.engine.world import Event, Request, Text, World

KEPT_EVENTS = 2000
_MANY_JOBS = 32
"""As many due jobs, which take some 10 ms, run before a request without giving others a turn."""

DueJobs = list[tuple[datetime, int]]
"""A heap of when jobs are due, and which."""


class Turnstile(Protocol):
    """Lets one in at a time."""

    def locked(self) -> bool:
        """Whether somebody of this process is in it, or about to be."""

    async def __aenter__(self) -> None: ...

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
        /,
    ) -> None: ...


def _event_base() -> int:
    """The machine's microseconds: more than any id of an event that there was, also of an earlier
    server, since events come more slowly; and JavaScript still counts on from there exactly."""
    return int(wall().timestamp() * 1_000_000)


class Workspace:
    """One world and the process's working copy of its state.

    `generation` counts how often it began again with another state; what stands between the numbers
    of events, which begin again then, and their ids in streams, which never go back, is
    `event_base`; `asked_at` is when somebody last asked for it (`time.monotonic`), `guests` counts
    the requests in it that wait for something; `building` is held by the one that has a view built,
    `apart` by the one that works on a copy of the state (`copies/apart.py`);
    `events_told` is the number of the last event that whoever moves the clock has heard of;
    `timer` comes in time for what is due at `timed_for` and later, as long as the clock stays the
    same; `in_flight` are the attempts to deliver webhooks that have begun; `bell` wakes those who
    wait for a change. Everything that must survive in a backend is in `state`; the rest (heap of
    jobs, merged quirks, chance) is derived from it, and journal and events are logs beside it.
    """

    def __init__(
        self,
        name: str,
        state: State,
        version: int,
        quirk_defaults: Mapping[str, Mapping[str, Any]],
        journal: Journal,
        steps: Steps,
        due: DueJobs | None = None,
    ) -> None:
        self.name = name
        self.state = state
        self.version = version
        self.journal = journal
        self.events: deque[Event] = deque(maxlen=KEPT_EVENTS)
        self.event_count = 0
        self.events_told = 0
        self.listeners: set[asyncio.Queue[Event | None]] = set()
        self.bell = Bell()
        self.moving: Turnstile = asyncio.Lock()
        self.building = asyncio.Lock()
        self.apart = asyncio.Lock()
        self.generation = 0
        self.event_base = _event_base()
        self.asked_at = time.monotonic()
        self.guests = 0
        self.in_flight: set[asyncio.Future[None]] = set()
        self.timer: tuple[float, asyncio.Handle] | None = None
        self.timed_for: datetime | None = None
        self.rulebook: Rulebook
        self._steps = steps
        self._holds: Holds | None
        self._webhook_faults: WebhookFaults | None
        self._texts: dict[int, Text] = {}
        self._quirk_defaults = quirk_defaults
        self._heap: DueJobs = []
        self.frame: Frame
        self.chance: Chance
        self.quirks: dict[str, Any]
        self.derive(due)

    @property
    def clock(self) -> Clock:
        return self.frame.clock

    def now(self) -> datetime:
        """The present instant of the workspace's clock."""
        return self.frame.clock.now()

    def release(self) -> list[Pile]:
        """Let go of records, journal, events and texts; gives what held them, to be freed."""
        texts, self._texts = self._texts, {}
        events, self.events = self.events, deque(maxlen=KEPT_EVENTS)
        self.event_count = self.events_told = 0
        self.event_base = _event_base()
        self.bell.ring()
        heap, self._heap = self._heap, []
        return [*self.state.release(), self.journal.release(), events, texts, heap]

    def event_number(self, given: int) -> int:
        """The number of an event of which that or the id in a stream is given."""
        return given - self.event_base if given > self.event_base else given

    def end(self) -> None:
        """Tell everybody who listens or waits that there will be no more."""
        for listener in tuple(self.listeners):
            listener.put_nowait(None)
        self.bell.close()

    @contextmanager
    def visited(self) -> Iterator[None]:
        """While a request waits for something in it, it is not idle."""
        self.guests += 1
        try:
            yield
        finally:
            self.guests -= 1
            self.asked_at = time.monotonic()

    async def settled(self) -> None:
        """Wait while somebody works on a copy of the state: what changes it meanwhile would make
        that work void."""
        if self.apart.locked():
            with self.visited():
                async with self.apart:
                    pass

    @property
    def is_busy(self) -> bool:
        """Whether somebody listens or waits, its clock is moved, or a webhook is under way."""
        return bool(self.listeners or self.guests or self.in_flight or self.moving.locked())

    def begin(self, state: State, due: DueJobs | None = None) -> None:
        """Begin again with another state, whose heap of jobs may be there already."""
        self.state = state
        self.generation += 1
        self.derive(due)

    def begin_elsewhere(self, began: int) -> None:
        """Another process let it begin again: its journal and its events are others."""
        self.generation += 1
        self.journal.release()
        self.events.clear()
        self.event_count = self.events_told = 0
        self.event_base = began

    def derive(self, due: DueJobs | None = None) -> None:
        """Work out anew what depends on the state, after it was replaced or caught up; `due` is the
        heap of its jobs, where somebody made it beside the state."""
        self.order_rules()
        if due is None:
            due = [(job.due, job.id) for job in self.state[JOBS] if not job.waits]
            heapq.heapify(due)
        self._heap = due
        self.reframe()

    def order_rules(self) -> None:
        """Take over the rules from the state, after some came or went."""
        book = self.rulebook = Rulebook(self.state[RULES])
        self._holds = Holds(book.holds, self._steps) if book.holds else None
        faults = book.webhook_faults
        self._webhook_faults = WebhookFaults(faults, self._steps) if faults else None

    def reframe(self) -> None:
        """Take over clock, seed and profile from the state."""
        self.frame = self.state[FRAME]["frame"]
        self.timed_for = None
        self.chance = Chance(self.frame.seed)
        self.merge_quirks()

    def merge_quirks(self) -> None:
        """Work out anew which value each quirk has."""
        self.quirks = dict(self._quirk_defaults[self.frame.profile])
        self.quirks.update((setting.name, setting.value) for setting in self.state[QUIRKS])

    def open(self, request: Request, now: datetime, twin: State | None = None) -> World:
        """A view of the workspace for one transaction at the instant `now`; on a `twin` of its
        state, which another thread may have, it shares nothing that changes."""
        state, texts = (self.state, self._texts) if twin is None else (twin, None)
        world = World(self.name, state, now, self.chance, self.quirks, request, texts)
        world.holds, world.webhook_faults = self._holds, self._webhook_faults
        return world

    def schedule(self, jobs: list[Job]) -> None:
        """Let these jobs have their turn; one that is not in its table then is passed over."""
        for job in jobs:
            heapq.heappush(self._heap, (job.due, job.id))

    def absorb(self, world: World) -> None:
        """Take over what a kept transaction told, and wake whoever waits."""
        self.bell.ring()
        told = world.emitted
        if len(told) > KEPT_EVENTS and not self.listeners:
            # Of very many the last ones are all that anybody will see.
            self.event_count += len(told) - KEPT_EVENTS
            told = told[-KEPT_EVENTS:]
        for name, payload in told:
            self.event_count += 1
            event = tuple.__new__(Event, (self.event_count, world.now, name, payload))
            self.events.append(event)
            for listener in self.listeners:
                listener.put_nowait(event)

    def recall(self, event: Event) -> None:
        """Have an event that everybody who listens has heard already."""
        self.event_count = event.number
        self.events.append(event)

    def hear(self, event: Event) -> None:
        """Take over what another process told."""
        self.recall(event)
        for listener in self.listeners:
            listener.put_nowait(event)
        self.bell.ring()

    def much_is_due(self) -> bool:
        """Whether so many jobs are due that others are to be answered between them."""
        heap = self._heap
        if len(heap) <= _MANY_JOBS:
            return False
        now, due, places = self.now(), 0, [0]
        while places:
            place = places.pop()
            if place < len(heap) and heap[place][0] <= now:
                due += 1
                if due > _MANY_JOBS:
                    return True
                places += (2 * place + 1, 2 * place + 2)
        return False

    def next_job(self) -> Job | None:
        """The job that is due first, or None. Jobs with the same instant come in their order."""
        jobs = self.state[JOBS]
        while self._heap:
            due, job_id = self._heap[0]
            job = jobs.get(job_id)
            if job is not None and job.due == due and not job.waits:
                return job
            heapq.heappop(self._heap)
        return None
