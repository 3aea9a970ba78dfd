"""``carrier-simulator wait`` and ``env``: what a script asks a server that runs."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import httpx2
import pytest

from simulator.settings import Settings
from tests.cli.test_cli import Typist, type_command
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
    [suite] = ElementTree.parse(tmp_path / "j.xml").getroot()
    assert (suite.get("name"), suite.get("tests"), suite.get("failures")) == (
        *(workspace.name, "3", "1"),
    )
    summary = json.loads((tmp_path / "c.json").read_text())["results"]["summary"]
    assert (summary["tests"], summary["passed"], summary["failed"]) == (3, 2, 1)


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
