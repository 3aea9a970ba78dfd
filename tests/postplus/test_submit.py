"""Prepare and submit: the token, the lock, and what follows on the clock."""

from __future__ import annotations

from typing import Any

import pytest
from dirty_equals import IsStr

from tests.postplus import shipping
from tests.postplus.client import SHIPMENTS_ONLY_KEY, Client, Json
from tests.postplus.shipping import (
    AWB,
    head,
    link,
    locked,
    prepare,
    put,
    read,
    shipment,
    status,
    submit,
    swedish,
    too_light,
)

WITH_A_PARCEL = {"totalItems": 1, "totalWeight": 0.42, "totalBags": 1}


def submitting(token: object) -> Json:
    """The body of a submit."""
    return {"shipmentSubmitToken": token}


def test_prepare_gives_a_token_and_submit_takes_it(client: Client) -> None:
    shipping.filled(client)
    prepared = prepare(client, 3001)
    token = prepared["shipmentSubmitToken"]
    assert prepared == {
        **head(**WITH_A_PARCEL, status=status(canSubmit=True)),
        "shipmentSubmitToken": IsStr(regex=r"\w{22}"),
        "isProcessing": False,
    }
    shown = read(client, 3001)
    assert (shown["shipmentSubmitToken"], shown["status"]) == (token, status(canSubmit=True))
    submitted = client.ok("POST", "/shipments/3001/submit", json=submitting(token))
    assert submitted == {
        **head(**WITH_A_PARCEL, status=locked("Manifested")),
        "shipmentSubmitToken": None,
        "isProcessing": False,
    }
    assert shipping.parcel_of(client, "ORD-1")["status"]["status"] == "Manifested"


@pytest.mark.parametrize("body", [b"{}", b"[]", b'{"":""}', b"null", b"1", b'"x"', b""])
def test_prepare_takes_any_json(client: Client, body: bytes) -> None:
    shipping.filled(client)
    headers = {"Content-Type": "application/json"}
    prepared = client.ok("POST", "/shipments/3001/prepare", content=body, headers=headers)
    assert prepared["shipmentSubmitToken"]
    path = "/shipments/3001/cancel-parcels-with-errors"
    assert client.ok("POST", path, content=body, headers=headers)["totalItemsCancelled"] == 0


def test_what_is_no_json_is_refused(client: Client) -> None:
    shipping.filled(client)
    path = "/shipments/3001/prepare"
    client.refused(400, "POST", path, content=b"{", headers={"Content-Type": "application/json"})
    client.refused(415, "POST", path, content=b"{}", headers={"Content-Type": "text/plain"})


def test_preparing_again_gives_the_same_token(client: Client) -> None:
    shipping.filled(client)
    first = prepare(client, 3001)
    client.workspace.advance("1d")
    assert prepare(client, 3001) == first


def test_an_empty_shipment_cannot_be_prepared(client: Client) -> None:
    shipment(client)
    warned = status(hasWarnings=True, warningDetails=[f"Shipment {AWB} has no parcels"])
    assert prepare(client, 3001) == {
        **head(status=warned),
        "shipmentSubmitToken": None,
        "isProcessing": False,
    }
    assert read(client, 3001)["status"] == warned
    # The warnings are those of the preparation, and are gone with what it found.
    put(client, "ORD-1", "BAG-1")
    link(client, 3001, bagNrs="BAG-1")
    assert read(client, 3001)["status"] == status()


def test_parcels_with_errors_and_mixed_bags_stop_a_shipment(client: Client) -> None:
    shipment(client)
    put(client, "ORD-1", "BAG-1")
    too_light(client, "ORD-2", "BAG-1")
    link(client, 3001, bagNrs="BAG-1")
    put(client, "ORD-3", "BAG-1", receiver=swedish(), shipmentId=3001)
    prepared = prepare(client, 3001)
    assert prepared["shipmentSubmitToken"] is None
    assert prepared["status"]["warningDetails"] == [
        "Parcel ORD-2 has errors: Gross weight 0.1 is less than the total weight of items 0.4",
        "Bag BAG-1 has parcels for FI and SE",
    ]
    # A client gives up in this way.
    client.ok("DELETE", "/shipments/3001")


