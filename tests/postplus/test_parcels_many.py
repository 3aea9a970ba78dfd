"""Up to 200 parcels in one request."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from dirty_equals import IsStr

from tests.postplus.client import MUG, Client, Json, parcel
from tests.postplus.reading import notes, unread, why
from tests.support.server import Workspace

MANY = "/parcels/create-or-update-many"


def many(client: Client, elements: list[Json], path: str = MANY, **envelope: Any) -> list[Json]:
    """The answers to elements of one request."""
    answer = client.ok("POST", path, json={**envelope, "parcels": elements})
    assert list(answer) == ["parcels"]
    shown: list[Json] = answer["parcels"]
    return shown


@pytest.mark.parametrize("path", [MANY, "/parcels"])
def test_many_parcels_are_answered_in_their_order_each_with_its_own_errors(
    client: Client, path: str
) -> None:
    answers = many(
        client,
        [parcel("A"), parcel("B", parcel={"parcelGrossWeight": 0.1}), parcel("C"), parcel(None)],
        path,
    )
    assert [each["identifiers"] for each in answers] == [
        {"id": 90001, "parcelNr": "RR000070015LT", "senderParcelNr": "A"},
        {"id": 90002, "parcelNr": None, "senderParcelNr": "B"},
        {"id": 90003, "parcelNr": "RR000070029LT", "senderParcelNr": "C"},
        {"id": None, "parcelNr": None, "senderParcelNr": None},
    ]
    assert [each["status"]["errorDetails"] for each in answers] == [
        [],
        ["Gross weight 0.1 is less than the total weight of items 0.4"],
        [],
        ["senderParcelNr is required where there is no parcelNr"],
    ]


def test_it_is_200_even_if_every_parcel_has_errors(client: Client) -> None:
    answers = many(client, [parcel("A", receiver={"city": ""}), parcel("B", receiver={"name": ""})])
    assert [each["status"]["hasErrors"] for each in answers] == [True, True]


def test_200_parcels_pass_in_one_request_and_201_do_not(client: Client) -> None:
    elements = [parcel(f"ORD-{number}") for number in range(201)]
    problem = client.refused(400, "POST", MANY, json={"parcels": elements})
    assert problem["detail"] == "Up to 200 parcels are allowed"
    assert client.get("/parcels/query", AfterId=90000)["details"] == []
    answers = many(client, elements[:200])
    assert len({each["identifiers"]["parcelNr"] for each in answers}) == 200
    assert all(each["status"]["hasErrors"] is False for each in answers)
    assert len(client.get("/parcels/query", AfterId=90000)["details"]) == 200


def test_a_later_element_with_the_same_number_updates_the_earlier(
    client: Client, workspace: Workspace
) -> None:
    first, second = many(client, [parcel("A"), parcel("A", receiver={"name": "Second"})])
    assert first["identifiers"] == second["identifiers"]
    assert notes(workspace) == [
        "Parcel 90001 is in the request more than once, the last element stands."
    ]
    assert client.get("/parcels/90001", IncludeReceiver=True)["receiver"]["name"] == "Second"


def test_a_number_of_the_range_used_twice_in_one_request_goes_to_the_first(client: Client) -> None:
    number = "RF000000028LT"
    first, second = many(
        client,
        [
            parcel("A", identifiers={"senderParcelNr": "A", "parcelNr": number}),
            parcel("B", identifiers={"senderParcelNr": "B", "parcelNr": number}),
        ],
    )
    assert first["identifiers"]["parcelNr"] == number
    assert second["identifiers"] == {"id": 90002, "parcelNr": None, "senderParcelNr": "B"}
    assert second["status"]["errorDetails"] == [f"Parcel number {number} is already used"]


def test_labels_come_with_those_parcels_that_ask_for_them(client: Client) -> None:
    elements = [parcel("A", includeLastPrintContents=True), parcel("B")]
    first, second = many(client, elements)
    assert base64.b64decode(first["prints"][0]["content"]).startswith(b"%PDF-")
    assert second["prints"][0]["content"] is None


def test_members_of_the_envelope_that_nobody_knows_are_told(
    client: Client, workspace: Workspace
) -> None:
    many(client, [parcel("A", x=1), parcel("B", x=1)], atomic=True)
    assert unread(workspace) == {
        "body.parcels.0.x": None,
        "body.parcels.1.x": None,
        "body.atomic": None,
    }
    assert "Nothing looked at body.parcels.0.x, nor at 1 more like it." in why(workspace)


@pytest.mark.parametrize(
    "body",
    [[], {}, {"parcels": None}, {"parcels": {}}, {"parcels": [None]}, {"parcels": ["A"]}],
)
def test_an_envelope_of_a_wrong_kind_is_a_400(client: Client, body: Any) -> None:
    assert client.refused(400, "POST", MANY, json=body)["detail"] == IsStr(min_length=5)


def test_a_wrong_kind_in_one_element_refuses_all_and_names_its_place(client: Client) -> None:
    wrong = parcel("B", parcel={"items": [dict(MUG), {**MUG, "quantity": "two"}]})
    problem = client.refused(400, "POST", MANY, json={"parcels": [parcel("A"), wrong]})
    assert list(problem["errors"]) == ["parcels[1].parcel.items[1].quantity"]
    assert client.get("/parcels/query", AfterId=90000)["details"] == []


def test_no_parcels_at_all_is_a_400(client: Client) -> None:
    problem = client.refused(400, "POST", MANY, json={"parcels": []})
    assert problem["detail"] == "No parcels: give up to 200 of them in parcels"


def test_an_unknown_shipment_of_the_envelope_refuses_all(client: Client) -> None:
    for unknown in (4711, "4711", 10**20, -1):
        body = {"shipmentId": unknown, "parcels": [parcel("A")]}
        assert client.refused(404, "POST", MANY, json=body)["detail"] == "Shipment not found"
    assert client.get("/parcels/query", AfterId=90000)["details"] == []
