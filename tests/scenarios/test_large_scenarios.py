"""Large scenarios are taken up beside everybody else, and whole or not at all like small ones."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from simulator.scenarios.worlds.loading import Loader
from tests.support.server import Workspace

TOP_UP = {"inpost.top_up": {"organization": 1, "amount": "1.00"}}


def _scenario(many: int, **more: Any) -> dict[str, Any]:
    return {"scenario": "Money", "given": [TOP_UP] * many, **more}


def _balance(workspace: Workspace) -> int:
    """What organization 1 has, in grosze."""
    found = workspace.records("inpost", "organizations")
    return next(int(each["balance"]) for each in found if each["id"] == 1)


@pytest.mark.parametrize("reset", ["false", "true"])
def test_a_large_scenario_does_what_a_small_one_does(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, reset: str
) -> None:
    threads: list[str] = []
    original = Loader._fill

    def watched(*arguments: Any) -> None:
        threads.append(threading.current_thread().name.partition("_")[0])
        original(*arguments)

    monkeypatch.setattr(Loader, "_fill", watched)
    before = _balance(workspace)
    for many in (2, 2000):
        put = workspace.control.put(f"/scenario?reset={reset}", json=_scenario(many))
        assert put.status_code == 200, put.text
    top_ups = 2000 if reset == "true" else 2002
    assert _balance(workspace) - before == top_ups * 100
    assert threads[-1] in ("apart", "scenarios")


@pytest.mark.parametrize("reset", ["false", "true"])
def test_a_large_scenario_that_cannot_be_taken_up_changes_nothing(
    workspace: Workspace, reset: str
) -> None:
    before = workspace.control.get("/snapshot").content
    impossible = {"inpost.top_up": {"organization": 77, "amount": "1.00"}}
    scenario = {"scenario": "Money", "given": [*[TOP_UP] * 2000, impossible]}
    put = workspace.control.put(f"/scenario?reset={reset}", json=scenario)
    assert put.status_code == 409, put.text
    assert "given.2000" in put.json()["detail"]
    assert workspace.control.get("/snapshot").content == before