def test_a_parcel_that_is_mended_no_longer_stops_it(client: Client) -> None:
    shipment(client)
    too_light(client, "ORD-1", "BAG-1")
    link(client, 3001, bagNrs="BAG-1")
    assert prepare(client, 3001)["status"]["hasWarnings"]
    put(client, "ORD-1", "BAG-1")
    assert submit(client, 3001)["status"] == locked("Manifested")


def test_parcels_with_errors_are_cancelled_and_stay_behind(client: Client) -> None:
    shipment(client)
    put(client, "ORD-1", "BAG-1")
    too_light(client, "ORD-2", "BAG-1")
    link(client, 3001, bagNrs="BAG-1")
    answer = client.ok("POST", "/shipments/3001/cancel-parcels-with-errors", json={})
    assert answer == shipping.details(
        **WITH_A_PARCEL, totalItemsCancelled=1, totalWeightCancelled=0.1
    )
    # Its number is free again, and it is not manifested.
    client.refused(404, "GET", "/parcels/sender-parcel-nrs/ORD-2")
    submit(client, 3001)
    cancelled = shipping.parcel_of(client, "ORD-2-C1")["status"]
    assert (cancelled["status"], cancelled["isCancelled"]) == ("Created", True)


def test_a_shipment_with_nothing_but_cancelled_parcels_is_empty(client: Client) -> None:
    shipment(client)
    too_light(client, "ORD-1", "BAG-1")
    link(client, 3001, bagNrs="BAG-1")
    client.ok("POST", "/shipments/3001/cancel-parcels-with-errors")
    assert prepare(client, 3001)["status"]["warningDetails"] == [f"Shipment {AWB} has no parcels"]


def test_many_parcels_with_errors_are_counted(client: Client) -> None:
    shipment(client)
    body: dict[str, Any] = {
        "shipmentId": 3001,
        "parcels": [{"identifiers": {"senderParcelNr": f"ORD-{n}"}} for n in range(103)],
    }
    client.ok("POST", "/parcels/create-or-update-many", json=body)
    warnings = prepare(client, 3001)["status"]["warningDetails"]
    assert (len(warnings), warnings[-1]) == (101, "and 3 more parcels have errors")


def test_a_shipment_of_labels_is_not_submitted(client: Client) -> None:
    shipping.filled(client, "LABELS", type="Labels")
    assert prepare(client, 3001)["status"]["warningDetails"] == [
        "A shipment of type Labels is not submitted: link its parcels to the real one"
    ]


@pytest.mark.parametrize("body", [{}, {"shipmentSubmitToken": ""}, None])
def test_a_missing_token_is_refused(client: Client, body: Json | None) -> None:
    shipping.filled(client)
    prepare(client, 3001)
    problem = client.refused(400, "POST", "/shipments/3001/submit", json=body)
    assert problem["detail"] == "shipmentSubmitToken is missing: prepare gives it"


def test_a_wrong_token_is_refused(client: Client) -> None:
    shipping.filled(client)
    shipping.filled(client, "117-70123465", "ORD-2")
    path = "/shipments/3001/submit"
    unprepared = client.refused(409, "POST", path, json=submitting("x"))
    assert unprepared["detail"] == f"Shipment {AWB} has not been prepared"
    prepare(client, 3001)
    other = prepare(client, 3002)["shipmentSubmitToken"]
    problem = client.refused(409, "POST", path, json=submitting(other))
    assert problem["detail"] == f"shipmentSubmitToken is not that of shipment {AWB}"
    assert read(client, 3001)["status"] == status(canSubmit=True)


def add_a_parcel(client: Client) -> None:
    put(client, "ORD-2", "BAG-2")
    link(client, 3001, bagNrs="BAG-2")


def change_a_parcel(client: Client) -> None:
    put(client, "ORD-1", "BAG-1", parcel={"parcelGrossWeight": 0.43})


def cancel_a_parcel(client: Client) -> None:
    body = {"identifiers": {"senderParcelNr": "ORD-1"}, "status": {"isCancelled": True}}
    client.ok("PUT", "/parcels", json=body)


def delete_a_parcel(client: Client) -> None:
    found = shipping.parcel_of(client, "ORD-1")
    client.ok("DELETE", f"/parcels/{found['identifiers']['id']}")


def change_a_bag(client: Client) -> None:
    shipping.update_references(client, senderParcelNrs="ORD-1", updateBagNr="BAG-9")


def change_the_arrival(client: Client) -> None:
    client.ok("PUT", "/shipments/3001", json={"arrivalInfo": {"totalBags": 3}})


