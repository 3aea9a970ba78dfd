"""What the goods in a parcel have to tell (Q7, Q9)."""

from __future__ import annotations

import re
from collections.abc import Container
from decimal import Decimal

from simulator.carriers.postplus.bodies import sums
from simulator.carriers.postplus.records import Item, Parcel
from simulator.carriers.postplus.rules.verdicts import Verdict
from simulator.carriers.postplus.wire.echoes import shortened
from simulator.engine.world import World

_HS_CODE = re.compile(r"[0-9]{6,10}", re.ASCII)
_DOCUMENTS = re.compile(r"documents?\b", re.IGNORECASE)
"""Goods that need no HS code; nothing but their description tells them (inferred)."""


def check(world: World, parcel: Parcel, unreadable: Container[str] = ()) -> Verdict:
    """At least one item, each with its description, quantity, value and weight.

    `unreadable` are the names of values that came but could not be read.
    """
    found = Verdict()
    if not parcel.items:
        return found.error("At least one item is required")
    for number, item in enumerate(parcel.items, 1):
        _check_item(world, item, f"Item {number}", found, unreadable)
    return found


def _check_item(
    world: World, item: Item, name: str, found: Verdict, unreadable: Container[str]
) -> None:
    for member, given in (
        ("description", item.description),
        ("quantity", item.quantity),
        ("valuePerItem", item.value_per_item),
        ("weightPerItem", item.weight_per_item),
    ):
        field = f"{name}: {member}"
        if given is None and field not in unreadable:
            found.error(f"{field} is required")
    if item.quantity is not None and item.quantity < 1:
        found.error(f"{name}: quantity {item.quantity} is less than 1")
    if item.value_per_item is not None and item.value_per_item < 0:
        found.error(f"{name}: valuePerItem {_told(item.value_per_item)} is less than 0")
    if item.weight_per_item is not None and item.weight_per_item <= 0:
        weight = _told(item.weight_per_item)
        found.error(f"{name}: weightPerItem {weight} is not greater than 0")
    _check_hs_code(world, item, name, found)


def _check_hs_code(world: World, item: Item, name: str, found: Verdict) -> None:
    if item.hs_code is not None:
        if not _HS_CODE.fullmatch(item.hs_code):
            found.error(f"{name}: HS code {shortened(item.hs_code)} does not have 6 to 10 digits")
    elif not _DOCUMENTS.match(item.description or ""):
        sentence = f"{name}: HS code is missing"
        if world.quirk("postplus.missing_hs_code") == "error":
            found.error(sentence)
        else:
            found.warning(sentence)


def check_measures(parcel: Parcel) -> Verdict:
    """The gross weight covers the items (documented sentence), and no side is negative."""
    found = Verdict()
    gross, items = parcel.gross_weight, parcel.items
    net = sums.weight(items) if sums.are_weighed(items) else None
    if gross is not None and net is not None and gross < net:
        found.error(
            f"Gross weight {_told(gross)} is less than the total weight of items {_told(net)}"
        )
    elif items and gross is not None and gross <= 0:
        found.error(f"Gross weight {_told(gross)} is not greater than 0")
    for name in ("height", "width", "length"):
        side: Decimal | None = getattr(parcel, name)
        if side is not None and side < 0:
            found.error(f"{name.capitalize()} {_told(side)} is less than 0")
    return found


def _told(number: Decimal) -> str:
    return shortened(sums.written(number))
