"""A test on both sides: another world of the simulator is the carrier's own sandbox here."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from simulator.testing import World
from tests.testing.project import Project

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
    assert (
        "there is no carrier_shapes/test_shop.test_organizations.json; to record it, set "
        "INPOST_SANDBOX_URL and INPOST_SANDBOX_CREDENTIAL and run pytest --carrier-record once, "
        "and commit what that writes"
    ) in " ".join(result.printed.split())
    result = run(TESTS, "--carrier-record")
    assert "--carrier-record asks the carrier itself, but INPOST_SANDBOX_URL" in result.printed


def test_a_test_that_takes_no_side_is_told(run: Project) -> None:
    result = run(TESTS.replace("(carrier, tmp_path)", "(tmp_path)"))
    assert "test_organizations takes no argument named carrier" in result.printed


def test_a_test_that_is_awaited_is_refused(run: Project) -> None:
    result = run(TESTS.replace("def test_organizations", "async def test_organizations"))
    assert "test_organizations is awaited; carrier_parity runs plain functions" in result.printed


@pytest.mark.parametrize("unset", ["INPOST_SANDBOX_URL", "INPOST_SANDBOX_CREDENTIAL"])
def test_who_has_one_of_both_is_told_which_is_missing(
    run: Project, sandbox: World, monkeypatch: pytest.MonkeyPatch, unset: str
) -> None:
    monkeypatch.delenv(unset)
    [other] = {"INPOST_SANDBOX_URL", "INPOST_SANDBOX_CREDENTIAL"} - {unset}
    result = run(TESTS, "-rs")
    assert result.outcomes == {}
    assert f"nothing to compare with: {unset} is not set ({other} is), and there is" in (
        " ".join(result.printed.split())
    )
    result = run(TESTS, "--carrier-record")
    assert f"asks the carrier itself, but {unset} is not set ({other} is)" in result.printed


def test_a_sandbox_that_is_not_reached_is_told(
    run: Project, sandbox: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INPOST_SANDBOX_URL", "http://name:secret@127.0.0.1:9")
    result = run(TESTS)
    assert result.outcomes == {"failed": 2}
    assert result.has(
        "the sandbox at 127.0.0.1 (INPOST_SANDBOX_URL) was not reached: *; without "
        "INPOST_SANDBOX_CREDENTIAL the test is compared with what was recorded"
    )
    assert "assert 502 == 200" not in result.printed
    assert "secret" not in result.printed


def test_what_is_no_base_url_is_told(
    run: Project, sandbox: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INPOST_SANDBOX_URL", "sandbox.example.com")
    result = run(TESTS)
    assert result.outcomes == {"failed": 2}
    assert result.has("INPOST_SANDBOX_URL is no base URL: it has to begin with http:// or *")


def test_a_test_that_fails_at_the_sandbox_says_so(run: Project, sandbox: World) -> None:
    sandbox.fail("inpost.list_organizations", status=418)
    result = run(TESTS)
    assert result.outcomes == {"failed": 1, "passed": 1}
    assert result.has("*assert 418 == 200", "*side of the sandbox (INPOST_SANDBOX_URL), not the *")


def test_what_was_recorded_and_cannot_be_read_is_told(run: Project) -> None:
    folder = run.folder / "carrier_shapes"
    folder.mkdir()
    (folder / "test_shop.test_organizations.json").write_text('{"old": true}')
    result = run(TESTS)
    assert result.has(
        "*/carrier_shapes/test_shop.test_organizations.json holds no recorded shapes (*); set "
        "INPOST_SANDBOX_URL and INPOST_SANDBOX_CREDENTIAL and run pytest --carrier-record once "
        "again"
    )


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (
            "@carrier_parity",
            'takes the name of a carrier: write @carrier_parity("inpost") above test_it',
        ),
        (
            '@carrier_parity("inpots")',
            "carrier_parity knows no carrier 'inpots'; there are inpost, myparcel, postplus. "
            'Did you mean "inpost"?',
        ),
        (
            '@carrier_parity("inpost", skip="$..href")',
            "skip takes a list of places: skip=['$..href']",
        ),
        ('@carrier_parity("inpost", skip=["href"])', "'href' is no place: write members, [*] and "),
    ],
)
def test_a_wrong_decorator_is_told_when_it_is_read(call: str, said: str) -> None:
    names: dict[str, object] = {}
    source = (
        "from simulator.testing.parity import carrier_parity\n"
        f"{call}\ndef test_it(carrier):\n    pass\n"
    )
    with pytest.raises((TypeError, ValueError), match=re.escape(said)):
        exec(source, names)
