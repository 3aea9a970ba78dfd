"""A handler that fails, and a response that is not as described: nothing is half done."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import structlog

from simulator.app import create_app
from simulator.carriers.inpost.account import mpks
from simulator.core.answers import Answer, Finding, Rendering
from simulator.engine.world import World
from simulator.settings import Settings
from tests.support.server import START, Workspace, running

MPK = {"name": "Sklep A", "description": "Pierwszy"}
MPKS = "/v1/organizations/1/mpks"


def break_off(
    world: World, organization_id: str, body: dict[str, str], findings: list[Finding]
) -> Answer:
    created = create_mpk(world, organization_id, body, findings)
    assert created.status == 201
    raise RuntimeError("the shelf fell over")


def fail_to_draw(world: World, organization_id: str) -> Answer:
    def draw() -> bytes:
        raise RuntimeError("no ink")

    return Answer(body=Rendering(draw))


def answer_undescribed(world: World, mpk_id: str) -> Answer:
    return Answer(body={"surprise": True})


create_mpk = mpks.create_mpk


@pytest.fixture(scope="module")
def broken_server() -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mpks, "create_mpk", break_off)
        patch.setattr(mpks, "list_mpks", fail_to_draw)
        patch.setattr(mpks, "get_mpk", answer_undescribed)
        with running(Settings(response_validation="fail", log_level="error")) as base_url:
            yield base_url


@pytest.fixture
def broken(broken_server: str) -> Iterator[Workspace]:
    workspace = Workspace(broken_server, "broken")
    yield workspace
    workspace.close()


def test_a_handler_that_raises_leaves_nothing_behind(broken: Workspace) -> None:
    broken.freeze(START)
    before = broken.records("inpost", "mpks")
    response = broken.client.post(MPKS, json=MPK)
    assert response.status_code == 500
    assert response.json() == {
        "status": 500,
        "error": "internal_server_error",
        "message": "Internal server error.",
        "details": {},
    }
    assert broken.records("inpost", "mpks") == before


def test_the_journal_says_what_went_wrong(broken: Workspace) -> None:
    request_id = broken.client.post(MPKS, json=MPK).headers["x-sim-request-id"]
    entry = broken.control.get(f"/journal/{request_id}").json()
    assert "RuntimeError: the shelf fell over" in str(entry)


def test_a_body_that_cannot_be_drawn_is_an_error_of_the_carrier(broken: Workspace) -> None:
    response = broken.client.get(MPKS)
    assert response.status_code == 500
    assert response.json()["error"] == "internal_server_error"
    assert response.headers["x-request-id"] == response.headers["x-sim-request-id"]


def test_an_undescribed_response_is_caught_when_that_is_wanted(broken: Workspace) -> None:
    response = broken.client.get("/v1/mpks/1")
    assert response.status_code == 500
    request_id = response.headers["x-sim-request-id"]
    assert "undescribed response" in str(broken.control.get(f"/journal/{request_id}").json())


def test_a_traceback_does_not_show_the_values_of_variables(
    capsys: pytest.CaptureFixture[str],
) -> None:
    as_set_up, were_set_up = structlog.get_config(), structlog.is_configured()
    structlog.reset_defaults()
    try:
        create_app(Settings())
        secret = "a whole world"
        try:
            raise RuntimeError(f"the shelf fell over {len(secret)}")
        except RuntimeError:
            structlog.get_logger("simulator.control").exception("control handler failed")
    finally:
        structlog.reset_defaults()
        if were_set_up:
            structlog.configure(**as_set_up)

    printed = capsys.readouterr().out
    assert "control handler failed" in printed
    assert "RuntimeError: the shelf fell over 13" in printed
    assert "a whole world" not in printed
