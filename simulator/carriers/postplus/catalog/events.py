"""The events of PostPlus: everything that the carrier tells its workspace, and with what.

They are not the tracking events of the feed, each of which is told by ``postplus.parcel_scanned``
or ``postplus.tracking_imported``.
"""

from __future__ import annotations

from collections.abc import Mapping

from simulator.carriers.event import EventSpec, Member, StatusOf, change_of, play_broken_off
from simulator.carriers.postplus.catalog.event_codes import EVENT_CODES

PARCEL = StatusOf("parcel", "postplus.parcels", "parcel_id")
SHIPMENT = StatusOf("shipment", "postplus.shipments", "shipment_id")

_PARCEL_STATUSES = ("Created", "Manifested", "Departed", "Delivered", "Returned")
_SHIPMENT_STATUSES = (
    *("Imported", "Created", "Pending", "Planned", "Manifested", "Arrived", "Completed"),
)

_PARCEL_NR = {"parcel_nr": Member("string", "The parcel's number, if it has one", nullable=True)}
_SHIPMENT_NR = {"shipment_nr": Member("string", "The shipment's number")}
_PARCEL = {"parcel_id": Member("integer", "The parcel's id"), **_PARCEL_NR}
_SHIPMENT = {"shipment_id": Member("integer", "The shipment's id"), **_SHIPMENT_NR}
_A_PARCEL = {"parcel_id": 90001, "parcel_nr": "RR000070015LT"}
_A_SHIPMENT = {"shipment_id": 1001, "shipment_nr": "117-70123454"}


def _parcel(
    name: str, summary: str, member: Mapping[str, Member] | None = None, **example: str
) -> EventSpec:
    return EventSpec(
        name=f"postplus.parcel_{name}",
        summary=summary,
        payload={**_PARCEL, **(member or {})},
        example={**_A_PARCEL, **example},
    )


def _parcel_in(status: str, summary: str) -> EventSpec:
    member = Member("string", "The status in which the parcel is now", values=(status,))
    return _parcel(status.lower(), summary, {"status": member}, status=status)


def _shipment(name: str, summary: str) -> EventSpec:
    return EventSpec(
        name=f"postplus.{name}", summary=summary, payload=_SHIPMENT, example=_A_SHIPMENT
    )


EVENTS: tuple[EventSpec, ...] = (
    _parcel("created", "A parcel without errors was made, or mended: it has its number."),
    _parcel("cancelled", "A parcel was cancelled; the numbers are those that it has since."),
    _parcel("deleted", "A parcel was removed for good."),
    _parcel(
        "scanned",
        "The carrier itself told a tracking event of a parcel.",
        {"code": Member("string", "The event's code", values=tuple(EVENT_CODES))},
        code="DELIVERED",
    ),
    _parcel_in("Manifested", "A parcel was manifested."),
    _parcel_in("Departed", "A parcel left for its destination."),
    _parcel_in("Delivered", "A parcel was delivered."),
    _parcel_in("Returned", "A parcel goes back to its sender."),
    EventSpec(
        name="postplus.parcel_status_changed",
        summary="A parcel came into another status, forwards or, by a correction, back.",
        payload=change_of(PARCEL, _PARCEL_NR, _PARCEL_STATUSES),
        example={**_A_PARCEL, "status": "Departed", "previous": "Created"},
        status=PARCEL,
    ),
    EventSpec(
        name="postplus.tracking_imported",
        summary="An integrator imported tracking events.",
        payload={
            "account": Member("integer", "The integrator's account"),
            "events": Member("integer", "How many events came"),
        },
        example={"account": 900, "events": 2},
    ),
    _shipment("shipment_created", "A shipment was made."),
    _shipment("shipment_pending", "A submitted shipment waits for a document."),
    _shipment("shipment_planned", "A submitted shipment has the document that it waited for."),
    _shipment("shipment_manifested", "A shipment was submitted."),
    _shipment("shipment_arrived", "A shipment arrived."),
    _shipment("shipment_completed", "A shipment is done."),
    EventSpec(
        name="postplus.shipment_status_changed",
        summary="A shipment came into another status.",
        payload=change_of(SHIPMENT, _SHIPMENT_NR, _SHIPMENT_STATUSES),
        example={**_A_SHIPMENT, "status": "Manifested", "previous": "Created"},
        status=SHIPMENT,
    ),
    _shipment("documents_ready", "The carrier's documents of a shipment are there."),
    EventSpec(
        name="postplus.manifest_taken",
        summary="A manifest file was uploaded and read.",
        payload={
            "shipment_id": _SHIPMENT["shipment_id"],
            "manifest_file_id": Member("integer", "The file's id"),
        },
        example={"shipment_id": 1001, "manifest_file_id": 60001},
    ),
    EventSpec(
        name="postplus.test_data_reset",
        summary="The test data was forgotten, as the test environment does regularly.",
        payload={"generation": Member("integer", "How often that has happened")},
        example={"generation": 1},
    ),
    play_broken_off("postplus", PARCEL),
)
"""All of them."""
