"""A shipment with all that it has today.

Observed: the members and their order, in recorded answers of its public clients' tests and in the
field lists of its public description; that a multi-collo shipment and its colli have the type 3,
that its main shipment names itself, and that `secondary_shipments` has whole shipments.

Inferred: that whoever holds the key made and changed what the shop has, and that a shop that pays
later has nothing to pay for a shipment before its invoice.
"""

from __future__ import annotations

from typing import Any, Literal

from simulator.carriers.myparcel.bodies import pages
from simulator.carriers.myparcel.editions import carriers
from simulator.carriers.myparcel.records import SHIPMENTS, Shipment
from simulator.carriers.myparcel.wire import moments
from simulator.engine.world import World

_NO_SETTINGS = {"save_recipient_address": 0}
_MULTI_COLLO = 3
_DELIVERED = frozenset({7, 9, 11, 19, 36, 38})
_PLATFORMS = {"NL": 1, "BE": 2}
"""Of shops by where they are: MyParcel, SendMyParcel."""

PaymentState = Literal["unpaid", "pending", "paid"]
Links = frozenset[str]


def shipment(world: World, record: Shipment, links: Links = frozenset()) -> dict[str, Any]:
    """A shipment with its colli; `links` names the pages that a reader asks for."""
    return {
        **_members(record),
        "secondary_shipments": [
            {**_members(each), "secondary_shipments": [], **_members_behind(each)}
            for each in world[SHIPMENTS].existing(record.secondary_ids)
        ],
        **_members_behind(record),
        "link_consumer_portal": _page(record, "link_consumer_portal", links),
        **(
            {"link_tracktrace": _page(record, "link_tracktrace", links)}
            if "link_tracktrace" in links
            else {}
        ),
        "partner_tracktraces": [],
        "pickup_request_number": None,
    }


def _members(record: Shipment) -> dict[str, Any]:
    payment = transaction_status(record)
    return {
        "id": record.id,
        "parent_id": record.parent_id,
        "account_id": record.account_id,
        "shop_id": record.shop_id,
        "shipment_type": shipment_type(record),
        **sent(record),
        "reference_identifier": record.reference_identifier,
        "created_by": record.account_id,
        "modified_by": record.account_id,
        "transaction_status": payment,
        "drop_off_point": record.drop_off_point,
        "hidden": int(record.hidden),
        "price": {"amount": record.price, "currency": "EUR"},
        "barcode": record.barcode,
        "region": record.region,
        "external_provider": None,
        "external_provider_id": None,
        "payment_status": payment,
        "carrier_id": carrier(record),
        "contract_id": record.contract_id,
        "platform_id": _PLATFORMS.get(str(record.sender.get("cc")), 1),
        "origin": None,
        "user_agent": record.user_agent,
    }


def sent(record: Shipment) -> dict[str, Any]:
    """What is sent, by whom and to whom, as every edition shows it."""
    return {
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
    }


def _members_behind(record: Shipment) -> dict[str, Any]:
    return {
        "collection_contact": None,
        "multi_collo_main_shipment_id": main_of(record),
        "external_identifier": record.barcode,
        "delayed": False,
        "delivered": delivered(record),
    }


def carrier(record: Shipment) -> int:
    """The number that its carrier has today."""
    return carriers.as_read(record.carrier, record.numbering, "today")


def shipment_type(record: Shipment) -> int:
    """Its type: several colli, a return, or neither."""
    colli = record.main_id is not None or bool(record.secondary_ids)
    return _MULTI_COLLO if colli else record.shipment_type


def main_of(record: Shipment) -> int | None:
    """The main shipment of its colli, which may be itself; None when it has none."""
    return record.id if record.secondary_ids else record.main_id


def delivered(record: Shipment) -> bool:
    """Whether it has come to its goal, or the shop says that it has."""
    said = record.said_delivered
    return record.status in _DELIVERED if said is None else said


def transaction_status(record: Shipment) -> PaymentState:
    """Whether it is paid for."""
    if record.payment_hash is None:
        return "unpaid"
    return "paid" if record.paid else "pending"


def _page(record: Shipment, name: str, links: Links) -> str | None:
    if name not in links or record.barcode is None:
        return None
    if name == "link_consumer_portal":
        return pages.portal(record)
    return pages.of_carrier(record, carrier(record))
