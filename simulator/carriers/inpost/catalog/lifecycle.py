"""Which shipment status may follow which: one table over the 53 statuses.

Observed: created -> offers_prepared -> offer_selected -> confirmed, and that a parcel may revisit
a status on its way (adopted, sent, adopted again). The rest follows the documented meaning of each
status (inferred). Decisions worth knowing:

* `returned_to_sender` is final. The way back runs under the return tracking number.
* `return_pickup_confirmation_to_sender` is the delivered state of a shipment with returned
  documents (ROD), and final too.
* `missing` is final, `delay_in_delivery` and `other` are not: the parcel goes on afterwards.
* An update recalculates offers, which takes `offer_selected` back to `offers_prepared`.
* A purchase that was already running may undo a cancellation (quirk `inpost.purchase_race`); that
  is the carrier's fault, not a transition, and is not in the table.
"""

from __future__ import annotations

from simulator.carriers.inpost.catalog.statuses import STATUSES

FINAL: frozenset[str] = frozenset(
    {
        "canceled",
        "delivered",
        "missing",
        "return_pickup_confirmation_to_sender",
        "returned_to_sender",
    }
)
"""Statuses that nothing follows."""

BEFORE_PURCHASE: frozenset[str] = frozenset({"created", "offers_prepared", "offer_selected"})
"""Statuses of a shipment that is not paid for."""

BOUGHT: frozenset[str] = (
    frozenset(entry.name for entry in STATUSES) - BEFORE_PURCHASE - {"canceled"}
)
"""`confirmed` and everything after it. `canceled` may come before or after payment: not in it."""

ASIDES: tuple[frozenset[str], ...] = (frozenset({"delay_in_delivery", "other"}),)
"""What is no part of a way to another status, though nearly everything may follow it. No way leads
through a cancellation, a loss or a return either: these are final."""

_HUBS = frozenset(
    {
        "adopted_at_source_branch",
        "sent_from_source_branch",
        "adopted_at_sorting_center",
        "sent_from_sorting_center",
        "adopted_at_target_branch",
    }
)
[_INTERRUPTIONS] = ASIDES
_UNDELIVERED_REASONS = frozenset(
    {
        "rejected_by_receiver",
        "undelivered_wrong_address",
        "undelivered_incomplete_address",
        "undelivered_unknown_receiver",
        "undelivered_cod_cash_receiver",
        "undelivered_no_mailbox",
        "undelivered_not_live_address",
        "undelivered_lack_of_access_letterbox",
    }
)
_STORED_NEARBY = frozenset({"stack_in_customer_service_point", "stack_in_box_machine"})
_AT_POINT = frozenset({"ready_to_pickup_from_pok", "ready_to_pickup_from_pok_registered"})
_LAST_LEG = frozenset({"out_for_delivery", "out_for_delivery_to_address"})
_CHANGED_TARGET = frozenset({"redirect_to_box", "readdressed"})

