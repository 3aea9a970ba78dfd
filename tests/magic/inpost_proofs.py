"""InPost's magic values at work."""

from __future__ import annotations

from typing import Any

import pytest

from tests.inpost.shipx import c2c, create, get, locker, post
from tests.magic.proofs import LOST, naps, proves
from tests.support.server import Workspace


def to(email: str, make: Any = locker, **changes: Any) -> dict[str, Any]:
    body: dict[str, Any] = make(**changes)
    return {**body, "receiver": {**body["receiver"], "email": email}}


def order(text: str) -> dict[str, Any]:
    """An order whose magic is an address or stands in its reference."""
    return locker(reference=f"A-1 {text}") if text.startswith("[[") else to(text)


def label(workspace: Workspace, number: int) -> int:
    return workspace.client.get(f"/v1/shipments/{number}/label").status_code


def confirmed(workspace: Workspace, body: dict[str, Any]) -> int:
    number: int = create(workspace, body)["id"]
    workspace.advance("3s")
    assert get(workspace, number)["status"] == "confirmed"
    return number


def later(workspace: Workspace, body: dict[str, Any], by: str = "40d") -> str:
    """The status of a shipment long after it was confirmed."""
    number = confirmed(workspace, body)
    workspace.advance(by)
    status: str = get(workspace, number)["status"]
    return status


@proves("inpost", "no-money@sim.test", "[[purchase: fail]]")
def no_money(workspace: Workspace, text: str) -> None:
    number = create(workspace, order(text))["id"]
    workspace.advance("3s")
    shipment = get(workspace, number)
    assert shipment["status"] == "offer_selected"
    [paid] = shipment["transactions"]
    assert (paid["status"], paid["details"]["error"]) == ("failure", "debt_collection")


@proves("inpost", "label-fails@sim.test")
def label_fails(workspace: Workspace, text: str) -> None:
    number = confirmed(workspace, order(text))
    assert [label(workspace, number) for _ in range(4)] == [503] * 4
    several = workspace.client.get(
        "/v1/organizations/1/shipments/labels", params={"shipment_ids[]": number}
    )
    assert several.status_code == 503


@proves("inpost", "stuck@sim.test")
def stuck(workspace: Workspace, text: str) -> None:
    number = create(workspace, order(text))["id"]
    workspace.advance("10d")
    shipment = get(workspace, number)
    assert shipment["status"] == "created"


@proves("inpost", "slow@sim.test")
def slow(workspace: Workspace, text: str) -> None:
    with naps() as told:
        number = create(workspace, order(text))["id"]
        assert told == [5.0]
        get(workspace, number)
        assert told == [5.0, 5.0]
        create(workspace, locker())
        assert told == [5.0, 5.0]


@proves("inpost", "busy@sim.test", "[[create: 503 x2]]")
def busy(workspace: Workspace, text: str) -> None:
    assert [post(workspace, order(text)).status_code for _ in range(4)] == [503, 503, 201, 201]
    assert len(workspace.records("inpost", "shipments")) == 2


@proves("inpost", "hangs-up@sim.test")
def hangs_up(workspace: Workspace, text: str) -> None:
    with pytest.raises(LOST):
        post(workspace, order(text))
    assert post(workspace, order(text)).status_code == 201
    assert len(workspace.records("inpost", "shipments")) == 2


@proves("inpost", "[[create: connection_reset after]]")
def always_hangs_up(workspace: Workspace, text: str) -> None:
    for _ in range(3):
        with pytest.raises(LOST):
            post(workspace, order(text))
    assert len(workspace.records("inpost", "shipments")) == 3


@proves("inpost", "delivered@sim.test")
def delivered(workspace: Workspace, text: str) -> None:
    assert later(workspace, to(text)) == "delivered"
    assert later(workspace, to(text, c2c)) == "delivered"


@proves("inpost", "not-collected@sim.test", "[[locker_not_collected]]")
def not_collected(workspace: Workspace, text: str) -> None:
    number = confirmed(workspace, order(text))
    workspace.advance("40d")
    assert get(workspace, number)["status"] == "returned_to_sender"
    tracked = workspace.client.get(f"/v1/tracking/{get(workspace, number)['tracking_number']}")
    assert "pickup_time_expired" in [each["status"] for each in tracked.json()["tracking_details"]]


@proves("inpost", "returned@sim.test")
def returned(workspace: Workspace, text: str) -> None:
    assert later(workspace, to(text)) == "returned_to_sender"
    assert later(workspace, to(text, c2c)) == "returned_to_sender"


@proves("inpost", "lost@sim.test")
def lost(workspace: Workspace, text: str) -> None:
    assert later(workspace, order(text)) == "missing"


@proves("inpost", "[[label: 404 x2]]")
def label_twice(workspace: Workspace, text: str) -> None:
    number = confirmed(workspace, order(text))
    assert [label(workspace, number) for _ in range(3)] == [404, 404, 200]


@proves("inpost", "[[label: first 2]]")
def label_too_early(workspace: Workspace, text: str) -> None:
    number = confirmed(workspace, order(text))
    assert [label(workspace, number) for _ in range(3)] == [400, 400, 200]


@proves("inpost", "[[buy: stuck]]")
def purchase_stuck(workspace: Workspace, text: str) -> None:
    number = create(workspace, order(text))["id"]
    workspace.advance("1d")
    [paid] = get(workspace, number)["transactions"]
    assert paid["status"] == "initiated"


@proves("inpost", "[[offers: late 10m]]")
def offers_late(workspace: Workspace, text: str) -> None:
    number = create(workspace, order(text))["id"]
    workspace.advance("9m")
    assert get(workspace, number)["status"] == "created"
    workspace.advance("2m")
    assert get(workspace, number)["status"] == "confirmed"
