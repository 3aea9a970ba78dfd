"""The quirks of PostPlus: what can be switched, and why it is in doubt.

Numbers such as P3 and D13 are those of the decisions in the project's notes on the sources; the
sources are the public articles and the public interface documentation of PostPlus, of which many
parts were never seen. What only we decided is `inferred`.
"""

from __future__ import annotations

from simulator.carriers.editions import editions
from simulator.carriers.editions.editions import Editions
from simulator.carriers.magic.values import switch
from simulator.carriers.quirk import NumberRange, QuirkSpec, agreed

GENERAL: tuple[QuirkSpec, ...] = (
    agreed(
        "postplus.requests_per_second",
        default=0,
        values=NumberRange(0, 1000, whole=True),
        summary="Requests of a key in a second beyond which 429 is answered; 0: no limit.",
        source="Documentation: normally 5 a second. Off, so that tests need not wait.",
        provenance="documented",
    ),
)

PARCELS: tuple[QuirkSpec, ...] = (
    agreed(
        "postplus.delete",
        default="permanent",
        values=("permanent", "cancel_non_postal"),
        summary="Whether DELETE removes every parcel, or only cancels non-postal ones (P3).",
        source="New documentation: permanently removed. An older text: postal parcels are deleted, "
        "non-postal ones cancelled.",
        provenance="documented",
    ),
    agreed(
        "postplus.numbers",
        default="strict",
        values=("strict", "lenient"),
        summary="Whether numbers from a range need the S10 check digit, or (lenient) 8 or 9 digits "
        "without a check will do (P5).",
        source="UPU S10 and the documentation's RF000000028LT; other samples of it fail the check.",
        provenance="documented",
    ),
    agreed(
        "postplus.core_change",
        default="refuse",
        values=("refuse", "update"),
        summary="Whether service, routing and number of a parcel with a label stay (an error in "
        "the 200), or are updated like the rest (P8).",
        source="Documentation: cannot change after a successful creation; elsewhere every next "
        "request updates.",
        provenance="documented",
    ),
    agreed(
        "postplus.missing_hs_code",
        default="warning",
        values=("warning", "error"),
        summary="What a missing HS code of an item is (D15).",
        source="An article asks for a valid code; requests of a public client had none.",
        provenance="observed",
    ),
)

SHIPMENTS: tuple[QuirkSpec, ...] = (
    agreed(
        "postplus.air_waybill",
        default="format",
        values=("format", "check_digit", "any"),
        summary="What the number of an AWB shipment has to be: 123-12345678, the same with its "
        "check digit, or anything (P6, D20).",
        source="Article: 123-12345678. A sample has 123-000000123; real client data fails the "
        "check digit.",
        provenance="documented",
    ),
    agreed(
        "postplus.documents_delay",
        default=300,
        values=NumberRange(0, 86_400, whole=True),
        summary="Seconds from submit until the documents of a shipment are there.",
        source="Documentation and a public client: about 5 minutes.",
        provenance="documented",
    ),
    agreed(
        "postplus.processing_seconds",
        default=0,
        values=NumberRange(0, 3600, whole=True),
        summary="Seconds for which prepare and submit show `isProcessing` (N8).",
        source="The field is in the public schema; how long it stays true is not said.",
        provenance="inferred",
    ),
)

TRACKING: tuple[QuirkSpec, ...] = (
    agreed(
        "postplus.feed",
        default="compacted",
        values=("compacted", "every_version"),
        summary="Whether the cursor feed delivers the newest version of an event only, or each one "
        "(D2).",
        source="Article: one or more responses might contain the same eventId, which means an "
        "update. Both readings agree with it.",
        provenance="inferred",
    ),
    agreed(
        "postplus.default_count",
        default=500,
        values=NumberRange(1, 500, whole=True),
        summary="Events on a page of the feed when `count` is not given (P18).",
        source="Article: up to 500. A sample of the documentation asks for 200.",
        provenance="documented",
    ),
    agreed(
        "postplus.unknown_fetch_id",
        default=400,
        values=(400, 410, "restart"),
        summary="What a cursor gets that nobody was given, or that a reset ended: a status, or the "
        "feed from startDate on (D13).",
        source="Not documented.",
        provenance="inferred",
    ),
    agreed(
        "postplus.empty_pages",
        default=False,
        summary="Whether a page can be empty with `fetchDone` false, where startDate filtered all "
        "that was looked at (D4).",
        source="Not documented; comparable feeds do it, and clients stop early.",
        provenance="inferred",
    ),
    agreed(
        "postplus.explicit_event_ids",
        default="external",
        values=("external", "derived"),
        summary="Whether an imported event is shown under the id that the integrator gave it, or "
        "under one made of it (D9).",
        source="Article: integrators provide unique ids of their own and update by them.",
        provenance="inferred",
    ),
    agreed(
        "postplus.identical_events",
        default="ignore",
        values=("ignore", "new_version"),
        summary="Whether an event sent again without a change is a new version (D11).",
        source="Article: sending the same id again updates the event.",
        provenance="inferred",
    ),
    agreed(
        "postplus.unknown_numbers",
        default="keep",
        values=("keep", "drop"),
        summary="Whether imported events of a number that nobody knows wait for its parcel (D12).",
        source="Not documented; numbers of offline ranges are known late.",
        provenance="inferred",
    ),
    agreed(
        "postplus.future_events",
        default="accept",
        values=("accept", "refuse"),
        summary="Whether imported events may lie more than a day ahead of the clock (D5).",
        source="Not documented.",
        provenance="inferred",
    ),
    agreed(
        "postplus.import_status",
        default=200,
        values=(200, 202),
        summary="The status of an import that was taken.",
        source="Documentation: queued for processing; it shows no status.",
        provenance="inferred",
    ),
)

EDITIONS = Editions("postplus")
"""There is one edition of this API."""

QUIRKS: tuple[QuirkSpec, ...] = (
    editions.switch(
        EDITIONS,
        documented="auto",
        summary="Which edition of the API answers; there is one.",
        source="Document of its API, which names no other.",
    ),
    *GENERAL,
    *PARCELS,
    *SHIPMENTS,
    *TRACKING,
    switch("postplus"),
)
"""Every quirk of the carrier."""