_ON_THE_WAY: dict[str, frozenset[str]] = {
    "confirmed": frozenset(
        {
            "dispatched_by_sender",
            "dispatched_by_sender_to_pok",
            "collected_from_sender",
            "taken_by_courier",
            "adopted_at_source_branch",
            "canceled",
        }
    ),
    "dispatched_by_sender": frozenset(
        {"taken_by_courier", "collected_from_sender", "adopted_at_source_branch", "oversized"}
    ),
    "dispatched_by_sender_to_pok": frozenset(
        {"taken_by_courier_from_pok", "taken_by_courier", "adopted_at_source_branch"}
    ),
    "collected_from_sender": frozenset({"taken_by_courier", "adopted_at_source_branch"}),
    "taken_by_courier": frozenset({"adopted_at_source_branch", "adopted_at_sorting_center"}),
    "taken_by_courier_from_pok": frozenset(
        {"adopted_at_source_branch", "adopted_at_sorting_center"}
    ),
    "adopted_at_source_branch": _HUBS | _LAST_LEG | _CHANGED_TARGET | {"oversized"},
    "sent_from_source_branch": _HUBS | _CHANGED_TARGET,
    "adopted_at_sorting_center": _HUBS | _CHANGED_TARGET | {"oversized"},
    "sent_from_sorting_center": _HUBS | _CHANGED_TARGET,
    "adopted_at_target_branch": _HUBS
    | _LAST_LEG
    | _CHANGED_TARGET
    | {"oversized", "undelivered", "ready_to_pickup_from_branch", "avizo", "returned_to_sender"},
    "out_for_delivery": _STORED_NEARBY
    | _AT_POINT
    | {"ready_to_pickup", "oversized", "adopted_at_target_branch", "delivered"},
    "oversized": frozenset(
        {
            "adopted_at_source_branch",
            "adopted_at_target_branch",
            "avizo",
            "canceled_redirect_to_box",
            "out_for_delivery_to_address",
            "ready_to_pickup_from_branch",
            "ready_to_pickup_from_pok",
            "returned_to_sender",
        }
    ),
    "ready_to_pickup": frozenset(
        {"pickup_reminder_sent", "delivered", "pickup_time_expired", "claimed"}
    ),
    "pickup_reminder_sent": frozenset({"delivered", "pickup_time_expired", "claimed"}),
    "pickup_time_expired": frozenset(
        {"avizo", "adopted_at_target_branch", "returned_to_sender", "delivered"}
    ),
    "avizo": frozenset(
        {
            "delivered",
            "ready_to_pickup_from_branch",
            "readdressed",
            "returned_to_sender",
            "undelivered",
        }
    ),
    "claimed": frozenset({"delivered", "avizo", "adopted_at_target_branch", "returned_to_sender"}),
    "ready_to_pickup_from_pok": frozenset(
        {
            "ready_to_pickup_from_pok_registered",
            "delivered",
            "pickup_time_expired",
            "taken_by_courier_from_customer_service_point",
            "returned_to_sender",
        }
    ),
    "ready_to_pickup_from_pok_registered": frozenset(
        {
            "delivered",
            "pickup_time_expired",
            "taken_by_courier_from_customer_service_point",
            "returned_to_sender",
        }
    ),
    "ready_to_pickup_from_branch": frozenset(
        {"delivered", "return_pickup_confirmation_to_sender", "returned_to_sender", "undelivered"}
    ),
    "out_for_delivery_to_address": _UNDELIVERED_REASONS
    | _CHANGED_TARGET
    | {
        "delivered",
        "return_pickup_confirmation_to_sender",
        "pickup_reminder_sent_address",
        "adopted_at_target_branch",
        "avizo",
        "courier_avizo_in_customer_service_point",
        "undelivered",
    },
    "pickup_reminder_sent_address": _CHANGED_TARGET
    | {
        "adopted_at_target_branch",
        "avizo",
        "courier_avizo_in_customer_service_point",
        "out_for_delivery_to_address",
        "ready_to_pickup_from_branch",
        "undelivered",
        "undelivered_unknown_receiver",
    },
    **{
        reason: _CHANGED_TARGET
        | {
            "adopted_at_target_branch",
            "out_for_delivery_to_address",
            "ready_to_pickup_from_branch",
            "returned_to_sender",
            "undelivered",
        }
        for reason in _UNDELIVERED_REASONS
    },
    "rejected_by_receiver": frozenset(
        {"adopted_at_target_branch", "returned_to_sender", "undelivered"}
    ),
    "undelivered": _CHANGED_TARGET
    | {
        "adopted_at_target_branch",
        "out_for_delivery_to_address",
        "ready_to_pickup_from_branch",
        "returned_to_sender",
    },
    "redirect_to_box": _HUBS
    | {"out_for_delivery", "ready_to_pickup", "canceled_redirect_to_box", "oversized"},
    "canceled_redirect_to_box": _HUBS | {"out_for_delivery_to_address"},
    "readdressed": _HUBS | {"out_for_delivery_to_address"},
    "courier_avizo_in_customer_service_point": frozenset(
        {"delivered", "taken_by_courier_from_customer_service_point"}
    ),
    "taken_by_courier_from_customer_service_point": frozenset(
        {"adopted_at_target_branch", "avizo", "returned_to_sender", "undelivered"}
    ),
    "stack_in_customer_service_point": frozenset(
        {
            "unstack_from_customer_service_point",
            "stack_parcel_pickup_time_expired",
            "delivered",
        }
    ),
    "stack_parcel_pickup_time_expired": frozenset(
        {"taken_by_courier_from_customer_service_point", "avizo", "returned_to_sender"}
    ),
    "unstack_from_customer_service_point": _STORED_NEARBY | {"ready_to_pickup"},
    "stack_in_box_machine": frozenset(
        {
            "unstack_from_box_machine",
            "stack_parcel_in_box_machine_pickup_time_expired",
            "delivered",
        }
    ),
    "stack_parcel_in_box_machine_pickup_time_expired": frozenset({"avizo", "returned_to_sender"}),
    "unstack_from_box_machine": _STORED_NEARBY | {"ready_to_pickup"},
}

# After an interruption the parcel turns up anywhere but at the sender's desk.
_GOING_ON = frozenset(_ON_THE_WAY) - {"confirmed"} | {"delivered", "returned_to_sender"}

_TABLE: dict[str, frozenset[str]] = {
    "created": frozenset({"offers_prepared", "canceled"}),
    "offers_prepared": frozenset({"offer_selected", "canceled"}),
    "offer_selected": frozenset({"offers_prepared", "confirmed", "canceled"}),
    **{
        status: (following | _INTERRUPTIONS | {"missing"}) - {status}
        for status, following in _ON_THE_WAY.items()
    },
    **{status: (_GOING_ON | _INTERRUPTIONS | {"missing"}) - {status} for status in _INTERRUPTIONS},
    **{status: frozenset() for status in FINAL},
}

TRANSITIONS: dict[str, frozenset[str]] = {entry.name: _TABLE[entry.name] for entry in STATUSES}
"""Status -> the statuses that may come next, in the carrier's order; no status follows itself."""


def possible_after(status: str) -> tuple[str, ...]:
    """The statuses that may follow `status`, in the carrier's order; empty when it is final.

    Raises `KeyError` when `status` is not one of the 53.
    """
    following = TRANSITIONS[status]
    return tuple(entry.name for entry in STATUSES if entry.name in following)
