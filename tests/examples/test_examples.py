"""Every example is a project that works as it stands."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
TESTING = (ROOT / "docs" / "testing.md").read_text(encoding="utf-8")
ENVIRONMENT = {
    **os.environ,
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    "PYTHONPATH": str(ROOT),
    "NO_PROXY": "127.0.0.1",
}


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        timeout=120,
    )


OTHERS = {
    "node": (["--test"], r"# pass 3\n# fail 0"),
    "php": (["tests/run.php"], r"(ok +[^\n]+\n){3}$"),
}
"""How the tests of a shop in another language are run, and what they say in the end."""


def run_other(language: str, **variables: str) -> subprocess.CompletedProcess[str]:
    if shutil.which(language) is None:
        pytest.skip(f"{language} is not installed")
    environment = {name: each for name, each in ENVIRONMENT.items() if "SIMULATOR" not in name}
    return subprocess.run(
        [language, *OTHERS[language][0]],
        cwd=ROOT / "examples" / language,
        env={**environment, **variables},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize("language", OTHERS)
def test_shops_in_other_languages(server: str, language: str) -> None:
    done = run_other(language, CARRIER_SIMULATOR_URL=server)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(OTHERS[language][1], done.stdout), done.stdout


@pytest.mark.parametrize("language", OTHERS)
def test_they_start_a_simulator_where_none_is_named(language: str) -> None:
    command = Path(sys.executable).with_name("carrier-simulator")
    done = run_other(language, CARRIER_SIMULATOR=str(command))
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(OTHERS[language][1], done.stdout), done.stdout


@pytest.mark.parametrize("language", OTHERS)
def test_they_say_what_to_install_where_there_is_none(language: str) -> None:
    done = run_other(language, CARRIER_SIMULATOR="no-such-command")
    assert done.returncode != 0
    assert "pip install carrier-simulator" in done.stdout + done.stderr


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", TESTING, re.DOTALL)


def test_the_shop_passes_its_own_tests(server: str, tmp_path: Path) -> None:
    folder = tmp_path / "shop"
    shutil.copytree(ROOT / "examples" / "shop", folder)
    plugin = ("-p", "pytest_carrier_simulator", "--carrier-simulator", server)
    done = run(folder, "-m", "pytest", *plugin)
    assert done.returncode == 0, done.stdout
    assert re.search(r"\d+ passed in", done.stdout)


def test_the_first_file_of_the_documents_is_green(server: str, tmp_path: Path) -> None:
    (tmp_path / "test_shop.py").write_text(blocks("python")[0])
    plugin = ("-p", "pytest_carrier_simulator", "--carrier-simulator", server)
    done = run(tmp_path, "-m", "pytest", *plugin)
    assert re.search(r"\b2 passed in", done.stdout), done.stdout


def test_the_script_of_the_documents_runs(tmp_path: Path) -> None:
    (tmp_path / "script.py").write_text(blocks("python")[1])
    done = run(tmp_path, "script.py")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("['InPost ShipX', 'MyParcel', 'PostPlus']\n")


def test_the_test_on_both_sides_says_what_it_wants(server: str, tmp_path: Path) -> None:
    first, _, parity, _ = blocks("python")
    (tmp_path / "test_shop.py").write_text(first + parity)
    plugin = ("-p", "pytest_carrier_simulator", "--carrier-simulator", server)
    done = run(tmp_path, "-m", "pytest", "-rs", *plugin)
    assert re.search(r"\b2 passed, 1 skipped in", done.stdout), done.stdout
    assert "INPOST_SANDBOX_URL and INPOST_SANDBOX_CREDENTIAL are not set" in done.stdout


def test_the_container_of_the_documents_is_there(tmp_path: Path) -> None:
    (tmp_path / "script.py").write_text(blocks("python")[3])
    assert run(tmp_path, "script.py").returncode == 0


def test_the_settings_of_the_documents_are_taken(server: str, tmp_path: Path) -> None:
    [settings] = blocks("toml")
    (tmp_path / "pyproject.toml").write_text(settings)
    (tmp_path / "tests" / "stories").mkdir(parents=True)
    (tmp_path / "test_it.py").write_text("def test_it(carrier_environment):\n    pass\n")
    plugin = ("-p", "pytest_carrier_simulator", "--carrier-simulator", server)
    done = run(tmp_path, "-m", "pytest", "--strict-config", *plugin)
    assert re.search(r"\b1 passed in", done.stdout), done.stdout
