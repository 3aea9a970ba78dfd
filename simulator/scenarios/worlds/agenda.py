"""The timelines of the scenarios that are loaded: what the world does, at its time.

Everything that is still to come and was used up stands in records, so that snapshots, forks and
other backends carry it. An entry that cannot do what it says is undone, told, and goes on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec import UNSET

from simulator.carriers.calendar import Calendar
from simulator.carriers.carrier import BadAction, Carrier
from simulator.core.clock import parse_duration
from simulator.core.tables import State, TableSpec
from simulator.core.templates import UnknownVariable, filled
from simulator.engine.concerning import concerning
from simulator.engine.extension import JobHandler, JobRefused, StepSpec
from simulator.engine.facts import Facts
from simulator.engine.records import JOBS, Job, Webhook
from simulator.engine.rules.matching import ABSENT, matches
from simulator.engine.world import World
from simulator.scenarios.model import After, TimelineEntry
from simulator.scenarios.records import AGENDA, TABLES, AgendaItem, Failure
from simulator.scenarios.vocabulary import actions_of
from simulator.scenarios.worlds import moments
from simulator.scenarios.worlds.acting import listed, perform

_JOB = "scenario.act"
_MOST_AT_ONCE = 100
"""How often an entry acts at one instant: one that sets itself off must come to an end."""
_FAILURES_KEPT = 10


class Agenda:
    """The extension that lets loaded timelines happen in every workspace."""

    name = "scenario"
    tables: Sequence[TableSpec[Any]] = TABLES

    def __init__(self, carriers: Iterable[Carrier]) -> None:
        self._carriers = {carrier.name: carrier for carrier in carriers}
        self.actions = actions_of(self._carriers.values())
        self._status_events = {
            event.name
            for carrier in self._carriers.values()
            for event in carrier.events
            if event.status
        }
        self.jobs: Mapping[str, JobHandler] = {"act": self._act}

    steps: Mapping[str, StepSpec] = {}

    def job_resource(self, world: World, kind: str, arguments: Mapping[str, Any]) -> Any:
        """An entry of a timeline is about nothing that rules could name."""

    def stamp(self, webhook: Webhook, at: datetime) -> Mapping[str, str]:
        """No notification is a timeline's own."""
        return {}

    def quirk_defaults(self, profile: str) -> Mapping[str, Any]:
        """There are none."""
        return {}

    def populate(self, world: World) -> None:
        """A new world has no scenario."""

    # Taking up and leaving

    def take_up(self, world: World, scenario: str, place: int, entry: Mapping[str, Any]) -> None:
        """Put an entry of a timeline on the agenda."""
        known = msgspec.convert(entry, TimelineEntry)
        times = known.repeat or (1 if known.every is None else "always")
        item = AgendaItem(
            id=world.next_number("scenario.agenda"),
            scenario=scenario,
            place=place,
            entry=dict(entry),
            left=None if times == "always" else int(times),
        )
        if known.at is not None:
            item = _due(world, item, moments.due(known.at, world.now, self.calendar(known)))
        world[AGENDA].put(item)

    def leave(self, world: World, scenario: str) -> None:
        """Forget what a scenario still has to do."""
        for item in world[AGENDA].where("scenario", scenario):
            for job in concerning(world[JOBS], "item", item.id):
                if job.kind == _JOB:
                    world.cancel_job(job.id)
            world[AGENDA].delete(item.id)

    def calendar(self, entry: TimelineEntry) -> Calendar:
        """The calendar that counts for an entry: that of the carrier of its first action."""
        named = entry.calendar or next(iter(name for name, _ in listed(entry.do)), "")
        carrier = self._carriers.get(named.partition(".")[0])
        return Calendar() if carrier is None else carrier.calendar

    # What happens

    def happened(self, world: World) -> None:
        """Let what a transaction told set off the entries that wait for it."""
        if not len(world[AGENDA]):
            return
        for name, payload in tuple(world.emitted):
            for item in world[AGENDA]:
                after = _after(item)
                if after is not None and self._is_awaited(after, name, payload):
                    self._set_off(world, item, payload)

    def listens(self, state: State, operation: str) -> bool:
        """Whether an entry waits for requests for that operation."""
        agenda = state[AGENDA]
        return len(agenda) > 0 and any(
            item.left != 0 and isinstance(after, dict) and after.get("request") == operation
            for item in agenda
            for after in (item.entry.get("after"),)
        )

    def answered(self, world: World, facts: Facts, status: int, answer: Any) -> None:
        """Let a request that was answered set off the entries that wait for it."""
        everything = {
            "operation": facts.operation,
            "path": dict(facts.path),
            "query": dict(facts.query),
            "body": facts.body,
            "caller": facts.caller,
            "status": status,
            "answer": answer,
        }
        told = {name: value for name, value in everything.items() if value is not ABSENT}
        for item in world[AGENDA]:
            after = _after(item)
            if after is None or after.request != facts.operation:
                continue
            if after.answered is not UNSET and not matches(after.answered, status):
                continue
            if matches(after.match, told):
                self._set_off(world, item, told)

    def _is_awaited(self, after: After, name: str, payload: Mapping[str, Any]) -> bool:
        if after.event is not None:
            awaited = after.event == name
        elif after.status is not None and name in self._status_events:
            carrier, _, status = after.status.partition(".")
            awaited = name.startswith(f"{carrier}.") and str(payload.get("status")) == status
        else:
            awaited = False
        return awaited and matches(after.match, payload)

    def _set_off(self, world: World, item: AgendaItem, told: Mapping[str, Any]) -> None:
        if item.left == 0:
            return
        if item.acted_at == world.now and item.burst >= _MOST_AT_ONCE:
            again = f"set itself off {item.burst} times at one instant, and was stopped"
            world[AGENDA].put(_failed(msgspec.structs.replace(item, left=0), world.now, again))
            return
        entry = msgspec.convert(item.entry, TimelineEntry)
        due = moments.after(entry.wait, world.now, self.calendar(entry))
        world.enqueue_at(_JOB, due, item=item.id, event=msgspec.to_builtins(dict(told)))
        left = None if item.left is None else item.left - 1
        world[AGENDA].put(msgspec.structs.replace(item, left=left))
        world.note(
            f"It set off entry {item.place} of the timeline of {item.scenario}, which acts at "
            f"{due.isoformat()}"
        )

    # Acting

    def _act(self, world: World, item: int, event: Mapping[str, Any] | None) -> None:
        found = world[AGENDA].get(item)
        if found is None:
            return
        entry = msgspec.convert(found.entry, TimelineEntry)
        known = {} if event is None else {"event": event}
        done = []
        try:
            for name, arguments in listed(entry.do):
                perform(self.actions, world, name, filled(arguments, known))
                done.append(name)
        except (BadAction, UnknownVariable) as error:
            raise JobRefused(str(error)) from None
        burst = found.burst + 1 if found.acted_at == world.now else 1
        world[AGENDA].put(
            _onward(
                world,
                msgspec.structs.replace(
                    found, acted=found.acted + 1, acted_at=world.now, burst=burst
                ),
                entry,
            )
        )
        world.emit(
            "scenario.acted", scenario=found.scenario, entry=found.place, actions=", ".join(done)
        )

    def failed(self, world: World, job: Job, error: Exception) -> None:
        """Tell of an entry that could not do what it says; whatever comes next still comes."""
        found = world[AGENDA].get(job.arguments["item"]) if job.kind == _JOB else None
        if found is None:
            return
        message = str(error) or type(error).__name__
        entry = msgspec.convert(found.entry, TimelineEntry)
        world[AGENDA].put(_onward(world, _failed(found, world.now, message), entry))
        world.emit("scenario.failed", scenario=found.scenario, entry=found.place, error=message)


def _after(item: AgendaItem) -> After | None:
    after = item.entry.get("after")
    if isinstance(after, str):
        return After(event=after)
    return None if after is None else msgspec.convert(after, After)


def _due(world: World, item: AgendaItem, due: datetime) -> AgendaItem:
    world.enqueue_at(_JOB, due, item=item.id, event=None)
    left = None if item.left is None else item.left - 1
    return msgspec.structs.replace(item, next_at=due, left=left)


def _onward(world: World, item: AgendaItem, entry: TimelineEntry) -> AgendaItem:
    """The item with its next instant, where it repeats."""
    if entry.after is not None:
        return item
    if entry.every is None or item.left == 0 or item.next_at is None:
        return msgspec.structs.replace(item, next_at=None)
    return _due(world, item, item.next_at + parse_duration(entry.every))


def _failed(item: AgendaItem, at: datetime, error: str) -> AgendaItem:
    failures = (*item.failures, Failure(at, error))[-_FAILURES_KEPT:]
    return msgspec.structs.replace(item, failures=failures)
