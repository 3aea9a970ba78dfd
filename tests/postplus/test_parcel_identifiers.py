"""By what a parcel is found: its id, the sender's number, the parcel number."""

from __future__ import annotations

import pytest

from tests.postplus.client import Client, Json, parcel


def test_an_update_by_the_parcel_number_or_the_id_needs_no_other_number(client: Client) -> None:
    made = client.put_parcel()["identifiers"]
    for identifiers in ({"parcelNr": made["parcelNr"]}, {"id": made["id"]}, {"id": "90001"}):
        body = {"identifiers": identifiers, "references": {"bagNr": "BAG-FI-001"}}
        answer = client.ok("PUT", "/parcels", json=body)
        assert answer["identifiers"] == made
        assert answer["references"]["bagNr"] == "BAG-FI-001"
        assert answer["status"]["errorDetails"] == []


def test_an_id_lets_the_senders_number_be_changed(client: Client) -> None:
    client.put_parcel()
    renamed = client.put_parcel(identifiers={"id": 90001, "senderParcelNr": "ORD-NEW"})
    assert renamed["identifiers"] == {
        "id": 90001,
        "parcelNr": "RR000070015LT",
        "senderParcelNr": "ORD-NEW",
    }
    client.refused(404, "GET", "/parcels/sender-parcel-nrs/ORD-20250-1")


def test_original_numbers_are_kept_and_given_back(client: Client) -> None:
    original = {"originalParcelNr": "CC1", "originalSenderParcelNr": "OLD 1"}
    made = client.put_parcel(identifiers={"senderParcelNr": "ORD-1", **original})
    expected = {
        "id": 90001,
        "parcelNr": "RR000070015LT",
        "senderParcelNr": "ORD-1",
        **original,
    }
    assert made["identifiers"] == expected
    assert client.put_parcel(nr="ORD-1")["identifiers"] == expected


def test_a_senders_number_may_hold_spaces(client: Client) -> None:
    made = client.put_parcel(nr=" REF HD-123 ")
    assert made["identifiers"]["senderParcelNr"] == "REF HD-123"
    found = client.get("/parcels/sender-parcel-nrs/REF HD-123")
    assert found["identifiers"] == made["identifiers"]


def test_two_accounts_may_use_the_same_order_number(client: Client) -> None:
    own = client.put_parcel()
    other = client.with_key("sim-postplus-shipments-only").put_parcel()
    assert other["identifiers"] == {
        "id": 90002,
        "parcelNr": "RR000070029LT",
        "senderParcelNr": "ORD-20250-1",
    }
    assert client.get("/parcels/sender-parcel-nrs/ORD-20250-1")["identifiers"] == own["identifiers"]


def test_identifiers_of_different_parcels_change_nothing(client: Client) -> None:
    first = client.put_parcel(nr="ORD-1")["identifiers"]
    second = client.put_parcel(nr="ORD-2")["identifiers"]
    cases: list[tuple[Json, Json, str]] = [
        (
            {"parcelNr": first["parcelNr"], "senderParcelNr": "ORD-2"},
            second,
            f"parcelNr {first['parcelNr']} and senderParcelNr ORD-2 belong to different parcels",
        ),
        (
            {"id": first["id"], "senderParcelNr": "ORD-2"},
            first,
            "id 90001 and senderParcelNr ORD-2 belong to different parcels",
        ),
        (
            {"id": first["id"], "parcelNr": second["parcelNr"], "senderParcelNr": None},
            first,
            f"id 90001 and parcelNr {second['parcelNr']} belong to different parcels",
        ),
    ]
    for identifiers, shown, sentence in cases:
        answer = client.put_parcel(identifiers=identifiers, receiver={"name": "Nobody"})
        assert answer["identifiers"] == shown
        assert answer["status"]["hasErrors"] is True
        assert answer["status"]["errorDetails"] == [sentence]
        assert answer["references"]["printId"] is None
    for number in (90001, 90002):
        known = client.get(f"/parcels/{number}", IncludeReceiver=True)
        assert known["receiver"]["name"] == "Aino Laine"
        assert known["status"]["hasErrors"] is False


@pytest.mark.parametrize(
    ("identifiers", "sentence"),
    [
        ({}, "senderParcelNr is required where there is no parcelNr"),
        ({"senderParcelNr": " ", "parcelNr": ""}, None),
        ({"id": 4711}, "Parcel 4711 is not found"),
        ({"id": 4711, "senderParcelNr": "ORD-7"}, "Parcel 4711 is not found"),
        (
            {"id": 10**25, "senderParcelNr": "ORD-7"},
            "Parcel 10000000000000000000000000 is not found",
        ),
    ],
)
def test_where_no_parcel_can_be_told_nothing_is_kept(
    client: Client, identifiers: Json, sentence: str | None
) -> None:
    body = {**parcel(), "identifiers": identifiers}
    answer = client.ok("PUT", "/parcels", json=body)
    assert answer["identifiers"]["id"] is None
    assert answer["identifiers"]["parcelNr"] is None
    assert answer["status"]["errorDetails"] == [
        sentence or "senderParcelNr is required where there is no parcelNr"
    ]
    assert client.get("/parcels/query", AfterId=90000)["details"] == []


def test_another_accounts_parcel_cannot_be_named_by_its_id(client: Client) -> None:
    other = client.with_key("sim-postplus-shipments-only").put_parcel()
    answer = client.put_parcel(identifiers={"id": other["identifiers"]["id"]})
    assert answer["status"]["errorDetails"] == ["Parcel 90001 is not found"]
    assert answer["identifiers"]["id"] is None
