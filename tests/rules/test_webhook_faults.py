"""Webhooks that come twice, late, in another order, or never; as a real receiver hears them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from dirty_equals import IsPartialDict

from tests.inpost.shipx import Json, bought, create, locker, offer_mode
from tests.myparcel.client import Shop
from tests.myparcel.parcels import package
from tests.myparcel.tracked import subscribed
from tests.rules.making import assert_refused, rule, used
from tests.support.receiver import Receiver, receiving
from tests.support.server import Workspace

PREPARED, CONFIRMED = "offers_prepared", "shipment_confirmed"


@pytest.fixture
def receiver(workspace: Workspace) -> Iterator[Receiver]:
    """Somebody who is told what happens to the shipments of organization 1."""
    with receiving() as receiver:
        workspace.do("inpost.set_webhook", organization=1, url=f"{receiver.url}/hook")
        yield receiver


def fault(workspace: Workspace, kind: str, when: Json | None = None, **more: Any) -> int:
    times = {"times": more.pop("times")} if "times" in more else {}
    return rule(workspace, when=when or {}, fault={"kind": kind, **more}, **times)


def heard(receiver: Receiver) -> list[str]:
    return [json.loads(body)["event"] for body in receiver.posts]


def inbox(workspace: Workspace, after: int = 0) -> list[str]:
    told = workspace.control.get("/inbox", params={"after": after}).json()
    return [each["event"] for each in told["items"]]


def notes(workspace: Workspace) -> list[tuple[str, str, str | None]]:
    return [(each["event"], each["status"], each["note"]) for each in workspace.webhooks()]


def test_the_same_delivery_comes_twice(workspace: Workspace, receiver: Receiver) -> None:
    number = fault(workspace, "duplicate_webhook", {"event": CONFIRMED})
    bought(workspace)
    assert heard(receiver) == [PREPARED, CONFIRMED, CONFIRMED]
    assert receiver.posts[1] == receiver.posts[2]
    assert notes(workspace) == [
        (PREPARED, "delivered", None),
        (CONFIRMED, "delivered", f"sent 2 times by rule {number}"),
        (CONFIRMED, "delivered", f"a copy of 2, sent by rule {number}"),
    ]
    assert inbox(workspace) == [PREPARED, CONFIRMED, CONFIRMED]
    assert used(workspace, number) == (1, 1, False)


def test_copies_come_one_after_the_other(workspace: Workspace, receiver: Receiver) -> None:
    fault(workspace, "duplicate_webhook", {"event": CONFIRMED}, copies=3, by="10m")
    bought(workspace)
    assert heard(receiver) == [PREPARED, CONFIRMED]
    workspace.advance("10m")
    assert heard(receiver) == [PREPARED, CONFIRMED, CONFIRMED]
    workspace.advance("10m")
    assert heard(receiver) == [PREPARED, CONFIRMED, CONFIRMED, CONFIRMED]
    assert [each["status"] for each in workspace.webhooks()] == ["delivered"] * 4


def test_a_duplicate_has_the_same_id_where_the_carrier_gives_one(workspace: Workspace) -> None:
    shop = Shop(workspace)
    with receiving() as receiver:
        subscribed(shop, f"{receiver.url}/hook")
        fault(workspace, "duplicate_webhook", {"carrier": "myparcel"})
        [shipment] = shop.create(package())
        workspace.do("myparcel.move", shipment=shipment, to=2)
        posts = [each for each in receiver.received if each.method == "POST"]
    first, second = (each.headers["x-myparcel-hookid"] for each in posts)
    assert first == second
    assert posts[0].body == posts[1].body
    shop.close()


def test_one_never_leaves(workspace: Workspace, receiver: Receiver) -> None:
    number = rule(
        workspace,
        name="lost news",
        when={"carrier": "inpost", "event": {"$regex": "^offers"}},
        fault={"kind": "drop_webhook"},
    )
    bought(workspace)
    workspace.advance("1d")
    assert heard(receiver) == [CONFIRMED]
    assert notes(workspace) == [
        (PREPARED, "dropped", f"dropped by rule {number} (lost news)"),
        (CONFIRMED, "delivered", None),
    ]
    assert inbox(workspace) == [CONFIRMED]
    [dropped] = workspace.control.get("/webhooks", params={"status": "dropped"}).json()["items"]
    assert dropped == IsPartialDict(rule=number, attempts=[], next_attempt_at=None)


def test_a_dropped_one_can_be_sent_by_hand(workspace: Workspace, receiver: Receiver) -> None:
    fault(workspace, "drop_webhook", {"event": PREPARED})
    bought(workspace)
    sent = workspace.control.post("/webhooks/1/redeliver").json()
    assert (sent["status"], heard(receiver)) == ("delivered", [CONFIRMED, PREPARED])
    assert inbox(workspace) == [CONFIRMED, PREPARED]


def test_one_is_late(workspace: Workspace, receiver: Receiver) -> None:
    number = fault(workspace, "delay_webhook", {"event": PREPARED}, by="5m")
    bought(workspace)
    assert heard(receiver) == [CONFIRMED]
    [late, _] = workspace.webhooks()
    assert late == IsPartialDict(
        status="waiting", note=f"delayed by rule {number}", attempts=[], rule=number
    )
    assert late["next_attempt_at"].startswith("2026-03-02T09:20:00.")
    workspace.advance("5m")
    assert heard(receiver) == [CONFIRMED, PREPARED]
    [late, _] = workspace.webhooks()
    assert late == IsPartialDict(status="delivered", next_attempt_at=None)


def test_who_fetches_gets_a_late_one_when_it_leaves(workspace: Workspace) -> None:
    fault(workspace, "delay_webhook", {"event": PREPARED}, by="5m")
    bought(workspace)
    told = workspace.control.get("/inbox").json()
    assert [each["event"] for each in told["items"]] == [CONFIRMED]
    workspace.advance("5m")
    assert inbox(workspace, after=told["next"]) == [PREPARED]
    assert [each["status"] for each in workspace.webhooks()] == ["not_subscribed"] * 2


def test_two_change_places(workspace: Workspace, receiver: Receiver) -> None:
    number = fault(workspace, "reorder_webhooks")
    bought(workspace)
    assert heard(receiver) == [CONFIRMED, PREPARED]
    assert notes(workspace) == [
        (PREPARED, "delivered", f"sent behind the next one by rule {number}"),
        (CONFIRMED, "delivered", None),
    ]
    assert inbox(workspace) == [CONFIRMED, PREPARED]
    assert workspace.advance("1h")["deliveries"] == 0
    assert used(workspace, number) == (1, 1, False)


def test_without_a_next_one_it_leaves_after_a_minute(
    workspace: Workspace, receiver: Receiver
) -> None:
    fault(workspace, "reorder_webhooks")
    create(workspace, offer_mode())
    workspace.advance("59s")
    assert heard(receiver) == []
    workspace.advance("2s")
    assert heard(receiver) == [PREPARED]


def test_the_patience_can_be_chosen(workspace: Workspace, receiver: Receiver) -> None:
    fault(workspace, "reorder_webhooks", by="1h")
    create(workspace, offer_mode())
    workspace.advance("59m")
    assert heard(receiver) == []
    workspace.advance("2m")
    assert heard(receiver) == [PREPARED]


def test_others_targets_do_not_count_as_the_next(workspace: Workspace, receiver: Receiver) -> None:
    with receiving() as other:
        workspace.do("inpost.set_webhook", organization=2, url=f"{other.url}/hook")
        fault(workspace, "reorder_webhooks", {"body": {"organization_id": 1}})
        create(workspace, offer_mode())
        workspace.advance("1s")
        create(workspace, offer_mode(), "sim-inpost-postpaid")
        workspace.advance("1s")
        assert (heard(receiver), heard(other)) == ([], [PREPARED])


def test_a_target_that_fails_gets_its_retries_all_the_same(
    workspace: Workspace, receiver: Receiver
) -> None:
    workspace.quirk("inpost.webhook_retries", 2)
    fault(workspace, "delay_webhook", {"event": PREPARED}, by="5m")
    create(workspace, offer_mode())
    receiver.status = 500
    workspace.advance("5m1s")
    receiver.status = 200
    workspace.advance("1h")
    [late] = workspace.webhooks()
    assert [each["status"] for each in late["attempts"]] == [500, 200]
    assert late["status"] == "delivered"


@pytest.mark.parametrize(
    ("when", "dropped"),
    [
        ({"body": {"payload": {"status": "delivered"}}}, ["delivered"]),
        ({"event": "shipment_status_changed", "nth": 1}, ["dispatched_by_sender"]),
        ({"resource": {"reference": "ORDER-1001", "status": "delivered"}}, ["delivered"]),
        ({"resource": {"reference": "other"}}, []),
        ({"carrier": "myparcel"}, []),
        ({"event": "shipment_status_changed", "probability": 0}, []),
    ],
    ids=lambda value: str(value)[:50],
)
def test_which_webhooks_a_rule_takes(workspace: Workspace, when: Json, dropped: list[str]) -> None:
    shipment = bought(workspace)
    fault(workspace, "drop_webhook", when)
    workspace.do("inpost.start_journey", shipment=shipment["id"], journey="locker_delivered")
    workspace.advance("10d")
    gone = [each for each in workspace.webhooks() if each["status"] == "dropped"]
    assert [each["body"]["payload"]["status"] for each in gone] == dropped


def test_so_many_and_no_more(workspace: Workspace, receiver: Receiver) -> None:
    number = fault(workspace, "drop_webhook", times=1)
    bought(workspace)
    assert heard(receiver) == [CONFIRMED]
    assert used(workspace, number) == (1, 1, True)


def test_a_rule_on_webhooks_counts_no_requests(workspace: Workspace, receiver: Receiver) -> None:
    on_webhooks = fault(workspace, "drop_webhook")
    on_requests = rule(workspace, respond={"merge": {}})
    bought(workspace)
    assert used(workspace, on_webhooks) == (2, 2, False)
    assert used(workspace, on_requests) == (2, 2, False)


def test_what_waits_goes_along_with_snapshots_and_forks(
    workspace: Workspace, receiver: Receiver, new_workspace: Callable[[], Workspace]
) -> None:
    fault(workspace, "reorder_webhooks", {"event": PREPARED}, by="1h")
    fault(workspace, "delay_webhook", {"event": CONFIRMED}, by="2h")
    create(workspace, locker())
    workspace.advance("2s")
    kept = workspace.control.get("/snapshot").json()
    other = new_workspace()
    made = workspace.control.post("/fork", json={"name": other.name, "overwrite": True})
    assert made.status_code == 201
    workspace.advance("3h")
    assert heard(receiver) == [PREPARED, CONFIRMED]
    other.advance("3h")
    assert heard(receiver) == [PREPARED, CONFIRMED] * 2
    assert workspace.control.put("/snapshot", json=kept).status_code == 200
    workspace.advance("3h")
    assert heard(receiver) == [PREPARED, CONFIRMED] * 3


REFUSED: list[tuple[Json, str, str]] = [
    ({"fault": {"kind": "delay_webhook"}}, "body.fault.by", "is required by delay_webhook"),
    ({"fault": {"kind": "delay_webhook", "by": "5"}}, "body.fault.by", "is not a duration"),
    (
        {"fault": {"kind": "drop_webhook", "by": "5s"}},
        "body.fault.by",
        "duplicate_webhook or reorder_webhooks or delay_webhook takes it",
    ),
    ({"fault": {"kind": "drop_webhook", "copies": 3}}, "body.fault.copies", "takes it"),
    ({"fault": {"kind": "duplicate_webhook", "copies": 1}}, "body.fault.copies", "at least 2"),
    ({"fault": {"kind": "drop_webhook", "when": "after"}}, "body.fault.when", "means nothing"),
    ({"fault": {"kind": "drop_webhook", "status": 503}}, "body.fault.status", "status takes it"),
    (
        {"fault": {"kind": "drop_webhook"}, "when": {"event": "inpost.shipment_confirmd"}},
        "body.when.event",
        'Did you mean "shipment_confirmed"?',
    ),
    (
        {"fault": {"kind": "drop_webhook"}, "when": {"carrier": "postplus"}},
        "body.when.carrier",
        "postplus sends no webhooks",
    ),
    (
        {"fault": {"kind": "drop_webhook"}, "when": {"carrier": "inpots"}},
        "body.when.carrier",
        'Did you mean "inpost"?',
    ),
    (
        {"fault": {"kind": "drop_webhook"}, "when": {"method": "POST", "path": {}}},
        "body.when.method",
        "means nothing to a rule on webhooks, which takes carrier",
    ),
    ({"fault": {"kind": "status"}, "when": {"event": "x"}}, "body.when.event", "on requests"),
    ({"fault": {"kind": "drop_webhook"}, "delay": {"by": "1s"}}, "body", "alone"),
    ({"fault": {"kind": "drop_webhooks"}}, "body.fault.kind", "is not one of"),
]


@pytest.mark.parametrize(
    ("definition", "path", "message"), REFUSED, ids=lambda value: str(value)[:50]
)
def test_a_fault_of_webhooks_that_cannot_be_is_refused_with_its_place(
    workspace: Workspace, definition: Any, path: str, message: str
) -> None:
    assert_refused(workspace, definition, path, message)
