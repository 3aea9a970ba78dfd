"""Rules for sender and receiver (documented, unless marked otherwise)."""

from __future__ import annotations

import re

from simulator.carriers.inpost.bodies.forms import AddressForm, PeerForm, ShipmentForm
from simulator.carriers.inpost.catalog.services import Service
from simulator.core.answers import Finding

_POLISH = re.compile(r"[1-9][0-9]{8}")
_PREFIXED = re.compile(r"(?:\+|00)(?:48[1-9][0-9]{8}|(?!48)[1-9][0-9]{7,13})|48[1-9][0-9]{8}")
_SEPARATORS = re.compile(r"[ ()-]")
_POST_CODE = re.compile(r"[0-9]{2}-[0-9]{3}")
_COUNTRY = re.compile(r"[A-Za-z]{2}")


def check(form: ShipmentForm, service: Service | None, *, offer_mode: bool) -> list[Finding]:
    """What is wrong with the people of a create."""
    found = [] if form.sender is None else _formats("sender", form.sender)
    receiver = form.receiver
    if receiver is None:
        if form.is_return is not True:
            found.append(Finding(("receiver",), "required", "required unless is_return"))
        return found
    found += _formats("receiver", receiver)
    if service is None:
        if offer_mode:
            found += _missing("phone", receiver.phone)
    elif service.kind == "locker":
        found += _missing("email", receiver.email)
        found += _missing("phone", receiver.phone)
    else:
        found += _missing("phone", receiver.phone)
        if receiver.company_name is None:
            found += _missing("first_name", receiver.first_name)
            found += _missing("last_name", receiver.last_name)
        found += _whole_address(receiver.address)
    return found


def _missing(name: str, value: str | None) -> list[Finding]:
    return [Finding(("receiver", name), "required", "is required")] if value is None else []


def _formats(peer: str, form: PeerForm) -> list[Finding]:
    """Phone numbers have nine digits; prefixed forms pass (observed in clients)."""
    found: list[Finding] = []
    phone, address = form.phone, form.address
    if phone is not None and not is_phone(phone):
        found.append(Finding((peer, "phone"), "invalid", f"{phone!r} is not a phone number"))
    if address is None:
        return found
    country, post_code = address.country_code, address.post_code
    if country is not None and not _COUNTRY.fullmatch(country):
        found.append(Finding((peer, "address", "country_code"), "invalid", "two letters"))
    polish = (country or "PL").upper() == "PL"
    if post_code is not None and polish and not _POST_CODE.fullmatch(post_code):
        found.append(Finding((peer, "address", "post_code"), "invalid_format", "NN-NNN"))
    return found


def is_phone(text: str) -> bool:
    """Whether this is nine digits, or an international number with its prefix."""
    if _POLISH.fullmatch(text):
        return True
    digits = _SEPARATORS.sub("", text)
    return bool(_POLISH.fullmatch(digits) or _PREFIXED.fullmatch(digits))


def _whole_address(address: AddressForm | None) -> list[Finding]:
    if address is None:
        return [Finding(("receiver", "address"), "required", "courier services need it")]
    needed = ["city", "post_code"]
    if address.line1 is None:
        needed = ["street", "building_number", *needed]
    return [
        Finding(("receiver", "address", name), "required", "is required")
        for name in needed
        if getattr(address, name) is None
    ]
