"""Workspaces that nobody asks for go, the longest idle first, but for those that are in use."""

from __future__ import annotations

import asyncio

import pytest
from structlog.testing import capture_logs

from simulator.engine.backends.memory import MemoryBackend
from simulator.engine.bounds import HubOptions, TooManyWorkspaces
from simulator.engine.hub import Hub
from simulator.engine.lifetime.idleness import Idleness
from tests.support.toy.carrier import TOY

HOUR = 3600.0


def _hub(*idle_hours: int, most: int = 100) -> tuple[Hub, Idleness]:
    """Workspaces ``w0``, ``w1``, ... that have been idle for so long, at the hour 1000."""
    hub = Hub([TOY], MemoryBackend(), HubOptions(workspaces=most))
    hub.idleness = Idleness(hub._workspaces, hub.drop, 24 * HOUR, lambda: 1000 * HOUR)
    for number, hours in enumerate(idle_hours):
        hub.workspace(f"w{number}").asked_at = (1000 - hours) * HOUR
    return hub, hub.idleness


def test_those_that_have_reached_the_age_go_the_longest_idle_first() -> None:
    hub, idleness = _hub(30, 23, 50, 24)

    with capture_logs() as lines:
        idleness.let_go()

    assert hub.names() == ["default", "w1"]
    assert [(line["workspace"], line["idle_seconds"]) for line in lines] == [
        ("w2", 50 * HOUR),
        ("w0", 30 * HOUR),
        ("w3", 24 * HOUR),
    ]


def test_at_the_bound_the_longest_idle_makes_room() -> None:
    hub, _ = _hub(1, 3, 2, most=3)

    hub.workspace("new")

    assert hub.names() == ["default", "new", "w0", "w2"]


def test_at_the_bound_nobody_makes_room_who_was_asked_for_just_now() -> None:
    hub, _ = _hub(0, 0, most=2)

    with pytest.raises(TooManyWorkspaces, match="DELETE some"):
        hub.workspace("new")
    assert hub.workspace("default").name == "default"


def test_the_default_one_stays() -> None:
    hub, idleness = _hub()
    kept = hub.workspace("default")
    kept.asked_at = 0.0

    idleness.let_go()

    assert hub.workspace("default") is kept


@pytest.mark.parametrize("use", ["listener", "visit", "move", "delivery"])
def test_one_that_is_in_use_stays_until_it_is_not(use: str) -> None:
    async def play() -> None:
        hub, idleness = _hub(30)
        workspace = hub.workspace("w0")
        delivery = asyncio.get_running_loop().create_future()
        if use == "listener":
            workspace.listeners.add(asyncio.Queue())
        elif use == "delivery":
            workspace.in_flight.add(delivery)
        elif use == "move":
            await workspace.moving.__aenter__()
        else:
            with workspace.visited():
                idleness.let_go()
                assert hub.existing("w0") is workspace
            assert workspace.asked_at < 1000 * HOUR
            return

        idleness.let_go()

        assert hub.existing("w0") is workspace
        workspace.listeners.clear()
        workspace.in_flight.clear()
        if use == "move":
            await workspace.moving.__aexit__(None, None, None)
        idleness.let_go()
        assert hub.existing("w0") is None

    asyncio.run(play())
