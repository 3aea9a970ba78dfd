"""One line for each exchange, whoever answers it: as text, as JSON, and a warning for a miss."""

from __future__ import annotations

import json
from collections.abc import Iterator

import httpx2
import pytest
from dirty_equals import IsFloat, IsPartialDict, IsStr
from structlog.testing import capture_logs

from simulator.core.secrets import masked
from simulator.http import exchange_log
from tests.support.server import Workspace

FIELDS = [
    *("workspace", "carrier", "operation", "method", "path", "status", "milliseconds"),
    *("request_id", "client"),
]


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """The lines that are written."""
    written: list[str] = []
    exchange_log.write_to(written.append, as_json=True)
    yield written
    exchange_log.write_to(None)


def test_an_exchange_with_a_carrier_is_one_line(workspace: Workspace, lines: list[str]) -> None:
    workspace.client.get("/v1/organizations/1?access_token=secret")

    [line] = lines
    assert json.loads(line) == IsPartialDict(
        event="exchange",
        workspace=workspace.name,
        carrier="inpost",
        operation="inpost.get_organization",
        method="GET",
        path="/v1/organizations/1",
        status=200,
        milliseconds=IsFloat(gt=0),
        request_id=f"{workspace.name}-000001",
        client=IsStr(regex=r"127\.0\.0\.1:\d+"),
    )
    assert "secret" not in line


def test_a_request_to_the_control_api_is_one_line(workspace: Workspace, lines: list[str]) -> None:
    workspace.control.get("/clock")

    assert [json.loads(line) for line in lines] == [
        IsPartialDict(workspace=workspace.name, carrier="control", operation="control.get_clock")
    ]


def test_text_has_the_same_fields(workspace: Workspace, lines: list[str]) -> None:
    exchange_log.write_to(lines.append)

    workspace.client.get("/v1/organizations/1")

    [line] = lines
    pairs = line.rstrip("\n").partition(" exchange ")[2].split(" ")
    assert [pair.partition("=")[0] for pair in pairs] == FIELDS
    assert line.endswith("\n")
    assert line.count("\n") == 1


@pytest.mark.parametrize("path", ["/inpost/v1/shipment/5", "/postplus/api/v1/parcel"])
def test_a_miss_is_one_warning_with_the_same_fields_and_the_nearest(
    workspace: Workspace, lines: list[str], path: str
) -> None:
    with capture_logs() as logged:
        workspace.control.request("GET", f"{workspace.base_url}/w/{workspace.name}{path}")

    [warning] = logged
    assert [name for name in FIELDS if name not in warning] == []
    assert warning["nearest"]
    assert (lines, warning["workspace"]) == ([], workspace.name)


def test_what_is_not_let_in_is_one_warning_that_names_the_workspace_that_was_meant(
    workspace: Workspace, lines: list[str]
) -> None:
    with capture_logs() as logged:
        workspace.control.get(f"{workspace.base_url}/w/nobodys/inpost/v1/organizations/1")

    assert logged == [
        IsPartialDict(
            event="not let in, and there is no such workspace", workspace="nobodys", status=401
        )
    ]
    assert lines == []


TOKEN = "ghp_16C7e42F292c6912E7710c838347Ae178B4a"


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (f"/inpost/v1/shipments/{TOKEN}", f"/inpost/v1/shipments/{masked(TOKEN)}"),
        (f"/inpost/v1/nowhere/{TOKEN}", f"/inpost/v1/nowhere/{masked(TOKEN)}"),
        (f"/nowhere/{TOKEN}", f"/nowhere/{masked(TOKEN)}"),
        (f"/nowhere/u:{TOKEN}@x", f"/nowhere/{masked('u:' + TOKEN)}@x"),
        ("/nowhere/token/a1b2", f"/nowhere/token/{masked('a1b2')}"),
    ],
)
def test_a_credential_in_a_path_has_its_mark(
    workspace: Workspace, lines: list[str], path: str, told: str
) -> None:
    prefix = f"/w/{workspace.name}"

    with capture_logs() as logged:
        workspace.control.request(
            "GET",
            f"{workspace.base_url}{prefix}{path}",
            headers={"Authorization": f"Bearer {TOKEN}"},
        )

    said = str(lines) + str(logged)
    assert told.removeprefix("/inpost") in said
    assert TOKEN not in said


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/w/-bad-/inpost/v1/organizations/1", {}, 400),
        ("/inpost/v1/organizations/1", {"X-Sim-Workspace": "-bad-"}, 400),
        ("/inpost/v1/organizations/1", {"Authorization": "Bearer sim-inpost-prepaid@-bad-"}, 400),
        ("/", {"Accept": "text/html"}, 200),
        ("/_sim/", {"X-Sim-Workspace": "-bad-", "Accept": "text/html"}, 400),
        ("/llms.txt", {}, 200),
        ("/inpost/ui/", {}, 200),
        ("/inpost/openapi.json", {}, 200),
        ("/_sim/ui/", {}, 200),
        ("/_sim/openapi.json", {}, 200),
        ("/_sim/docs/journal.md", {}, 200),
    ],
)
def test_pages_and_names_that_no_workspace_has_have_a_line_too(
    server: str, lines: list[str], path: str, headers: dict[str, str], status: int
) -> None:
    httpx2.get(f"{server}{path}", headers=headers, trust_env=False, verify=False)

    [line] = lines
    told = json.loads(line)
    assert (told["method"], told["status"]) == ("GET", status)
    assert told["path"].endswith(path.rpartition("/")[2])


@pytest.mark.parametrize(
    ("fault", "status", "heard"),
    [
        ({"kind": "connection_reset"}, None, "reset"),
        ({"kind": "empty_response"}, None, "nothing"),
        ({"kind": "timeout", "by": "10ms"}, None, "nothing"),
        ({"kind": "truncated_body", "when": "after"}, 200, "part"),
    ],
)
def test_an_answer_that_a_rule_keeps_back_has_no_status_in_the_line(
    workspace: Workspace, lines: list[str], fault: dict[str, str], status: int | None, heard: str
) -> None:
    rule = {"when": {"operation": "inpost.get_organization"}, "fault": fault}
    workspace.control.post("/rules", json=rule)
    lines.clear()

    with pytest.raises(httpx2.TransportError):
        workspace.client.get("/v1/organizations/1")

    [line] = lines
    assert json.loads(line) == IsPartialDict(status=status, heard=heard)