@pytest.mark.parametrize(
    "change",
    [
        add_a_parcel,
        change_a_parcel,
        cancel_a_parcel,
        delete_a_parcel,
        change_a_bag,
        change_the_arrival,
    ],
)
def test_a_token_from_before_a_change_is_stale(client: Client, change: Any) -> None:
    shipping.filled(client)
    token = prepare(client, 3001)["shipmentSubmitToken"]
    change(client)
    assert read(client, 3001)["shipmentSubmitToken"] is None
    problem = client.refused(409, "POST", "/shipments/3001/submit", json=submitting(token))
    assert problem["detail"] == f"Shipment {AWB} has changed since it was prepared"
    # Nothing was locked.
    assert read(client, 3001)["status"] == status()


def test_scans_do_not_make_a_token_stale(client: Client) -> None:
    shipping.filled(client)
    token = prepare(client, 3001)["shipmentSubmitToken"]
    number = shipping.parcel_of(client, "ORD-1")["identifiers"]["parcelNr"]
    client.workspace.do("postplus.scan", parcel=number, code="RECEIVE_ITEM_AT_TERMINAL")
    client.ok("POST", "/shipments/3001/submit", json=submitting(token))


def test_what_is_submitted_is_locked(client: Client) -> None:
    made = shipping.filled(client)
    token = prepare(client, made["id"])["shipmentSubmitToken"]
    client.ok("POST", "/shipments/3001/submit", json=submitting(token))
    detail = f"Shipment {AWB} is Manifested"
    for action, body in (
        ("prepare", {}),
        ("submit", submitting(token)),
        ("link-bags", {"bagNrs": "BAG-1"}),
        ("link-prepare-submit", {"bagNrs": "BAG-1"}),
        ("link-prepare-submit", None),
        ("cancel-parcels-with-errors", {}),
    ):
        problem = client.refused(409, "POST", f"/shipments/3001/{action}", json=body)
        assert problem["detail"] == detail
    upload = {"file": ("m.csv", b"a,b,c,d")}
    path = "/shipments/3001/manifest-files"
    assert client.refused(409, "POST", path, files=upload)["detail"] == detail
    # Its parcels are locked too: an update says so in the 200, the rest is a conflict.
    answer = put(client, "ORD-1", "BAG-1")
    assert answer["status"]["errorDetails"] == [
        f"Parcel is already linked to manifested shipment {AWB}"
    ]
    client.refused(409, "DELETE", f"/parcels/{answer['identifiers']['id']}")
    new = put(client, "ORD-2", "BAG-1", shipmentId=3001)
    assert new["status"]["errorDetails"] == [f"Shipment {AWB} is Manifested"]


def test_linking_preparing_and_submitting_can_be_one_request(client: Client) -> None:
    shipment(client)
    put(client, "ORD-1", "BAG-1")
    put(client, "ORD-2", "BAG-2")
    path = "/shipments/3001/link-prepare-submit"
    answer = client.ok("POST", path, json={"bagNrs": "BAG-1", "allowPartialSuccess": True})
    assert answer == {
        **head(**WITH_A_PARCEL, status=locked("Manifested")),
        "shipmentSubmitToken": None,
        "isProcessing": False,
    }
    note = "allowPartialSuccess was not honoured: here it is all or nothing"
    assert note in shipping.why(client)
    assert shipping.parcel_of(client, "ORD-1")["status"]["status"] == "Manifested"
    assert shipping.parcel_of(client, "ORD-2")["references"]["shipmentId"] is None


def test_what_is_linked_already_can_be_submitted_at_once(client: Client) -> None:
    shipping.filled(client)
    answer = client.ok("POST", "/shipments/3001/link-prepare-submit")
    assert answer["status"] == locked("Manifested")


def test_when_one_of_the_three_fails_nothing_is_done(client: Client) -> None:
    shipment(client)
    put(client, "ORD-1", "BAG-1")
    too_light(client, "ORD-2", "BAG-2")
    path = "/shipments/3001/link-prepare-submit"
    problem = client.refused(409, "POST", path, json={"bagNrs": "BAG-1,BAG-2"})
    sentence = (
        "Parcel ORD-2 has errors: Gross weight 0.1 is less than the total weight of items 0.4"
    )
    assert problem["errorDetails"] == [{"code": "Conflict", "detail": sentence}]
    assert read(client, 3001) == shipping.details()
    assert shipping.parcel_of(client, "ORD-1")["references"]["shipmentId"] is None
    client.refused(400, "POST", path, json={"bagNrs": "BAG-1,NOPE"})
    assert read(client, 3001) == shipping.details()


