"""What the descriptions say is kept beside them, and never outlives them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from simulator import parsed as reader
from simulator.parsed import parsed
from simulator.resources import description_paths

TEXT = b"paths:\n  /v1/shipments:\n    get: {responses: {200: {description: Przesy\xc5\x82ki}}}\n"


@pytest.fixture
def described(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    path = tmp_path / "carrier.today.yaml"
    path.write_bytes(TEXT)
    return path


def no_yaml(*arguments: object) -> object:
    raise AssertionError("the YAML was read again")


def kept(path: Path) -> Path:
    [found] = (path.parent / "__pycache__").iterdir()
    return found


@pytest.mark.parametrize("path", description_paths(), ids=lambda path: path.stem)
def test_what_is_kept_says_what_the_description_says(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    said = yaml.load(path.read_bytes(), yaml.CSafeLoader)
    assert parsed(path) == said
    monkeypatch.setattr(yaml, "load", no_yaml)
    assert parsed(path) == said


def test_a_description_is_read_once(described: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = parsed(described)
    first["paths"].clear()
    monkeypatch.setattr(yaml, "load", no_yaml)
    assert parsed(described)["paths"]["/v1/shipments"]["get"]["responses"] == {
        200: {"description": "Przesyłki"}
    }


def test_a_changed_description_is_read_anew(described: Path) -> None:
    times = described.stat()
    parsed(described)
    described.write_bytes(TEXT.replace(b"get", b"put"))
    os.utime(described, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert list(parsed(described)["paths"]["/v1/shipments"]) == ["put"]


@pytest.mark.parametrize("damage", ["empty", "cut", "other"])
def test_what_is_damaged_is_read_anew(described: Path, damage: str) -> None:
    said = parsed(described)
    place = kept(described)
    whole = place.read_bytes()
    place.write_bytes({"empty": b"", "cut": whole[:-5], "other": b"#" + whole[1:]}[damage])
    assert parsed(described) == said
    assert place.read_bytes() == whole


def test_whoever_may_read_the_description_may_read_what_is_kept(described: Path) -> None:
    described.chmod(0o644)
    parsed(described)
    assert kept(described).stat().st_mode & 0o777 == 0o644


def test_nothing_is_written_where_python_writes_no_bytecode(
    described: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert parsed(described)
    assert [path.name for path in described.parent.iterdir()] == [described.name]


def test_a_folder_that_cannot_be_written_to_is_no_obstacle(described: Path) -> None:
    (described.parent / "__pycache__").write_text("a file where the folder would be")
    assert parsed(described) == parsed(described)


def test_an_installation_can_keep_all_of_them_beforehand(tmp_path: Path) -> None:
    command = [sys.executable, "-X", f"pycache_prefix={tmp_path}", "-m", reader.__name__]
    subprocess.run(command, check=True, env={"PYTHONDONTWRITEBYTECODE": "1"})
    assert len(list(tmp_path.rglob("*.msgpack"))) == len(description_paths())
