"""Every event of MyParcel happens in a story, with the payload that is listed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from simulator.carriers.myparcel.catalog.events import EVENTS
from tests.myparcel.client import Shop
from tests.myparcel.orders import ordered
from tests.myparcel.tracked import home
from tests.support.told import assert_told_as_listed, events


def _labelled(shop: Shop) -> int:
    [number] = shop.create(home())
    assert shop.client.get(f"/shipment_labels/{number}").status_code == 200
    return number


def _moved(shop: Shop) -> None:
    shop.workspace.do("myparcel.move", shipment=_labelled(shop), to=3)


def _weighed(shop: Shop) -> None:
    shop.workspace.do("myparcel.weigh", shipment=_labelled(shop), weight=12000)


def _asked_to_pay(shop: Shop) -> int:
    prepaid = shop.with_key("sim-myparcel-prepaid")
    [number] = prepaid.create(home())
    assert prepaid.client.get(f"/shipment_labels/{number}").status_code == 402
    return number


def _paid(shop: Shop) -> None:
    shop.workspace.do("myparcel.pay", shipment=_asked_to_pay(shop))


def _failed(shop: Shop) -> None:
    shop.workspace.do("myparcel.fail_payment", shipment=_asked_to_pay(shop))


def _expired(shop: Shop) -> None:
    shop.workspace.do("myparcel.expire_payment", shipment=_asked_to_pay(shop))


def _broken_off(shop: Shop) -> None:
    number = _asked_to_pay(shop)
    history = [{"at": "1h", "status": 3}]
    shop.workspace.do("myparcel.play", shipment=number, history=history)
    shop.workspace.advance("1h")


def _order(shop: Shop) -> str:
    uuid: str = ordered(shop)[0]["uuid"]
    return uuid


def _shipped(shop: Shop) -> None:
    shop.workspace.do("myparcel.ship_order", order=_order(shop))


def _hidden(shop: Shop) -> None:
    shop.workspace.do("myparcel.update_shop", shop=77, hidden=True)


def _switched_off(shop: Shop) -> None:
    shop.workspace.do("myparcel.set_carrier_accessibility", shop=77, carrier=4, enabled=False)


def _configured(shop: Shop) -> None:
    shop.workspace.do(
        "myparcel.set_carrier_configuration", shop=77, carrier=1, monday_cutoff_time="12:00"
    )


def _subscribed(shop: Shop) -> None:
    shop.workspace.do("myparcel.update_subscription", shop=77, features=["ORDER_NOTES"])


STORIES: dict[str, Callable[[Shop], object]] = {
    "myparcel.shipment_created": _labelled,
    "myparcel.shipment_status_changed": _moved,
    "myparcel.shipment_weighed": _weighed,
    "myparcel.payment_required": _asked_to_pay,
    "myparcel.payment_paid": _paid,
    "myparcel.payment_failed": _failed,
    "myparcel.payment_expired": _expired,
    "myparcel.play_broken_off": _broken_off,
    "myparcel.order_created": _order,
    "myparcel.order_status_changed": _shipped,
    "myparcel.order_shipped": _shipped,
    "myparcel.shop_updated": _hidden,
    "myparcel.shop_carrier_accessibility_updated": _switched_off,
    "myparcel.shop_carrier_configuration_updated": _configured,
    "myparcel.subscription_updated": _subscribed,
}


def test_every_event_has_a_story() -> None:
    assert list(STORIES) == [spec.name for spec in EVENTS]


@pytest.mark.parametrize("name", STORIES)
def test_an_event_is_told_as_it_is_listed(shop: Shop, name: str) -> None:
    STORIES[name](shop)
    assert_told_as_listed(shop.workspace, name)


def test_every_change_of_a_status_tells_the_one_before(shop: Shop) -> None:
    _moved(shop)
    told = events(shop.workspace, "myparcel.shipment_status_changed")
    assert [(each["previous"], each["status"]) for each in told] == [(1, 2), (2, 3)]
