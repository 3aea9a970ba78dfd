"""Very many things that a rule holds are let go bit by bit, and nobody sees a difference."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from simulator.engine.rules import holds
from tests.inpost.shipx import create, offer_mode
from tests.rules.making import rule
from tests.rules.test_holds import LABEL, STUCK, status
from tests.support.server import Workspace


@pytest.fixture(autouse=True)
def _portions(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if two were very many."""
    monkeypatch.setattr(holds, "_AT_ONCE", 2)


def _jobs(workspace: Workspace) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = workspace.control.get("/records/engine/jobs").json()["items"]
    return found


@pytest.mark.parametrize("many", [2, 3, 7])
def test_all_that_a_rule_held_happens_before_its_deletion_is_answered(
    workspace: Workspace, many: int
) -> None:
    number = rule(workspace, hold=STUCK)
    shipments = [create(workspace, offer_mode()) for _ in range(many)]
    workspace.advance("1m")
    assert [status(workspace, each) for each in shipments] == ["created"] * many
    assert workspace.control.delete(f"/rules/{number}").status_code == 204
    assert [status(workspace, each) for each in shipments] == ["offers_prepared"] * many
    assert not [job for job in _jobs(workspace) if job["held"] or job["kind"] == "engine.release"]


def test_requests_that_a_rule_held_are_forgotten_with_it(workspace: Workspace) -> None:
    number = rule(workspace, hold={**LABEL, "first": 2})
    shipments = [create(workspace, offer_mode()) for _ in range(5)]
    for each in shipments:
        workspace.client.get(f"/v1/shipments/{each['id']}/label")
    workspace.control.delete(f"/rules/{number}")
    assert workspace.control.get("/records/engine/held_requests").json()["items"] == []


def test_a_snapshot_of_a_world_in_which_some_is_let_go_can_be_taken_in(
    workspace: Workspace,
) -> None:
    """What another client may get while a rule is being deleted."""
    rule(workspace, hold=STUCK)
    shipments = [create(workspace, offer_mode()) for _ in range(5)]
    workspace.advance("1m")
    snapshot = workspace.control.get("/snapshot").json()
    gone = snapshot["tables"]["engine.rules"].pop()["id"]
    refused = _taken_in(workspace, snapshot)
    assert refused.status_code == 422
    assert f"held by rule {gone}" in refused.json()["detail"]
    [numbers] = snapshot["tables"]["engine.numbers"]
    numbers["last"]["engine.jobs"] += 1
    now = snapshot["tables"]["engine.frame"][0]["clock"]["at"]
    release = {"id": numbers["last"]["engine.jobs"], "due": now, "kind": "engine.release"}
    jobs = snapshot["tables"]["engine.jobs"]
    jobs.append({**release, "arguments": {"rules": [str(gone)]}})
    assert "arguments.rules" in _taken_in(workspace, snapshot).json()["detail"]
    jobs[-1]["arguments"] = {"rules": [gone]}
    taken = _taken_in(workspace, snapshot)
    assert taken.status_code in (200, 204), taken.text
    assert [status(workspace, each) for each in shipments] == ["offers_prepared"] * 5


def _taken_in(workspace: Workspace, snapshot: object) -> httpx2.Response:
    return workspace.control.put("/snapshot", json=snapshot)
