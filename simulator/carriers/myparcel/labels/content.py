"""What stands on a shipment's label and on its customs form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from simulator.carriers.myparcel.bodies import twin
from simulator.carriers.myparcel.catalog.services import BROKER, CARRIERS
from simulator.carriers.myparcel.catalog.types import (
    EVENING,
    LETTER,
    MAILBOX_PACKAGE,
    MORNING,
    PACKAGE,
    PICKUP,
    PICKUP_EXPRESS,
    STANDARD,
)
from simulator.carriers.myparcel.records import RETURN_SHIPMENT, Shipment
from simulator.carriers.myparcel.rules.insurance import amount_of
from simulator.carriers.myparcel.tracking import lifecycle
from simulator.carriers.myparcel.wire import parsing
from simulator.labels import CustomsForm, CustomsLine, LabelContent, Party

_HEADINGS = {PACKAGE: "Pakket", MAILBOX_PACKAGE: "Brievenbuspakje", LETTER: "Brief"}
_DELIVERY = {
    MORNING: "ochtend",
    STANDARD: "overdag",
    EVENING: "avond",
    PICKUP: "ophalen",
    PICKUP_EXPRESS: "ophalen vanaf 8:30",
}
_OPTIONS = (
    ("only_recipient", "alleen huisadres"),
    ("signature", "handtekening"),
    ("return", "retour bij geen gehoor"),
    ("large_format", "groot formaat"),
    ("cooled_delivery", "gekoeld"),
)
_CONTENTS = {
    1: "Commercial goods",
    2: "Commercial samples",
    3: "Documents",
    4: "Gifts",
    5: "Return shipment",
}
_PICKUP_ADDRESS = ("street", "number", "postal_code", "city")
_UNSTAMPED = "Postzegel hier"


def label_of(shipment: Shipment, index: str | None = None) -> LabelContent:
    """The label of a shipment that has been registered; `index` counts colli, such as ``1/2``."""
    letter = lifecycle.is_letter(shipment)
    heading = _HEADINGS.get(parsing.integer(shipment.options.get("package_type")) or 1, "Pakket")
    return LabelContent(
        heading=f"MyParcel {'Retour' if _is_return(shipment) else heading}",
        barcode=shipment.barcode,
        barcode_text=_UNSTAMPED if letter else None,
        receiver=_party(shipment.recipient),
        sender=_party(shipment.sender),
        routing=_routing(shipment),
        index=index,
        facts=tuple(_facts(shipment)),
    )


def form_of(shipment: Shipment) -> CustomsForm | None:
    """The customs form of a shipment that has a declaration, and a barcode to put it on."""
    declaration = shipment.customs_declaration
    if not declaration or shipment.barcode is None:
        return None
    items = [parsing.form(item) for item in declaration.get("items") or ()]
    physical = parsing.form(shipment.physical_properties)
    weight = parsing.integer(physical.get("weight")) or parsing.integer(declaration.get("weight"))
    return CustomsForm(
        barcode=shipment.barcode,
        sender=_party(shipment.sender, abroad=True),
        receiver=_party(shipment.recipient, abroad=True),
        category=_CONTENTS.get(parsing.integer(declaration.get("contents")) or 0, ""),
        invoice=parsing.text(declaration.get("invoice")),
        weight=weight or 0,
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

    country = word("cc").upper()
    street = _joined(word("street"), word("number"), word("number_suffix"))
    return Party(
        company=word("company"),
        name=word("person"),
        street=_joined(street, word("street_additional_info")),
        city=_joined(word("postal_code"), word("city")),
        phone=word("phone"),
        email=word("email"),
        country=country if abroad or country != "NL" else None,
    )


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _routing(shipment: Shipment) -> str:
    """What the parcel is sorted by: the pickup point, the postal code, or the country."""
    pickup = parsing.form(shipment.pickup)
    if pickup:
        return parsing.text(pickup.get("location_name"))
    cc = parsing.text(shipment.recipient.get("cc")).upper()
    return parsing.text(shipment.recipient.get("postal_code")).upper() if cc == "NL" else cc


def _is_return(shipment: Shipment) -> bool:
    return shipment.shipment_type == RETURN_SHIPMENT


def _carrier(shipment: Shipment) -> str | None:
    """The name of the carrier that brings the parcel; None where the broker chooses one."""
    number = twin.com_number(shipment.carrier, shipment.numbering)
    names = {carrier["id"]: carrier["name"] for carrier in CARRIERS if carrier["id"] != BROKER}
    return names.get(number)


def _facts(shipment: Shipment) -> Iterable[tuple[str, str]]:
    options = shipment.options
    description = parsing.text(options.get("label_description"))
    if description:
        yield "Omschrijving", description
    if shipment.reference_identifier:
        yield "Referentie", shipment.reference_identifier
    carrier = _carrier(shipment)
    if carrier and not lifecycle.is_letter(shipment):
        yield "Vervoerder", carrier
    moment = _DELIVERY.get(parsing.integer(options.get("delivery_type")) or 0)
    if moment:
        yield "Bezorging", _joined(parsing.text(options.get("delivery_date"))[:10], moment)
    wanted = [words for name, words in _OPTIONS if parsing.flag(options.get(name))]
    if wanted:
        yield "Opties", ", ".join(wanted)
    insured = amount_of(options)
    if insured:
        yield "Verzekerd", _money("EUR", insured)
    remark = parsing.text(options.get("delivery_remark"))
    if remark:
        yield "Opmerking", remark
    pickup = parsing.form(shipment.pickup)
    if pickup:
        yield "Ophaalpunt", _joined(*(parsing.text(pickup.get(name)) for name in _PICKUP_ADDRESS))
