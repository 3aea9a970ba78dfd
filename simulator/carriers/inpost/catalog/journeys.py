"""Journeys: what happens to a parcel after confirmation, as data.

The paths are inferred from recorded tracking histories and from the texts of the statuses; the
delays are typical for a parcel sent on a working day (inferred), a locker's 48 hours among them.
That the reminder comes 12 hours before the end is documented by the text of its status.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Literal, TypeAlias

import msgspec

JourneyKind: TypeAlias = Literal["locker", "courier", "any"]
Agency: TypeAlias = Literal["source", "hub", "target"]


class Step(msgspec.Struct, frozen=True):
    """One status on a journey.

    `after` is the delay since the previous step (the first: since confirmation). `agency` tells
    whose scan it is: the branch of the sender's town, the sorting hub, the branch of the
    receiver's town, or nobody's (None).
    """

    status: str
    after: timedelta
    agency: Agency | None = None


class Journey(msgspec.Struct, frozen=True):
    """A named course of events, for locker parcels, courier parcels or any of them."""

    name: str
    description: str
    kind: JourneyKind
    steps: tuple[Step, ...]


def _step(status: str, hours: float, agency: Agency | None = None) -> Step:
    return Step(status, timedelta(hours=hours), agency)


_LOCKER_DROP_OFF = (
    _step("dispatched_by_sender", 6),
    _step("taken_by_courier", 4),
    _step("adopted_at_source_branch", 4, "source"),
)
_COURIER_PICK_UP = (
    _step("collected_from_sender", 6),
    _step("adopted_at_source_branch", 8, "source"),
)
_POINT_DROP_OFF = (
    _step("dispatched_by_sender_to_pok", 6),
    _step("taken_by_courier_from_pok", 3),
    _step("adopted_at_source_branch", 5, "source"),
)
_OVERNIGHT = (
    _step("sent_from_source_branch", 2, "source"),
    _step("adopted_at_sorting_center", 4, "hub"),
    _step("sent_from_sorting_center", 3, "hub"),
    _step("adopted_at_target_branch", 5, "target"),
)
_INTO_THE_LOCKER = (_step("out_for_delivery", 2, "target"), _step("ready_to_pickup", 3))
_TO_THE_DOOR = (_step("out_for_delivery_to_address", 2, "target"),)
_TO_LOCKER = (*_LOCKER_DROP_OFF, *_OVERNIGHT, *_INTO_THE_LOCKER)
_TO_DOOR = (*_COURIER_PICK_UP, *_OVERNIGHT, *_TO_THE_DOOR)

_ALL = (
    Journey(
        "locker_delivered",
        "Dropped off in a locker, collected from the target locker 9 hours after arrival.",
        "locker",
        (*_TO_LOCKER, _step("delivered", 9)),
    ),
    Journey(
        "locker_delivered_courier_pickup",
        "Picked up at the sender by a courier, collected from the target locker.",
        "locker",
        (*_COURIER_PICK_UP, *_OVERNIGHT, *_INTO_THE_LOCKER, _step("delivered", 9)),
    ),
    Journey(
        "locker_delivered_after_reminder",
        "Collected from the locker only after the reminder.",
        "locker",
        (*_TO_LOCKER, _step("pickup_reminder_sent", 36), _step("delivered", 5)),
    ),
    Journey(
        "locker_not_collected",
        "Nobody opens the locker within 48 hours; the parcel goes back to the sender.",
        "locker",
        (
            *_TO_LOCKER,
            _step("pickup_reminder_sent", 36),
            _step("pickup_time_expired", 12),
            _step("avizo", 8, "target"),
            _step("returned_to_sender", 72, "target"),
        ),
    ),
    Journey(
        "locker_claimed",
        "The receiver raises a complaint at the locker and leaves the parcel with InPost.",
        "locker",
        (*_TO_LOCKER, _step("claimed", 9), _step("returned_to_sender", 48, "target")),
    ),
    Journey(
        "locker_lost",
        "The parcel disappears between the sorting hub and the receiver's town.",
        "locker",
        (*_LOCKER_DROP_OFF, *_OVERNIGHT[:3], _step("delay_in_delivery", 24), _step("missing", 120)),
    ),
    Journey(
        "locker_oversized",
        "The parcel does not fit into the locker and is collected at the branch.",
        "locker",
        (
            *_TO_LOCKER[:-1],
            _step("oversized", 3),
            _step("ready_to_pickup_from_branch", 5, "target"),
            _step("delivered", 20, "target"),
        ),
    ),
    Journey(
        "locker_overflow",
        "The target locker is full: the parcel waits at a service point until a box is free.",
        "locker",
        (
            *_TO_LOCKER[:-1],
            _step("stack_in_customer_service_point", 3),
            _step("unstack_from_customer_service_point", 18),
            _step("ready_to_pickup", 2),
            _step("delivered", 9),
        ),
    ),
    Journey(
        "locker_overflow_to_box",
        "The target locker is full: the parcel waits in another locker until a box is free.",
        "locker",
        (
            *_TO_LOCKER[:-1],
            _step("stack_in_box_machine", 3),
            _step("unstack_from_box_machine", 18),
            _step("ready_to_pickup", 2),
            _step("delivered", 9),
        ),
    ),
    Journey(
        "pok_pickup",
        "Handed in at one service point and collected at another.",
        "locker",
        (
            *_POINT_DROP_OFF,
            *_OVERNIGHT,
            _step("out_for_delivery", 2, "target"),
            _step("ready_to_pickup_from_pok", 3),
            _step("delivered", 9),
        ),
    ),
    Journey(
        "door_delivered",
        "Delivered at the address on the first attempt.",
        "courier",
        (*_TO_DOOR, _step("delivered", 4)),
    ),
    Journey(
        "door_delivered_documents_returned",
        "Delivered at the address; the confirmed documents go back to the sender.",
        "courier",
        (*_TO_DOOR, _step("return_pickup_confirmation_to_sender", 4)),
    ),
    Journey(
        "door_second_attempt",
        "Nobody at home; delivered the next day.",
        "courier",
        (
            *_TO_DOOR,
            _step("pickup_reminder_sent_address", 4),
            _step("adopted_at_target_branch", 5, "target"),
            _step("out_for_delivery_to_address", 15, "target"),
            _step("delivered", 4),
        ),
    ),
    Journey(
        "door_undelivered",
        "The address is wrong; the parcel goes back to the sender.",
        "courier",
        (
            *_TO_DOOR,
            _step("undelivered_wrong_address", 4),
            _step("undelivered", 5, "target"),
            _step("returned_to_sender", 48, "target"),
        ),
    ),
    Journey(
        "door_rejected",
        "The receiver refuses the parcel; it goes back to the sender.",
        "courier",
        (
            *_TO_DOOR,
            _step("rejected_by_receiver", 4),
            _step("returned_to_sender", 24, "target"),
        ),
    ),
    Journey(
        "door_cod_no_cash",
        "The receiver cannot pay the COD at the first attempt and pays the next day.",
        "courier",
        (
            *_TO_DOOR,
            _step("undelivered_cod_cash_receiver", 4),
            _step("adopted_at_target_branch", 5, "target"),
            _step("out_for_delivery_to_address", 15, "target"),
            _step("delivered", 4),
        ),
    ),
    Journey(
        "redirected_to_box",
        "The receiver moves a courier parcel to a locker and collects it there.",
        "courier",
        (
            *_COURIER_PICK_UP,
            *_OVERNIGHT,
            _step("redirect_to_box", 1),
            *_INTO_THE_LOCKER,
            _step("delivered", 9),
        ),
    ),
    Journey(
        "unused_canceled",
        "The label is never used and InPost cancels it after 45 days.",
        "any",
        (Step("canceled", timedelta(days=45)),),
    ),
)

JOURNEYS: dict[str, Journey] = {journey.name: journey for journey in _ALL}
"""Journey name -> journey."""

FIRST_SCANS: dict[str, str] = {
    "parcel_locker": "dispatched_by_sender",
    "dispatch_order": "collected_from_sender",
    **dict.fromkeys(("pok", "courier_pok", "pop"), "dispatched_by_sender_to_pok"),
}
"""Sending method -> the first scan after `confirmed` (inferred from the texts of the statuses)."""

USUAL_AGENCIES: dict[str, Agency | None] = {
    step.status: step.agency for journey in reversed(_ALL) for step in journey.steps
}
"""Whose scan a status is on the first journey that has it; those of no journey are missing."""