def test_documents_come_five_minutes_after_submit(client: Client) -> None:
    shipping.filled(client)
    submit(client, 3001)
    assert read(client, 3001, "Documents")["documents"] == []
    client.workspace.advance("299s")
    assert read(client, 3001, "Documents")["documents"] == []
    client.workspace.advance("1s")
    assert read(client, 3001, "Documents")["documents"] == [
        {"id": 70001 + place, "fileType": kind, "fileFormat": "Pdf", "status": "Created"}
        for place, kind in enumerate(("CN38", "CN35", "CN33", "CN31"))
    ]


def test_documents_may_come_at_once(client: Client) -> None:
    client.workspace.quirk("postplus.documents_delay", 0)
    shipping.filled(client)
    shipping.upload(client, 3001, b"%PDF", "awb.pdf", to="shipment-documents")
    submit(client, 3001)
    # What was attached comes behind the carrier's own.
    listed = [each["fileType"] for each in read(client, 3001, "Documents")["documents"]]
    assert listed == ["CN38", "CN35", "CN33", "CN31", "AWB"]


def test_a_shipment_arrives_after_a_day_and_is_completed_after_two(client: Client) -> None:
    shipping.filled(client)
    submit(client, 3001)
    seen = []
    for wait in ("86399s", "1s", "86399s", "1s", "30d"):
        client.workspace.advance(wait)
        seen.append(read(client, 3001)["status"]["status"])
    assert seen == ["Manifested", "Arrived", "Arrived", "Completed", "Completed"]
    assert read(client, 3001)["status"] == locked("Completed")


def test_processing_takes_as_long_as_the_quirk_says(client: Client) -> None:
    client.workspace.quirk("postplus.processing_seconds", 30)
    shipping.filled(client)
    prepared = prepare(client, 3001)
    assert (prepared["isProcessing"], prepared["shipmentSubmitToken"]) == (True, None)
    assert prepared["status"]["canSubmit"] is False
    detail = f"Shipment {AWB} is being processed"
    assert client.refused(409, "POST", "/shipments/3001/prepare")["detail"] == detail
    body = submitting("early")
    assert client.refused(409, "POST", "/shipments/3001/submit", json=body)["detail"] == detail
    client.workspace.advance("30s")
    shown = read(client, 3001)
    assert (shown["isProcessing"], shown["status"]["canSubmit"]) == (False, True)
    body = submitting(shown["shipmentSubmitToken"])
    submitted = client.ok("POST", "/shipments/3001/submit", json=body)
    assert (submitted["isProcessing"], submitted["status"]["status"]) == (True, "Manifested")
    client.workspace.advance("30s")
    assert read(client, 3001)["isProcessing"] is False


def test_a_shipment_that_is_gone_has_nothing_more_to_come(client: Client) -> None:
    client.workspace.quirk("postplus.processing_seconds", 30)
    shipping.filled(client)
    prepare(client, 3001)
    client.ok("DELETE", "/shipments/3001")
    client.workspace.advance("1h")
    client.refused(404, "GET", "/shipments/3001")


def test_a_reset_ends_what_was_to_come(client: Client) -> None:
    client.workspace.quirk("postplus.processing_seconds", 30)
    shipping.filled(client)
    prepare(client, 3001)
    client.workspace.advance("30s")
    token = read(client, 3001)["shipmentSubmitToken"]
    client.ok("POST", "/shipments/3001/submit", json=submitting(token))
    client.workspace.do("postplus.reset_test_data")
    client.workspace.advance("3d")
    assert client.get("/shipments/query")["shipments"] == []
    assert client.workspace.records("postplus", "shipment_documents") == []


def test_jobs_of_other_accounts_shipments_do_not_meet(client: Client) -> None:
    other = client.with_key(SHIPMENTS_ONLY_KEY)
    shipping.filled(client)
    shipping.filled(other)
    submit(client, 3001)
    client.workspace.advance("5m")
    assert len(read(client, 3001, "Documents")["documents"]) == 4
    assert read(other, 3002, "Documents")["documents"] == []
    submit(other, 3002)
    client.workspace.advance("2d")
    assert read(other, 3002)["status"]["status"] == "Completed"
