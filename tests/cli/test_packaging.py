"""What is installed, started and built says the same as the code."""

import re
import tomllib
from pathlib import Path

import pytest

from simulator import resources
from simulator.version import VERSION

ROOT = Path(__file__).parent.parent.parent


def test_the_shipped_files_are_found() -> None:
    assert {"control", "inpost"} <= set(resources.spec_names())
    assert "control" not in resources.carrier_names()
    for name in resources.spec_names():
        assert resources.spec_path(name).is_file()
    with pytest.raises(KeyError):
        resources.spec_path("no such carrier")


def test_in_a_wheel_the_files_inside_the_package_are_taken(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    package = tmp_path / "simulator"
    (package / "_specs").mkdir(parents=True)
    (package / "_specs" / "inpost.yaml").touch()
    monkeypatch.setattr(resources, "_PACKAGE", package)
    assert resources.spec_path("inpost") == package / "_specs" / "inpost.yaml"
    assert resources.scenarios_dir() == tmp_path / "scenarios"


def test_the_image_has_the_version_of_the_code() -> None:
    labelled = re.search(r'image\.version="([^"]+)"', (ROOT / "Dockerfile").read_text())
    assert labelled is not None
    assert labelled[1] == VERSION


def test_every_dependency_is_pinned_and_nothing_says_where_from() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lines = [
        line
        for line in (ROOT / "constraints.txt").read_text().splitlines()
        if not line.startswith("#")
    ]
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+==[A-Za-z0-9_.]+", line) for line in lines)
    pinned = {normal(line.split("==")[0]) for line in lines}
    asked = {normal(re.split(r"[\[<>=]", each)[0]) for each in project["dependencies"]}
    asked |= {
        normal(re.split(r"[<>=]", each)[0]) for each in project["optional-dependencies"]["test"]
    }
    assert asked <= pinned


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_carrier_folder_is_under_the_independence_contract() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    independent = next(each for each in contracts["contracts"] if each["id"] == "carriers")
    folders = (ROOT / "simulator" / "carriers").glob("*/__init__.py")
    assert sorted(independent["modules"]) == sorted(
        f"simulator.carriers.{folder.parent.name}" for folder in folders
    )
