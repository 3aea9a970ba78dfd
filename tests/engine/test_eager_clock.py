"""An eager clock stands until somebody polls, and then shows what happens next."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.server import START, Workspace
from tests.support.shipments import by_courier, order, to_locker


@pytest.fixture
def eager(workspace: Workspace) -> Workspace:
    clock = workspace.control.put("/clock", json={"mode": "eager", "at": START})
    assert clock.json() == {"mode": "eager", "at": "2026-03-02T09:15:00Z", "speed": 0.0}
    return workspace


def poll(workspace: Workspace, shipment: dict[str, Any]) -> str:
    answer = workspace.client.get(f"/v1/shipments/{shipment['id']}")
    status: str = answer.json()["status"]
    return status


def test_each_question_brings_what_happens_next(eager: Workspace) -> None:
    shipment = order(eager, to_locker())
    assert shipment["status"] == "created"
    statuses = [poll(eager, shipment) for _ in range(5)]
    assert statuses[-1] == "confirmed"
    assert [*dict.fromkeys(statuses)] == ["offers_prepared", "offer_selected", "confirmed"]


def test_what_takes_longer_than_a_minute_does_not_come_by_asking(eager: Workspace) -> None:
    shipment = order(eager, to_locker())
    for _ in range(10):
        poll(eager, shipment)
    eager.do("inpost.start_journey", shipment=shipment["id"], journey="locker_delivered")
    assert {poll(eager, shipment) for _ in range(10)} == {"confirmed"}
    eager.advance("30d")
    assert poll(eager, shipment) == "delivered"


def test_what_changes_something_or_is_refused_moves_nothing(eager: Workspace) -> None:
    order(eager, to_locker())
    order(eager, by_courier(), "sim-inpost-postpaid")
    eager.client.get("/v1/organisations")
    eager.control.get("/journal")
    eager.control.get("/records/inpost/shipments")
    assert eager.control.get("/clock").json()["at"] == "2026-03-02T09:15:00Z"


def test_webhooks_come_as_the_client_asks(eager: Workspace) -> None:
    shipment = order(eager, to_locker())
    for _ in range(5):
        poll(eager, shipment)
    events = [each["event"] for each in eager.control.get("/inbox").json()["items"]]
    assert events[0] == "offers_prepared"
    assert events[-1] == "shipment_confirmed"


def test_it_is_kept_with_its_world(eager: Workspace) -> None:
    kept = eager.control.get("/snapshot").json()
    assert eager.control.put("/snapshot", json=kept).status_code == 200
    assert eager.control.get("/clock").json()["mode"] == "eager"
