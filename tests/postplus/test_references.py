"""update-references-many: bag numbers and links to shipments, of many parcels at once."""

from __future__ import annotations

from typing import Any

import pytest

from tests.postplus import shipping
from tests.postplus.client import SHIPMENTS_ONLY_KEY, Client, Json
from tests.postplus.shipping import AWB, put, shipment, submit, swedish, update_references

PATH = "/parcels/update-references-many"


def shown(made: Json, error: str | None = None, **references: Any) -> Json:
    """A parcel as the answer shows it."""
    return {
        "identifiers": made["identifiers"],
        "references": {**made["references"], **references},
        "error": error,
    }


def unknown(error: str = "Parcel not found", **identifiers: object) -> Json:
    """A parcel that there is not, as the answer shows it."""
    none = {"id": None, "parcelNr": None, "senderParcelNr": None}
    return {"identifiers": {**none, **identifiers}, "references": None, "error": error}


def test_the_three_lists_may_be_mixed_and_a_parcel_is_linked_once(client: Client) -> None:
    shipment(client)
    made = [put(client, nr) for nr in ("ORD-1", "REF HD-123", "ORD-3")]
    answer = update_references(
        client,
        ids=f"{made[0]['identifiers']['id']}, ",
        parcelNrs=f"{made[1]['identifiers']['parcelNr']},{made[0]['identifiers']['parcelNr']}",
        senderParcelNrs="REF HD-123, ORD-3",
        updateBagNr="BAG-FI-001",
        linkShipmentId="3001",
        allowPartialSuccess=False,
    )
    linked: dict[str, Any] = {"shipmentId": 3001, "shipmentNr": AWB, "bagNr": "BAG-FI-001"}
    assert answer == {
        "successParcelsCount": 3,
        "failedParcelsCount": 0,
        "parcels": [shown(each, **linked) for each in made],
        "failedParcels": [],
        "bagNrs": ["BAG-FI-001"],
        "failedBagNrs": [],
    }
    assert shipping.parcel_of(client, "ORD-3")["references"] == answer["parcels"][2]["references"]


def test_a_bag_number_and_a_link_may_come_one_by_one(client: Client) -> None:
    shipment(client)
    made = put(client, "ORD-1")
    bagged = update_references(client, senderParcelNrs="ORD-1", updateBagNr="BAG-1")
    assert bagged["parcels"] == [shown(made, bagNr="BAG-1")]
    linked = update_references(client, ids=made["identifiers"]["id"], linkShipmentId=3001)
    references: dict[str, Any] = {"shipmentId": 3001, "shipmentNr": AWB, "bagNr": "BAG-1"}
    assert linked["parcels"] == [shown(made, **references)]
    assert linked["bagNrs"] == ["BAG-1"]


def test_with_partial_success_the_others_are_told(client: Client) -> None:
    shipment(client)
    made = put(client, "ORD-1")
    put(client, "ORD-2")
    body = {"identifiers": {"senderParcelNr": "ORD-2"}, "status": {"isCancelled": True}}
    cancelled = client.ok("PUT", "/parcels", json=body)
    answer = update_references(
        client,
        ids="4711",
        parcelNrs=f"NOPE,{cancelled['identifiers']['parcelNr']}",
        senderParcelNrs="ORD-1,ORD-2",
        updateBagNr="BAG-1",
        linkShipmentId=3001,
        allowPartialSuccess="true",
    )
    number = cancelled["identifiers"]["parcelNr"]
    assert answer == {
        "successParcelsCount": 1,
        "failedParcelsCount": 4,
        "parcels": [shown(made, shipmentId=3001, shipmentNr=AWB, bagNr="BAG-1")],
        "failedParcels": [
            unknown(id=4711),
            unknown(parcelNr="NOPE"),
            unknown(senderParcelNr="ORD-2"),
            shown(cancelled, f"Parcel {number} is cancelled"),
        ],
        "bagNrs": ["BAG-1"],
        "failedBagNrs": [],
    }


