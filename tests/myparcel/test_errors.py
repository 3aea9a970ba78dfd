"""Error bodies in both profiles, and what every answer carries."""

from __future__ import annotations

import re

from tests.myparcel.bodies import changed, dutch, shipment
from tests.myparcel.client import Shop

EVENING = dutch(delivery_type=3, delivery_date="2017-06-06 18:00:00")
PATH = "data.shipments[0].options.only_recipient"
HUMAN = "only_recipient is required for delivery type 3"


def test_findings_are_flat_in_the_profile_of_2017(shop: Shop) -> None:
    body = shop.post_shipments([EVENING]).json()
    identifier = body["request_id"]
    assert re.fullmatch(r"\d{10}\.[0-9a-f]{12}", identifier)
    assert body == {
        "message": f"Shipment validation error (request_id: {identifier})",
        "request_id": identifier,
        "errors": [
            {
                "status": 422,
                "code": 3705,
                "message": "Shipment validation error",
                "fields": [PATH],
                "human": [HUMAN],
            }
        ],
    }


def test_findings_have_their_code_as_key_in_the_modern_profile(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.error_profile", "modern")
    body = shop.post_shipments([EVENING]).json()
    assert body == {
        "message": f"Shipment validation error (request_id: {body['request_id']})",
        "request_id": body["request_id"],
        "status_code": 422,
        "errors": [{"3705": {"fields": [PATH], "human": [HUMAN]}}],
    }


def test_findings_of_one_code_stand_together(shop: Shop) -> None:
    body = changed(changed(shipment(), "recipient.city", None), "recipient.street", None)
    [error] = shop.post_shipments([body]).json()["errors"]
    assert error["code"] == 3501
    assert error["fields"] == [
        "data.shipments[0].recipient.city",
        "data.shipments[0].recipient.street",
    ]


def test_other_errors_are_the_same_in_both_profiles(shop: Shop) -> None:
    plain = shop.with_key(None).client.get("/shipments").json()
    shop.workspace.quirk("myparcel.error_profile", "modern")
    modern = shop.with_key(None).client.get("/shipments").json()
    assert plain["errors"] == modern["errors"]
    assert plain["request_id"] != modern["request_id"]


def test_the_id_of_a_request_begins_with_its_second(shop: Shop) -> None:
    shop.workspace.freeze("2017-06-01T10:00:00+02:00")
    body = shop.with_key(None).client.get("/shipments").json()
    assert body["request_id"].startswith("1496304000.")


def test_a_wrong_kind_is_told_with_its_place(shop: Shop) -> None:
    response = shop.post_shipments([shipment(general_settings=3)])
    [error] = response.json()["errors"]
    assert error["message"].startswith("data.shipments[0].general_settings ")
    assert error["fields"] == ["data.shipments[0].general_settings"]


def test_broken_json_is_a_bad_request(shop: Shop) -> None:
    headers = {"Content-Type": "application/vnd.shipment+json"}
    response = shop.client.post("/shipments", content=b'{"data": ', headers=headers)
    assert response.status_code == 400
    assert response.json()["errors"][0]["code"] == 0


def test_every_answer_may_be_read_by_pages_of_other_origins(shop: Shop) -> None:
    for path in ("/", "/shipments", "/nowhere"):
        assert shop.client.get(path).headers["access-control-allow-origin"] == "*"


def test_what_the_client_has_is_not_sent_again(shop: Shop) -> None:
    [number] = shop.create(shipment())
    first = shop.client.get(f"/shipments/{number}")
    tag = first.headers["etag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = shop.client.get(f"/shipments/{number}", headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
    other = shop.client.get(f"/shipments/{number}", headers={"If-None-Match": '"other"'})
    assert other.status_code == 200
    shop.workspace.do("myparcel.move", shipment=number, status=2)
    moved = shop.client.get(f"/shipments/{number}", headers={"If-None-Match": tag})
    assert moved.status_code == 200
    assert moved.headers["etag"] != tag


def test_without_the_later_features_there_is_no_put_whatever_the_body(shop: Shop) -> None:
    for kind in ("application/json", "application/vnd.shipment+json", "text/plain"):
        response = shop.client.put("/shipments", content=b"{", headers={"Content-Type": kind})
        assert (response.status_code, response.headers["allow"]) == (405, "GET, POST")
        assert response.json()["errors"][0]["code"] == 3105
