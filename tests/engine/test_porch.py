"""Where requests are answered that are let into no workspace: each finds it as it was."""

from __future__ import annotations

from datetime import timedelta

from simulator.engine.backends.memory import MemoryBackend
from simulator.engine.bounds import HubOptions
from simulator.engine.hub import Hub
from simulator.engine.porch import Porch
from simulator.engine.world import World
from tests.support.toy import parcels
from tests.support.toy.carrier import TOY
from tests.support.toy.records import PARCELS


def _arrives(world: World) -> None:
    parcels.add(world, "ann", "1h")


def test_what_a_request_does_is_undone_but_it_stays_in_the_journal() -> None:
    hub = Hub([TOY], MemoryBackend(), HubOptions())
    porch = Porch(hub)
    porch.workspace.journal.next_id()
    porch.hub.run(porch.workspace, _arrives)

    porch.tidy()

    assert [parcel.id for parcel in porch.workspace.state[PARCELS]] == [1000]
    assert porch.workspace.next_job() is None
    assert porch.workspace.journal.recorded == 1
    porch.hub.run(porch.workspace, _arrives)
    job = porch.workspace.next_job()
    assert job is not None
    assert job.due - porch.workspace.now() < timedelta(hours=1)


def test_nobody_sees_it_among_the_workspaces() -> None:
    hub = Hub([TOY], MemoryBackend(), HubOptions())

    assert Porch(hub).workspace.name not in hub.names()
    assert hub.existing("_refused") is None
