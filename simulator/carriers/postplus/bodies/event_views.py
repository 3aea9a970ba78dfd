"""Events, and what tracking says of their parcels; members without a value are left out.

That null members are missing is documented by the sample of the interface documentation.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from simulator.carriers.postplus.catalog.services import SERVICES
from simulator.carriers.postplus.records import FeedEntry, Parcel, TrackingEvent
from simulator.carriers.postplus.wire import moments
from simulator.carriers.postplus.wire.feed_keys import version_of


def show_event(event: TrackingEvent, version: FeedEntry) -> dict[str, Any]:
    """One version of an event."""
    return _given(
        {
            "eventId": event.event_id,
            "eventTime": moments.show_event(version.time),
            "eventVersion": str(version_of(version.id)),
            "eventCode": version.code,
            "eventMessage": version.message,
            "eventLocation": version.location,
        }
    )


def show_parcel(parcel: Parcel, events: Iterable[TrackingEvent] = ()) -> dict[str, Any]:
    """The general parcel info beside events, as the parcel is now.

    Who carries it, and under which number, is what the last processed of the `events` says that
    says it, otherwise what the parcel's service says.
    """
    service = SERVICES.get(parcel.info.service_code or "")
    carrier = None if service is None else service.carrier
    carrier_nr = parcel.carrier_parcel_nr
    for event in sorted(events, key=_entry):
        carrier = event.carrier or carrier
        carrier_nr = event.carrier_parcel_nr or carrier_nr
    return _given(
        {
            "parcelNr": parcel.parcel_nr,
            "manifestParcelNr": parcel.manifest_parcel_nr,
            "senderParcelNr": parcel.sender_parcel_nr,
            "destinationCountry": parcel.receiver.country_code,
            "carrier": carrier,
            "carrierParcelNr": carrier_nr,
        }
    )


def _entry(event: TrackingEvent) -> int:
    return event.entry


def _given(members: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}
