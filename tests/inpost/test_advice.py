"""What the journal advises leads on from where a shipment is, and never to where it cannot get."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from simulator.carriers import reasons
from tests.inpost.shipx import BROKE, bought, create, offer_mode, prepared
from tests.support.server import Workspace

Json = dict[str, Any]


def advice(workspace: Workspace, answer: httpx2.Response) -> str:
    """What the journal advises after an exchange that was refused."""
    assert answer.status_code >= 400, answer.text
    found = workspace.control.get(f"/journal/{answer.headers['X-Sim-Request-Id']}")
    told: str = found.json()["advice"]
    return told


def changes(workspace: Workspace, shipment: Json) -> list[httpx2.Response]:
    """The answers to everything that is for a shipment before its purchase."""
    path, client = f"/v1/shipments/{shipment['id']}", workspace.client
    chosen = {"offer_id": shipment["selected_offer"]["id"]}
    return [
        client.delete(path),
        client.put(path, json={"reference": "another"}),
        client.post(f"{path}/buy", json=chosen),
        client.post(f"{path}/select_offer", json=chosen),
    ]


def test_nobody_is_told_to_wait_for_a_confirmed_shipment_to_be_as_it_was(
    workspace: Workspace,
) -> None:
    shipment = bought(workspace)
    for answer in changes(workspace, shipment):
        told = advice(workspace, answer)
        assert told.startswith("no shipment gets back from confirmed, so waiting does not help")
        assert "create another one" in told
        assert f'the action inpost.move with {{"shipment": {shipment["id"]}, ' in told
        assert "advance" not in told


def test_the_way_that_is_told_for_a_confirmed_shipment_can_be_gone(workspace: Workspace) -> None:
    number = bought(workspace)["id"]
    moved = workspace.do("inpost.move", shipment=number, to="canceled")
    assert moved["status"] == "canceled"


def test_a_shipment_on_its_way_cannot_be_given_up_and_none_is_told_how(
    workspace: Workspace,
) -> None:
    shipment = bought(workspace)
    workspace.do("inpost.move", shipment=shipment["id"], to="out_for_delivery")
    for answer in changes(workspace, shipment):
        assert advice(workspace, answer).endswith("leave this one as it is")


def test_one_that_is_delivered_is_not_to_be_collected_by_waiting(workspace: Workspace) -> None:
    number = bought(workspace)["id"]
    workspace.do("inpost.move", shipment=number, to="out_for_delivery")
    order = {"shipments": [number], "address": None, "dispatch_point_id": 10}
    answer = workspace.client.post("/v1/organizations/1/dispatch_orders", json=order)
    entry = workspace.control.get(f"/journal/{answer.headers['X-Sim-Request-Id']}").json()
    assert "no shipment gets back from out_for_delivery" in str(entry["why"])


def test_who_asks_before_the_services_were_is_told_what_comes(workspace: Workspace) -> None:
    created = create(workspace, offer_mode())
    path = f"/v1/shipments/{created['id']}/buy"
    answer = workspace.client.post(path, json={"offer_id": 9_100_001})
    assert "services are asked for its offers at 2026-03-02T10:15:00.1" in advice(workspace, answer)


def test_who_would_cancel_is_not_told_to_buy(workspace: Workspace) -> None:
    shipment = prepared(workspace)
    path = f"/v1/shipments/{shipment['id']}"
    wanted = next(each["id"] for each in shipment["offers"] if each["status"] == "available")
    chosen = workspace.client.post(f"{path}/select_offer", json={"offer_id": wanted})
    assert chosen.json()["status"] == "offer_selected"
    told = advice(workspace, workspace.client.delete(path))
    assert told.startswith(f"change the shipment first (PUT {path})")
    assert "then cancel it" in told
    assert "buy an offer" not in told
    assert workspace.client.put(path, json={"reference": "another"}).status_code == 200
    assert workspace.client.delete(path).status_code == 204


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0.2534, "0.253 s"),
        (59.999, "1 min"),
        (150, "2 min"),
        (7_500, "2 h 5 min"),
        (86_400, "1 day"),
        (3_893_000, "45 days 1 h"),
        (86_399.9, "1 day"),
    ],
)
def test_how_long_something_takes_is_told_in_units_that_people_use(
    seconds: float, told: str
) -> None:
    assert reasons.span(seconds) == told


def test_an_expired_offer_is_the_cause_where_the_money_is_there(workspace: Workspace) -> None:
    client = workspace.inpost(BROKE)
    shipment = prepared(workspace, token=BROKE)
    path = f"/v1/shipments/{shipment['id']}"
    wanted = {"offer_id": next(o["id"] for o in shipment["offers"] if o["status"] == "available")}
    assert client.post(f"{path}/buy", json=wanted).status_code == 200
    workspace.advance("3s")
    assert "top it up with the action inpost.top_up, then" in advice(
        workspace, client.get(f"{path}/label")
    )
    workspace.do("inpost.expire_offers", shipment=shipment["id"])
    poor = advice(workspace, client.post(f"{path}/buy", json=wanted))
    assert poor.startswith("nothing is under way: no offer can be bought (they are: ")
    assert "top it up" in poor
    workspace.do("inpost.top_up", organization=3, amount="100.00")
    rich = advice(workspace, client.post(f"{path}/buy", json=wanted))
    assert "change the shipment for new ones" in rich
    assert "PLN" not in rich
    assert "top it up" not in rich


def test_a_blank_name_is_found_once_and_lacks_twice(workspace: Workspace) -> None:
    answer = workspace.client.post(
        "/v1/organizations/1/mpks", json={"name": "", "description": "x"}
    )
    assert answer.json()["details"] == {"name": ["required", "too_short"]}
    entry = workspace.control.get(f"/journal/{answer.headers['X-Sim-Request-Id']}").json()
    assert [finding["key"] for finding in entry["findings"]] == ["required", "too_short"]
