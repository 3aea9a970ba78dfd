"""Shipments as clients write them, read into values.

What is absent is None; a value that cannot be read is told as a finding with its place, which the
rules add theirs to. Names of types are taken in any letter case.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec

from simulator.carriers.postplus.catalog.countries import COUNTRIES
from simulator.carriers.postplus.catalog.services import MAIL_TYPES, SHIPMENT_TYPES, TERMINALS
from simulator.carriers.postplus.records import DeclaredBag
from simulator.carriers.postplus.wire import moments, parsing
from simulator.carriers.postplus.wire.echoes import shortened
from simulator.core.answers import Finding

LONGEST_NUMBER = 100
"""Characters of a shipment number, a master number or a bag number (inferred)."""

HEAVIEST = 1_000_000
"""Kilograms of a bag or a shipment (inferred)."""

MOST_PIECES = 2**31 - 1
"""Bags of a shipment, items of a bag: whole numbers of 32 bits, as those of parcels (inferred)."""


class ArrivalForm(msgspec.Struct, frozen=True):
    """What a request says of the arrival."""

    arrival_gateway: str | None = None
    transport_nr: str | None = None
    origin_country_code: str | None = None
    total_weight: Decimal | None = None
    total_bags: int | None = None
    arrival_on: datetime | None = None
    notes: str | None = None


class ShipmentForm(msgspec.Struct, frozen=True):
    """What a request says of a shipment; `bags` are those of a bag-level one."""

    id: int | None = None
    type: str | None = None
    shipment_nr: str | None = None
    master_nr: str | None = None
    terminal_code: str | None = None
    update_if_exists: bool = False
    arrival: ArrivalForm = ArrivalForm()
    bags: tuple[DeclaredBag, ...] = ()


def read(body: Any, findings: list[Finding]) -> ShipmentForm:
    """A shipment as it came, without its bags; adds to `findings` what cannot be read."""
    form = parsing.form(body)
    return ShipmentForm(
        id=parsing.integer(form.get("id")),
        type=one_of(SHIPMENT_TYPES, form.get("type"), ("type",), findings),
        shipment_nr=_number(form.get("shipmentNr"), ("shipmentNr",), findings),
        master_nr=_number(form.get("masterNr"), ("masterNr",), findings),
        terminal_code=one_of(TERMINALS, form.get("terminalCode"), ("terminalCode",), findings),
        update_if_exists=parsing.flag(form.get("updateIfExists")),
        arrival=_arrival(parsing.form(form.get("arrivalInfo")), findings),
    )


def read_with_bags(body: Any, findings: list[Finding]) -> ShipmentForm:
    """A shipment with its bags as it came; adds to `findings` what cannot be read."""
    bags = parsing.form(body).get("bags") or ()
    return msgspec.structs.replace(
        read(body, findings),
        bags=tuple(
            _bag(parsing.form(bag), ("bags", place), findings) for place, bag in enumerate(bags)
        ),
    )


def one_of(
    known: Iterable[str], value: Any, path: tuple[str | int, ...], findings: list[Finding]
) -> str | None:
    """The one of `known` that a text means in any letter case; a finding for any other text."""
    text = parsing.text(value)
    if text is None:
        return None
    names: Mapping[str, str] = {name.lower(): name for name in known}
    found = names.get(text.lower())
    if found is None:
        findings.append(
            Finding(path, "unknown", f"{text!r:.60} is none of {', '.join(names.values())}")
        )
    return found


def _arrival(form: dict[str, Any], findings: list[Finding]) -> ArrivalForm:
    origin = parsing.text(form.get("originCountryCode"))
    if origin is not None and origin.upper() not in COUNTRIES:
        _add(findings, "originCountryCode", f"{origin!r:.60} is not a country code of two letters")
    weight = _weight(form.get("totalWeight"), ("arrivalInfo", "totalWeight"), findings)
    bags = _count(form.get("totalBags"), ("arrivalInfo", "totalBags"), findings)
    written = parsing.text(form.get("arrivalOn"))
    at = moments.parse(written)
    if written is not None and at is None:
        _add(findings, "arrivalOn", f"{written!r:.60} is not a day or a time, as 2026-03-04T08:00Z")
    return ArrivalForm(
        arrival_gateway=parsing.text(form.get("arrivalGateway")),
        transport_nr=parsing.text(form.get("transportNr")),
        origin_country_code=origin and origin.upper(),
        total_weight=weight,
        total_bags=bags,
        arrival_on=at,
        notes=parsing.text(form.get("notes")),
    )


def _add(findings: list[Finding], name: str, message: str) -> None:
    findings.append(Finding(("arrivalInfo", name), "invalid", message))


def _weight(value: Any, path: tuple[str | int, ...], findings: list[Finding]) -> Decimal | None:
    weight = parsing.decimal(value)
    if weight is None and _is_told(value):
        findings.append(Finding(path, "invalid", f"is a number, not {shortened(value)}"))
    if weight is not None and not 0 <= weight <= HEAVIEST:
        message = f"is from 0 to {HEAVIEST} kilograms, not {weight:.6g}"
        findings.append(Finding(path, "out_of_range", message))
    return weight


def _count(value: Any, path: tuple[str | int, ...], findings: list[Finding]) -> int | None:
    number = parsing.integer(value)
    if number is None and not _is_told(value):
        return None
    if number is None or not 0 <= number <= MOST_PIECES:
        message = f"is from 0 to {MOST_PIECES}, not {shortened(value)}"
        findings.append(Finding(path, "out_of_range", message))
    return number


def _is_told(value: Any) -> bool:
    return value is not None and not (isinstance(value, str) and not value.strip())


def _number(value: Any, path: tuple[str | int, ...], findings: list[Finding]) -> str | None:
    text = parsing.text(value)
    if text is not None and len(text) > LONGEST_NUMBER:
        findings.append(Finding(path, "too_long", f"has more than {LONGEST_NUMBER} characters"))
        return None
    return text


def _bag(form: dict[str, Any], path: tuple[str | int, ...], findings: list[Finding]) -> DeclaredBag:
    """A bag that names no parcels; one without a number is a finding."""
    number = _number(form.get("bagNr"), (*path, "bagNr"), findings)
    if parsing.text(form.get("bagNr")) is None:
        findings.append(Finding((*path, "bagNr"), "required", "is required"))
    country = parsing.text(form.get("destinationCountryCode"))
    mail_type = one_of(MAIL_TYPES, form.get("mailType"), (*path, "mailType"), findings)
    return DeclaredBag(
        bag_nr=number or "",
        destination_country_code=country and country.upper(),
        mail_type=mail_type,
        service_code=parsing.text(form.get("serviceCode")),
        container_type=parsing.text(form.get("containerType")) or "Bag",
        route_info=parsing.text(form.get("routeInfo")),
        total_weight=_weight(form.get("totalWeight"), (*path, "totalWeight"), findings),
        tare_weight=_weight(form.get("tareWeight"), (*path, "tareWeight"), findings),
        total_items=_count(form.get("totalItems"), (*path, "totalItems"), findings),
    )
