"""Shipments as the API shows them."""

from __future__ import annotations

from typing import Any

from simulator.carriers.myparcel.bodies import whole
from simulator.carriers.myparcel.editions import carriers
from simulator.carriers.myparcel.editions.edition import Edition
from simulator.carriers.myparcel.records import SHIPMENTS, Shipment
from simulator.engine.world import World


def shipment(
    world: World,
    record: Shipment,
    reader: Edition | None = None,
    links: whole.Links = frozenset(),
) -> dict[str, Any]:
    """A shipment in the shape of the edition of `reader`; `links` names the pages that it asks for.

    Who shows no edition sees it as it was written, in the shape of 2017.
    """
    if reader is not None and reader.shipment == "whole":
        return whole.shipment(world, record, links)
    return _plain(world, record, reader)


def _plain(world: World, record: Shipment, reader: Edition | None) -> dict[str, Any]:
    """The shape of 2017, its members in the recorded order, in the numbers of its reader.

    `carrier` is documented, `carrier_id` is what newer clients read. `reference_identifier` and
    the multi-collo members came after 2017; clients rely on the first to be there, empty or not
    (observed), which is why those who show no edition see them where there are any.
    `recipient_address_id` is there when the address was saved, so that `recipients` of a later
    request can name it (inferred).
    """
    name = None if reader is None else reader.name
    carrier = carriers.as_read(record.carrier, record.numbering, name)
    shown: dict[str, Any] = {
        "barcode": record.barcode,
        "id": record.id,
        "parent_id": record.parent_id,
        "account_id": record.account_id,
        "shop_id": record.shop_id,
        "shipment_type": record.shipment_type,
        **whole.sent(record),
        "carrier": carrier,
        "carrier_id": carrier,
        "price": {"currency": "EUR", "amount": record.price},
        "region": record.region,
    }
    if record.reference_identifier is not None if reader is None else reader.references:
        shown["reference_identifier"] = record.reference_identifier
    if record.address_id is not None:
        shown["recipient_address_id"] = record.address_id
    if _tells_colli(record, reader):
        shown["multi_collo_main_shipment_id"] = record.main_id
        shown["secondary_shipments"] = [_collo(world, id) for id in record.secondary_ids]
    return shown


def _tells_colli(record: Shipment, reader: Edition | None) -> bool:
    """Whether the multi-collo members are shown: to readers of today, and where there are any."""
    shown = reader is not None and reader.colli
    return shown or record.main_id is not None or bool(record.secondary_ids)


def _collo(world: World, id: int) -> dict[str, Any]:
    """A further collo: what clients lay over the main shipment to have it whole (observed)."""
    record = world[SHIPMENTS][id]
    return {
        "id": record.id,
        "barcode": record.barcode,
        "status": record.status,
        "reference_identifier": record.reference_identifier,
    }
