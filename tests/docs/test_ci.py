"""The jobs of docs/ci.md are sound, and their steps do what they say where they can be run here."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from simulator.settings import OPTIONS
from tests.docs.test_commands import ROOT
from tests.support.server import Workspace

TEXT = (ROOT / "docs" / "ci.md").read_text()
BLOCKS = [yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)]
ACTION, SERVICE, PIP, GITLAB, COMPOSE = BLOCKS

KEEP = "keep/action.yml"

CLIENT = """#!/bin/bash
curl -fsS "$INPOST_URL/v1/organizations/4/shipments" \\
  -H 'Authorization: Bearer sim-inpost-sandbox' \\
  -H 'Content-Type: application/json' -d '{"service": "inpost_locker_standard",
  "receiver": {"email": "ewa@example.com", "phone": "501502503"}, "parcels": {"template": "small"},
  "custom_attributes": {"target_point": "KRA010", "sending_method": "parcel_locker"}}' > made.json
"""
"""Stands in for a shop's tests."""


class Runner:
    """Runs the steps of a job in a folder, each in a shell of its own, as CI does."""

    def __init__(self, folder: Path, variables: dict[str, str]) -> None:
        self.folder = folder
        self.given = folder / "environment"
        self.given.touch()
        client = folder / "run-tests"
        client.write_text(CLIENT)
        client.chmod(0o755)
        self.found_in = folder / "path"
        self.found_in.touch()
        self._variables = {
            "GITHUB_ENV": str(self.given),
            "GITHUB_PATH": str(self.found_in),
            "NO_PROXY": "*",
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            **variables,
        }

    def step(self, command: str) -> None:
        if command.startswith("pip install "):
            assert command == "pip install carrier-simulator"
            return
        handed_on = dict(line.split("=", 1) for line in self.given.read_text().splitlines())
        folders = [*reversed(self.found_in.read_text().splitlines()), self._variables["PATH"]]
        handed_on["PATH"] = os.pathsep.join(folders)
        done = subprocess.run(
            ["bash", "-eo", "pipefail", "-c", command],
            cwd=self.folder,
            env=os.environ | self._variables | handed_on,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, f"{command}\n{done.stderr}"

    def give(self, name: str, value: str) -> None:
        """Set a variable for the steps that follow."""
        self._variables |= {name: value}

    def kept(self, name: str) -> Any:
        return json.loads((self.folder / name).read_text())


pytestmark = [
    pytest.mark.skipif(shutil.which("curl") is None, reason="the documents speak curl"),
    pytest.mark.unmeasured,
]


def steps(workflow: Any) -> list[str]:
    return [step["run"] for step in workflow["jobs"]["test"]["steps"] if "run" in step]


def test_the_steps_beside_a_service_container_work(
    server: str, workspace: Workspace, tmp_path: Path
) -> None:
    job = SERVICE["jobs"]["test"]
    assert job["services"]["carriers"]["ports"] == ["8080:8080"]
    assert re.fullmatch(r"run(-\$\{\{ [a-z_.-]+ \}\})+", job["env"]["WORKSPACE"])
    runner = Runner(tmp_path, {"SIM": server, "WORKSPACE": workspace.name})
    for command in steps(SERVICE):
        runner.step(command)
    assert runner.kept("verdict.json")["passed"] is True
    [made] = runner.kept("journal.json")["items"]
    assert made["operation"] == "inpost.create_shipment"


def test_the_steps_with_pip_work_from_start_to_stop(tmp_path: Path) -> None:
    runner = Runner(tmp_path, {})
    *before, stop = steps(PIP)
    assert stop.startswith("kill")
    try:
        for command in before:
            runner.step(command)
    finally:
        runner.step(stop)
    assert runner.kept("journal.json")["total"] == 1
    assert "<testsuites" in (tmp_path / "replay.xml").read_text()


def without_our_command(path: str) -> str:
    """The path of a machine that has no simulator: a step finds it where one before said."""
    folders = path.split(os.pathsep)
    return os.pathsep.join(
        each for each in folders if not (Path(each) / "carrier-simulator").exists()
    )


INSTALLS = """python3 -m venv "$RUNNER_TEMP/carrier-simulator"
"$RUNNER_TEMP/carrier-simulator/bin/pip" install --quiet "$VERSION"
"""


def test_the_action_starts_tells_and_keeps(tmp_path: Path) -> None:
    action, keep = (yaml.safe_load((ROOT / name).read_text()) for name in ("action.yml", KEEP))
    [given] = [step["with"] for step in ACTION["jobs"]["test"]["steps"] if "with" in step]
    defaults = {name: each["default"] for name, each in action["inputs"].items()}
    inputs = {**defaults, **given}
    assert set(given) <= set(defaults)
    (tmp_path / "carrier-simulator").mkdir()
    (tmp_path / "carrier-simulator" / "bin").symlink_to(Path(sys.executable).parent)
    machine = {"RUNNER_TEMP": str(tmp_path), "GITHUB_OUTPUT": str(tmp_path / "output")}
    runner = Runner(tmp_path, {**machine, "PATH": without_our_command(os.environ["PATH"])})
    [start] = action["runs"]["steps"]
    for variable, expression in start["env"].items():
        runner.give(variable, inputs[expression.removeprefix("${{ inputs.").removesuffix(" }}")])
    command = start["run"]
    assert command.startswith(INSTALLS)
    try:
        runner.step(command.removeprefix(INSTALLS))
        runner.step("./run-tests")
        runner.give("WORKSPACE", keep["inputs"]["workspace"]["default"])
        runner.step(keep["runs"]["steps"][0]["run"])
    finally:
        runner.step('kill "$(cat "$RUNNER_TEMP/carrier-simulator.pid")"')
    assert (tmp_path / "output").read_text().startswith("url=http://127.0.0.1:")
    assert runner.kept("kept/journal.json")["total"] == 1
    assert runner.kept("made.json")["created_at"].startswith("2026-03-02T10:15:00")
    assert 'tests="1"' in (tmp_path / "kept" / "carriers.xml").read_text()
    assert "server started" in (tmp_path / "kept" / "carrier-simulator.log").read_text()


def test_the_commands_for_scripts_work(server: str, workspace: Workspace, tmp_path: Path) -> None:
    [script] = re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL)
    runner = Runner(tmp_path, {"SIM": server, "WORKSPACE": workspace.name})
    runner.step(f"{script}./run-tests\n{script}")
    assert 'tests="1"' in (tmp_path / "carriers.xml").read_text()
    assert runner.kept("carriers.json")["results"]["summary"]["passed"] == 1


