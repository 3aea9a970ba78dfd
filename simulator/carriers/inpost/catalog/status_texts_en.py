"""English titles and descriptions of the shipment statuses.

Observed titles: `created`, `offers_prepared`, `offer_selected`, `confirmed` and `delivered`.
`missing` is a hole in the carrier's own translation files and is served as the carrier serves it.
The other sentences carry the documented meaning in our words.
"""

from __future__ import annotations

TEXTS_EN: dict[str, tuple[str, str]] = {
    "created": ("Parcel created.", "The parcel exists but is not ready to be sent yet."),
    "offers_prepared": ("Offers are prepared.", "Offers for the parcel are known."),
    "offer_selected": ("Offer selected.", "One offer was chosen and waits for payment."),
    "confirmed": (
        "Prepared by the Sender.",
        "The label is paid for and the sender still has the parcel.",
    ),
    "dispatched_by_sender": (
        "Parcel dispatched in a locker.",
        "The sender put the parcel into a parcel locker, where a courier will collect it.",
    ),
    "collected_from_sender": (
        "Collected from the sender.",
        "The courier picked the parcel up at the sender and takes it to a branch.",
    ),
    "taken_by_courier": (
        "Received from the sender.",
        "The courier has the parcel and is on the way to a branch.",
    ),
    "adopted_at_source_branch": (
        "Received at an InPost branch.",
        "The parcel reached a logistics centre and will be sent on.",
    ),
    "sent_from_source_branch": ("On the way.", "The parcel left for the next logistics hub."),
    "ready_to_pickup_from_pok": (
        "Waiting at a service point.",
        "The parcel can be collected at the service point for 3 days.",
    ),
    "ready_to_pickup_from_pok_registered": (
        "Waiting at a service point, notice registered.",
        "The receiver was notified and can collect the parcel at the service point for 3 days.",
    ),
    "oversized": (
        "Parcel too large.",
        "The parcel does not fit into the locker and needs another way of delivery.",
    ),
    "adopted_at_sorting_center": (
        "Received at the sorting centre.",
        "The parcel waits at the main sorting hub for its next leg.",
    ),
    "sent_from_sorting_center": (
        "Sent from the sorting centre.",
        "The parcel left the sorting hub for the receiver's region.",
    ),
    "adopted_at_target_branch": (
        "Received at the target branch.",
        "The parcel is in the receiver's town and will soon go out for delivery.",
    ),
    "out_for_delivery": (
        "Handed over for delivery.",
        "A courier has the parcel and takes it to the locker.",
    ),
    "ready_to_pickup": (
        "Ready to be collected.",
        "The parcel lies in the target locker; the receiver was sent the opening code.",
    ),
    "pickup_reminder_sent": (
        "Collection reminder.",
        "12 hours are left to collect the parcel from the locker.",
    ),
    "delivered": ("Delivered.", "The receiver has the parcel."),
    "pickup_time_expired": (
        "Collection time over.",
        "The parcel was not collected in time and a courier will take it out of the locker.",
    ),
    "avizo": (
        "Back at the branch.",
        "The parcel returned to the branch and the receiver was notified.",
    ),
    "claimed": ("Complaint raised.", "A complaint about the parcel was raised at the locker."),
    "returned_to_sender": (
        "Returned to the sender.",
        "The parcel could not be delivered and is on its way back.",
    ),
    "canceled": (
        "Label cancelled.",
        "The label was cancelled or was not used in time; the parcel will not be carried.",
    ),
    "other": ("Unrecognised status.", "The parcel is in a state that has no name of its own."),
    "dispatched_by_sender_to_pok": (
        "Handed in at a service point.",
        "The sender left the parcel at a service point, where a courier will collect it.",
    ),
    "out_for_delivery_to_address": (
        "With the courier.",
        "A courier has the parcel and will try to deliver it at the address today.",
    ),
    "pickup_reminder_sent_address": (
        "Receiver not found at the address.",
        "Nobody took the parcel; the courier will try again.",
    ),
    "rejected_by_receiver": ("Refused.", "The receiver refused to accept the parcel."),
    "undelivered_wrong_address": (
        "Not delivered: wrong address.",
        "The address on the label does not lead to the receiver.",
    ),
    "undelivered_incomplete_address": (
        "Not delivered: incomplete address.",
        "The address lacks details without which the courier cannot find the receiver.",
    ),
    "undelivered_unknown_receiver": (
        "Not delivered: receiver unknown.",
        "Nobody at the address knows the receiver.",
    ),
    "undelivered_cod_cash_receiver": (
        "Not delivered: no cash for the COD.",
        "The receiver could not pay the amount to be collected.",
    ),
    "taken_by_courier_from_pok": (
        "Collected from the service point.",
        "A courier took the parcel from the service point to a branch.",
    ),
    "undelivered": (
        "Not delivered.",
        "Delivery did not succeed and the parcel was moved to the warehouse.",
    ),
    "return_pickup_confirmation_to_sender": (
        "Return documents ready.",
        "The parcel was delivered and its confirmed documents go back to the sender.",
    ),
    "ready_to_pickup_from_branch": (
        "Waiting at the branch.",
        "The receiver can collect the parcel at the branch.",
    ),
    "delay_in_delivery": ("Delivery delayed.", "The parcel will arrive later than planned."),
    "redirect_to_box": (
        "Redirected to a locker.",
        "At the receiver's wish the courier parcel goes to a parcel locker.",
    ),
    "canceled_redirect_to_box": (
        "Redirection called off.",
        "The parcel is too large for a locker and will be delivered at the address.",
    ),
    "readdressed": ("Readdressed.", "The parcel goes to another address, free of charge."),
    "undelivered_no_mailbox": (
        "Not delivered: no mailbox.",
        "The receiver has no mailbox at the address.",
    ),
    "undelivered_not_live_address": (
        "Not delivered: receiver does not live there.",
        "The receiver does not live at the address given.",
    ),
    "undelivered_lack_of_access_letterbox": (
        "Not delivered: no access to the mailbox.",
        "The mailbox could not be reached; the parcel will be returned.",
    ),
    "missing": (
        "translation missing: en_GB.statuses.missing.title",
        "translation missing: en_GB.statuses.missing.description",
    ),
    "stack_in_customer_service_point": (
        "Stored at a service point.",
        "The locker is full; the parcel waits at a nearby point until a box is free.",
    ),
    "stack_parcel_pickup_time_expired": (
        "Storage time at the point over.",
        "The parcel was not collected at the service point in time.",
    ),
    "unstack_from_customer_service_point": (
        "From the point to the locker.",
        "A courier takes the parcel from the service point to the target locker.",
    ),
    "courier_avizo_in_customer_service_point": (
        "Notice left, waiting at a service point.",
        "The courier left the parcel at a service point, where it waits for 3 days.",
    ),
    "taken_by_courier_from_customer_service_point": (
        "Taken back from the service point.",
        "The waiting time at the service point is over and a courier took the parcel.",
    ),
    "stack_in_box_machine": (
        "Stored in a temporary locker.",
        "The target locker is full; the parcel waits in another locker nearby.",
    ),
    "unstack_from_box_machine": (
        "Leaving the temporary locker.",
        "A courier takes the parcel from the temporary locker to the target one.",
    ),
    "stack_parcel_in_box_machine_pickup_time_expired": (
        "Storage time in the temporary locker over.",
        "The parcel was not collected from the temporary locker in time.",
    ),
}
"""Status name -> (title, description)."""
