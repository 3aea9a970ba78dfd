"""Shipments that are manifested by bags, which name no parcels."""

from __future__ import annotations

import pytest
from dirty_equals import IsStr

from tests.postplus import shipping
from tests.postplus.client import Client, Json
from tests.postplus.shipping import AWB, bag, details, prepare, put, read, shipment, submit

BAG_LEVEL = "/shipments/bag-level-shipments"


def declared(number: str = "BAG-1", **changes: object) -> Json:
    """A bag of a bag-level shipment, as a client writes it."""
    return {
        "bagNr": number,
        "destinationCountryCode": "FI",
        "mailType": "NotRegistered",
        "serviceCode": "UZPO",
        "containerType": "Bag",
        "routeInfo": "R-7",
        "totalWeight": 12.5,
        "tareWeight": "0.2",
        "totalItems": 140,
        **changes,
    }


def test_a_bag_level_shipment_is_made_submitted_and_has_documents(client: Client) -> None:
    body = {"type": "AWB", "shipmentNr": AWB, "bags": [declared(), declared("BAG-2", routeInfo="")]}
    made = client.ok("POST", BAG_LEVEL, json=body)
    of_bags = {
        "type": "NotRegistered",
        "manifestLevel": "Bag",
        "totalItems": 140,
        "totalWeight": 12.5,
        "netWeight": 12.3,
        "tareWeight": 0.2,
        "taxTypes": [],
    }
    assert made == details(
        manifestLevel="Bag",
        totalItems=280,
        totalWeight=25,
        totalBags=2,
        bags=[bag("BAG-1", routeInfo="R-7", **of_bags), bag("BAG-2", **of_bags)],
    )
    submitted = submit(client, 3001)
    assert submitted["status"] == shipping.locked("Manifested")
    client.workspace.advance("5m")
    full = read(client, 3001, "Bags", "Documents")
    assert [each["outboundBagNrs"] for each in full["bags"]] == [IsStr(min_length=1)] * 2
    assert [each["fileType"] for each in full["documents"]] == ["CN38", "CN35", "CN33", "CN31"]


def test_what_is_wrong_with_a_bag_is_told_there_and_stops_the_shipment(client: Client) -> None:
    bags = [
        declared("BAG-1", serviceCode="NOPE", destinationCountryCode=""),
        declared("BAG-2", destinationCountryCode="XX", totalWeight=0, totalItems=None),
        declared("BAG-3", tareWeight=12.5, mailType="", serviceCode=""),
    ]
    made = client.ok("POST", BAG_LEVEL, json={"type": "CMR", "shipmentNr": "T", "bags": bags})
    faults = [
        ["Bag BAG-1 has no destination country", "Service code NOPE is not configured"],
        [
            "Bag BAG-2 goes to XX, which is not a country",
            "Bag BAG-2 has no items",
            "Bag BAG-2 has no weight",
        ],
        ["Bag BAG-3 weighs 12.5 with 12.5 of its own"],
    ]
    assert [each["errorDetails"] for each in made["bags"]] == faults
    assert [each["hasErrors"] for each in made["bags"]] == [True] * 3
    prepared = prepare(client, 3001)
    assert prepared["shipmentSubmitToken"] is None
    assert prepared["status"]["warningDetails"] == [
        sentence for sentences in faults for sentence in sentences
    ]


def test_long_numbers_and_codes_of_bags_are_cut_where_they_are_told(client: Client) -> None:
    long = {"destinationCountryCode": "X" * 500, "serviceCode": "Y" * 500}
    body = {"type": "CMR", "shipmentNr": "T", "bags": [declared("B" * 100, **long)]}
    made = client.ok("POST", BAG_LEVEL, json=body)
    assert made["bags"][0]["errorDetails"] == [
        f"Bag {'B' * 40}… goes to {'X' * 40}…, which is not a country",
        f"Service code {'Y' * 40}… is not configured",
    ]


