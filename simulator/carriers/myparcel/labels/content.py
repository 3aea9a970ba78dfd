"""What stands on a shipment's label and on its customs form.

A label is in one language. A form that goes with it is in English, one of the languages in which
the postal union lets its CN 23 be filled in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from simulator.carriers.myparcel.catalog.services import BROKER, CARRIERS
from simulator.carriers.myparcel.catalog.types import PACKAGE
from simulator.carriers.myparcel.editions import carriers
from simulator.carriers.myparcel.labels.words import Wording, wording_for
from simulator.carriers.myparcel.records import RETURN_SHIPMENT, Shipment
from simulator.carriers.myparcel.rules.insurance import amount_of
from simulator.carriers.myparcel.tracking import lifecycle
from simulator.carriers.myparcel.wire import parsing
from simulator.labels import CustomsForm, CustomsLine, LabelContent, Party, Sorting

_CONTENTS = {
    1: "Commercial goods",
    2: "Commercial samples",
    3: "Documents",
    4: "Gifts",
    5: "Return shipment",
}
_ADDRESS = ("street", "number", "number_suffix")


def label_of(shipment: Shipment, index: str | None = None) -> LabelContent:
    """The label of a shipment that has been registered; `index` counts colli, such as ``1/2``."""
    letter = lifecycle.is_letter(shipment)
    words = wording_for(_country(shipment.recipient))
    kind = parsing.integer(shipment.options.get("package_type")) or PACKAGE
    heading = words.kinds.get(kind, words.kinds[PACKAGE])
    return LabelContent(
        heading=f"MyParcel {words.returning if _is_return(shipment) else heading}",
        barcode=shipment.barcode,
        barcode_text=words.unstamped if letter else None,
        receiver=_party(shipment.recipient),
        sender=_party(shipment.sender),
        routing=_routing(shipment),
        place=_place(shipment),
        sorting=_sorting(shipment, words),
        index=index,
        facts=tuple(_facts(shipment, words)),
        words=words.own,
    )


def form_of(shipment: Shipment) -> CustomsForm | None:
    """The customs form of a shipment that has a declaration; that of a letter has no barcode."""
    declaration = shipment.customs_declaration
    if not declaration:
        return None
    items = [parsing.form(item) for item in declaration.get("items") or ()]
    return CustomsForm(
        barcode=shipment.barcode,
        sender=_party(shipment.sender, abroad=True),
        receiver=_party(shipment.recipient, abroad=True),
        category=_CONTENTS.get(parsing.integer(declaration.get("contents")) or 0, ""),
        invoice=parsing.text(declaration.get("invoice")),
        weight=_weight(shipment),
        total=_total(items),
        lines=tuple(map(_line, items)),
    )


def _line(item: Mapping[str, Any]) -> CustomsLine:
    currency, cents = _value(item)
    return CustomsLine(
        description=parsing.text(item.get("description")),
        amount=parsing.integer(item.get("amount")) or 0,
        weight=parsing.integer(item.get("weight")) or 0,
        value=_money(currency, cents),
        classification=parsing.text(item.get("classification")),
        origin=parsing.text(item.get("country")).upper(),
    )


def _value(item: Mapping[str, Any]) -> tuple[str, int]:
    value = parsing.form(item.get("item_value"))
    return parsing.text(value.get("currency")) or "EUR", parsing.integer(value.get("amount")) or 0


def _total(items: Iterable[Mapping[str, Any]]) -> str:
    """What all lines are worth together, in each of their currencies."""
    totals: dict[str, int] = {}
    for item in items:
        currency, cents = _value(item)
        totals[currency] = totals.get(currency, 0) + cents
    return ", ".join(_money(currency, cents) for currency, cents in totals.items())


def _money(currency: str, cents: int) -> str:
    return f"{currency} {cents / 100:.2f}"


def _party(address: Mapping[str, Any], *, abroad: bool | None = None) -> Party:
    def word(name: str) -> str:
        return parsing.text(address.get(name))

    country = _country(address)
    street = _joined(*map(word, _ADDRESS), _box(word("box_number")))
    place = _joined(word("postal_code"), word("city"))
    return Party(
        company=word("company"),
        name=word("person"),
        street=_joined(street, word("street_additional_info")),
        city=", ".join(filter(None, (place, *_regions(address)))),
        phone=word("phone"),
        email=word("email"),
        country=country if abroad or country != "NL" else None,
    )


def _regions(address: Mapping[str, Any]) -> Iterable[str]:
    """Area, region and state, unless they are empty or only say the country again, as some clients
    do."""
    for name in ("area", "region", "state"):
        part = parsing.text(address.get(name))
        if part.upper() != _country(address):
            yield part


def _country(address: Mapping[str, Any]) -> str:
    return parsing.text(address.get("cc")).upper()


def _box(number: str) -> str:
    """The number of a box in a Belgian building, as it is written there."""
    return f"bus {number}" if number else ""


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _routing(shipment: Shipment) -> str:
    """What the parcel is sorted by: the pickup point, the postal code, or the country."""
    pickup = parsing.form(shipment.pickup)
    if pickup:
        return parsing.text(pickup.get("location_name"))
    cc = _country(shipment.recipient)
    return parsing.text(shipment.recipient.get("postal_code")).upper() if cc == "NL" else cc


def _place(shipment: Shipment) -> tuple[str, ...]:
    """Where the pickup point is."""
    pickup = parsing.form(shipment.pickup)

    def line(*names: str) -> str:
        return _joined(*(parsing.text(pickup.get(name)) for name in names))

    lines = (line(*_ADDRESS), line("postal_code", "city", "cc"))
    return tuple(filter(None, lines))


def _sorting(shipment: Shipment, words: Wording) -> Sorting | None:
    """The number by which the carrier knows the pickup point, and the network that it is of."""
    pickup = parsing.form(shipment.pickup)
    code = parsing.text(pickup.get("location_code"))
    network = parsing.text(pickup.get("retail_network_id"))
    return Sorting(words.pickup, code, network) if code or network else None


def _is_return(shipment: Shipment) -> bool:
    return shipment.shipment_type == RETURN_SHIPMENT


def carrier_of(shipment: Shipment) -> str | None:
    """The name of the carrier that brings the parcel; None where the broker chooses one."""
    number = carriers.in_2017(shipment.carrier, shipment.numbering)
    names = {carrier["id"]: carrier["name"] for carrier in CARRIERS if carrier["id"] != BROKER}
    return names.get(number)


def _facts(shipment: Shipment, words: Wording) -> Iterable[tuple[str, str]]:
    options = shipment.options
    description = parsing.text(options.get("label_description"))
    if description:
        yield words.description, description
    if shipment.reference_identifier:
        yield words.reference, shipment.reference_identifier
    carrier = carrier_of(shipment)
    if carrier and not lifecycle.is_letter(shipment):
        yield words.carrier, carrier
    moment = words.deliveries.get(parsing.integer(options.get("delivery_type")) or 0)
    if moment:
        yield words.delivery, _joined(parsing.text(options.get("delivery_date"))[:10], moment)
    wanted = [extra for name, extra in words.extras.items() if parsing.flag(options.get(name))]
    if wanted:
        yield words.options, ", ".join(wanted)
    insured = amount_of(options)
    if insured:
        yield words.insured, _money("EUR", insured)
    remark = parsing.text(options.get("delivery_remark"))
    if remark:
        yield words.remark, remark
    yield from _measures(shipment, words)


def _measures(shipment: Shipment, words: Wording) -> Iterable[tuple[str, str]]:
    """The weight and the sides that the shop told; nobody's where it told none."""
    weight = _weight(shipment)
    if weight:
        yield words.weight, f"{weight / 1000:g} kg"
    physical = parsing.form(shipment.physical_properties)
    sides = [parsing.integer(physical.get(side)) for side in ("length", "width", "height")]
    if all(sides):
        yield words.size, f"{' x '.join(map(str, sides))} cm"


def _weight(shipment: Shipment) -> int:
    """In grams, as the shop told it of the parcel, or else declared it; 0 if it did neither."""
    for told in (shipment.physical_properties, shipment.customs_declaration):
        weight = parsing.integer(parsing.form(told).get("weight"))
        if weight:
            return weight
    return 0
