"""Two processes share a workspace through one backend: nothing is lost, nothing happens twice."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import msgspec
import pytest

from simulator.core.clock import Clock, parse_instant
from simulator.engine.backends.memory import MemoryBackend
from simulator.engine.bounds import HubOptions
from simulator.engine.hub import Hub
from simulator.engine.records import QUIRKS, WEBHOOKS, QuirkSetting
from simulator.engine.workspace import Workspace
from simulator.engine.world import World
from tests.support.toy import parcels
from tests.support.toy.carrier import TOY
from tests.support.toy.records import PARCELS, Parcel

START = parse_instant("2026-03-02T10:15:00+01:00")


@pytest.fixture
def hubs() -> tuple[Hub, Hub]:
    backend = MemoryBackend()
    options = HubOptions(clock=Clock.frozen(START))
    return Hub([TOY], backend, options), Hub([TOY], backend, options)


def _add(hub: Hub, owner: str, after: str = "1h") -> Parcel:
    return hub.run(hub.workspace("w"), lambda world: parcels.add(world, owner, after))


def _owners(hub: Hub) -> list[str]:
    return [parcel.owner for parcel in hub.workspace("w").state[PARCELS]]


def test_each_sees_what_the_other_did(hubs: tuple[Hub, Hub]) -> None:
    left, right = hubs
    assert [_add(left, "ann").id, _add(right, "bob").id, _add(left, "cid").id] == [1, 2, 3]
    assert _owners(left) == _owners(right) == ["ann", "bob", "cid", "nobody"]


def test_a_handler_runs_again_when_another_process_was_faster(hubs: tuple[Hub, Hub]) -> None:
    left, right = hubs
    _add(left, "ann")
    runs: list[list[str]] = []

    def work(world: World) -> Parcel:
        runs.append([parcel.owner for parcel in world[PARCELS]])
        if len(runs) == 1:
            _add(right, "bob")
        return parcels.add(world, "cid")

    assert left.run(left.workspace("w"), work).id == 3
    assert runs == [["ann", "nobody"], ["ann", "bob", "nobody"]]
    assert _owners(left) == _owners(right) == ["ann", "bob", "cid", "nobody"]


def test_what_is_drawn_is_the_same_in_every_process(hubs: tuple[Hub, Hub]) -> None:
    left, right = hubs
    code = _add(left, "ann").code
    assert right.workspace("w").state[PARCELS][1].code == code
    assert left.workspace("w").chance.digits("toy.code", 1, 8) == code


def test_clock_and_quirks_are_shared(hubs: tuple[Hub, Hub]) -> None:
    left, right = hubs
    right.workspace("w")
    left.set_clock(left.workspace("w"), Clock.frozen(START + timedelta(days=1)))
    left.run(
        left.workspace("w"), lambda world: world[QUIRKS].put(QuirkSetting("toy.missing", "gone"))
    )
    assert right.workspace("w").now() == START + timedelta(days=1)
    assert right.workspace("w").quirks["toy.missing"] == "gone"


def test_a_job_happens_once_though_both_saw_it_fall_due(hubs: tuple[Hub, Hub]) -> None:
    left, right = hubs
    _add(left, "ann", "0s")
    stale = right.workspace("w")
    left.run_due(left.workspace("w"))
    job = stale.next_job()
    assert job is not None
    right.jobs.run_job(stale, job)
    workspace = right.workspace("w")
    assert len(workspace.state[WEBHOOKS]) == 1
    assert workspace.state[PARCELS][1].status == "arrived"


def test_a_webhook_is_sent_by_one_process_only(hubs: tuple[Hub, Hub]) -> None:
    left, right = hubs
    sent: list[str] = []

    def sending(name: str, hub: Hub) -> None:
        def deliver(workspace: Workspace, webhook: int) -> asyncio.Future[None]:
            sent.append(name)
            done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            done.set_result(None)
            return done

        hub.deliver = deliver

    async def play() -> None:
        sending("left", left)
        sending("right", right)
        left.run(
            left.workspace("w"),
            lambda world: world.send_webhook(
                carrier="toy", event="x", target="http://127.0.0.1:9/", body=b"{}"
            ),
        )
        stale = right.workspace("w")
        job = stale.next_job()
        assert job is not None
        left.run_due(left.workspace("w"))
        right.jobs.run_job(stale, job)

    asyncio.run(play())
    assert sent == ["left"]


def test_a_reset_by_one_is_a_reset_for_both(hubs: tuple[Hub, Hub]) -> None:
    left, right = hubs
    _add(left, "ann")
    assert _owners(right) == ["ann", "nobody"]
    left.replace(left.workspace("w"), left.fresh_state())
    assert _owners(right) == ["nobody"]
    assert _add(right, "bob").id == 1


def test_a_workspace_that_one_dropped_begins_anew_for_the_other(hubs: tuple[Hub, Hub]) -> None:
    left, right = hubs
    _add(left, "ann")
    assert _owners(right) == ["ann", "nobody"]
    left.drop("w")
    assert right.existing("w") is None
    assert _owners(right) == ["nobody"]


def test_a_change_that_loses_the_race_leaves_nothing(hubs: tuple[Hub, Hub]) -> None:
    left, right = hubs
    _add(left, "ann")

    def work(world: World) -> None:
        if world[PARCELS][1].owner != "ann":
            raise LookupError("somebody else has it")
        right.run(
            right.workspace("w"),
            lambda other: other[PARCELS].put(
                msgspec.structs.replace(other[PARCELS][1], owner="bob")
            ),
        )
        world[PARCELS].put(msgspec.structs.replace(world[PARCELS][1], owner="cid"))

    with pytest.raises(LookupError):
        left.run(left.workspace("w"), work)
    assert _owners(left) == _owners(right) == ["bob", "nobody"]
