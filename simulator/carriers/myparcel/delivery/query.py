"""What a question for delivery options says, and what is wrong with it.

MyParcel: document of 2017, section 8.A.3. A parameter that is empty counts as not given.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time
from typing import TypeVar

import msgspec

from simulator.carriers.myparcel.bodies import twin
from simulator.carriers.myparcel.catalog.countries import is_country
from simulator.carriers.myparcel.catalog.places import Place, dutch_postal_code, place_of
from simulator.carriers.myparcel.catalog.types import DELIVERY_TYPES, EVENING, STANDARD
from simulator.carriers.myparcel.delivery.days import (
    DEFAULT_CUTOFF,
    SATURDAY,
    SATURDAY_CUTOFF,
    WORKING_WEEK,
    Plan,
)
from simulator.carriers.myparcel.wire import dialect, moments, paging, parsing
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.core import reading
from simulator.engine.world import World

Default = TypeVar("Default", time, None)

_TYPES_BY_TEXT = {
    **{str(number): number for number in DELIVERY_TYPES},
    **{name: number for number, name in DELIVERY_TYPES.items()},
    "night": EVENING,
}
_PACKAGE_TYPES = ("package", "mailbox", "letter", "digital_stamp", "1", "2", "3", "4")
_LARGEST_DELAY = 14
_WINDOWS = range(1, 15)
_DEFAULT_WINDOW = 2
"""As many days as the document's example without a window shows (inferred)."""

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?", re.ASCII)
_NUMBER = re.compile(r"\d{1,6}(\s*[A-Za-z0-9/-]{0,10})?", re.ASCII)
_COORDINATE = re.compile(r"-?\d{1,3}(\.\d{1,12})?", re.ASCII)
_LAST_DAY = date(2199, 12, 31)
"""The last day that a workspace's clock can show."""

_MISSING, _COUNTRY, _CARRIER, _TYPE = 3212, 3211, 3222, 3221
_PACKAGE_TYPE = 3223
_DELAY, _CUTOFF = 3213, 3214
# Between the documented codes 3214 and 3217 two are not named: taken for the parameters that have
# none.
_WINDOW, _SWITCH = 3215, 3216
_POSTAL_CODE, _DATE = 3505, 5000
_LATITUDE, _LONGITUDE = 3218, 3219


