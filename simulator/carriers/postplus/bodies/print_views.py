"""Labels as resources: what is told of a label without drawing it."""

from __future__ import annotations

from typing import Any

from simulator.carriers.postplus.catalog.services import MAIL_TYPES
from simulator.carriers.postplus.records import Parcel, Print
from simulator.carriers.postplus.wire.echoes import shortened

POSTAL, CARRIER = "PostalLabel", "CarrierLabel"
PRINT_TYPES = (POSTAL, CARRIER)
"""Types of labels: of parcels that travel by post (documented), and of the others (inferred)."""

_PROVIDERS = {POSTAL: "Postal", CARRIER: "Carrier"}


def show(record: Print, parcel: Parcel) -> dict[str, Any]:
    """A label without its content: `content` and `bytes` are None, and come with the drawing."""
    kind = print_type(parcel)
    faults = why_none(parcel)
    return {
        "id": record.id,
        "format": "Pdf",
        "type": kind,
        "labelSize": record.label_size,
        "provider": _PROVIDERS[kind],
        "bytes": None,
        "content": None,
        "hasErrors": bool(faults),
        "subTypes": [],
        "barcodes": [parcel.parcel_nr] if parcel.parcel_nr else [],
        "errorDetails": faults,
    }


def print_type(parcel: Parcel) -> str:
    """Whether a parcel's label is one of the post or of another carrier."""
    kind = MAIL_TYPES.get(parcel.type)
    return CARRIER if kind is not None and not kind.postal else POSTAL


def why_none(parcel: Parcel) -> list[str]:
    """Why a parcel has no label (Q17): sentences, none when it has one."""
    name = shortened(parcel.parcel_nr or parcel.sender_parcel_nr or parcel.id)
    if parcel.is_cancelled:
        return [f"Parcel {name} is cancelled and has no label"]
    if parcel.errors:
        return [f"Parcel {name} has errors and no label: {parcel.errors[0]}"]
    return [] if parcel.parcel_nr else [f"Parcel {name} has no number yet and no label"]
