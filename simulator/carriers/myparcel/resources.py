"""What each operation of MyParcel is about: shipments, or orders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from simulator.carriers.myparcel.bodies import views
from simulator.carriers.myparcel.catalog.types import SHIPMENT_LISTS
from simulator.carriers.myparcel.fulfilment import views as order_views
from simulator.carriers.myparcel.records import LABEL_FILES, SHIPMENTS
from simulator.carriers.myparcel.shops.records import ORDERS
from simulator.carriers.myparcel.wire import edition, parsing
from simulator.carriers.resources import About, Asked, Shape, elements
from simulator.engine.world import World

_SHIPMENT = Shape("myparcel.get_shipments", ("data", "shipments", "[]"))
_SENT = tuple(
    Shape("myparcel.create_shipments", ("data", name, "[]"), sent=True) for name in SHIPMENT_LISTS
)

_ORDER = Shape("myparcel.get_orders", ("data", "orders", "[]"))
_SENT_ORDER = Shape("myparcel.create_orders", ("data", "orders", "[]"), sent=True)


def _shown(world: World, ids: Iterable[int]) -> list[Any]:
    """The shipments with these ids in the numbers of the request's edition; unknown ones are left
    out."""
    reader = edition.reader(world)
    return [views.shipment(world, each, reader) for each in world[SHIPMENTS].existing(ids)]


def _of_path(world: World, asked: Asked) -> list[Any]:
    return _shown(world, parsing.ids(asked.path["ids"]))


def _of_barcode(world: World, asked: Asked) -> list[Any]:
    named = (*asked.listed("barcode", ";"), *asked.listed("external_identifier", ";"))
    carrying = [each.id for text in named for each in world[SHIPMENTS].where("barcode", text)]
    return _shown(world, dict.fromkeys(carrying))


def _of_file(world: World, asked: Asked) -> list[Any]:
    """The shipments of which the labels are under a link."""
    file = world[LABEL_FILES].get(asked.path["hash"].lower())
    return [] if file is None else _shown(world, file.shipment_ids)


def _sent(world: World, asked: Asked) -> list[Any]:
    return [each for name in SHIPMENT_LISTS for each in elements(asked.sent("data", name))]


def _changed(world: World, asked: Asked) -> list[Any]:
    """The shipments that are to be changed, as they are."""
    sent = elements(asked.sent("data", "shipments"))
    ids = (parsing.integer(each.get("id")) for each in sent if isinstance(each, dict))
    return _shown(world, [number for number in ids if number])


def _orders(world: World, uuids: Iterable[str]) -> list[Any]:
    found = (world[ORDERS].first("uuid", uuid.lower()) for uuid in uuids)
    return [order_views.order(world, each) for each in found if each is not None]


def _orders_of_path(world: World, asked: Asked) -> list[Any]:
    """The orders that a path names, or the one whose notes it is about."""
    return _orders(world, parsing.parts(asked.path.get("uuids") or asked.path["uuid"]))


def _orders_sent(world: World, asked: Asked) -> list[Any]:
    return elements(asked.sent("data", "orders"))


def _orders_changed(world: World, asked: Asked) -> list[Any]:
    """The orders that are to be changed, as they are."""
    sent = (each for each in _orders_sent(world, asked) if isinstance(each, dict))
    return _orders(world, [parsing.text(each.get("uuid")) for each in sent])


RESOURCES: Mapping[str, About] = {
    "myparcel.create_shipments": About(_sent, _SENT),
    "myparcel.update_shipments": About(_changed, (_SHIPMENT,)),
    "myparcel.patch_shipments": About(_changed, (_SHIPMENT,)),
    **dict.fromkeys(
        (
            "myparcel.get_shipments",
            "myparcel.delete_shipments",
            "myparcel.get_labels",
            "myparcel.get_labels_v2",
            "myparcel.get_tracktraces",
        ),
        About(_of_path, (_SHIPMENT,)),
    ),
    "myparcel.find_tracktraces": About(_of_barcode, (_SHIPMENT,)),
    "myparcel.get_pdf": About(_of_file, (_SHIPMENT,)),
    "myparcel.create_orders": About(_orders_sent, (_SENT_ORDER,)),
    "myparcel.update_orders": About(_orders_changed, (_ORDER,)),
    **dict.fromkeys(
        (
            "myparcel.get_orders",
            "myparcel.delete_orders",
            "myparcel.list_order_notes",
            "myparcel.add_order_notes",
            "myparcel.change_order_notes",
            "myparcel.delete_order_notes",
        ),
        About(_orders_of_path, (_ORDER,)),
    ),
}
"""Operations that are about something; the others list, compute or tell what is in catalogs."""