def test_the_scripts_of_gitlab_work(server: str, workspace: Workspace, tmp_path: Path) -> None:
    job = GITLAB["test"]
    assert job["variables"]["SIM"] == f"http://{job['services'][0]['alias']}:8080"
    runner = Runner(tmp_path, {"SIM": server, "WORKSPACE": workspace.name})
    for command in (*job["before_script"], *job["script"], *job["after_script"]):
        runner.step(command)
    assert runner.kept(job["artifacts"]["paths"][0])["total"] == 1
    for command in GITLAB["stories"]["script"]:
        runner.step(command)
    assert (tmp_path / GITLAB["stories"]["artifacts"]["reports"]["junit"]).is_file()


def test_a_job_whose_tests_never_ask_keeps_an_empty_journal(server: str, tmp_path: Path) -> None:
    gitlab = GITLAB["test"]
    jobs = {
        "run-1": steps(SERVICE),
        "tests": steps(PIP),
        "job-1": [*gitlab["before_script"], *gitlab["script"], *gitlab["after_script"]],
    }
    for name, commands in jobs.items():
        runner = Runner(tmp_path, {"SIM": server, "WORKSPACE": name})
        for command in commands:
            if "/clock" in command or "/journal" in command:
                runner.step(command)
        assert runner.kept("journal.json")["total"] == 0
        Workspace(server, name).close()


def test_compose_waits_for_the_health_check_of_the_image() -> None:
    carriers, shop = COMPOSE["services"]["carriers"], COMPOSE["services"]["shop"]
    assert shop["depends_on"] == {"carriers": {"condition": "service_healthy"}}
    command = json.dumps(carriers["healthcheck"]["test"][1:])
    assert f"CMD {command}" in (ROOT / "Dockerfile").read_text()


def test_every_setting_that_is_named_is_one() -> None:
    named = set(re.findall(r"\bSIMULATOR_[A-Z_]+", TEXT))
    assert named <= {option.variable for option in OPTIONS}
