"""The clock: reading, setting, advancing by, to and until."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
from dirty_equals import IsPartialDict, IsStr

from tests.support.receiver import Receiver
from tests.support.server import Workspace


def _advance(workspace: Workspace, **body: Any) -> httpx2.Response:
    return workspace.control.post("/clock/advance", json=body)


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


def test_advancing_runs_each_job_at_its_own_instant(workspace: Workspace) -> None:
    for after in ("3h", "1h30m", "1500ms", "2d"):
        workspace.do("toy.add_parcel", owner="ann", after=after)

    moved = workspace.advance("1d")

    assert moved == {
        "before": "2026-03-02T09:15:00Z",
        "now": "2026-03-03T09:15:00Z",
        "jobs": 3,
        "deliveries": 0,
        "event": None,
        "last_event": 3,
    }
    arrivals = [parcel["arrived_at"] for parcel in workspace.records("toy", "parcels")[:4]]
    assert arrivals == [
        "2026-03-02T12:15:00Z",
        "2026-03-02T10:45:00Z",
        "2026-03-02T09:15:01.500000Z",
        None,
    ]
    events = workspace.control.get("/events").json()["items"]
    assert [event["payload"]["parcel_id"] for event in events] == [3, 2, 1]


def test_advancing_to_an_instant(workspace: Workspace) -> None:
    response = _advance(workspace, to="2026-03-02T11:00:00+01:00")

    assert response.json()["now"] == "2026-03-02T10:00:00Z"


def test_advancing_into_the_past_is_a_conflict(workspace: Workspace) -> None:
    response = _advance(workspace, to="2026-03-02T10:00:00+01:00")

    assert response.status_code == 409
    told = response.json()["detail"]
    assert told.startswith(
        "`to` is 2026-03-02T09:00:00+00:00, and the clock shows 2026-03-02T09:15:00+00:00 already"
    )


def test_advancing_stops_at_the_first_matching_event(workspace: Workspace) -> None:
    for after, owner in (("1h", "ann"), ("2h", "bob"), ("3h", "bob")):
        workspace.do("toy.add_parcel", owner=owner, after=after)

    moved = _advance(workspace, until={"event": "toy.arrived", "match": {"owner": "bob"}}).json()

    assert moved["now"] == "2026-03-02T11:15:00Z"
    assert moved["event"] == {
        "id": 2,
        "at": "2026-03-02T11:15:00Z",
        "event": "toy.arrived",
        "payload": {"parcel_id": 2, "owner": "bob"},
    }


def test_an_id_in_a_match_may_be_text(workspace: Workspace) -> None:
    workspace.do("toy.add_parcel", owner="ann", copies=2)

    moved = _advance(workspace, until={"event": "toy.arrived", "match": {"parcel_id": "2"}}).json()

    assert moved["event"]["payload"]["parcel_id"] == 2


def test_an_event_of_the_past_does_not_count(workspace: Workspace) -> None:
    workspace.do("toy.add_parcel", owner="ann")
    workspace.advance("1h")

    assert _advance(workspace, until={"event": "toy.arrived", "within": "1d"}).status_code == 409


def test_an_event_since_the_last_advance_is_the_answer_and_the_clock_stands(
    workspace: Workspace,
) -> None:
    workspace.advance("1h")
    workspace.do("toy.add_parcel", owner="ann", after="0s")

    moved = _advance(workspace, until="toy.arrived").json()

    assert (moved["now"], moved["event"]["payload"]["owner"]) == ("2026-03-02T10:15:00Z", "ann")
    assert _advance(workspace, until="toy.arrived").status_code == 409


def test_an_advance_until_an_event_leaves_those_behind_it_to_the_next_one(
    workspace: Workspace,
) -> None:
    workspace.do("toy.add_parcel", owner="ann", copies=2, after="1h")

    moved = [_advance(workspace, until="toy.arrived").json() for _ in range(2)]

    assert [each["event"]["id"] for each in moved] == [1, 2]
    assert [each["now"] for each in moved] == ["2026-03-02T10:15:00Z"] * 2


def test_neither_a_dry_run_nor_one_that_fails_hides_an_event(workspace: Workspace) -> None:
    workspace.do("toy.add_parcel", owner="ann", after="0s")
    tried = _advance(workspace, until="toy.arrived", dry_run=True).json()
    in_vain = _advance(workspace, until="toy.lost", within="1d")

    assert (tried["dry_run"], tried["event"]["id"], tried["due"]) == (True, 1, [])
    assert in_vain.json()["seen"] == ["toy.arrived"]
    assert _advance(workspace, until="toy.arrived").json()["event"]["id"] == 1


def test_the_name_of_an_event_is_enough_and_more_may_stand_beside_it(workspace: Workspace) -> None:
    for owner in ("ann", "bob"):
        workspace.do("toy.add_parcel", owner=owner, after="1h")

    first = _advance(workspace, until="toy.arrived").json()
    late = _advance(workspace, until="toy.arrived", match={"owner": "ann"}, within="1h")
    again = _advance(workspace, until="toy.arrived", match={"owner": "ann"}, after=0).json()

    assert first["event"] == again["event"] == IsPartialDict(id=1)
    assert late.status_code == 409


def test_an_event_of_the_past_counts_behind_a_number(workspace: Workspace) -> None:
    workspace.do("toy.add_parcel", owner="ann", after="0s")
    workspace.do("toy.add_parcel", owner="bob", after="0s")
    last = workspace.advance("1h")["last_event"]

    found = _advance(workspace, until={"event": "toy.arrived", "after": 1}).json()
    nothing = _advance(workspace, until={"event": "toy.arrived", "after": last, "within": "1d"})

    assert found == {
        "before": "2026-03-02T10:15:00Z",
        "now": "2026-03-02T10:15:00Z",
        "jobs": 0,
        "deliveries": 0,
        "event": {
            "id": 2,
            "at": "2026-03-02T09:15:00Z",
            "event": "toy.arrived",
            "payload": {"parcel_id": 2, "owner": "bob"},
        },
        "last_event": 2,
    }
    assert nothing.status_code == 409


def test_behind_a_number_an_event_that_is_still_to_come_is_waited_for(workspace: Workspace) -> None:
    workspace.do("toy.add_parcel", owner="ann", after="0s")
    workspace.do("toy.add_parcel", owner="bob", after="1h")

    moved = _advance(workspace, until={"event": "toy.arrived", "after": 1}).json()

    assert (moved["event"]["id"], moved["now"]) == (2, "2026-03-02T10:15:00Z")


def test_the_clock_stands_still_when_nothing_comes_and_the_answer_says_what_would(
    workspace: Workspace, receiver: Receiver
) -> None:
    workspace.do("toy.subscribe", url=receiver.url)
    workspace.do("toy.add_parcel", owner="ann")
    before = workspace.control.get("/snapshot").json()

    response = _advance(workspace, until={"event": "toy.lost", "within": "2h"})

    assert response.status_code == 409
    assert response.json() == IsPartialDict(
        now="2026-03-02T09:15:00Z",
        jobs=1,
        seen=["toy.arrived"],
        detail=IsStr(regex="toy.lost does not happen within 2h.*would happen: toy.arrived."),
    )
    assert workspace.control.get("/snapshot").json() == before
    assert workspace.control.get("/events").json() == {"items": []}
    assert receiver.posts == []


def test_a_dry_run_tells_what_would_happen_and_does_nothing(
    workspace: Workspace, receiver: Receiver
) -> None:
    workspace.do("toy.subscribe", url=receiver.url)
    workspace.do("toy.add_parcel", owner="ann", after="1h")
    workspace.do("toy.add_parcel", owner="bob", after="3h")
    before = workspace.control.get("/snapshot").json()

    told = _advance(workspace, by="2h", dry_run=True).json()

    assert told == {
        "dry_run": True,
        "before": "2026-03-02T09:15:00Z",
        "now": "2026-03-02T11:15:00Z",
        "jobs": 1,
        "deliveries": 1,
        "event": None,
        "due": [
            {"at": "2026-03-02T10:15:00Z", "job": "toy.arrive", "arguments": {"parcel_id": 1}},
            {"at": "2026-03-02T10:15:00Z", "job": "engine.deliver", "arguments": {"webhook": 1}},
        ],
        "events": [
            {
                "id": 1,
                "at": "2026-03-02T10:15:00Z",
                "event": "toy.arrived",
                "payload": {"parcel_id": 1, "owner": "ann"},
            }
        ],
        "webhooks": [{"id": 1, "carrier": "toy", "event": "arrived", "target": receiver.url}],
    }
    assert workspace.control.get("/snapshot").json() == before
    assert receiver.posts == []
    moved = workspace.advance("2h")
    assert (moved["jobs"], moved["deliveries"], moved["last_event"]) == (1, 1, 1)


def test_a_dry_run_until_an_event_tells_when_it_comes(workspace: Workspace) -> None:
    for after in ("1h", "2h"):
        workspace.do("toy.add_parcel", owner=after, after=after)
    until = {"event": "toy.arrived", "match": {"owner": "2h"}}

    told = _advance(workspace, until=until, dry_run=True).json()
    moved = _advance(workspace, until=until).json()

    assert told["event"] == moved["event"]
    assert (told["now"], moved["before"]) == ("2026-03-02T11:15:00Z", "2026-03-02T09:15:00Z")


def test_a_job_that_would_fail_fails_in_a_dry_run_too(workspace: Workspace) -> None:
    workspace.do("toy.add_parcel", owner="ann")
    workspace.do("toy.break", parcel=1)

    until = {"event": "engine.job_failed", "after": 0}
    assert _advance(workspace, until=until, dry_run=True).json()["event"] == IsPartialDict(
        event="engine.job_failed", payload=IsPartialDict(job="toy.explode")
    )


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
    response = _advance(workspace, until=until)

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
    response = _advance(workspace, **body)

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
    response = _advance(workspace, **body)

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
    errors = _advance(workspace, **body).json()["errors"]

    assert len(errors) == 1
    assert message in errors[0]["message"]
    assert "^" not in errors[0]["message"]


def test_the_clock_does_not_leave_its_years(workspace: Workspace) -> None:
    workspace.freeze("2199-12-31T00:00:00Z")

    response = _advance(workspace, by="2d")

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
