"""What each operation of PostPlus is about: parcels, and the shipments that they travel in.

Numbers of the sender are unique in an account only: of several accounts' parcels with one number,
the request is about each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from simulator.carriers.postplus.bodies import parcel_views
from simulator.carriers.postplus.records import (
    MANIFEST_FILES,
    PARCELS,
    PRINT_JOBS,
    PRINTS,
    SHIPMENT_DOCUMENTS,
    SHIPMENTS,
    Parcel,
    Shipment,
)
from simulator.carriers.postplus.shipments import contents
from simulator.carriers.postplus.wire import parsing
from simulator.carriers.resources import About, Asked, Shape, elements, the_body
from simulator.core.tables import TableSpec
from simulator.engine.world import World

_Find = Callable[[World, Asked], list[Any]]

_PARCEL = Shape("postplus.get_parcel")
_SHIPMENT = Shape("postplus.get_shipment")

_NUMBERS = {
    "parcel_nr": "ParcelNrs",
    "sender_parcel_nr": "SenderParcelNrs",
    "manifest_parcel_nr": "ManifestParcelNrs",
    "carrier_parcel_nr": "CarrierParcelNrs",
}
"""Indexes of parcels, and how a query calls a list of these numbers."""


def _parcels(world: World, parcels: Iterable[Parcel]) -> list[Any]:
    """Parcels with all their sections, each once."""
    once = {parcel.id: parcel for parcel in parcels}
    return [
        parcel_views.details(world, each, items=True, receiver=True, sender=True, prints=True)
        for each in once.values()
    ]


def _shipments(world: World, shipments: Iterable[Shipment]) -> list[Any]:
    return [
        contents.details(world, each, bags=True, documents=True, manifest_files=True)
        for each in shipments
    ]


def _found(world: World, spec: TableSpec[Any], texts: Iterable[Any]) -> list[Any]:
    numbers = (parsing.integer(text) for text in texts)
    return world[spec].existing([number for number in numbers if number is not None])


def _by_id(world: World, asked: Asked) -> list[Any]:
    return _parcels(world, _found(world, PARCELS, [asked.path["id"]]))


def _by_ids(world: World, asked: Asked) -> list[Any]:
    return _parcels(world, _found(world, PARCELS, asked.listed("Ids")))


def _by_number(index: str) -> _Find:
    def find(world: World, asked: Asked) -> list[Any]:
        return _parcels(world, world[PARCELS].where(index, asked.path[index].strip()))

    return find


def _by_numbers(index: str) -> _Find:
    def find(world: World, asked: Asked) -> list[Any]:
        numbers = asked.listed(_NUMBERS[index])
        return _parcels(world, (p for nr in numbers for p in world[PARCELS].where(index, nr)))

    return find


def _upserted(world: World, asked: Asked) -> list[Any]:
    """Parcels that are sent, and those that there are under their ids and numbers."""
    sent = elements(asked.sent("parcels")) or the_body(world, asked)
    known: list[Parcel] = []
    for each in sent:
        named = parsing.form(parsing.form(each).get("identifiers"))
        known += _found(world, PARCELS, [named.get("id")])
        for index, name in (("parcel_nr", "parcelNr"), ("sender_parcel_nr", "senderParcelNr")):
            known += world[PARCELS].where(index, parsing.text(named.get(name)) or "")
    return [*sent, *_parcels(world, known)]


def _referenced(world: World, asked: Asked) -> list[Any]:
    """Parcels that are put into bags and shipments."""
    known = _found(world, PARCELS, parsing.listed(parsing.text(asked.sent("ids"))))
    for index, name in (("parcel_nr", "parcelNrs"), ("sender_parcel_nr", "senderParcelNrs")):
        for number in parsing.listed(parsing.text(asked.sent(name))):
            known += world[PARCELS].where(index, number)
    return _parcels(world, known)


def _shipment(world: World, asked: Asked) -> list[Any]:
    return _shipments(world, _found(world, SHIPMENTS, [asked.path["id"]]))


def _shipment_by_nr(world: World, asked: Asked) -> list[Any]:
    return _shipments(
        world, world[SHIPMENTS].where("shipment_nr", asked.path["shipment_nr"].strip())
    )


def _holding(spec: TableSpec[Any]) -> _Find:
    """The shipment that a file belongs to."""

    def find(world: World, asked: Asked) -> list[Any]:
        files = _found(world, spec, [asked.path["id"]])
        return _shipments(world, world[SHIPMENTS].existing([file.shipment_id for file in files]))

    return find


def _printed(world: World, asked: Asked) -> list[Any]:
    ids = [asked.path["id"]] if asked.path else asked.listed("Ids")
    labels = _found(world, PRINTS, ids)
    return _parcels(world, world[PARCELS].existing([label.parcel_id for label in labels]))


def _to_print(world: World, asked: Asked) -> list[Any]:
    """Parcels of which the labels are asked for, or the shipment that holds them."""
    parcels = _parcels(world, _found(world, PARCELS, asked.listed("ParcelIds")))
    return [*parcels, *_shipments(world, _found(world, SHIPMENTS, asked.listed("ShipmentId")))]


def _generated(world: World, asked: Asked) -> list[Any]:
    job = world[PRINT_JOBS].get(asked.path["id"])
    if job is None:
        return []
    shipment = [] if job.shipment_id is None else [job.shipment_id]
    return [
        *_parcels(world, world[PARCELS].existing(job.parcel_ids)),
        *_shipments(world, world[SHIPMENTS].existing(shipment)),
    ]


def _look_ups() -> Iterable[tuple[str, About]]:
    for index in _NUMBERS:
        yield f"postplus.get_parcel_by_{index}", About(_by_number(index), (_PARCEL,))
        yield f"postplus.get_many_parcels_by_{index}s", About(_by_numbers(index), (_PARCEL,))
    for index in ("parcel_nr", "sender_parcel_nr"):
        yield f"postplus.get_tracking_by_{index}s", About(_by_numbers(index), (_PARCEL,))


def _sent(operation: str, *place: str) -> Shape:
    return Shape(operation, place, sent=True)


_MANY = About(
    _upserted,
    (_sent("postplus.create_or_update_parcels", "parcels", "[]"), _PARCEL),
)
_PRINT = About(_printed, (_PARCEL,))
_PRINTING = About(_to_print, (_PARCEL, _SHIPMENT))

RESOURCES: Mapping[str, About] = {
    "postplus.upsert_parcel": About(_upserted, (_sent("postplus.upsert_parcel"), _PARCEL)),
    "postplus.create_parcels": _MANY,
    "postplus.create_or_update_parcels": _MANY,
    "postplus.update_references_many": About(_referenced, (_PARCEL,)),
    "postplus.get_parcel": About(_by_id, (_PARCEL,)),
    "postplus.delete_parcel": About(_by_id, (_PARCEL,)),
    "postplus.get_many_parcels": About(_by_ids, (_PARCEL,)),
    "postplus.delete_many_parcels": About(_by_ids, (_PARCEL,)),
    **dict(_look_ups()),
    **dict.fromkeys(
        (
            "postplus.get_parcel_print",
            "postplus.get_many_parcel_prints",
            "postplus.download_parcel_print",
        ),
        _PRINT,
    ),
    "postplus.generate_parcel_prints": _PRINTING,
    "postplus.generate_bag_labels": _PRINTING,
    "postplus.download_generated_document": About(_generated, (_PARCEL, _SHIPMENT)),
    "postplus.create_shipment": About(the_body, (_sent("postplus.create_shipment"),)),
    "postplus.create_bag_level_shipment": About(
        the_body, (_sent("postplus.create_bag_level_shipment"),)
    ),
    "postplus.update_bag_level_shipment": About(
        the_body, (_sent("postplus.update_bag_level_shipment"),)
    ),
    "postplus.get_shipment_by_shipment_nr": About(_shipment_by_nr, (_SHIPMENT,)),
    **dict.fromkeys(
        (
            "postplus.get_shipment",
            "postplus.update_shipment",
            "postplus.delete_shipment",
            "postplus.link_bags",
            "postplus.prepare_shipment",
            "postplus.submit_shipment",
            "postplus.link_prepare_submit",
            "postplus.cancel_parcels_with_errors",
            "postplus.upload_manifest_file",
            "postplus.upload_shipment_document",
            "postplus.download_resulting_file",
            "postplus.download_all_documents",
        ),
        About(_shipment, (_SHIPMENT,)),
    ),
    **dict.fromkeys(
        (
            "postplus.delete_manifest_file",
            "postplus.download_manifest_file",
            "postplus.download_processed_manifest_file",
        ),
        About(_holding(MANIFEST_FILES), (_SHIPMENT,)),
    ),
    "postplus.download_shipment_document": About(_holding(SHIPMENT_DOCUMENTS), (_SHIPMENT,)),
}
"""Operations that are about something; the others list, compute or tell what is in catalogs."""
