"""Documents that the client attaches to a shipment: its air waybill, its CMR (N1)."""

from __future__ import annotations

from simulator.carriers.postplus.bodies import shipment_views as views
from simulator.carriers.postplus.records import SHIPMENT_DOCUMENTS, Shipment, ShipmentDocument
from simulator.carriers.postplus.rules import shipments as rules
from simulator.carriers.postplus.shipments import lifecycle, shipments, uploads
from simulator.carriers.postplus.shipments.uploads import Upload
from simulator.carriers.postplus.wire import errors, moments, parsing
from simulator.carriers.postplus.wire.echoes import shortened
from simulator.core.answers import Answer, Finding
from simulator.engine.world import World

OTHER = "Other"

_TYPES = {
    "awb": rules.AWB,
    "airwaybill": rules.AWB,
    "mawb": rules.AWB,
    "cmr": rules.CMR,
    "invoice": "Invoice",
    "other": OTHER,
}
"""Spellings of the types; those that are not here are kept as they come (inferred, but AWB and
CMR)."""

_KNOWN = tuple(dict.fromkeys(_TYPES.values()))

_FORMATS = {
    "pdf": "Pdf",
    "jpg": "Jpg",
    "jpeg": "Jpg",
    "png": "Png",
    "csv": "Csv",
    "xlsx": "Xlsx",
    "xml": "Xml",
    "txt": "Txt",
}
"""The end of a file's name, or of its media type -> its format."""

_UNKNOWN_FORMAT = "Binary"


def upload_shipment_document(
    world: World,
    id: str,
    body: bytes,
    file_name: str | None = None,
    notes: str | None = None,
    type: str | None = None,
    is_internal: bool | None = None,
    effective_date: str | None = None,
    effective_bags: str | None = None,
    content_type: str | None = None,
) -> Answer:
    """POST /api/v1/shipments/{id}/shipment-documents: a file with the form's `file`.

    A shipment that waits for it (Pending) becomes Planned. Raises 404, and 400 for a form that
    cannot be read and for a date that is none.
    """
    shipment = shipments.load(world, id)
    if parsing.text(effective_date) is not None and moments.parse(effective_date) is None:
        message = f"{effective_date!r:.60} is not a day or a time"
        raise errors.invalid([Finding(("EffectiveDate",), "invalid", message)])
    for name, value in (
        ("IsInternal", is_internal),
        ("EffectiveDate", parsing.text(effective_date)),
        ("EffectiveBags", parsing.text(effective_bags)),
    ):
        if value:
            world.note(f"{name} was not honoured: a document is for the whole shipment and its day")
    upload = uploads.read(world, body)
    file_type = _type(shipment, parsing.text(type))
    if file_type not in _KNOWN:
        world.note(
            f"Type {shortened(file_type)} was kept as it came: {' and '.join(_KNOWN)} are known, "
            "and terminals ask for AWB or CMR"
        )
    name = parsing.text(file_name) or upload.name or f"{file_type}-{shipment.shipment_nr}"
    document = world[SHIPMENT_DOCUMENTS].put(
        ShipmentDocument(
            id=lifecycle.next_document(world),
            account_id=shipment.account_id,
            shipment_id=shipment.id,
            file_type=file_type,
            file_format=_format(name, parsing.text(content_type), upload),
            file_name=name,
            notes=parsing.text(notes),
            content=upload.content,
            created_on=world.now,
        )
    )
    lifecycle.attached(world, shipment)
    return Answer(body=views.uploaded(document.id, name, len(upload.content)))


def _type(shipment: Shipment, wanted: str | None) -> str:
    """The type of a document; without one it is that of the shipment's own way bill."""
    if wanted is None:
        return shipment.type if shipment.type in (rules.AWB, rules.CMR) else OTHER
    return _TYPES.get("".join(filter(str.isalpha, wanted.lower())), wanted)


def _format(name: str, content_type: str | None, upload: Upload) -> str:
    for text in (name.rpartition(".")[2], content_type or "", upload.media_type):
        found = _FORMATS.get(text.rpartition("/")[2].strip().lower())
        if found is not None:
            return found
    return _UNKNOWN_FORMAT
