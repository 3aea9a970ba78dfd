"""Quirks that live probes and clients in use of 2026 gave rise to, against the older documents."""

from __future__ import annotations

from simulator.carriers.quirk import NumberRange, QuirkSpec, agreed, disputed

FIELD_REPORTS: tuple[QuirkSpec, ...] = (
    disputed(
        "inpost.dispatch_order_rejects_drop_offs",
        observed=True,
        documented=False,
        summary="A dispatch order with a parcel that its sender hands over himself (parcel_locker, "
        "any_point, pop, pok, courier_pok, branch) is answered with 201 and `rejected` later; when "
        "off, couriers collect every parcel.",
        source="Live probes of a prepaid account met it for parcel_locker, to both targets; "
        "the documents ask for `confirmed` alone. The other sending methods are inferred.",
        provenance="observed",
    ),
    disputed(
        "inpost.dispatch_order_progress",
        observed=True,
        documented=False,
        summary="Dispatch orders have `statuses`, `errors`, `price` and `external_id`.",
        source="Live probes and two clients in use; the documents' order has none of them.",
        provenance="observed",
    ),
    agreed(
        "inpost.numbered_shipment_ids",
        default="accept",
        values=("accept", "refuse"),
        summary="`shipment_ids[0]=1&shipment_ids[1]=2` is read as a list, or (refuse) not read at "
        "all: `shipment_ids` is `required`.",
        source="Two clients in use write it so (2020); a live probe of 2026 was refused.",
        provenance="inferred",
    ),
    disputed(
        "inpost.routing_errors",
        observed="routing_not_found",
        documented="method_not_allowed",
        values=("routing_not_found", "method_not_allowed"),
        summary="An unknown path, and a method that a path does not have, are 404 "
        "`routing_not_found`; or 404 `resource_not_found` and 405 with `Allow`.",
        source="Live probes of 2026. The documents name no key; they know no 405 either.",
        provenance="observed",
    ),
    disputed(
        "inpost.point_details",
        observed=True,
        documented=False,
        summary="Points have the members of 2026 besides the documented ones: `country`, "
        "`physical_type`, `locker_availability` and so on.",
        source="A typed client and a survey of the points API of 2026.",
        provenance="observed",
    ),
    disputed(
        "inpost.short_languages",
        observed=True,
        documented=False,
        summary="Whether `lang` may be `pl` or `en` besides `pl_PL` and `en_GB`.",
        source="Two clients in use send the short codes. The documents name the long ones.",
        provenance="observed",
    ),
    disputed(
        "inpost.empty_transaction_details",
        observed=False,
        documented=True,
        summary="The `details` of a failed transaction hold an empty `details` besides "
        "`status`, `error` and `message`.",
        source="A live probe of 2026: three keys. Older recordings: four.",
        provenance="observed",
    ),
    disputed(
        "inpost.purchases_resume",
        observed=True,
        documented=False,
        summary="Shipments that hang with `company_data_missing` are paid for by themselves once "
        "the organization has a bank account; otherwise their offers have to be bought again.",
        source="A live probe of 2026 saw them `confirmed` after the number was added. Documents: a "
        "`selected` offer can be bought.",
        provenance="observed",
    ),
    agreed(
        "inpost.label_days",
        default=0,
        values=NumberRange(0, 365),
        summary="Days after the confirmation from which on a label cannot be made any more "
        "(label_generation_failed); 0 is never.",
        source="Clients met it with shipments that were weeks old; how old is not known.",
        provenance="observed",
    ),
)
"""Where what is met in the field is newer than the documents."""
