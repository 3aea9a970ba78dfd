"""Parcels that are cancelled, whose record stays, and parcels that are deleted for good."""

from __future__ import annotations

from typing import Any

import pytest

from tests.postplus.client import Client, Json, parcel
from tests.support.server import Workspace

NR = "ORD-20250-1"
GIVEN = "RF000000028LT"
NON_POSTAL: Json = {
    "parcel": {"type": "NonPostal"},
    "additionalInfo": {"serviceCode": "LOCKER"},
}


def cancel(client: Client, **identifiers: Any) -> Json:
    """The answer to a cancellation."""
    body = {"identifiers": identifiers, "status": {"isCancelled": True}}
    answer: Json = client.ok("PUT", "/parcels", json=body)
    return answer


def manifested(client: Client, *numbers: int) -> str:
    """Submit a shipment with these parcels; gives its number."""
    shipment = client.ok("POST", "/shipments", json={"type": "Courier", "shipmentNr": "SH001"})
    links = {
        "ids": ",".join(map(str, numbers)),
        "updateBagNr": "BAG-FI-001",
        "linkShipmentId": shipment["id"],
    }
    client.ok("POST", "/parcels/update-references-many", json=links)
    path = f"/shipments/{shipment['id']}"
    token = client.ok("POST", f"{path}/prepare", json={})["shipmentSubmitToken"]
    client.ok("POST", f"{path}/submit", json={"shipmentSubmitToken": token})
    return "SH001"


@pytest.mark.parametrize(
    "identifiers", [{"id": 90001}, {"parcelNr": "RR000070015LT"}, {"senderParcelNr": NR}]
)
def test_a_cancelled_parcel_stays_and_both_numbers_get_a_suffix(
    client: Client, identifiers: Json
) -> None:
    made = client.put_parcel()
    answer = cancel(client, **identifiers)
    assert answer["identifiers"] == {
        "id": 90001,
        "parcelNr": "RR000070015LT-C1",
        "senderParcelNr": f"{NR}-C1",
    }
    assert answer["status"] == {**made["status"], "isCancelled": True}
    assert answer["references"]["carrierParcelNr"] == "RR000070015LT"
    assert client.get("/parcels/90001")["identifiers"] == answer["identifiers"]
    client.refused(404, "GET", f"/parcels/sender-parcel-nrs/{NR}")
    client.refused(404, "GET", "/parcels/parcel-nrs/RR000070015LT")


def test_the_senders_number_is_free_again_and_the_s10_number_is_not(client: Client) -> None:
    seen = []
    for count in range(1, 4):
        made = client.put_parcel()
        seen.append(made["identifiers"]["parcelNr"])
        answer = cancel(client, senderParcelNr=NR)
        assert answer["identifiers"] == {
            "id": 90000 + count,
            "parcelNr": f"{seen[-1]}-C{count}",
            "senderParcelNr": f"{NR}-C{count}",
        }
    assert seen == ["RR000070015LT", "RR000070029LT", "RR000070032LT"]


def test_a_cancelled_number_of_the_range_cannot_be_used_again(client: Client) -> None:
    identifiers = {"senderParcelNr": NR, "parcelNr": GIVEN}
    for _ in range(2):
        client.put_parcel()
        cancel(client, senderParcelNr=NR)
    client.put_parcel(identifiers=identifiers)
    assert cancel(client, parcelNr=GIVEN)["identifiers"]["parcelNr"] == f"{GIVEN}-C3"
    again = client.put_parcel(identifiers=identifiers)
    assert again["identifiers"] == {"id": 90004, "parcelNr": None, "senderParcelNr": NR}
    assert again["status"]["errorDetails"] == [f"Parcel number {GIVEN} is already used"]


def test_a_parcel_with_errors_can_be_cancelled(client: Client) -> None:
    client.put_parcel(receiver={"city": ""})
    answer = cancel(client, senderParcelNr=NR)
    assert answer["identifiers"] == {"id": 90001, "parcelNr": None, "senderParcelNr": f"{NR}-C1"}
    assert answer["status"]["isCancelled"] is True
    assert client.put_parcel()["identifiers"]["id"] == 90002


