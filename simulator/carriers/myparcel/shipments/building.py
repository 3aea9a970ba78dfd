"""From what a client posted to the record of a shipment.

Options and addresses are kept as they came, without defaults (observed); only numbers that came as
texts become numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from simulator.carriers.myparcel.catalog.countries import region_of
from simulator.carriers.myparcel.catalog.types import FLAGS, PACKAGE, PROPERTIES, SETTINGS
from simulator.carriers.myparcel.delivery import offer_prices, prices
from simulator.carriers.myparcel.editions import carriers
from simulator.carriers.myparcel.editions.table import EDITIONS
from simulator.carriers.myparcel.offers.zones import home_of
from simulator.carriers.myparcel.records import (
    API_KEYS,
    RETURN_SHIPMENT,
    SHIPMENTS,
    SHOPS,
    Shipment,
    Shop,
)
from simulator.carriers.myparcel.rules.insurance import ABROAD, amount_of
from simulator.carriers.myparcel.tracking import lifecycle
from simulator.carriers.myparcel.wire import parsing
from simulator.engine.world import World

_FIRST_ID = 20_000_001

_ADDRESS_TEXTS = ("postal_code", "number", "number_suffix", "phone")
_OPTION_NUMBERS = ("package_type", "delivery_type")


def build(
    world: World, shop: Shop, item: dict[str, Any], shipment_type: int, spoken: str
) -> Shipment:
    """Store a new concept of the shop from a shipment that the rules have passed.

    `spoken` is the edition in which the carrier of `item` is a number or a name.
    """
    return _store(
        world,
        shop,
        item,
        shipment_type,
        spoken,
        recipient=address(item["recipient"]),
        sender=_sender(shop.sender, item.get("sender"), spoken),
        options=options(item["options"]),
    )


def build_return(
    world: World, shop: Shop, item: dict[str, Any], parent: Shipment | None, spoken: str
) -> Shipment:
    """Store a new return to the shop: of `parent`, or of something that is not known here.

    The sender is whom the parent went to, by the name that the return gives; an unrelated one
    knows nothing more (inferred). The label of a related one says what it brings back
    (documented).
    """
    sender = _sender({}, item.get("sender"), spoken) if parent is None else dict(parent.recipient)
    sender["person"] = parsing.text(item["name"])
    if item.get("email"):
        sender["email"] = item["email"]
    chosen = options(item.get("options") or {"package_type": PACKAGE})
    if parent is not None:
        chosen["label_description"] = f"Retour \u2013 {parent.barcode or parent.id}"
    return _store(
        world,
        shop,
        item,
        RETURN_SHIPMENT,
        spoken,
        recipient=shop.sender,
        sender=sender,
        options=chosen,
        parent_id=None if parent is None else parent.id,
    )


def _store(
    world: World,
    shop: Shop,
    item: dict[str, Any],
    shipment_type: int,
    spoken: str,
    *,
    recipient: dict[str, Any],
    sender: dict[str, Any],
    options: dict[str, Any],
    parent_id: int | None = None,
) -> Shipment:
    id = world.next_number("myparcel.shipments", _FIRST_ID)
    carrier = _carrier(item["carrier"], spoken)
    properties = _numbers(item.get("physical_properties"), PROPERTIES)
    world.emit(
        "myparcel.shipment_created", shipment_id=id, account_id=shop.account_id, shop_id=shop.id
    )
    return world[SHIPMENTS].put(
        Shipment(
            id=id,
            account_id=shop.account_id,
            shop_id=shop.id,
            shipment_type=shipment_type,
            carrier=carrier,
            recipient=recipient,
            sender=sender,
            options=options,
            price=price(shop, carrier, recipient["cc"], options, properties, spoken),
            region=recipient["cc"],
            created=world.now,
            modified=world.now,
            parent_id=parent_id,
            physical_properties=properties,
            **_kept(item),
            paid=not _pays_first(world, shop),
            next_job=lifecycle.watch(world, id),
            numbering=spoken,
            user_agent=world.request.headers.get("user-agent"),
        )
    )


def rebuild(world: World, record: Shipment, item: dict[str, Any], spoken: str) -> Shipment:
    """Store a concept with everything that can be posted taken from `item`.

    The label of a return goes on saying what it brings back.
    """
    shop = world[SHOPS].get(record.shop_id)
    assert shop is not None
    carrier = _carrier(item["carrier"], spoken)
    recipient = address(item["recipient"])
    chosen = options(item["options"])
    if record.shipment_type == RETURN_SHIPMENT and record.parent_id is not None:
        chosen["label_description"] = record.options["label_description"]
    properties = _numbers(item.get("physical_properties"), PROPERTIES)
    return world[SHIPMENTS].put(
        msgspec.structs.replace(
            record,
            carrier=carrier,
            recipient=recipient,
            sender=record.sender
            if record.shipment_type == RETURN_SHIPMENT
            else _sender(record.sender, item.get("sender"), spoken),
            address_id=record.address_id if recipient == record.recipient else None,
            options=chosen,
            price=price(shop, carrier, recipient["cc"], chosen, properties, spoken),
            modified=world.now,
            physical_properties=properties,
            **_kept(item),
            numbering=spoken,
        )
    )


def price(
    shop: Shop,
    carrier: int,
    cc: str,
    options: dict[str, Any],
    properties: dict[str, Any] | None,
    spoken: str,
) -> int:
    """The price in cents of what the shop sends with a carrier of the edition `spoken`.

    A package abroad that names no insurance is charged the one it must have.
    """
    weight = None if properties is None else properties.get("weight")
    if EDITIONS[spoken].judged_by == "offers":
        return offer_prices.price_of(home_of(shop.sender["cc"]), carrier, cc, options, weight)
    region = region_of(cc)
    if region != "NL" and options.get("package_type") == PACKAGE and not amount_of(options):
        options = {**options, "insurance": {"amount": ABROAD[region], "currency": "EUR"}}
    return prices.price_of(carrier, cc, options, weight, spoken)


def _pays_first(world: World, shop: Shop) -> bool:
    if world.caller is not None:
        return bool(world.caller.prepaid)
    # A receiver who makes a return by a link has no key.
    return any(key.role == "prepaid" for key in world[API_KEYS].where("shop_id", shop.id))


def address(posted: dict[str, Any]) -> dict[str, Any]:
    """An address as it was posted, its numbers as texts."""
    changed = {name: str(posted[name]) for name in _ADDRESS_TEXTS if type(posted.get(name)) is int}
    return {**posted, **changed} if changed else dict(posted)


_WHERE = ("street", "number", "number_suffix", "box_number", "street_additional_info")
"""What of an address goes with its street."""


def _sender(usual: dict[str, Any], posted: Any, spoken: str) -> dict[str, Any]:
    """Who sends it: what is posted of today's sender, the `usual` one's members for what is not."""
    given = parsing.form(posted) if EDITIONS[spoken].senders else {}
    told = {name: value for name, value in address(given).items() if value not in (None, "")}
    kept = _WHERE if "street" in told else ()
    return {**{name: value for name, value in usual.items() if name not in kept}, **told}


def options(posted: dict[str, Any]) -> dict[str, Any]:
    """Options as they were posted, their texts of digits as numbers."""
    chosen = _flags(_numbers(posted, _OPTION_NUMBERS) or {}, FLAGS)
    if isinstance(chosen.get("insurance"), dict):
        chosen["insurance"] = _numbers(chosen["insurance"], ("amount",))
    return chosen


def _numbers(posted: Any, names: Iterable[str]) -> dict[str, Any] | None:
    """The object with these members as numbers; None for none, or for an empty list of PHP."""
    if not isinstance(posted, dict):
        return None
    chosen = dict(posted)
    for name in names:
        value = chosen.get(name)
        if value is not None and type(value) is not int:
            chosen[name] = parsing.integer(value)
    return chosen


def _flags(chosen: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    for name in names:
        value = chosen.get(name)
        if value is not None and type(value) is not int:
            chosen[name] = parsing.boolean(value)
    return chosen


def _settings(posted: Any) -> dict[str, Any] | None:
    return _flags(dict(posted), SETTINGS) if isinstance(posted, dict) else None


def _carrier(posted: int | str, spoken: str) -> int:
    """The number of a carrier, which may be posted by its name."""
    return parsing.integer(posted) or carriers.number(posted, spoken) or 0


def _kept(item: dict[str, Any]) -> dict[str, Any]:
    """What a shipment keeps of `item` that its price does not depend on."""
    pickup, drop_off_point = item.get("pickup"), item.get("drop_off_point")
    return {
        "reference_identifier": parsing.text(item.get("reference_identifier")) or None,
        "general_settings": _settings(item.get("general_settings")),
        "pickup": pickup if isinstance(pickup, dict) else None,
        "drop_off_point": drop_off_point if any(parsing.form(drop_off_point).values()) else None,
        "customs_declaration": _declaration(item.get("customs_declaration")),
        "contract_id": parsing.integer(item.get("contract_id")),
    }


def _declaration(posted: Any) -> dict[str, Any] | None:
    declaration = _numbers(posted, ("contents", "weight"))
    if declaration is not None and isinstance(declaration.get("items"), list):
        declaration["items"] = [
            _item(item) for item in declaration["items"] if isinstance(item, dict)
        ]
    return declaration


def _item(posted: dict[str, Any]) -> dict[str, Any]:
    item = _numbers(posted, ("amount", "weight")) or {}
    if isinstance(item.get("item_value"), dict):
        item["item_value"] = _numbers(item["item_value"], ("amount",))
    return item