def test_without_partial_success_one_failure_refuses_all(client: Client) -> None:
    shipment(client)
    put(client, "ORD-1")
    body = {"senderParcelNrs": "ORD-1,ORD-8,ORD-9", "updateBagNr": "B", "linkShipmentId": 3001}
    problem = client.refused(400, "POST", PATH, json=body)
    assert problem["detail"] == "Parcel not found"
    assert problem["errorDetails"] == [
        {"code": "NotFound", "detail": "Parcel not found: ORD-8"},
        {"code": "NotFound", "detail": "Parcel not found: ORD-9"},
    ]
    untouched = shipping.parcel_of(client, "ORD-1")["references"]
    assert (untouched["bagNr"], untouched["shipmentId"]) == (None, None)


def test_a_parcel_in_a_manifested_shipment_cannot_be_linked_elsewhere(client: Client) -> None:
    shipping.filled(client, "SH001", type="CMR")
    submit(client, 3001)
    shipment(client)
    detail = "Parcel is already linked to manifested shipment SH001"
    body: Json = {"senderParcelNrs": "ORD-1", "linkShipmentId": 3002}
    problem = client.refused(409, "POST", PATH, json=body)
    assert problem["detail"] == detail
    number = shipping.parcel_of(client, "ORD-1")["identifiers"]["parcelNr"]
    assert problem["errorDetails"] == [{"code": "Conflict", "detail": f"{detail}: {number}"}]
    partly = update_references(client, **body, allowPartialSuccess=True)
    assert [each["error"] for each in partly["failedParcels"]] == [detail]
    # Its bag cannot be changed either.
    bag: Json = {"senderParcelNrs": "ORD-1", "updateBagNr": "BAG-9"}
    assert client.refused(409, "POST", PATH, json=bag)["detail"] == detail
    assert shipping.parcel_of(client, "ORD-1")["references"]["bagNr"] == "BAG-1"


def test_a_parcel_moves_from_one_open_shipment_to_another(client: Client) -> None:
    shipping.filled(client, "LABELS", type="Labels")
    shipment(client)
    update_references(client, senderParcelNrs="ORD-1", linkShipmentId=3002)
    assert shipping.read(client, 3001)["totalItems"] == 0
    assert shipping.read(client, 3002)["totalItems"] == 1


def test_a_parcel_on_its_way_cannot_be_linked(client: Client) -> None:
    shipment(client)
    made = put(client, "ORD-1")
    number = made["identifiers"]["parcelNr"]
    client.workspace.do("postplus.move", parcel=number, to="Departed")
    body = {"senderParcelNrs": "ORD-1", "linkShipmentId": 3001}
    assert client.refused(409, "POST", PATH, json=body)["detail"] == f"Parcel {number} is Departed"


def test_a_parcel_with_errors_may_be_linked(client: Client) -> None:
    shipment(client)
    shipping.too_light(client, "ORD-1")
    answer = update_references(
        client, senderParcelNrs="ORD-1", updateBagNr="BAG-1", linkShipmentId=3001
    )
    assert answer["successParcelsCount"] == 1
    assert shipping.read(client, 3001)["parcelErrors"] == 1


def test_a_bag_holds_one_mail_type_for_one_country(client: Client) -> None:
    finnish = put(client, "ORD-1")
    swede = put(client, "ORD-2", receiver=swedish())
    prime = put(client, "ORD-3", parcel={"type": "Prime"})
    numbers = [each["identifiers"]["parcelNr"] for each in (finnish, swede, prime)]
    answer = update_references(
        client,
        senderParcelNrs="ORD-1,ORD-2,ORD-3",
        updateBagNr="BAG-1",
        allowPartialSuccess=True,
    )
    assert answer == {
        "successParcelsCount": 1,
        "failedParcelsCount": 2,
        "parcels": [shown(finnish, bagNr="BAG-1")],
        "failedParcels": [
            shown(
                swede,
                f"Bag BAG-1 holds Registered for FI, parcel {numbers[1]} is Registered for SE",
            ),
            shown(prime, f"Bag BAG-1 holds Registered for FI, parcel {numbers[2]} is Prime for FI"),
        ],
        "bagNrs": ["BAG-1"],
        "failedBagNrs": ["BAG-1"],
    }
    # What is in the bag already counts in a later request too.
    body = {"senderParcelNrs": "ORD-2", "updateBagNr": "BAG-1"}
    client.refused(409, "POST", PATH, json=body)
    # A bag in which nothing else is may be given to another country.
    update_references(client, senderParcelNrs="ORD-1", updateBagNr="BAG-2")
    assert update_references(client, **body)["successParcelsCount"] == 1


