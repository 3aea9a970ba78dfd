"""What the events of a parcel make of its status (inferred; only Created is seen in public)."""

from __future__ import annotations

from msgspec.structs import replace

from simulator.carriers.postplus.catalog.event_codes import EVENT_CODES, RETURN_TO_SENDER
from simulator.carriers.postplus.records import (
    EVENTS,
    PARCELS,
    SHIPMENTS,
    Parcel,
    ParcelStatus,
    TrackingEvent,
)
from simulator.engine.world import World


def follow(world: World, parcel: Parcel) -> Parcel:
    """Let the parcel have the status that its events tell, and say so; gives it as it is then.

    The latest delivery or return counts, by the time of the event; an event that is corrected
    takes its effect back. No order of the events is asked for.
    """
    parcel = world[PARCELS].get(parcel.id) or parcel
    status = _status(world, parcel)
    if status == parcel.status:
        return parcel
    changed = world[PARCELS].put(replace(parcel, status=status, updated_on=world.now))
    tell(world, changed, parcel.status)
    return changed


def tell(world: World, parcel: Parcel, before: ParcelStatus) -> None:
    """Say that a parcel came into its status: ``postplus.parcel_status_changed``, and
    ``postplus.parcel_delivered`` and the like."""
    world.emit(
        "postplus.parcel_status_changed",
        parcel_id=parcel.id,
        parcel_nr=parcel.parcel_nr,
        status=parcel.status,
        previous=before,
    )
    if parcel.status != "Created":
        world.emit(
            f"postplus.parcel_{parcel.status.lower()}",
            parcel_id=parcel.id,
            parcel_nr=parcel.parcel_nr,
            status=parcel.status,
        )


def _status(world: World, parcel: Parcel) -> ParcelStatus:
    events = world[EVENTS].where("parcel_id", parcel.id)
    ends = [event for event in events if _end(event) is not None]
    if ends:
        return _end(max(ends, key=lambda event: (event.time, event.entry))) or parcel.status
    if any(_is_away(event) for event in events):
        return "Departed"
    if parcel.status in ("Created", "Manifested"):
        return parcel.status
    shipment = None if parcel.shipment_id is None else world[SHIPMENTS].get(parcel.shipment_id)
    return "Manifested" if shipment is not None and shipment.submitted_on else "Created"


def _end(event: TrackingEvent) -> ParcelStatus | None:
    if event.code == RETURN_TO_SENDER:
        return "Returned"
    return "Delivered" if EVENT_CODES[event.code].is_delivered else None


def _is_away(event: TrackingEvent) -> bool:
    code = EVENT_CODES[event.code]
    return code.is_departed or code.is_at_destination
