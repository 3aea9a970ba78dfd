"""Keys: how they may be written, what they open, and every way in which they fail."""

from __future__ import annotations

import base64
from typing import Any

import httpx2
import pytest

from tests.myparcel.bodies import shipment
from tests.myparcel.client import Shop, basic

KEY = "sim-myparcel-postpaid"
ENCODED = base64.b64encode(KEY.encode()).decode()
SAMPLE = "basic eUVJV1hFc3ZhMkxPeWRvVlM1bDVVZVJwamJNdVZQQXJSUGhFVkpCYw=="
EXAMPLE = "basic c2ltLW1lcmNoYW50LWtleS1wb3N0cGFpZC0wMDAwMDAwMDAwMDE="


def get(shop: Shop, authorization: str | None, path: str = "/shipments") -> httpx2.Response:
    headers = {} if authorization is None else {"Authorization": authorization}
    return shop.with_key(None).client.get(path, headers=headers)


def error(response: httpx2.Response) -> tuple[int, int, str]:
    """Status, code and text of the only error of a response."""
    body = response.json()
    [found] = body["errors"]
    assert found["status"] == response.status_code
    assert body["message"] == f"{found['message']} (request_id: {body['request_id']})"
    return response.status_code, found["code"], found["message"]


@pytest.mark.parametrize("scheme", ["basic", "Basic", "BASIC", "bearer", "Bearer"])
@pytest.mark.parametrize("space", [" ", "   ", "\t"])
def test_the_scheme_is_basic_or_bearer_in_any_case(shop: Shop, scheme: str, space: str) -> None:
    assert get(shop, f"{scheme}{space}{ENCODED}").status_code == 200


def test_padding_may_be_missing(shop: Shop) -> None:
    key = "sim-myparcel-prepaid"
    assert get(shop, f"basic {basic(key).split()[1].rstrip('=')}").status_code == 200


def test_both_alphabets_of_base64_are_read(shop: Shop) -> None:
    shop.workspace.do("myparcel.add_key", key="ab~key")
    encoded = base64.urlsafe_b64encode(b"ab~key").decode()
    assert "-" in encoded
    assert get(shop, f"basic {encoded}").status_code == 200


@pytest.mark.parametrize("authorization", [SAMPLE, EXAMPLE], ids=["document", "example"])
def test_the_keys_of_the_documents_open_the_first_shop(shop: Shop, authorization: str) -> None:
    [number] = shop.create(shipment())
    shown = get(shop, authorization, f"/shipments/{number}").json()["data"]["shipments"]
    assert shown[0]["shop_id"] == 77


def test_a_suffix_within_the_base64_chooses_the_workspace(shop: Shop) -> None:
    [number] = shop.create(shipment())
    bare = f"{shop.workspace.base_url}/myparcel/shipments/{number}"
    headers = {"Authorization": basic(f"{KEY}@{shop.workspace.name}")}
    with httpx2.Client(trust_env=False, verify=False) as client:
        found = client.get(bare, headers=headers).json()["data"]["shipments"]
    assert [each["id"] for each in found] == [number]


@pytest.mark.parametrize(
    ("authorization", "expected"),
    [
        (None, (401, 3000, "Access Denied.")),
        ("", (401, 3000, "Access Denied.")),
        ("basic", (401, 3000, "Access Denied.")),
        ("basic !!!", (401, 3000, "Access Denied.")),
        (f"basic {KEY}", (401, 3000, "Access Denied.")),
        (basic("nobody"), (401, 3000, "Access Denied.")),
        (basic(f"{KEY}:"), (401, 3000, "Access Denied.")),
        ("basic /////w==", (401, 3000, "Access Denied.")),
        (basic("sim-myparcel-disabled"), (401, 3000, "Access Denied, token is not active.")),
        (basic("sim-myparcel-intermediary"), (403, 3001, "Permission Denied.")),
    ],
)
def test_a_key_that_opens_nothing(
    shop: Shop, authorization: str | None, expected: tuple[int, int, str]
) -> None:
    assert error(get(shop, authorization)) == expected


def test_the_code_of_a_missing_header_is_a_quirk(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.no_authorization_code", 3103)
    assert error(get(shop, None)) == (401, 3103, "Access Denied.")
    assert error(get(shop, basic("nobody"))) == (401, 3000, "Access Denied.")


def test_a_session_token_acts_for_its_shop(shop: Shop) -> None:
    [number] = shop.create(shipment())
    shop.workspace.do("myparcel.add_key", key="session-token-of-the-portal", shop=77)
    assert (
        get(shop, basic("session-token-of-the-portal"), f"/shipments/{number}").status_code == 200
    )


def test_another_scheme_is_told_apart(shop: Shop) -> None:
    assert error(get(shop, f"Digest {ENCODED}"))[:2] == (401, 3104)


@pytest.mark.parametrize("edition", ["2017", "today"])
def test_who_sends_another_scheme_is_told_each_that_is_taken(shop: Shop, edition: str) -> None:
    shop.workspace.quirk("myparcel.edition", edition)
    _, _, told = error(get(shop, f"Digest {ENCODED}"))
    assert told == "Authorization method is not supported, use basic or bearer."
    for scheme in ("basic", "bearer"):
        assert get(shop, f"{scheme} {ENCODED}").status_code == 200


def test_an_intermediary_sees_what_belongs_to_nobody(shop: Shop) -> None:
    response = get(shop, basic("sim-myparcel-intermediary"), "/carriers")
    assert response.status_code == 200


def test_the_root_needs_no_key(shop: Shop) -> None:
    response = get(shop, None, "/")
    assert response.status_code == 200
    assert response.json() == {"title": "MyParcel API", "status": "OK"}


def test_what_goes_wrong_first_is_told_first(shop: Shop) -> None:
    nobody = shop.with_key("nobody").client
    intermediary = shop.with_key("sim-myparcel-intermediary").client
    json = {"Content-Type": "application/json"}
    latin = {"Content-Type": "application/vnd.shipment+json;charset=latin-1"}
    picky = {"Content-Type": "application/vnd.shipment+json", "Accept": "image/png"}
    broken: dict[str, Any] = {"content": b'{"data":'}
    assert error(nobody.get("/parcels"))[:2] == (404, 3105)
    assert nobody.delete("/shipments").status_code == 405
    assert error(nobody.post("/shipments", headers=json, **broken))[:2] == (401, 3000)
    assert error(intermediary.post("/shipments", headers=json, **broken))[:2] == (403, 3001)
    assert error(shop.client.post("/shipments", headers=json, **broken))[:2] == (415, 3100)
    assert error(shop.client.post("/shipments", headers=latin, **broken))[:2] == (415, 3101)
    other = {"Content-Type": "text/plain;charset=latin-1"}
    assert error(shop.client.post("/shipments", headers=other, **broken))[:2] == (415, 3100)
    assert shop.client.post("/shipments", headers=picky, json={}).status_code == 406
    for path in ("/shipments?page=x", "/shipments/x", "/tracktraces/x", "/shipment_labels/x"):
        assert error(shop.client.get(path, headers={"Accept": "image/png"}))[:2] == (406, 3102)
    assert shop.post_shipments([{}]).status_code == 422
