"""An isolated world: records, clock, seed, jobs, journal and events under one name."""

from __future__ import annotations

import asyncio
import heapq
from collections import deque
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from simulator.core.chance import Chance
from simulator.core.clock import Clock
from simulator.core.tables import State
from simulator.engine.bell import Bell
from simulator.engine.disposal import Pile
from simulator.engine.journal import Journal
from simulator.engine.records import FRAME, JOBS, QUIRKS, RULES, Frame, Job
from simulator.engine.rules.definitions import Rulebook
from simulator.engine.rules.holds import Holds, Steps
from simulator.engine.rules.webhook_faults import WebhookFaults
from simulator.engine.world import Event, Request, Text, World

_KEPT_EVENTS = 2000


class Workspace:
    """One world and the process's working copy of its state.

    `generation` counts how often it began again with another state; `events_told` is the number of
    the last event that whoever moves the clock has heard of; `in_flight` are the attempts to
    deliver webhooks that have begun; `bell` wakes those who wait for a change. Everything that must
    survive in a backend is in `state`; the rest (heap of jobs, merged quirks, chance) is derived
    from it, and journal and events are logs beside it.
    """

    def __init__(
        self,
        name: str,
        state: State,
        version: int,
        quirk_defaults: Mapping[str, Mapping[str, Any]],
        journal: Journal,
        steps: Steps,
    ) -> None:
        self.name = name
        self.state = state
        self.version = version
        self.journal = journal
        self.events: deque[Event] = deque(maxlen=_KEPT_EVENTS)
        self.event_count = 0
        self.events_told = 0
        self.listeners: set[asyncio.Queue[Event | None]] = set()
        self.bell = Bell()
        self.moving = asyncio.Lock()
        self.generation = 0
        self.in_flight: set[asyncio.Future[None]] = set()
        self.timer: asyncio.TimerHandle | None = None
        self.rulebook: Rulebook
        self._steps = steps
        self._holds: Holds | None
        self._webhook_faults: WebhookFaults | None
        self._texts: dict[int, Text] = {}
        self._quirk_defaults = quirk_defaults
        self._heap: list[tuple[datetime, int]] = []
        self.frame: Frame
        self.chance: Chance
        self.quirks: dict[str, Any]
        self.derive()

    @property
    def clock(self) -> Clock:
        return self.frame.clock

    def now(self) -> datetime:
        """The present instant of the workspace's clock."""
        return self.frame.clock.now()

    def release(self) -> list[Pile]:
        """Let go of records, journal, events and texts; gives what held them, to be freed."""
        texts, self._texts = self._texts, {}
        events, self.events = self.events, deque(maxlen=_KEPT_EVENTS)
        self.event_count = self.events_told = 0
        self.bell.ring()
        return [*self.state.piles(), self.journal.release(), events, texts]

    def derive(self) -> None:
        """Work out anew what depends on the state, after it was replaced or caught up."""
        self.order_rules()
        self._heap = [(job.due, job.id) for job in self.state[JOBS] if not job.waits]
        heapq.heapify(self._heap)
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
        self.chance = Chance(self.frame.seed)
        self.merge_quirks()

    def merge_quirks(self) -> None:
        """Work out anew which value each quirk has."""
        self.quirks = dict(self._quirk_defaults[self.frame.profile])
        self.quirks.update((setting.name, setting.value) for setting in self.state[QUIRKS])

    def open(self, request: Request, now: datetime) -> World:
        """A view of the workspace for one transaction at the instant `now`."""
        world = World(self.name, self.state, now, self.chance, self.quirks, request, self._texts)
        world.holds, world.webhook_faults = self._holds, self._webhook_faults
        return world

    def absorb(self, world: World) -> None:
        """Take over what a kept transaction enqueued and told, and wake whoever waits."""
        self.bell.ring()
        for job in world.new_jobs:
            heapq.heappush(self._heap, (job.due, job.id))
        for name, payload in world.emitted:
            self.event_count += 1
            event = Event(self.event_count, world.now, name, payload)
            self.events.append(event)
            for listener in self.listeners:
                listener.put_nowait(event)

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
