"""Every webhook of every carrier: what can be fired is what is sent, and what is described."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from simulator.carriers import registry
from simulator.http.described.schemas import BodySchema
from simulator.http.described.specification import resolve
from tests.inpost.shipx import bought
from tests.myparcel.client import Shop
from tests.myparcel.orders import ordered
from tests.myparcel.tracked import home, letter, move
from tests.support.descriptions import description
from tests.support.receiver import receiving
from tests.support.server import Workspace

CARRIERS = registry.load()
WEBHOOKS = [(carrier.name, event) for carrier in CARRIERS for event in carrier.webhooks]


def described(carrier: str) -> dict[str, Any]:
    found: dict[str, Any] = resolve(description(carrier)).get("x-webhooks", {})
    return found


def _inpost(workspace: Workspace) -> Iterator[tuple[int, str]]:
    shipment = bought(workspace)
    yield shipment["id"], shipment["tracking_number"]


def _myparcel(workspace: Workspace) -> Iterator[tuple[int, str]]:
    shop = Shop(workspace)
    [shipment] = shop.create(home())
    yield shipment, move(shop, shipment, 2)["barcode"]
    shop.close()


def _order(workspace: Workspace) -> Iterator[tuple[int, str]]:
    shop = Shop(workspace, server="api.myparcel.nl")
    yield 1, ordered(shop)[0]["uuid"]
    shop.close()


def _shop(workspace: Workspace) -> Iterator[tuple[int, str]]:
    yield 82, "Winkel aan de Schelde"


def _plan(workspace: Workspace) -> Iterator[tuple[int, str]]:
    workspace.do("myparcel.update_subscription", shop=77, features=["ORDER_NOTES"])
    yield 501, "bundle"


MADE: dict[str, Callable[[Workspace], Iterator[tuple[int, str]]]] = {
    "inpost": _inpost,
    "myparcel": _myparcel,
    "order_status_change": _order,
    "subscription_created_or_updated": _plan,
    "shop_updated": _shop,
    "shop_carrier_accessibility_updated": _shop,
    "shop_carrier_configuration_updated": _shop,
}
"""What makes that of which a webhook tells, by its name or by that of its carrier."""

ALWAYS_THERE = [event for event, made in MADE.items() if made is _shop]
"""Webhooks of what every world begins with."""


def told(body: Any) -> Any:
    """The id, or the other name, of what a notification tells of."""
    event = body["payload"] if "payload" in body else body["data"]["hooks"][0]
    if "shipment_ids" in event:
        return event["shipment_ids"][0]
    return next(event[name] for name in ("shipment_id", "uuid", "id") if name in event)


@pytest.mark.parametrize("carrier", [each.name for each in CARRIERS])
def test_what_is_sent_is_described(carrier: str) -> None:
    assert [event for name, event in WEBHOOKS if name == carrier] == list(described(carrier))


@pytest.mark.parametrize(("carrier", "event"), WEBHOOKS)
def test_every_webhook_is_fired_from_a_real_record(
    workspace: Workspace, carrier: str, event: str
) -> None:
    body = {"carrier": carrier, "event": event}
    nothing = workspace.control.post("/webhooks/trigger", json=body)
    assert nothing.status_code == (201 if event in ALWAYS_THERE else 409), nothing.text
    for record_id, number in MADE.get(event, MADE[carrier])(workspace):
        with receiving() as receiver:
            for record in (None, record_id, str(record_id), number):
                named = body | ({} if record is None else {"record": record})
                answer = workspace.control.post(
                    "/webhooks/trigger", json={**named, "url": f"{receiver.url}/Hook"}
                )
                assert (answer.status_code, answer.json()["status"]) == (201, "delivered")
                assert answer.json()["event"] == event
        bodies = [json.loads(each) for each in receiver.posts]
        assert [told(each) in (record_id, number) for each in bodies] == [True] * 4
        schema = described(carrier)[event]["content"]["application/json"]["schema"]
        assert BodySchema(schema, {}, {}, strict=True).findings(bodies[0]) == []
        unknown = workspace.control.post("/webhooks/trigger", json={**body, "record": "nobody"})
        assert unknown.status_code == 404
        assert {str(record_id), number} <= set(unknown.json()["known"])


def test_the_link_of_a_fired_label_leads_to_the_label(workspace: Workspace) -> None:
    [(_, _)] = [*_myparcel(workspace)]
    body = {"carrier": "myparcel", "event": "shipment_label_created"}
    [hook] = workspace.control.post("/webhooks/trigger", json=body).json()["body"]["data"]["hooks"]
    assert hook["status"] == "success"
    answer = workspace.control.get(hook["pdf"])
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")


def test_a_letter_without_a_barcode_has_a_label_too(workspace: Workspace) -> None:
    shop = Shop(workspace)
    [number] = shop.create(letter())
    body = {"carrier": "myparcel", "event": "shipment_label_created", "record": number}
    assert workspace.control.post("/webhooks/trigger", json=body).status_code == 409
    shop.client.get(f"/shipment_labels/{number}")
    assert workspace.control.post("/webhooks/trigger", json=body).status_code == 201
    shop.close()


@pytest.mark.parametrize(
    ("body", "path", "said"),
    [
        (
            {"carrier": "postplus", "event": "x"},
            "body.carrier",
            "sends no webhooks; inpost, myparcel do",
        ),
        ({"carrier": "inpst", "event": "x"}, "body.carrier", 'Did you mean "inpost"?'),
        (
            {"carrier": "inpost", "event": "inpost.shipment_confirmed"},
            "body.event",
            'Did you mean "shipment_confirmed"?',
        ),
        (
            {"carrier": "inpost", "event": "shipment_status_change"},
            "body.event",
            'Did you mean "shipment_status_changed"?',
        ),
    ],
)
def test_what_a_carrier_does_not_send_is_not_fired(
    workspace: Workspace, body: dict[str, Any], path: str, said: str
) -> None:
    answer = workspace.control.post("/webhooks/trigger", json=body)
    assert answer.status_code == 422
    [fault] = answer.json()["errors"]
    assert fault["path"] == path
    assert said in fault["message"]
