"""A carrier's own answer, with some places of it changed by a JSON Patch."""

from __future__ import annotations

from typing import Any

import pytest

from tests.inpost.shipx import bought
from tests.rules.making import GET, rule
from tests.support.server import Workspace

PATH = "/v1/organizations/1"


def patched(workspace: Workspace, *patch: dict[str, Any], **more: Any) -> Any:
    rule(workspace, when=GET, respond={"patch": list(patch), **more})
    return workspace.client.get(PATH)


def notes(workspace: Workspace) -> str:
    [entry] = workspace.journal(limit=1)
    return " ".join(workspace.control.get(f"/journal/{entry['id']}").json()["why"])


def test_places_of_an_answer_are_changed(workspace: Workspace) -> None:
    before = workspace.client.get(PATH).json()
    changed = patched(
        workspace,
        {"op": "test", "path": "/id", "value": 1},
        {"op": "add", "path": "/services/0", "value": "drone"},
        {"op": "remove", "path": "/tax_id"},
        {"op": "move", "from": "/name", "path": "/title"},
    ).json()
    assert changed["services"] == ["drone", *before["services"]]
    assert changed["title"] == before["name"]
    assert not {"name", "tax_id"} & set(changed)


def test_a_patch_that_does_not_apply_leaves_the_answer_and_says_why(workspace: Workspace) -> None:
    before = workspace.client.get(PATH).json()
    after = patched(
        workspace,
        {"op": "remove", "path": "/name"},
        {"op": "replace", "path": "/nmae", "value": 1},
        status=202,
    )
    assert (after.status_code, after.json()) == (200, before)
    assert (
        "The rule left the answer as it was: step 1 (replace /nmae): there is no 'nmae'."
        in notes(workspace)
    )


def test_a_file_cannot_be_changed_so(workspace: Workspace) -> None:
    shipment = bought(workspace)
    rule(
        workspace,
        when={"operation": "inpost.get_label"},
        respond={"patch": [{"op": "remove", "path": "/a"}]},
    )
    label = workspace.client.get(f"/v1/shipments/{shipment['id']}/label")
    assert label.content.startswith(b"%PDF")
    found = workspace.journal(operation="inpost.get_label")[0]["id"]
    why = workspace.control.get(f"/journal/{found}").json()["why"]
    assert "The rule left the answer as it was: it has no JSON that could be changed." in why


@pytest.mark.parametrize(
    ("respond", "path", "says"),
    [
        ({"patch": [{"op": "set", "path": "/a"}]}, "body.respond.patch.0", "op is one of"),
        ({"patch": [{"op": "add", "path": "/a"}]}, "body.respond.patch.0", "value is missing"),
        ({"patch": [{"op": "remove", "path": "/a"}], "merge": {}}, "body.respond", "not both"),
        (
            {"patch": [{"op": "remove", "path": "/a"}], "when": "before"},
            "body.respond.when",
            "is after",
        ),
        (
            {"patch": [{"op": "remove", "path": "/a"}], "status": 204},
            "body.respond.patch",
            "has no body",
        ),
    ],
)
def test_a_bad_patch_is_refused(workspace: Workspace, respond: Any, path: str, says: str) -> None:
    response = workspace.control.post("/rules", json={"when": GET, "respond": respond})
    assert response.status_code == 422
    found = {each["path"]: each["message"] for each in response.json()["errors"]}
    assert says in found.get(path, ""), found


@pytest.mark.parametrize("status", [204, 304])
def test_an_answer_without_a_body_ends_with_its_headers(workspace: Workspace, status: int) -> None:
    number = rule(workspace, when=GET, respond={"status": status, "when": "after"})
    answer = workspace.client.get(PATH)
    assert (answer.status_code, answer.content) == (status, b"")
    assert "content-type" not in answer.headers
    workspace.control.delete(f"/rules/{number}")
    # Over the same connection: what follows is read from its beginning.
    assert workspace.client.get(PATH).json()["id"] == 1


def test_a_body_for_an_answer_that_has_none_is_not_sent_and_told(workspace: Workspace) -> None:
    shipment = bought(workspace)
    rule(workspace, when={"method": "GET"}, respond={"status": 204, "when": "after"})
    rule(workspace, when={"method": "GET"}, respond={"when": "after", "body": {"a": 1}})
    answer = workspace.client.get(f"/v1/shipments/{shipment['id']}")
    assert (answer.status_code, answer.content) == (204, b"")
