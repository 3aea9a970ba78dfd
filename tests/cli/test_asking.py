"""``carrier-simulator wait`` and ``env``: what a script asks a server that runs."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import httpx2
import jsonschema_rs
import pytest

from simulator.settings import Settings
from simulator.version import VERSION
from tests.cli.test_cli import Typist, type_command
from tests.scenarios.replay.test_reports import CTRF
from tests.support.receiver import receiving
from tests.support.server import Workspace, running

__all__ = ["type_command"]


def test_a_server_that_answers_is_not_waited_for(server: str, type_command: Typist) -> None:
    outcome = type_command("wait", "--url", server)
    assert (outcome.code, outcome.out) == (0, "")


def test_a_server_that_does_not_come_is_told(type_command: Typist) -> None:
    outcome = type_command("wait", "--url", "http://127.0.0.1:9", "--timeout", "0")
    assert outcome.code == 1
    assert outcome.err.startswith(
        "carrier-simulator: no healthy simulator at http://127.0.0.1:9 within 0 s ("
    )


def test_somebody_else_is_no_simulator(type_command: Typist) -> None:
    with receiving() as receiver:
        outcome = type_command("wait", "--url", receiver.url, "--timeout", "0")
    assert outcome.code == 1
    assert "it answers with " in outcome.err


def test_a_shell_gets_what_opens_a_carrier(workspace: Workspace, type_command: Typist) -> None:
    place = ("--url", workspace.base_url, "--workspace", workspace.name)
    printed = type_command("env", "inpost", *place).out
    script = f'{printed}\nprintf "%s\\n" "$INPOST_URL" "$INPOST_CREDENTIAL"'
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True)
    url, credential = done.stdout.split()
    assert url == workspace.inpost_url
    headers = {"Authorization": f"Bearer {credential}"}
    assert httpx2.get(f"{url}/v1/organizations", headers=headers).status_code == 200


def test_a_file_gets_lines_and_a_program_json(server: str, type_command: Typist) -> None:
    lines = type_command("env", "--url", f"{server}/", "--format", "dotenv").out.splitlines()
    found = dict(line.split("=", 1) for line in lines)
    assert found["POSTPLUS_URL"] == f"{server}/postplus"
    assert list(found) == [
        *("INPOST_URL", "INPOST_CREDENTIAL", "MYPARCEL_URL", "MYPARCEL_CREDENTIAL"),
        *("POSTPLUS_URL", "POSTPLUS_CREDENTIAL"),
    ]
    assert json.loads(type_command("env", "--url", server, "--format", "json").out) == found
    other = type_command("env", "myparcel", "--url", server, "--credential", "sim-myparcel-nl")
    assert "export MYPARCEL_CREDENTIAL=sim-myparcel-nl" in other.out.splitlines()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["inpst"], "does not serve 'inpst'; did you mean 'inpost'?"),
        (["dhl"], "does not serve 'dhl'; it serves inpost, myparcel, postplus"),
        (["inpost", "--credential", "x"], "inpost knows no credential 'x'; there are sim-inpost-"),
    ],
)
def test_what_is_not_there_is_told_with_what_is(
    server: str, type_command: Typist, arguments: list[str], says: str
) -> None:
    outcome = type_command("env", *arguments, "--url", server)
    assert outcome.code == 2
    assert says in outcome.err


def test_a_server_that_has_a_token_wants_it(type_command: Typist) -> None:
    with running(Settings(control_token="opensesame", carriers=("inpost",))) as url:
        refused = type_command("env", "--url", url)
        assert refused.code == 2
        assert "--token or SIMULATOR_CONTROL_TOKEN" in refused.err
        assert type_command("env", "--url", url, "--token", "opensesame").code == 0
        assert type_command("wait", "--url", url).code == 0


def test_nobody_and_somebody_else_are_told_apart(type_command: Typist) -> None:
    outcome = type_command("env", "--url", "http://127.0.0.1:9")
    assert "no server answers at http://127.0.0.1:9 (" in outcome.err
    with receiving() as receiver:
        outcome = type_command("env", "--url", receiver.url)
    assert "does not answer as a carrier simulator does" in outcome.err


ODD_NAMES = [
    "odd name",
    "a/b",
    "..",
    "it's",
    'say "hello"',
    "$(touch pwned)",
    "`id`",
    "a;b",
    "-x",
    "",
    "x" * 65,
    "żółw",
    "new\nline",
]
"""What no workspace can be called; a shell would do something with some of them."""


@pytest.mark.parametrize("name", ODD_NAMES)
def test_a_name_that_no_workspace_can_have_is_refused_with_the_rule(
    server: str, type_command: Typist, name: str
) -> None:
    rule = 'is not a workspace name: use 1 to 64 letters, digits, ".", "_" and "-", beginning with'
    for command in (
        ("env", "inpost", "--workspace", name),
        ("report", "--", name),
        ("explain", "--", f"{name}-000001"),
    ):
        outcome = type_command(command[0], "--url", server, *command[1:])
        assert (outcome.code, outcome.out) == (2, ""), command
        if name or command[0] != "explain":
            assert rule in outcome.err


@pytest.mark.parametrize("form", ["shell", "dotenv", "json"])
@pytest.mark.parametrize("name", ["a.b_c-d", "1", "x" * 64])
def test_a_name_that_a_workspace_can_have_is_part_of_the_url(
    server: str, type_command: Typist, name: str, form: str
) -> None:
    printed = type_command("env", "inpost", "--url", server, "--workspace", name, "--format", form)
    assert f"{server}/w/{name}/inpost" in printed.out
    assert httpx2.get(f"{server}/w/{name}/inpost/v1/statuses").status_code in (200, 401)


def test_the_journal_is_a_report(
    workspace: Workspace, type_command: Typist, tmp_path: Path
) -> None:
    workspace.client.get("/v1/organizations").raise_for_status()
    assert workspace.client.get("/v1/organisations").status_code == 404
    assert workspace.client.get("/v1/organizations/99").status_code == 403
    place = (workspace.name, "--url", workspace.base_url)
    type_command.capsys.readouterr()  # the server's log, which is printed by the same process
    lines = type_command("report", *place).out.splitlines()
    assert [line.split()[0] for line in lines] == ["passed", "failed", "passed"]
    assert "GET /v1/organisations -> 404  No operation took GET /v1/organisations" in lines[1]
    files = ("--junit", str(tmp_path / "j.xml"), "--ctrf", str(tmp_path / "c.json"))
    assert type_command("report", *place, *files).out == ""
    root = ElementTree.parse(tmp_path / "j.xml").getroot()
    counts = {"tests": "3", "failures": "1", "errors": "0", "skipped": "0"}
    [suite] = root
    assert (root.tag, root.get("name")) == ("testsuites", "carrier-simulator report")
    assert (suite.tag, suite.get("name")) == ("testsuite", workspace.name)
    for each in (root, suite):
        assert {name: each.get(name) for name in counts} == counts
        assert float(each.attrib["time"]) >= 0
    assert suite.find("properties/property").attrib == {  # type: ignore[union-attr]
        "name": "workspace",
        "value": workspace.name,
    }
    cases = suite.findall("testcase")
    assert [case.attrib.keys() for case in cases] == [{"name", "classname", "time"}] * 3
    assert [(case.get("classname"), case.get("name")) for case in cases] == [
        ("inpost.list_organizations", "1 GET /v1/organizations"),
        ("inpost", "2 GET /v1/organisations"),
        ("inpost.get_organization", "3 GET /v1/organizations/99"),
    ]
    failure = cases[1].find("failure")
    assert failure is not None
    assert failure.get("type") == "unmatched"
    assert str(failure.get("message")).startswith("No operation took GET /v1/organisations: ")
    report = json.loads((tmp_path / "c.json").read_text())
    jsonschema_rs.Draft7Validator(CTRF, validate_formats=True).validate(report)
    results = report["results"]
    assert results["tool"] == {"name": "carrier-simulator report", "version": VERSION}
    summary = results["summary"]
    assert (summary["tests"], summary["passed"], summary["failed"]) == (3, 2, 1)
    assert results["tests"][0]["suite"] == [workspace.name, "inpost.list_organizations"]
    assert not any("filePath" in each or "line" in each for each in results["tests"])


def test_a_failure_of_the_simulator_is_an_error_of_the_report(
    type_command: Typist, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(*_: object, **__: object) -> None:
        raise RuntimeError("the shelf fell over")

    monkeypatch.setattr("simulator.carriers.inpost.account.mpks.list_mpks", break_off)
    headers = {"Authorization": "Bearer sim-inpost-prepaid"}
    with running(Settings(log_level="error", carriers=("inpost",))) as url:
        asked = httpx2.get(f"{url}/inpost/v1/organizations/1/mpks", headers=headers)
        assert asked.status_code == 500
        files = ("--junit", str(tmp_path / "j.xml"), "--ctrf", str(tmp_path / "c.json"))
        assert type_command("report", "--url", url, *files).code == 0
    root = ElementTree.parse(tmp_path / "j.xml").getroot()
    assert (root.get("failures"), root.get("errors")) == ("0", "1")
    error = root.find("testsuite/testcase/error")
    assert error is not None
    assert (error.get("type"), error.get("message")) == (
        *("failure", "RuntimeError: the shelf fell over"),
    )
    [test] = json.loads((tmp_path / "c.json").read_text())["results"]["tests"]
    assert (test["status"], test["message"]) == ("other", "RuntimeError: the shelf fell over")


def test_an_answer_that_never_came_is_reported_without_a_status(
    workspace: Workspace, type_command: Typist
) -> None:
    rule = {"fault": {"kind": "empty_response"}}
    assert workspace.control.post("/rules", json=rule).status_code == 201
    with pytest.raises(httpx2.HTTPError):
        workspace.client.get("/v1/organizations")
    type_command.capsys.readouterr()
    [line] = type_command("report", workspace.name, "--url", workspace.base_url).out.splitlines()
    assert line == f"passed  {workspace.name}-000001 GET /v1/organizations -> no answer"


def test_what_was_let_into_no_workspace_is_reported_too(server: str, type_command: Typist) -> None:
    assert httpx2.get(f"{server}/w/let-into-none/inpost/v1/organizations").status_code == 401
    type_command.capsys.readouterr()
    outcome = type_command("report", "_refused", "--url", server)
    assert outcome.code == 0
    assert "GET /v1/organizations -> 401" in outcome.out


def test_a_report_that_cannot_be_made_says_why(
    workspace: Workspace, type_command: Typist, tmp_path: Path
) -> None:
    place = ("--url", workspace.base_url)
    outcome = type_command("report", workspace.name[:-1] + "x", *place)
    assert outcome.code == 2
    assert "there is no workspace" in outcome.err
    away = str(tmp_path / "none" / "j.xml")
    outcome = type_command("report", workspace.name, *place, "--junit", away)
    assert (outcome.code, f"cannot write {away}: " in outcome.err) == (2, True)
    assert "no server answers" in type_command("report", "--url", "http://127.0.0.1:9").err
