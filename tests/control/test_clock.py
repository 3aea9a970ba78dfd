"""The clock: reading, setting, advancing by, to and until."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
from dirty_equals import IsPartialDict, IsStr

from tests.control.clocks import advance
from tests.support.receiver import Receiver
from tests.support.server import Workspace


def test_a_frozen_clock_stands_where_it_was_put(workspace: Workspace) -> None:
    response = workspace.control.get("/clock")

    assert response.json() == {"mode": "frozen", "at": "2026-03-02T09:15:00Z", "speed": 0.0}


def test_a_clock_without_an_instant_goes_on_from_the_present_one(workspace: Workspace) -> None:
    scaled = workspace.control.put("/clock", json={"mode": "scaled", "speed": 0.001}).json()
    frozen = workspace.control.put("/clock", json={"mode": "frozen"}).json()

    assert scaled == {"mode": "scaled", "at": IsStr(regex="2026-03-02T09:15:00.*"), "speed": 0.001}
    assert frozen["at"].startswith("2026-03-02T09:15:0")


def test_offset_and_real_clocks_run(workspace: Workspace) -> None:
    offset = workspace.control.put("/clock", json={"mode": "offset", "at": "2030-01-01T00:00:00Z"})
    assert offset.json() == IsPartialDict(
        mode="offset", speed=1.0, at=IsStr(regex="2030-01-01T00:00:0.*")
    )

    real = workspace.control.put("/clock", json={"mode": "real"}).json()
    assert (real["mode"], real["speed"]) == ("real", 1.0)


@pytest.mark.parametrize(
    ("body", "path", "message"),
    [
        ({"mode": "frozn"}, "body.mode", '.*"frozn" is not one of.*'),
        ({"mode": "frozen", "att": "x"}, "body.att", '.*did you mean "at".*'),
        ({"mode": "frozen", "speed": 2}, "body.speed", "belongs to a scaled clock.*"),
        ({"mode": "scaled"}, "body.speed", "is required by a scaled clock"),
        ({"mode": "scaled", "speed": 0}, "body.speed", ".*0.001.*"),
        ({"mode": "real", "at": "2026-03-02T09:15:00Z"}, "body.at", '.*use "offset".*'),
        ({"mode": "frozen", "at": "2026-02-30T09:15:00Z"}, "body.at", ".*"),
        ({"mode": "frozen", "at": "2026-03-02T09:15:00"}, "body.at", ".*"),
        ({"at": "2026-03-02T09:15:00Z"}, "body.mode", "is required"),
    ],
)
def test_a_clock_that_cannot_be_is_refused(
    workspace: Workspace, body: dict[str, Any], path: str, message: str
) -> None:
    response = workspace.control.put("/clock", json=body)

    assert response.status_code == 422
    assert {"path": path, "message": IsStr(regex=message)} in response.json()["errors"]
    assert workspace.control.get("/clock").json()["at"] == "2026-03-02T09:15:00Z"


def test_setting_the_clock_ahead_runs_what_is_due_first(
    workspace: Workspace, receiver: Receiver
) -> None:
    workspace.do("toy.subscribe", url=receiver.url)
    workspace.do("toy.add_parcel", owner="ann", after="1h")

    workspace.freeze("2026-03-02T12:00:00+01:00")

    assert receiver.posts == ['{"parcel":1}']
    assert workspace.records("toy", "parcels")[0]["arrived_at"] == "2026-03-02T10:15:00Z"


def test_turning_the_clock_back_undoes_nothing(workspace: Workspace) -> None:
    workspace.do("toy.add_parcel", owner="ann", after="1h")
    workspace.advance("2h")

    workspace.freeze("2026-03-01T00:00:00Z")

    assert workspace.records("toy", "parcels")[0]["status"] == "arrived"


@pytest.mark.parametrize(
    ("until", "path", "message"),
    [
        ({"event": "toy.arived"}, "event", '.*is not an event; .*Did you mean "toy.arrived"?.*'),
        ({"event": "toy.arrived", "match": {"ovner": "x"}}, "match.ovner", '.*mean "owner"?.*'),
        ({"event": "toy.arrived", "after": 1}, "after", ".*the last one is 0"),
        ({"event": "toy.arrived", "within": "soon"}, "within", ".*is not a duration.*"),
    ],
)
def test_waiting_for_what_can_never_come_is_refused_in_an_object(
    workspace: Workspace, until: dict[str, Any], path: str, message: str
) -> None:
    response = advance(workspace, until=until)

    assert response.status_code == 422
    assert response.json()["errors"] == [
        {"path": f"body.until.{path}", "message": IsStr(regex=message)}
    ]


@pytest.mark.parametrize(
    ("body", "path", "message"),
    [
        (
            {"until": "toy.arived"},
            "until",
            '.*is not an event; GET /_sim/events lists them. Did you mean "toy.arrived"?.*',
        ),
        ({"until": "toy.arrived", "match": {"ovner": "x"}}, "match.ovner", '.*mean "owner"?.*'),
        ({"until": "toy.arrived", "after": 1}, "after", ".*the last one is 0"),
        ({"until": "toy.arrived", "within": "soon"}, "within", ".*is not a duration.*"),
        ({"until": {"event": "toy.arrived", "after": 0}, "after": 0}, "after", ".*within until.*"),
        ({"by": "1h", "within": "2h"}, "within", 'belongs to "until"'),
        ({"until": 5}, "until", "has to be .*text.*object.*"),
        ({"until": {"event": "toy.arrived", "mach": {}}}, "until.mach", '.*mean "match"?.*'),
    ],
)
def test_waiting_for_what_can_never_come_is_refused(
    workspace: Workspace, body: dict[str, Any], path: str, message: str
) -> None:
    response = advance(workspace, **body)

    assert response.status_code == 422
    assert response.json()["errors"] == [{"path": f"body.{path}", "message": IsStr(regex=message)}]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"by": "1h", "to": "2026-03-03T00:00:00Z"},
        {"by": "soon"},
        {"by": "9999999w"},
        {"by": 5},
        {"to": "tomorrow"},
        {"until": {}},
        {"until": {"event": "x", "within": "never"}},
        {"until": {"event": "x", "within": "99999999w"}},
        {"until": {"event": "x", "mach": {}}},
    ],
)
def test_an_advance_that_cannot_be_is_refused(workspace: Workspace, body: dict[str, Any]) -> None:
    response = advance(workspace, **body)

    assert response.status_code == 422
    assert response.json()["errors"]
    assert workspace.control.get("/clock").json()["at"] == "2026-03-02T09:15:00Z"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"by": "-2h"}, '"90s", "2h" or "1d12h"'),
        ({"to": "1900-01-01T00:00:00Z"}, '"2026-03-02T10:15:00+01:00"'),
    ],
)
def test_a_time_that_cannot_be_read_is_answered_with_one_that_can(
    workspace: Workspace, body: dict[str, Any], message: str
) -> None:
    errors = advance(workspace, **body).json()["errors"]

    assert len(errors) == 1
    assert message in errors[0]["message"]
    assert "^" not in errors[0]["message"]


def test_the_clock_does_not_leave_its_years(workspace: Workspace) -> None:
    workspace.freeze("2199-12-31T00:00:00Z")

    response = advance(workspace, by="2d")

    assert response.status_code == 409
    assert "2199" in response.json()["detail"]


def test_webhooks_have_been_tried_before_the_answer(
    workspace: Workspace, receiver: Receiver
) -> None:
    workspace.do("toy.subscribe", url=receiver.url)
    workspace.do("toy.add_parcel", owner="ann", copies=3)

    moved = workspace.advance("1h")

    assert (moved["jobs"], moved["deliveries"]) == (3, 3)
    assert receiver.posts == ['{"parcel":1}', '{"parcel":2}', '{"parcel":3}']


def test_an_advancing_workspace_delays_no_other(
    workspace: Workspace, new_workspace: Any, receiver: Receiver
) -> None:
    receiver.hang = True
    workspace.do("toy.subscribe", url=receiver.url)
    workspace.do("toy.add_parcel", owner="ann", copies=5)

    moved = workspace.advance("1h")
    new_workspace().advance("1h")

    assert moved["deliveries"] == 5
    first, *others = workspace.webhooks()
    assert first["attempts"][0]["error"] == "no answer within 0.5 s"
    assert [(each["status"], each["attempts"]) for each in others] == [("pending", [])] * 4


def test_a_prefix_means_the_same(workspace: Workspace) -> None:
    url = f"{workspace.base_url}/w/{workspace.name}/_sim"

    with httpx2.Client(base_url=url, trust_env=False, verify=False) as client:
        assert client.get("/clock").json() == workspace.control.get("/clock").json()
        assert client.get("/quirks").json() == workspace.control.get("/quirks").json()
        assert client.get("/health").json()["status"] == "ok"
        assert "items" in client.get("/actions").json()
        assert client.get("").json()["name"] == workspace.name
