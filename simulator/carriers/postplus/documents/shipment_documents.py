"""The documents of a shipment: those that the carrier makes of it, and those that were uploaded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from simulator.carriers.postplus.documents import files, postal_lists
from simulator.carriers.postplus.labels import bag_labels
from simulator.carriers.postplus.records import (
    PARCELS,
    SHIPMENT_DOCUMENTS,
    SHIPMENTS,
    Parcel,
    Shipment,
    ShipmentDocument,
)
from simulator.carriers.postplus.wire import credentials, errors, moments
from simulator.core.answers import Answer, Rendering
from simulator.engine.world import World
from simulator.labels import PostalForm, render_bag_labels, render_postal_forms

Draw = Callable[[Shipment, Sequence[Parcel]], bytes]


def _forms(make: Callable[[Shipment, Sequence[Parcel]], list[PostalForm]]) -> Draw:
    return lambda shipment, parcels: render_postal_forms(make(shipment, parcels))


DRAWINGS: dict[str, Draw] = {
    "CN38": _forms(postal_lists.cn38),
    "CN35": lambda shipment, parcels: render_bag_labels(bag_labels.cn35(shipment, parcels)),
    "CN33": _forms(postal_lists.cn33),
    "CN31": _forms(postal_lists.cn31),
}
"""Type of a document that the carrier makes -> how it is drawn."""


def download_shipment_document(world: World, id: str) -> Answer:
    """GET /api/v1/documents/shipment-documents/{id}: one document as a file.

    Raises 404 for an unknown one, and for one of the carrier's before it is there: about five
    minutes after the submission (documented).
    """
    record = credentials.owned(world, SHIPMENT_DOCUMENTS, id, "Document")
    shipment = world[SHIPMENTS].get(record.shipment_id)
    if shipment is None:
        raise errors.not_found("Document", id)
    body = content_of(world, shipment, record)
    if body is None:
        raise errors.problem(404, "NotFound", "Document not found", reason=_when(shipment, record))
    return files.serve(record.file_name, body, record.file_format)


def content_of(
    world: World, shipment: Shipment, record: ShipmentDocument
) -> bytes | Rendering | None:
    """What was uploaded, or what is to be drawn; None for what is not there yet."""
    if record.content is not None:
        return record.content
    drawing = DRAWINGS.get(record.file_type)
    if drawing is None or shipment.documents_at is None or world.now < shipment.documents_at:
        return None
    parcels = tuple(world[PARCELS].where("shipment_id", shipment.id))
    return Rendering(partial(drawing, shipment, parcels))


def _when(shipment: Shipment, record: ShipmentDocument) -> str:
    if shipment.documents_at is None:
        return f"{record.file_type} is made once shipment {shipment.shipment_nr} is submitted"
    at = moments.show(shipment.documents_at)
    return f"{record.file_type} of shipment {shipment.shipment_nr} is there from {at} on"
