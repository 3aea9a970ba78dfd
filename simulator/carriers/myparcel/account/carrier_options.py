"""Which carriers a shop may use, and how it hands them its parcels, as plugins ask for it.

Observed in client libraries: paths, members and filters.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.carriers import reasons
from simulator.carriers.myparcel.account import accounts, settings
from simulator.carriers.myparcel.offers.names import CARRIERS
from simulator.carriers.myparcel.records import Shop
from simulator.carriers.myparcel.shops.records import CarrierConfiguration, CarrierOption
from simulator.carriers.myparcel.wire import errors, media, paging, parsing
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.core.answers import Answer
from simulator.engine.world import World

_KINDS = ("main", "custom")


def list_shop_carrier_options(world: World, shop_id: str) -> Answer:
    """The carriers of the shop. Raises 404 and 403 as the shop itself does."""
    media.json_only(world)
    return _options(world, accounts.own_shop(world, shop_id))


def list_account_carrier_options(world: World, account_id: str) -> Answer:
    """The carriers of the account. Raises 404 and 403 as the account itself does."""
    media.json_only(world)
    return _options(world, accounts.own_account(world, account_id))


def list_carrier_configurations(world: World, shop_id: str) -> Answer:
    """How the shop hands parcels to each of its carriers."""
    media.json_only(world)
    shop = accounts.own_shop(world, shop_id)
    shown = [_configuration(each) for each in settings.configurations_of(world, shop)]
    return media.json({"carrier_configurations": shown})


def get_carrier_configuration(world: World, shop_id: str, carrier: str) -> Answer:
    """How the shop hands parcels to one carrier. Raises 404 for one that it does not have."""
    media.json_only(world)
    shop = accounts.own_shop(world, shop_id)
    wanted = CARRIERS.number(carrier)
    kept = {each.carrier: each for each in settings.configurations_of(world, shop)}
    if wanted is None or wanted not in kept:
        advice = reasons.nearby("carrier", kept)
        raise errors.not_found(reason=f"shop {shop.id} has no carrier {carrier[:50]}; {advice}")
    return media.json({"carrier_configurations": [_configuration(kept[wanted])]})


def _options(world: World, shop: Shop) -> Answer:
    faults: list[Fault] = []
    given = paging.given(world)
    enabled = _flag(given, faults)
    wanted = _carriers(given, faults)
    contracts = _numbers(given, faults)
    kind = given.get("type")
    if kind is not None and kind not in _KINDS:
        faults.append(Fault(0, f"type {kind!r} is none of {', '.join(_KINDS)}"))
    paging.refuse(faults)
    shown = [
        _option(each)
        for each in settings.carrier_options_of(world, shop)
        if enabled in (None, int(each.enabled))
        and (wanted is None or each.carrier in wanted)
        and (contracts is None or each.id in contracts)
        and kind in (None, each.type)
    ]
    return media.json({"carrier_options": shown})


def _flag(given: Mapping[str, str], faults: list[Fault]) -> int | None:
    text = given.get("enabled")
    wanted = None if text is None else parsing.boolean(text)
    if text is not None and wanted is None:
        faults.append(Fault(0, f"enabled {text!r} is neither 1 nor 0"))
    return wanted


def _carriers(given: Mapping[str, str], faults: list[Fault]) -> set[int] | None:
    if "carrier_id" not in given:
        return None
    found = {text: CARRIERS.number(text) for text in parsing.parts(given["carrier_id"])}
    for text, number in found.items():
        if number is None:
            faults.append(Fault(3222, f"carrier_id {text!r} is the number of no carrier"))
    return {number for number in found.values() if number is not None}


def _numbers(given: Mapping[str, str], faults: list[Fault]) -> set[int | None] | None:
    text = given.get("subscription_id")
    if text is None:
        return None
    numbers = {parsing.integer(part) for part in parsing.parts(text)}
    if None in numbers:
        faults.append(Fault(3210, f"subscription_id {text!r} is no number"))
    return numbers


def _option(option: CarrierOption) -> dict[str, Any]:
    carrier = CARRIERS[option.carrier]
    return {
        "id": option.id,
        "carrier_id": carrier.number,
        "carrier": {"id": carrier.number, "name": carrier.old, "human": carrier.human},
        "enabled": int(option.enabled),
        "optional": int(option.optional),
        "primary": int(option.primary),
        "type": option.type,
        "label": option.label,
        "subscription_id": option.id if option.type == "custom" else None,
        "options": None,
    }


def _configuration(record: CarrierConfiguration) -> dict[str, Any]:
    return {
        "carrier_id": record.carrier,
        "configuration": {
            "default_cutoff_time": record.default_cutoff_time,
            "default_drop_off_point": record.default_drop_off_point,
            "monday_cutoff_time": record.monday_cutoff_time,
        },
    }
