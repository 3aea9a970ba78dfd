"""The memory backend, and two processes' hubs that share one backend."""

from __future__ import annotations

import pytest

from simulator.core.clock import Clock, parse_instant
from simulator.engine.backends.backend import Backend
from simulator.engine.backends.memory import MemoryBackend
from simulator.engine.bounds import HubOptions
from simulator.engine.hub import Hub
from simulator.engine.world import World
from tests.engine.backend_conformance import BackendConformance
from tests.support.toy import parcels
from tests.support.toy.carrier import TOY
from tests.support.toy.records import PARCELS

START = Clock.frozen(parse_instant("2026-03-02T10:15:00+01:00"))


class TestMemoryBackend(BackendConformance):
    """The memory backend keeps every promise."""

    @pytest.fixture
    def backend(self) -> Backend:
        return MemoryBackend()


@pytest.fixture
def hubs() -> tuple[Hub, Hub]:
    """Two hubs, as of two processes, over the same workspaces."""
    backend, options = MemoryBackend(), HubOptions(clock=START)
    return Hub([TOY], backend, options), Hub([TOY], backend, options)


def _add(hub: Hub, owner: str) -> int:
    return hub.run(hub.workspace("w"), lambda world: parcels.add(world, owner).id)


def _owners(hub: Hub) -> list[str]:
    return [parcel.owner for parcel in hub.workspace("w").state[PARCELS]]


def test_each_sees_what_the_other_committed(hubs: tuple[Hub, Hub]) -> None:
    one, two = hubs

    assert [_add(one, "a"), _add(two, "b"), _add(one, "c")] == [1, 2, 3]
    assert _owners(one) == _owners(two) == ["a", "b", "c", "nobody"]


def test_whoever_was_slower_runs_again_on_the_newer_state(hubs: tuple[Hub, Hub]) -> None:
    one, two = hubs
    runs: list[int] = []

    def slow(world: World) -> int:
        if not runs:
            _add(two, "fast")
        runs.append(1)
        return parcels.add(world, "slow").id

    assert one.run(one.workspace("w"), slow) == 2
    assert len(runs) == 2
    assert _owners(one) == _owners(two) == ["fast", "slow", "nobody"]


def test_jobs_and_clock_are_shared(hubs: tuple[Hub, Hub]) -> None:
    one, two = hubs
    _add(one, "a")
    two.set_clock(two.workspace("w"), Clock.frozen(parse_instant("2026-03-02T12:00:00+01:00")))

    one.run_due(one.workspace("w"))
    two.run_due(two.workspace("w"))

    for hub in hubs:
        assert hub.workspace("w").state[PARCELS][1].status == "arrived"
        assert hub.workspace("w").next_job() is None


def test_a_replaced_workspace_is_loaded_whole(hubs: tuple[Hub, Hub]) -> None:
    one, two = hubs
    _add(one, "a")
    _add(two, "b")

    one.replace(one.workspace("w"), one.fresh_state())

    assert _owners(two) == ["nobody"]
    assert _add(two, "c") == 1


def test_one_that_slept_long_catches_up(hubs: tuple[Hub, Hub]) -> None:
    one, two = hubs
    _add(two, "first")
    for _ in range(600):
        _add(one, "a")

    assert _add(two, "last") == 602


def test_a_dropped_workspace_begins_anew_everywhere(hubs: tuple[Hub, Hub]) -> None:
    one, two = hubs
    _add(one, "a")
    _add(two, "b")

    assert one.drop("w")
    assert two.existing("w") is None
    assert _owners(two) == ["nobody"]
    assert not one.drop("never")
