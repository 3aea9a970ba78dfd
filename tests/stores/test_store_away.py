"""While the store fails nothing is answered that is not kept, and afterwards all goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import closing

import httpx2
import pytest

from simulator.app import create_app
from simulator.engine.backends.store import Commit, Kept, StoreFailure
from simulator.settings import Settings
from tests.support.dict_store import DictStore, Place
from tests.support.server import START, Workspace, serving
from tests.support.shipments import to_locker

SHIPMENTS = "/v1/organizations/1/shipments"


@pytest.fixture
def place() -> Place:
    return Place()


@pytest.fixture
def workspace(place: Place) -> Iterator[Workspace]:
    """A workspace of a server that keeps what it has in the place."""
    settings = Settings(response_validation="fail")
    with serving(create_app(settings, store=DictStore(place))) as base_url:
        found = Workspace(base_url, "team")
        found.freeze(START)
        yield found
        place.fails = None
        found.close()


def test_every_answer_is_the_carriers_own_503_and_nothing_is_done(
    workspace: Workspace, place: Place
) -> None:
    made = workspace.client.post(SHIPMENTS, json=to_locker()).json()["id"]
    place.fails = "the disk is full"

    refused = workspace.client.post(SHIPMENTS, json=to_locker())
    assert refused.status_code == 503
    assert refused.json()["status"] == 503
    assert refused.json()["message"] == "The simulator's store fails: the disk is full."
    advanced = workspace.control.post("/clock/advance", json={"by": "1h"})
    assert (advanced.status_code, advanced.headers["content-type"]) == (
        503,
        "application/problem+json",
    )
    assert advanced.json()["detail"] == "the store fails: the disk is full"

    place.fails = None
    assert workspace.client.get(f"/v1/shipments/{made}").json()["status"] == "created"
    listed = workspace.client.get(SHIPMENTS).json()["items"]
    assert [item["id"] for item in listed] == [made]
    again = workspace.client.post(SHIPMENTS, json=to_locker())
    assert (again.status_code, again.json()["id"]) == (201, made + 1)
    assert workspace.advance("1h")["jobs"] > 0


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/inpost/v1/points", {}),
        ("/myparcel/shipments", {"Authorization": "Basic c2ltLW15cGFyY2VsLXBvc3RwYWlk"}),
        ("/postplus/api/v1/shipments", {"X-API-KEY": "apitest1234567890"}),
    ],
)
def test_a_world_that_is_only_in_the_store_is_not_made_anew_while_it_fails(
    workspace: Workspace, place: Place, path: str, headers: dict[str, str]
) -> None:
    place.fails = "it is away"
    base = workspace.base_url
    with httpx2.Client(base_url=f"{base}/w/other", trust_env=False, verify=False) as client:
        assert client.get(path, headers=headers).status_code == 503
        place.fails = None
        assert client.get("/_sim/clock").status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [("GET", "/records/inpost/shipments", None), ("POST", "/fork", {"name": "twin"})],
)
def test_controls_tell_and_copy_nothing_that_may_still_be_undone(
    method: str, path: str, body: object
) -> None:
    place = Place()
    place.stores = 1  # another process is there
    store = DictStore(place)
    app, commit = create_app(Settings(), store=store), store.commit
    tasks: list[asyncio.Task[httpx2.Response]] = []

    async def create(base_url: str) -> httpx2.Response:
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url=base_url) as client:
            headers = {"Authorization": "Bearer sim-inpost-prepaid"}
            path = f"/w/team/inpost{SHIPMENTS}"
            return await client.post(path, json=to_locker(), headers=headers)

    with serving(app) as base_url, closing(Workspace(base_url, "team")) as workspace:
        workspace.freeze(START)

        async def failing(commits: Sequence[Commit]) -> list[Kept | None]:
            """A shipment comes while the controls ask whether anything is new, and is not kept."""
            if any(each.changes and each.workspace == "team" for each in commits):
                for _ in range(200):
                    await asyncio.sleep(0)
                raise StoreFailure("the disk is full")
            if not tasks:
                tasks.append(asyncio.create_task(create(base_url)))
                for _ in range(200):
                    await asyncio.sleep(0)
            return await commit(commits)

        store.commit = failing  # type: ignore[method-assign]
        told = workspace.control.request(method, path, json=body)
        assert (told.status_code, len(tasks)) == (503, 1)
        store.commit = commit  # type: ignore[method-assign]
        assert workspace.records("inpost", "shipments") == []
        assert tasks[0].result().status_code == 503


def test_health_and_metrics_say_so(workspace: Workspace, place: Place) -> None:
    with httpx2.Client(base_url=workspace.base_url, trust_env=False, verify=False) as client:
        assert client.get("/_sim/health").status_code == 200
        assert "simulator_store_works 1.0" in client.get("/_sim/metrics").text
        place.fails = "the disk is full"
        assert workspace.client.get(SHIPMENTS).status_code == 503
        workspace.client.post(SHIPMENTS, json=to_locker())
        sick = client.get("/_sim/health")
        assert (sick.status_code, sick.json()["detail"]) == (
            503,
            "The store fails: the disk is full",
        )
        assert client.get("/_sim/health/ready").json() == sick.json()
        assert client.get("/_sim/health/live").status_code == 200
        text = client.get("/_sim/metrics").text
        assert "simulator_store_works 0.0" in text
        assert "simulator_store_conflicts_total 0.0" in text
        place.fails = None
        assert workspace.client.post(SHIPMENTS, json=to_locker()).status_code == 201
        assert client.get("/_sim/health").status_code == 200
