"""Several servers over one store: whichever is asked gives the same answer."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest

from simulator.settings import Settings
from tests.support.receiver import Receiver, receiving
from tests.support.server import START, Workspace, running
from tests.support.shipments import to_locker

SHIPMENTS = "/v1/organizations/1/shipments"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


def create(workspace: Workspace, reference: str = "") -> Any:
    response = workspace.client.post(SHIPMENTS, json=to_locker(reference=reference or None))
    assert response.status_code == 201, response.text
    return response.json()


def listed(workspace: Workspace) -> list[int]:
    items = workspace.client.get(SHIPMENTS).json()["items"]
    return [item["id"] for item in items]


def test_what_one_made_the_other_shows_at_once(replicas: list[Workspace]) -> None:
    left, right = replicas
    for _ in range(3):
        made = create(left)["id"]
        assert right.client.get(f"/v1/shipments/{made}").json()["status"] == "created"
        again = create(right)["id"]
        assert again == made + 1
        assert listed(left) == listed(right)


def test_the_same_request_at_both_is_done_once_each_and_money_adds_up(
    replicas: list[Workspace],
) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda n: create(replicas[n % 2], f"R-{n}")["id"], range(24)))

    assert sorted(made) == list(range(min(made), min(made) + 24))
    for each in replicas:
        assert sorted(listed(each)) == sorted(made)
    replicas[0].advance("10m")
    left, right = ([s["status"] for s in r.records("inpost", "shipments")] for r in replicas)
    assert left == right == ["confirmed"] * 24
    balances = [r.records("inpost", "organizations")[0]["balance"] for r in replicas]
    assert balances[0] == balances[1]


def test_a_body_that_is_too_large_is_told_to_be_when_another_server_was_faster(
    replicas: list[Workspace],
) -> None:
    left, right = replicas
    listed(right)
    create(left)

    refused = right.client.post(SHIPMENTS, content=b" " * 3_000_000)
    assert refused.status_code == 413, refused.text
    told = right.journal()[0]
    assert (told["outcome"], told["status"]) == ("too_large", 413)


def test_the_journal_has_the_exchanges_of_all_with_ids_of_their_own(
    replicas: list[Workspace],
) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: listed(replicas[n % 2]), range(24)))

    left, right = ([entry["id"] for entry in each.journal()] for each in replicas)
    assert left == right
    assert len(set(left)) == 24
    for each in replicas:
        verified = each.control.post(
            "/verify", json={"checks": [{"operation": "inpost.list_shipments", "count": 24}]}
        )
        assert verified.status_code == 200, verified.text
        assert verified.json()["passed"] is True


def test_who_asks_with_the_latest_exchange_misses_none_of_another_replica(
    replicas: list[Workspace],
) -> None:
    left, right = replicas
    for each in (left, right, left, right):  # each numbers its exchanges by itself
        listed(each)
    seen = [entry["id"] for entry in left.journal(order="oldest")]
    assert seen != sorted(seen)
    for each in replicas:
        for place, entry_id in enumerate(seen):
            behind = [entry["id"] for entry in each.journal(since=entry_id, order="oldest")]
            assert behind == seen[place + 1 :]


def test_each_tells_how_many_exchanges_there_were_with_any_of_them(
    replicas: list[Workspace], store: str
) -> None:
    def recorded(workspace: Workspace) -> tuple[int, int]:
        page = workspace.control.get("/journal?limit=1").json()
        return page["kept"], page["recorded"]

    for number in range(5):
        listed(replicas[number % 2])
    assert [recorded(each) for each in replicas] == [(5, 5), (5, 5)]
    replicas[0].control.delete("/journal")
    listed(replicas[1])
    assert [recorded(each) for each in replicas] == [(1, 6), (1, 6)]
    replicas[1].control.delete("/journal")
    with running(Settings(store=store)) as base_url:
        later = Workspace(base_url, "team")
        assert recorded(later) == (0, 6)
        later.close()


def test_one_that_comes_later_counts_exchanges_that_the_bounds_drove_out_and_no_more(
    store: str,
) -> None:
    settings = Settings(store=store, journal_entries=4)
    with running(settings) as base_url:
        first = Workspace(base_url, "team")
        first.control.post(
            "/rules",
            json={
                "when": {"operation": "inpost.list_shipments"},
                "fault": {"kind": "timeout", "by": "10ms"},
                "times": 3,
            },
        )
        for _ in range(3):
            with pytest.raises(httpx2.TransportError):
                first.client.get(SHIPMENTS)
        for _ in range(6):
            listed(first)
        page = first.control.get("/journal?limit=1").json()
        assert (page["kept"], page["recorded"]) == (4, 9)
        with running(settings) as another:
            later = Workspace(another, "team")
            assert later.control.get("/journal?limit=1").json() == page
            later.leave()
        first.leave()


def test_a_cleared_journal_is_cleared_for_all(replicas: list[Workspace]) -> None:
    left, right = replicas
    listed(left)
    assert len(right.journal()) == 1
    left.control.delete("/journal")
    assert (left.journal(), right.journal()) == ([], [])
    listed(right)
    assert len(left.journal()) == len(right.journal()) == 1


def test_a_clock_that_one_moves_is_moved_for_all_and_events_are_the_same(
    replicas: list[Workspace],
) -> None:
    left, right = replicas
    made = create(left)["id"]
    moved = right.control.post("/clock/advance", json={"until": "inpost.shipment_confirmed"})
    assert moved.status_code == 200, moved.text
    assert left.client.get(f"/v1/shipments/{made}").json()["status"] == "confirmed"
    assert left.control.get("/clock").json() == right.control.get("/clock").json()
    told = [each.control.get("/events").json()["items"] for each in replicas]
    assert told[0] == told[1]
    assert "inpost.shipment_confirmed" in [event["event"] for event in told[0]]


def test_a_reset_at_one_is_a_reset_for_all(replicas: list[Workspace]) -> None:
    left, right = replicas
    create(left)
    assert len(listed(right)) == 1
    assert right.control.post("/reset").status_code == 200
    assert (listed(left), listed(right)) == ([], [])
    assert len(left.journal()) == len(right.journal()) == 2


def test_a_rule_that_one_was_given_counts_for_all(replicas: list[Workspace]) -> None:
    left, right = replicas
    rule = {"when": {"operation": "inpost.list_shipments"}, "respond": {"status": 503}, "times": 3}
    assert left.control.post("/rules", json=rule).status_code == 201
    statuses = [replicas[n % 2].client.get(SHIPMENTS).status_code for n in range(5)]
    assert statuses == [503, 503, 503, 200, 200]
    assert right.control.get("/rules").json()["items"][0]["used"] == 3


def test_webhooks_of_both_come_once_and_in_order(
    replicas: list[Workspace], receiver: Receiver
) -> None:
    left, right = replicas
    left.do("inpost.set_webhook", organization=1, url=receiver.url, verify=False)
    made = [create(replicas[n % 2])["id"] for n in range(4)]
    for each in (left, right, left, right):
        each.advance("5m")
    log = right.webhooks()
    assert log == left.webhooks()
    assert {entry["status"] for entry in log if entry["target"]} == {"delivered"}
    assert receiver.posts == [entry["body"] for entry in log if entry["target"]] or made


def test_a_stream_of_one_tells_what_the_other_does(replicas: list[Workspace]) -> None:
    left, right = replicas
    headers = {"Accept": "text/event-stream"}
    with right.control.stream("GET", "/events?limit=1", headers=headers) as response:
        lines = response.iter_lines()
        assert next(lines) == ": events of the workspace"
        create(left)
        # A lone colon keeps the connection open when nothing has come for long.
        heard = itertools.takewhile(lambda line: line != ":", lines)
        told = [line for line in heard if line.startswith("event:")]
    assert told == ["event: inpost.shipment_created"]


def test_who_waits_at_one_has_what_the_other_notified_of(replicas: list[Workspace]) -> None:
    left, right = replicas
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(right.control.get, "/inbox?wait=25s&event=shipment_confirmed")
        create(left)
        left.advance("1h")
        [item] = waiting.result(30).json()["items"]
    assert item["event"] == "shipment_confirmed"


def test_a_server_that_comes_later_finds_everything(store: str) -> None:
    settings = Settings(store=store)
    with running(settings) as base_url:
        first = Workspace(base_url, "team")
        first.freeze(START)
        made = create(first)["id"]
        first.advance("10m")
        kept = [first.journal(), first.control.get("/snapshot").json(), first.webhooks()]
        first.leave()
    with running(settings) as base_url:
        again = Workspace(base_url, "team")
        assert [again.journal(), again.control.get("/snapshot").json(), again.webhooks()] == kept
        assert again.client.get(f"/v1/shipments/{made}").json()["status"] == "confirmed"
        again.close()


def test_what_one_did_last_before_it_ended_the_other_shows(store: str) -> None:
    settings = Settings(store=store)
    with running(settings) as base_url:
        right = Workspace(base_url, "team")
        right.freeze(START)
        with running(settings) as ended:
            left = Workspace(ended, "team")
            first = create(left)["id"]
            assert listed(right) == [first]
            second = create(left)["id"]
            left.leave()
        assert sorted(listed(right)) == [first, second]
        assert len(right.journal()) == 4
        assert len(right.control.get("/events").json()["items"]) == 2
        right.close()
