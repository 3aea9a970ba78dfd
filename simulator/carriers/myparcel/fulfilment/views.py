"""Orders and notes as the API shows them: members in the recorded order."""

from __future__ import annotations

from typing import Any

from simulator.carriers.myparcel.bodies import views
from simulator.carriers.myparcel.editions.table import TODAY
from simulator.carriers.myparcel.records import SHIPMENTS
from simulator.carriers.myparcel.shops.records import (
    ORDER_NOTES,
    ORDER_SHIPMENTS,
    Order,
    OrderLine,
    OrderNote,
    OrderShipment,
)
from simulator.carriers.myparcel.wire import moments
from simulator.engine.world import World


def order(world: World, record: Order) -> dict[str, Any]:
    """An order with its lines and with the shipments that were made for it."""
    made = world[ORDER_SHIPMENTS].where("order_id", record.id)
    shown = alone(record)
    shown["has_notes"] = bool(world[ORDER_NOTES].where("order_id", record.id))
    shown["order_shipments"] = [_order_shipment(world, each) for each in made]
    return shown


def alone(record: Order) -> dict[str, Any]:
    """An order as it is by itself, without notes and shipments."""
    posted, shipment = record.posted, record.shipment
    return {
        "uuid": record.uuid,
        "fulfilment_partner_identifier": posted.get("fulfilment_partner_identifier"),
        "external_identifier": record.external_identifier,
        "account_id": record.account_id,
        "shop_id": record.shop_id,
        "reference_identifier": posted.get("reference_identifier"),
        "has_notes": None,
        "invoice_address": posted.get("invoice_address") or None,
        "language": posted.get("language"),
        "type": posted.get("type"),
        "price": posted.get("price"),
        "vat": posted.get("vat"),
        "price_after_vat": posted.get("price_after_vat"),
        "status": record.status,
        "origin": posted.get("origin"),
        "payment_method": posted.get("payment_method"),
        "shipment": {
            "recipient": shipment.get("recipient") or None,
            "pickup": shipment.get("pickup") or None,
            "drop_off_point": shipment.get("drop_off_point") or None,
            "options": shipment.get("options") or {},
            "physical_properties": shipment.get("physical_properties") or None,
            "customs_declaration": shipment.get("customs_declaration") or None,
            "carrier": shipment.get("carrier"),
            "contract_id": shipment.get("contract_id"),
        },
        "order_lines": [_line(each) for each in record.lines],
        "order_shipments": [],
        "order_date": posted.get("order_date"),
        "created_at": moments.show(record.created),
        "updated_at": moments.show(record.modified),
    }


def note(record: OrderNote) -> dict[str, Any]:
    """A note on an order."""
    return {
        "uuid": record.uuid,
        "author": record.author,
        "note": record.note,
        "created_at": moments.show(record.created),
        "updated_at": moments.show(record.modified),
    }


def _line(line: OrderLine) -> dict[str, Any]:
    posted = line.posted
    names = ("external_identifier", "price", "vat", "price_after_vat", "vat_percentage")
    return {
        "uuid": line.uuid,
        "quantity": line.quantity,
        "shippable": line.shippable,
        **{name: posted.get(name) for name in names},
        "instructions": posted.get("instructions"),
        "product": posted["product"],
    }


def _order_shipment(world: World, record: OrderShipment) -> dict[str, Any]:
    """A shipment of an order; a concept that was deleted since is shown as none."""
    shipment = world[SHIPMENTS].get(record.shipment_id)
    return {
        "uuid": record.uuid,
        "external_shipment_identifier": None if shipment is None else shipment.barcode,
        "shipment_id": record.shipment_id,
        "shipment": None if shipment is None else views.shipment(world, shipment, TODAY),
        "shipped_items": [
            {"quantity": quantity, "order_line_identifier": line} for line, quantity in record.items
        ],
    }
