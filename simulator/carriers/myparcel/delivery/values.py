"""Parameters of questions for delivery options and points, each read and found wrong by itself.

MyParcel: document of 2017, section 8.A.3. A parameter that is empty counts as not given.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time
from typing import TypeVar

from simulator.carriers.myparcel.catalog.places import (
    Place,
    belgian_postal_code,
    dutch_postal_code,
)
from simulator.carriers.myparcel.wire import moments
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.core import reading

Default = TypeVar("Default", time, None)

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?", re.ASCII)
_COORDINATE = re.compile(r"-?\d{1,3}(\.\d{1,12})?", re.ASCII)
_LAST_DAY = date(2199, 12, 31)
"""The last day that a workspace's clock can show."""

# Between the documented codes 3214 and 3217 two are not named: taken for the parameters that have
# none.
WINDOW, SWITCH = 3215, 3216
CUTOFF = 3214
POSTAL_CODE, DATE = 3505, 5000
_LATITUDE, _LONGITUDE = 3218, 3219


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


def dutch_code(text: str, faults: list[Fault]) -> str:
    """A Dutch postal code in its one spelling; a fault, and empty, for what is none."""
    code = dutch_postal_code(text)
    if code is None:
        faults.append(not_dutch(text))
    return code or ""


def not_dutch(text: str) -> Fault:
    """A postal code that the Netherlands do not have."""
    message = f"postal_code {text!r} is not four digits and two letters such as 2132WT"
    return Fault(POSTAL_CODE, message)


def belgian_code(text: str, faults: list[Fault]) -> str:
    """A Belgian postal code; a fault, and empty, for what is none."""
    code = belgian_postal_code(text)
    if code is None:
        faults.append(Fault(POSTAL_CODE, f"postal_code {text!r} is not four digits such as 2000"))
    return code or ""


def postal_code(cc: str, text: str, faults: list[Fault]) -> str:
    """A postal code of the Netherlands or Belgium in its one spelling; any other as it is."""
    if cc == "NL":
        return dutch_code(text, faults)
    return belgian_code(text, faults) if cc == "BE" else text


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


def flag(given: Mapping[str, str], name: str, faults: list[Fault]) -> bool:
    """A switch, off unless given."""
    text = given.get(name, "0")
    switch = reading.boolean(text)
    if switch is None:
        faults.append(Fault(SWITCH, f"{name} {text!r} is neither 1 nor 0"))
    return switch is True


def clock_time(
    given: Mapping[str, str], name: str, code: int, default: Default, faults: list[Fault]
) -> time | Default:
    """The time of day that a parameter names; what is none is a fault with `code`."""
    text = given.get(name)
    if text is None:
        return default
    if _TIME.fullmatch(text):
        return time.fromisoformat(text)
    faults.append(Fault(code, f"{name} {text!r} is not a time such as 15:30:00"))
    return default


def day(given: Mapping[str, str], faults: list[Fault]) -> date | None:
    """The day that `delivery_date` names."""
    text = given.get("delivery_date")
    if text is None:
        return None
    found = moments.parse_date(text)
    if found is None or found > _LAST_DAY:
        faults.append(Fault(DATE, f"delivery_date {text!r} is not a date such as 2017-02-01"))
    return found
