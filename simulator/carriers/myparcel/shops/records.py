"""The records of what a shop has beside its shipments: settings, carriers, a plan, orders.

What nobody changed is not kept: `simulator.carriers.myparcel.account.settings` says what it is
then. What a client posted of an order is kept as it came, and is never changed, only replaced.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import msgspec

from simulator.core.tables import TableSpec
from simulator.engine.world import World

OrderStatus = Literal["open", "partially_processed", "processed", "cancelled"]
PlanStatus = Literal["active", "ended", "pending", "trial_active", "trial_ended"]


class Account(msgspec.Struct, frozen=True, gc=False):
    """What was changed of an account: members of its general settings, such as `order_mode`."""

    id: int
    general_settings: dict[str, Any]
    modified: datetime


class ShopSettings(msgspec.Struct, frozen=True, gc=False):
    """What was changed of a shop beside its name and sender; `id` is the shop's."""

    id: int
    general_settings: dict[str, Any]
    modified: datetime
    hidden: bool = False


class CarrierOption(msgspec.Struct, frozen=True, gc=False):
    """Whether a shop may use a carrier, and under which contract.

    `carrier` is its number today. `type` is ``main`` for the contract of MyParcel and ``custom``
    for one of the account's own, which `label` names. An `optional` one may be switched off by the
    shop itself.
    """

    id: int
    account_id: int
    shop_id: int
    carrier: int
    enabled: bool = True
    optional: bool = True
    primary: bool = True
    type: Literal["main", "custom"] = "main"
    label: str | None = None


class CarrierConfiguration(msgspec.Struct, frozen=True, gc=False):
    """How a shop hands its parcels to a carrier: until when (``HH:MM``), and at which point."""

    id: int
    shop_id: int
    carrier: int
    default_cutoff_time: str
    monday_cutoff_time: str
    default_drop_off_point: str | None = None


class PlanSubscription(msgspec.Struct, frozen=True, gc=False):
    """The plan that an account pays for, and which features that gives to its shops.

    `features` are named as the IAM interface does (``ORDER_NOTES``).
    """

    id: int
    account_id: int
    shop_id: int
    type: str
    features: tuple[str, ...]
    status: PlanStatus = "active"


class OrderLine(msgspec.Struct, frozen=True, gc=False):
    """A line of an order: so many of a product, of which digital ones are not `shippable`."""

    uuid: str
    quantity: int
    shippable: bool
    posted: dict[str, Any]


class Order(msgspec.Struct, frozen=True, gc=False):
    """An order of a webshop. Clients know it by its `uuid`; `id` is its place in the world.

    `posted` has what came of the order itself, `shipment` how it is to be sent.
    """

    id: int
    uuid: str
    account_id: int
    shop_id: int
    posted: dict[str, Any]
    shipment: dict[str, Any]
    lines: tuple[OrderLine, ...]
    created: datetime
    modified: datetime
    status: OrderStatus = "open"
    external_identifier: str | None = None


class OrderShipment(msgspec.Struct, frozen=True, gc=False):
    """A shipment that was made for an order, and how many of which lines are in it."""

    id: int
    uuid: str
    order_id: int
    shipment_id: int
    items: tuple[tuple[str, int], ...]


class OrderNote(msgspec.Struct, frozen=True, gc=False):
    """A remark on an order, of the customer or of the webshop."""

    id: int
    uuid: str
    order_id: int
    author: str
    note: str
    created: datetime
    modified: datetime


ACCOUNTS = TableSpec("myparcel.accounts", Account)
SHOP_SETTINGS = TableSpec("myparcel.shop_settings", ShopSettings)
CARRIER_OPTIONS = TableSpec(
    "myparcel.carrier_options", CarrierOption, indexes=("shop_id", "account_id")
)
CARRIER_CONFIGURATIONS = TableSpec(
    "myparcel.carrier_configurations", CarrierConfiguration, indexes=("shop_id",)
)
PLANS = TableSpec("myparcel.plans", PlanSubscription, indexes=("account_id", "type"))
ORDERS = TableSpec("myparcel.orders", Order, indexes=("shop_id", "uuid", "external_identifier"))
ORDER_SHIPMENTS = TableSpec(
    "myparcel.order_shipments", OrderShipment, indexes=("order_id", "shipment_id")
)
ORDER_NOTES = TableSpec("myparcel.order_notes", OrderNote, indexes=("order_id", "uuid"))

TABLES: tuple[TableSpec[Any], ...] = (
    ACCOUNTS,
    SHOP_SETTINGS,
    CARRIER_OPTIONS,
    CARRIER_CONFIGURATIONS,
    PLANS,
    ORDERS,
    ORDER_SHIPMENTS,
    ORDER_NOTES,
)


def switched_off(world: World, shop_id: int) -> frozenset[int]:
    """The carriers, by their numbers today, that a shop may not use any more under any contract."""
    options = world[CARRIER_OPTIONS].where("shop_id", shop_id)
    off = {option.carrier for option in options if not option.enabled}
    return frozenset(off - {option.carrier for option in options if option.enabled})
