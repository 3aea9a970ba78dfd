"""What an address book entry must hold, beyond the types that the description checks.

Public clients show the members; which of them are required, and in which form, is inferred from
shipments, for which the entries are made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simulator.carriers.inpost.records import POINTS
from simulator.carriers.inpost.rules.peers import is_phone
from simulator.carriers.inpost.rules.points import no_point
from simulator.core.answers import Finding
from simulator.engine.world import World

_COUNTRY = re.compile(r"[A-Za-z]{2}")
_POLISH_POST_CODE = re.compile(r"[0-9]{2}-[0-9]{3}")
_TEXTS = ("name", "first_name", "last_name", "phone", "email")
_SOURCE = "Inferred from shipments; the members are those of public clients"
_POINT = "Recorded sandbox traffic 2026-10: points that do not exist"
_ADDRESS_PARTS = ("street", "building_number", "line1", "line2", "city", "post_code")


def text(value: Any) -> str | None:
    """A text without spaces around; None for null and for blanks. Numbers become texts."""
    return None if value is None else str(value).strip() or None


def check(world: World, body: Mapping[str, Any]) -> Iterator[Finding]:
    """What is wrong with the members that are there, when their types are right."""
    for name in _TEXTS:
        if name in body and text(body[name]) is None:
            yield _finding((name,), "required", f"{name} is blank")
    phone = text(body.get("phone"))
    if phone is not None and not is_phone(phone):
        message = f"{phone!r} is no phone number: nine digits like 501502503, or with a prefix"
        yield _finding(("phone",), "invalid", message)
    if "main_address" in body and body["main_address"] is None:
        yield _finding(("main_address",), "required", "main_address is null")
    for name in ("main_address", "delivery_address"):
        address = body.get(name)
        if address is not None:
            yield from _check_address(name, address)
    point = text(body.get("preferred_dropoff_point"))
    if point is not None and point not in world[POINTS]:
        message = no_point(world, point)
        path = ("preferred_dropoff_point",)
        yield Finding(path, "does_not_exist", message, source=_POINT)


def _finding(path: tuple[str, ...], key: str, message: str) -> Finding:
    return Finding(path, key, message, source=_SOURCE)


def _check_address(name: str, address: Mapping[str, Any]) -> Iterator[Finding]:
    given = {part: text(address.get(part)) for part in _ADDRESS_PARTS}
    needed = ["city", "post_code"]
    if given["line1"] is None:
        needed += ["street", "building_number"]
    for part in needed:
        if given[part] is None:
            yield _finding((name, part), "required", f"the {part} of the {name} is missing")
    code = given["post_code"]
    country = text(address.get("country_code")) or "PL"
    if not _COUNTRY.fullmatch(country):
        message = f"{country!r} is no country code: two letters like PL"
        yield _finding((name, "country_code"), "invalid", message)
    polish = country.upper() == "PL"
    if code is not None and polish and not _POLISH_POST_CODE.fullmatch(code):
        message = f"{code!r} is no Polish post code, which is like 00-838"
        yield _finding((name, "post_code"), "invalid_format", message)
