"""Shipments as the API shows them."""

from __future__ import annotations

from typing import Any

from simulator.carriers.myparcel.bodies import twin
from simulator.carriers.myparcel.records import SHIPMENTS, Shipment
from simulator.carriers.myparcel.wire import moments
from simulator.carriers.myparcel.wire.dialect import Dialect
from simulator.engine.world import World

_NO_SETTINGS = {"save_recipient_address": 0}


def shipment(world: World, record: Shipment, reader: Dialect | None = None) -> dict[str, Any]:
    """A shipment, its members in the recorded order, in the numbers of the dialect of `reader`.

    `carrier` is documented, `carrier_id` is what newer clients read. `reference_identifier` and
    the multi-collo members are the Dutch twin's and later ones; its clients rely on the first to be
    there, empty or not (observed).
    """
    carrier = twin.as_read(record.carrier, record.numbering, reader)
    shown: dict[str, Any] = {
        "barcode": record.barcode,
        "id": record.id,
        "parent_id": record.parent_id,
        "account_id": record.account_id,
        "shop_id": record.shop_id,
        "shipment_type": record.shipment_type,
        "recipient": record.recipient,
        "sender": record.sender,
        "status": record.status,
        "options": record.options,
        "general_settings": record.general_settings or _NO_SETTINGS,
        "pickup": record.pickup,
        "customs_declaration": record.customs_declaration,
        "physical_properties": record.physical_properties,
        "created": moments.show(record.created),
        "modified": moments.show(record.modified),
        "carrier": carrier,
        "carrier_id": carrier,
        "price": {"currency": "EUR", "amount": record.price},
        "region": record.region,
    }
    if reader == "nl" or (reader is None and record.reference_identifier is not None):
        shown["reference_identifier"] = record.reference_identifier
    if _tells_colli(world, record, reader):
        shown["multi_collo_main_shipment_id"] = record.main_id
        shown["secondary_shipments"] = [_collo(world, id) for id in record.secondary_ids]
    return shown


def _tells_colli(world: World, record: Shipment, reader: Dialect | None) -> bool:
    """Whether the multi-collo members are shown: to the twin's readers, and where there are any."""
    chosen = world.quirk("myparcel.later_features")
    if chosen != "auto":
        return bool(chosen)
    return reader == "nl" or record.main_id is not None or bool(record.secondary_ids)


def _collo(world: World, id: int) -> dict[str, Any]:
    """A further collo: what clients lay over the main shipment to have it whole (observed)."""
    record = world[SHIPMENTS][id]
    return {
        "id": record.id,
        "barcode": record.barcode,
        "status": record.status,
        "reference_identifier": record.reference_identifier,
    }
