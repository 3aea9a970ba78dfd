"""Keys: what they open, and what is answered without them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx2
import pytest
import yaml
from dirty_equals import IsStr

from simulator import resources
from tests.postplus.client import (
    DOCUMENTS_FIRST_KEY,
    INTEGRATION_KEY,
    SHIPMENTS_ONLY_KEY,
    TEST_KEY,
    Client,
)
from tests.postplus.following import made
from tests.support.server import Workspace

TEST, PRODUCTION = "api.test.post-plus.io", "api.post-plus.io"
PRODUCTION_KEY = "sim-postplus-production"


def operations() -> list[tuple[str, str]]:
    """The method and path of every operation, with something in the place of parameters."""
    spec: Any = yaml.load(resources.spec_path("postplus").read_text(), yaml.CSafeLoader)
    return [
        (method.upper(), path.replace("{", "").replace("}", "").removeprefix("/api/v1"))
        for path, methods in spec["paths"].items()
        for method in methods
        if method in ("get", "put", "post", "delete")
    ]


def test_a_fresh_server_knows_the_published_test_key(client: Client) -> None:
    account = client.get("/accounts/current")
    assert (account["id"], account["environment"]) == (501, "test")


@pytest.mark.parametrize(
    ("key", "account", "scopes"),
    [
        (TEST_KEY, 501, "parcels shipments documents tracking hs-codes accounts"),
        (SHIPMENTS_ONLY_KEY, 502, "parcels shipments documents tracking accounts"),
        (DOCUMENTS_FIRST_KEY, 503, "parcels shipments documents tracking hs-codes accounts"),
        (PRODUCTION_KEY, 601, "parcels shipments documents tracking hs-codes accounts"),
    ],
)
def test_a_key_is_of_an_account_and_opens_its_scopes(
    client: Client, key: str, account: int, scopes: str
) -> None:
    told = client.with_key(key).get("/accounts/current")
    assert (told["id"], told["scopes"]) == (account, scopes.split())


def test_every_operation_without_a_key_is_401(client: Client) -> None:
    nobody = client.with_key(None)
    for method, path in operations():
        problem = nobody.refused(401, method, path)
        assert problem == {
            "type": "https://tools.ietf.org/html/rfc7235#section-3.1",
            "title": "Unauthorized",
            "status": 401,
            "detail": "API key is missing",
            "errorDetails": [{"code": "ApiKeyMissing", "detail": "API key is missing"}],
            "traceId": IsStr(regex=r"00-[0-9a-f]{32}-[0-9a-f]{16}-00"),
        }


@pytest.mark.parametrize("key", ["", '" "', '""'])
def test_an_empty_key_is_none(client: Client, key: str) -> None:
    problem = client.with_key(key).refused(401, "GET", "/accounts/current")
    assert problem["detail"] == "API key is missing"


@pytest.mark.parametrize("key", ["nobody", TEST_KEY.upper(), TEST_KEY + "0", "x" * 5000])
def test_a_key_that_nobody_has_is_401(client: Client, key: str) -> None:
    problem = client.with_key(key).refused(401, "GET", "/accounts/current")
    assert problem["detail"] == "API key is not valid"


def test_every_operation_without_its_scope_is_403(client: Client) -> None:
    client.workspace.do("postplus.add_account", name="Nothing", key="nothing", scopes=[])
    nothing = client.with_key("nothing")
    for method, path in operations():
        problem = nothing.refused(403, method, path)
        assert problem["detail"] == "API key is not authorized to perform this operation"


@pytest.mark.parametrize(
    ("path", "scopes"),
    [
        ("/tracking", ["tracking"]),
        ("/tracking/event-codes", ["tracking", "integrations"]),
        ("/parcels/query", ["parcels"]),
        ("/shipments/query", ["shipments"]),
        ("/accounts/current", ["accounts"]),
    ],
)
def test_a_scope_opens_its_paths_and_no_others(
    client: Client, path: str, scopes: list[str]
) -> None:
    every = ["parcels", "shipments", "documents", "tracking", "hs-codes", "integrations"]
    for scope in (*every, "accounts"):
        client.workspace.do("postplus.set_key_scopes", key=TEST_KEY, scopes=[scope])
        status = client.http.get(path).status_code
        assert status == (200 if scope in scopes else 403), f"{scope} and {path}"


@pytest.mark.parametrize(
    "headers",
    [
        {"X-API-KEY": TEST_KEY},
        {"x-api-key": TEST_KEY},
        {"X-Api-Key": TEST_KEY},
        {"X-API-KEY": f'"{TEST_KEY}"'},
        {"X-API-KEY": f"'{TEST_KEY}'"},
        {"X-API-KEY": f'" {TEST_KEY} "'},
    ],
)
def test_the_header_may_be_in_any_case_and_the_key_in_quotes(
    client: Client, headers: dict[str, str]
) -> None:
    client.with_key(None).ok("GET", "/accounts/current", headers=headers)


@pytest.mark.parametrize(
    ("host", "key", "status"),
    [
        (TEST, TEST_KEY, 200),
        (TEST, PRODUCTION_KEY, 401),
        (PRODUCTION, PRODUCTION_KEY, 200),
        (PRODUCTION, TEST_KEY, 401),
        (TEST.upper(), TEST_KEY, 200),
    ],
)
def test_a_host_takes_the_keys_of_its_own_environment(
    workspace: Workspace, host: str, key: str, status: int
) -> None:
    headers = {"Host": host, "X-API-KEY": key, "X-Sim-Workspace": workspace.name}
    with httpx2.Client(
        base_url=workspace.base_url, trust_env=False, verify=False, headers=headers
    ) as http:
        response = http.get("/api/v1/accounts/current")
        assert response.status_code == status, response.text
        if status == 200:
            environment = "test" if host.lower() == TEST else "production"
            assert response.json()["environment"] == environment
        else:
            assert response.json()["detail"] == "API key is not valid"


def test_tracking_is_imported_with_the_integration_key_of_the_environment(
    workspace: Workspace,
) -> None:
    body = {
        "events": [
            {"eventCode": "DELIVERED", "eventTime": "2026-03-01", "trackingNr": "RR000000014LT"}
        ]
    }
    keys = {TEST: INTEGRATION_KEY, PRODUCTION: "sim-postplus-integration-production"}
    with httpx2.Client(base_url=workspace.base_url, trust_env=False, verify=False) as http:
        for host, own in keys.items():
            for key in keys.values():
                headers = {"Host": host, "X-API-KEY": key, "X-Sim-Workspace": workspace.name}
                response = http.post(
                    "/api/v1/integrations/tracking-import", json=body, headers=headers
                )
                assert response.status_code == (200 if key == own else 401)


def test_a_suffix_of_the_key_chooses_the_workspace(workspace: Workspace) -> None:
    headers = {"X-API-KEY": f"{TEST_KEY}@{workspace.name}"}
    with httpx2.Client(
        base_url=workspace.base_url, trust_env=False, verify=False, headers=headers
    ) as http:
        assert http.get("/api/v1/accounts/current").status_code == 200
    assert len(workspace.journal(operation="postplus.get_current_account")) == 1


@pytest.mark.parametrize("path", ["/ACCOUNTS/CURRENT", "/Accounts/Current", "/accounts/CURRENT/"])
def test_a_path_may_be_in_any_letter_case(client: Client, path: str) -> None:
    assert client.get(path) == client.get("/accounts/current")


def test_beyond_the_rate_of_the_quirk_requests_are_too_many(client: Client) -> None:
    for _ in range(8):
        client.get("/accounts/current")
    client.workspace.quirk("postplus.requests_per_second", 5)
    for _ in range(5):
        client.get("/accounts/current")
    response = client.http.get("/accounts/current")
    assert (response.status_code, response.headers["retry-after"]) == (429, "1")
    assert response.json() == {
        "type": "https://tools.ietf.org/html/rfc6585#section-4",
        "title": "Too Many Requests",
        "status": 429,
        "detail": "Too many requests",
        "errorDetails": [{"code": "TooManyRequests", "detail": "Too many requests"}],
        "traceId": IsStr(),
    }
    # each key has its own count, and refused requests are not counted
    client.with_key(PRODUCTION_KEY).get("/accounts/current")
    client.workspace.advance("999ms")
    client.refused(429, "GET", "/accounts/current")
    client.workspace.advance("1ms")
    client.get("/accounts/current")


def test_another_accounts_records_are_not_there(client: Client) -> None:
    made(client)
    other = client.with_key(SHIPMENTS_ONLY_KEY)
    for path in ("/parcels/90001", "/parcels/parcel-nrs/RR000000014LT", "/parcels/90000"):
        problem = other.refused(404, "GET", path)
        assert problem["detail"] == "Parcel not found"


def test_a_key_belongs_to_its_workspace(
    client: Client, new_workspace: Callable[[], Workspace]
) -> None:
    client.workspace.do("postplus.add_account", name="Here", key="only-here")
    client.with_key("only-here").get("/accounts/current")
    elsewhere = Client(new_workspace(), "only-here")
    try:
        elsewhere.refused(401, "GET", "/accounts/current")
    finally:
        elsewhere.close()
