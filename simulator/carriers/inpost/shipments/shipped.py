"""What was shipped: the shipments that stand, and what each was charged."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.carriers.inpost.records import SHIPMENTS, Shipment
from simulator.carriers.shipping import Cost, Made, Shipped, canonical
from simulator.core.tables import State

_NOT_THE_CLIENTS = ("id", "tracking_number")


def shipped(state: State) -> Iterator[Shipped]:
    """Every shipment that is not cancelled; it costs what its successful transaction took."""
    for shipment in state[SHIPMENTS]:
        if shipment.status != "canceled":
            yield Shipped(
                noun="shipment",
                id=shipment.id,
                account=f"organization {shipment.organization_id}",
                kind="return" if shipment.is_return else "shipment",
                reference=shipment.reference or None,
                content=_content(shipment),
                made=_made(shipment),
                cost=_cost(shipment),
            )


def _made(shipment: Shipment) -> Made:
    if shipment.batch_id is not None:
        return Made("inpost.batch_created", "batch_id", shipment.batch_id)
    return Made("inpost.shipment_created", "shipment_id", shipment.id)


def _cost(shipment: Shipment) -> Cost | None:
    if not any(transaction.status == "success" for transaction in shipment.transactions):
        return None
    price = next(offer.price for offer in shipment.offers if offer.status == "bought")
    return Cost(price, "PLN")


def _content(shipment: Shipment) -> bytes:
    parts = (
        *(
            shipment.service,
            shipment.sender,
            shipment.receiver,
            shipment.parcels,
            shipment.reference,
        ),
        *(shipment.is_return, shipment.external_customer_id, shipment.end_of_week_collection),
        *(shipment.comments, shipment.mpk_id, shipment.additional_services),
        *(shipment.target_point, shipment.dropoff_point, shipment.sending_method),
        *(shipment.allegro_transaction_id, shipment.allegro_user_id),
        *(shipment.commercial_product_identifier, shipment.cod, shipment.insurance),
    )
    return canonical(parts, _NOT_THE_CLIENTS)