@pytest.mark.parametrize(
    ("bags", "place", "message"),
    [
        ([], "bags", "is required: name at least one bag"),
        (None, "bags", "is required: name at least one bag"),
        ([declared("")], "bags[0].bagNr", "is required"),
        ([declared(), declared()], "bags[1].bagNr", "'BAG-1' is there twice"),
        (
            [declared(mailType="registered")],
            "bags[0].mailType",
            "Registered is not NotRegistered, the only mail manifested by bags",
        ),
        (
            [declared(mailType="Pigeon")],
            "bags[0].mailType",
            "'Pigeon' is none of EMS, NonPostal, NotRegistered, ParcelUPU, Premium, Prime, "
            "Registered, SRM",
        ),
        (
            [declared(totalWeight=1e308)],
            "bags[0].totalWeight",
            "is from 0 to 1000000 kilograms, not 1e+308",
        ),
        (
            [declared(tareWeight="-0.1")],
            "bags[0].tareWeight",
            "is from 0 to 1000000 kilograms, not -0.1",
        ),
        (
            [declared(totalWeight=-1)],
            "bags[0].totalWeight",
            "is from 0 to 1000000 kilograms, not -1",
        ),
        (
            [declared(totalWeight="1" * 200)],
            "bags[0].totalWeight",
            f"is a number, not {'1' * 40}…",
        ),
        ([declared(totalItems=-1)], "bags[0].totalItems", "is from 0 to 2147483647, not -1"),
        (
            [declared(totalItems=10**20)],
            "bags[0].totalItems",
            "is from 0 to 2147483647, not 100000000000000000000",
        ),
        ([declared("B" * 101)], "bags[0].bagNr", "has more than 100 characters"),
    ],
)
def test_bags_that_cannot_be_manifested_are_refused(
    client: Client, bags: list[Json] | None, place: str, message: str
) -> None:
    body = {"type": "AWB", "shipmentNr": AWB, "bags": bags}
    problem = client.refused(400, "POST", BAG_LEVEL, json=body)
    assert problem["errors"] == {place: [f"{place} {message}"]}
    assert client.get("/shipments/query")["shipments"] == []


def test_a_bag_level_shipment_is_updated_in_two_ways(client: Client) -> None:
    body: Json = {"type": "AWB", "shipmentNr": AWB, "bags": [declared()]}
    made = client.ok("POST", BAG_LEVEL, json=body)
    assert client.refused(409, "POST", BAG_LEVEL, json=body)["detail"].startswith(
        f"Shipment {AWB} already exists"
    )
    more = [declared(), declared("BAG-2")]
    posted = client.ok("POST", BAG_LEVEL, json={**body, "updateIfExists": True, "bags": more})
    assert [each["bagNr"] for each in posted["bags"]] == ["BAG-1", "BAG-2"]
    assert posted["bags"][0] == made["bags"][0]
    put_back = client.ok("PUT", BAG_LEVEL, json={**body, "updateIfExists": False})
    assert put_back == made
    arrival = {"id": 3001, "shipmentNr": "117-70123465", "arrivalInfo": {"transportNr": "AY1"}}
    renamed = client.ok("PUT", BAG_LEVEL, json=arrival)
    assert (renamed["shipmentNr"], renamed["arrivalInfo"]["transportNr"], renamed["bags"]) == (
        "117-70123465",
        "AY1",
        made["bags"],
    )


@pytest.mark.parametrize(
    ("status", "body", "detail"),
    [
        (400, {}, "shipmentNr is required where there is no id"),
        (
            400,
            {"shipmentNr": AWB, "bags": [declared(), declared()]},
            "bags[1].bagNr 'BAG-1' is there twice",
        ),
        (404, {"shipmentNr": "117-70123465"}, "Shipment not found"),
        (404, {"id": 4711}, "Shipment not found"),
        (409, {"shipmentNr": "T"}, "Shipment T is manifested by parcels, not by bags"),
        (409, {"shipmentNr": AWB, "type": "CMR"}, f"Shipment {AWB} has the type AWB, not CMR"),
        (
            409,
            {"shipmentNr": AWB, "terminalCode": "HKT"},
            f"Shipment {AWB} has the terminalCode AMS, not HKT",
        ),
    ],
)
def test_updates_of_bag_level_shipments_that_are_refused(
    client: Client, status: int, body: Json, detail: str
) -> None:
    client.ok("POST", BAG_LEVEL, json={"type": "AWB", "shipmentNr": AWB, "bags": [declared()]})
    shipment(client, "T", type="CMR")
    assert client.refused(status, "PUT", BAG_LEVEL, json=body)["detail"] == detail


def test_the_two_levels_do_not_mix(client: Client) -> None:
    shipment(client)
    body = {"type": "AWB", "shipmentNr": AWB, "updateIfExists": True, "bags": [declared()]}
    problem = client.refused(409, "POST", BAG_LEVEL, json=body)
    assert problem["detail"] == f"Shipment {AWB} has the manifestLevel Parcel, not Bag"
    body = {"type": "CMR", "shipmentNr": "T", "bags": [declared()]}
    client.ok("POST", BAG_LEVEL, json=body)
    put(client, "ORD-1", "BAG-1")
    detail = "Shipment T is manifested by bags and takes no parcels"
    links = {"bagNrs": "BAG-1"}
    assert client.refused(409, "POST", "/shipments/3002/link-bags", json=links)["detail"] == detail


def test_a_submitted_bag_level_shipment_is_locked(client: Client) -> None:
    body = {"type": "AWB", "shipmentNr": AWB, "bags": [declared()]}
    client.ok("POST", BAG_LEVEL, json=body)
    submit(client, 3001)
    problem = client.refused(409, "PUT", BAG_LEVEL, json=body)
    assert problem["detail"] == f"Shipment {AWB} is Manifested"
