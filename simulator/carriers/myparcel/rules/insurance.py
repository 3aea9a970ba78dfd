"""R15 to R19 with K8 and K9: insurances (MyParcel: document of 2017, 6.A.3 and 6.A.4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.carriers.myparcel.bodies import kinds
from simulator.carriers.myparcel.bodies.readings import Readings
from simulator.carriers.myparcel.catalog.types import PACKAGE
from simulator.carriers.myparcel.wire import parsing
from simulator.carriers.myparcel.wire.errors import Fault

ABROAD = {"EU": 50_000, "global": 20_000}
"""What a package has to be insured for abroad, in euro cents."""

_DOCUMENTED = frozenset({5_000, 25_000, 50_000})
_DOCUMENTED_FROM = 500_000
_LISTED = frozenset({10_000})
"""An amount of the services table that is neither documented nor a multiple of the step."""

_STEP = 50_000
_NEEDED = ("only_recipient", "signature")


def amount_of(options: Mapping[str, Any]) -> int:
    """What the options insure for in euro cents; 0 for nothing."""
    return parsing.integer(parsing.form(options.get("insurance")).get("amount")) or 0


def check(
    readings: Readings,
    options: dict[str, Any],
    region: str | None,
    package_type: int | None,
    path: str,
    *,
    returning: bool = False,
) -> list[Fault]:
    """What is wrong with the insurance, or with there being none."""
    found = price(readings, options.get("insurance"), f"{path}.insurance")
    if found or package_type is None or region is None:
        return found
    amount = amount_of(options)
    if package_type != PACKAGE:
        if amount:
            message = "only packages (package type 1) can be insured"
            found.append(Fault(3743, message, f"{path}.insurance"))
    elif region == "NL":
        if amount and (readings.strict or not returning):
            found += _dutch(readings, options, amount, path)
    elif amount != ABROAD[region] and (amount or readings.insurance_required):
        message = f"a package to this country is insured for {ABROAD[region]} cents"
        amounts, source = [ABROAD[region]], readings.edition.sources["insurance"]
        found.append(Fault(3743, message, f"{path}.insurance", amounts, source))
    return found


def price(readings: Readings, given: Any, path: str) -> list[Fault]:
    """What is wrong with the insurance as an amount of money; nothing where there is none."""
    if given is None:
        return []
    if not isinstance(given, dict):
        return [kinds.misfit(given, "object", path)]
    found: list[Fault] = []
    source = readings.edition.sources["insurance"]
    if parsing.integer(given.get("amount")) is None:
        message = "amount is a whole number of cents, at least 0"
        found.append(Fault(3743, message, f"{path}.amount", {"minimum": 0}, source))
    currency = given.get("currency")
    if currency != "EUR" and (currency is not None or readings.strict):
        found.append(Fault(3743, "currency has to be EUR", f"{path}.currency", ["EUR"], source))
    return found


def _dutch(readings: Readings, options: dict[str, Any], amount: int, path: str) -> list[Fault]:
    found: list[Fault] = []
    if not _allowed(readings, amount):
        listed = _DOCUMENTED if readings.documented_amounts else _DOCUMENTED | _LISTED
        known = ", ".join(map(str, sorted(listed)))
        steps = "" if readings.documented_amounts else f", a multiple of {_STEP}"
        message = f"{amount} is not one of {known}{steps} or at least {_DOCUMENTED_FROM}"
        found.append(Fault(3743, message, f"{path}.insurance.amount"))
    found += [
        Fault(3705, f"{name} is required for an insured package", f"{path}.{name}")
        for name in _NEEDED
        if not parsing.flag(options.get(name))
    ]
    return found


def _allowed(readings: Readings, amount: int) -> bool:
    if amount in _DOCUMENTED or amount >= _DOCUMENTED_FROM:
        return True
    return not readings.documented_amounts and (amount in _LISTED or amount % _STEP == 0)
