"""A workspace that cannot be is refused in the words of the carrier that was asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from simulator.settings import Settings
from tests.http.test_header_bounds import MANY
from tests.support.descriptions import SERVED, description
from tests.support.server import running

JSON = "application/json"
PROBLEM = "application/problem+json"
ASKED = [
    ("/inpost/v1/organizations/1", {"Authorization": "Bearer sim-inpost-prepaid"}, JSON),
    ("/myparcel/shipments", {"Authorization": "basic c2ltLW15cGFyY2VsLXBvc3RwYWlk"}, JSON),
    (
        "/postplus/api/v1/parcels/get-many",
        {"X-API-KEY": "sim-postplus-shipments-only"},
        "application/problem+json",
    ),
]
"""A path of each carrier, and the media type of its errors."""


@pytest.fixture(scope="module")
def full() -> Iterator[httpx2.Client]:
    """A server at its bound on workspaces."""
    with (
        running(Settings(workspaces_max=1)) as base_url,
        httpx2.Client(base_url=base_url, trust_env=False, verify=False) as client,
    ):
        yield client


@pytest.mark.parametrize(("path", "headers", "media"), ASKED)
@pytest.mark.parametrize("way", ["prefix", "header", "behind"])
def test_a_bad_name_is_refused_like_any_bad_request(
    full: httpx2.Client, path: str, headers: dict[str, str], media: str, way: str
) -> None:
    _, carrier, rest = path.split("/", 2)
    url = {"prefix": f"/w/-x{path}", "header": path, "behind": f"/{carrier}/w/-x/{rest}"}[way]

    named = {"X-Sim-Workspace": "-x"} if way == "header" else {}

    response = full.get(url, headers=headers | named)

    assert response.status_code == 400
    assert response.headers["Content-Type"].startswith(media)
    assert "is not a workspace name" in response.text
    if media == JSON:
        assert "detail" not in response.json()


@pytest.mark.parametrize(("path", "headers", "media"), ASKED)
def test_the_bound_is_told_with_a_status_that_every_operation_declares(
    full: httpx2.Client, path: str, headers: dict[str, str], media: str
) -> None:
    let_in = full.get(path, headers=headers)
    response = full.get(f"/w/more{path}", headers=headers)

    assert let_in.headers["X-Sim-Request-Id"].startswith("default-")
    assert response.status_code == 429
    assert response.headers["Content-Type"].startswith(media)
    assert "--workspaces-max" in response.text
    assert full.get("/_sim/health").status_code == 200


def operations() -> list[Any]:
    """Each operation of each description of a carrier: its name, path and method."""
    return [
        pytest.param(name, path, method, id=f"{name} {method} {path}")
        for name in SERVED
        if name != "control"
        for path, item in description(name)["paths"].items()
        for method in item
        if method != "parameters"
    ]


@pytest.mark.parametrize(("name", "path", "method"), operations())
def test_every_operation_declares_what_is_told_before_it_is_reached(
    full: httpx2.Client, name: str, path: str, method: str
) -> None:
    declared = description(name)["paths"][path][method]["responses"]
    url = f"{SERVED[name].server}{path.replace('{', '').replace('}', '')}"
    many = dict(line.split(": ") for line in MANY.decode().splitlines())
    answers = [
        full.request(method, f"/w/-x/{url}"),
        full.request(method, f"/w/any/{url}", headers=many),
    ]

    assert "429" in declared
    assert [answer.status_code for answer in answers] == [400, 431]
    for answer in answers:
        found = declared[str(answer.status_code)]
        if "$ref" in found:
            found = description(name)["components"]["responses"][found["$ref"].rpartition("/")[2]]
        media = answer.headers["Content-Type"].partition(";")[0]
        assert media in found["content"]
