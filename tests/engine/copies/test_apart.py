"""Work that is done apart: isolated, whole or not at all, and in the same life of its workspace."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from simulator.core.clock import Clock, parse_instant
from simulator.engine.backends.memory import MemoryBackend
from simulator.engine.bounds import Dropped, HubOptions
from simulator.engine.copies import apart
from simulator.engine.hub import Hub
from simulator.engine.moving import timeline
from simulator.engine.records import FRAME, JOBS
from simulator.engine.workspace import Workspace
from simulator.engine.world import World
from tests.support.toy import parcels
from tests.support.toy.carrier import TOY
from tests.support.toy.records import PARCELS

START = parse_instant("2026-03-02T10:15:00+01:00")
_PATIENCE = 30


@pytest.fixture
def hub() -> Hub:
    """A hub of which the workspaces begin frozen."""
    return Hub([TOY], MemoryBackend(), HubOptions(clock=Clock.frozen(START)))


@pytest.fixture
def workspace(hub: Hub) -> Workspace:
    """One of its workspaces."""
    return hub.workspace("w")


class Making:
    """Makes parcels, and waits after the first one until it is told to go on; `runs` counts."""

    def __init__(self, many: int = 3) -> None:
        self._many = many
        self._half = threading.Event()
        self._go_on = threading.Event()
        self.runs = 0

    def __call__(self, world: World) -> list[int]:
        self.runs += 1
        made = [parcels.add(world, "ann").id]
        self._half.set()
        assert self._go_on.wait(_PATIENCE)
        return made + [parcels.add(world, "ann").id for _ in range(self._many - 1)]

    async def half(self) -> None:
        """When the first parcel is made."""
        await asyncio.to_thread(self._half.wait, _PATIENCE)
        self._half.clear()

    def go_on(self) -> None:
        """Let it make the others, now and whenever it runs again."""
        self._go_on.set()


def _with_half(
    hub: Hub, workspace: Workspace, meanwhile: Callable[[], object], making: Making | None = None
) -> list[int]:
    """What is made while something else happens."""
    making = Making() if making is None else making

    async def run() -> list[int]:
        task = asyncio.ensure_future(apart.run(hub, workspace, making))
        await making.half()
        meanwhile()
        making.go_on()
        return await task

    return asyncio.run(run())


def _of(workspace: Workspace) -> list[int]:
    return [parcel.id for parcel in workspace.state[PARCELS]]


def _rows(workspace: Workspace) -> dict[str, Any]:
    """All records but the clock's, which knows the machine's time."""
    tables = workspace.state.rows().items()
    return {name: dict(rows) for name, rows in tables if name != FRAME.name}


def _add(hub: Hub, workspace: Workspace) -> int:
    return hub.run(workspace, lambda world: parcels.add(world, "bob").id)


def test_nobody_sees_what_is_half_made(hub: Hub, workspace: Workspace) -> None:
    seen: list[Any] = []

    def look() -> None:
        seen.append(hub.run(workspace, lambda world: [parcel.id for parcel in world[PARCELS]]))
        seen.append((_of(workspace), workspace.event_count, len(workspace.state[JOBS])))

    assert _with_half(hub, workspace, look) == [1, 2, 3]
    assert seen == [[1000], ([1000], 0, 0)]
    assert _of(workspace) == [1, 2, 3, 1000]


def test_it_is_as_if_it_had_been_done_at_once(hub: Hub, workspace: Workspace) -> None:
    twin = hub.workspace("twin")
    making = Making()
    making.go_on()
    assert _with_half(hub, workspace, lambda: None) == hub.run(twin, making)
    for each in (workspace, twin):
        asyncio.run(timeline.advance(hub, each, START + timedelta(days=1)))
    assert _rows(workspace) == _rows(twin)
    assert [*workspace.events] == [*twin.events]
    assert workspace.event_count == 3
    # What a backend was told of it is what another process would find.
    other = Hub([TOY], hub.backend, hub.options)
    assert _rows(other.workspace("w")) == _rows(workspace)


def test_another_workspace_goes_on_meanwhile(hub: Hub, workspace: Workspace) -> None:
    other = hub.workspace("other")
    assert _with_half(hub, workspace, lambda: _add(hub, other)) == [1, 2, 3]
    assert _of(other) == [1, 1000]


def test_what_raises_leaves_nothing_behind(hub: Hub, workspace: Workspace) -> None:
    version = workspace.version

    def fail(world: World) -> None:
        parcels.add(world, "ann")
        raise KeyError("no parcel")

    with pytest.raises(KeyError, match="no parcel"):
        asyncio.run(apart.run(hub, workspace, fail))
    assert (workspace.version, _of(workspace), workspace.next_job()) == (version, [1000], None)
    assert _add(hub, workspace) == 1


def test_it_runs_again_when_another_transaction_was_faster(hub: Hub, workspace: Workspace) -> None:
    making = Making()
    assert _with_half(hub, workspace, lambda: _add(hub, workspace), making) == [2, 3, 4]
    assert making.runs == 2
    assert _of(workspace) == [1, 2, 3, 4, 1000]


def test_after_vain_tries_it_is_done_in_one_go(hub: Hub, workspace: Workspace) -> None:
    loop_thread = threading.current_thread()
    threads: list[threading.Thread] = []
    first: list[int] = []

    async def run() -> int:
        loop = asyncio.get_running_loop()

        def work(world: World) -> int:
            threads.append(threading.current_thread())
            if threads[-1] is not loop_thread:
                done = threading.Event()

                def disturb() -> None:
                    _add(hub, workspace)
                    done.set()

                loop.call_soon_threadsafe(disturb)
                assert done.wait(_PATIENCE)
            return parcels.add(world, "ann").id

        def count() -> None:
            first.append(len(threads))

        return await apart.run(hub, workspace, work, first=count)

    assert asyncio.run(run()) == len(threads)
    assert [thread is loop_thread for thread in threads] == [False, False, False, True]
    assert first == [0]  # what comes before it comes once


@pytest.mark.parametrize("end", ["deleted", "made anew", "begun again"])
def test_it_is_void_when_its_workspace_ends_meanwhile(
    hub: Hub, workspace: Workspace, end: str
) -> None:
    def meanwhile() -> None:
        if end == "begun again":
            hub.replace(workspace, hub.fresh_state())
            return
        hub.drop("w")
        if end == "made anew":
            hub.workspace("w")

    making = Making()
    with pytest.raises(Dropped, match="workspace w"):
        _with_half(hub, workspace, meanwhile, making)
    assert making.runs == 1
    found = hub.existing("w")
    assert (found is None) == (end == "deleted")
    if found is not None:
        assert (_of(found), found.event_count, found.next_job()) == ([1000], 0, None)


def test_a_failure_is_not_told_of_a_workspace_that_is_gone(hub: Hub, workspace: Workspace) -> None:
    class Failing(Making):
        def __call__(self, world: World) -> list[int]:
            super().__call__(world)
            raise KeyError("no parcel")

    with pytest.raises(Dropped):
        _with_half(hub, workspace, partial(hub.drop, "w"), Failing())


def test_due_jobs_come_before_it_and_stay_when_it_fails(hub: Hub, workspace: Workspace) -> None:
    hub.run(workspace, lambda world: world.enqueue("toy.explode", parcel_id=1000))

    def fail(world: World) -> None:
        raise KeyError(len(world[JOBS]))

    with pytest.raises(KeyError, match="0"):
        asyncio.run(apart.run(hub, workspace, fail))
    assert workspace.next_job() is None


def test_one_thing_is_done_apart_at_a_time_and_who_would_disturb_it_waits(
    hub: Hub, workspace: Workspace
) -> None:
    order: list[str] = []

    async def run() -> None:
        making = Making()

        async def moved() -> None:
            await timeline.advance(hub, workspace, START + timedelta(days=1))
            order.append(f"moved over {workspace.event_count}")

        async def second() -> None:
            made = await apart.run(hub, workspace, lambda world: parcels.add(world, "bob").id)
            order.append(f"made {made}")

        first = asyncio.ensure_future(apart.run(hub, workspace, making))
        await making.half()
        others = [asyncio.ensure_future(second()), asyncio.ensure_future(moved())]
        await asyncio.sleep(0)
        assert workspace.is_busy
        making.go_on()
        assert await first == [1, 2, 3]
        await asyncio.gather(*others)
        assert making.runs == 1

    asyncio.run(run())
    assert order == ["made 4", "moved over 4"]
