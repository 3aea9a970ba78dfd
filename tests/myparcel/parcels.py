"""Shipments to post, as the tests of labels and payments want them."""

from __future__ import annotations

from typing import Any

from tests.myparcel.bodies import CUSTOMS, DUTCH, POSTNL

UTRECHT = DUTCH
SAITAMA = {
    "cc": "JP",
    "postal_code": "330-0061",
    "city": "さいたま市",
    "street": "浦和区 常盤9-21-21",
    "person": "北澤 聡",
}


def package(carrier: int = POSTNL, **options: Any) -> dict[str, Any]:
    """A package within the Netherlands."""
    return {"carrier": carrier, "recipient": UTRECHT, "options": {"package_type": 1, **options}}


def letter(**options: Any) -> dict[str, Any]:
    """A letter within the Netherlands."""
    return {"carrier": 1, "recipient": UTRECHT, "options": {"package_type": 3, **options}}


def to_japan(**options: Any) -> dict[str, Any]:
    """A package with a customs declaration."""
    return {
        "carrier": 1,
        "recipient": SAITAMA,
        "options": {"package_type": 1, **options},
        "customs_declaration": CUSTOMS,
        "physical_properties": {"weight": 950},
    }
