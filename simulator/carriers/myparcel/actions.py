"""What the world does to MyParcel: the actions of the control API, scenarios and consoles."""

from __future__ import annotations

import math
import re
from typing import Any

import msgspec

from simulator.carriers.carrier import Action, BadAction
from simulator.carriers.myparcel.catalog.countries import region_of
from simulator.carriers.myparcel.catalog.lifecycle import JOURNEYS, STATUSES
from simulator.carriers.myparcel.catalog.types import PACKAGE
from simulator.carriers.myparcel.editions.table import EDITIONS
from simulator.carriers.myparcel.payments import payments
from simulator.carriers.myparcel.records import (
    API_KEYS,
    SHIPMENTS,
    SHOPS,
    ApiKey,
    Role,
    Shipment,
    Shop,
)
from simulator.carriers.myparcel.shipments import building, moves, playing
from simulator.carriers.myparcel.wire import parsing
from simulator.engine.world import World

_KEY = re.compile(r"[A-Za-z0-9._~+/=-]{1,500}")
_FIRST_SHOP = 1001
_SIDES = ("height", "width", "length")
_USUAL_SIZE = (100, 70, 50)
"""Centimetres of the largest package that is no large format, longest side first (documented)."""

_MOST = 1_000_000
"""Grams, centimetres or shipments, beyond anything that a carrier takes."""


class SetKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`role` is what the key may do; `returns`: whether its shop has returns by link.

    What is left out stays as it is.
    """

    key: str
    role: Role | None = None
    returns: bool | None = None


class AddKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`shop` is the id of a shop that exists; without it the key gets a shop of its own."""

    key: str
    role: Role = "postpaid"
    shop: int | None = None
    returns: bool = True


