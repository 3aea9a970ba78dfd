"""What a shipment may be, what may be done with it when, and what it lacks before it can go.

States and abilities: section 6.3 of the project's notes (inferred from the public articles).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import blake2b
from typing import NamedTuple

import msgspec

from simulator.carriers.postplus.bodies.shipment_forms import ShipmentForm
from simulator.carriers.postplus.catalog.countries import COUNTRIES
from simulator.carriers.postplus.records import (
    Account,
    DeclaredBag,
    Parcel,
    Shipment,
    ShipmentStatus,
)
from simulator.carriers.postplus.wire.echoes import shortened
from simulator.core.answers import Finding

MOST_SENTENCES = 100
"""Sentences of one kind that an answer holds; the rest are counted."""

AWB, CMR, LABELS = "AWB", "CMR", "Labels"

BAG_LEVEL_MAIL = "NotRegistered"
"""The only mail that may be manifested by bags (article on shipments)."""


class Abilities(NamedTuple):
    """What may be done with a shipment: change what is in it, change its numbers and its arrival,
    prepare it."""

    update: bool
    update_arrival: bool
    prepare: bool


ABILITIES: dict[ShipmentStatus, Abilities] = {
    "Imported": Abilities(update=True, update_arrival=True, prepare=True),
    "Created": Abilities(update=True, update_arrival=True, prepare=True),
    # The air waybill number and the arrival may still change (article on shipments).
    "Pending": Abilities(update=False, update_arrival=True, prepare=False),
    "Planned": Abilities(update=False, update_arrival=False, prepare=False),
    "Manifested": Abilities(update=False, update_arrival=False, prepare=False),
    "Arrived": Abilities(update=False, update_arrival=False, prepare=False),
    "Completed": Abilities(update=False, update_arrival=False, prepare=False),
}

UPSERTABLE: tuple[ShipmentStatus, ...] = ("Imported", "Created", "Manifested")
"""Where updateIfExists finds a shipment that it accepts; documented for the last two."""

_AIR_WAYBILL = re.compile(r"([0-9]{3})-([0-9]{7})([0-9])")


def is_open(shipment: Shipment) -> bool:
    """Whether what is in the shipment may still change."""
    return ABILITIES[shipment.status].update


def air_waybill_check_digit(serial: str) -> int:
    """The eighth digit of an air waybill: the seven before it modulo 7 (IATA)."""
    return int(serial) % 7


def number_fault(kind: str, number: str, reading: str) -> str | None:
    """What is wrong with the number of a shipment of that type; `reading` is the value of the quirk
    ``postplus.air_waybill``."""
    if kind != AWB or reading == "any":
        return None
    found = _AIR_WAYBILL.fullmatch(number)
    if found is None:
        return f"{number!r:.60} is not the number of an air waybill, as 123-12345678"
    digit = air_waybill_check_digit(found[2])
    if reading == "check_digit" and int(found[3]) != digit:
        return f"{number!r} is not the number of an air waybill: its last digit should be {digit}"
    return None


def check_new(form: ShipmentForm, reading: str) -> list[Finding]:
    """What a new shipment lacks, or has wrong."""
    if form.type is None:
        return [Finding(("type",), "required", "is required")]
    return check_number(form.type, form.shipment_nr, reading)


def check_number(kind: str, number: str | None, reading: str) -> list[Finding]:
    """The finding on a number, if there is a number and something is wrong with it."""
    fault = None if number is None else number_fault(kind, number, reading)
    return [] if fault is None else [Finding(("shipmentNr",), "invalid", fault)]


def check_bags(bags: Sequence[DeclaredBag]) -> list[Finding]:
    """Why bags cannot be manifested without their parcels; what only makes a bag wrong is told by
    `bag_faults`."""
    if not bags:
        return [Finding(("bags",), "required", "is required: name at least one bag")]
    findings = []
    seen: set[str] = set()
    for place, bag in enumerate(bags):
        if bag.bag_nr and bag.bag_nr in seen:
            message = f"{bag.bag_nr!r} is there twice"
            findings.append(Finding(("bags", place, "bagNr"), "repeated", message))
        seen.add(bag.bag_nr)
        if bag.mail_type not in (None, BAG_LEVEL_MAIL):
            message = f"{bag.mail_type} is not {BAG_LEVEL_MAIL}, the only mail manifested by bags"
            findings.append(Finding(("bags", place, "mailType"), "invalid", message))
    return findings


def bag_faults(account: Account, bag: DeclaredBag) -> list[str]:
    """What is wrong with a bag that names no parcels."""
    name, country, service = shortened(bag.bag_nr), bag.destination_country_code, bag.service_code
    faults = []
    if country is None:
        faults.append(f"Bag {name} has no destination country")
    elif country not in COUNTRIES:
        faults.append(f"Bag {name} goes to {shortened(country)}, which is not a country")
    if service is not None and service not in account.services:
        faults.append(f"Service code {shortened(service)} is not configured")
    if bag.total_items is None or bag.total_items < 1:
        faults.append(f"Bag {name} has no items")
    if bag.total_weight is None or bag.total_weight <= 0:
        faults.append(f"Bag {name} has no weight")
    elif bag.tare_weight is not None and bag.tare_weight >= bag.total_weight:
        total, tare = (shortened(f"{each:f}") for each in (bag.total_weight, bag.tare_weight))
        faults.append(f"Bag {name} weighs {total} with {tare} of its own")
    return faults


def what_stops(
    shipment: Shipment, account: Account, parcels: Sequence[Parcel], bag_errors: Sequence[str]
) -> list[str]:
    """Why a shipment cannot be prepared, in sentences; none if it can.

    `bag_errors` is what is wrong with the bags of its parcels.
    """
    if shipment.type == LABELS:
        return ["A shipment of type Labels is not submitted: link its parcels to the real one"]
    if shipment.manifest_level == "Bag":
        return [fault for bag in shipment.bags for fault in bag_faults(account, bag)]
    present = [parcel for parcel in parcels if not parcel.is_cancelled]
    if not present:
        return [f"Shipment {shortened(shipment.shipment_nr)} has no parcels"]
    faulty = [
        f"Parcel {named(parcel)} has errors: {parcel.errors[0]}"
        for parcel in present
        if parcel.errors
    ]
    return [*bounded(faulty, "parcels have errors"), *bag_errors]


def bounded(sentences: list[str], what: str) -> list[str]:
    """The first sentences, and how many more there are."""
    more = len(sentences) - MOST_SENTENCES
    return sentences if more <= 0 else [*sentences[:MOST_SENTENCES], f"and {more} more {what}"]


def named(parcel: Parcel) -> str:
    """A parcel as its client knows it."""
    return shortened(parcel.parcel_nr or parcel.sender_parcel_nr or parcel.id)


_encoder = msgspec.msgpack.Encoder()


def contents(shipment: Shipment, parcels: Sequence[Parcel]) -> str:
    """A fingerprint of all that is looked at when a shipment is prepared: when it changes, the
    token that was given is stale."""
    digest = blake2b(digest_size=16)
    digest.update(
        _encoder.encode(
            (
                shipment.shipment_nr,
                shipment.master_nr,
                shipment.arrival,
                shipment.bags,
            )
        )
    )
    for parcel in parcels:
        digest.update(
            _encoder.encode(
                (
                    parcel.id,
                    parcel.parcel_nr,
                    parcel.sender_parcel_nr,
                    parcel.bag_nr,
                    parcel.type,
                    parcel.transaction_type,
                    parcel.currency,
                    parcel.gross_weight,
                    parcel.items,
                    parcel.receiver,
                    parcel.sender,
                    parcel.info.service_code,
                    parcel.info.route_info,
                    parcel.info.tax_type,
                    parcel.info.tax_identification,
                    parcel.is_cancelled,
                    parcel.errors,
                )
            )
        )
    return digest.hexdigest()
