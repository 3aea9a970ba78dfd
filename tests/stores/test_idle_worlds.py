"""A world that nobody asks for leaves memory, and is there again for whoever asks."""

from __future__ import annotations

from collections.abc import Iterator

import httpx2
import pytest

from simulator.settings import Settings
from tests.support.server import START, Workspace, running
from tests.support.shipments import to_locker

SHIPMENTS = "/v1/organizations/1/shipments"


@pytest.fixture
def base_url(store: str) -> Iterator[str]:
    """A server from whose memory a world goes almost at once."""
    with running(Settings(store=store, workspaces_idle=0.05)) as base_url:
        yield base_url


def in_memory(client: httpx2.Client) -> int:
    """How many worlds are in memory; who asks for that asks for none of them."""
    lines = client.get("/_sim/metrics").text.splitlines()
    [line] = [line for line in lines if line.startswith("simulator_store_near ")]
    return int(float(line.rpartition(" ")[2]))


def wait_until(client: httpx2.Client, count: int) -> None:
    for _ in range(2000):
        if in_memory(client) == count:
            return
    pytest.fail(f"{in_memory(client)} worlds are in memory, and not {count}")


def test_it_goes_from_memory_and_nothing_of_it_is_lost(base_url: str) -> None:
    with httpx2.Client(base_url=base_url, trust_env=False, timeout=30) as client:
        world = Workspace(base_url, "team")
        world.freeze(START)
        made = world.client.post(SHIPMENTS, json=to_locker()).json()["id"]
        wait_until(client, 1)

        assert world.client.get(f"/v1/shipments/{made}").json()["status"] == "created"
        assert [entry["operation"] for entry in world.journal()] == [
            "inpost.get_shipment",
            "inpost.create_shipment",
        ]
        wait_until(client, 1)
        assert world.advance("10m")["jobs"] > 0
        assert world.client.get(f"/v1/shipments/{made}").json()["status"] == "confirmed"
        world.close()


def test_what_falls_due_in_it_happens_by_itself(base_url: str) -> None:
    with httpx2.Client(base_url=base_url, trust_env=False, timeout=30) as client:
        world = Workspace(base_url, "team")
        world.control.put("/clock", json={"mode": "scaled", "at": START, "speed": 20})
        assert world.client.post(SHIPMENTS, json=to_locker()).status_code == 201
        statuses = {"created"}
        for _ in range(400):
            wait_until(client, 1)
            statuses = {each["status"] for each in world.records("inpost", "shipments")}
            if statuses == {"confirmed"}:
                break
        assert statuses == {"confirmed"}
        world.close()
