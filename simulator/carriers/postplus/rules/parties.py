"""Receivers and senders (Q8, Q10)."""

from __future__ import annotations

from collections.abc import Container

from simulator.carriers.postplus.catalog.countries import COUNTRIES, WITHOUT_ZIP_CODES
from simulator.carriers.postplus.records import PICKUP_POINTS, Parcel, Party, PickupPoint
from simulator.carriers.postplus.rules.verdicts import Verdict
from simulator.carriers.postplus.wire.echoes import shortened
from simulator.engine.world import World

_REQUIRED = (("name", "name"), ("address", "address"), ("city", "city"))
_BY_LOCKER = "LOCKER"
_POINT = "Receiver: pickupPointId"


def check(world: World, parcel: Parcel, unreadable: Container[str] = ()) -> Verdict:
    """A receiver with an address; for C2C a sender with one.

    `unreadable` are the names of values that came but could not be read.
    """
    found = Verdict()
    _check_party(parcel.receiver, "Receiver", found)
    if _POINT not in unreadable:
        _check_point(world, parcel, found)
    sender = parcel.sender
    if parcel.transaction_type == "C2C":
        if sender is None:
            found.error("Sender is required for C2C")
        else:
            _check_party(sender, "Sender", found)
    elif sender is not None and sender.country_code is not None:
        _check_country(sender.country_code, "Sender", found)
    return found


def _check_party(party: Party, side: str, found: Verdict) -> None:
    for attribute, name in _REQUIRED:
        if getattr(party, attribute) is None:
            found.error(f"{side} {name} is required")
    country = party.country_code
    if country is None:
        found.error(f"{side} countryCode is required")
    else:
        _check_country(country, side, found)
    if party.zip_code is None and country is not None and country not in WITHOUT_ZIP_CODES:
        found.error(f"{side} zipCode is required")


def _check_country(country: str, side: str, found: Verdict) -> None:
    if country not in COUNTRIES:
        found.error(f"{side} countryCode {shortened(country)} is not the code of a country")


def _check_point(world: World, parcel: Parcel, found: Verdict) -> None:
    number = parcel.receiver.pickup_point_id
    if number is None:
        if parcel.info.service_code == _BY_LOCKER:
            found.warning("Service LOCKER delivers to a pickup point, and pickupPointId is missing")
        return
    point = world[PICKUP_POINTS].get(number)
    if point is None:
        found.error(f"Pickup point {number} is not found")
    elif not point.is_active:
        found.error(f"Pickup point {number} is not active")
    else:
        _check_country_of_point(point, parcel.receiver.country_code, found)


def _check_country_of_point(point: PickupPoint, country: str | None, found: Verdict) -> None:
    if country in COUNTRIES and country != point.country_code:
        found.warning(
            f"Pickup point {point.id} is in {point.country_code}, the receiver is in {country}"
        )