class DeliveryQuery(msgspec.Struct, frozen=True):
    """A question for delivery options.

    * `carrier`: its number at api.myparcel.com, whatever the dialect.
    * `place`: where pickup points are looked for, None outside the Netherlands.
    * `parcel`: whether it is for a package; the later Dutch twin asks for other types as well.
    * `window`: how many days are shown; `day` instead asks for this day alone.
    * `moment`: when the parcel should come, an indication only.
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


def read(world: World, faults: list[Fault]) -> DeliveryQuery:
    """The question that the request asks; what is wrong with it is added to `faults`."""
    given = paging.given(world)
    cc = _country(given, faults)
    postal_code = _postal_code(given, cc, faults)
    return DeliveryQuery(
        cc=cc,
        postal_code=postal_code,
        number=_house_number(given, faults),
        carrier=_carrier(world, given, faults),
        plan=_plan(world, given, faults),
        window=whole(given, "deliverydays_window", _DEFAULT_WINDOW, _WINDOWS, _WINDOW, faults),
        excluded=_excluded(given, faults),
        parcel=_parcel(given, faults),
        place=_place(given, cc, postal_code, faults),
        day=_date(given, faults),
        moment=_time(given, "delivery_time", _DATE, None, faults),
    )


def coordinates(given: Mapping[str, str], faults: list[Fault]) -> Place | None:
    """The place that both `latitude` and `longitude` name; with one of them alone there is none."""
    latitude, longitude = given.get("latitude"), given.get("longitude")
    if latitude is None or longitude is None:
        return None
    north = _coordinate("latitude", latitude, 90, _LATITUDE, faults)
    east = _coordinate("longitude", longitude, 180, _LONGITUDE, faults)
    return None if north is None or east is None else Place(north, east)


def _coordinate(name: str, text: str, most: int, code: int, faults: list[Fault]) -> float | None:
    if _COORDINATE.fullmatch(text) and abs(float(text)) <= most:
        return float(text)
    faults.append(Fault(code, f"{name} {text!r} is not in degrees from -{most} to {most}"))
    return None


def _missing(name: str, faults: list[Fault]) -> str:
    faults.append(Fault(_MISSING, f"{name} is required"))
    return ""


def _country(given: Mapping[str, str], faults: list[Fault]) -> str:
    text = given.get("cc", "")
    if not text:
        return _missing("cc", faults)
    if not (text.isascii() and is_country(text.upper())):
        faults.append(Fault(_COUNTRY, f"cc {text!r} is not an ISO 3166-1 alpha-2 country code"))
    return text.upper()


def _postal_code(given: Mapping[str, str], cc: str, faults: list[Fault]) -> str:
    text = given.get("postal_code", "")
    if not text:
        return _missing("postal_code", faults)
    return dutch_code(text, faults) if cc == "NL" else text


def dutch_code(text: str, faults: list[Fault]) -> str:
    """A Dutch postal code in its one spelling; a fault, and empty, for what is none."""
    code = dutch_postal_code(text)
    if code is None:
        message = f"postal_code {text!r} is not four digits and two letters such as 2132WT"
        faults.append(Fault(_POSTAL_CODE, message))
    return code or ""


def _house_number(given: Mapping[str, str], faults: list[Fault]) -> str:
    text = given.get("number", "")
    if not text:
        return _missing("number", faults)
    if not _NUMBER.fullmatch(text):
        # The wording is documented (in the Dutch twin of 2017).
        faults.append(Fault(_MISSING, "number is required to be a number"))
    return text


def _carrier(world: World, given: Mapping[str, str], faults: list[Fault]) -> int:
    text = given.get("carrier") or given.get("carrier_id", "")
    if not text:
        _missing("carrier", faults)
        return 0
    spoken = dialect.of(world)
    number = twin.number(text, spoken)
    carrier = None if number is None else twin.com_number(number, spoken)
    if carrier is None:
        # A name was read in the dialect that has names, whose numbers would mislead its reader.
        carriers = twin.known(spoken).items()
        known = (name if text.isalpha() else f"{key} ({name})" for key, name in carriers)
        faults.append(Fault(_CARRIER, f"carrier {text!r} is none of {', '.join(known)}"))
    return carrier or 0


def _plan(world: World, given: Mapping[str, str], faults: list[Fault]) -> Plan:
    cutoff = _time(given, "cutoff_time", _CUTOFF, DEFAULT_CUTOFF, faults)
    days = _weekdays(given, faults)
    saturday = _time(given, "saturday_cutoff_time", _CUTOFF, None, faults)
    in_time = (saturday or cutoff) < SATURDAY_CUTOFF or not world.quirk("myparcel.strict")
    return Plan(
        cutoff=cutoff,
        saturday_cutoff=saturday,
        dropoff_days=days,
        delay=whole(given, "dropoff_delay", 0, range(_LARGEST_DELAY + 1), _DELAY, faults),
        monday=_flag(given, "monday_delivery", faults) and SATURDAY in days and in_time,
    )


def _weekdays(given: Mapping[str, str], faults: list[Fault]) -> frozenset[int]:
    text = given.get("dropoff_days")
    if text is None:
        return WORKING_WEEK
    parts = parsing.parts(text)
    if not parts or not all(part in tuple("0123456") for part in parts):
        faults.append(
            Fault(_SWITCH, f"dropoff_days {text!r} is not a list of weekdays 0 (Sunday) to 6")
        )
        return WORKING_WEEK
    return frozenset(map(int, parts))


def _excluded(given: Mapping[str, str], faults: list[Fault]) -> frozenset[int]:
    parts = parsing.parts(given.get("exclude_delivery_type", ""))
    types = {part: _TYPES_BY_TEXT.get(part.lower()) for part in parts}
    for part, number in types.items():
        if number is None:
            faults.append(
                Fault(_TYPE, f"exclude_delivery_type {part!r} is not a delivery type from 1 to 5")
            )
        elif number == STANDARD:
            faults.append(Fault(_TYPE, "exclude_delivery_type cannot hold 2, standard delivery"))
    return frozenset(number for number in types.values() if number is not None)


def _parcel(given: Mapping[str, str], faults: list[Fault]) -> bool:
    text = given.get("package_type", "package").lower()
    if text not in _PACKAGE_TYPES:
        known = ", ".join(_PACKAGE_TYPES)
        faults.append(Fault(_PACKAGE_TYPE, f"package_type {text!r} is none of {known}"))
    return text in ("package", "1")


def whole(
    given: Mapping[str, str],
    name: str,
    default: int,
    allowed: range,
    code: int,
    faults: list[Fault],
) -> int:
    """The number that a parameter names; what is not one of `allowed` is a fault with `code`."""
    text = given.get(name)
    if text is None:
        return default
    number = reading.whole(text)
    if number is not None and number in allowed:
        return number
    low, high = allowed[0], allowed[-1]
    faults.append(Fault(code, f"{name} {text!r} is not a whole number from {low} to {high}"))
    return default


def _flag(given: Mapping[str, str], name: str, faults: list[Fault]) -> bool:
    text = given.get(name, "0")
    switch = reading.boolean(text)
    if switch is None:
        faults.append(Fault(_SWITCH, f"{name} {text!r} is neither 1 nor 0"))
    return switch is True


def _time(
    given: Mapping[str, str], name: str, code: int, default: Default, faults: list[Fault]
) -> time | Default:
    text = given.get(name)
    if text is None:
        return default
    if _TIME.fullmatch(text):
        return time.fromisoformat(text)
    faults.append(Fault(code, f"{name} {text!r} is not a time such as 15:30:00"))
    return default


def _date(given: Mapping[str, str], faults: list[Fault]) -> date | None:
    text = given.get("delivery_date")
    if text is None:
        return None
    day = moments.parse_date(text)
    if day is None or day > _LAST_DAY:
        faults.append(Fault(_DATE, f"delivery_date {text!r} is not a date such as 2017-02-01"))
    return day


def _place(
    given: Mapping[str, str], cc: str, postal_code: str, faults: list[Fault]
) -> Place | None:
    by_coordinates = coordinates(given, faults)
    if cc != "NL":
        return None
    return by_coordinates or place_of(postal_code)
