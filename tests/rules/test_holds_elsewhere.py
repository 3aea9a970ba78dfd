"""Steps of MyParcel and PostPlus that do not happen when they should."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from dirty_equals import IsPartialDict

from tests.myparcel.client import SHIPMENT, Shop
from tests.myparcel.parcels import package
from tests.myparcel.tracked import status_of, subscribed
from tests.postplus import shipping
from tests.postplus.client import Client, Json
from tests.rules.making import rule
from tests.rules.test_holds import held, let_go
from tests.support.receiver import receiving
from tests.support.server import Workspace


@pytest.fixture
def shop(workspace: Workspace) -> Iterator[Shop]:
    """A shop of MyParcel with the later features."""
    workspace.quirk("myparcel.edition", "today")
    made = Shop(workspace)
    yield made
    made.close()


@pytest.fixture
def client(workspace: Workspace) -> Iterator[Client]:
    """A client of PostPlus."""
    made = Client(workspace)
    yield made
    made.close()


def fetched(shop: Shop, url: str) -> httpx2.Response:
    return shop.client.get(url)


def ordered(shop: Shop, **changes: Any) -> tuple[int, str]:
    """A new shipment with its label ordered: its id, and where the label will be."""
    headers = {"Content-Type": SHIPMENT, "Accept": "application/vnd.shipment_label+json"}
    body = {"data": {"shipments": [{**package(1), **changes}]}}
    response = shop.client.post("/shipments", json=body, headers=headers)
    assert response.status_code == 200, response.text
    made = response.json()["data"]
    return made["ids"][0]["id"], made["pdf"]["url"]


def test_labels_are_not_printed_until_the_rule_is_deleted(shop: Shop) -> None:
    number = rule(shop.workspace, hold={"step": "myparcel.print"})
    shipment, url = ordered(shop)
    shop.workspace.advance("1h")
    refused = fetched(shop, url)
    assert refused.status_code == 404
    assert refused.json()["errors"][0]["code"] == 3105
    assert status_of(shop, shipment) == 1
    assert held(shop.workspace, number)["steps"][0]["job"] == "myparcel.print_labels"
    let_go(shop.workspace, number)
    assert status_of(shop, shipment) == 2
    assert fetched(shop, url).content.startswith(b"%PDF")


def test_labels_that_cannot_be_printed_are_told_of(shop: Shop) -> None:
    rule(shop.workspace, hold={"step": "myparcel.print", "for": "5m", "then": "fail"})
    shipment, url = ordered(shop)
    shop.workspace.advance("10m")
    [told] = [each for each in shop.workspace.webhooks() if "label" in each["event"]]
    assert told["body"]["data"]["hooks"] == [
        {
            "status": "failed",
            "shipment_ids": [shipment],
            "printer_identifier": None,
            "pdf": None,
            "reason": "label could not be created",
        }
    ]
    assert fetched(shop, url).status_code == 404
    assert status_of(shop, shipment) == 1


def test_a_link_is_not_ready_for_the_first_requests(shop: Shop) -> None:
    when = {"resource": {"reference_identifier": "A-1"}}
    rule(shop.workspace, when=when, hold={"step": "myparcel.label", "first": 2})
    _, slow = ordered(shop, reference_identifier="A-1")
    _, fast = ordered(shop, reference_identifier="B-1")
    shop.workspace.advance("1s")
    assert [fetched(shop, slow).status_code for _ in range(3)] == [404, 404, 200]
    assert fetched(shop, fast).status_code == 200


@pytest.mark.parametrize(("then", "ends"), [("done", 7), ("fail", 33)])
def test_a_package_that_stands_still(shop: Shop, then: str, ends: int) -> None:
    [shipment] = shop.create(package())
    shop.workspace.do("myparcel.start_journey", shipment=shipment, journey="delivered")
    shop.workspace.advance("13h")
    assert status_of(shop, shipment) == 4
    hold = {"step": "myparcel.journey", "for": "5d", "then": then}
    number = rule(shop.workspace, hold=hold, times=1)
    shop.workspace.advance("4d")
    assert (status_of(shop, shipment), held(shop.workspace, number)["count"]) == (4, 1)
    shop.workspace.advance("3d")
    assert status_of(shop, shipment) == ends


@pytest.mark.parametrize(("then", "answers"), [("done", [402, 402, 200]), ("fail", [402] * 3)])
def test_a_payment_of_which_the_bank_tells_late(shop: Shop, then: str, answers: list[int]) -> None:
    prepaid = shop.with_key("sim-myparcel-prepaid")
    [shipment] = prepaid.create(package())
    rule(
        shop.workspace,
        when={"resource": {"id": shipment}},
        hold={"step": "myparcel.payment", "for": "1h", "then": then},
    )
    path = f"/shipment_labels/{shipment}"
    asked = [prepaid.client.get(path)]
    url = asked[0].json()["data"]["payment_instructions"][0]["payment_url"]
    for _ in range(2):
        assert httpx2.post(url, trust_env=False, verify=False).status_code == 303
    shop.workspace.advance("59m")
    assert [each["status"] for each in shop.workspace.records("myparcel", "payments")] == ["open"]
    asked.append(prepaid.client.get(path))
    shop.workspace.advance("2m")
    asked.append(prepaid.client.get(path))
    assert [each.status_code for each in asked] == answers
    ended = sorted(each["status"] for each in shop.workspace.records("myparcel", "payments"))
    assert ended == (["paid"] if then == "done" else ["failed", "open"])


def test_inactivity_that_is_held(shop: Shop) -> None:
    [shipment] = shop.create(package())
    number = rule(shop.workspace, hold={"step": "myparcel.inactivity"})
    shop.workspace.advance("120d")
    assert status_of(shop, shipment) == 1
    let_go(shop.workspace, number)
    assert status_of(shop, shipment) == 30


def test_a_held_step_that_is_let_go_tells_subscribers(shop: Shop) -> None:
    with receiving() as receiver:
        subscribed(shop, f"{receiver.url}/hook")
        [shipment] = shop.create(package())
        number = rule(shop.workspace, hold={"step": "myparcel.journey"})
        shop.workspace.do("myparcel.start_journey", shipment=shipment, journey="delivered")
        shop.workspace.advance("7d")
        assert receiver.posts == []
        let_go(shop.workspace, number)
        [hook] = json.loads(receiver.posts[0])["data"]["hooks"]
    assert hook == IsPartialDict(shipment_id=shipment, status=2)


def prepared(client: Client) -> int:
    """A filled shipment that is being prepared."""
    number: int = shipping.filled(client)["id"]
    assert shipping.prepare(client, number)["isProcessing"] is True
    return number


def test_processing_that_does_not_end(client: Client) -> None:
    number = rule(client.workspace, hold={"step": "postplus.processing"})
    shipment = prepared(client)
    client.workspace.advance("1d")
    shown = shipping.read(client, shipment)
    assert (shown["isProcessing"], shown["status"]["canSubmit"]) == (True, False)
    let_go(client.workspace, number)
    shown = shipping.read(client, shipment)
    assert (shown["isProcessing"], shown["status"]["canSubmit"]) == (False, True)


def test_processing_that_fails_late_is_begun_again(client: Client) -> None:
    rule(
        client.workspace,
        hold={"step": "postplus.processing", "for": "5m", "then": "fail"},
        times=1,
    )
    shipment = prepared(client)
    client.workspace.advance("6m")
    shown = shipping.read(client, shipment)
    assert shown["status"] == IsPartialDict(
        hasErrors=True,
        canSubmit=False,
        errorDetails=[f"Processing of shipment {shipping.AWB} failed"],
    )
    again = shipping.prepare(client, shipment)
    assert (again["status"]["hasErrors"], again["status"]["canSubmit"]) == (False, True)


def test_a_rule_on_another_shipment_holds_up_none(client: Client) -> None:
    rule(
        client.workspace,
        when={"resource": {"shipmentNr": "117-00000000"}},
        hold={"step": "postplus.processing"},
    )
    shipment = shipping.filled(client)["id"]
    assert shipping.prepare(client, shipment)["isProcessing"] is False


def test_documents_that_do_not_come(client: Client) -> None:
    client.workspace.quirk("postplus.documents_delay", 0)
    number = rule(client.workspace, hold={"step": "postplus.documents"})
    shipment = shipping.filled(client)["id"]
    shipping.submit(client, shipment)
    client.workspace.advance("1h")
    assert shipping.read(client, shipment, "documents")["documents"] == []
    let_go(client.workspace, number)
    assert len(shipping.read(client, shipment, "documents")["documents"]) == 4


def test_a_shipment_that_never_arrives(client: Client) -> None:
    rule(client.workspace, hold={"step": "postplus.course"})
    shipment = shipping.filled(client)["id"]
    shipping.submit(client, shipment)
    client.workspace.advance("30d")
    assert shipping.read(client, shipment)["status"]["status"] == "Manifested"


@pytest.mark.parametrize(("then", "ends"), [("done", "Delivered"), ("fail", "Returned")])
def test_a_parcel_that_stands_still(client: Client, then: str, ends: str) -> None:
    made = client.put_parcel()
    number = made["identifiers"]["parcelNr"]
    client.workspace.do("postplus.start_journey", parcel=number, journey="delivered")
    client.workspace.advance("31h")
    rule(
        client.workspace,
        when={"resource": {"identifiers": {"parcelNr": number}}},
        hold={"step": "postplus.journey", "for": "10d", "then": then},
        times=1,
    )
    client.workspace.advance("10d")
    assert _status(client, made) == "Departed"
    client.workspace.advance("10d")
    assert _status(client, made) == ends


def _status(client: Client, made: Json) -> str:
    told: str = client.get(f"/parcels/{made['identifiers']['id']}")["status"]["status"]
    return told


def test_a_label_that_is_not_ready_for_the_first_requests(client: Client) -> None:
    made = client.put_parcel()
    rule(client.workspace, hold={"step": "postplus.label", "first": 3})
    id, number = made["references"]["printId"], made["identifiers"]["parcelNr"]
    words = f"The label of parcel {number} is not ready yet"
    assert client.refused(409, "GET", f"/parcels/parcel-prints/{id}")["detail"] == words
    assert client.refused(409, "GET", f"/documents/parcel-prints/{id}")["detail"] == words
    many = client.get("/parcels/parcel-prints/get-many", ids=id, IncludeContents="true")
    assert many["prints"][0] == IsPartialDict(hasErrors=True, errorDetails=[words], content=None)
    assert client.http.get(f"/documents/parcel-prints/{id}").status_code == 200
