"""Rules for sender and receiver (documented, unless marked otherwise)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simulator.carriers.inpost import parse
from simulator.carriers.inpost.catalog.services import Service
from simulator.carriers.inpost.parse import Body
from simulator.core.answers import Finding

_POLISH = re.compile(r"[1-9]\d{8}")
_PREFIXED = re.compile(r"(?:\+|00)(?:48[1-9]\d{8}|(?!48)[1-9]\d{7,13})|48[1-9]\d{8}")
_SEPARATORS = re.compile(r"[ ()-]")
_POST_CODE = re.compile(r"\d{2}-\d{3}")
_COUNTRY = re.compile(r"[A-Za-z]{2}")


def check(body: Body, service: Service | None, *, offer_mode: bool) -> Iterator[Finding]:
    """What is wrong with the people of a create."""
    sender = parse.form(body.get("sender"))
    yield from _formats("sender", sender)
    receiver = parse.form(body.get("receiver"))
    if not receiver:
        if body.get("is_return") is not True:
            yield Finding(("receiver",), "required", "required unless is_return")
        return
    yield from _formats("receiver", receiver)
    if service is None:
        if offer_mode:
            yield from _missing("receiver", receiver, ("phone",))
    elif service.kind == "locker":
        yield from _missing("receiver", receiver, ("email", "phone"))
    else:
        yield from _missing("receiver", receiver, ("phone",))
        if parse.text(receiver.get("company_name")) is None:
            yield from _missing("receiver", receiver, ("first_name", "last_name"))
        yield from _whole_address(parse.form(receiver.get("address")))


def _missing(peer: str, values: Body, names: tuple[str, ...]) -> Iterator[Finding]:
    for name in names:
        if parse.text(values.get(name)) is None:
            yield Finding((peer, name), "required", "is required")


def _formats(peer: str, values: Body) -> Iterator[Finding]:
    """Phone numbers have nine digits; prefixed forms pass (observed in clients)."""
    phone = parse.text(values.get("phone"))
    if phone is not None and not is_phone(phone):
        yield Finding((peer, "phone"), "invalid", f"{phone!r} is not a phone number")
    address = parse.form(values.get("address"))
    country = parse.text(address.get("country_code"))
    if country is not None and not _COUNTRY.fullmatch(country):
        yield Finding((peer, "address", "country_code"), "invalid", "two letters")
    post_code = parse.text(address.get("post_code"))
    polish = (country or "PL").upper() == "PL"
    if post_code is not None and polish and not _POST_CODE.fullmatch(post_code):
        yield Finding((peer, "address", "post_code"), "invalid_format", "NN-NNN")


def is_phone(text: str) -> bool:
    """Whether this is nine digits, or an international number with its prefix."""
    digits = _SEPARATORS.sub("", text)
    return bool(_POLISH.fullmatch(digits) or _PREFIXED.fullmatch(digits))


def _whole_address(address: Body) -> Iterator[Finding]:
    if not any(parse.text(value) for value in address.values()):
        yield Finding(("receiver", "address"), "required", "courier services need it")
        return
    needed = ["city", "post_code"]
    if parse.text(address.get("line1")) is None:
        needed = ["street", "building_number", *needed]
    for name in needed:
        if parse.text(address.get(name)) is None:
            yield Finding(("receiver", "address", name), "required", "is required")
