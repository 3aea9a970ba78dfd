"""Transactions, jobs and the making of workspaces."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from simulator.core.clock import Clock, parse_instant
from simulator.engine.backends.memory import MemoryBackend
from simulator.engine.bounds import BadName, Dropped, HubOptions, TooManyWorkspaces
from simulator.engine.copies import pace
from simulator.engine.hub import Hub
from simulator.engine.jobs import runner
from simulator.engine.jobs.batch import set_clock
from simulator.engine.jobs.runner import MoreDue
from simulator.engine.moving import timeline
from simulator.engine.records import JOBS, NUMBERS, WEBHOOKS
from simulator.engine.workspace import Workspace
from simulator.engine.world import Event, World
from tests.support.toy import parcels
from tests.support.toy.carrier import TOY
from tests.support.toy.records import PARCELS

START = parse_instant("2026-03-02T10:15:00+01:00")


@pytest.fixture
def hub() -> Hub:
    """A hub of which the workspaces begin frozen."""
    return Hub([TOY], MemoryBackend(), HubOptions(clock=Clock.frozen(START), workspaces=3))


@pytest.fixture
def workspace(hub: Hub) -> Workspace:
    """One of its workspaces."""
    return hub.workspace("w")


def _add(hub: Hub, workspace: Workspace, after: str) -> int:
    return hub.run(workspace, lambda world: parcels.add(world, "ann", after).id)


def test_what_raises_leaves_nothing_behind(hub: Hub, workspace: Workspace) -> None:
    version = workspace.version

    def fail(world: World) -> None:
        parcels.add(world, "ann")
        parcels.arrive(world, parcel_id=1)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        hub.run(workspace, fail)

    assert (workspace.version, workspace.event_count) == (version, 0)
    assert len(workspace.state[PARCELS]) == 1
    assert len(workspace.state[JOBS]) == len(workspace.state[WEBHOOKS]) == 0
    assert workspace.next_job() is None
    assert _add(hub, workspace, "1h") == 1


def test_jobs_of_one_instant_run_in_the_order_in_which_they_were_enqueued(
    hub: Hub, workspace: Workspace
) -> None:
    for after in ("2h", "1h", "2h", "1h"):
        _add(hub, workspace, after)

    moved = asyncio.run(timeline.advance(hub, workspace, START + timedelta(hours=3)))

    assert moved.jobs == 4
    assert [event.payload["parcel_id"] for event in workspace.events] == [2, 4, 1, 3]
    assert [event.at - START for event in workspace.events] == [
        timedelta(hours=hours) for hours in (1, 1, 2, 2)
    ]


def test_who_can_wait_lets_others_have_their_turn_between_due_jobs(
    hub: Hub, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "_TURN", 0.0)
    for _ in range(3):
        _add(hub, workspace, "0s")
    before: list[int] = []

    def ask() -> int:
        def first() -> None:
            before.append(len(workspace.state[JOBS]))

        return hub.run(workspace, lambda world: world.next_number("n"), first=first, patient=True)

    for arrived in (1, 2):
        with pytest.raises(MoreDue):
            ask()
        assert workspace.event_count == arrived  # what ran is kept
    assert (ask(), before, workspace.event_count) == (1, [0], 3)
    # Who cannot wait has all of them run at once.
    for _ in range(3):
        _add(hub, workspace, "0s")
    hub.run(workspace, lambda world: None, first=lambda: None)
    assert workspace.event_count == 6


@pytest.mark.parametrize("listened", [False, True])
def test_of_very_many_events_of_a_transaction_the_last_are_kept(
    hub: Hub, workspace: Workspace, listened: bool
) -> None:
    heard: asyncio.Queue[Event | None] = asyncio.Queue()
    if listened:
        workspace.listeners.add(heard)

    def work(world: World) -> None:
        for number in range(1, 3001):
            world.emit("toy.lost", parcel_id=number)

    hub.run(workspace, work)
    numbers = [(event.number, event.payload["parcel_id"]) for event in workspace.events]
    assert numbers == [(number, number) for number in range(1001, 3001)]
    assert (workspace.event_count, heard.qsize()) == (3000, 3000 if listened else 0)


def test_a_cancelled_job_does_not_run(hub: Hub, workspace: Workspace) -> None:
    def enqueue_and_cancel(world: World) -> None:
        job = world.enqueue("toy.explode", parcel_id=1000)
        world.cancel_job(job)
        world.cancel_job(None)

    hub.run(workspace, enqueue_and_cancel)
    later = hub.run(workspace, lambda world: world.enqueue("toy.explode", parcel_id=1000))
    hub.run(workspace, lambda world: world.cancel_job(later))

    assert workspace.next_job() is None


def test_a_job_of_an_unknown_kind_is_given_up(hub: Hub, workspace: Workspace) -> None:
    hub.run(workspace, lambda world: world.enqueue("toy.never_heard_of"))
    hub.run_due(workspace)

    assert workspace.next_job() is None
    assert workspace.events[0].name == "engine.job_failed"


@pytest.mark.parametrize("ends", ["well", "badly"])
def test_numbers_go_on_through_jobs_and_the_request_behind_them(
    hub: Hub, workspace: Workspace, ends: str
) -> None:
    def waste(world: World) -> None:
        world.next_number("engine.webhooks")
        raise RuntimeError("the number is free again")

    def ask(world: World) -> int:
        number = parcels.tell(world, world[PARCELS][1])
        if ends == "badly":
            raise KeyError(number)
        return number

    hub.jobs.handlers["toy.waste"] = waste
    _add(hub, workspace, "1h")
    hub.run(workspace, lambda world: world.enqueue("toy.waste", timedelta(hours=1)))
    _add(hub, workspace, "1h")
    late = workspace.clock.moved_to(START + timedelta(hours=1))
    hub.run(workspace, lambda world: set_clock(late, world))

    try:
        asked = hub.run(workspace, ask, first=lambda: None)
    except KeyError as error:
        asked = error.args[0]
    again = hub.run(workspace, lambda world: parcels.tell(world, world[PARCELS][1]))

    assert asked == 3
    assert again == (4 if ends == "well" else 3)
    assert [webhook.id for webhook in workspace.state[WEBHOOKS]] == [*range(1, again + 1)]
    assert workspace.state[NUMBERS]["numbers"].last["engine.webhooks"] == again


def test_a_running_clock_runs_its_jobs_by_itself(hub: Hub, workspace: Workspace) -> None:
    async def wait() -> None:
        hub.set_clock(workspace, Clock.scaled(START, 100_000))
        listener: asyncio.Queue[object] = asyncio.Queue()
        workspace.listeners.add(listener)  # type: ignore[arg-type]
        _add(hub, workspace, "1h")
        await asyncio.wait_for(listener.get(), 10)
        hub.close()

    asyncio.run(wait())

    assert workspace.events[0].at == workspace.state[PARCELS][1].arrived_at


@pytest.mark.parametrize("slow", [Clock.frozen(START), Clock.offset(START)])
def test_a_clock_that_begins_to_run_faster_keeps_nobody_waiting(
    hub: Hub, workspace: Workspace, slow: Clock
) -> None:
    async def wait() -> list[object]:
        hub.set_clock(workspace, slow)
        for after in ("30m", "1h", "10h"):
            _add(hub, workspace, after)
        listener: asyncio.Queue[object] = asyncio.Queue()
        workspace.listeners.add(listener)  # type: ignore[arg-type]
        hub.set_clock(workspace, Clock.scaled(START, 100_000))
        told = [await asyncio.wait_for(listener.get(), 10) for _ in range(3)]
        hub.close()
        return told

    told = asyncio.run(wait())

    assert [event.payload["parcel_id"] for event in told] == [1, 2, 3]  # type: ignore[attr-defined]


def test_what_is_due_at_once_happens_on_a_frozen_clock_too(hub: Hub, workspace: Workspace) -> None:
    async def wait() -> None:
        listener: asyncio.Queue[object] = asyncio.Queue()
        workspace.listeners.add(listener)  # type: ignore[arg-type]
        _add(hub, workspace, "0s")
        await asyncio.wait_for(listener.get(), 10)
        hub.close()

    asyncio.run(wait())

    assert workspace.state[PARCELS][1].arrived_at == START


def test_moving_the_clock_lets_others_have_their_turn(
    hub: Hub, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (pace, timeline):
        monkeypatch.setattr(module, "TURN", 0.0)
    turns = []

    async def both() -> None:
        async def other() -> None:
            while True:
                turns.append(workspace.now())
                await asyncio.sleep(0)

        watching = asyncio.create_task(other())
        await timeline.advance(hub, workspace, START + timedelta(days=3))
        watching.cancel()

    for number in range(200):
        _add(hub, workspace, f"{number + 1}m")
    asyncio.run(both())

    assert len(set(turns)) > 100
    assert workspace.now() == START + timedelta(days=3)


@pytest.mark.parametrize("name", ["", "-a", "a/b", "a" * 65, "a\n", "ą"])
def test_names_are_bounded(hub: Hub, name: str) -> None:
    with pytest.raises(BadName, match="is not a workspace name"):
        hub.workspace(name)


def test_workspaces_are_bounded(hub: Hub) -> None:
    for name in ("a", "b", "c"):
        hub.workspace(name)

    with pytest.raises(TooManyWorkspaces, match="DELETE some"):
        hub.workspace("d")
    hub.drop("a")
    assert hub.workspace("d").name == "d"


def test_a_dropped_workspace_takes_no_transactions(hub: Hub, workspace: Workspace) -> None:
    hub.drop("w")

    with pytest.raises(Dropped):
        _add(hub, workspace, "1h")
    hub.workspace("w")
    with pytest.raises(Dropped):
        _add(hub, workspace, "1h")


def test_many_seeds_do_not_pile_up(hub: Hub) -> None:
    for seed in range(40):
        hub.fresh_state(seed)

    assert len(hub.default_worlds) <= 16


def test_a_fresh_state_does_not_share_what_was_done_to_another(
    hub: Hub, workspace: Workspace
) -> None:
    _add(hub, workspace, "1h")

    assert [parcel.id for parcel in hub.fresh_state()[PARCELS]] == [1000]
