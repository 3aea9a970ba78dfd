"""A test on both sides: another world of the simulator is the carrier's own sandbox here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from simulator.testing import World
from tests.testing.test_plugin import Project, run

__all__ = ["run"]

TESTS = """
from simulator.testing.parity import carrier_parity

@carrier_parity("inpost", skip=["$..href"])
def test_organizations(carrier, tmp_path):
    answer = httpx2.get(f"{carrier.base_url}/v1/organizations", headers=dict(carrier.headers))
    assert answer.status_code == 200
    ship(carrier)

@carrier_parity("inpost", skip=["$..href"])
def test_a_refusal(carrier):
    httpx2.get(f"{carrier.base_url}/v1/shipments/1", headers=dict(carrier.headers))
"""


@pytest.fixture
def sandbox(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setenv("INPOST_SANDBOX_URL", world.inpost.base_url)
    monkeypatch.setenv("INPOST_SANDBOX_CREDENTIAL", world.inpost.credential)
    return world


def test_both_sides_answer_alike(run: Project, sandbox: World) -> None:
    assert run(TESTS).outcomes == {"passed": 2}
    assert len(sandbox.journal(operation="inpost.create_shipment")) == 1


def test_a_side_that_answers_otherwise_is_told(run: Project, sandbox: World) -> None:
    sandbox.rules(
        {
            "when": {"operation": "inpost.list_organizations"},
            "respond": {"merge": {"count": "one", "extra": 1}},
        }
    )
    result = run(TESTS)
    assert result.outcomes == {"failed": 1, "passed": 1}
    assert result.has(
        "the simulator answers otherwise than the carrier:",
        "GET /v1/organizations -> 200: $.count: string at the carrier, number here",
        "GET /v1/organizations -> 200: $.extra: only at the carrier",
    )


def test_what_was_recorded_stands_for_the_carrier(
    run: Project, sandbox: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(TESTS, "--carrier-record").outcomes == {"passed": 2}
    [path] = (run.folder / "carrier_shapes").glob("*organizations*.json")
    assert sandbox.inpost.credential not in path.read_text()
    monkeypatch.delenv("INPOST_SANDBOX_CREDENTIAL")
    assert run(TESTS).outcomes == {"passed": 2}
    recorded = json.loads(path.read_text())
    del recorded[0]["body"]["members"]["count"]
    path.write_text(json.dumps(recorded))
    result = run(TESTS)
    assert result.outcomes == {"failed": 1, "passed": 1}
    assert result.has("GET /v1/organizations -> 200: $.count: only here")


def test_who_has_neither_is_told_what_to_set(run: Project, tmp_path: Path) -> None:
    result = run(TESTS, "-rs")
    assert result.outcomes == {}
    assert "INPOST_SANDBOX_URL and INPOST_SANDBOX_CREDENTIAL are not set" in result.printed
    result = run(TESTS, "--carrier-record")
    assert "--carrier-record asks the carrier itself, but INPOST_SANDBOX_URL" in result.printed


def test_a_test_that_takes_no_side_is_told(run: Project) -> None:
    result = run(TESTS.replace("(carrier, tmp_path)", "(tmp_path)"))
    assert "test_organizations takes no argument named carrier" in result.printed


def test_a_test_that_is_awaited_is_refused(run: Project) -> None:
    result = run(TESTS.replace("def test_organizations", "async def test_organizations"))
    assert "test_organizations is awaited; carrier_parity runs plain functions" in result.printed
