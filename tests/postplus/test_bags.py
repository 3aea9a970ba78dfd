"""Bags: link-bags, and the bags of a shipment."""

from __future__ import annotations

from dirty_equals import IsStr

from tests.postplus import shipping
from tests.postplus.client import Client
from tests.postplus.shipping import (
    AWB,
    bag,
    link,
    prepare,
    put,
    read,
    shipment,
    submit,
    swedish,
)


def linked(client: Client) -> list[str]:
    """The sender's numbers of the parcels in shipment 3001."""
    found = client.get("/parcels/query", ShipmentId=3001)["details"]
    return [each["identifiers"]["senderParcelNr"] for each in found]


def test_bags_are_linked_with_all_their_parcels(client: Client) -> None:
    shipment(client)
    made = [put(client, "ORD-1", "BAG-1"), put(client, "ORD-2", "BAG-2"), put(client, "ORD-3")]
    put(client, "ORD-4", "BAG-4")
    answer = link(client, 3001, bagNrs="BAG-1, BAG-2,", allowPartialSuccess=False)
    linked_to = {"shipmentId": 3001, "shipmentNr": AWB}
    assert answer == {
        "successParcelsCount": 2,
        "failedParcelsCount": 0,
        "parcels": [
            {
                "identifiers": each["identifiers"],
                "references": {**each["references"], **linked_to},
                "error": None,
            }
            for each in made[:2]
        ],
        "failedParcels": [],
        "bagNrs": ["BAG-1", "BAG-2"],
        "failedBagNrs": [],
    }
    assert read(client, 3001, "Bags")["bags"] == [bag("BAG-1"), bag("BAG-2")]


def test_a_bag_shows_what_is_in_it(client: Client) -> None:
    shipment(client)
    put(client, "ORD-1", "BAG-1", additionalInfo={"routeInfo": "R-7"})
    put(client, "ORD-2", "BAG-1", additionalInfo={"taxType": "DDU", "taxIdentification": None})
    put(client, "ORD-3", "BAG-1", parcel={"parcelGrossWeight": 0.5})
    shipping.too_light(client, "ORD-4", "BAG-1")
    link(client, 3001, bagNrs="BAG-1")
    body = {"identifiers": {"senderParcelNr": "ORD-3"}, "status": {"isCancelled": True}}
    client.ok("PUT", "/parcels", json=body)
    assert read(client, 3001, "Bags")["bags"] == [
        bag(
            "BAG-1",
            totalItems=3,
            totalItemsCancelled=1,
            totalWeight=0.94,
            totalWeightCancelled=0.5,
            netWeight=0.94,
            netWeightCancelled=0.5,
            routeInfo="R-7",
            taxTypes=["DDP", "DDU"],
            parcelErrors=1,
        )
    ]


def test_after_submit_a_bag_has_the_carriers_number(client: Client) -> None:
    shipping.filled(client)
    before = read(client, 3001, "Bags")["bags"]
    submit(client, 3001)
    after = read(client, 3001, "Bags")["bags"]
    assert after == [{**before[0], "outboundBagNrs": IsStr(min_length=1)}]


def test_a_bag_number_that_another_shipment_has_too_is_a_warning(client: Client) -> None:
    shipping.filled(client)
    submit(client, 3001)
    shipping.filled(client, "117-70123465", "ORD-2")
    assert read(client, 3002, "Bags")["bags"] == [
        bag(
            "BAG-1",
            hasWarnings=True,
            warningDetails=["Bag BAG-1 is in another shipment too"],
        )
    ]
    assert prepare(client, 3002)["shipmentSubmitToken"]


def test_sections_that_are_not_asked_for_are_null(client: Client) -> None:
    shipping.filled(client)
    plain = read(client, 3001)
    assert (plain["bags"], plain["documents"], plain["manifestFiles"]) == (None, None, None)
    full = read(client, 3001, "Bags", "Documents", "ManifestFiles")
    assert full == {**plain, "bags": [bag("BAG-1")], "documents": [], "manifestFiles": []}
    by_number = client.get(f"/shipments/shipment-nrs/{AWB}", IncludeBags="true")
    assert by_number == {**plain, "bags": [bag("BAG-1")]}
    client.refused(400, "GET", "/shipments/3001?IncludeBags=maybe")


