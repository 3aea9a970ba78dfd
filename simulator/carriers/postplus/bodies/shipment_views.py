"""Shipments, bags, manifest files and documents as the carrier shows them (section 6.1).

Weights are sums of decimals, told as numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from simulator.carriers.postplus.bodies import sums
from simulator.carriers.postplus.records import (
    ArrivalInfo,
    DeclaredBag,
    ManifestFile,
    Parcel,
    Shipment,
    ShipmentDocument,
)
from simulator.carriers.postplus.wire import moments

FILE_TYPE, FILE_FORMAT, FILE_STATUS = "AutoDetect", "Generic", "Saved"
"""What is told of every manifest file (observed in samples, N9)."""

DOCUMENT_STATUS = "Created"

ZERO = Decimal(0)


class Standing(NamedTuple):
    """How far a shipment is, and what may be done with it.

    `token` and `warnings` are of its preparation, and are gone when what it was prepared with has
    changed.
    """

    token: str | None
    warnings: tuple[str, ...]
    can_update: bool
    can_update_arrival: bool
    can_prepare: bool
    can_submit: bool


class Bag(NamedTuple):
    """A bag of a shipment: the parcels in it, or, in one that names none, what was declared."""

    id: int
    number: str
    parcels: tuple[Parcel, ...]
    declared: DeclaredBag | None
    outbound_nrs: str | None
    errors: list[str]
    warnings: list[str]


def head(shipment: Shipment, standing: Standing, parcels: Sequence[Parcel]) -> dict[str, Any]:
    """What every answer tells of a shipment; `parcels` are all that are linked to it."""
    return {
        "id": shipment.id,
        "type": shipment.type,
        "transactionType": _transaction_type(shipment, parcels),
        "manifestLevel": shipment.manifest_level,
        "shipmentNr": shipment.shipment_nr,
        "masterNr": shipment.master_nr,
        "terminalCode": shipment.terminal_code,
        "status": _status(shipment, standing),
        "arrivalInfo": _arrival(shipment.arrival),
        **_totals(parcels, shipment.bags),
        "totalBags": len(shipment.bags) or len({each.bag_nr for each in parcels if each.bag_nr}),
        "parcelWarnings": _count(parcels, lambda parcel: bool(parcel.warnings)),
        "parcelErrors": _count(parcels, lambda parcel: bool(parcel.errors)),
    }


def prepared(shipment: Shipment, standing: Standing, parcels: Sequence[Parcel]) -> dict[str, Any]:
    """The head with the token to submit it with (N8)."""
    return {
        **head(shipment, standing, parcels),
        "shipmentSubmitToken": standing.token,
        "isProcessing": shipment.is_processing,
    }


def bag(shipment: Shipment, each: Bag) -> dict[str, Any]:
    """A bag; its status is always the one that was seen."""
    declared = each.declared
    bags = () if declared is None else (declared,)
    totals = _totals(each.parcels, bags)
    weight = _weight(_present(each.parcels), bags)
    tare = (declared.tare_weight if declared else None) or ZERO
    cancelled = totals["totalWeightCancelled"]
    return {
        "id": each.id,
        "bagNr": each.number,
        "type": _common(declared.mail_type if declared else None, each.parcels, lambda p: p.type),
        "transactionType": _transaction_type(shipment, each.parcels),
        "manifestLevel": shipment.manifest_level,
        "status": "Created",
        "destinationCountryCode": _common(
            declared.destination_country_code if declared else None,
            each.parcels,
            lambda parcel: parcel.receiver.country_code,
        ),
        "outboundBagNrs": each.outbound_nrs,
        **totals,
        # A declared weight is that of the whole bag; parcels are weighed without theirs.
        "netWeight": float(sums.total((weight, tare.copy_negate()))),
        "netWeightCancelled": cancelled,
        "tareWeight": float(tare),
        "routeInfo": _common(
            declared.route_info if declared else None,
            each.parcels,
            lambda parcel: parcel.info.route_info,
        ),
        "taxTypes": sorted({p.info.tax_type for p in _present(each.parcels) if p.info.tax_type}),
        "parcelWarnings": _count(each.parcels, lambda parcel: bool(parcel.warnings)),
        "parcelErrors": _count(each.parcels, lambda parcel: bool(parcel.errors)),
        "hasErrors": bool(each.errors),
        "hasWarnings": bool(each.warnings),
        "errorDetails": each.errors,
        "warningDetails": each.warnings,
    }


def manifest_file(record: ManifestFile) -> dict[str, Any]:
    """A file as its shipment lists it (N9)."""
    return {
        "id": record.id,
        "fileType": FILE_TYPE,
        "fileFormat": record.file_format,
        "status": FILE_STATUS,
        "fileName": record.file_name,
        "bytes": len(record.content),
        "rows": record.rows,
        "parsedRows": record.parsed_rows,
        "hasErrors": bool(record.errors),
        "createdOn": moments.show(record.created_on),
        "errorDetails": list(record.errors),
    }


def document(record: ShipmentDocument) -> dict[str, Any]:
    """A document as its shipment lists it."""
    return {
        "id": record.id,
        "fileType": record.file_type,
        "fileFormat": record.file_format,
        "status": DOCUMENT_STATUS,
    }


def listed_documents(records: Iterable[ShipmentDocument]) -> list[dict[str, Any]]:
    """The documents of a shipment: the carrier's own in the order in which it makes them (N16),
    behind them what was attached."""
    return [document(each) for each in sorted(records, key=lambda each: each.content is not None)]


def uploaded(file_id: int, file_name: str, size: int, faults: Sequence[str] = ()) -> dict[str, Any]:
    """The answer to an upload."""
    return {
        "fileId": file_id,
        "fileName": file_name,
        "bytes": size,
        "hasErrors": bool(faults),
        "errorDetails": list(faults),
    }


def _status(shipment: Shipment, standing: Standing) -> dict[str, Any]:
    return {
        "status": shipment.status,
        "hasErrors": bool(shipment.errors),
        "hasWarnings": bool(standing.warnings),
        "canUpdate": standing.can_update,
        "canUpdateArrivalInfoAndShipmentNr": standing.can_update_arrival,
        "canPrepare": standing.can_prepare,
        "canSubmit": standing.can_submit,
        "createdOn": moments.show(shipment.created_on),
        "submittedOn": shipment.submitted_on and moments.show(shipment.submitted_on),
        "errorDetails": list(shipment.errors),
        "warningDetails": list(standing.warnings),
    }


def _arrival(arrival: ArrivalInfo) -> dict[str, Any]:
    return {
        "arrivalGateway": arrival.arrival_gateway,
        "transportNr": arrival.transport_nr,
        "originCountryCode": arrival.origin_country_code,
        "totalWeight": None if arrival.total_weight is None else float(arrival.total_weight),
        "totalBags": arrival.total_bags,
        "arrivalOn": arrival.arrival_on and moments.show(arrival.arrival_on),
        "notes": arrival.notes,
    }


def _totals(parcels: Sequence[Parcel], declared: Sequence[DeclaredBag]) -> dict[str, Any]:
    cancelled = [parcel for parcel in parcels if parcel.is_cancelled]
    present = _present(parcels)
    items = len(present) + sum(each.total_items or 0 for each in declared)
    return {
        "totalItems": items,
        "totalItemsCancelled": len(cancelled),
        "totalWeight": float(_weight(present, declared)),
        "totalWeightCancelled": float(_weight(cancelled)),
    }


def _weight(parcels: Iterable[Parcel], declared: Iterable[DeclaredBag] = ()) -> Decimal:
    weights = (parcel.gross_weight for parcel in parcels)
    return sums.total((*weights, *(bag.total_weight for bag in declared)))


def _present(parcels: Iterable[Parcel]) -> list[Parcel]:
    return [parcel for parcel in parcels if not parcel.is_cancelled]


def _count(parcels: Iterable[Parcel], test: Callable[[Parcel], bool]) -> int:
    return sum(1 for parcel in parcels if not parcel.is_cancelled and test(parcel))


def _transaction_type(shipment: Shipment, parcels: Iterable[Parcel]) -> str:
    """C2C when all parcels are, else what the shipment is by itself (inferred)."""
    kinds = {parcel.transaction_type for parcel in parcels if not parcel.is_cancelled}
    return kinds.pop() if len(kinds) == 1 else shipment.transaction_type


def _common(
    declared: str | None, parcels: Iterable[Parcel], read: Callable[[Parcel], str | None]
) -> str | None:
    """What was declared, or what all parcels have in common; the first of several."""
    if declared is not None:
        return declared
    return next((value for parcel in parcels if (value := read(parcel))), None)
