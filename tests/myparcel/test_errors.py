"""Error bodies in both profiles, and what every answer carries."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.myparcel.bodies import changed, dutch, shipment
from tests.myparcel.client import SHIPMENT, Shop
from tests.support.server import Workspace

EVENING = dutch(delivery_type=3, delivery_date="2017-06-06 18:00:00")
PATH = "data.shipments[0].options.only_recipient"
WHY = "is required for delivery type 3"
HUMAN = f"only_recipient {WHY}"


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
    shop.workspace.quirk("myparcel.edition", "today")
    body = shop.post_shipments([EVENING]).json()
    assert body == {
        "message": f"Shipment validation error (request_id: {body['request_id']})",
        "request_id": body["request_id"],
        "status_code": 422,
        "errors": [
            {"3705": {"fields": [PATH], "human": [f"{PATH} is required for delivery type 3"]}}
        ],
    }


def test_findings_of_one_code_stand_together(shop: Shop) -> None:
    body = changed(changed(shipment(), "recipient.city", None), "recipient.street", None)
    [error] = shop.post_shipments([body]).json()["errors"]
    assert error["code"] == 3501
    assert error["fields"] == [
        "data.shipments[0].recipient.city",
        "data.shipments[0].recipient.street",
    ]


def test_findings_come_in_the_order_of_the_shipments(shop: Shop) -> None:
    evening = changed(EVENING, "recipient.city", None)
    kind = {**dutch(**{"return": 4}), "recipient": []}
    body = [evening, shipment(), kind, changed(kind, "carrier", None)]
    expected = [
        (3501, ["data.shipments[0].recipient.city"]),
        (
            3705,
            [
                "data.shipments[0].options.only_recipient",
                "data.shipments[2].options.return",
                "data.shipments[3].options.return",
            ],
        ),
        (0, ["data.shipments[2].recipient", "data.shipments[3].recipient"]),
        (3728, ["data.shipments[3].carrier"]),
    ]
    flat = shop.post_shipments(body).json()["errors"]
    assert [(error["code"], error["fields"]) for error in flat] == expected
    assert all(len(error["human"]) == len(error["fields"]) for error in flat)
    assert shop.workspace.records("myparcel", "shipments") == []


def test_other_errors_are_the_same_in_both_profiles(shop: Shop) -> None:
    plain = shop.with_key(None).client.get("/shipments").json()
    shop.workspace.quirk("myparcel.edition", "today")
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


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"{",
        b"\xef\xbb\xbf{}",
        b'{"data": NaN}',
        b'{"data": 1e999}',
        b'{"data": "\xff"}',
        b'{"data": "\\ud800"}',
        b'{"data": 1,}',
        b"{'data': 1}",
        "{}".encode("utf-16"),
    ],
    ids=repr,
)
def test_what_is_no_json_is_a_bad_request(shop: Shop, body: bytes) -> None:
    response = shop.client.post("/shipments", content=body, headers={"Content-Type": SHIPMENT})
    assert response.status_code == 400
    told = response.json()
    [error] = told["errors"]
    assert (error["status"], error["code"]) == (400, 0)
    assert told["message"] == f"{error['message']} (request_id: {told['request_id']})"


def test_the_last_of_two_members_with_one_name_counts(shop: Shop) -> None:
    body = json.dumps({"data": {"shipments": [shipment()]}})
    twice = body.replace('"carrier": 2', '"carrier": 9, "carrier": 2')
    response = shop.client.post("/shipments", content=twice, headers={"Content-Type": SHIPMENT})
    assert response.status_code == 200


@pytest.mark.parametrize(
    "body", [b"[" * 100, b'{"data": "%s"}' % (b"x" * 3_000_000)], ids=["deep", "long"]
)
def test_a_body_beyond_all_bounds_is_too_large(shop: Shop, body: bytes) -> None:
    response = shop.client.post("/shipments", content=body, headers={"Content-Type": SHIPMENT})
    assert response.status_code == 413
    assert list(response.json()) == ["message", "request_id", "errors"]


@pytest.mark.parametrize("key", ["sim-myparcel-postpaid", None])
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
def test_other_methods_do_not_exist_whoever_asks(shop: Shop, method: str, key: str | None) -> None:
    shop.workspace.quirk("myparcel.edition", "2017")
    response = shop.with_key(key).client.request(method, "/shipments")
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, POST"
    assert response.json()["errors"][0]["message"] == (
        f"{method} is not supported here, use GET or POST."
    )


def test_the_methods_of_today_are_named(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.edition", "today")
    response = shop.client.delete("/shipments")
    assert response.headers["allow"] == "GET, PATCH, POST, PUT"
    for method in ("PUT", "PATCH"):
        assert shop.with_key(None).client.request(method, "/shipments").status_code == 401


@pytest.mark.parametrize("path", ["/drop_off_points", "/pickup_locations", "/v2/shipment_labels/1"])
def test_what_came_later_is_not_there_whoever_asks(shop: Shop, path: str) -> None:
    nobody = shop.with_key(None).client
    shop.workspace.quirk("myparcel.edition", "2017")
    for method in ("GET", "POST"):
        response = nobody.request(method, path)
        assert (response.status_code, "allow" in response.headers) == (404, False)
        assert response.json()["errors"][0]["code"] == 3105
    shop.workspace.quirk("myparcel.edition", "today")
    assert nobody.post(path).status_code == 405


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
    shop.workspace.do("myparcel.move", shipment=number, to=2)
    moved = shop.client.get(f"/shipments/{number}", headers={"If-None-Match": tag})
    assert moved.status_code == 200
    assert moved.headers["etag"] != tag


def test_in_the_edition_of_2017_there_is_no_put_whatever_the_body(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.edition", "2017")
    for kind in ("application/json", "application/vnd.shipment+json", "text/plain"):
        response = shop.client.put("/shipments", content=b"{", headers={"Content-Type": kind})
        assert (response.status_code, response.headers["allow"]) == (405, "GET, POST")
        assert response.json()["errors"][0]["code"] == 3105


def test_worlds_that_began_alike_give_the_same_bytes(
    new_workspace: Callable[[], Workspace],
) -> None:
    one, other = (Shop(new_workspace()) for _ in range(2))
    assert one.client.get("/nowhere").content == other.client.get("/nowhere").content
    assert one.client.get("/nowhere").content != one.client.get("/nowhere").content
    one.close()
    other.close()


def test_each_of_several_findings_has_a_title_of_its_own(today: Shop) -> None:
    errors = today.client.get("/pickup_locations").json()["errors"]
    told = ["cc is required", "postal_code is required", "number is required"]
    assert [(each["code"], each["title"], each["message"]) for each in errors] == [
        (3212, sentence, sentence) for sentence in told
    ]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"carrier": None}, "carrier is required"),
        (
            {"options": {"package_type": 1, "delivery_type": 3, "only_recipient": 1}},
            "options.delivery_date is required for delivery type 3",
        ),
    ],
)
def test_a_sentence_says_its_place_once(
    today: Shop, changes: dict[str, Any], sentence: str
) -> None:
    [id] = today.create({**shipment(), "carrier": 1})
    sent = {"data": {"shipments": [{"id": id, **changes}]}}
    response = today.client.put("/shipments", json=sent)
    [error] = response.json()["errors"]
    [group] = error.values()
    assert group["human"] == [f"data.shipments[0].{sentence}"]
