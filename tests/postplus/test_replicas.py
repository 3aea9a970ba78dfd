"""Two replicas that share their worlds: the feed of one is the feed of the other."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from simulator.app import create_app
from simulator.engine.backends.memory import MemoryBackend
from simulator.settings import Settings
from tests.postplus.client import INTEGRATION_KEY, Client
from tests.support.server import START, Workspace, serving

IMPORTERS = 8
REQUESTS = 10


class Replicas:
    """Two simulators with one store, each under a prefix of its own."""

    def __init__(self) -> None:
        store = MemoryBackend()
        settings = Settings(response_validation="fail")
        self._apps = {name: create_app(settings, store) for name in ("one", "two")}
        self.garbled = self._apps["one"].garbled

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await self._apps["one"](scope, receive, send)
            return
        name, _, rest = scope["path"][1:].partition("/")
        await self._apps[name]({**scope, "path": f"/{rest}"}, receive, send)


@pytest.fixture(scope="module")
def replicas() -> Iterator[str]:
    with serving(Replicas()) as base_url:
        yield base_url


@pytest.fixture
def clients(replicas: str) -> Iterator[tuple[Client, Client]]:
    """A client of each replica, in one workspace."""
    places = [Workspace(f"{replicas}/{name}", "shared") for name in ("one", "two")]
    places[0].freeze(START)
    made = Client(places[0]), Client(places[1])
    yield made
    for client in made:
        client.close()
    for place in places:
        place.control.close()


def test_a_follower_on_both_misses_nothing_of_eight_importers_on_both(
    clients: tuple[Client, Client],
) -> None:
    number = clients[0].put_parcel()["identifiers"]["parcelNr"]

    def importer(place: int) -> None:
        integrator = Client(clients[place % 2].workspace, INTEGRATION_KEY)
        for request in range(REQUESTS):
            event = {
                "eventId": f"{place}-{request}",
                "eventCode": "FIRST_MILE_SCAN",
                "eventTime": "2026-03-01T10:00:00Z",
                "trackingNr": number,
            }
            integrator.ok("POST", "/integrations/tracking-import", json={"events": [event]})
        integrator.close()

    seen: list[str] = []
    versions: list[int] = []

    def follow(cursor: str) -> str:
        for client in clients:
            page = client.get("/tracking", fetchId=cursor, count=7)
            cursor = page["nextFetchId"]
            seen.extend(entry["event"]["eventId"] for entry in page["events"])
            versions.extend(int(entry["event"]["eventVersion"]) for entry in page["events"])
        return cursor

    with ThreadPoolExecutor(IMPORTERS) as threads:
        running = [threads.submit(importer, place) for place in range(IMPORTERS)]
        cursor = follow("")
        while not all(each.done() for each in running):
            cursor = follow(cursor)
        for each in running:
            each.result()
    for _ in range(IMPORTERS * REQUESTS):
        cursor = follow(cursor)
    imported = [each for each in seen if "-" in each]
    assert sorted(imported) == sorted(
        f"{place}-{request}" for place in range(IMPORTERS) for request in range(REQUESTS)
    )
    assert versions == sorted(versions)
