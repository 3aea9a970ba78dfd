"""The id of a request: in the body of an error, and today in a header of every answer."""

from __future__ import annotations

import re

import httpx2
import pytest

from tests.myparcel.bodies import shipment
from tests.myparcel.client import Shop

FORM = re.compile(r"(\d+)\.(\d{4})([0-9a-f]{8})([0-9a-f]{5})")
ONE = {**shipment(), "carrier": 1}


def named(response: httpx2.Response) -> str:
    """The id in the header, which the body repeats where it has one."""
    told: str = response.headers["X-Request-Id"]
    body = response.json() if "json" in response.headers.get("content-type", "") else {}
    if "request_id" in body:
        assert body["request_id"] == told
        assert body["message"].endswith(f"(request_id: {told})")
    return told


def test_every_answer_of_today_has_one_of_its_own(today: Shop) -> None:
    client = today.client
    nobody = today.with_key(None).client
    json = {"Content-Type": "application/vnd.shipment+json"}
    [made] = today.create(ONE)
    answers = [
        client.get("/"),
        client.get("/shipments"),
        client.get(f"/shipments/{made}"),
        client.get(f"/shipment_labels/{made}"),
        client.get("/nowhere"),
        client.patch("/carriers"),
        client.post("/shipments", content=b"x", headers={"Content-Type": "text/plain"}),
        client.post("/shipments", content=b"{", headers=json),
        client.post("/shipments", content=b"[" * 100, headers=json),
        nobody.get("/shipments"),
        today.post_shipments([{}]),
        today.post_shipments([{**ONE, "carrier": 99}]),
        client.get("/shipments", headers={"Accept": "image/png"}),
        client.get("/shipments?page=0"),
        client.delete(f"/shipments/{today.create(ONE)[0]}"),
    ]
    statuses = [answer.status_code for answer in answers]
    assert statuses == [*[200] * 4, 404, 405, 415, 400, 413, 401, 422, 422, 406, 422, 204]
    told = [named(answer) for answer in answers]
    assert len(set(told)) == len(told)


def test_what_stands_before_the_api_has_one_too(today: Shop) -> None:
    for status in (429, 500, 502, 503):
        today.workspace.control.post("/rules", json={"respond": {"status": status}, "times": 1})
        answer = today.client.get("/shipments")
        assert answer.status_code == status
        assert named(answer)


def test_it_is_the_moment_twice(today: Shop) -> None:
    today.workspace.freeze("2024-01-03T12:05:46+01:00")
    match = FORM.fullmatch(today.client.get("/").headers["X-Request-Id"])
    assert match is not None
    seconds, fraction, again, micro = match.groups()
    assert int(seconds) == int(again, 16) == 1704279946
    assert int(fraction) == int(micro, 16) // 100


def test_an_unchanged_answer_has_one(today: Shop) -> None:
    tag = today.client.get("/carriers").headers["ETag"]
    again = today.client.get("/carriers", headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert FORM.fullmatch(again.headers["X-Request-Id"])


@pytest.mark.parametrize("path", ["/", "/nowhere", "/shipments"])
def test_the_edition_of_2017_has_it_in_errors_only(shop: Shop, path: str) -> None:
    assert "X-Request-Id" not in shop.client.get(path).headers
