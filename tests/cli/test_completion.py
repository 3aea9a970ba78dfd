"""What a shell completes when somebody presses Tab behind a line that has been begun."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from click.shell_completion import ShellComplete

from simulator import resources
from simulator.carriers.fault_profiles import PROFILES
from simulator.cli import cli
from tests.cli.test_cli import Typist, type_command

__all__ = ["type_command"]


def completed(line: str) -> list[str]:
    """What the last word of a line may become."""
    *words, begun = line.split(" ")
    shell = ShellComplete(cli, {}, "carrier-simulator", "_CARRIER_SIMULATOR_COMPLETE")
    return [item.value for item in shell.get_completions(words, begun)]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("serve --profile ", ["observed", "documented"]),
        ("serve --profile d", ["documented"]),
        ("serve --log-level ", ["debug", "info", "warning", "error"]),
        ("serve --log-format ", ["text", "json"]),
        ("serve --clock-mode ", ["real", "frozen", "offset", "scaled", "eager"]),
        ("serve --response-validation ", ["off", "log", "fail"]),
        ("serve --carriers ", ["inpost", "myparcel", "postplus"]),
        ("serve --carriers inpost,", ["inpost,myparcel", "inpost,postplus"]),
        ("serve --carriers inpost,my", ["inpost,myparcel"]),
        ("serve --fault fla", ["flaky"]),
        ("serve --fault inpost:do", ["inpost:down"]),
        ("serve --seed ", []),
        ("serve --prof", ["--profile"]),
        ("replay --clock ", ["refuse", "skip", "wait"]),
        ("replay inpost/runs", ["inpost/runs-dry"]),
        ("scenarios inpost/runs", ["inpost/runs-dry"]),
        ("specs my", ["myparcel"]),
        ("specs s", ["scenario"]),
        ("completion ", ["bash", "zsh", "fish"]),
        ("ser", ["serve"]),
    ],
)
def test_what_may_stand_there_is_completed(line: str, words: list[str]) -> None:
    assert completed(line) == words


def test_every_fault_profile_and_every_scenario_is_completed() -> None:
    assert set(PROFILES) <= set(completed("serve --fault "))
    assert completed("scenarios ") == resources.scenario_names()


@pytest.mark.parametrize("line", ["replay ./my", "serve --config my", "validate my"])
def test_files_are_left_to_the_shell(line: str) -> None:
    shell = ShellComplete(cli, {}, "carrier-simulator", "_CARRIER_SIMULATOR_COMPLETE")
    *words, begun = line.split(" ")
    assert [item.type for item in shell.get_completions(words, begun)] == ["file"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_gets_a_script_that_it_can_read(type_command: Typist, shell: str) -> None:
    outcome = type_command("completion", shell)
    assert outcome.code == 0
    assert "_CARRIER_SIMULATOR_COMPLETE" in outcome.out
    if shutil.which(shell):
        subprocess.run([shell, "-n"], input=outcome.out, text=True, check=True)
