"""A request that makes much is answered beside others, who see all that it makes or nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import httpx2
import pytest

from simulator.carriers.inpost.shipments import caller_shipments
from simulator.carriers.myparcel.rules import outages
from simulator.carriers.myparcel.wire import credentials
from simulator.carriers.postplus.parcels import parcels
from simulator.engine.world import World
from tests.http.test_reading_ahead import BATCHES, batch
from tests.myparcel.client import basic
from tests.support.server import Workspace

_PATIENCE = 30
_BEGUN = {"inpost/batches": 0, "myparcel/shipments": 0, "postplus/parcels": 1}
"""Records with which a workspace begins."""
_ROW = "NL,2132JE,Hoofddorp,Antareslaan,31,Noor Visser,,noor@example.test,"


class Held:
    """Keeps threads of the program where they are until it is told to let them go on."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self._free = threading.Event()

    def __call__(self) -> None:
        if threading.current_thread().name.startswith("apart"):
            self.reached.set()
            assert self._free.wait(_PATIENCE)

    def free(self) -> None:
        self._free.set()


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    """What holds large requests of each carrier in the middle: they have made something already,
    or are judged already."""
    hold = Held()

    def holding(owner: Any, name: str) -> None:
        original = getattr(owner, name)

        def held(*arguments: Any, **named: Any) -> Any:
            result = original(*arguments, **named)
            hold()
            return result

        monkeypatch.setattr(owner, name, held)

    holding(caller_shipments, "sound_items")
    holding(outages, "check")
    holding(parcels, "upsert")
    yield hold
    hold.free()


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    """Clients that wait for an answer beside the test."""
    with ThreadPoolExecutor(4) as pool:
        yield pool


def csv(workspace: Workspace, rows: int) -> httpx2.Response:
    """Make a shipment of MyParcel of each row."""
    return httpx2.post(
        f"{workspace.base_url}/w/{workspace.name}/myparcel/shipments",
        content="\n".join([_ROW] * rows),
        headers={"Authorization": basic("sim-myparcel-postpaid"), "Content-Type": "text/csv"},
        trust_env=False,
        timeout=_PATIENCE,
    )


def _count(workspace: Workspace, table: str) -> int:
    found = workspace.control.get(f"/records/{table}")
    assert found.status_code == 200, found.text
    return len(found.json()["items"])


def _begun(
    workspace: Workspace, threads: ThreadPoolExecutor, held: Held
) -> Future[httpx2.Response]:
    """A large request that is half done."""
    coming = threads.submit(csv, workspace, 400)
    assert held.reached.wait(_PATIENCE)
    assert not coming.done()
    return coming


def test_others_are_answered_meanwhile_and_see_nothing_of_it(
    workspace: Workspace, held: Held, threads: ThreadPoolExecutor
) -> None:
    coming = _begun(workspace, threads, held)
    health = httpx2.get(f"{workspace.base_url}/_sim/health", trust_env=False)
    assert health.status_code == 200
    neighbour = f"{workspace.name}-neighbour"
    made = httpx2.post(
        f"{workspace.base_url}/w/{neighbour}{BATCHES}",
        json=batch(1),
        headers={"Authorization": "Bearer sim-inpost-postpaid"},
        trust_env=False,
    )
    assert made.status_code == 201, made.text
    assert _count(workspace, "myparcel/shipments") == 0
    assert not coming.done()
    held.free()
    assert coming.result().status_code == 204
    assert _count(workspace, "myparcel/shipments") > 0


def test_requests_of_the_same_workspace_come_after_it(
    workspace: Workspace, held: Held, threads: ThreadPoolExecutor
) -> None:
    coming = _begun(workspace, threads, held)
    owner = workspace.inpost("sim-inpost-postpaid")
    second = threads.submit(owner.post, BATCHES, json=batch(1))
    third = threads.submit(csv, workspace, 300)
    # The controls of the workspace are answered while its requests wait.
    assert workspace.control.get("/clock").status_code == 200
    held.free()
    assert [coming.result().status_code, third.result().status_code] == [204, 204]
    assert second.result().status_code == 201
    entries = workspace.control.get("/journal").json()["items"]
    operations = [each["operation"] for each in sorted(entries, key=lambda each: each["id"])]
    assert sorted(operations) == ["inpost.create_batch", *["myparcel.create_shipments"] * 2]
    assert operations[0] == "myparcel.create_shipments"


@pytest.mark.parametrize("carrier", ["inpost", "myparcel", "postplus"])
@pytest.mark.parametrize("end", ["DELETE", "POST"])
def test_it_is_void_when_its_workspace_is_deleted_or_reset_meanwhile(
    workspace: Workspace, held: Held, threads: ThreadPoolExecutor, carrier: str, end: str
) -> None:
    coming = threads.submit(_LARGE[carrier], workspace)
    assert held.reached.wait(_PATIENCE)
    ended = workspace.control.request(end, "" if end == "DELETE" else "/reset")
    assert ended.status_code in (200, 204), ended.text
    held.free()
    answer = coming.result()
    assert answer.status_code == 409, answer.text
    assert "meanwhile" in answer.text
    found = workspace.control.get("")
    assert found.status_code == (404 if end == "DELETE" else 200)
    if end == "POST":
        for table in ("inpost/batches", "myparcel/shipments", "postplus/parcels"):
            assert _count(workspace, table) == _BEGUN[table]
        [entry] = workspace.control.get("/journal").json()["items"]
        assert entry["status"] == 409


def test_a_path_that_names_very_many_things_is_answered_apart(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    original = credentials.shop

    def watched(world: World) -> Any:
        seen.append(threading.current_thread().name.partition("_")[0])
        return original(world)

    monkeypatch.setattr(credentials, "shop", watched)
    assert csv(workspace, 100).status_code == 204
    listed = workspace.control.get("/records/myparcel/shipments").json()["items"]
    ids = [str(each["id"]) for each in listed]
    told = []
    for many in (2, 100):
        seen.clear()
        answer = httpx2.get(
            f"{workspace.base_url}/w/{workspace.name}/myparcel/shipments/{';'.join(ids[:many])}",
            headers={"Authorization": basic("sim-myparcel-postpaid")},
            trust_env=False,
        )
        shown = answer.json()["data"]["shipments"]
        assert [str(each["id"]) for each in shown] == ids[:many]
        told.append("apart" in seen)
    assert told == [False, True]


def _parcels(workspace: Workspace) -> httpx2.Response:
    element = {
        "parcelIdentifiers": {"senderParcelNr": "H"},
        "parcel": {"items": [{"description": "Mug " * 100}]},
    }
    return httpx2.post(
        f"{workspace.base_url}/w/{workspace.name}/postplus/api/v1/parcels/create-or-update-many",
        json={"parcels": [element] * 190},
        headers={"X-API-KEY": "apitest1234567890"},
        trust_env=False,
        timeout=_PATIENCE,
    )


_LARGE: dict[str, Any] = {
    "inpost": lambda workspace: workspace.inpost("sim-inpost-postpaid").post(
        BATCHES, json=batch(400)
    ),
    "myparcel": lambda workspace: csv(workspace, 400),
    "postplus": _parcels,
}
