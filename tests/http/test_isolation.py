"""Worlds side by side do not see each other, and a seed gives the same world again."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2

from tests.support.server import START, Workspace

CREATE: dict[str, Any] = {
    "service": "inpost_locker_standard",
    "receiver": {"email": "ewa@example.com", "phone": "501502503"},
    "parcels": {"template": "small"},
    "custom_attributes": {"target_point": "KRA010", "sending_method": "dispatch_order"},
}


def test_two_workspaces_hammered_side_by_side_stay_apart(
    new_workspace: Callable[[], Workspace],
) -> None:
    left, right = new_workspace(), new_workspace()

    def hammer(workspace: Workspace, mark: str, count: int) -> list[int]:
        with httpx2.Client(
            base_url=workspace.inpost_url, headers={"Authorization": "Bearer sim-inpost-postpaid"}
        ) as client:
            made = []
            for number in range(count):
                body = {**CREATE, "reference": f"{mark}-{number}"}
                response = client.post("/v1/organizations/2/shipments", json=body)
                assert response.status_code == 201
                shipment = response.json()["id"]
                assert client.get(f"/v1/shipments/{shipment}").json()["reference"].startswith(mark)
                made.append(shipment)
            return made

    with ThreadPoolExecutor(4) as pool:
        runs = [
            pool.submit(hammer, workspace, mark, 25)
            for workspace, mark in ((left, "left"), (right, "right"), (left, "left"))
        ]
        made = [run.result() for run in runs]
    assert len(set(made[0]) | set(made[2])) == 50
    for workspace, mark, count in ((left, "left", 50), (right, "right", 25)):
        workspace.advance("10s")
        rows = workspace.records("inpost", "shipments")
        assert len(rows) == count
        assert {row["reference"].partition("-")[0] for row in rows} == {mark}
        assert {row["status"] for row in rows} == {"confirmed"}
        assert len({row["tracking_number"] for row in rows}) == count


def test_parallel_requests_do_not_change_each_others_chance(
    new_workspace: Callable[[], Workspace],
) -> None:
    def bought_in(order: Callable[[list[int]], list[int]]) -> dict[int, str]:
        workspace = reseeded(new_workspace(), 7)
        client = workspace.inpost("sim-inpost-postpaid")
        offer_mode = {name: value for name, value in CREATE.items() if name != "service"}
        url = "/v1/organizations/2/shipments"
        made = [client.post(url, json=offer_mode).json()["id"] for _ in range(12)]
        workspace.advance("1s")

        def buy(shipment: int) -> None:
            offer = client.get(f"/v1/shipments/{shipment}").json()["offers"][0]["id"]
            bought = client.post(f"/v1/shipments/{shipment}/buy", json={"offer_id": offer})
            assert bought.status_code == 200, bought.text

        with ThreadPoolExecutor(6) as pool:
            list(pool.map(buy, order(made)))
        workspace.advance("1h")
        shipments = {row["id"]: row for row in workspace.records("inpost", "shipments")}
        assert {row["status"] for row in shipments.values()} == {"confirmed"}
        return {number: row["tracking_number"] for number, row in shipments.items()}

    forwards, backwards = bought_in(list), bought_in(lambda made: made[::-1])
    assert forwards == backwards
    assert len(set(forwards.values())) == 12


def story(workspace: Workspace) -> list[bytes]:
    """A day in the life of a workspace: every byte that the client got."""
    client, got = workspace.client, []

    def ask(method: str, path: str, body: Any = None) -> Any:
        response = client.request(method, path, json=body)
        headers = {name: value for name, value in response.headers.items() if name != "server"}
        text = f"{response.status_code} {headers}".encode() + response.content
        got.append(text.replace(workspace.name.encode(), b"NAME"))
        return response

    shipment = ask("POST", "/v1/organizations/1/shipments", CREATE).json()["id"]
    workspace.advance("5s")
    tracking = ask("GET", f"/v1/shipments/{shipment}").json()["tracking_number"]
    ask("GET", f"/v1/shipments/{shipment}/label?type=A6")
    workspace.do("inpost.start_journey", shipment=shipment, journey="locker_delivered")
    workspace.advance("5d")
    ask("GET", f"/v1/tracking/{tracking}")
    ask("GET", "/v1/organizations/1/shipments")
    ask("GET", "/v1/points?per_page=5")
    return got


def reseeded(workspace: Workspace, seed: int) -> Workspace:
    response = workspace.control.post("/reset", json={"seed": seed})
    assert response.status_code < 300, response.text
    workspace.freeze(START)
    return workspace


def test_the_same_seed_gives_the_same_bytes(new_workspace: Callable[[], Workspace]) -> None:
    first = story(reseeded(new_workspace(), 7))
    second = story(reseeded(new_workspace(), 7))
    assert first == second


def test_another_seed_gives_another_world(new_workspace: Callable[[], Workspace]) -> None:
    assert story(reseeded(new_workspace(), 7)) != story(reseeded(new_workspace(), 8))
