"""Which carrier and which workspace a request reaches, and the URLs that it gets back."""

from __future__ import annotations

import re
from collections.abc import Callable

import httpx2
import pytest

from tests.support.server import Workspace

CREATE = {
    "service": "inpost_locker_standard",
    "receiver": {"email": "ewa@example.com", "phone": "501502503"},
    "parcels": {"template": "small"},
    "custom_attributes": {"target_point": "KRA010", "sending_method": "dispatch_order"},
}
AUTH = {"Authorization": "Bearer sim-inpost-prepaid"}


def create(workspace: Workspace) -> int:
    response = workspace.client.post("/v1/organizations/1/shipments", json=CREATE)
    assert response.status_code == 201, response.text
    shipment: int = response.json()["id"]
    return shipment


@pytest.mark.parametrize(
    "host",
    ["api-shipx-pl.easypack24.net", "sandbox-api-shipx-pl.easypack24.net", "inpost.localhost"],
)
def test_the_carriers_own_host_needs_no_prefix(
    server: str, workspace: Workspace, host: str
) -> None:
    shipment = create(workspace)
    headers = {**AUTH, "Host": host, "X-Sim-Workspace": workspace.name}
    response = httpx2.get(f"{server}/v1/shipments/{shipment}", headers=headers)
    assert response.status_code == 200
    assert response.json()["href"] == f"http://{host}/v1/shipments/{shipment}"


def test_a_bare_port_serves_the_carrier_that_owns_the_path(
    server: str, workspace: Workspace
) -> None:
    shipment = create(workspace)
    headers = {**AUTH, "X-Sim-Workspace": workspace.name}
    response = httpx2.get(f"{server}/v1/shipments/{shipment}", headers=headers)
    assert response.json()["href"] == f"{server}/v1/shipments/{shipment}"


def test_the_root_of_a_bare_port_is_the_one_that_a_carrier_documents(
    server: str, workspace: Workspace
) -> None:
    for url in (f"{server}/", f"{server}/w/{workspace.name}/"):
        response = httpx2.get(url)
        assert (response.status_code, response.json()["title"]) == (200, "MyParcel API")


@pytest.mark.parametrize(
    "headers",
    [
        {"Accept": "*/*"},
        {"Accept": "application/json"},
        {"Accept": "application/json, text/html;q=0.9"},
        {"Accept": "text/html;q=0, */*"},
        {"Accept": "text/plain"},
        {"Accept": "application/xml"},
        {"Accept": "application/pdf;q=0.1, image/png"},
        {"Accept": ""},
        # What Java's own client accepts where nobody told it what to.
        {
            "Accept": "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",
            "User-Agent": "Java/21.0.1",
        },
    ],
    ids=str,
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_program_at_the_root_gets_the_status_whatever_it_accepts(
    server: str, method: str, headers: dict[str, str]
) -> None:
    response = httpx2.request(method, f"{server}/", headers=headers)
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json;charset=utf-8"
    if method == "GET":
        assert response.json() == {"title": "MyParcel API", "status": "OK"}


def test_the_credential_can_choose_the_workspace(server: str, workspace: Workspace) -> None:
    shipment = create(workspace)
    headers = {"Authorization": f"Bearer sim-inpost-prepaid@{workspace.name}"}
    response = httpx2.get(f"{server}/inpost/v1/shipments/{shipment}", headers=headers)
    assert response.status_code == 200
    assert response.json()["href"] == f"{server}/inpost/v1/shipments/{shipment}"


def test_the_prefix_beats_the_header_and_the_header_beats_the_credential(
    server: str, new_workspace: Callable[[], Workspace]
) -> None:
    by_prefix, by_header, by_credential = new_workspace(), new_workspace(), new_workspace()
    shipment = create(by_prefix)
    headers = {
        "Authorization": f"Bearer sim-inpost-prepaid@{by_credential.name}",
        "X-Sim-Workspace": by_header.name,
    }
    path = f"/inpost/v1/shipments/{shipment}"
    assert httpx2.get(f"{server}/w/{by_prefix.name}{path}", headers=headers).status_code == 200
    assert httpx2.get(f"{server}{path}", headers=headers).status_code == 404
    create(by_header)
    assert httpx2.get(f"{server}{path}", headers=headers).status_code == 200


def test_absolute_urls_follow_the_forwarded_request(server: str, workspace: Workspace) -> None:
    shipment = create(workspace)
    forwarded = {
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "carriers.example.test",
        "X-Forwarded-Prefix": "/sandbox",
    }
    url = f"{workspace.inpost_url}/v1/shipments/{shipment}"
    href = httpx2.get(url, headers=AUTH | forwarded).json()["href"]
    place = f"carriers.example.test/sandbox/w/{workspace.name}/inpost"
    assert href == f"https://{place}/v1/shipments/{shipment}"
    url = f"{workspace.inpost_url}/v1/organizations/1/shipments"
    created = httpx2.post(url, headers=AUTH | forwarded, json=CREATE)
    assert created.headers["location"].startswith(f"http://{place}/v1/shipments/")


@pytest.mark.parametrize("host", ["evil.example/path", "a b", "<script>", "x" * 300 + ":99999999"])
def test_a_host_that_is_none_is_not_echoed(server: str, workspace: Workspace, host: str) -> None:
    shipment = create(workspace)
    url = f"{workspace.inpost_url}/v1/shipments/{shipment}"
    href = httpx2.get(url, headers=AUTH | {"X-Forwarded-Host": host}).json()["href"]
    assert href == url


def test_a_path_that_nobody_owns_says_what_there_is(server: str) -> None:
    response = httpx2.get(f"{server}/nowhere")
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert "/inpost" in response.json()["detail"]
    assert "/_sim" in response.json()["detail"]


def test_a_workspace_name_that_cannot_be_used_is_refused(server: str) -> None:
    response = httpx2.get(f"{server}/w/no%20blanks/inpost/v1/statuses")
    assert response.status_code == 400
    assert response.json()["error"] == "malformed_request"
    assert "letters, digits" in response.json()["message"]


@pytest.mark.parametrize("path", ["/v1/statuses", "/v1/statuses/", "/v1/statuses//"])
def test_a_trailing_slash_is_tolerated(workspace: Workspace, path: str) -> None:
    assert workspace.client.get(path).status_code == 200


def test_a_base_url_that_ends_in_a_slash_is_tolerated_without_a_prefix_too(
    workspace: Workspace,
) -> None:
    for path in ("/v1/statuses", "//v1/statuses", "/inpost//v1/statuses"):
        answer = httpx2.get(f"{workspace.base_url}/w/{workspace.name}{path}")
        assert answer.json()["items"][0]["name"] == "created", path


def test_the_api_pages_are_served_with_the_servers_prefix(server: str) -> None:
    page = httpx2.get(f"{server}/inpost/ui/")
    assert page.status_code == 200
    assert "swagger" in page.text.lower()
    document = httpx2.get(f"{server}/inpost/openapi.json").json()
    assert document["servers"] == [{"url": "/inpost"}]
    assert document["info"]["title"]
    assert httpx2.get(f"{server}/_sim/ui/").status_code == 200


@pytest.mark.parametrize("prefix", ["", "/w/pages"])
@pytest.mark.parametrize("api", ["inpost", "_sim"])
@pytest.mark.parametrize("outer", ["", "/behind/proxy"])
def test_everything_that_an_api_page_needs_is_served(
    server: str, prefix: str, api: str, outer: str
) -> None:
    page = f"{server}{prefix}/{api}/ui/"
    forwarded = {"X-Forwarded-Prefix": outer}
    text = httpx2.get(page, headers=forwarded).text
    assets = re.findall(r'(?:src|href)="(\./[^"]+)"', text)
    assert len(assets) >= 4
    for asset in assets:
        response = httpx2.get(f"{page}{asset}", headers=forwarded)
        assert (response.status_code, asset) == (200, asset)
    assert f'url: "{outer}{prefix}/{api}/openapi.json"' in text
    document = httpx2.get(f"{server}{prefix}/{api}/openapi.json", headers=forwarded).json()
    assert document["servers"] == [{"url": f"{outer}{prefix}/{api}"}]
    entrance = httpx2.get(page.rstrip("/"), headers=forwarded)
    assert entrance.headers["location"] == f"{outer}{prefix}/{api}/ui/"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/ui/nothing.css", 404),
        ("GET", "/uiuiui", 404),
        ("GET", "/openapi.toml", 404),
        ("GET", "/ui/%2e%2e/%2e%2e/index.j2", 404),
        ("POST", "/ui/", 404),
        ("DELETE", "/openapi.json", 404),
    ],
)
def test_beside_the_api_pages_the_carrier_answers_in_its_own_words(
    workspace: Workspace, method: str, path: str, status: int
) -> None:
    response = workspace.client.request(method, path)
    assert response.status_code == status
    assert response.json()["status"] == status
    assert list(response.json()) == ["status", "error", "message", "details"]
    control = httpx2.request(method, f"{workspace.control.base_url}{path}")
    assert control.status_code in (404, 405)
    assert control.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/w/x", "/w/x/nowhere"])
