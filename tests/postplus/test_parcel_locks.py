"""What cannot change any more: the core of a labelled parcel, and a manifested parcel; and how a
parcel gets into a shipment as it is made."""

from __future__ import annotations

from typing import Any

import pytest

from tests.postplus.client import MUG, Client, Json, parcel
from tests.postplus.test_parcel_cancelling import manifested
from tests.support.server import Workspace

GIVEN = "RF000000028LT"


def frozen(name: str, before: str, after: str) -> str:
    """The sentence about a core field that a request would change."""
    return (
        f"{name} cannot change from {before} to {after} after a successful creation: "
        "cancel the parcel and create it again"
    )


CORE: list[tuple[Json, list[str]]] = [
    ({"additionalInfo": {"serviceCode": "UZPO"}}, [frozen("Service code", "LTPO", "UZPO")]),
    ({"parcel": {"type": "EMS"}}, [frozen("Parcel type", "Registered", "EMS")]),
    ({"parcel": {"type": "NonPostal"}}, [frozen("Parcel type", "Registered", "NonPostal")]),
    ({"receiver": {"countryCode": "SE"}}, [frozen("Receiver countryCode", "FI", "SE")]),
    ({"receiver": {"zipCode": "00200"}}, [frozen("Receiver zipCode", "00100", "00200")]),
    ({"receiver": {"city": "Espoo"}}, [frozen("Receiver city", "Helsinki", "Espoo")]),
    ({"receiver": {"state": "Uusimaa"}}, [frozen("Receiver state", "none", "Uusimaa")]),
    ({"additionalInfo": {"routeInfo": "R1"}}, [frozen("Route info", "none", "R1")]),
    (
        {"identifiers": {"parcelNr": GIVEN}},
        [frozen("Parcel number", "RR000070015LT", GIVEN)],
    ),
    (
        {"parcel": {"type": "EMS", "parcelGrossWeight": 0.1}, "receiver": {"city": "Espoo"}},
        [
            frozen("Parcel type", "Registered", "EMS"),
            frozen("Receiver city", "Helsinki", "Espoo"),
            "Gross weight 0.1 is less than the total weight of items 0.4",
        ],
    ),
]


def everything(client: Client, number: int = 90001) -> Json:
    """The whole parcel."""
    flags = ("IncludeItems", "IncludeReceiver", "IncludeSender", "IncludePrints")
    shown: Json = client.get(f"/parcels/{number}", **dict.fromkeys(flags, True))
    return shown


@pytest.mark.parametrize(("changes", "sentences"), CORE)
def test_the_core_of_a_labelled_parcel_stays(
    client: Client, changes: Json, sentences: list[str]
) -> None:
    client.put_parcel()
    before = everything(client)
    answer = client.put_parcel(**changes)
    assert answer["status"]["errorDetails"] == sentences
    assert answer["status"]["hasErrors"] is True
    assert answer["references"]["printId"] is None
    assert answer["identifiers"] == before["identifiers"]
    assert everything(client) == before


def test_an_update_with_an_error_changes_nothing_of_a_labelled_parcel(client: Client) -> None:
    client.put_parcel()
    before = everything(client)
    answer = client.put_parcel(parcel={"parcelGrossWeight": 0.1}, receiver={"name": "Other"})
    assert answer["status"]["errorDetails"] == [
        "Gross weight 0.1 is less than the total weight of items 0.4"
    ]
    assert everything(client) == before


def test_a_missing_service_and_type_leave_those_of_the_parcel(client: Client) -> None:
    client.put_parcel()
    answer = client.put_parcel(
        additionalInfo={"serviceCode": ""},
        parcel={"type": None, "transactionType": "", "currency": ""},
        receiver={"phone": "+3585"},
    )
    assert answer["status"]["errorDetails"] == []
    assert answer["references"]["carrierServiceCode"] == "LTPO"
    assert answer["parcel"]["type"] == "Registered"


def test_everything_may_change_while_the_first_attempts_end_with_errors(client: Client) -> None:
    client.put_parcel(receiver={"city": ""})
    other = client.put_parcel(
        receiver={"city": "", "countryCode": "SE"},
        parcel={"type": "NonPostal"},
        additionalInfo={"serviceCode": "LOCKER"},
    )
    assert other["status"]["errorDetails"] == ["Receiver city is required"]
    back = client.put_parcel(parcel={"type": "EMS"}, additionalInfo={"serviceCode": "UZPO"})
    assert back["identifiers"]["parcelNr"] == "EE000070015UZ"
    assert back["identifiers"]["id"] == 90001


