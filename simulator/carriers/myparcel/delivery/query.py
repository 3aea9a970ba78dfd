"""What a question for delivery options says, and what is wrong with it.

MyParcel: document of 2017, section 8.A.3; what came later is in the column of its edition. A
parameter that is empty counts as not given.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time

import msgspec

from simulator.carriers.myparcel.catalog.countries import is_country
from simulator.carriers.myparcel.catalog.places import Place, near_points
from simulator.carriers.myparcel.catalog.types import PACKAGE, STANDARD
from simulator.carriers.myparcel.delivery import values
from simulator.carriers.myparcel.delivery.days import (
    DEFAULT_CUTOFF,
    SATURDAY,
    SATURDAY_CUTOFF,
    WORKING_WEEK,
    Plan,
)
from simulator.carriers.myparcel.editions import carriers
from simulator.carriers.myparcel.editions.edition import Edition
from simulator.carriers.myparcel.editions.questions import LATER_PARAMETERS
from simulator.carriers.myparcel.offers.zones import HOMES, Home, home_of
from simulator.carriers.myparcel.records import Shop
from simulator.carriers.myparcel.shops.records import switched_off
from simulator.carriers.myparcel.wire import credentials, edition, paging, parsing
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.engine.world import World

_LARGEST_DELAY = 14
_WINDOWS = range(1, 15)
_DEFAULT_WINDOW = 2
"""As many days as the document's example without a window shows (inferred)."""

_NUMBER = re.compile(r"\d{1,6}(\s*[A-Za-z0-9/-]{0,10})?", re.ASCII)

MISSING = 3212
_COUNTRY, _CARRIER, _TYPE, _PACKAGE_TYPE, _DELAY = 3211, 3222, 3221, 3223, 3213
_PLATFORM = 3224
"""Inferred: the code under which today's edition tells what it misses in a question."""
_INCLUDED = ("shipment_options",)
_BELGIAN_SERVER = "api.sendmyparcel.be"


class DeliveryQuery(msgspec.Struct, frozen=True):
    """A question for delivery options.

    * `carrier`: its number in 2017, 0 where it had none; `courier`: its number in the edition that
      answers.
    * `place`: where pickup points are looked for, None where there are none; `city` narrows that.
    * `package_type`: the number of what is sent; `parcel`: whether it is a package.
    * `homes`: where the shop may be that asks; `switched_off`: the carriers that it may not use, by
      their numbers today.
    * `window`: how many days are shown; `day` instead asks for this day alone.
    * `moment`: when the parcel should come, an indication only.
    * `lockers`: whether parcel lockers are wanted.
    """

    cc: str
    postal_code: str
    number: str
    carrier: int
    plan: Plan
    window: int
    excluded: frozenset[int]
    parcel: bool = True
    place: Place | None = None
    day: date | None = None
    moment: time | None = None
    courier: int = 0
    package_type: int = PACKAGE
    lockers: bool = True
    city: str = ""
    homes: tuple[Home, ...] = HOMES
    switched_off: frozenset[int] = frozenset()


def read(world: World, faults: list[Fault]) -> DeliveryQuery:
    """The question that the request asks; what is wrong with it is added to `faults`."""
    answering = edition.of(world)
    unknown = LATER_PARAMETERS - answering.questions.parameters
    given = {name: text for name, text in paging.given(world).items() if name not in unknown}
    _tell_included(world, given)
    shop = credentials.shop_shown(world)
    cc = _country(given, faults)
    postal_code = _postal_code(given, cc, answering, faults)
    number = _house_number(given, faults)
    _check_platform(given, answering, faults)
    courier = _courier(world, given, shop, answering, faults)
    plan = _plan(world, given, faults)
    window = values.whole(
        given, "deliverydays_window", _DEFAULT_WINDOW, _WINDOWS, values.WINDOW, faults
    )
    excluded = _excluded(world, given, answering, faults)
    package_type = _package_type(given, answering, faults)
    return DeliveryQuery(
        cc=cc,
        postal_code=postal_code,
        number=number,
        carrier=carriers.in_2017(courier, answering.name) or 0,
        plan=plan,
        window=window,
        excluded=excluded,
        parcel=package_type == PACKAGE,
        place=_place(given, cc, postal_code, answering, faults),
        day=values.day(given, faults),
        moment=values.clock_time(given, "delivery_time", values.DATE, None, faults),
        courier=courier,
        package_type=package_type,
        lockers=not values.flag(given, "exclude_parcel_lockers", faults),
        city=given.get("city", ""),
        homes=_homes(world, given, shop, answering),
        switched_off=frozenset() if shop is None else switched_off(world, shop.id),
    )


def _homes(
    world: World, given: Mapping[str, str], shop: Shop | None, answering: Edition
) -> tuple[Home, ...]:
    """Where the shop is whose key comes along, whatever the platform; else a shop of that."""
    if shop is not None:
        return (home_of(shop.sender.get("cc")),)
    return answering.questions.homes.get(_platform(world, given, shop), HOMES)


def _missing(name: str, faults: list[Fault]) -> str:
    faults.append(Fault(MISSING, f"{name} is required"))
    return ""


def _country(given: Mapping[str, str], faults: list[Fault]) -> str:
    text = given.get("cc", "")
    if not text:
        return _missing("cc", faults)
    if not (text.isascii() and is_country(text.upper())):
        faults.append(Fault(_COUNTRY, f"cc {text!r} is not an ISO 3166-1 alpha-2 country code"))
    return text.upper()