def test_a_cancelled_parcel_cannot_be_changed_but_cancelled_again(client: Client) -> None:
    client.put_parcel()
    first = cancel(client, id=90001)
    assert cancel(client, id=90001) == first
    answer = client.put_parcel(identifiers={"id": 90001, "senderParcelNr": f"{NR}-C1"})
    assert answer["status"]["errorDetails"] == ["Parcel RR000070015LT-C1 is cancelled"]
    assert answer["identifiers"] == first["identifiers"]
    assert client.get("/parcels/90001")["status"] == first["status"]


@pytest.mark.parametrize("identifiers", [{"senderParcelNr": NR}, {"parcelNr": NR}, {"id": 4711}])
def test_what_there_is_not_cannot_be_cancelled(client: Client, identifiers: Json) -> None:
    answer = cancel(client, **identifiers)
    named = next(iter(identifiers.values()))
    assert answer["status"]["errorDetails"] == [f"Parcel {named} is not found"]
    assert answer["identifiers"]["id"] is None
    assert client.get("/parcels/query", AfterId=90000)["details"] == []


def test_a_cancellation_changes_nothing_else(client: Client, workspace: Workspace) -> None:
    client.put_parcel()
    client.put_parcel(receiver={"name": "Somebody"}, status={"isCancelled": "true"})
    shown = client.get("/parcels/90001", IncludeReceiver=True)
    assert shown["receiver"]["name"] == "Aino Laine"
    assert shown["status"]["isCancelled"] is True
    [entry] = workspace.journal(operation="postplus.upsert_parcel", limit=1)
    why = workspace.control.get(f"/journal/{entry['id']}").json()["why"]
    assert "A cancellation changes nothing else: the other data were not honoured." in why


def test_one_request_may_cancel_a_parcel_and_make_it_anew(client: Client) -> None:
    client.put_parcel()
    elements = [
        {"identifiers": {"senderParcelNr": NR}, "status": {"isCancelled": True}},
        parcel(NR),
    ]
    answer = client.ok("POST", "/parcels/create-or-update-many", json={"parcels": elements})
    assert [each["identifiers"]["senderParcelNr"] for each in answer["parcels"]] == [f"{NR}-C1", NR]
    assert [each["identifiers"]["id"] for each in answer["parcels"]] == [90001, 90002]


def test_a_cancelled_parcel_is_told_with_its_new_number_in_tracking(client: Client) -> None:
    client.put_parcel()
    cancel(client, senderParcelNr=NR)
    path = "/tracking/parcel-nrs/get-many"
    assert client.get(path, ParcelNrs="RR000070015LT") == []
    [tracked] = client.get(path, ParcelNrs="RR000070015LT-C1")
    assert [event["eventCode"] for event in tracked["events"]] == ["CREATE_OR_UPDATE"]


def test_a_deleted_parcel_is_gone_with_its_label_and_its_events(client: Client) -> None:
    made = client.put_parcel()
    response = client.http.delete("/parcels/90001")
    assert (response.status_code, response.content) == (200, b"")
    client.refused(404, "GET", "/parcels/90001")
    client.refused(404, "DELETE", "/parcels/90001")
    client.refused(404, "GET", f"/parcels/parcel-prints/{made['references']['printId']}")
    numbers = made["identifiers"]["parcelNr"]
    assert client.get("/tracking/parcel-nrs/get-many", ParcelNrs=numbers) == []
    feed = client.get("/tracking", startDate="2026-01-01")
    assert [event["parcel"]["parcelNr"] for event in feed["events"]] == []


def test_a_deleted_number_of_the_sender_is_free_and_the_next_s10_number_is_new(
    client: Client,
) -> None:
    client.put_parcel()
    client.ok("DELETE", "/parcels/90001")
    assert client.put_parcel()["identifiers"] == {
        "id": 90002,
        "parcelNr": "RR000070029LT",
        "senderParcelNr": NR,
    }


def test_many_parcels_are_deleted_at_once(client: Client) -> None:
    for number in range(4):
        client.put_parcel(nr=f"ORD-{number}")
    response = client.http.delete("/parcels/delete-many", params={"Ids": "90001, 90003,90003,"})
    assert (response.status_code, response.content) == (200, b"")
    left = client.get("/parcels/query", AfterId=90000)["details"]
    assert [each["identifiers"]["id"] for each in left] == [90002, 90004]


