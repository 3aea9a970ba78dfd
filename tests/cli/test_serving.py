"""What a server says when it is ready, and the world that its settings begin with."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest
from dirty_equals import IsStr

from simulator.app import banner
from simulator.carriers.inpost.default_world import TOKENS_HELP
from simulator.command.spec_check import check_spec
from simulator.settings import Settings
from tests.support.server import START, running

AT = datetime.fromisoformat(START)


def test_the_banner_says_where_to_go_and_with_which_credentials() -> None:
    said = banner("http://127.0.0.1:9000", Settings())
    for url in ("/inpost", "/inpost/ui/", "/_sim", "/_sim/ui/"):
        assert re.search(rf"http://127\.0\.0\.1:9000{url}$", said, re.MULTILINE)
    assert all(token in said and meaning in said for token, meaning in TOKENS_HELP)


@pytest.mark.parametrize(
    ("settings", "clock"),
    [
        (
            Settings(clock_mode="frozen", clock_at=AT),
            {"mode": "frozen", "at": "2026-03-02T09:15:00Z", "speed": 0.0},
        ),
        (
            Settings(clock_mode="offset", clock_at=AT),
            {"mode": "offset", "at": IsStr(regex="2026-03-02T09:15:.*"), "speed": 1.0},
        ),
        (
            Settings(clock_mode="scaled", clock_at=AT, clock_speed=0.5),
            {"mode": "scaled", "at": IsStr(regex="2026-03-02T09:15:.*"), "speed": 0.5},
        ),
        (Settings(), {"mode": "real", "at": IsStr, "speed": 1.0}),
    ],
    ids=["frozen", "offset", "scaled", "real"],
)
def test_a_new_workspace_has_the_clock_of_the_settings(
    settings: Settings, clock: dict[str, Any]
) -> None:
    with running(settings) as base_url:
        httpx2.put(f"{base_url}/_sim/workspaces/new/quirks", json={})
        assert httpx2.get(f"{base_url}/_sim/workspaces/new/clock").json() == clock


def test_seed_and_profile_of_the_settings_are_those_of_a_new_workspace() -> None:
    with running(Settings(seed=7, profile="documented")) as base_url:
        httpx2.put(f"{base_url}/_sim/workspaces/new/quirks", json={})
        workspace = httpx2.get(f"{base_url}/_sim/workspaces/new").json()
    assert (workspace["seed"], workspace["profile"]) == (7, "documented")


def test_strict_refuses_fields_that_no_request_has() -> None:
    headers = {"Authorization": "Bearer sim-inpost-prepaid"}
    with running(Settings(strict=True)) as base_url:
        url = f"{base_url}/inpost/v1/organizations/1/mpks"
        body = {"name": "Sklep A", "description": "Pierwszy", "colour": "red"}
        response = httpx2.post(url, json=body, headers=headers)
    assert response.status_code == 400
    assert "colour" in response.json()["details"]


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"- openapi\n", "expected a mapping at its top"), (b"\xff\xfe", "cannot be read")],
)
def test_a_file_that_cannot_be_a_specification_is_told_so(
    tmp_path: Path, content: bytes, said: str
) -> None:
    file = tmp_path / "tried.yaml"
    file.write_bytes(content)
    assert [said in problem for problem in check_spec(file)] == [True]


def test_a_file_that_is_not_there_is_told_so(tmp_path: Path) -> None:
    assert ["cannot be read" in problem for problem in check_spec(tmp_path / "none.yaml")] == [True]
