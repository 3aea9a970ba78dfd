"""A client of the session's server, and a shop that ships."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest

from simulator.testing import Simulator, World, connect
from tests.support.shipments import to_locker
from tests.testing.project import Project

AT = "2026-03-02T10:15:00+01:00"


@pytest.fixture
def simulator(server: str) -> Iterator[Simulator]:
    with connect(server) as simulator:
        yield simulator


@pytest.fixture
def world(simulator: Simulator) -> Iterator[World]:
    with simulator.world(at=AT) as world:
        yield world


@pytest.fixture
def ship(world: World) -> Callable[[], int]:
    """Makes a shipment of InPost's sandbox account; gives its id."""

    def make() -> int:
        url = f"{world.inpost.base_url}/v1/organizations/4/shipments"
        response = httpx2.post(url, headers=dict(world.inpost.headers), json=to_locker())
        response.raise_for_status()
        number: int = response.json()["id"]
        return number

    return make


@pytest.fixture
def run(tmp_path: Path, server: str) -> Project:
    """Runs a project's tests."""
    return Project(tmp_path, server)
