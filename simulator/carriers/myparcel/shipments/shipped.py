"""What was shipped: the shipments of each shop, and what each was charged."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.carriers.myparcel.catalog.lifecycle import CONCEPT
from simulator.carriers.myparcel.records import RETURN_SHIPMENT, SHIPMENTS, Shipment
from simulator.carriers.shipping import Cost, Made, Shipped, canonical
from simulator.core.tables import State


def shipped(state: State) -> Iterator[Shipped]:
    """Every shipment, colli of a main one apart: they may be alike, and are meant to be several.

    A shipment is charged once it is registered and, with a prepaid key, paid for.
    """
    for shipment in state[SHIPMENTS]:
        if shipment.main_id is None:
            charged = shipment.paid and shipment.status != CONCEPT
            yield Shipped(
                noun="shipment",
                id=shipment.id,
                account=f"shop {shipment.shop_id}",
                kind="return" if shipment.shipment_type == RETURN_SHIPMENT else "shipment",
                reference=shipment.reference_identifier,
                content=_content(shipment),
                made=Made("myparcel.shipment_created", "shipment_id", shipment.id),
                cost=Cost(shipment.price, "EUR") if charged else None,
            )


def _content(shipment: Shipment) -> bytes:
    parts = (
        *(shipment.shipment_type, shipment.numbering, shipment.carrier, shipment.parent_id),
        *(shipment.recipient, shipment.sender, shipment.options, shipment.general_settings),
        *(shipment.pickup, shipment.customs_declaration, shipment.physical_properties),
        shipment.reference_identifier,
    )
    return canonical(parts)