def test_by_the_quirk_the_core_is_updated_like_the_rest(
    client: Client, workspace: Workspace
) -> None:
    workspace.quirk("postplus.core_change", "update")
    client.put_parcel()
    moved = client.put_parcel(receiver={"city": "Espoo", "zipCode": "02100"})
    assert moved["status"]["errorDetails"] == []
    assert moved["identifiers"]["parcelNr"] == "RR000070015LT"
    assert everything(client)["receiver"]["city"] == "Espoo"
    numbered = client.put_parcel(identifiers={"parcelNr": GIVEN})
    assert numbered["identifiers"]["parcelNr"] == GIVEN
    assert numbered["references"]["carrierParcelNr"] == GIVEN
    wrong = client.put_parcel(identifiers={"parcelNr": "RF000000029LT"})
    assert wrong["status"]["errorDetails"] == [
        "Parcel number RF000000029LT has the check digit 9, it should be 8"
    ]
    assert everything(client)["identifiers"]["parcelNr"] == GIVEN


def test_more_goods_give_a_larger_label_of_the_same_id(client: Client) -> None:
    first = client.put_parcel()["prints"][0]
    items = [dict(MUG) for _ in range(6)]
    second = client.put_parcel(parcel={"items": items, "parcelGrossWeight": 5})["prints"][0]
    assert (first["labelSize"], second["labelSize"]) == ("Default", "Large")
    assert first["id"] == second["id"]


def test_a_manifested_parcel_cannot_be_changed_or_linked_anew(client: Client) -> None:
    client.put_parcel()
    manifested(client, 90001)
    other = client.ok("POST", "/shipments", json={"type": "Courier"})["id"]
    before = everything(client)
    sentence = "Parcel is already linked to manifested shipment SH001"
    for changes in ({"receiver": {"name": "Other"}}, {"shipmentId": other}, {}):
        answer = client.put_parcel(**changes)
        assert answer["status"]["errorDetails"] == [sentence]
        assert answer["status"]["status"] == "Manifested"
    body = {"shipmentId": other, "parcels": [parcel()]}
    [answer] = client.ok("POST", "/parcels/create-or-update-many", json=body)["parcels"]
    assert answer["status"]["errorDetails"] == [sentence]
    assert everything(client) == before


def shipment(client: Client, **fields: Any) -> Json:
    """A new shipment."""
    made: Json = client.ok("POST", "/shipments", json={"type": "Courier", **fields})
    return made


def test_a_parcel_is_linked_to_a_shipment_as_it_is_made(client: Client) -> None:
    first, second = shipment(client, shipmentNr="SH1"), shipment(client, shipmentNr="SH2")
    made = client.put_parcel(shipmentId=first["id"], references={"bagNr": "BAG-FI-001"})
    assert made["references"] == {
        **made["references"],
        "shipmentId": first["id"],
        "shipmentNr": "SH1",
        "bagNr": "BAG-FI-001",
    }
    moved = client.put_parcel(shipmentId=str(second["id"]))
    assert moved["references"]["shipmentNr"] == "SH2"
    assert moved["references"]["bagNr"] == "BAG-FI-001"
    assert client.put_parcel()["references"]["shipmentNr"] == "SH2"


def test_the_shipment_of_the_request_is_for_parcels_that_name_none(client: Client) -> None:
    first, second = shipment(client, shipmentNr="SH1"), shipment(client, shipmentNr="SH2")
    elements = [parcel("A"), parcel("B", shipmentId=second["id"]), parcel("C", receiver=None)]
    body = {"shipmentId": first["id"], "parcels": elements}
    answers = client.ok("POST", "/parcels/create-or-update-many", json=body)["parcels"]
    assert [each["references"]["shipmentNr"] for each in answers] == ["SH1", "SH2", "SH1"]
    assert client.get(f"/shipments/{first['id']}")["totalItems"] == 2


def test_a_shipment_that_is_submitted_takes_no_new_parcel(client: Client) -> None:
    client.put_parcel()
    manifested(client, 90001)
    locked = client.get("/shipments/query", ShipmentNr="SH001")["shipments"][0]["id"]
    answer = client.put_parcel(nr="LATE", shipmentId=locked)
    assert answer["status"]["errorDetails"] == ["Shipment SH001 is Manifested"]
    assert answer["references"]["shipmentId"] is None
    assert answer["identifiers"]["parcelNr"] is None
    assert client.put_parcel(nr="LATE")["status"]["errorDetails"] == []


def test_another_accounts_shipment_is_not_found(client: Client) -> None:
    other = client.with_key("sim-postplus-shipments-only")
    theirs = shipment(other)["id"]
    answer = client.put_parcel(shipmentId=theirs)
    assert answer["status"]["errorDetails"] == [f"Shipment {theirs} is not found"]
    body = {"shipmentId": theirs, "parcels": [parcel("A")]}
    client.refused(404, "POST", "/parcels/create-or-update-many", json=body)
