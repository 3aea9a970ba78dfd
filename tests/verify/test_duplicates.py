"""Nothing is shipped twice: which was, by which exchanges, and what it cost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.inpost.shipx import POSTPAID, courier, create, locker, offer_mode, post
from tests.myparcel.client import Shop
from tests.myparcel.parcels import package, to_japan
from tests.postplus.client import Client, parcel
from tests.support.server import Workspace
from tests.verify.judged import Json, verify


@pytest.fixture
def shop(workspace: Workspace) -> Iterator[Shop]:
    made = Shop(workspace)
    yield made
    made.close()


@pytest.fixture
def client(workspace: Workspace) -> Iterator[Client]:
    made = Client(workspace)
    yield made
    made.close()


def judged(workspace: Workspace, **check: Any) -> Json:
    [told] = verify(workspace, {"no_duplicates": True, **check})["checks"]
    verdict: Json = told
    return verdict


def messages(workspace: Workspace) -> tuple[bool, str]:
    told = judged(workspace)
    return told["passed"], told["message"]


def lose_an_answer(workspace: Workspace, operation: str) -> None:
    """The carrier does its work once, and the client never hears."""
    rule = {
        "when": {"operation": operation},
        "fault": {"kind": "status", "status": 504, "when": "after"},
        "times": 1,
    }
    assert workspace.control.post("/rules", json=rule).status_code == 201


def test_a_fresh_world_has_no_duplicates(workspace: Workspace) -> None:
    told = judged(workspace)
    assert (told["passed"], told["found"], told["duplicates"]) == (True, 0, [])
    assert told["message"].startswith("Nothing was shipped twice; ")


def test_a_retry_after_a_lost_answer_is_a_duplicate(workspace: Workspace) -> None:
    lose_an_answer(workspace, "inpost.create_shipment")
    assert [post(workspace, locker()).status_code for _ in range(2)] == [504, 201]
    workspace.advance("5s")
    told = judged(workspace)
    assert (told["passed"], told["found"]) == (False, 1)
    assert told["message"] == (
        "Reference ORDER-1001 of inpost's organization 1 was shipped 2 times: "
        "shipment 15000001 by sim-000001, shipment 15000002 by sim-000002, "
        "which cost 16.99 PLN too much."
    )
    assert told["duplicates"] == [
        {
            "carrier": "inpost",
            "account": "organization 1",
            "reference": "ORDER-1001",
            "shipments": [
                {"id": 15000001, "exchange": "sim-000001"},
                {"id": 15000002, "exchange": "sim-000002"},
            ],
            "cost": {"amount": "16.99", "currency": "PLN"},
        }
    ]
    assert [(near["id"], near["status"]) for near in told["nearest"]] == [
        ("sim-000001", 504),
        ("sim-000002", 201),
    ]


def test_a_retry_after_a_request_that_never_arrived_is_none(workspace: Workspace) -> None:
    rule = {
        "when": {"operation": "inpost.create_shipment"},
        "fault": {"kind": "status", "status": 504},
        "times": 1,
    }
    workspace.control.post("/rules", json=rule)
    assert [post(workspace, locker()).status_code for _ in range(2)] == [504, 201]
    assert messages(workspace)[0] is True


def test_a_retry_of_a_refused_request_is_none(workspace: Workspace) -> None:
    assert post(workspace, locker(receiver={})).status_code == 400
    create(workspace, locker())
    assert messages(workspace)[0] is True


def test_what_is_not_paid_for_cost_nothing_yet(workspace: Workspace) -> None:
    for _ in range(2):
        create(workspace, offer_mode())
    told = judged(workspace)
    assert told["message"] == (
        "Reference ORDER-1001 of inpost's organization 1 was shipped 2 times: "
        "shipment 15000001 by sim-000001, shipment 15000002 by sim-000002."
    )
    assert told["duplicates"][0]["cost"] is None


def test_whoever_cancels_the_second_one_has_shipped_once(workspace: Workspace) -> None:
    number = [create(workspace, offer_mode())["id"] for _ in range(2)][1]
    assert workspace.client.delete(f"/v1/shipments/{number}").status_code == 204
    assert messages(workspace)[0] is True


def test_without_a_reference_equal_contents_tell(workspace: Workspace) -> None:
    create(workspace, locker(reference=None))
    create(workspace, locker(reference=None, comments="another one"))
    assert messages(workspace)[0] is True
    create(workspace, locker(reference=None))
    assert messages(workspace) == (
        False,
        "The same content of inpost's organization 1 was shipped 2 times: "
        "shipment 15000001 by sim-000001, shipment 15000003 by sim-000003.",
    )


def test_accounts_and_ways_back_are_told_apart(workspace: Workspace) -> None:
    create(workspace, courier(), POSTPAID)
    create(workspace, courier(is_return=True), POSTPAID)
    create(workspace, locker())
    assert messages(workspace)[0] is True


def test_duplicates_within_one_batch_of_inpost(workspace: Workspace) -> None:
    items = [locker(id=str(number)) for number in range(3)]
    response = workspace.client.post("/v1/organizations/1/batches", json={"shipments": items})
    assert response.status_code == 201, response.text
    workspace.advance("1s")
    told = judged(workspace)
    assert (told["found"], told["message"]) == (
        2,
        "Reference ORDER-1001 of inpost's organization 1 was shipped 3 times: "
        "shipment 15000001 by sim-000001, shipment 15000002 by sim-000001, "
        "shipment 15000003 by sim-000001.",
    )
    assert [near["operation"] for near in told["nearest"]] == ["inpost.create_batch"]


def test_duplicates_within_one_request_of_myparcel(workspace: Workspace, shop: Shop) -> None:
    named = {**package(), "reference_identifier": "A-1"}
    first, _, second = shop.create(named, package(), {**to_japan(), "reference_identifier": "A-1"})
    for number in (first, second):
        workspace.do("myparcel.move", shipment=number, to=2)
    told = judged(workspace)
    assert (told["passed"], told["found"]) == (False, 1)
    [duplicate] = told["duplicates"]
    shipments = {each["id"]: each for each in workspace.records("myparcel", "shipments")}
    cost = f"{shipments[second]['price'] / 100:.2f}"
    assert told["message"] == (
        "Reference A-1 of myparcel's shop 77 was shipped 2 times: "
        "shipment 20000001 by sim-000001, shipment 20000003 by sim-000001, "
        f"which cost {cost} EUR too much."
    )
    assert duplicate["cost"] == {"amount": cost, "currency": "EUR"}


def test_a_lost_answer_of_myparcel(workspace: Workspace, shop: Shop) -> None:
    lose_an_answer(workspace, "myparcel.create_shipments")
    statuses = [shop.post_shipments([package()]).status_code for _ in range(2)]
    assert statuses == [504, 200]
    assert messages(workspace) == (
        False,
        "The same content of myparcel's shop 77 was shipped 2 times: "
        "shipment 20000001 by sim-000001, shipment 20000002 by sim-000002.",
    )


def test_colli_of_one_shipment_are_meant_to_be_several(workspace: Workspace, shop: Shop) -> None:
    workspace.quirk("myparcel.edition", "today")
    several = {**package(), "reference_identifier": "A-1", "secondary_shipments": [{}, {}]}
    shop.create(several)
    assert messages(workspace)[0] is True


def test_postplus_takes_a_senders_number_twice_for_one_parcel(
    workspace: Workspace, client: Client
) -> None:
    lose_an_answer(workspace, "postplus.upsert_parcel")
    assert client.http.put("/parcels", json=parcel()).status_code == 504
    client.put_parcel()
    assert messages(workspace)[0] is True


def test_a_parcel_of_postplus_that_was_given_another_number(
    workspace: Workspace, client: Client
) -> None:
    lose_an_answer(workspace, "postplus.create_or_update_parcels")
    for number, status in (("RF000000028LT", 504), ("RF000000031LT", 200)):
        body = [parcel(None, identifiers={"senderParcelNr": None, "parcelNr": number})]
        response = client.http.post("/parcels/create-or-update-many", json={"parcels": body})
        assert response.status_code == status, response.text
    assert messages(workspace) == (
        False,
        "The same content of postplus's account 501 was shipped 2 times: "
        "parcel 90001 by sim-000001, parcel 90002 by sim-000002.",
    )


def test_one_carrier_alone_may_be_judged(workspace: Workspace, shop: Shop) -> None:
    shop.create(package(), package())
    create(workspace, locker())
    assert judged(workspace, carrier="inpost")["message"] == "Nothing was shipped twice; 1 in all."
    assert judged(workspace, carrier="myparcel")["passed"] is False


def test_what_the_journal_no_longer_has_is_told_by_the_records(workspace: Workspace) -> None:
    create(workspace, locker())
    create(workspace, locker())
    workspace.control.delete("/journal")
    told = judged(workspace)
    assert told["message"] == (
        "Reference ORDER-1001 of inpost's organization 1 was shipped 2 times: "
        "shipment 15000001, shipment 15000002."
    )
    assert told["nearest"] == []
