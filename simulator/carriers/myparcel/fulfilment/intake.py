"""From what a client posted to the record of an order.

Whether its shipment could be sent is judged when it is shipped, since documented orders have
addresses that no shipment could have; what would stand in the way is told in the journal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from simulator.carriers.myparcel.bodies import kinds
from simulator.carriers.myparcel.offers.names import CARRIERS, PACKAGE_TYPES
from simulator.carriers.myparcel.records import Shop
from simulator.carriers.myparcel.shops.records import OrderLine
from simulator.carriers.myparcel.wire import errors, hashes, moments, parsing
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.core.answers import Refusal
from simulator.core.faults import shown
from simulator.engine.world import World

KEPT = (
    *("fulfilment_partner_identifier", "reference_identifier", "order_date", "invoice_address"),
    *("language", "type", "price", "vat", "price_after_vat", "origin", "payment_method"),
)
"""The members of an order that are kept as they came."""

OBJECTS = ("pickup", "drop_off_point", "physical_properties", "customs_declaration")
"""The members of an order's shipment that are objects, or PHP's empty list."""


def refused(faults: list[Fault]) -> Refusal:
    """422: findings in a body of orders."""
    return errors.refuse(422, "Order validation error", faults, validation=True)


def check(world: World, shop: Shop, item: Mapping[str, Any], path: str) -> Iterator[Fault]:
    """What is wrong with an order beyond its form. Raises 403 for one of another shop."""
    for name, own in (("account_id", shop.account_id), ("shop_id", shop.id)):
        given = item.get(name)
        if given is not None and parsing.integer(given) != own:
            raise errors.permission_denied(f"{path}.{name} is {given}, the key is of {own}")
    date = item.get("order_date")
    if date is not None and moments.parse(str(date)) is None:
        text = f"order_date {shown(date, 60)} is no date YYYY-MM-DD HH:MM:SS"
        yield Fault(5000, text, f"{path}.order_date")
    yield from _misfits(item, ("invoice_address",), path)
    shipment = item.get("shipment")
    if not isinstance(shipment, Mapping):
        return
    yield from _misfits(shipment, OBJECTS, f"{path}.shipment")
    carrier = shipment.get("carrier")
    if carrier is not None and CARRIERS.number(carrier) is None:
        fault = f"there is no carrier {shown(carrier, 60)}, there are {CARRIERS.listed()}"
        yield Fault(3728, fault, f"{path}.shipment.carrier")
    package = parsing.form(shipment.get("options")).get("package_type")
    if package is not None and PACKAGE_TYPES.number(package) is None:
        fault = f"package_type {shown(package, 60)} is none of {PACKAGE_TYPES.listed()}"
        yield Fault(3733, fault, f"{path}.shipment.options.package_type")


def _misfits(given: Mapping[str, Any], names: Iterable[str], path: str) -> Iterator[Fault]:
    """What stands where an object belongs, in the words of a shipment."""
    for name in names:
        value = given.get(name)
        if not kinds.absent(value) and not isinstance(value, Mapping):
            yield kinds.misfit(value, "object", f"{path}.{name}")


def identifier(item: Mapping[str, Any]) -> str | None:
    """The number that the webshop knows an order by."""
    return parsing.text(item.get("external_identifier")) or None


def shipment(posted: Any) -> dict[str, Any]:
    """How an order is to be sent, its carrier as a number."""
    given = dict(parsing.form(posted))
    carrier = given.get("carrier")
    number = CARRIERS.number(carrier)
    return given if number is None else {**given, "carrier": number}


def lines(world: World, posted: Any) -> tuple[OrderLine, ...]:
    """The lines of an order, each with a UUID of its own (documented: they change with every
    edit)."""
    return tuple(_line(world, each) for each in posted or ())


def _line(world: World, posted: dict[str, Any]) -> OrderLine:
    number = str(world.next_number("myparcel.order_lines"))
    shippable = posted.get("shippable")
    return OrderLine(
        uuid=hashes.uuid(world, "myparcel.order_line", number),
        quantity=parsing.integer(posted["quantity"]) or 1,
        shippable=True if shippable is None else parsing.flag(shippable),
        posted=posted,
    )
