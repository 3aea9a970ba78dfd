"""Rules for sender and receiver (documented, unless marked otherwise)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simulator.carriers.inpost.bodies.forms import AddressForm, PeerForm, ShipmentForm
from simulator.carriers.inpost.catalog.services import Service, is_allegro
from simulator.carriers.inpost.rules.objections import Objection, objection
from simulator.core.answers import Finding
from simulator.engine.world import World

_POLISH = re.compile(r"[1-9][0-9]{8}")
_PREFIXED = re.compile(r"(?:\+|00)(?:48[1-9][0-9]{8}|(?!48)[1-9][0-9]{7,13})|48[1-9][0-9]{8}")
_COUNTRY_CODE = re.compile(r"^(?:(?:\+|00)48|48(?=[0-9]{9}$))")
_SEPARATORS = re.compile(r"[ ()-]")
_POST_CODE = re.compile(r"[0-9]{2}-[0-9]{3}")
_COUNTRY = re.compile(r"[A-Za-z]{2}")

AREA_CODES = re.compile(
    "1[2-8]|2[2-59]|3[234]|4[123468]|5[245689]|6[12357-8]|7[14-7]|8[1-79]|9[145]"
)
"""The first two digits of a Polish landline (the national numbering plan)."""

_ALLEGRO_MAIL = "@allegromail.pl"

_RECEIVER = "ShipX documentation, Creating a shipment: receiver"
_ADDRESS = "ShipX documentation, Shipment: Address"
_PHONE = "ShipX documentation, Creating a shipment: phone; prefixes are observed in clients"
_LANDLINE = "Threads of Allegro's API: locker parcels with a landline are refused"
_BUYER = "Recorded offers: allegro_email_invalid"


def check(form: ShipmentForm) -> list[Finding]:
    """What is wrong with the people of a create, whatever the service."""
    found = [] if form.sender is None else _formats("sender", form.sender)
    receiver = form.receiver
    if receiver is None:
        if form.is_return is not True:
            message = "a shipment that is no return has a receiver"
            found.append(Finding(("receiver",), "required", message, source=_RECEIVER))
        return found
    found += _formats("receiver", receiver)
    if receiver.phone is None:
        message = "every service needs the receiver's phone number"
        found.append(Finding(("receiver", "phone"), "required", message, source=_RECEIVER))
    return found


def _formats(peer: str, form: PeerForm) -> list[Finding]:
    """Phone numbers have nine digits; prefixed forms pass (observed in clients)."""
    found: list[Finding] = []
    phone, address = form.phone, form.address
    if phone is not None and not is_phone(phone):
        message = (
            f"{phone!r} is no phone number: nine digits like 501502503, or with a prefix like "
            "+48501502503"
        )
        found.append(Finding((peer, "phone"), "invalid", message, source=_PHONE))
    if address is None:
        return found
    country, post_code = address.country_code, address.post_code
    if country is not None and not _COUNTRY.fullmatch(country):
        message = f"{country!r} is no country code: two letters like PL"
        path = (peer, "address", "country_code")
        found.append(Finding(path, "invalid", message, source=_ADDRESS))
    polish = (country or "PL").upper() == "PL"
    if post_code is not None and polish and not _POST_CODE.fullmatch(post_code):
        message = f"{post_code!r} is no Polish post code, which is like 00-838"
        path = (peer, "address", "post_code")
        found.append(Finding(path, "invalid_format", message, source=_ADDRESS))
    return found


def is_phone(text: str) -> bool:
    """Whether this is nine digits, or an international number with its prefix."""
    if _POLISH.fullmatch(text):
        return True
    digits = _SEPARATORS.sub("", text)
    return bool(_POLISH.fullmatch(digits) or _PREFIXED.fullmatch(digits))


def is_landline(text: str) -> bool:
    """Whether a phone number, with or without +48, is a Polish landline."""
    if not _POLISH.fullmatch(text):
        text = _COUNTRY_CODE.sub("", _SEPARATORS.sub("", text))
        if not _POLISH.fullmatch(text):
            return False
    return AREA_CODES.match(text) is not None


def objections(world: World, form: ShipmentForm, service: Service) -> list[Objection]:
    """Why the service does not carry a parcel to this receiver."""
    receiver = form.receiver
    if receiver is None:
        return []
    if service.kind == "locker":
        found = _at_locker(world, receiver, service)
    else:
        found = _at_door(receiver, service)
    email = receiver.email or ""
    checked = is_allegro(service) and world.quirk("inpost.allegro_email_check")
    if checked and not email.lower().endswith(_ALLEGRO_MAIL):
        key = "allegro_email_invalid"
        message = f"{email!r} is no address that Allegro gave out (…{_ALLEGRO_MAIL})"
        found.append(objection(key, ("receiver", "email"), key, message, _BUYER, late=True))
    return found


def _at_locker(world: World, receiver: PeerForm, service: Service) -> list[Objection]:
    found: list[Objection] = []
    if receiver.email is None:
        message = f"{service.id} tells the receiver by e-mail, and there is no address"
        path = ("receiver", "email")
        found.append(objection("receiver_email_required", path, "required", message, _RECEIVER))
    phone = receiver.phone
    refused = phone is not None and is_landline(phone)
    if refused and world.quirk("inpost.locker_landlines") == "refuse":
        message = f"{phone!r} is a landline, and {service.id} sends the code to a mobile phone"
        path = ("receiver", "phone")
        found.append(objection("receiver_phone_invalid", path, "invalid", message, _LANDLINE))
    return found


def _at_door(receiver: PeerForm, service: Service) -> list[Objection]:
    found: list[Objection] = []
    if receiver.company_name is None:
        for name in ("first_name", "last_name"):
            if getattr(receiver, name) is None:
                message = f"{service.id} needs a company_name, or a first_name and a last_name"
                path = ("receiver", name)
                reason = "receiver_name_required"
                found.append(objection(reason, path, "required", message, _RECEIVER))
    reason = "receiver_address_required"
    for names in _missing(receiver.address):
        place = "an address" if not names else f"the {names[0]} of the address"
        message = f"{service.id} goes to a door and needs {place}"
        where = ("receiver", "address", *names)
        found.append(objection(reason, where, "required", message, _RECEIVER))
    return found


def _missing(address: AddressForm | None) -> Iterator[tuple[str, ...]]:
    if address is None:
        yield ()
        return
    needed = ["city", "post_code"]
    if address.line1 is None:
        needed = ["street", "building_number", *needed]
    for name in needed:
        if getattr(address, name) is None:
            yield (name,)
