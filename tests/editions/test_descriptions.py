"""Each edition of an API has its own description, at a server that answers in it alone."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from tests.support.server import Workspace


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
def test_an_edition_that_there_is_not_is_refused(workspace: Workspace, edition: str) -> None:
    said = described(workspace, f"myparcel/openapi.json?edition={edition}")
    assert (said["status"], "2017, today" in said["detail"]) == (404, True)


def test_a_carrier_of_one_edition_has_one_description(workspace: Workspace) -> None:
    one = described(workspace, "inpost/openapi.json")
    assert one == described(workspace, "inpost/openapi.json?edition=2017")


def test_no_description_names_modules(workspace: Workspace) -> None:
    for edition in ("2017", "today"):
        text = str(described(workspace, f"myparcel/openapi.json?edition={edition}"))
        assert "x-openapi-router-controller" not in text