def test_an_unknown_path_is_named_as_it_was_asked_for(server: str, path: str) -> None:
    response = httpx2.get(f"{server}{path}")
    assert response.status_code == 404
    assert f"'{path}'" in response.json()["detail"]


@pytest.mark.parametrize("path", ["/w//inpost/v1/statuses", "/w//_sim/clock", "/w/%22%3E/_sim/ui/"])
def test_a_prefix_without_a_usable_name_is_refused(server: str, path: str) -> None:
    response = httpx2.get(f"{server}{path}")
    assert response.status_code == 400
    told = response.json()
    assert "is not a workspace name" in told["message" if "/inpost" in path else "detail"]


@pytest.mark.parametrize(
    ("proto", "host", "port", "expected"),
    [
        ("https", "shop.example", "8443", "https://shop.example:8443"),
        ("https", "shop.example", "443", "https://shop.example"),
        ("http", "shop.example:81", "8443", "http://shop.example:81"),
        ("https", "shop.example", "99999x", "https://shop.example"),
        ("javascript", "shop.example", "", "http://shop.example"),
    ],
)
def test_a_forwarded_port_completes_the_host(
    workspace: Workspace, proto: str, host: str, port: str, expected: str
) -> None:
    forwarded = {
        "X-Forwarded-Proto": proto,
        "X-Forwarded-Host": host,
        "X-Forwarded-Port": port,
    }
    shipment = create(workspace)
    href = workspace.client.get(f"/v1/shipments/{shipment}", headers=forwarded).json()["href"]
    assert href == f"{expected}/w/{workspace.name}/inpost/v1/shipments/{shipment}"


def test_the_date_header_shows_the_workspaces_clock(workspace: Workspace) -> None:
    assert workspace.client.get("/v1/statuses").headers["date"] == "Mon, 02 Mar 2026 09:15:00 GMT"


def test_request_ids_count_up_within_a_workspace(workspace: Workspace) -> None:
    ids = [workspace.client.get("/v1/statuses").headers["x-sim-request-id"] for _ in range(3)]
    assert ids == [f"{workspace.name}-{number:06d}" for number in (1, 2, 3)]


def test_head_is_answered_like_get_without_a_body(workspace: Workspace) -> None:
    response = workspace.client.head("/v1/statuses")
    assert response.status_code == 200
    assert response.content == b""
