"""Steps that do not happen when they should: stuck, late, late and failed. InPost's."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from dirty_equals import IsPartialDict, IsStr

from tests.inpost.shipx import Json, bought, create, get, locker, offer_mode, prepared
from tests.rules.making import assert_refused, rule, used
from tests.support.dispatching import dispatch
from tests.support.receiver import receiving
from tests.support.server import Workspace

STUCK = {"step": "inpost.offers"}
UNPAID = {"step": "inpost.purchase"}
LABEL = {"step": "inpost.label"}


def held(workspace: Workspace, number: int) -> Any:
    return workspace.control.get(f"/rules/{number}").json()["held"]


def let_go(workspace: Workspace, number: int) -> None:
    assert workspace.control.delete(f"/rules/{number}").status_code == 204


def status(workspace: Workspace, shipment: Json) -> str:
    found: str = get(workspace, shipment["id"])["status"]
    return found


def label(workspace: Workspace, shipment: Json) -> Any:
    return workspace.client.get(f"/v1/shipments/{shipment['id']}/label")


def test_offers_stay_away_until_the_rule_is_deleted(workspace: Workspace) -> None:
    number = rule(workspace, hold=STUCK)
    shipment = create(workspace, locker())
    workspace.advance("3d")
    assert get(workspace, shipment["id"]) == IsPartialDict(status="created", offers=[])
    assert held(workspace, number) == {
        "count": 1,
        "steps": [
            {
                "job": "inpost.prepare_offers",
                "about": {"shipment_id": shipment["id"]},
                "since": IsStr(regex=r"2026-03-02T09:15:00\.2\d+Z"),
                "until": None,
                "asked": None,
            }
        ],
    }
    let_go(workspace, number)
    assert status(workspace, shipment) == "offers_prepared"
    workspace.advance("2s")
    assert status(workspace, shipment) == "confirmed"


def test_only_what_the_rule_is_about_is_held(workspace: Workspace) -> None:
    number = rule(workspace, when={"resource": {"reference": {"$regex": "^S"}}}, hold=STUCK)
    slow, fast = (create(workspace, locker(reference=name)) for name in ("S-1", "F-1"))
    workspace.advance("2s")
    assert (status(workspace, slow), status(workspace, fast)) == ("created", "confirmed")
    assert used(workspace, number) == (1, 1, False)


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ({"times": 1}, ["created", "offers_prepared", "offers_prepared"]),
        ({"when": {"nth": 2}}, ["offers_prepared", "created", "offers_prepared"]),
        ({"when": {"every": 2}}, ["offers_prepared", "created", "offers_prepared"]),
        ({"when": {"probability": 0}}, ["offers_prepared"] * 3),
        ({"when": {"carrier": "inpost", "probability": 1}}, ["created"] * 3),
        (
            {"when": {"between": ["2026-03-02T09:15:01Z", "2026-03-02T09:15:02Z"]}},
            ["offers_prepared", "created", "offers_prepared"],
        ),
    ],
    ids=lambda value: str(value)[:40],
)
def test_which_of_them(workspace: Workspace, conditions: Json, expected: list[str]) -> None:
    rule(workspace, hold=STUCK, **conditions)
    made = []
    for _ in expected:
        made.append(create(workspace, offer_mode()))
        workspace.advance("1s")
    assert [status(workspace, each) for each in made] == expected


def test_late_then_done(workspace: Workspace) -> None:
    rule(workspace, hold={**STUCK, "for": "10m"})
    shipment = create(workspace, locker())
    workspace.advance("10m")
    assert status(workspace, shipment) == "created"
    workspace.advance("2s")
    assert status(workspace, shipment) == "confirmed"


def test_offers_that_are_late_and_then_cannot_be_had(workspace: Workspace) -> None:
    rule(workspace, hold={**STUCK, "for": "10m", "then": "fail"})
    shipment = create(workspace, locker())
    with receiving() as receiver:
        workspace.do("inpost.set_webhook", organization=1, url=f"{receiver.url}/hook")
        workspace.advance("1h")
        [told] = [json.loads(body) for body in receiver.posts]
    shown = get(workspace, shipment["id"])
    assert shown["status"] == "offers_prepared"
    assert [offer["status"] for offer in shown["offers"]] == ["unavailable"]
    assert shown["offers"][0]["unavailability_reasons"][0]["key"] == "sending_method_unavailable"
    assert (told["event"], told["payload"]["offers"]) == ("offers_prepared", shown["offers"])


def test_a_purchase_that_is_stuck(workspace: Workspace) -> None:
    number = rule(workspace, hold=UNPAID)
    shipment = create(workspace, locker())
    workspace.advance("1h")
    shown = get(workspace, shipment["id"])
    assert shown["status"] == "offer_selected"
    assert [each["status"] for each in shown["transactions"]] == ["initiated"]
    balance = workspace.records("inpost", "organizations")[0]["balance"]
    let_go(workspace, number)
    assert status(workspace, shipment) == "confirmed"
    assert workspace.records("inpost", "organizations")[0]["balance"] < balance


def test_a_purchase_that_fails_late_can_be_tried_again(workspace: Workspace) -> None:
    rule(workspace, hold={**UNPAID, "for": "1m", "then": "fail"}, times=1)
    shipment = prepared(workspace, locker(only_choice_of_offer=True))
    path = f"/v1/shipments/{shipment['id']}/buy"
    offer = {"offer_id": shipment["offers"][0]["id"]}
    assert workspace.client.post(path, json=offer).status_code == 200
    workspace.advance("2m")
    shown = get(workspace, shipment["id"])
    assert (shown["status"], shown["transactions"][0]["status"]) == ("offer_selected", "failure")
    assert workspace.client.post(path, json=offer).status_code == 200
    workspace.advance("2s")
    assert status(workspace, shipment) == "confirmed"


def test_a_choice_that_fails_leaves_the_offer_to_the_client(workspace: Workspace) -> None:
    rule(workspace, hold={"step": "inpost.choice", "for": "1s", "then": "fail"})
    shipment = create(workspace, locker())
    workspace.advance("3s")
    assert status(workspace, shipment) == "offers_prepared"
    assert [each["status"] for each in get(workspace, shipment["id"])["offers"]] == ["available"]


def test_a_purchase_of_which_nothing_comes(workspace: Workspace) -> None:
    rule(workspace, hold={"step": "inpost.transaction", "for": "1s", "then": "fail"})
    shipment = create(workspace, locker())
    workspace.advance("3s")
    shown = get(workspace, shipment["id"])
    assert (shown["status"], shown["transactions"]) == ("offer_selected", [])


def test_a_dispatch_order_is_rejected_late(workspace: Workspace) -> None:
    shipment = bought(workspace)
    rule(workspace, hold={"step": "inpost.dispatch", "for": "2h", "then": "fail"})
    order = dispatch(workspace, shipment).json()
    path = f"/v1/dispatch_orders/{order['id']}"
    workspace.advance("1h")
    assert workspace.client.get(path).json()["status"] == "new"
    workspace.advance("2h")
    assert workspace.client.get(path).json()["status"] == "rejected"
    assert dispatch(workspace, shipment).status_code == 201


def test_a_batch_that_is_not_made(workspace: Workspace) -> None:
    number = rule(workspace, hold={"step": "inpost.batch"})
    body = {"shipments": [locker(id="a"), locker(id="b")]}
    batch = workspace.client.post("/v1/organizations/1/batches", json=body).json()
    workspace.advance("1h")
    path = f"/v1/batches/{batch['id']}"
    assert workspace.client.get(path).json() == IsPartialDict(status="in_progress", shipments=[])
    let_go(workspace, number)
    assert len(workspace.client.get(path).json()["shipments"]) == 2
    workspace.advance("5s")
    assert workspace.client.get(path).json()["status"] == "done"


@pytest.mark.parametrize(("then", "ends"), [("done", "delivered"), ("fail", "missing")])
def test_tracking_that_stands_still(workspace: Workspace, then: str, ends: str) -> None:
    shipment = bought(workspace)
    workspace.do("inpost.start_journey", shipment=shipment["id"], journey="locker_delivered")
    workspace.advance("12h")
    before = status(workspace, shipment)
    rule(workspace, hold={"step": "inpost.journey", "for": "5d", "then": then}, times=1)
    workspace.advance("4d")
    assert status(workspace, shipment) == before
    workspace.advance("10d")
    assert status(workspace, shipment) == ends


def test_a_label_is_not_ready_for_the_first_requests(workspace: Workspace) -> None:
    first, second = bought(workspace), bought(workspace)
    number = rule(workspace, hold={**LABEL, "first": 2})
    refused = label(workspace, first)
    assert (refused.status_code, refused.json()) == (
        400,
        {
            "status": 400,
            "error": "label_generation_failed",
            "message": "There was a problem with label generation. "
            "Check details object for more info.",
            "details": {},
        },
    )
    assert held(workspace, number)["steps"] == [
        IsPartialDict(job=None, about={"shipment_id": first["id"]}, asked=1)
    ]
    assert [label(workspace, second).status_code for _ in range(3)] == [400, 400, 200]
    assert [label(workspace, first).status_code for _ in range(2)] == [400, 200]
    assert held(workspace, number)["count"] == 0
    assert used(workspace, number) == (2, 2, False)


def test_a_label_that_is_late_says_when_it_is_there(workspace: Workspace) -> None:
    shipment = bought(workspace)
    rule(workspace, hold={**LABEL, "for": "10m"})
    assert label(workspace, shipment).json() == IsPartialDict(
        error="label_not_found",
        details={"label_available_from": "2026-03-02T10:25:02.000+01:00"},
    )
    workspace.advance("10m")
    assert label(workspace, shipment).status_code == 200


def test_labels_of_many_wait_for_each(workspace: Workspace) -> None:
    made = [bought(workspace, locker(reference=name)) for name in ("ORDER-A", "ORDER-B")]
    rule(workspace, when={"resource": {"reference": "ORDER-B"}}, hold={**LABEL, "first": 1})
    ids = {"shipment_ids[]": [each["id"] for each in made]}
    statuses = [
        workspace.client.get("/v1/organizations/1/shipments/labels", params=ids).status_code
        for _ in range(2)
    ]
    assert statuses == [400, 200]
    assert label(workspace, made[0]).status_code == 200


def test_the_journal_says_what_holds_it(workspace: Workspace) -> None:
    number = rule(workspace, name="slow offers", hold=STUCK)
    shipment = create(workspace, locker())
    workspace.advance("1s")
    get(workspace, shipment["id"])
    [entry] = workspace.journal(operation="inpost.get_shipment")
    why = workspace.control.get(f"/journal/{entry['id']}").json()["why"]
    assert f"The step inpost.offers is held by rule {number} (slow offers)." in why


def test_what_is_held_can_be_cancelled_as_ever(workspace: Workspace) -> None:
    number = rule(workspace, hold=STUCK)
    shipment = create(workspace, locker())
    workspace.advance("1m")
    assert workspace.client.delete(f"/v1/shipments/{shipment['id']}").status_code == 204
    assert held(workspace, number)["count"] == 0
    let_go(workspace, number)
    workspace.advance("1h")
    assert status(workspace, shipment) == "canceled"


def test_what_is_held_can_be_moved_by_hand(workspace: Workspace) -> None:
    number = rule(workspace, hold=STUCK)
    shipment = create(workspace, offer_mode())
    workspace.advance("1m")
    workspace.do("inpost.move", shipment=shipment["id"], to="offers_prepared")
    assert status(workspace, shipment) == "offers_prepared"
    assert held(workspace, number)["count"] == 0


def test_deleting_all_rules_lets_all_go(workspace: Workspace) -> None:
    rule(workspace, hold={**STUCK, "for": "1d"})
    shipment = create(workspace, offer_mode())
    workspace.advance("1m")
    assert workspace.control.delete("/rules").status_code == 204
    assert status(workspace, shipment) == "offers_prepared"


def test_a_rule_on_a_step_counts_no_requests(workspace: Workspace) -> None:
    on_steps = rule(workspace, hold=STUCK)
    on_requests = rule(workspace, when={"carrier": "inpost"}, respond={"merge": {}})
    shipment = create(workspace, locker())
    workspace.advance("1s")
    get(workspace, shipment["id"])
    assert used(workspace, on_steps) == (1, 1, False)
    assert used(workspace, on_requests) == (2, 2, False)


def test_what_is_held_goes_along_with_snapshots_and_forks(
    workspace: Workspace, new_workspace: Callable[[], Workspace]
) -> None:
    number = rule(workspace, hold=STUCK)
    rule(workspace, hold={**LABEL, "first": 2})
    paid = bought_without_holds(workspace, number)
    shipment = create(workspace, offer_mode())
    workspace.advance("1m")
    assert label(workspace, paid).status_code == 400
    other = new_workspace()
    made = workspace.control.post("/fork", json={"name": other.name, "overwrite": True})
    assert made.status_code == 201, made.text
    kept = workspace.control.get("/snapshot").json()
    let_go(workspace, number)
    assert status(workspace, shipment) == "offers_prepared"
    assert [label(workspace, paid).status_code for _ in range(2)] == [400, 200]
    for copy in (other, workspace):
        if copy is workspace:
            assert copy.control.put("/snapshot", json=kept).status_code == 200
        assert status(copy, shipment) == "created"
        assert held(copy, number)["count"] == 1
        assert [label(copy, paid).status_code for _ in range(2)] == [400, 200]
        let_go(copy, number)
        assert status(copy, shipment) == "offers_prepared"


def bought_without_holds(workspace: Workspace, number: int) -> Json:
    """A shipment that is paid for although the rule holds its offers, by moves."""
    shipment = create(workspace, locker())
    for to in ("offers_prepared", "offer_selected", "confirmed"):
        workspace.do("inpost.move", shipment=shipment["id"], to=to)
    assert held(workspace, number)["count"] == 0
    return get(workspace, shipment["id"])


def test_a_snapshot_holds_nothing_by_a_rule_that_is_not_there(workspace: Workspace) -> None:
    number = rule(workspace, hold=STUCK)
    create(workspace, locker())
    workspace.advance("1s")
    kept = workspace.control.get("/snapshot").json()
    kept["tables"]["engine.rules"] = []
    refused = workspace.control.put("/snapshot", json=kept)
    assert refused.status_code == 422
    assert f"is held by rule {number}, which is not in engine.rules" in refused.text


REFUSED: list[tuple[Json, str, str]] = [
    ({"hold": {"step": "inpost.offer"}}, "body.hold.step", 'Did you mean "inpost.offers"?'),
    ({"hold": {**STUCK, "for": "10"}}, "body.hold.for", "is not a duration"),
    ({"hold": {**STUCK, "then": "done"}}, "body.hold.then", "say how late with for"),
    (
        {"hold": {"step": "inpost.expiry", "for": "1m", "then": "fail"}},
        "body.hold.then",
        "inpost.expiry cannot fail; those that can: inpost.offers",
    ),
    ({"hold": {**STUCK, "first": 3}}, "body.hold.first", "inpost.label, myparcel.label"),
    ({"hold": {**LABEL, "first": 3, "for": "1m"}}, "body.hold", "not both"),
    ({"hold": {**LABEL, "first": 0}}, "body.hold.first", "at least 1"),
    ({"hold": {"for": "1m"}}, "body.hold.step", "is required"),
    ({"hold": STUCK, "delay": {"by": "1s"}}, "body", "takes hold alone"),
    ({"hold": STUCK, "fault": {"kind": "status"}}, "body", "takes hold alone"),
    (
        {"hold": STUCK, "when": {"operation": "inpost.get_shipment"}},
        "body.when.operation",
        "means nothing to a rule on steps, which takes carrier, nth",
    ),
    ({"hold": STUCK, "when": {"event": "x"}}, "body.when.event", "means nothing"),
    ({"hold": STUCK, "when": {"carrier": "myparcel"}}, "body.when.carrier", "can never match"),
    (
        {"hold": STUCK, "when": {"resource": {"a": {"$gt": "x"}}}},
        "body.when.resource.a.$gt",
        "takes a number",
    ),
    ({"hold": STUCK, "times": 0}, "body.times", "at least 1"),
]


@pytest.mark.parametrize(
    ("definition", "path", "message"), REFUSED, ids=lambda value: str(value)[:50]
)
def test_a_hold_that_cannot_be_is_refused_with_its_place(
    workspace: Workspace, definition: Any, path: str, message: str
) -> None:
    assert_refused(workspace, definition, path, message)
