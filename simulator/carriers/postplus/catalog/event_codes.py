"""The event codes of tracking: which there are, what they say, and what they mean for transit time.

CREATE_OR_UPDATE and DELIVERED with their messages are in the public documentation; the others are
borrowed from a similar platform whose text has the same rules (inferred).
"""

from __future__ import annotations

import msgspec


class EventCode(msgspec.Struct, frozen=True, rename="camel"):
    """A code with its usual message, and which clocks it starts and stops."""

    code: str
    message: str
    is_pre_alert: bool = False
    is_startclock: bool = False
    is_departed: bool = False
    is_at_destination: bool = False
    is_stopclock: bool = False
    is_delivered: bool = False


CREATE_OR_UPDATE = "CREATE_OR_UPDATE"
DELIVERED = "DELIVERED"
RETURN_TO_SENDER = "RETURN_TO_SENDER"

EVENT_CODES: dict[str, EventCode] = {
    event.code: event
    for event in (
        EventCode(CREATE_OR_UPDATE, "Parcel data received or updated", is_pre_alert=True),
        EventCode("FIRST_MILE_SCAN", "Collected from the sender"),
        EventCode("RECEIVE_ITEM_AT_TERMINAL", "Received at the terminal", is_startclock=True),
        EventCode("ITEM_DEPARTED_FROM_TERMINAL", "Departed from the terminal"),
        EventCode("SEND_RECEPTACLE_ABROAD", "Sent to the destination country", is_departed=True),
        EventCode(
            "ON_TRANSPORT_TO_DEST_COUNTRY",
            "On its way to the destination country",
            is_departed=True,
        ),
        EventCode(
            "RECEIVE_BAG_AT_DEST_DISTR_HUB",
            "Bag received in the destination country",
            is_at_destination=True,
        ),
        EventCode(
            "RECEIVE_ITEM_EDI_AT_DEST_DISTR_HUB",
            "Data received by the destination carrier",
            is_at_destination=True,
            is_stopclock=True,
        ),
        EventCode("SEND_ITEM_TO_DEST_CUSTOMS", "Presented to customs", is_at_destination=True),
        EventCode("RETURN_ITEM_DEST_FROM_CUSTOMS", "Released by customs", is_at_destination=True),
        EventCode("STOP_ITEM_IMPORT_AT_DEST", "Held by customs", is_at_destination=True),
        EventCode(
            "RECEIVE_ITEM_AT_DEST_DISTR_HUB",
            "Received at the distribution centre of the destination",
            is_at_destination=True,
            is_stopclock=True,
        ),
        EventCode(
            "HANDOVER_ITEM_TO_DELIVERY_AGENT",
            "Out for delivery",
            is_at_destination=True,
            is_stopclock=True,
        ),
        EventCode("HOLD_ITEM_AT_DEST_DISTR", "Waiting to be collected", is_at_destination=True),
        EventCode(
            DELIVERED,
            "Delivered to the recipient",
            is_at_destination=True,
            is_stopclock=True,
            is_delivered=True,
        ),
        EventCode(
            RETURN_TO_SENDER,
            "On its way back to the sender",
            is_at_destination=True,
            is_stopclock=True,
        ),
    )
}
