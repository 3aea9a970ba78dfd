"""Snapshots of workspaces: taken, restored, and refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from dirty_equals import IsPartialDict, IsStr

from tests.support.server import Workspace


def test_a_snapshot_brings_everything_back(workspace: Workspace) -> None:
    workspace.do("toy.add_parcel", owner="ann", copies=2)
    workspace.do("toy.subscribe", url=None)
    workspace.quirk("toy.patience", 7)
    taken = workspace.control.get("/snapshot")
    workspace.advance("2h")
    workspace.do("toy.add_parcel", owner="bob")

    restored = workspace.control.put("/snapshot", json=taken.json())

    assert restored.status_code == 200
    assert restored.json() == IsPartialDict(jobs=2, events=0, journal=0)
    assert workspace.control.get("/snapshot").content == taken.content
    assert workspace.control.get("/quirks").json()["changed"] == {"toy.patience": 7}
    assert workspace.advance("1h")["jobs"] == 2
    assert workspace.do("toy.add_parcel", owner="ann") == {"parcels": [3]}


def test_a_running_clock_goes_on_from_where_it_stood(workspace: Workspace) -> None:
    workspace.control.put("/clock", json={"mode": "offset", "at": "2031-01-01T00:00:00Z"})
    taken = workspace.control.get("/snapshot").json()
    workspace.control.put("/clock", json={"mode": "real"})

    clock = workspace.control.put("/snapshot", json=taken).json()["clock"]

    assert clock == {"mode": "offset", "at": IsStr(regex="2031-01-01T00:00:.*"), "speed": 1.0}


def test_a_snapshot_fits_into_another_workspace(
    workspace: Workspace, new_workspace: Callable[[], Workspace]
) -> None:
    workspace.do("toy.add_parcel", owner="ann")
    other = new_workspace()

    other.control.put("/snapshot", json=workspace.control.get("/snapshot").json())

    assert other.control.get("").json()["name"] == other.name
    assert other.records("toy", "parcels") == workspace.records("toy", "parcels")


def _without_frame(document: dict[str, Any]) -> None:
    document["tables"].pop("engine.frame")


def _unknown_table(document: dict[str, Any]) -> None:
    document["tables"]["toy.parcel"] = []


def _wrong_record(document: dict[str, Any]) -> None:
    document["tables"]["toy.parcels"][0]["owner"] = 5


def _naive_time(document: dict[str, Any]) -> None:
    document["tables"]["toy.parcels"][0]["arrived_at"] = "2026-01-01T00:00:00"


def _naive_clock(document: dict[str, Any]) -> None:
    document["tables"]["engine.frame"][0]["clock"]["at"] = "2026-01-01T00:00:00"


def _wrong_format(document: dict[str, Any]) -> None:
    document["format"] = "carrier-simulator/0"


def _no_tables(document: dict[str, Any]) -> None:
    document.pop("tables")


def _not_records(document: dict[str, Any]) -> None:
    document["tables"]["toy.parcels"] = [1]


def _clock_that_runs_backwards(document: dict[str, Any]) -> None:
    document["tables"]["engine.frame"][0]["clock"] |= {"mode": "scaled", "speed": -1.0}


def _frozen_clock_that_runs(document: dict[str, Any]) -> None:
    document["tables"]["engine.frame"][0]["clock"]["speed"] = 1.0


def _unknown_kind_of_job(document: dict[str, Any]) -> None:
    document["tables"]["engine.jobs"][0]["kind"] = "toy.arive"


def _unknown_quirk(document: dict[str, Any]) -> None:
    document["tables"]["engine.quirks"] = [{"name": "toy.nothing", "value": 1}]


def _unknown_member(document: dict[str, Any]) -> None:
    document["table"] = {}


@pytest.mark.parametrize(
    "spoil",
    [
        _without_frame,
        _unknown_table,
        _wrong_record,
        _naive_time,
        _naive_clock,
        _wrong_format,
        _no_tables,
        _not_records,
        _unknown_member,
        _clock_that_runs_backwards,
        _frozen_clock_that_runs,
        _unknown_kind_of_job,
        _unknown_quirk,
    ],
)
def test_a_bad_snapshot_changes_nothing(
    workspace: Workspace, spoil: Callable[[dict[str, Any]], None]
) -> None:
    workspace.do("toy.add_parcel", owner="ann")
    before = workspace.control.get("/snapshot")
    document = before.json()
    spoil(document)

    response = workspace.control.put("/snapshot", json=document)

    assert response.status_code == 422
    assert response.json()["errors"][0]["path"].startswith("body")
    assert workspace.control.get("/snapshot").content == before.content
