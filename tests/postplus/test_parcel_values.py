"""How the values of a parcel are read: kinds, empty texts, unknown members, defaults."""

from __future__ import annotations

from typing import Any

import pytest
from dirty_equals import IsStr

from tests.postplus.client import MUG, RECEIVER, Client
from tests.postplus.reading import notes, unread
from tests.support.server import Workspace


def test_numbers_may_be_texts_and_texts_may_be_empty(client: Client) -> None:
    answer = client.put_parcel(
        identifiers={"senderParcelNr": 1001},
        references={"bagNr": ""},
        parcel={
            "parcelGrossWeight": "0.42",
            "height": "",
            "items": [{**MUG, "quantity": "2", "valuePerItem": "7.50", "weightPerItem": "0.2"}],
        },
        receiver={"phone": "", "email": "", "zipCode": 100, "state": ""},
        additionalInfo={"taxIdentification": "IM3720001234", "routeInfo": "", "ordinal": ""},
        includeLastPrintContents="false",
    )
    assert answer["status"]["errorDetails"] == []
    assert answer["identifiers"]["senderParcelNr"] == "1001"
    assert answer["parcel"]["parcelValue"] == 15.0
    shown = client.get("/parcels/90001", IncludeReceiver=True)
    assert shown["receiver"] == {
        **RECEIVER,
        "phone": None,
        "email": None,
        "zipCode": "100",
        "state": None,
        "phoneNormalized": None,
        "pickupPointId": None,
    }


def test_an_id_of_0_is_none(client: Client) -> None:
    answer = client.put_parcel(
        identifiers={"id": 0, "senderParcelNr": "ORD-1"},
        shipmentId=0,
        receiver={"pickupPointId": "0"},
    )
    assert answer["status"]["errorDetails"] == []
    assert answer["identifiers"]["id"] == 90001


def test_old_requests_without_service_type_currency_and_hs_code_are_taken(client: Client) -> None:
    item = {name: value for name, value in MUG.items() if name not in ("hsCode", "skuCode")}
    body = {
        "identifiers": {"senderParcelNr": "OLD-1"},
        "parcel": {"items": [item]},
        "receiver": RECEIVER,
    }
    answer = client.ok("PUT", "/parcels", json=body)
    assert answer["identifiers"]["parcelNr"] == "UU000070015UZ"
    assert answer["references"]["carrierServiceCode"] == "UZPO"
    assert answer["status"]["errorDetails"] == []
    assert answer["status"]["warningDetails"] == ["Item 1: HS code is missing"]
    assert answer["parcel"] == {
        "type": "NotRegistered",
        "transactionType": "B2C",
        "destinationCountryCode": "FI",
        "parcelItems": 1,
        "parcelValue": 15.0,
        "currency": "EUR",
        "parcelGrossWeight": 0.4,
        "height": 0,
        "width": 0,
        "length": 0,
        "items": [],
    }


def test_parameters_and_the_rest_of_additional_info_are_kept_as_they_came(client: Client) -> None:
    info = {
        "taxType": "DDU",
        "routeInfo": "R7",
        "shipDate": "2026-03-03",
        "serviceCode": "LTPO",
        "ordinal": 3,
        "parameters": {"a": [1, None, {"b": "c"}]},
        "taxIdentification": None,
    }
    assert client.put_parcel(additionalInfo=info)["additionalInfo"] == info


def test_phone_numbers_are_normalized_where_their_country_is_told(client: Client) -> None:
    for number, (phone, normalized) in enumerate(
        [
            ("+358 (40) 123-4567", "+358401234567"),
            ("00358401234567", "+358401234567"),
            ("040 1234567", None),
        ]
    ):
        made = client.put_parcel(nr=f"ORD-{number}", receiver={"phone": phone})
        shown = client.get(f"/parcels/{made['identifiers']['id']}", IncludeReceiver=True)
        assert shown["receiver"]["phone"] == phone
        assert shown["receiver"]["phoneNormalized"] == normalized


def test_members_that_nobody_knows_are_kept_out_and_told(
    client: Client, workspace: Workspace
) -> None:
    answer = client.put_parcel(
        adress={},
        identifiers={"senderParcelNr": "ORD-1", "parcelNumber": "X"},
        parcel={"items": [{**MUG, "hscode": "1"}, {**MUG, "hscode": "1"}], "parcelGrossWeight": 1},
        receiver={"street": "x"},
        sender={"pickupPointId": 1},
        status={"hasErrors": False},
    )
    assert answer["status"]["errorDetails"] == []
    assert unread(workspace) == {
        "body.adress": None,
        "body.identifiers.parcelNumber": "parcelNr",
        "body.parcel.items.0.hscode": "hsCode",
        "body.parcel.items.1.hscode": "hsCode",
        "body.receiver.street": None,
        "body.sender.pickupPointId": "receiver.pickupPointId",
        "body.status.hasErrors": None,
    }


def test_a_value_that_differs_from_the_items_is_told(client: Client, workspace: Workspace) -> None:
    assert client.put_parcel(parcel={"parcelValue": 99})["parcel"]["parcelValue"] == 15.0
    assert notes(workspace) == [
        "parcelValue 99 of ORD-20250-1 was not honoured, the items make 15."
    ]
    client.put_parcel(parcel={"parcelValue": "15.00"})
    assert notes(workspace) == []


WRONG_KINDS: list[tuple[Any, str]] = [
    ([], "$"),
    ("text", "$"),
    ({"parcel": []}, "parcel"),
    ({"parcel": {"items": {}}}, "parcel.items"),
    ({"parcel": {"items": [None]}}, "parcel.items[0]"),
    ({"parcel": {"items": [{"quantity": 1.5}]}}, "parcel.items[0].quantity"),
    ({"parcel": {"parcelGrossWeight": "heavy"}}, "parcel.parcelGrossWeight"),
    ({"receiver": "Aino"}, "receiver"),
    ({"receiver": {"name": ["Aino"]}}, "receiver.name"),
    ({"identifiers": {"id": "A1"}}, "identifiers.id"),
    ({"status": {"isCancelled": "yes"}}, "status.isCancelled"),
    ({"shipmentId": True}, "shipmentId"),
]


@pytest.mark.parametrize(("body", "place"), WRONG_KINDS)
def test_a_wrong_json_kind_is_a_400_that_names_its_place(
    client: Client, body: Any, place: str
) -> None:
    problem = client.refused(400, "PUT", "/parcels", json=body)
    assert list(problem["errors"]) == [place]
    assert problem["detail"] == problem["errorDetails"][0]["detail"] == IsStr(min_length=5)


def test_a_body_that_is_no_json_is_refused(client: Client) -> None:
    client.refused(
        400, "PUT", "/parcels", content=b"{", headers={"Content-Type": "application/json"}
    )
    client.refused(400, "PUT", "/parcels", headers={"Content-Type": "application/json"})
    client.refused(415, "PUT", "/parcels", content=b"a=1", headers={"Content-Type": "text/plain"})