def _postal_code(given: Mapping[str, str], cc: str, answering: Edition, faults: list[Fault]) -> str:
    text = given.get("postal_code", "")
    if not text:
        return _missing("postal_code", faults)
    if cc not in answering.questions.countries:
        return text
    return values.postal_code(cc, text, faults)


def _house_number(given: Mapping[str, str], faults: list[Fault]) -> str:
    text = given.get("number", "")
    if not text:
        return given.get("street") or _missing("number", faults)
    if not _NUMBER.fullmatch(text):
        # The wording is documented (in the Dutch twin of 2017).
        faults.append(Fault(MISSING, "number is required to be a number"))
    return text


def _courier(
    world: World,
    given: Mapping[str, str],
    shop: Shop | None,
    answering: Edition,
    faults: list[Fault],
) -> int:
    """The number of the carrier in the edition that answers; 0 for none."""
    asked = answering.questions
    text = given.get("carrier") or given.get("carrier_id", "")
    if not text:
        usual = asked.default_carriers.get(_platform(world, given, shop))
        if usual is None and "platform" not in given:
            _missing("carrier", faults)
        return usual or 0
    number = asked.carrier(text)
    if number is None:
        # A name was read in the edition that has names, whose numbers would mislead its reader.
        named = asked.carriers.items()
        known = (name if text.isalpha() else f"{key} ({name})" for key, name in named)
        faults.append(Fault(_CARRIER, f"carrier {text!r} is none of {', '.join(known)}"))
    return number or 0


def _platform(world: World, given: Mapping[str, str], shop: Shop | None) -> str:
    """The platform that is named, or that of the Belgian server or of a Belgian shop's key."""
    belgian = shop is not None and home_of(shop.sender.get("cc")) == "BE"
    here = "belgie" if belgian or _BELGIAN_SERVER in world.request.base_url else ""
    return given.get("platform", here).lower()


def _check_platform(given: Mapping[str, str], answering: Edition, faults: list[Fault]) -> None:
    known, text = answering.questions.platforms, given.get("platform", "")
    if text and known and text.lower() not in known:
        faults.append(Fault(_PLATFORM, f"platform {text!r} is none of {', '.join(known)}"))


def _tell_included(world: World, given: Mapping[str, str]) -> None:
    """`shipment_options` are always there; what else is to be included is not."""
    unknown = [part for part in given.get("include", "").split(",") if part.strip()]
    for part in unknown:
        if part.strip() not in _INCLUDED:
            world.note(f"include {part.strip()[:50]!r} adds nothing: only {_INCLUDED[0]} is known")


def _plan(world: World, given: Mapping[str, str], faults: list[Fault]) -> Plan:
    cutoff = values.clock_time(given, "cutoff_time", values.CUTOFF, DEFAULT_CUTOFF, faults)
    days = _weekdays(given, faults)
    saturday = values.clock_time(given, "saturday_cutoff_time", values.CUTOFF, None, faults)
    in_time = (saturday or cutoff) < SATURDAY_CUTOFF or not world.quirk("myparcel.strict")
    return Plan(
        cutoff=cutoff,
        saturday_cutoff=saturday,
        dropoff_days=days,
        delay=values.whole(given, "dropoff_delay", 0, range(_LARGEST_DELAY + 1), _DELAY, faults),
        monday=values.flag(given, "monday_delivery", faults) and SATURDAY in days and in_time,
    )


def _weekdays(given: Mapping[str, str], faults: list[Fault]) -> frozenset[int]:
    text = given.get("dropoff_days")
    if text is None:
        return WORKING_WEEK
    parts = parsing.parts(text)
    if not parts or not all(part in tuple("0123456") for part in parts):
        message = f"dropoff_days {text!r} is not a list of weekdays 0 (Sunday) to 6"
        faults.append(Fault(values.SWITCH, message))
        return WORKING_WEEK
    return frozenset(map(int, parts))


def _excluded(
    world: World, given: Mapping[str, str], answering: Edition, faults: list[Fault]
) -> frozenset[int]:
    name = "exclude_delivery_type"
    texts = [text for key, text in world.request.query if key == name]
    asked = answering.questions
    parts = parsing.parts(";".join(texts) if name in given else "")
    types = {part: asked.delivery_type(part.lower()) for part in parts}
    for part, number in types.items():
        if number is None:
            told = f"{name} {part!r} is not a delivery type {asked.delivery_types}"
            faults.append(Fault(_TYPE, told))
        elif number == STANDARD:
            faults.append(Fault(_TYPE, f"{name} cannot hold 2, standard delivery"))
    return frozenset(number for number in types.values() if number is not None)


def _package_type(given: Mapping[str, str], answering: Edition, faults: list[Fault]) -> int:
    text = given.get("package_type", "package").lower()
    number = answering.questions.package_type(text)
    if number is None:
        known = answering.questions.package_types
        faults.append(Fault(_PACKAGE_TYPE, f"package_type {text!r} is none of {known}"))
    return number or 0


def _place(
    given: Mapping[str, str], cc: str, postal_code: str, answering: Edition, faults: list[Fault]
) -> Place | None:
    by_coordinates = values.coordinates(given, faults)
    if cc not in answering.questions.countries:
        return None
    return by_coordinates or near_points(cc, postal_code)
