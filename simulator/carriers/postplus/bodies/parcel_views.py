"""Parcels as the carrier shows them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from simulator.carriers.postplus.bodies import print_views, sums
from simulator.carriers.postplus.catalog.services import SERVICES
from simulator.carriers.postplus.records import (
    PRINTS,
    SHIPMENTS,
    AdditionalInfo,
    Item,
    Parcel,
    Party,
)
from simulator.carriers.postplus.wire import moments
from simulator.engine.world import World

_NO_DIAL = re.compile(r"[^0-9+]")


def details(
    world: World, parcel: Parcel, *, items: bool, receiver: bool, sender: bool, prints: bool
) -> dict[str, Any]:
    """The whole parcel; a section that is not asked for is null (documented flags)."""
    info = parcel.info
    return {
        "identifiers": identifiers(parcel),
        "references": references(world, parcel),
        "status": _status(parcel),
        "parcel": _content(parcel, items),
        "receiver": _receiver(parcel.receiver) if receiver else None,
        "sender": _party(parcel.sender) if sender and parcel.sender is not None else None,
        "additionalInfo": _info(info),
        "prints": _prints(world, parcel) if prints else None,
    }


def identifiers(parcel: Parcel) -> dict[str, Any]:
    """Its id and numbers; the original ones only when they were sent. A parcel that was not kept
    has no id."""
    shown: dict[str, Any] = {
        "id": parcel.id or None,
        "parcelNr": parcel.parcel_nr,
        "senderParcelNr": parcel.sender_parcel_nr,
    }
    if parcel.original_parcel_nr is not None:
        shown["originalParcelNr"] = parcel.original_parcel_nr
    if parcel.original_sender_parcel_nr is not None:
        shown["originalSenderParcelNr"] = parcel.original_sender_parcel_nr
    return shown


def references(world: World, parcel: Parcel) -> dict[str, Any]:
    """What it belongs to. With errors there is no label, and so no `printId`."""
    shipment = None if parcel.shipment_id is None else world[SHIPMENTS].get(parcel.shipment_id)
    code = parcel.info.service_code
    service = SERVICES.get(code or "")
    return {
        "shipmentId": parcel.shipment_id,
        "shipmentNr": None if shipment is None else shipment.shipment_nr,
        "bagNr": parcel.bag_nr,
        "carrier": None if service is None else service.carrier,
        "carrierServiceCode": code,
        "carrierParcelNr": parcel.carrier_parcel_nr,
        "manifestParcelNr": parcel.manifest_parcel_nr,
        "printId": None if parcel.errors else parcel.print_id,
        "externalIds": None,
    }


def _status(parcel: Parcel) -> dict[str, Any]:
    return {
        "status": parcel.status,
        "hasErrors": bool(parcel.errors),
        "hasWarnings": bool(parcel.warnings),
        "isCancelled": parcel.is_cancelled,
        "createdOn": moments.show(parcel.created_on),
        "errorDetails": list(parcel.errors),
        "warningDetails": list(parcel.warnings),
    }


def _content(parcel: Parcel, items: bool) -> dict[str, Any]:
    return {
        "type": parcel.type,
        "transactionType": parcel.transaction_type,
        "destinationCountryCode": parcel.receiver.country_code,
        "parcelItems": len(parcel.items),
        "parcelValue": float(sums.value(parcel.items)),
        "currency": parcel.currency,
        "parcelGrossWeight": _number(parcel.gross_weight),
        "height": _number(parcel.height),
        "width": _number(parcel.width),
        "length": _number(parcel.length),
        "items": [_item(item) for item in parcel.items] if items else None,
    }


def _item(item: Item) -> dict[str, Any]:
    value, weight = item.value_per_item, item.weight_per_item
    return {
        "description": item.description,
        "skuCode": item.sku_code,
        "hsCode": item.hs_code,
        "quantity": item.quantity,
        "valuePerItem": None if value is None else float(value),
        "weightPerItem": None if weight is None else float(weight),
    }


def _receiver(party: Party) -> dict[str, Any]:
    return {
        **_party(party),
        "phoneNormalized": _normalized(party.phone),
        "pickupPointId": party.pickup_point_id,
    }


def _party(party: Party) -> dict[str, Any]:
    return {
        "name": party.name,
        "phone": party.phone,
        "email": party.email,
        "address": party.address,
        "zipCode": party.zip_code,
        "city": party.city,
        "state": party.state,
        "countryCode": party.country_code,
    }


def _info(info: AdditionalInfo) -> dict[str, Any]:
    return {
        "taxType": info.tax_type,
        "taxIdentification": info.tax_identification,
        "routeInfo": info.route_info,
        "shipDate": info.ship_date,
        "serviceCode": info.service_code,
        "ordinal": info.ordinal,
        "parameters": info.parameters,
    }


def _prints(world: World, parcel: Parcel) -> list[dict[str, Any]]:
    record = None if parcel.print_id is None else world[PRINTS].get(parcel.print_id)
    return [] if record is None else [print_views.show(record, parcel)]


def _number(value: Decimal | None) -> float:
    """A measure; one that was not told is shown as 0 (documented example)."""
    return 0 if value is None else float(value)


def _normalized(phone: str | None) -> str | None:
    """A phone number with its country, as ``+358401234567``; None where the country is not told."""
    bare = _NO_DIAL.sub("", phone or "")
    if bare.startswith("00"):
        bare = f"+{bare[2:]}"
    return bare if bare.startswith("+") and bare[1:].isdigit() else None
