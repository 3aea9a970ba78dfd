"""What accounts and shops are set to: what was changed, over what they begin with.

Which settings there are is observed in the types and models of client libraries; their first values
are inferred.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from simulator.carriers.myparcel.catalog.networks.networks import NETWORKS, near
from simulator.carriers.myparcel.catalog.places import place_in
from simulator.carriers.myparcel.offers import table
from simulator.carriers.myparcel.offers.zones import home_of
from simulator.carriers.myparcel.records import SHOPS, Shop
from simulator.carriers.myparcel.shops.records import (
    ACCOUNTS,
    CARRIER_CONFIGURATIONS,
    CARRIER_OPTIONS,
    PLANS,
    SHOP_SETTINGS,
    Account,
    CarrierConfiguration,
    CarrierOption,
    PlanSubscription,
    ShopSettings,
)
from simulator.engine.world import World

FOUNDED: Final = datetime(2016, 1, 4, 8, tzinfo=UTC)
"""When accounts and shops were made of which nobody says anything else."""

ACCOUNT_SETTINGS: Final[Mapping[str, Any]] = {
    "affiliate_bcc": 0,
    "affiliate_fee": None,
    "allow_printerless_return": 0,
    "has_carrier_cbs_contract": 0,
    "has_carrier_contract": 0,
    "has_carrier_mail_contract": 0,
    "has_carrier_small_package_contract": 0,
    "is_test": 0,
    "my_returns": "inactive",
    "order_mode": 0,
    "order_settings": {"shipment_label": "apart"},
    "postnl_mailbox_international": 0,
    "use_mfa": 0,
}
SHOP_SETTINGS_AT_FIRST: Final[Mapping[str, Any]] = {
    "auto_save_addresses": 0,
    "default_collect_address_id": None,
    "label_description": "",
    "label_format": "A4",
    "label_format_locked": 0,
    "preferred_locale": "nl-NL",
    "reminder_email": 0,
    "use_logo_label": 0,
    "weight": 1000,
}
FEATURES: Final = (
    "AUTO_ORDER_IMPORT",
    "BOL_DOT_COM_VVB_SHIPMENTS",
    "CUSTOM_CONTRACTS",
    "DIRECT_PRINTING",
    "LEGACY_ORDER_MANAGEMENT",
    "ORDER_MANAGEMENT",
    "ORDER_NOTES",
)
"""What a plan may give (IAM interface); of those that shops' plugins look for."""

_FEATURES_AT_FIRST = ("DIRECT_PRINTING", "LEGACY_ORDER_MANAGEMENT", "ORDER_NOTES")
FIRST_CONTRACT: Final = 1_000_001
"""The id of the first contract that somebody adds."""

_PER_SHOP = 100
_CUTOFF = "15:30"
_POINT_WITHIN = 10_000
"""Metres: how far drop-off points are looked for when nobody says."""


class Platform(NamedTuple):
    """The twin that an account is of: its number, and its name in the IAM interface."""

    id: int
    name: str


PLATFORMS: Mapping[str, Platform] = {
    "NL": Platform(1, "MYPARCEL_NL"),
    "BE": Platform(3, "MYPARCEL_BE"),
}
"""By the country in which a shop is."""


def platform_of(shop: Shop) -> Platform:
    """The twin that a shop is of; the Dutch one where its country has none of its own."""
    return PLATFORMS[home_of(shop.sender.get("cc"))]


def account_of(world: World, id: int) -> Account:
    """What was changed of an account; of one of which nothing was, an empty record."""
    return world[ACCOUNTS].get(id) or Account(id, {}, FOUNDED)


def settings_of(world: World, shop: Shop) -> ShopSettings:
    """What was changed of a shop; of one of which nothing was, an empty record."""
    return world[SHOP_SETTINGS].get(shop.id) or ShopSettings(shop.id, {}, FOUNDED)


def shops_of(world: World, account_id: int) -> list[Shop]:
    """The shops of an account."""
    return world[SHOPS].where("account_id", account_id)


def plan_of(world: World, account_id: int, shop_id: int) -> PlanSubscription:
    """The plan of an account; a shop of it pays for the one that it begins with."""
    kept = world[PLANS].first("account_id", account_id)
    if kept is not None:
        return kept
    return PlanSubscription(account_id, account_id, shop_id, "bundle", _FEATURES_AT_FIRST)


def carriers_of(shop: Shop) -> tuple[int, ...]:
    """The carriers that a shop has without a contract of its own: those that offer it something."""
    return table.carriers_from(home_of(shop.sender.get("cc")))


def carrier_options_of(world: World, shop: Shop) -> list[CarrierOption]:
    """The carriers of a shop, as they stand, in the order of their contracts' ids."""
    first = [
        CarrierOption(_number(shop, carrier), shop.account_id, shop.id, carrier)
        for carrier in carriers_of(shop)
    ]
    kept = {option.id: option for option in world[CARRIER_OPTIONS].where("shop_id", shop.id)}
    options = {option.id: option for option in first} | kept
    return [options[id] for id in sorted(options)]


def configurations_of(world: World, shop: Shop) -> list[CarrierConfiguration]:
    """How a shop hands its parcels to each of the carriers that it has."""
    kept = {each.carrier: each for each in world[CARRIER_CONFIGURATIONS].where("shop_id", shop.id)}
    wanted = dict.fromkeys(option.carrier for option in carrier_options_of(world, shop))
    return [kept.get(number) or _configuration(shop, number) for number in wanted]


def _configuration(shop: Shop, number: int) -> CarrierConfiguration:
    return CarrierConfiguration(
        id=_number(shop, number),
        shop_id=shop.id,
        carrier=number,
        default_cutoff_time=_CUTOFF,
        monday_cutoff_time=_CUTOFF,
        default_drop_off_point=_point(shop, number),
    )


def _number(shop: Shop, carrier: int) -> int:
    return shop.id * _PER_SHOP + carrier


def _point(shop: Shop, carrier: int) -> str | None:
    """The point of the carrier that is nearest to a shop for handing in; None: it has none near."""
    cc = str(shop.sender.get("cc"))
    takes_in = any(each.hand_in for each in NETWORKS if (each.carrier, each.cc) == (carrier, cc))
    place = place_in(cc, str(shop.sender.get("postal_code", "")))
    found = near(carrier, cc, place, _POINT_WITHIN, 1) if takes_in and place is not None else ()
    return found[0][1].code if found else None
