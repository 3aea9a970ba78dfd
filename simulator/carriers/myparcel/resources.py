"""What each operation of MyParcel is about: shipments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from simulator.carriers.myparcel.bodies import views
from simulator.carriers.myparcel.records import LABEL_FILES, SHIPMENTS
from simulator.carriers.myparcel.wire import dialect, parsing
from simulator.carriers.resources import About, Asked, Shape, elements
from simulator.engine.world import World

_LISTS = ("shipments", "return_shipments", "unrelated_return_shipments")

_SHIPMENT = Shape("myparcel.get_shipments", ("data", "shipments", "[]"))
_SENT = tuple(
    Shape("myparcel.create_shipments", ("data", name, "[]"), sent=True) for name in _LISTS
)


def _shown(world: World, ids: Iterable[int]) -> list[Any]:
    """The shipments with these ids in the numbers of the request's dialect; unknown ones are left
    out."""
    reader = dialect.told(world)
    return [views.shipment(world, each, reader) for each in world[SHIPMENTS].existing(ids)]


def _of_path(world: World, asked: Asked) -> list[Any]:
    return _shown(world, parsing.ids(asked.path["ids"]))


def _of_file(world: World, asked: Asked) -> list[Any]:
    """The shipments of which the labels are under a link."""
    file = world[LABEL_FILES].get(asked.path["hash"].lower())
    return [] if file is None else _shown(world, file.shipment_ids)


def _sent(world: World, asked: Asked) -> list[Any]:
    return [each for name in _LISTS for each in elements(asked.sent("data", name))]


def _changed(world: World, asked: Asked) -> list[Any]:
    """The concepts that are to be changed, as they are."""
    sent = elements(asked.sent("data", "shipments"))
    ids = (parsing.integer(each.get("id")) for each in sent if isinstance(each, dict))
    return _shown(world, [number for number in ids if number])


RESOURCES: Mapping[str, About] = {
    "myparcel.create_shipments": About(_sent, _SENT),
    "myparcel.update_shipments": About(_changed, (_SHIPMENT,)),
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
    "myparcel.get_pdf": About(_of_file, (_SHIPMENT,)),
}
"""Operations that are about something; the others list, compute or tell what is in catalogs."""
