"""Magic values of PostPlus: what texts of a parcel or a shipment may ask for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulator.carriers.magic.values import Example, Made, Magic, emails
from simulator.carriers.postplus.catalog.journeys import JOURNEYS
from simulator.carriers.postplus.records import PARCELS, SHIPMENTS, Parcel, Shipment
from simulator.carriers.postplus.tracking import lifecycle

_EMAIL = "receiver.email"

_VALUES = emails(
    _EMAIL,
    (
        ("label-fails", "Requests for its label answer 503", ("label: 503",)),
        ("stuck", "Its label is never ready: 409", ("label: stuck",)),
        (
            "slow",
            "The upsert and every request about it are answered after 5 seconds",
            ("create: delay 5s", "all: delay 5s"),
        ),
        (
            "busy",
            "The upsert answers 503 twice, and is done the third time",
            ("create: 503 x2",),
        ),
        (
            "hangs-up",
            "The upsert is done and the connection reset, once",
            ("create: connection_reset after x1",),
        ),
        ("delivered", "Once it has its number it goes its way and is delivered", ("delivered",)),
        (
            "not-collected",
            "Once it has its number it goes its way, is held, not collected, and sent back",
            ("held_returned",),
        ),
        (
            "returned",
            "Once it has its number it goes its way, is stopped by customs, and sent back",
            ("customs_returned",),
        ),
        (
            "lost",
            "Once it has its number it goes its way, and is never heard of again once it was sent "
            "abroad",
            ("lost",),
        ),
    ),
)

_EXAMPLES = (
    Example(
        "[[held_collected]]",
        "The journey of that name (`GET /_sim/journeys`) begins once the parcel has its number",
    ),
    Example("[[label: 404 x2]]", "The first two requests for the parcel's label answer 404"),
    Example("[[label: first 2]]", "The label is not ready for the first two requests: 409"),
    Example("[[create: 503 x2]]", "The upsert answers 503 twice, and is done the third time"),
    Example(
        "[[create: connection_reset after]]", "The upsert is done and the connection reset, always"
    ),
    Example("[[processing: stuck]]", "Of a shipment, in its notes: it goes on processing"),
    Example("[[processing: fail]]", "Of a shipment, in its notes: it has an error in the end"),
    Example("[[documents: late 1h]]", "Of a shipment, in its notes: its documents come later"),
)


def _of_parcel(parcel: Parcel) -> Iterator[tuple[str, Any]]:
    yield "identifiers.senderParcelNr", parcel.sender_parcel_nr
    yield "identifiers.originalSenderParcelNr", parcel.original_sender_parcel_nr
    yield _EMAIL, parcel.receiver.email


def _of_shipment(shipment: Shipment) -> Iterator[tuple[str, Any]]:
    yield "arrivalInfo.notes", shipment.arrival.notes


_PARCEL: Made[Parcel] = Made(
    noun="parcel",
    event="postplus.parcel_created",
    key="parcel_id",
    table=PARCELS,
    written=_of_parcel,
    texts=("identifiers.senderParcelNr", "identifiers.originalSenderParcelNr"),
    sent={
        "postplus.upsert_parcel": ((),),
        "postplus.create_parcels": (("parcels",),),
        "postplus.create_or_update_parcels": (("parcels",),),
    },
    pattern=lambda parcel: {"identifiers": {"id": parcel.id}},
    steps={"label": "postplus.label", "journey": "postplus.journey"},
    requests={
        "read": {"carrier": "postplus", "method": "GET", "url": {"$regex": "(?i)/v1/parcels/"}},
        "cancel": {"carrier": "postplus", "method": "DELETE"},
        "label": {"carrier": "postplus", "url": {"$regex": "(?i)/parcel-prints/"}},
        "track": {"carrier": "postplus", "url": {"$regex": "(?i)/v1/tracking/"}},
        "all": {"carrier": "postplus"},
    },
    ready=("postplus.parcel_created", ()),
    journeys=JOURNEYS,
    start=lifecycle.start_journey,
)

_SHIPMENT: Made[Shipment] = Made(
    noun="shipment",
    event="postplus.shipment_created",
    key="shipment_id",
    table=SHIPMENTS,
    written=_of_shipment,
    texts=("arrivalInfo.notes",),
    sent={
        "postplus.create_shipment": ((),),
        "postplus.create_bag_level_shipment": ((),),
    },
    pattern=lambda shipment: {"id": shipment.id},
    steps={
        "processing": "postplus.processing",
        "documents": "postplus.documents",
        "course": "postplus.course",
    },
    requests={
        "read": {"operation": "postplus.get_shipment"},
        "change": {"operation": "postplus.update_shipment"},
        "cancel": {"operation": "postplus.delete_shipment"},
        "prepare": {"operation": "postplus.prepare_shipment"},
        "submit": {"carrier": "postplus", "url": {"$regex": "(?i)/(link-prepare-)?submit/?$"}},
        "label": {"carrier": "postplus", "url": {"$regex": "(?i)/documents/"}},
        "all": {"carrier": "postplus"},
    },
)

MAGIC = Magic(values=_VALUES, examples=_EXAMPLES, made=(_PARCEL, _SHIPMENT))