def test_when_one_parcel_is_unknown_none_is_deleted(client: Client) -> None:
    client.put_parcel()
    other = client.with_key("sim-postplus-shipments-only").put_parcel()["identifiers"]["id"]
    for ids in ("90001,4711", f"90001,{other}"):
        problem = client.refused(404, "DELETE", "/parcels/delete-many", params={"Ids": ids})
        assert problem["detail"] == "Parcel not found"
    assert client.get("/parcels/90001")["identifiers"]["id"] == 90001


def test_100_parcels_are_deleted_and_101_are_not(client: Client) -> None:
    elements = [parcel(f"N-{number}") for number in range(101)]
    client.ok("POST", "/parcels", json={"parcels": elements})
    ids = [str(90001 + number) for number in range(101)]
    problem = client.refused(400, "DELETE", "/parcels/delete-many", params={"Ids": ",".join(ids)})
    assert problem["detail"] == "Up to 100 parcel ids are allowed"
    client.ok("DELETE", "/parcels/delete-many", params={"Ids": ",".join(ids[:100])})
    left = client.get("/parcels/query", AfterId=90000)["details"]
    assert [each["identifiers"]["id"] for each in left] == [90101]


@pytest.mark.parametrize(
    ("ids", "sentence"), [("", "Ids is required"), ("1,x", "Ids 'x' is not an id")]
)
def test_deletions_need_ids(client: Client, ids: str, sentence: str) -> None:
    problem = client.refused(400, "DELETE", "/parcels/delete-many", params={"Ids": ids})
    assert problem["detail"] == sentence


def test_another_accounts_parcel_cannot_be_deleted(client: Client) -> None:
    client.put_parcel()
    other = client.with_key("sim-postplus-shipments-only")
    assert other.refused(404, "DELETE", "/parcels/90001")["detail"] == "Parcel not found"
    assert client.get("/parcels/90001")["identifiers"]["id"] == 90001


def test_by_the_older_rule_only_postal_parcels_are_deleted(
    client: Client, workspace: Workspace
) -> None:
    workspace.quirk("postplus.delete", "cancel_non_postal")
    client.put_parcel(nr="POSTAL")
    client.put_parcel(nr="LOCKER", **NON_POSTAL)
    client.ok("DELETE", "/parcels/delete-many", params={"Ids": "90001,90002"})
    client.ok("DELETE", "/parcels/90002")
    client.refused(404, "GET", "/parcels/90001")
    kept = client.get("/parcels/90002")
    assert kept["status"]["isCancelled"] is True
    assert kept["identifiers"]["senderParcelNr"] == "LOCKER-C1"


def test_a_non_postal_parcel_is_deleted_for_good_by_default(client: Client) -> None:
    client.put_parcel(**NON_POSTAL)
    client.ok("DELETE", "/parcels/90001")
    client.refused(404, "GET", "/parcels/90001")


def test_a_manifested_parcel_can_neither_be_deleted_nor_cancelled(client: Client) -> None:
    for number in range(3):
        client.put_parcel(nr=f"ORD-{number}")
    shipment = manifested(client, 90001, 90002)
    sentence = f"Parcel is already linked to manifested shipment {shipment}"
    assert client.refused(409, "DELETE", "/parcels/90001")["detail"] == sentence
    problem = client.refused(
        409, "DELETE", "/parcels/delete-many", params={"Ids": "90003,90001,90002"}
    )
    assert [each["detail"] for each in problem["errorDetails"]] == [sentence, sentence]
    assert client.get("/parcels/90003")["identifiers"]["id"] == 90003
    answer = cancel(client, id=90001)
    assert answer["status"]["errorDetails"] == [sentence]
    assert answer["status"]["isCancelled"] is False
    assert client.get("/parcels/90001")["status"]["hasErrors"] is False


def test_a_parcel_on_its_way_can_neither_be_deleted_nor_changed(
    client: Client, workspace: Workspace
) -> None:
    number = client.put_parcel()["identifiers"]["parcelNr"]
    workspace.do("postplus.scan", parcel=number, code="DELIVERED")
    sentence = f"Parcel {number} is Delivered"
    assert client.refused(409, "DELETE", "/parcels/90001")["detail"] == sentence
    assert client.put_parcel()["status"]["errorDetails"] == [sentence]


def test_a_cancelled_parcel_can_be_deleted(client: Client) -> None:
    client.put_parcel()
    cancel(client, id=90001)
    client.ok("DELETE", "/parcels/90001")
    client.refused(404, "GET", "/parcels/90001")