class SetAccount(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`key` is one of the account's; `active` is whether the account is activated."""

    key: str
    active: bool


class SetDailyMaximum(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`key` is one of the shop's; `shipments` is how many it may make in a day, null for any
    number."""

    key: str
    shipments: int | None


class Weigh(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`weight` in grams, the other measures in whole centimetres.

    `large_format` adds or removes that option. When it is left out, a package whose sides are more
    than 100 x 70 x 50 cm gets it (documented)."""

    shipment: int | str
    weight: int
    large_format: bool | None = None
    height: int | None = None
    width: int | None = None
    length: int | None = None


def _set_key(world: World, arguments: SetKey) -> dict[str, Any]:
    key = _known_key(world, arguments.key)
    if arguments.role is not None:
        key = world[API_KEYS].put(msgspec.structs.replace(key, role=arguments.role))
        payments.change_terms(world, key)
    shop = world[SHOPS].get(key.shop_id)
    if arguments.returns is not None:
        if shop is None:
            raise BadAction(f"the key {key.key!r} has no shop that could have returns")
        shop = world[SHOPS].put(msgspec.structs.replace(shop, returns_enabled=arguments.returns))
    return _told(key, shop)


def _add_key(world: World, arguments: AddKey) -> dict[str, Any]:
    if not _KEY.fullmatch(arguments.key):
        raise BadAction("a key has 1 to 500 letters, digits and ._~+/=- (no @, no spaces)")
    if arguments.key in world[API_KEYS]:
        raise BadAction(
            f"the key {arguments.key!r} is taken: name another, or use myparcel.set_key"
        )
    shop = _new_shop(world) if arguments.shop is None else world[SHOPS].get(arguments.shop)
    if shop is None:
        known = ", ".join(str(each.id) for each in world[SHOPS])
        raise BadAction(f"there is no shop {arguments.shop}: there are {known}")
    if arguments.shop is None or not arguments.returns:
        shop = msgspec.structs.replace(shop, returns_enabled=arguments.returns)
        world[SHOPS].put(shop)
    key = ApiKey(arguments.key, shop.account_id, shop.id, arguments.role)
    return _told(world[API_KEYS].put(key), shop)


def _new_shop(world: World) -> Shop:
    number = world.next_number("myparcel.shops", _FIRST_SHOP)
    name = f"Winkel {number}"
    sender = {
        "cc": "NL",
        "postal_code": "2132JE",
        "city": "Hoofddorp",
        "street": "Siriusdreef",
        "number": str(number % 100 + 1),
        "person": "Magazijn",
        "company": name,
        "email": f"shop{number}@example.com",
        "phone": "0201234567",
    }
    return Shop(number, number, name, sender)


def _told(key: ApiKey, shop: Shop | None) -> dict[str, Any]:
    return {
        "key": key.key,
        "role": key.role,
        "account": key.account_id,
        "shop": key.shop_id,
        "returns": shop is not None and shop.returns_enabled,
    }


def _set_account(world: World, arguments: SetAccount) -> dict[str, Any]:
    key = _known_key(world, arguments.key)
    shops = [
        world[SHOPS].put(msgspec.structs.replace(shop, active=arguments.active))
        for shop in list(world[SHOPS])
        if shop.account_id == key.account_id
    ]
    if not shops:
        raise BadAction(f"the key {key.key!r} has no shop that could make shipments")
    return {
        "account": key.account_id,
        "active": arguments.active,
        "shops": [each.id for each in shops],
    }


def _set_daily_maximum(world: World, arguments: SetDailyMaximum) -> dict[str, Any]:
    key = _known_key(world, arguments.key)
    shop = world[SHOPS].get(key.shop_id)
    if shop is None:
        raise BadAction(f"the key {key.key!r} has no shop that could make shipments")
    most = arguments.shipments
    if most is not None and not 0 <= most <= _MOST:
        raise BadAction(f"shipments has to be from 0 to {_MOST}, or null")
    shop = world[SHOPS].put(msgspec.structs.replace(shop, daily_maximum=most))
    return {"shop": shop.id, "shipments": most}


def _known_key(world: World, wanted: str) -> ApiKey:
    key = world[API_KEYS].get(wanted)
    if key is None:
        known = ", ".join(each.key for each in world[API_KEYS])
        raise BadAction(f"there is no key {wanted!r}: there are {known}")
    return key


def _weigh(world: World, arguments: Weigh) -> dict[str, Any]:
    shipment = playing.MOVABLE.find(world, arguments.shipment)
    if shipment.barcode is None:
        raise BadAction(
            f"shipment {shipment.id} is {moves.named(shipment.status)}: the carrier only weighs "
            "what was registered with it"
        )
    measured = _measured(shipment.physical_properties or {}, arguments)
    cc = str(shipment.recipient.get("cc", "NL"))
    options = {**shipment.options, **_format(shipment, measured, cc, arguments.large_format)}
    shop = world[SHOPS].get(shipment.shop_id)
    assert shop is not None
    weight = {"weight": arguments.weight}
    price = building.price(shop, shipment.carrier, cc, options, weight, shipment.numbering)
    weighed = world[SHIPMENTS].put(
        msgspec.structs.replace(
            shipment,
            options=options,
            physical_properties=measured,
            price=price,
            modified=world.now,
        )
    )
    world.emit(
        "myparcel.shipment_weighed", shipment_id=weighed.id, weight=arguments.weight, price=price
    )
    return {**playing.MOVABLE.tell(weighed), "price": price, "before": shipment.price}


def _format(
    shipment: Shipment, measured: dict[str, Any], cc: str, wanted: bool | None
) -> dict[str, int]:
    """The option `large_format` as the carrier finds it; empty where it stays as it is.

    Raises `BadAction` where it is asked for and a create would not take it.
    """
    package = parsing.integer(shipment.options.get("package_type")) == PACKAGE
    europe = region_of(cc) != "global"
    possible = package and (europe or not EDITIONS[shipment.numbering].large_format_in_europe)
    if wanted and not possible:
        raise BadAction(
            f"shipment {shipment.id} cannot have the large format: that is for packages "
            f"(package type 1) in the Netherlands and the European Union"
        )
    if wanted is not None:
        return {"large_format": int(wanted)}
    known = [parsing.integer(measured.get(f"carrier_{name}")) for name in _SIDES]
    sides = sorted((side for side in known if side is not None), reverse=True)
    large = len(sides) == len(_SIDES) and any(map(int.__gt__, sides, _USUAL_SIZE))
    return {"large_format": 1} if large and possible else {}


def _measured(known: dict[str, Any], arguments: Weigh) -> dict[str, Any]:
    """What is known of a package with what the carrier measured now."""
    given = {
        name: value
        for name in ("height", "width", "length", "weight")
        if (value := getattr(arguments, name)) is not None
    }
    for name, value in given.items():
        if not 0 < value <= _MOST:
            raise BadAction(f"{name} has to be from 1 to {_MOST}")
    measured = {**known, **{f"carrier_{name}": value for name, value in given.items()}}
    sides = [measured.get(f"carrier_{name}") for name in _SIDES]
    if None not in sides:
        measured["carrier_volume"] = math.prod(sides)
    return measured


ACTIONS: tuple[Action, ...] = (
    *playing.MOVABLE.actions(int, moves.move, moves.start_journey, JOURNEYS, STATUSES),
    playing.PLAY.action(),
    Action(
        "set_key",
        "Set what an API key may do, and whether its shop has returns by link.",
        SetKey,
        _set_key,
    ),
    Action(
        "add_key",
        "Add an API key, to a shop or with a shop and an account of its own.",
        AddKey,
        _add_key,
    ),
    Action(
        "set_account",
        "Activate the account of an API key, or let it wait for that: it makes no shipments then.",
        SetAccount,
        _set_account,
    ),
    Action(
        "set_daily_maximum",
        "Set how many shipments the shop of an API key may make in a day.",
        SetDailyMaximum,
        _set_daily_maximum,
    ),
    Action(
        "weigh",
        "Let the carrier weigh and measure a package, which corrects its price.",
        Weigh,
        _weigh,
    ),
)
"""The actions on shipments and keys."""
