"""Shipments as the API shows them."""

from __future__ import annotations

from typing import Any

from simulator.carriers.myparcel import moments
from simulator.carriers.myparcel.records import Shipment
from simulator.engine.world import World

_NO_SETTINGS = {"save_recipient_address": 0}


def shipment(world: World, record: Shipment) -> dict[str, Any]:
    """A shipment, its members in the recorded order.

    `carrier` is documented, `carrier_id` is what newer clients read. `reference_identifier` and
    the multi-collo members are the Dutch twin's and later ones.
    """
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
        "carrier": record.carrier,
        "carrier_id": record.carrier,
        "price": {"currency": "EUR", "amount": record.price},
        "region": record.region,
    }
    if record.reference_identifier is not None or world.quirk("myparcel.dialect") == "nl":
        shown["reference_identifier"] = record.reference_identifier
    if world.quirk("myparcel.later_features"):
        shown["multi_collo_main_shipment_id"] = record.main_id
        shown["secondary_shipments"] = [{"id": id} for id in record.secondary_ids] or None
    return shown
