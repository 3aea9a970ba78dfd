"""The first request for a workspace: the carrier has to let it in, or there will be none."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import httpx2
import pytest

from tests.support.server import Workspace

KEY = {"Authorization": "Bearer sim-inpost-prepaid"}
SHOP = {"Authorization": "basic c2ltLW15cGFyY2VsLXBvc3RwYWlk"}
JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "multipart/form-data"}
ORGANIZATION = "/inpost/v1/organizations/1"

NOT_LET_IN: list[tuple[str, str, dict[str, str], bytes, int]] = [
    ("GET", "/inpost/v1/nowhere", KEY, b"", 404),
    ("DELETE", f"{ORGANIZATION}/statistics", KEY, b"", 404),
    ("PATCH", "/postplus/api/v1/parcels", {}, b"", 405),
    ("GET", ORGANIZATION, {}, b"", 401),
    ("GET", ORGANIZATION, {"Authorization": "Bearer nobodys"}, b"", 401),
    ("GET", "/myparcel/shipments", {"Authorization": "basic bm9ib2R5cw=="}, b"", 401),
    ("GET", "/postplus/api/v1/parcels/get-many", {"X-API-KEY": "nobodys"}, b"", 401),
    ("POST", f"{ORGANIZATION}/shipments", KEY | JSON, b'{"receiver": ', 400),
    ("POST", f"{ORGANIZATION}/shipments", KEY | {"Content-Type": "text/plain"}, b"x", 415),
    ("GET", "/myparcel/shipments", SHOP | {"Accept": "text/html"}, b"", 406),
    ("GET", "/api.myparcel.nl/shipments/1", SHOP | {"Accept": "image/*"}, b"", 406),
    ("POST", "/myparcel/shipments", SHOP | FORM, b"no boundary", 400),
    ("POST", f"{ORGANIZATION}/shipments", KEY | JSON | {"X-Sim-Rule": "{"}, b'{"a": ', 400),
]

LET_IN: list[tuple[str, str, dict[str, str], bytes, int]] = [
    ("GET", ORGANIZATION, KEY, b"", 200),
    ("HEAD", ORGANIZATION, KEY, b"", 200),
    ("GET", "/inpost/v1/points/KRA010", {}, b"", 200),
    ("GET", "/inpost/v1/shipments/1", KEY, b"", 404),
    ("GET", "/inpost/v1/organizations/2", KEY, b"", 403),
    ("POST", f"{ORGANIZATION}/shipments", KEY | JSON, b"{}", 400),
    ("GET", ORGANIZATION, KEY | {"Prefer": "code=503"}, b"", 503),
    ("GET", "/myparcel/shipments?from=noon", SHOP | {"Accept": "text/csv"}, b"", 422),
    ("GET", "/myparcel/shipments", SHOP | {"Accept": "text/csv"}, b"", 200),
]

_numbers = count(1)


@pytest.fixture
def client(server: str) -> Iterator[httpx2.Client]:
    """A client of the server, whoever it asks there."""
    with httpx2.Client(base_url=server, trust_env=False, verify=False, timeout=30) as client:
        yield client


@pytest.fixture
def name(client: httpx2.Client) -> Iterator[str]:
    """The name of a workspace that is not there."""
    unused = f"first-{os.getpid()}-{next(_numbers)}"
    yield unused
    client.delete(f"/_sim/workspaces/{unused}")


def names(client: httpx2.Client) -> list[str]:
    return [item["name"] for item in client.get("/_sim/workspaces").json()["items"]]


@pytest.mark.parametrize(("method", "path", "headers", "content", "status"), NOT_LET_IN)
def test_a_request_that_is_not_let_in_leaves_no_workspace_behind(
    client: httpx2.Client,
    workspace: Workspace,
    name: str,
    method: str,
    path: str,
    headers: dict[str, str],
    content: bytes,
    status: int,
) -> None:
    response = client.request(method, f"/w/{name}{path}", headers=headers, content=content)

    assert response.status_code == status
    known = client.request(method, f"/w/{workspace.name}{path}", headers=headers, content=content)
    assert (response.json().keys(), response.headers["Content-Type"]) == (
        known.json().keys(),
        known.headers["Content-Type"],
    )
    assert name not in names(client)


@pytest.mark.parametrize(("method", "path", "headers", "content", "status"), LET_IN)
def test_a_request_that_is_let_in_makes_its_workspace_whatever_it_is_answered(
    client: httpx2.Client,
    name: str,
    method: str,
    path: str,
    headers: dict[str, str],
    content: bytes,
    status: int,
) -> None:
    response = client.request(method, f"/w/{name}{path}", headers=headers, content=content)

    assert (response.status_code, response.headers["X-Sim-Request-Id"]) == (
        status,
        f"{name}-000001",
    )
    assert name in names(client)


@pytest.mark.parametrize("way", ["prefix", "header", "credential"])
def test_what_was_not_let_in_is_explained_where_its_id_leads(
    client: httpx2.Client, name: str, way: str
) -> None:
    prefix = f"/w/{name}" if way == "prefix" else ""
    suffix = f"@{name}" if way == "credential" else ""
    headers = {"Authorization": f"Bearer sim-inpost-prepayd{suffix}"}
    if way == "header":
        headers["X-Sim-Workspace"] = name

    response = client.get(prefix + ORGANIZATION, headers=headers)

    number = response.headers["X-Sim-Request-Id"]
    entry = client.get(f"/_sim/workspaces/_refused/journal/{number}").json()
    assert response.status_code == 401
    assert number.startswith("_refused-")
    assert f'There is no workspace "{name}"; a request that is not let in makes none.' in " ".join(
        entry["why"]
    )
    assert (entry["operation"], entry["status"]) == ("inpost.get_organization", 401)
    assert "_refused" not in names(client)


def test_where_refused_requests_stand_nothing_can_be_changed(client: httpx2.Client) -> None:
    url = "/_sim/workspaces/_refused"

    assert client.put(f"{url}/clock", json={"mode": "real"}).status_code == 422
    assert client.get(f"{url}/journal").status_code == 200


def test_many_first_requests_at_once_share_one_workspace(client: httpx2.Client, name: str) -> None:
    path = f"/w/{name}{ORGANIZATION}"

    def ask(number: int) -> str:
        headers = KEY if number % 2 else {}
        return client.get(path, headers=headers).headers["X-Sim-Request-Id"]

    with ThreadPoolExecutor(8) as pool:
        answered = [*pool.map(ask, range(16))]

    made = {number for number in answered if number.startswith(name)}
    assert {f"{name}-{number:06d}" for number in range(1, 9)} <= made
    assert client.get(f"/_sim/workspaces/{name}").json()["journal"] == len(made)
