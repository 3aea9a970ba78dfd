"""The closed set of shipment statuses, in the order in which the carrier lists them.

The names and their order are observed (`GET /v1/statuses`, the same 53 on both environments).

`origin` is the internal logistics code that tracking shows as `origin_status`. Observed: PPN, NWP,
PWO, WZO, PDD_2, UWP, DOR and ZDN. The carrier publishes no full table, so every other code is
inferred: three letters of ours, stable and unique.
"""

from __future__ import annotations

import msgspec

from simulator.carriers.inpost.catalog.status_texts_en import TEXTS_EN
from simulator.carriers.inpost.catalog.status_texts_pl import TEXTS_PL


class StatusEntry(msgspec.Struct, frozen=True):
    """One shipment status with its texts in both languages and its logistics code."""

    name: str
    title_pl: str
    description_pl: str
    title_en: str
    description_en: str
    origin: str


ORIGINS: dict[str, str] = {
    "created": "UTW",
    "offers_prepared": "OFP",
    "offer_selected": "OFW",
    "confirmed": "PPN",
    "dispatched_by_sender": "NWP",
    "collected_from_sender": "ODN",
    "taken_by_courier": "PKU",
    "adopted_at_source_branch": "PWO",
    "sent_from_source_branch": "WZO",
    "ready_to_pickup_from_pok": "GOP",
    "ready_to_pickup_from_pok_registered": "GOR",
    "oversized": "PGB",
    "adopted_at_sorting_center": "PWS",
    "sent_from_sorting_center": "WZS",
    "adopted_at_target_branch": "POD",
    "out_for_delivery": "PDD_2",
    "ready_to_pickup": "UWP",
    "pickup_reminder_sent": "PRZ",
    "delivered": "DOR",
    "pickup_time_expired": "UTO",
    "avizo": "AWI",
    "claimed": "REK",
    "returned_to_sender": "ZDN",
    "canceled": "ANL",
    "other": "INN",
    "dispatched_by_sender_to_pok": "NPO",
    "out_for_delivery_to_address": "WDR",
    "pickup_reminder_sent_address": "NZA",
    "rejected_by_receiver": "ODM",
    "undelivered_wrong_address": "NBA",
    "undelivered_incomplete_address": "NNA",
    "undelivered_unknown_receiver": "NON",
    "undelivered_cod_cash_receiver": "NBG",
    "taken_by_courier_from_pok": "PKP",
    "undelivered": "NDR",
    "return_pickup_confirmation_to_sender": "DZW",
    "ready_to_pickup_from_branch": "GOO",
    "delay_in_delivery": "OPZ",
    "redirect_to_box": "PRA",
    "canceled_redirect_to_box": "OPA",
    "readdressed": "PAD",
    "undelivered_no_mailbox": "NBS",
    "undelivered_not_live_address": "NMA",
    "undelivered_lack_of_access_letterbox": "NDS",
    "missing": "ZAG",
    "stack_in_customer_service_point": "MPO",
    "stack_parcel_pickup_time_expired": "MPU",
    "unstack_from_customer_service_point": "MPW",
    "courier_avizo_in_customer_service_point": "AWP",
    "taken_by_courier_from_customer_service_point": "ZPO",
    "stack_in_box_machine": "MAT",
    "unstack_from_box_machine": "MAW",
    "stack_parcel_in_box_machine_pickup_time_expired": "MAU",
}
"""Status name -> logistics code, in the carrier's order."""

STATUSES: tuple[StatusEntry, ...] = tuple(
    StatusEntry(name, *TEXTS_PL[name], *TEXTS_EN[name], origin) for name, origin in ORIGINS.items()
)
"""Every status, in the carrier's order."""

ENTRIES: dict[str, StatusEntry] = {entry.name: entry for entry in STATUSES}
"""Status name -> entry, in the carrier's order."""

STATUS_NAMES: frozenset[str] = frozenset(ENTRIES)
"""The names alone, for membership tests."""
