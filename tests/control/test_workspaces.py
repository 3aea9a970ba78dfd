"""Workspaces: first use, reset, snapshot and restore, fork, deletion."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from dirty_equals import IsPartialDict

from tests.support.receiver import Receiver
from tests.support.server import Workspace


def test_a_workspace_is_described(workspace: Workspace) -> None:
    workspace.do("toy.add_parcel", owner="ann")

    assert workspace.control.get("").json() == {
        "name": workspace.name,
        "seed": 1,
        "profile": "observed",
        "clock": {"mode": "frozen", "at": "2026-03-02T09:15:00Z", "speed": 0.0},
        "records": {"toy.parcels": 2, "toy.subscribers": 0, "toy.retirements": 0},
        "jobs": 1,
        "webhooks": 0,
        "journal": 0,
        "events": 0,
    }


def test_all_workspaces_are_listed(workspace: Workspace, sim: httpx2.Client) -> None:
    names = [item["name"] for item in sim.get("/workspaces").json()["items"]]

    assert workspace.name in names
    assert names == sorted(names)


@pytest.mark.parametrize("name", ["-x", ".x", "a" * 65, "a b", "ż"])
def test_a_name_that_cannot_be_used_is_refused(sim: httpx2.Client, name: str) -> None:
    response = sim.get(f"/workspaces/{name}")

    assert response.status_code == 422
    assert response.json()["errors"][0]["path"] == "workspace"


def test_a_deleted_workspace_begins_anew(workspace: Workspace) -> None:
    workspace.do("toy.add_parcel", owner="ann")

    response = workspace.control.delete("")

    assert (response.status_code, response.content) == (204, b"")
    workspace.do("toy.add_parcel", owner="bob")
    assert workspace.control.get("").json()["records"]["toy.parcels"] == 2


def test_deleting_what_does_not_exist_is_not_found(sim: httpx2.Client) -> None:
    response = sim.delete("/workspaces/never-used")

    assert response.status_code == 404
    assert "default" in response.json()["known"]


def test_reset_forgets_everything(workspace: Workspace, toy: httpx2.Client) -> None:
    workspace.do("toy.add_parcel", owner="ann", after="0s")
    workspace.quirk("toy.missing", "gone")
    toy.get("/parcels/1")

    response = workspace.control.post("/reset")

    assert response.status_code == 200
    assert response.json() == IsPartialDict(
        records={"toy.parcels": 1, "toy.subscribers": 0, "toy.retirements": 0},
        jobs=0,
        webhooks=0,
        journal=0,
        events=0,
    )
    assert response.json()["clock"]["mode"] == "real"
    assert workspace.control.get("/quirks").json()["changed"] == {}
    assert toy.get("/parcels/1").headers["X-Sim-Request-Id"] == f"{workspace.name}-000001"


def test_reset_takes_seed_profile_and_clock(workspace: Workspace, toy: httpx2.Client) -> None:
    clock = {"mode": "frozen", "at": "2026-05-01T00:00:00Z"}

    body = {"seed": 7, "profile": "documented", "clock": clock}
    described = workspace.control.post("/reset", json=body).json()

    assert described == IsPartialDict(seed=7, profile="documented")
    assert described["clock"] == {**clock, "speed": 0.0}
    assert toy.get("/parcels/1").status_code == 410


def test_the_same_seed_gives_the_same_bytes(workspace: Workspace) -> None:
    def play(seed: int) -> Any:
        clock = {"mode": "frozen", "at": "2026-05-01T00:00:00Z"}
        workspace.control.post("/reset", json={"seed": seed, "clock": clock})
        workspace.do("toy.add_parcel", owner="ann", copies=3)
        workspace.advance("2h")
        return workspace.control.get("/snapshot").content

    assert play(7) == play(7)
    assert play(7) != play(8)


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"seed": -1}, "body.seed"),
        ({"seed": "7"}, "body.seed"),
        ({"sed": 7}, "body.sed"),
        ({"profile": "real"}, "body.profile"),
        ({"clock": {"mode": "scaled"}}, "body.clock.speed"),
        ({"clock": {"mode": "frozen", "at": "noon"}}, "body.clock.at"),
    ],
)
def test_a_wrong_reset_changes_nothing(
    workspace: Workspace, body: dict[str, Any], path: str
) -> None:
    workspace.do("toy.add_parcel", owner="ann")

    response = workspace.control.post("/reset", json=body)

    assert response.status_code == 422
    assert path in [error["path"] for error in response.json()["errors"]]
    assert workspace.control.get("").json()["records"]["toy.parcels"] == 2


def test_a_fork_and_its_source_do_not_see_each_other(
    workspace: Workspace, sim: httpx2.Client
) -> None:
    workspace.do("toy.add_parcel", owner="ann")
    name = f"{workspace.name}-fork"

    response = workspace.control.post("/fork", json={"name": name})
    fork = Workspace(workspace.base_url, name)

    assert response.status_code == 201
    assert response.headers["Location"] == f"{workspace.base_url}/_sim/workspaces/{name}"
    assert response.json() == IsPartialDict(name=name, jobs=1, journal=0)
    fork.do("toy.add_parcel", owner="bob")
    fork.advance("2h")
    workspace.do("toy.add_parcel", owner="cid")
    assert [p["owner"] for p in fork.records("toy", "parcels")] == ["ann", "bob", "nobody"]
    assert [p["owner"] for p in workspace.records("toy", "parcels")] == ["ann", "cid", "nobody"]
    assert workspace.records("toy", "parcels")[0]["status"] == "waiting"
    fork.close()


def test_a_fork_does_not_replace_unless_asked(
    workspace: Workspace, new_workspace: Callable[[], Workspace]
) -> None:
    other = new_workspace()
    workspace.do("toy.add_parcel", owner="ann")

    refused = workspace.control.post("/fork", json={"name": other.name})
    assert refused.status_code == 409
    assert "overwrite" in refused.json()["detail"]
    assert len(other.records("toy", "parcels")) == 1

    body = {"name": other.name, "overwrite": True}
    assert workspace.control.post("/fork", json=body).status_code == 201
    assert len(other.records("toy", "parcels")) == 2


def test_a_fork_of_its_own_name_is_a_conflict(workspace: Workspace) -> None:
    body = {"name": workspace.name, "overwrite": True}

    assert workspace.control.post("/fork", json=body).status_code == 409


@pytest.mark.parametrize("body", [{}, {"name": "a/b"}, {"name": 5}, {"name": "x", "force": True}])
def test_a_wrong_fork_is_refused(workspace: Workspace, body: dict[str, Any]) -> None:
    assert workspace.control.post("/fork", json=body).status_code == 422


def test_a_workspace_that_is_deleted_under_a_moving_clock_ends_the_move(
    workspace: Workspace, receiver: Receiver
) -> None:
    receiver.hang = True
    workspace.do("toy.subscribe", url=receiver.url)
    workspace.do("toy.add_parcel", owner="ann")
    answers: list[httpx2.Response] = []

    def advance() -> None:
        with httpx2.Client(trust_env=False, verify=False, timeout=30) as client:
            url = f"{workspace.control_url}/clock/advance"
            answers.append(client.post(url, json={"by": "2h"}))

    moving = threading.Thread(target=advance)
    moving.start()
    assert receiver.arrived.wait(10)
    workspace.control.delete("")
    moving.join(10)

    assert answers[0].status_code == 409
    assert "deleted" in answers[0].json()["detail"]


READINGS = [
    ("GET", "", None),
    ("HEAD", "", None),
    ("GET", "/snapshot", None),
    ("GET", "/clock", None),
    ("POST", "/clock/advance", {"by": "1h", "dry_run": True}),
    ("GET", "/journal", None),
    ("GET", "/journal/nobody-000001", None),
    ("DELETE", "/journal", None),
    ("POST", "/verify", {"checks": [{"operation": "toy.get_parcel", "count": 0}]}),
    ("GET", "/records", None),
    ("GET", "/records/toy/parcels", None),
    ("GET", "/quirks", None),
    ("GET", "/scenario", None),
    ("DELETE", "/scenario", None),
    ("GET", "/rules", None),
    ("GET", "/rules/1", None),
    ("DELETE", "/rules", None),
    ("DELETE", "/rules/1", None),
    ("GET", "/webhooks", None),
    ("GET", "/webhooks/1", None),
    ("POST", "/webhooks/1/redeliver", None),
    ("GET", "/inbox", None),
    ("GET", "/events", None),
    ("POST", "/fork", {"name": "nobodys-copy"}),
    ("DELETE", "", None),
]


def _names(sim: httpx2.Client) -> list[str]:
    return [item["name"] for item in sim.get("/workspaces").json()["items"]]


@pytest.mark.parametrize(("method", "path", "body"), READINGS)
@pytest.mark.parametrize("place", ["/workspaces/nobody", "/w/nobody"])
def test_reading_makes_no_workspace(
    workspace: Workspace,
    sim: httpx2.Client,
    method: str,
    path: str,
    body: dict[str, Any] | None,
    place: str,
) -> None:
    base = workspace.base_url
    url = f"{base}/_sim{place}{path}" if place[:3] != "/w/" else f"{base}{place}/_sim{path}"

    response = sim.request(method, url, json=body)

    assert response.status_code == 404
    if method != "HEAD":
        assert response.json()["detail"].startswith('There is no workspace "nobody".')
        assert "default" in response.json()["known"]
    assert {"nobody", "nobodys-copy"}.isdisjoint(_names(sim))


def test_events_of_a_workspace_that_is_not_there_are_no_stream(sim: httpx2.Client) -> None:
    response = sim.get("/workspaces/nobody/events", headers={"Accept": "text/event-stream"})

    assert (response.status_code, response.json()["status"]) == (404, 404)


def test_a_name_that_comes_near_is_told(workspace: Workspace, sim: httpx2.Client) -> None:
    response = sim.get(f"/workspaces/{workspace.name.replace('-', '_')}/journal")

    assert response.status_code == 404
    assert f'Did you mean "{workspace.name}"?' in response.json()["detail"]
    assert response.json()["known"][0] == workspace.name


WRITES = [
    ("PUT", "/clock", {"mode": "frozen"}, {"mode": "frozn"}),
    ("POST", "/clock/advance", {"by": "1h"}, {"by": "soon"}),
    ("POST", "/reset", {"seed": 7}, {"seed": "x"}),
    ("PUT", "/quirks", {"toy.patience": 7}, {"toy.patence": 7}),
    ("POST", "/actions/toy.add_parcel", {"owner": "ann"}, {"ovner": "ann"}),
    ("PUT", "/scenario", {"scenario": "x"}, {"scenari": "x"}),
    (
        "POST",
        "/rules",
        {"when": {"operation": "toy.get_parcel"}, "fault": {"kind": "status", "status": 503}},
        {"when": {"operation": "toy.get_parce"}, "fault": {"kind": "status", "status": 503}},
    ),
]


@pytest.mark.parametrize(("method", "path", "body", "wrong"), WRITES)
def test_a_write_makes_a_workspace_unless_it_is_refused(
    sim: httpx2.Client, method: str, path: str, body: dict[str, Any], wrong: dict[str, Any]
) -> None:
    name = f"written{path.replace('/', '-')}"

    refused = sim.request(method, f"/workspaces/{name}{path}", json=wrong)
    assert refused.status_code == 422
    assert name not in _names(sim)

    accepted = sim.request(method, f"/workspaces/{name}{path}", json=body)
    assert accepted.status_code in (200, 201)
    assert name in _names(sim)
    sim.delete(f"/workspaces/{name}")


def test_there_always_is_a_default_workspace(sim: httpx2.Client) -> None:
    assert sim.delete("/workspaces/default").status_code == 204

    assert "default" in _names(sim)
    assert sim.get("/workspaces/default/clock").status_code == 200
