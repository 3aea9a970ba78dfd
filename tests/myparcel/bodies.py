"""Bodies that MyParcel takes, as starting points of tests."""

from __future__ import annotations

import copy
from typing import Any


class PostNL(int):
    """PostNL by its number of 2017; a client of another edition writes it as that one has it."""


POSTNL = PostNL(2)

DUTCH: dict[str, Any] = {
    "cc": "NL",
    "postal_code": "3584CS",
    "city": "Utrecht",
    "street": "Kruytgebouw",
    "number": "8",
    "person": "Noor Visser",
    "email": "noor@example.test",
    "phone": "0301234567",
}
BELGIAN: dict[str, Any] = {
    "cc": "BE",
    "postal_code": "1000",
    "city": "Brussel",
    "street": "Wetstraat 16",
    "person": "Tine Peeters",
}
SWISS: dict[str, Any] = {
    "cc": "CH",
    "postal_code": "8001",
    "city": "Zurich",
    "street": "Bahnhofstrasse 3",
    "person": "Lea Meier",
}
CUSTOMS: dict[str, Any] = {
    "contents": 1,
    "invoice": "INV-2017-044",
    "weight": 900,
    "items": [
        {
            "description": "Wool scarf",
            "amount": 2,
            "weight": 900,
            "item_value": {"amount": 2500, "currency": "EUR"},
            "classification": "1439",
            "country": "NL",
        }
    ],
}
PICKUP: dict[str, Any] = {
    "location_name": "Boekhandel De Pont",
    "street": "Brugstraat",
    "number": "2",
    "postal_code": "9711HX",
    "city": "Groningen",
}
DROP_OFF_POINT = {
    "location_code": "173187",
    "location_name": "Staples Office Centre",
    "postal_code": "3584CS",
    "street": "Kruytgebouw",
    "number": "8",
    "city": "Utrecht",
}
TUESDAY = "2017-06-06 18:00:00"
SATURDAY = "2017-06-10 08:00:00"


def shipment(recipient: dict[str, Any] = DUTCH, **members: Any) -> dict[str, Any]:
    """A plain package with PostNL; `members` replace or add to it."""
    made = {"carrier": POSTNL, "recipient": recipient, "options": {"package_type": 1}, **members}
    return copy.deepcopy(made)


def dutch(**options: Any) -> dict[str, Any]:
    """A package within the Netherlands with these options."""
    return shipment(options={"package_type": 1, **options})


def belgian(**options: Any) -> dict[str, Any]:
    """A package to Belgium with these options."""
    return shipment(BELGIAN, options={"package_type": 1, **options})


def swiss(**members: Any) -> dict[str, Any]:
    """A package out of the European Union, with everything that it needs."""
    properties = {"weight": 950}
    whole = {"customs_declaration": CUSTOMS, "physical_properties": properties, **members}
    return shipment(SWISS, **whole)


def changed(whole: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """A copy of `whole` with `value` at a path such as ``recipient.cc``; None takes it away."""
    made = valued(whole, path, value)
    if value is None:
        *way, last = _parts(path)
        del _at(made, way)[last]
    return made


def valued(whole: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """A copy of `whole` with `value` at a path; None is null."""
    made = copy.deepcopy(whole)
    *way, last = _parts(path)
    _at(made, way)[last] = value
    return made


def _parts(path: str) -> list[str | int]:
    return [int(part) if part.isdigit() else part for part in path.split(".")]


def _at(whole: Any, way: list[str | int]) -> Any:
    for part in way:
        whole = whole[part]
    return whole
