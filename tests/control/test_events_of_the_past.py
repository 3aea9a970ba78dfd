"""Waiting for an event that came already, and too early to count."""

from __future__ import annotations

from typing import Any

import httpx2
from dirty_equals import IsPartialDict, IsStr

from tests.support.server import Workspace


def advance(workspace: Workspace, **body: Any) -> httpx2.Response:
    return workspace.control.post("/clock/advance", json=body)


def test_an_event_that_came_too_early_is_told_with_the_number_that_finds_it(
    workspace: Workspace,
) -> None:
    workspace.do("toy.add_parcel", owner="ann", copies=2)
    workspace.advance("1h")
    until = {"event": "toy.arrived", "match": {"owner": "ann"}, "within": "1d"}

    refused = advance(workspace, until=until)

    assert refused.status_code == 409
    assert refused.json() == IsPartialDict(
        seen=[],
        passed=2,
        detail=IsStr(
            regex='toy.arrived with {"owner":"ann"} does not happen within 1d.*'
            'It happened before: event 2, at 2026-.*"after": 1 finds it.'
        ),
    )
    assert advance(workspace, until={**until, "after": 1}).json()["event"]["id"] == 2


def test_what_never_came_is_not_said_to_have_come(workspace: Workspace) -> None:
    workspace.do("toy.add_parcel", owner="ann")
    workspace.advance("1h")

    refused = advance(workspace, until={"event": "toy.arrived", "match": {"owner": "bob"}})

    assert "passed" not in refused.json()
    assert "It happened before" not in refused.json()["detail"]
