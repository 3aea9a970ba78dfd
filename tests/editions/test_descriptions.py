"""Each edition of an API has its own description, at a server that answers in it."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
import yaml

from simulator.settings import Settings
from tests.support.server import Workspace, running


def described(workspace: Workspace, path: str) -> dict[str, Any]:
    url = f"{workspace.base_url}/w/{workspace.name}/{path}"
    found: dict[str, Any] = httpx2.get(url, trust_env=False, verify=False).json()
    return found


@pytest.mark.parametrize(
    ("path", "at", "has_put"),
    [
        ("myparcel/openapi.json", "api.myparcel.nl", True),
        ("myparcel/openapi.json?edition=today", "api.myparcel.nl", True),
        ("myparcel/openapi.json?edition=2017", "api.myparcel.com", False),
        ("api.myparcel.com/openapi.json", "api.myparcel.com", False),
        ("api.myparcel.nl/openapi.json", "api.myparcel.nl", True),
        ("api.myparcel.nl/openapi.json?edition=2017", "api.myparcel.com", False),
    ],
)
def test_a_description_names_the_server_that_answers_in_its_edition(
    workspace: Workspace, path: str, at: str, has_put: bool
) -> None:
    document = described(workspace, path)
    assert document["servers"] == [{"url": f"/w/{workspace.name}/{at}"}]
    assert ("put" in document["paths"]["/shipments"]) is has_put


@pytest.mark.parametrize("edition", ["2018", ""])
@pytest.mark.parametrize(
    ("description", "known"),
    [
        ("myparcel/openapi.json", "2017, today"),
        ("myparcel/openapi.yaml", "2017, today"),
        ("inpost/openapi.json", "there is today"),
        ("postplus/swagger/v1/swagger.json", "there is today"),
    ],
)
def test_an_edition_that_there_is_not_is_refused(
    workspace: Workspace, description: str, known: str, edition: str
) -> None:
    said = described(workspace, f"{description}?edition={edition}")
    assert (said["status"], known in said["detail"]) == (404, True)


def test_the_only_edition_can_be_named(workspace: Workspace) -> None:
    one = described(workspace, "inpost/openapi.json")
    assert one == described(workspace, "inpost/openapi.json?edition=today")


def test_yaml_is_of_the_edition_that_is_asked_for_too(workspace: Workspace) -> None:
    url = f"{workspace.base_url}/w/{workspace.name}/myparcel/openapi.yaml?edition=2017"
    text = httpx2.get(url, trust_env=False, verify=False).text
    assert yaml.safe_load(text) == described(workspace, "myparcel/openapi.json?edition=2017")


def test_the_api_page_is_of_the_edition_that_is_asked_for(workspace: Workspace) -> None:
    for query in ("?edition=2017", "?edition=%22%3C%2Fscript%3E", ""):
        url = f"{workspace.base_url}/w/{workspace.name}/myparcel/ui/{query}"
        page = httpx2.get(url, trust_env=False, verify=False).text
        assert f'url: "/w/{workspace.name}/myparcel/openapi.json{query}"' in page


@pytest.mark.parametrize(
    ("edition", "at"), [("2017", "api.myparcel.com"), ("today", "api.myparcel.nl")]
)
@pytest.mark.parametrize("host", ["myparcel", "api.myparcel.com", "api.myparcel.nl"])
def test_where_a_quirk_names_the_edition_its_description_is_served(
    workspace: Workspace, host: str, edition: str, at: str
) -> None:
    workspace.quirk("myparcel.edition", edition)
    document = described(workspace, f"{host}/openapi.json")
    assert document == described(workspace, f"myparcel/openapi.json?edition={edition}")
    assert document["servers"] == [{"url": f"/w/{workspace.name}/{at}"}]


def test_what_is_documented_is_described_by_the_document() -> None:
    with running(Settings(profile="documented")) as base_url:
        for path in ("myparcel", "w/not-there-yet/myparcel"):
            document = httpx2.get(f"{base_url}/{path}/openapi.json", trust_env=False).json()
            assert document["servers"][0]["url"].endswith("/api.myparcel.com")


def test_no_description_names_modules(workspace: Workspace) -> None:
    for edition in ("2017", "today"):
        text = str(described(workspace, f"myparcel/openapi.json?edition={edition}"))
        assert "x-openapi-router-controller" not in text
