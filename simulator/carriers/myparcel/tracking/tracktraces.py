"""Track and trace: the scans of shipments, newest first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from simulator.carriers.myparcel.bodies import query_patterns
from simulator.carriers.myparcel.catalog.lifecycle import FINAL
from simulator.carriers.myparcel.records import SHIPMENTS, Shipment, Shop
from simulator.carriers.myparcel.tracking.tracktrace_views import SHAPES, Wanted
from simulator.carriers.myparcel.wire import (
    credentials,
    edition,
    errors,
    media,
    paging,
    parsing,
)
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.core.answers import Answer
from simulator.engine.world import World

_FIELDS: dict[str, Callable[[Shipment], Any]] = {
    "shipment_id": lambda shipment: shipment.id,
    "code": lambda shipment: shipment.history[-1].code,
    "final": lambda shipment: shipment.status in FINAL,
    "description": lambda shipment: shipment.history[-1].description,
    "time": lambda shipment: shipment.history[-1].at,
    "history": lambda shipment: [scan.at for scan in shipment.history[-2::-1]],
}
"""What a list of tracktraces can be sorted on; a history by its times, as it is shown: newest
first, and nothing before anything."""


_DIRECTIONS = ("asc", "desc")
_DELIVERY_MOMENT = "delivery_moment"


def get_tracktraces(world: World, ids: str, extra_info: str | None = None) -> Answer:
    """``GET /tracktraces/id[;id]``: one tracktrace for each shipment, in the order of the ids.

    A shipment that nobody has scanned has an empty array in its place (observed). Without `page`
    and `size` everything comes at once. Raises 403/3001 when one of the shipments is unknown or
    somebody else's, 422 for parameters that cannot be taken.
    """
    media.json_only(world)
    shop = credentials.shop(world)
    query, wanted = _asked(world, extra_info)
    shipments = _sorted([_shipment(world, shop, part) for part in _parts(ids)], query)
    if not {"page", "size"}.isdisjoint(paging.given(world)):
        shipments = [*query.cut(shipments)]
    return media.json({"tracktraces": [_slot(world, each, wanted) for each in shipments]})


def find_tracktraces(
    world: World,
    barcode: str | None = None,
    postal_code: str | None = None,
    country_code: str | None = None,
    external_identifier: str | None = None,
    extra_info: str | None = None,
) -> Answer:
    """``GET /tracktraces``: of the shop's shipments that carry this barcode.

    A postal code and a country narrow it down. What does not fit anything is an empty list; the
    journal says why. Raises 422/3212 without a barcode.
    """
    media.json_only(world)
    shop = credentials.shop(world)
    _, wanted = _asked(world, extra_info)
    sought = barcode or external_identifier
    if not sought:
        raise errors.parameter(3212, "barcode is required, or an external_identifier")
    carrying = world[SHIPMENTS].where("barcode", sought)
    own = [each for each in carrying if each.shop_id == shop.id]
    found = [each for each in own if _goes_to(each, postal_code, country_code)]
    if not found:
        here = f"at {postal_code or 'any postal code'} in {country_code or 'any country'}"
        where = here if own else "in this shop" if carrying else "at all"
        world.note(f"no shipment carries the barcode {sought[:50]} {where}")
    return media.json({"tracktraces": [_slot(world, each, wanted) for each in found]})


def _goes_to(shipment: Shipment, postal_code: str | None, country_code: str | None) -> bool:
    recipient = shipment.recipient
    wanted = ((postal_code, "postal_code"), (country_code, "cc"))
    return all(
        _bare(text) == _bare(parsing.text(recipient.get(name))) for text, name in wanted if text
    )


def _bare(text: str) -> str:
    return text.replace(" ", "").casefold()


def _asked(world: World, extra_info: str | None) -> tuple[paging.Query, Wanted]:
    """How the list is sorted and cut, and what is wanted of each.

    Today's `sort` may also be the direction in which events are told, newest first unless ``asc``.
    """
    faults: list[Fault] = []
    directions = _DIRECTIONS if edition.of(world).event_directions else ()
    query = paging.read(world, (*_FIELDS, *directions), faults)
    query_patterns.check(world, paging.given(world), faults)
    paging.refuse(faults)
    if extra_info and extra_info != _DELIVERY_MOMENT:
        world.note(f"extra_info {extra_info[:50]!r} adds nothing: only {_DELIVERY_MOMENT} is known")
    wanted = Wanted(extra_info == _DELIVERY_MOMENT, oldest_first=query.sort == "asc")
    if query.sort in directions:
        query = msgspec.structs.replace(query, sort=None)
    return query, wanted


def _parts(ids: str) -> list[str]:
    parts = parsing.parts(ids)
    if not parts:
        raise errors.parameter(3210, "id is required to be a number")
    return list(dict.fromkeys(parts))


def _shipment(world: World, shop: Shop, text: str) -> Shipment:
    number = parsing.integer(text)
    if number is None:
        raise errors.parameter(3210, f"id is required to be a number, not {text[:50]}")
    return credentials.require_shipment(world, shop, number, "Permission Denied.")


def _sorted(shipments: list[Shipment], query: paging.Query) -> list[Shipment]:
    """The shipments by a field of their tracktraces; without a scan there is only the id."""
    if query.sort is None:
        return shipments[::-1] if query.descending else shipments
    field = query.sort

    def rank(shipment: Shipment) -> tuple[bool, Any]:
        told = field == "shipment_id" or bool(shipment.history)
        return told, _FIELDS[field](shipment) if told else None

    return sorted(shipments, key=rank, reverse=bool(query.descending))


def _slot(world: World, shipment: Shipment, wanted: Wanted) -> Any:
    show = SHAPES[edition.of(world).tracktrace]
    return show(world, shipment, wanted) if shipment.history else []