def test_other_bags_leave_the_shipment_when_that_is_wanted(client: Client) -> None:
    shipment(client)
    for place in (1, 2, 3):
        put(client, f"ORD-{place}", f"BAG-{place}")
    link(client, 3001, bagNrs="BAG-1,BAG-2")
    link(client, 3001, bagNrs="BAG-2,BAG-3")
    assert linked(client) == ["ORD-1", "ORD-2", "ORD-3"]
    link(client, 3001, bagNrs="BAG-2,BAG-3", unlinkOtherBagsIfAny=True, ensureOnlyIncludedBags=True)
    assert linked(client) == ["ORD-2", "ORD-3"]
    left = shipping.parcel_of(client, "ORD-1")["references"]
    assert (left["shipmentId"], left["bagNr"]) == (None, "BAG-1")


def test_other_bags_may_be_a_reason_to_refuse(client: Client) -> None:
    shipment(client)
    for place in (1, 2, 3):
        put(client, f"ORD-{place}", f"BAG-{place}")
    link(client, 3001, bagNrs="BAG-1,BAG-2")
    body = {"bagNrs": "BAG-3", "ensureOnlyIncludedBags": True, "allowPartialSuccess": True}
    problem = client.refused(409, "POST", "/shipments/3001/link-bags", json=body)
    assert problem["detail"] == f"Other bags are linked to shipment {AWB}: BAG-1, BAG-2"
    assert linked(client) == ["ORD-1", "ORD-2"]
    link(client, 3001, bagNrs="BAG-1,BAG-2", ensureOnlyIncludedBags="true")


def test_without_partial_success_one_bag_refuses_all(client: Client) -> None:
    shipment(client)
    put(client, "ORD-1", "BAG-1")
    path = "/shipments/3001/link-bags"
    problem = client.refused(400, "POST", path, json={"bagNrs": "BAG-1,NOPE"})
    assert problem["errorDetails"] == [{"code": "NotFound", "detail": "Bag NOPE has no parcels"}]
    assert linked(client) == []
    put(client, "ORD-2", "BAG-2")
    put(client, "ORD-3", "BAG-2", receiver=swedish())
    problem = client.refused(409, "POST", path, json={"bagNrs": "NOPE,BAG-2"})
    assert [each["detail"] for each in problem["errorDetails"]] == [
        "Bag NOPE has no parcels",
        "Bag BAG-2 has parcels for FI and SE",
    ]


def test_with_partial_success_bags_that_fail_are_told(client: Client) -> None:
    shipping.filled(client, "SH001", type="CMR")
    submit(client, 3001)
    shipment(client)
    put(client, "ORD-2", "BAG-2")
    put(client, "ORD-3", "BAG-3")
    put(client, "ORD-4", "BAG-3", parcel={"type": "Prime"})
    answer = link(client, 3002, bagNrs="BAG-1,BAG-2,BAG-3,NOPE", allowPartialSuccess=True)
    assert [each["identifiers"]["senderParcelNr"] for each in answer["parcels"]] == ["ORD-2"]
    assert [
        (each["identifiers"]["senderParcelNr"], each["error"]) for each in answer["failedParcels"]
    ] == [
        ("ORD-1", "Parcel is already linked to manifested shipment SH001"),
        ("ORD-3", "Bag BAG-3 has parcels of Prime and Registered"),
        ("ORD-4", "Bag BAG-3 has parcels of Prime and Registered"),
    ]
    counts = (answer["successParcelsCount"], answer["failedParcelsCount"])
    assert (counts, answer["bagNrs"], answer["failedBagNrs"]) == (
        (1, 3),
        ["BAG-2"],
        ["BAG-1", "BAG-3", "NOPE"],
    )


def test_a_bag_that_was_filled_again_goes_with_its_new_parcels(client: Client) -> None:
    shipping.filled(client)
    submit(client, 3001)
    shipment(client, "117-70123465")
    put(client, "ORD-2", "BAG-1")
    answer = link(client, 3002, bagNrs="BAG-1")
    assert [each["identifiers"]["senderParcelNr"] for each in answer["parcels"]] == ["ORD-2"]
    assert "bag BAG-1: 1 parcels went with an earlier shipment" in shipping.why(client)


def test_links_need_bags_and_an_open_shipment(client: Client) -> None:
    shipping.filled(client)
    path = "/shipments/3001/link-bags"
    assert client.refused(400, "POST", path, json={"bagNrs": " , "})["detail"] == (
        "bagNrs is missing: name bags, separated by commas"
    )
    submit(client, 3001)
    problem = client.refused(409, "POST", path, json={"bagNrs": "BAG-1"})
    assert problem["detail"] == f"Shipment {AWB} is Manifested"


def test_parcels_of_other_accounts_are_in_other_bags(client: Client) -> None:
    shipment(client)
    put(client, "ORD-1", "BAG-1")
    other = client.with_key("sim-postplus-shipments-only")
    put(other, "ORD-1", "BAG-1")
    assert link(client, 3001, bagNrs="BAG-1")["successParcelsCount"] == 1
