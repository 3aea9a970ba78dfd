"""Events as integrators send them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from simulator.carriers.postplus.wire import moments, parsing


class ImportForm(NamedTuple):
    """One event of an import, read; None is what was not given.

    `time` is None also for a text that is no instant; `time_text` is what was written.
    """

    event_id: str | None
    code: str | None
    time: datetime | None
    time_text: str | None
    message: str | None
    location: str | None
    tracking_nr: str | None
    sender_tracking_nr: str | None
    source_alt: str | None
    code_alt: str | None
    other: str | None
    carrier: str | None
    carrier_parcel_nr: str | None


def read(body: Any) -> list[ImportForm]:
    """The events of an import, in their order."""
    listed = parsing.form(body).get("events")
    elements = listed if isinstance(listed, list) else []
    return [_read(parsing.form(element)) for element in elements]


def _read(element: dict[str, Any]) -> ImportForm:
    def text(name: str) -> str | None:
        return parsing.text(element.get(name))

    return ImportForm(
        event_id=text("eventId"),
        code=text("eventCode"),
        time=moments.parse(text("eventTime")),
        time_text=text("eventTime"),
        message=text("eventMessage"),
        location=text("eventLocation"),
        tracking_nr=text("trackingNr"),
        sender_tracking_nr=text("senderTrackingNr"),
        source_alt=text("eventSourceAlt"),
        code_alt=text("eventCodeAlt"),
        other=text("otherTrackingData"),
        carrier=text("carrier"),
        carrier_parcel_nr=text("carrierParcelNr"),
    )
