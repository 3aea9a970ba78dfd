"""A whole story in one file: a parcel is told where it shall be, and goes the way there."""

from __future__ import annotations

from pathlib import Path

import httpx2
import pytest

from tests.inpost.shipx import create, get, locker
from tests.scenarios.conftest import put
from tests.scenarios.replay.playing import Playing, outcomes
from tests.support.server import Workspace

STORY = Path(__file__).with_name("design.yaml")


def test_the_story_is_replayed(tmp_path: Path, server: str) -> None:
    ended = Playing(tmp_path, server).run(STORY)
    (played,) = ended.results
    assert {*outcomes(played)} == {"passed"}, played
    assert played.outcome == "passed", played


def test_a_client_of_ones_own_plays_its_part(workspace: Workspace) -> None:
    assert put(workspace, STORY.read_text()).status_code == 200
    number = create(workspace, locker())["id"]
    workspace.advance("2s")
    shipment = get(workspace, number)
    assert shipment["transactions"][0]["status"] == "failure"
    assert verified(workspace) is False
    workspace.advance("2m")
    offer = {"offer_id": shipment["offers"][0]["id"]}
    bought = workspace.client.post(f"/v1/shipments/{number}/buy", json=offer)
    assert bought.status_code == 200, bought.text
    workspace.advance("2s")
    path = f"/v1/shipments/{number}/label"
    with pytest.raises(httpx2.TransportError):
        workspace.client.get(path)
    assert workspace.client.get(path).status_code == 200
    workspace.advance("26h")
    assert get(workspace, number)["status"] == "ready_to_pickup"
    assert workspace.control.get("/events?event=scenario.failed").json()["items"] == []
    assert verified(workspace) is True


def verified(workspace: Workspace) -> bool:
    """What the story's own checks say."""
    response = workspace.control.post("/verify", json={})
    assert response.status_code == 200, response.text
    passed: bool = response.json()["passed"]
    return passed
