"""What each operation of ShipX is about: shipments, mostly, and what they are collected with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from simulator.carriers.inpost.account import address_books, mpks
from simulator.carriers.inpost.bodies import point_views, shipment_wishes, views
from simulator.carriers.inpost.dispatch import views as dispatch_views
from simulator.carriers.inpost.records import (
    ADDRESS_BOOKS,
    BATCHES,
    DISPATCH_ORDERS,
    DISPATCH_POINTS,
    MPKS,
    POINTS,
    SHIPMENTS,
)
from simulator.carriers.inpost.shipments import batches
from simulator.carriers.inpost.tracking import tracking
from simulator.carriers.inpost.wire import credentials, query_names
from simulator.carriers.resources import About, Asked, Shape, elements, the_body
from simulator.core.answers import Refusal
from simulator.core.tables import TableSpec
from simulator.engine.world import World

_SHIPMENT = Shape("inpost.get_shipment")
_ORDER = Shape("inpost.get_dispatch_order")


def _shown(
    world: World, spec: TableSpec[Any], view: Callable[[World, Any], Any], ids: Iterable[Any]
) -> Iterator[Any]:
    """The records with these ids, as the carrier shows them; those that there are not are left
    out."""
    for id in ids:
        number = credentials.number(str(id).strip())
        record = None if number is None else world[spec].get(number)
        if record is not None:
            yield view(world, record)


def _shipments(world: World, ids: Iterable[Any]) -> Iterator[Any]:
    return _shown(world, SHIPMENTS, views.shipment, ids)


def _of_path(
    parameter: str, spec: TableSpec[Any], view: Callable[[World, Any], Any], shape: str
) -> About:
    """What the path names."""
    return About(
        lambda world, asked: _shown(world, spec, view, [asked.path[parameter]]), (Shape(shape),)
    )


def _wished(world: World, asked: Asked) -> Iterator[Any]:
    """The shipments of a list of ids, in the query or in a body that stands over it."""
    try:
        ids = shipment_wishes.read(asked.body, asked.listed(query_names.SHIPMENT_IDS)).ids
    except Refusal:
        ids = ()
    return _shipments(world, ids)


def _named(world: World, asked: Asked) -> Iterator[Any]:
    """The shipments of which a body names the ids."""
    named = elements(asked.sent("shipments"))
    return _shipments(world, (each.get("id") if isinstance(each, dict) else each for each in named))


def _tracked(world: World, asked: Asked) -> list[Any]:
    tracked = tracking.look_up(world, asked.path["tracking_number"])
    return [] if tracked is None else [views.shipment(world, tracked.shipment)]


def _collected(world: World, asked: Asked) -> list[Any]:
    """A collection that is asked for, and the shipments that are to be collected."""
    return [*the_body(world, asked), *_named(world, asked)]


def _printed(world: World, asked: Asked) -> list[Any]:
    """Shipments of which the manifest is asked for, or the dispatch order that they are in."""
    order = asked.sent("dispatch_order_id") or dict(asked.query).get("dispatch_order_id")
    orders = _shown(world, DISPATCH_ORDERS, dispatch_views.show_order, [order])
    return [*_wished(world, asked), *orders]


def _point(world: World, asked: Asked) -> list[Any]:
    point = world[POINTS].get(asked.path["point_name"].upper())
    return [] if point is None else [point_views.whole(world, point)]


def _items(world: World, asked: Asked) -> list[Any]:
    return elements(asked.sent("shipments"))


def _sent(operation: str, *place: str) -> Shape:
    return Shape(operation, place, sent=True)


_one_shipment = _of_path("shipment_id", SHIPMENTS, views.shipment, _SHIPMENT.operation)
_one_order = _of_path(
    "dispatch_order_id", DISPATCH_ORDERS, dispatch_views.show_order, _ORDER.operation
)
_one_book = _of_path(
    "address_book_id", ADDRESS_BOOKS, address_books.view, "inpost.get_address_book"
)
_one_mpk = _of_path("mpk_id", MPKS, mpks.view, "inpost.get_mpk")
_several = About(_wished, (_SHIPMENT,))

RESOURCES: Mapping[str, About] = {
    "inpost.create_shipment": About(the_body, (_sent("inpost.create_shipment"),)),
    "inpost.create_batch": About(_items, (_sent("inpost.create_batch", "shipments", "[]"),)),
    "inpost.calculate_prices": About(
        _items, (_sent("inpost.calculate_prices", "shipments", "[]"),)
    ),
    "inpost.create_dispatch_order": About(
        _collected, (_sent("inpost.create_dispatch_order"), _SHIPMENT)
    ),
    "inpost.calculate_dispatch_order": About(
        _collected, (_sent("inpost.calculate_dispatch_order"), _SHIPMENT)
    ),
    "inpost.create_address_book": About(the_body, (_sent("inpost.create_address_book"),)),
    "inpost.create_mpk": About(the_body, (_sent("inpost.create_mpk"),)),
    **dict.fromkeys(
        (
            "inpost.get_shipment",
            "inpost.get_organization_shipment",
            "inpost.update_shipment",
            "inpost.patch_shipment",
            "inpost.cancel_shipment",
            "inpost.select_offer",
            "inpost.buy_offer",
            "inpost.get_label",
        ),
        _one_shipment,
    ),
    **dict.fromkeys(
        ("inpost.get_labels", "inpost.post_labels", "inpost.get_return_labels"), _several
    ),
    **dict.fromkeys(("inpost.select_offers", "inpost.bulk_buy"), About(_named, (_SHIPMENT,))),
    **dict.fromkeys(
        ("inpost.get_tracking", "inpost.get_service_history"), About(_tracked, (_SHIPMENT,))
    ),
    "inpost.get_batch": _of_path("batch_id", BATCHES, batches.show, "inpost.get_batch"),
    **dict.fromkeys(
        (
            "inpost.get_dispatch_order",
            "inpost.delete_dispatch_order",
            "inpost.create_comment",
            "inpost.update_comment",
            "inpost.delete_comments",
            "inpost.get_printout",
        ),
        _one_order,
    ),
    "inpost.get_printouts": About(_printed, (_SHIPMENT, _ORDER)),
    "inpost.get_dispatch_point": _of_path(
        "dispatch_point_id",
        DISPATCH_POINTS,
        dispatch_views.show_point,
        "inpost.get_dispatch_point",
    ),
    "inpost.get_point": About(_point, (Shape("inpost.get_point"),)),
    **dict.fromkeys(
        (
            "inpost.get_address_book",
            "inpost.update_address_book",
            "inpost.delete_address_book",
        ),
        _one_book,
    ),
    **dict.fromkeys(("inpost.get_mpk", "inpost.update_mpk"), _one_mpk),
}
"""Operations that are about something; the others list, compute or tell what is in catalogs."""