def test_a_parcel_that_brings_its_bag_has_to_fit_into_the_one_of_the_shipment(
    client: Client,
) -> None:
    shipping.filled(client)
    put(client, "ORD-2", "BAG-1", receiver=swedish())
    body = {"senderParcelNrs": "ORD-2", "linkShipmentId": 3001}
    problem = client.refused(409, "POST", PATH, json=body)
    assert problem["detail"].startswith("Bag BAG-1 holds Registered for FI")


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        (
            {"senderParcelNrs": "ORD-1"},
            "Nothing to update: give updateBagNr, linkShipmentId or both",
        ),
        (
            {"senderParcelNrs": "ORD-1", "updateBagNr": "", "linkShipmentId": ""},
            "Nothing to update: give updateBagNr, linkShipmentId or both",
        ),
        ({"updateBagNr": "B"}, "No parcels: give ids, parcelNrs or senderParcelNrs"),
        (
            {"updateBagNr": "B", "ids": " , ", "parcelNrs": "", "senderParcelNrs": None},
            "No parcels: give ids, parcelNrs or senderParcelNrs",
        ),
        ({"updateBagNr": "B", "ids": "1,x"}, "ids has 'x', which is not a number"),
        (
            {"updateBagNr": "B" * 101, "senderParcelNrs": "ORD-1"},
            "updateBagNr has more than 100 characters",
        ),
    ],
)
def test_requests_that_ask_for_nothing_are_refused(client: Client, body: Json, detail: str) -> None:
    put(client, "ORD-1")
    assert client.refused(400, "POST", PATH, json=body)["detail"] == detail


def test_lists_are_texts(client: Client) -> None:
    body = {"ids": [1, 2], "updateBagNr": "B"}
    assert client.refused(400, "POST", PATH, json=body)["errors"].keys() == {"ids"}


def test_the_shipment_has_to_be_there_and_open(client: Client) -> None:
    put(client, "ORD-2")
    body: Json = {"senderParcelNrs": "ORD-2", "allowPartialSuccess": True}
    unknown_one = {**body, "linkShipmentId": 4711}
    assert client.refused(404, "POST", PATH, json=unknown_one)["detail"] == "Shipment not found"
    shipping.filled(client)
    submit(client, 3001)
    locked = client.refused(409, "POST", PATH, json={**body, "linkShipmentId": 3001})
    assert locked["detail"] == f"Shipment {AWB} is Manifested"
    bags = [{"bagNr": "B", "destinationCountryCode": "FI", "totalWeight": 1, "totalItems": 1}]
    client.ok(
        "POST",
        "/shipments/bag-level-shipments",
        json={"type": "CMR", "shipmentNr": "T", "bags": bags},
    )
    refused = client.refused(409, "POST", PATH, json={**body, "linkShipmentId": 3002})
    assert refused["detail"] == "Shipment T is manifested by bags and takes no parcels"


def test_parcels_and_shipments_of_others_are_not_there(client: Client) -> None:
    shipment(client)
    made = put(client, "ORD-1")
    other = client.with_key(SHIPMENTS_ONLY_KEY)
    body = {"ids": str(made["identifiers"]["id"]), "updateBagNr": "B"}
    assert other.refused(400, "POST", PATH, json=body)["detail"] == "Parcel not found"
    other.refused(404, "POST", PATH, json={**body, "linkShipmentId": 3001})


def test_many_failures_are_counted(client: Client) -> None:
    names = ",".join(f"ORD-{place}" for place in range(130))
    problem = client.refused(400, "POST", PATH, json={"senderParcelNrs": names, "updateBagNr": "B"})
    assert len(problem["errorDetails"]) == 101
    assert problem["errorDetails"][-1]["detail"] == "and 30 more parcels failed"
