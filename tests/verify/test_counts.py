"""How often something was asked for."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.settings import Settings
from tests.inpost.shipx import locker, post
from tests.myparcel.client import Shop
from tests.myparcel.parcels import package
from tests.postplus.client import Client
from tests.support.server import START, Workspace, running
from tests.verify.judged import verdict, verify

CREATE = "inpost.create_shipment"


@pytest.fixture
def asked(workspace: Workspace) -> Workspace:
    """Two creations, a reading two seconds later, and one of a shipment that there is not."""
    post(workspace, locker(reference="A-1"))
    post(workspace, locker(reference="A-2"))
    workspace.advance("2s")
    workspace.client.get("/v1/shipments/15000001")
    workspace.client.get("/v1/shipments/1")
    return workspace


@pytest.mark.parametrize(
    ("check", "expected"),
    [
        ({"operation": CREATE}, "2 times: sim-000001, sim-000002."),
        ({"operation": CREATE, "count": 2}, "2 times: sim-000001, sim-000002."),
        ({"operation": CREATE, "at_least": 2}, "2 times: sim-000001, sim-000002."),
        ({"operation": CREATE, "at_most": 2}, "2 times: sim-000001, sim-000002."),
        (
            {"operation": CREATE, "at_least": 1, "at_most": 3},
            "2 times: sim-000001, sim-000002.",
        ),
        ({"operation": "inpost.get_label", "never": True}, "0 times."),
        ({"operation": "inpost.get_label", "count": 0}, "0 times."),
    ],
    ids=str,
)
def test_passes_when_there_are_as_many(
    asked: Workspace, check: dict[str, Any], expected: str
) -> None:
    passed, _, message = verdict(asked, **check)
    assert (passed, message) == (True, f"{check['operation']} was asked for {expected}")


@pytest.mark.parametrize(
    ("numbers", "instead"),
    [
        ({"count": 1}, "not 1: sim-000001, sim-000002."),
        ({"at_most": 1}, "not at most 1: sim-000001, sim-000002."),
        ({"never": True}, "and never should be: sim-000001, sim-000002."),
        (
            {"at_least": 3},
            "not at least 3: sim-000001, sim-000002; nearest is sim-000004, "
            "where operation is inpost.get_shipment, not inpost.create_shipment.",
        ),
        (
            {"at_least": 3, "at_most": 5},
            "not 3 to 5: sim-000001, sim-000002; nearest is sim-000004, "
            "where operation is inpost.get_shipment, not inpost.create_shipment.",
        ),
    ],
    ids=str,
)
def test_fails_when_there_are_not(asked: Workspace, numbers: dict[str, Any], instead: str) -> None:
    passed, found, message = verdict(asked, operation=CREATE, **numbers)
    assert (passed, found) == (False, 2)
    assert message == f"inpost.create_shipment was asked for 2 times, {instead}"


@pytest.mark.parametrize(
    ("check", "found"),
    [
        ({"carrier": "inpost"}, 4),
        ({"method": "get"}, 2),
        ({"operation": "inpost.get_shipment", "path": {"shipment_id": "15000001"}}, 1),
        ({"operation": CREATE, "body": {"reference": {"$regex": "^A-"}}}, 2),
        ({"operation": CREATE, "body": {"reference": "A-2"}}, 1),
        ({"headers": {"User-Agent": {"$contains": "httpx"}}}, 4),
        ({"query": {"page": {"$absent": True}}}, 4),
        ({"caller": "sim-inpost-prepaid"}, 4),
        ({"caller": "sim-inpost-broke"}, 0),
        ({"answered": 404}, 1),
        ({"answered": {"$oneof": [201, 200]}}, 3),
        ({"between": [START, "2026-03-02T10:15:02+01:00"]}, 2),
        ({}, 4),
    ],
    ids=str,
)
def test_which_requests_are_counted(asked: Workspace, check: dict[str, Any], found: int) -> None:
    assert verdict(asked, **check)[:2] == (found > 0, found)


def test_the_message_says_what_was_looked_for(asked: Workspace) -> None:
    check = {"carrier": "inpost", "method": "POST", "body": {"reference": "A-2"}, "answered": 201}
    assert verdict(asked, **check) == (
        True,
        1,
        "Anything of inpost by POST with this body answered with 201 was asked for 1 time: "
        "sim-000002.",
    )


def test_a_failure_shows_the_nearest_exchanges_field_by_field(asked: Workspace) -> None:
    check = {
        "name": "the second parcel",
        "operation": CREATE,
        "body": {"reference": "A-3", "comments": "fragile", "service": {"$type": "string"}},
    }
    [told] = verify(asked, check)["checks"]
    assert {name: told[name] for name in ("name", "passed", "found", "message")} == {
        "name": "the second parcel",
        "passed": False,
        "found": 0,
        "message": "inpost.create_shipment with this body was asked for 0 times, not at least 1; "
        'nearest is sim-000002, where body.reference is "A-2", not "A-3" and 1 other difference.',
    }
    assert [near["id"] for near in told["nearest"]] == [
        *("sim-000002", "sim-000001", "sim-000004", "sim-000003"),
    ]
    assert told["nearest"][0] == {
        "id": "sim-000002",
        "at": "2026-03-02T09:15:00Z",
        "method": "POST",
        "path": "/v1/organizations/1/shipments",
        "operation": CREATE,
        "status": 201,
        "differences": [
            {"place": "/body/reference", "wanted": '"A-3"', "found": '"A-2"'},
            {"place": "/body/comments", "wanted": '"fragile"', "found": "nothing"},
        ],
    }


def test_of_many_only_some_are_listed(workspace: Workspace) -> None:
    for _ in range(12):
        workspace.client.get("/v1/organizations/1")
    [told] = verify(workspace, {"operation": "inpost.get_organization", "never": True})["checks"]
    listed = ", ".join(f"sim-{number:06d}" for number in range(1, 11))
    assert told["message"] == (
        f"inpost.get_organization was asked for 12 times, and never should be: {listed} and 2 more."
    )
    assert len(told["nearest"]) == 5


def test_each_carriers_requests_are_read_as_rules_read_them(workspace: Workspace) -> None:
    shop, client = Shop(workspace), Client(workspace)
    [number] = shop.create(package())
    shop.client.get(f"/shipments/{number}/", params={"size": "3"})
    client.put_parcel()
    client.get("/Parcels/Sender-Parcel-Nrs/ORD-20250-1")
    checks: list[dict[str, Any]] = [
        {
            "operation": "myparcel.create_shipments",
            "body": {"data": {"shipments": [{"recipient": {"cc": "NL"}}]}},
            "caller": "sim-myparcel-postpaid",
        },
        {
            "operation": "myparcel.get_shipments",
            "path": {"ids": str(number)},
            "query": {"size": "3"},
        },
        {
            "operation": "postplus.get_parcel_by_sender_parcel_nr",
            "path": {"sender_parcel_nr": "ORD-20250-1"},
            "caller": "apitest1234567890",
        },
    ]
    answer = verify(workspace, *checks)
    assert [each["message"] for each in answer["checks"] if not each["passed"]] == []
    shop.close()
    client.close()


def test_what_the_journal_has_let_go_of_is_told() -> None:
    with running(Settings(response_validation="fail", journal_entries=3)) as base_url:
        workspace = Workspace(base_url, "small")
        for _ in range(5):
            workspace.client.get("/v1/organizations/1")
        checks: list[dict[str, Any]] = [
            {"operation": CREATE, "never": True},
            {"operation": "inpost.get_organization", "at_least": 3},
            {"operation": "inpost.get_organization", "count": 5},
            {"operation": "inpost.get_organization", "at_most": 1},
        ]
        answer = verify(workspace, *checks)
        workspace.control.delete("/journal")
        cleared = verify(workspace, checks[0])
        workspace.close()
    kept = "small-000003, small-000004, small-000005".replace("small-", "sim-")
    gone = "the journal has let go of 2 older exchanges, and what they were is not known"
    assert answer["forgotten"] == 2
    assert [each["message"] for each in answer["checks"]] == [
        f"inpost.create_shipment was asked for 0 times; {gone}.",
        f"inpost.get_organization was asked for 3 times: {kept}.",
        f"inpost.get_organization was asked for 3 times, not 5: {kept}; {gone}.",
        f"inpost.get_organization was asked for 3 times, not at most 1: {kept}.",
    ]
    assert cleared["forgotten"] == 0
    assert cleared["checks"][0]["message"] == "inpost.create_shipment was asked for 0 times."
