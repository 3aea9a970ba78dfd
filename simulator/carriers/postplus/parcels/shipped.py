"""What was shipped: the parcels that have a number."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.carriers.postplus.records import PARCELS, Parcel
from simulator.carriers.shipping import Made, Shipped, canonical
from simulator.core.tables import State


def shipped(state: State) -> Iterator[Shipped]:
    """Every parcel with a number that is not cancelled; the API tells no prices.

    A second parcel with a sender's number that is known is an update, so that what comes twice is
    mostly parcels without one.
    """
    for parcel in state[PARCELS]:
        if parcel.parcel_nr is not None and not parcel.is_cancelled:
            yield Shipped(
                noun="parcel",
                id=parcel.id,
                account=f"account {parcel.account_id}",
                kind="parcel",
                reference=parcel.sender_parcel_nr,
                content=_content(parcel),
                made=Made("postplus.parcel_created", "parcel_id", parcel.id),
            )


def _content(parcel: Parcel) -> bytes:
    parts = (
        *(parcel.sender_parcel_nr, parcel.original_parcel_nr, parcel.original_sender_parcel_nr),
        *(parcel.bag_nr, parcel.shipment_id, parcel.type, parcel.transaction_type),
        *(parcel.currency, parcel.gross_weight, parcel.height, parcel.width, parcel.length),
        *(parcel.items, parcel.receiver, parcel.sender, parcel.info),
    )
    return canonical(parts)
