"""Whatever arrives, the carrier's own error body leaves, and the state is as it was."""

from __future__ import annotations

import json
from typing import Any

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.server import Workspace

SHIPMENTS = "/v1/organizations/1/shipments"
GOOD: dict[str, Any] = {
    "service": "inpost_locker_standard",
    "receiver": {"email": "ewa@example.com", "phone": "501502503"},
    "parcels": {"template": "small"},
    "custom_attributes": {"target_point": "KRA010", "sending_method": "dispatch_order"},
}
JSON = {"Content-Type": "application/json"}


def refused(response: httpx2.Response, status: int, error: str | None = None) -> dict[str, Any]:
    """The error body of a refusal, checked to be ShipX's."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/json; charset=utf-8"
    body: dict[str, Any] = response.json()
    assert list(body) == ["status", "error", "message", "details"]
    assert body["status"] == status
    if error is not None:
        assert body["error"] == error
    assert "Traceback" not in response.text
    return body


def untouched(workspace: Workspace) -> bool:
    return workspace.records("inpost", "shipments") == []


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"",
        b"nothing",
        b'{"service": }',
        b'{"a": 1}{"b": 2}',
        b'{"a": NaN}',
        b"\xff\xfe\x00",
        b'{"reference": "\xc3\x28"}',
        b'{"reference": "\\ud800"}',
        b'{"reference": "a\\u0000b"}',
        b'{"reference": "a\x00b"}',
        b'{"number": 1e999999}',
    ],
)
def test_a_body_that_is_not_json_is_refused(workspace: Workspace, body: bytes) -> None:
    response = workspace.client.post(SHIPMENTS, content=body, headers=JSON)
    refused(response, 400)
    assert untouched(workspace)


@pytest.mark.parametrize("body", [[], [1], 5, "text", True, None, 10**40, 1.5])
def test_a_body_of_another_type_is_a_validation_error(workspace: Workspace, body: Any) -> None:
    response = workspace.client.post(SHIPMENTS, content=json.dumps(body), headers=JSON)
    refused(response, 400)
    assert untouched(workspace)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("receiver", "Ewa"),
        ("receiver", []),
        ("parcels", "small"),
        ("parcels", 7),
        ("parcels", [[], "x", None]),
        ("custom_attributes", []),
        ("service", {"id": 1}),
        ("service", 5),
        ("cod", 49.9),
        ("insurance", "much"),
        ("additional_services", "sms"),
        ("additional_services", {"sms": True}),
        ("is_return", "perhaps"),
        ("reference", ["a"]),
        ("sender", 1),
        ("mpk", {}),
    ],
)
def test_a_field_of_the_wrong_type_is_named_in_details(
    workspace: Workspace, field: str, value: Any
) -> None:
    response = workspace.client.post(SHIPMENTS, json={**GOOD, field: value})
    body = refused(response, 400, "validation_failed")
    assert field in body["details"]
    assert untouched(workspace)


def test_every_finding_is_reported_at_once(workspace: Workspace) -> None:
    wrong = {
        **GOOD,
        "receiver": {"email": 5, "phone": "12"},
        "reference": "x",
        "custom_attributes": {"target_point": "NOWHERE", "sending_method": "dispatch_order"},
    }
    details = refused(workspace.client.post(SHIPMENTS, json=wrong), 400)["details"]
    assert set(details) >= {"receiver", "reference", "custom_attributes"}
    assert set(details["receiver"][0]) >= {"email", "phone"}
    assert details["reference"] == ["too_short"]
    assert details["custom_attributes"] == [{"target_point": ["does_not_exist"]}]


@pytest.mark.parametrize("media_type", ["text/plain", "application/xml", "multipart/form-data"])
def test_another_media_type_is_refused(workspace: Workspace, media_type: str) -> None:
    response = workspace.client.post(
        SHIPMENTS, content=json.dumps(GOOD), headers={"Content-Type": media_type}
    )
    refused(response, 415)
    assert untouched(workspace)


@pytest.mark.parametrize(
    "media_type",
    ["application/json", "application/json; charset=utf-8", "Application/JSON;charset=UTF-8"],
)
def test_json_is_taken_in_every_spelling(workspace: Workspace, media_type: str) -> None:
    response = workspace.client.post(
        SHIPMENTS, content=json.dumps(GOOD), headers={"Content-Type": media_type}
    )
    assert response.status_code == 201


@pytest.mark.parametrize(
    "path", ["/v1", "/v1/nothing", "/v1/shipments/1/labels", "/v1/%00", "/v1/organizations/1/x/y"]
)
def test_an_unknown_path_is_not_found(workspace: Workspace, path: str) -> None:
    refused(workspace.client.get(path), 404, "routing_not_found")
    workspace.quirk("inpost.routing_errors", "method_not_allowed")
    refused(workspace.client.get(path), 404, "resource_not_found")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", SHIPMENTS, {"GET", "POST"}),
        ("POST", "/v1/shipments/1", {"GET", "PUT", "PATCH", "DELETE"}),
        ("POST", "/v1/statuses", {"GET"}),
        ("OPTIONS", "/v1/statuses", {"GET"}),
    ],
)
def test_a_wrong_method_is_a_route_that_there_is_not_or_says_which_are_right(
    workspace: Workspace, method: str, path: str, allowed: set[str]
) -> None:
    missing = workspace.client.request(method, path)
    refused(missing, 404, "routing_not_found")
    assert "allow" not in missing.headers
    workspace.quirk("inpost.routing_errors", "method_not_allowed")
    response = workspace.client.request(method, path)
    refused(response, 405)
    assert set(response.headers["allow"].split(", ")) == allowed


def test_a_huge_body_is_refused(workspace: Workspace) -> None:
    body = json.dumps({**GOOD, "comments": "x" * 3_000_000})
    refused(workspace.client.post(SHIPMENTS, content=body, headers=JSON), 413)
    chunks = (b" " * 100_000 for _ in range(30))
    refused(workspace.client.post(SHIPMENTS, content=chunks, headers=JSON), 413)
    assert untouched(workspace)


def test_a_deeply_nested_body_is_refused(workspace: Workspace) -> None:
    body = b'{"receiver":' * 5000 + b"1" + b"}" * 5000
    refused(workspace.client.post(SHIPMENTS, content=body, headers=JSON), 413)
    brackets_in_a_string = {**GOOD, "comments": "[{" * 200}
    response = workspace.client.post(SHIPMENTS, json=brackets_in_a_string)
    assert response.status_code in (201, 400)


@pytest.mark.parametrize(
    "shipment",
    ["0", "-1", "wrong_id", "1.5", "9223372036854775807", "9" * 30, "%F0%9F%93%A6"],
)
@pytest.mark.parametrize(
    ("method", "tail"),
    [("GET", ""), ("PUT", ""), ("DELETE", ""), ("POST", "/buy"), ("GET", "/label")],
)
def test_ids_that_cannot_be_are_not_found(
    workspace: Workspace, shipment: str, method: str, tail: str
) -> None:
    body = {"offer_id": 1} if tail == "/buy" else {} if method == "PUT" else None
    response = workspace.client.request(method, f"/v1/shipments/{shipment}{tail}", json=body)
    refused(response, 404, "resource_not_found")


@pytest.mark.parametrize("organization", ["0", "-1", "wrong_id", "9" * 30, "2", "999"])
def test_an_organization_that_is_not_the_callers_is_forbidden(
    workspace: Workspace, organization: str
) -> None:
    response = workspace.client.get(f"/v1/organizations/{organization}/shipments")
    refused(response, 403, "forbidden")


@pytest.mark.parametrize(
    "authorization",
    [None, "", "Bearer", "Bearer wrong", "Basic dG9rZW4=", "sim-inpost-prepaid"],
)
def test_a_missing_or_wrong_token_is_invalid(
    workspace: Workspace, authorization: str | None
) -> None:
    headers = {} if authorization is None else {"Authorization": authorization}
    response = workspace.inpost(None).get("/v1/shipments/1", headers=headers)
    assert refused(response, 401) == {
        "status": 401,
        "error": "token_invalid",
        "message": "Token is missing or invalid.",
        "details": {},
    }
    assert response.headers["www-authenticate"].startswith("Bearer")
    assert 'error="invalid_token"' in response.headers["www-authenticate"]


def test_repeated_and_unknown_query_keys_are_tolerated(workspace: Workspace) -> None:
    response = workspace.client.get(f"{SHIPMENTS}?page=1&page=2&unknown=1&unknown=2&=x&&%00=1")
    assert response.status_code == 200
    assert response.json()["page"] == 2
    assert "unknown" not in response.json()["href"]


def test_a_body_on_get_is_ignored(workspace: Workspace) -> None:
    response = workspace.client.request("GET", SHIPMENTS, content=b"[]", headers=JSON)
    assert response.status_code == 200


def test_unknown_fields_are_ignored(workspace: Workspace) -> None:
    response = workspace.client.post(SHIPMENTS, json={**GOOD, "colour": "red", "id": 7})
    assert response.status_code == 201


_scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
_anything = st.recursive(
    _scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "receiver",
                    "sender",
                    "parcels",
                    "address",
                    "email",
                    "phone",
                    "amount",
                    "id",
                    "dimensions",
                    "weight",
                    "cod",
                    "insurance",
                    "template",
                    "target_point",
                    "service",
                ]
            )
            | st.text(max_size=5),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(body=st.dictionaries(st.sampled_from([*GOOD, "cod", "insurance", "sender"]), _anything))
def test_no_body_whatever_breaks_a_handler(workspace: Workspace, body: dict[str, Any]) -> None:
    try:
        content = json.dumps({**GOOD, **body})
        content.encode()
    except UnicodeEncodeError:
        return
    response = workspace.client.post(SHIPMENTS, content=content, headers=JSON)
    assert response.status_code in (201, 400, 413), response.text
    if response.status_code == 400:
        refused(response, 400)
