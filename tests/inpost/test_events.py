"""Every event of InPost happens in a story, with the payload that is listed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from simulator.carriers.inpost.catalog.events import EVENTS
from tests.inpost.shipx import BROKE, bought, create, locker, prepared
from tests.support.dispatching import dispatch
from tests.support.server import Workspace
from tests.support.told import assert_told_as_listed, events


def _bought(workspace: Workspace) -> None:
    bought(workspace)


def _without_money(workspace: Workspace) -> None:
    create(workspace, locker(), BROKE)
    workspace.advance("2s")


def _cancelled(workspace: Workspace) -> None:
    number = prepared(workspace)["id"]
    assert workspace.client.delete(f"/v1/shipments/{number}").status_code == 204


def _batch(workspace: Workspace) -> None:
    body = {"shipments": [{"id": "A-1", **locker()}]}
    assert workspace.client.post("/v1/organizations/1/batches", json=body).status_code == 201
    workspace.advance("5s")


def _collected(workspace: Workspace) -> None:
    to_courier = {**locker()["custom_attributes"], "sending_method": "dispatch_order"}
    to_courier.pop("dropoff_point")
    shipment = bought(workspace, locker(custom_attributes=to_courier))
    assert dispatch(workspace, shipment).status_code == 201
    workspace.advance("15m")


def _point_closed(workspace: Workspace) -> None:
    workspace.do("inpost.close_point", name="KRA012")


def _broken_off(workspace: Workspace) -> None:
    number = prepared(workspace)["id"]
    history = [{"at": "1h", "status": "dispatched_by_sender"}]
    workspace.do("inpost.play", shipment=number, history=history)
    workspace.client.delete(f"/v1/shipments/{number}")
    workspace.advance("1h")


STORIES: dict[str, Callable[[Workspace], None]] = {
    "inpost.shipment_created": _bought,
    "inpost.offers_prepared": _bought,
    "inpost.transaction_failed": _without_money,
    "inpost.shipment_confirmed": _bought,
    "inpost.shipment_canceled": _cancelled,
    "inpost.shipment_status_changed": _bought,
    "inpost.batch_created": _batch,
    "inpost.batch_finished": _batch,
    "inpost.dispatch_order_created": _collected,
    "inpost.dispatch_order_status_changed": _collected,
    "inpost.point_changed": _point_closed,
    "inpost.play_broken_off": _broken_off,
}


def test_every_event_has_a_story() -> None:
    assert list(STORIES) == [spec.name for spec in EVENTS]


@pytest.mark.parametrize("name", STORIES)
def test_an_event_is_told_as_it_is_listed(workspace: Workspace, name: str) -> None:
    STORIES[name](workspace)
    assert_told_as_listed(workspace, name)


def test_a_dispatch_order_tells_every_change(workspace: Workspace) -> None:
    _collected(workspace)
    told = events(workspace, "inpost.dispatch_order_status_changed")
    assert [(each["previous"], each["status"]) for each in told] == [
        ("new", "sent"),
        ("sent", "accepted"),
    ]


def test_a_cancellation_is_a_change_too(workspace: Workspace) -> None:
    _cancelled(workspace)
    told = events(workspace, "inpost.shipment_status_changed")
    assert (told[-1]["previous"], told[-1]["status"]) == ("offers_prepared", "canceled")


def test_waiting_for_a_status_that_does_not_exist_is_refused(workspace: Workspace) -> None:
    wanted = {"event": "inpost.shipment_status_changed", "match": {"status": "deliverd"}}
    response = workspace.control.post("/clock/advance", json={"until": wanted})
    assert response.status_code == 422
    said = 'body.until.match.status: "deliverd" is not one of created, '
    assert response.json()["detail"].startswith(said)
    assert response.json()["detail"].endswith('Did you mean "delivered"?')


def test_a_parcel_that_was_delivered_meanwhile_is_not_waited_for(workspace: Workspace) -> None:
    number = bought(workspace)["id"]
    history = [{"at": "-1d", "status": "dispatched_by_sender"}, {"at": "0s", "status": "missing"}]
    workspace.do("inpost.play", shipment=number, history=history)
    wanted = {
        "event": "inpost.shipment_status_changed",
        "match": {"shipment_id": number, "status": "missing"},
        "after": 0,
    }
    moved = workspace.control.post("/clock/advance", json={"until": wanted}).json()
    assert (moved["before"], moved["jobs"]) == (moved["now"], 0)
    assert moved["event"]["payload"]["previous"] == "dispatched_by_sender"


def test_a_value_that_an_event_never_has_is_told_as_it_was_sent(workspace: Workspace) -> None:
    match = {"status": {"$regex": "^x"}}
    until = {"event": "inpost.shipment_status_changed", "match": match}
    refused = workspace.control.post("/clock/advance", json={"until": until})
    [fault] = refused.json()["errors"]
    assert fault["path"] == "body.until.match.status"
    assert fault["message"].startswith('{"$regex":"^x"} is not one of ')
