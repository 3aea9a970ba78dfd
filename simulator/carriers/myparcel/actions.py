"""What the world does to MyParcel: the actions of the control API, scenarios and consoles."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from simulator.carriers.carrier import Action, BadAction
from simulator.carriers.myparcel import building, moves
from simulator.carriers.myparcel.catalog.lifecycle import CONCEPT, JOURNEYS, LETTER_PRINTED
from simulator.carriers.myparcel.records import (
    API_KEYS,
    SHIPMENTS,
    SHOPS,
    ApiKey,
    Role,
    Shipment,
    Shop,
)
from simulator.engine.world import World

_KEY = re.compile(r"[A-Za-z0-9._~+/=-]{1,500}")
_FIRST_SHOP = 1001
_HEAVIEST = 1_000_000


class Move(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`shipment` is an id or a barcode, `status` one of the carrier's numbers."""

    shipment: int | str
    status: int


class StartJourney(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`shipment` is an id or a barcode, `journey` the name of a journey."""

    shipment: int | str
    journey: str


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


class Weigh(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`weight` in grams, the other measures in whole centimetres; `large_format` adds or removes
    that option."""

    shipment: int | str
    weight: int
    large_format: bool | None = None
    height: int | None = None
    width: int | None = None
    length: int | None = None


def shipment_of(world: World, wanted: int | str) -> Shipment:
    """The shipment of an id or a barcode. Raises `BadAction` when there is none."""
    text = str(wanted).strip()
    found = None
    if text.isascii() and text.isdecimal() and len(text) < 19:
        found = world[SHIPMENTS].get(int(text))
    elif text:
        found = next((each for each in world[SHIPMENTS] if each.barcode == text), None)
    if found is None:
        raise BadAction(f"there is no shipment {wanted!r}: name an id or a barcode")
    return found


def _whereabouts(shipment: Shipment) -> dict[str, Any]:
    return {
        "shipment": shipment.id,
        "status": shipment.status,
        "barcode": shipment.barcode,
        "journey": shipment.journey,
    }


def _move(world: World, arguments: Move) -> dict[str, Any]:
    shipment = shipment_of(world, arguments.shipment)
    return _whereabouts(moves.move(world, shipment, arguments.status))


def _start_journey(world: World, arguments: StartJourney) -> dict[str, Any]:
    shipment = shipment_of(world, arguments.shipment)
    return _whereabouts(moves.start_journey(world, shipment, arguments.journey))


def _set_key(world: World, arguments: SetKey) -> dict[str, Any]:
    key = world[API_KEYS].get(arguments.key)
    if key is None:
        known = ", ".join(each.key for each in world[API_KEYS])
        raise BadAction(f"there is no key {arguments.key!r}: there are {known}")
    if arguments.role is not None:
        key = world[API_KEYS].put(msgspec.structs.replace(key, role=arguments.role))
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


def _weigh(world: World, arguments: Weigh) -> dict[str, Any]:
    shipment = shipment_of(world, arguments.shipment)
    if shipment.status in (CONCEPT, LETTER_PRINTED):
        raise BadAction(
            f"shipment {shipment.id} is {moves.named(shipment.status)}: the carrier only weighs "
            "what was registered with it"
        )
    measured = _measured(arguments)
    options = shipment.options
    if arguments.large_format is not None:
        options = {**options, "large_format": int(arguments.large_format)}
    cc = str(shipment.recipient.get("cc", "NL"))
    price = building.price(
        shipment.carrier, cc, options, {"weight": arguments.weight}, shipment.numbering
    )
    weighed = world[SHIPMENTS].put(
        msgspec.structs.replace(
            shipment,
            options=options,
            physical_properties={**(shipment.physical_properties or {}), **measured},
            price=price,
            modified=world.now,
        )
    )
    world.emit(
        "myparcel.shipment_weighed", shipment_id=weighed.id, weight=arguments.weight, price=price
    )
    return {**_whereabouts(weighed), "price": price, "before": shipment.price}


def _measured(arguments: Weigh) -> dict[str, int]:
    sides = {
        "carrier_height": arguments.height,
        "carrier_width": arguments.width,
        "carrier_length": arguments.length,
    }
    given = {name: value for name, value in sides.items() if value is not None}
    for name, value in {"weight": arguments.weight, **given}.items():
        if not 0 < value <= _HEAVIEST:
            raise BadAction(f"{name.removeprefix('carrier_')} has to be from 1 to {_HEAVIEST}")
    if len(given) == len(sides):
        height, width, length = given.values()
        given["carrier_volume"] = height * width * length
    return {**given, "carrier_weight": arguments.weight}


ACTIONS: tuple[Action, ...] = (
    Action("move", "Let a shipment change its status, as far as that is possible.", Move, _move),
    Action(
        "start_journey",
        f"Let a shipment go on a journey that runs on the clock: {', '.join(JOURNEYS)}.",
        StartJourney,
        _start_journey,
    ),
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
        "weigh",
        "Let the carrier weigh and measure a package, which corrects its price.",
        Weigh,
        _weigh,
    ),
)
"""The actions on shipments and keys."""
