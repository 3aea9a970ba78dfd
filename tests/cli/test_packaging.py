"""What is installed, started and built says the same as the code."""

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

from simulator import resources
from simulator.version import VERSION

ROOT = Path(__file__).parent.parent.parent

CARRIERS = sorted(
    path.parent.name for path in (ROOT / "simulator" / "carriers").glob("*/carrier.py")
)


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
        normal(re.split(r"[\[<>=]", each)[0]) for each in project["optional-dependencies"]["test"]
    }
    assert asked <= pinned


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def contracts() -> list[Any]:
    linter: Any = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    found: list[Any] = linter["contracts"]
    return found


def test_every_carrier_folder_is_under_the_independence_contract() -> None:
    independent = next(each for each in contracts() if each["id"] == "carriers")
    assert sorted(independent["modules"]) == [f"simulator.carriers.{name}" for name in CARRIERS]


ROOMS = {
    *("wire", "bodies", "csv_files", "rules", "catalog"),
    *("shipments", "purchase", "payments", "labels", "tracking", "points", "dispatch"),
    *("parcels", "documents"),
    *("account", "delivery", "returns"),
    *("capabilities", "editions", "fulfilment", "offers", "shops"),
}
"""What a room of a carrier may be called: the same thing has the same name everywhere."""

TOP = {
    *("__init__", "carrier", "records", "quirks", "default_world"),
    *("actions", "resources", "steps", "magic"),
}
"""The modules that a carrier has outside of its rooms."""

MOST_MODULES = 14


@pytest.mark.parametrize("carrier", CARRIERS)
def test_a_carrier_has_rooms_of_the_common_names(carrier: str) -> None:
    folder = ROOT / "simulator" / "carriers" / carrier
    assert {path.stem for path in folder.glob("*.py")} == TOP
    rooms = {path.parent for path in folder.glob("*/__init__.py")}
    assert {room.name for room in rooms} <= ROOMS
    for room in rooms:
        modules = [path for path in room.glob("*.py") if path.stem != "__init__"]
        assert len(modules) <= MOST_MODULES, f"{room.name} wants rooms of its own"


@pytest.mark.parametrize("carrier", CARRIERS)
def test_the_arrows_between_a_carriers_rooms_are_under_a_contract(carrier: str) -> None:
    contract = next(each for each in contracts() if each["id"] == f"{carrier}-rooms")
    assert contract["type"] == "layers"
    assert contract["containers"] == [f"simulator.carriers.{carrier}"]
    assert contract["exhaustive"] is True


def test_a_wheel_holds_types_descriptions_and_no_tests(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    [wheel] = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"simulator/py.typed", "simulator/_specs/inpost.yaml"} <= names
    assert {"simulator/_docs/rules.md", "simulator/console/templates/llms.txt"} <= names
    assert "simulator/carriers/postplus/catalog/hs_codes.tsv" in names
    assert "simulator/engine/backends/redis/lua/commit.lua" in names
    assert {name.split("/")[0] for name in names} == {
        "simulator",
        "pytest_carrier_simulator.py",
        f"carrier_simulator-{VERSION}.dist-info",
    }
