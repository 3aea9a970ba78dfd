"""Advancing a clock: what happens on the way, until what, and in a dry run."""

from __future__ import annotations

from dirty_equals import IsPartialDict, IsStr

from tests.control.clocks import advance
from tests.support.receiver import Receiver
from tests.support.server import Workspace


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
    response = advance(workspace, to="2026-03-02T11:00:00+01:00")

    assert response.json()["now"] == "2026-03-02T10:00:00Z"


def test_advancing_into_the_past_is_a_conflict(workspace: Workspace) -> None:
    response = advance(workspace, to="2026-03-02T10:00:00+01:00")

    assert response.status_code == 409
    told = response.json()["detail"]
    assert told.startswith(
        "`to` is 2026-03-02T09:00:00+00:00, and the clock shows 2026-03-02T09:15:00+00:00 already"
    )


def test_advancing_stops_at_the_first_matching_event(workspace: Workspace) -> None:
    for after, owner in (("1h", "ann"), ("2h", "bob"), ("3h", "bob")):
        workspace.do("toy.add_parcel", owner=owner, after=after)

    moved = advance(workspace, until={"event": "toy.arrived", "match": {"owner": "bob"}}).json()

    assert moved["now"] == "2026-03-02T11:15:00Z"
    assert moved["event"] == {
        "id": 2,
        "at": "2026-03-02T11:15:00Z",
        "event": "toy.arrived",
        "payload": {"parcel_id": 2, "owner": "bob"},
    }


def test_an_id_in_a_match_may_be_text(workspace: Workspace) -> None:
    workspace.do("toy.add_parcel", owner="ann", copies=2)

    moved = advance(workspace, until={"event": "toy.arrived", "match": {"parcel_id": "2"}}).json()

    assert moved["event"]["payload"]["parcel_id"] == 2


def test_an_event_of_the_past_does_not_count(workspace: Workspace) -> None:
    workspace.do("toy.add_parcel", owner="ann")
    workspace.advance("1h")

    assert advance(workspace, until={"event": "toy.arrived", "within": "1d"}).status_code == 409


def test_an_event_since_the_last_advance_is_the_answer_and_the_clock_stands(
    workspace: Workspace,
) -> None:
    workspace.advance("1h")
    workspace.do("toy.add_parcel", owner="ann", after="0s")

    moved = advance(workspace, until="toy.arrived").json()

    assert (moved["now"], moved["event"]["payload"]["owner"]) == ("2026-03-02T10:15:00Z", "ann")
    assert advance(workspace, until="toy.arrived").status_code == 409


def test_an_advance_until_an_event_leaves_those_behind_it_to_the_next_one(
    workspace: Workspace,
) -> None:
    workspace.do("toy.add_parcel", owner="ann", copies=2, after="1h")

    moved = [advance(workspace, until="toy.arrived").json() for _ in range(2)]

    assert [each["event"]["id"] for each in moved] == [1, 2]
    assert [each["now"] for each in moved] == ["2026-03-02T10:15:00Z"] * 2


def test_neither_a_dry_run_nor_one_that_fails_hides_an_event(workspace: Workspace) -> None:
    workspace.do("toy.add_parcel", owner="ann", after="0s")
    tried = advance(workspace, until="toy.arrived", dry_run=True).json()
    in_vain = advance(workspace, until="toy.lost", within="1d")

    assert (tried["dry_run"], tried["event"]["id"], tried["due"]) == (True, 1, [])
    assert in_vain.json()["seen"] == ["toy.arrived"]
    assert advance(workspace, until="toy.arrived").json()["event"]["id"] == 1


def test_the_name_of_an_event_is_enough_and_more_may_stand_beside_it(workspace: Workspace) -> None:
    for owner in ("ann", "bob"):
        workspace.do("toy.add_parcel", owner=owner, after="1h")

    first = advance(workspace, until="toy.arrived").json()
    late = advance(workspace, until="toy.arrived", match={"owner": "ann"}, within="1h")
    again = advance(workspace, until="toy.arrived", match={"owner": "ann"}, after=0).json()

    assert first["event"] == again["event"] == IsPartialDict(id=1)
    assert late.status_code == 409


def test_an_event_of_the_past_counts_behind_a_number(workspace: Workspace) -> None:
    workspace.do("toy.add_parcel", owner="ann", after="0s")
    workspace.do("toy.add_parcel", owner="bob", after="0s")
    last = workspace.advance("1h")["last_event"]

    found = advance(workspace, until={"event": "toy.arrived", "after": 1}).json()
    nothing = advance(workspace, until={"event": "toy.arrived", "after": last, "within": "1d"})

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

    moved = advance(workspace, until={"event": "toy.arrived", "after": 1}).json()

    assert (moved["event"]["id"], moved["now"]) == (2, "2026-03-02T10:15:00Z")


def test_the_clock_stands_still_when_nothing_comes_and_the_answer_says_what_would(
    workspace: Workspace, receiver: Receiver
) -> None:
    workspace.do("toy.subscribe", url=receiver.url)
    workspace.do("toy.add_parcel", owner="ann")
    before = workspace.control.get("/snapshot").json()

    response = advance(workspace, until={"event": "toy.lost", "within": "2h"})

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

    told = advance(workspace, by="2h", dry_run=True).json()

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

    told = advance(workspace, until=until, dry_run=True).json()
    moved = advance(workspace, until=until).json()

    assert told["event"] == moved["event"]
    assert (told["now"], moved["before"]) == ("2026-03-02T11:15:00Z", "2026-03-02T09:15:00Z")


def test_a_job_that_would_fail_fails_in_a_dry_run_too(workspace: Workspace) -> None:
    workspace.do("toy.add_parcel", owner="ann")
    workspace.do("toy.break", parcel=1)

    until = {"event": "engine.job_failed", "after": 0}
    assert advance(workspace, until=until, dry_run=True).json()["event"] == IsPartialDict(
        event="engine.job_failed", payload=IsPartialDict(job="toy.explode")
    )
