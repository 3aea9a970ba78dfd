"""A replica of Redis takes the place of its primary while two servers work over it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from simulator.settings import Settings
from tests.support.redis_server import Lossy, RedisServer, replica_of, way_to
from tests.support.server import START, Workspace, running
from tests.support.shipments import to_locker

SHIPMENTS = "/v1/organizations/1/shipments"


class Site(NamedTuple):
    """Two servers that see a workspace through a store of which the address leads to `primary`."""

    primary: RedisServer
    replica: RedisServer
    way: Lossy
    seen: list[Workspace]

    def take_over(self) -> None:
        """Let the replica be the primary, behind the same address."""
        self.replica.promote()
        self.way.lead_to(self.replica.port)


@pytest.fixture
def site(tmp_path: Path, options: str) -> Iterator[Site]:
    with ExitStack() as stack:
        keep = "repl-diskless-sync-delay 0"
        primary = stack.enter_context(RedisServer(tmp_path / "1", keep))
        replica = stack.enter_context(replica_of(primary, tmp_path / "2"))
        way = stack.enter_context(way_to(primary.port))
        store = f"redis://127.0.0.1:{way.port}?{options}"
        settings = Settings(response_validation="fail", store=store)
        urls = [stack.enter_context(running(settings)) for _ in range(2)]
        seen = [Workspace(url, "team") for url in urls]
        seen[0].freeze(START)
        yield Site(primary, replica, way, seen)
        for each in seen:
            each.leave()


def create(workspace: Workspace) -> Any:
    response = workspace.client.post(SHIPMENTS, json=to_locker())
    assert response.status_code == 201, response.text
    return response.json()["id"]


def listed(workspace: Workspace) -> list[int]:
    return [item["id"] for item in workspace.client.get(SHIPMENTS).json()["items"]]


def told(workspace: Workspace) -> tuple[Any, Any]:
    """The ids of its exchanges and its events."""
    ids = [entry["id"] for entry in workspace.journal(limit=1000)]
    return ids, workspace.control.get("/events").json()["items"]


@pytest.mark.parametrize("options", ["timeout=9&replicas=1"])
def test_nothing_that_was_answered_is_lost_where_answers_wait_for_the_replica(site: Site) -> None:
    left, right = site.seen
    made = [create(site.seen[number % 2]) for number in range(6)]
    site.primary.kill()
    site.take_over()
    # The one that took over has no replica to wait for.
    site.way.lead_to(site.replica.port)
    with replica_of(site.replica, site.primary.folder.parent / "3"):
        made += [create(site.seen[number % 2]) for number in range(4)]
        assert made == list(range(made[0], made[0] + 10))
        assert sorted(listed(left)) == sorted(listed(right)) == made
        assert left.advance("10m")["jobs"] > 0
        statuses = {each["status"] for each in right.records("inpost", "shipments")}
        assert statuses == {"confirmed"}
        ids, events = told(left)
        assert (ids, events) == told(right)
        assert len(set(ids)) == len(ids) == 12


@pytest.mark.parametrize("options", ["timeout=9"])
@pytest.mark.parametrize("later", [1, 3, 9])
def test_what_the_replica_had_not_been_sent_is_gone_for_both(site: Site, later: int) -> None:
    left, right = site.seen
    kept = [create(site.seen[number % 2]) for number in range(2)]
    assert listed(left) == listed(right)
    before = told(right)
    site.replica.stop_following(site.primary)
    lost = [create(site.seen[number % 2]) for number in range(3)]
    assert len(listed(left)) == len(listed(right)) == 5
    ids, _ = told(left)
    assert told(left) == told(right)
    gone = set(ids) - set(before[0])
    assert len(gone) == 5
    site.primary.kill()
    site.take_over()

    again = [create(right) for _ in range(later)]
    assert again[0] == lost[0]
    assert sorted(listed(left)) == sorted(listed(right)) == kept + again
    again.append(create(left))
    ids, events = told(left)
    assert (ids, events) == told(right)
    assert len(set(ids)) == len(ids) == len(before[0]) + later + 3
    assert gone.isdisjoint(ids)
    assert events[: len(before[1])] == before[1]
    assert [event["id"] for event in events] == list(range(1, len(events) + 1))
    assert [event["payload"]["shipment_id"] for event in events[len(before[1]) :]] == again


@pytest.mark.parametrize("options", ["timeout=9"])
def test_exchanges_that_were_lost_alone_are_gone_from_both_journals(site: Site) -> None:
    left, right = site.seen
    made = create(left)
    assert listed(right) == [made]
    before, _ = told(left)
    site.replica.stop_following(site.primary)
    for _ in range(3):
        assert listed(left) == listed(right) == [made]
    assert len(told(left)[0]) == len(told(right)[0]) == len(before) + 6
    site.primary.kill()
    site.take_over()

    assert listed(left) == listed(right) == [made]
    ids, events = told(left)
    assert (ids, events) == told(right)
    assert ids[2:] == before
    assert len(ids) == len(set(ids)) == len(before) + 2
    assert len(events) == 1


@pytest.mark.parametrize("options", ["timeout=0.3"])
def test_while_the_address_leads_to_one_that_became_a_replica_the_carrier_says_why(
    site: Site,
) -> None:
    made = create(site.seen[0])
    for each in site.seen:
        assert listed(each) == [made]
    site.replica.stop_following(site.primary)
    site.replica.promote()
    site.primary.follow(site.replica)

    for each in site.seen:
        for refused in (each.client.post(SHIPMENTS, json=to_locker()), each.client.get(SHIPMENTS)):
            assert refused.status_code == 503
            assert "is a replica, which keeps nothing" in refused.json()["message"]
        moved = each.control.post("/clock/advance", json={"by": "1h"})
        assert (moved.status_code, moved.json()["status"]) == (503, 503)

    site.way.lead_to(site.replica.port)
    for each in site.seen:
        assert listed(each) == [made]
    again = [create(each) for each in site.seen]
    assert again == [made + 1, made + 2]
    for each in site.seen:
        assert sorted(listed(each)) == [made, *again]
        assert {each["status"] for each in each.records("inpost", "shipments")} == {"created"}
    assert told(site.seen[0]) == told(site.seen[1])
