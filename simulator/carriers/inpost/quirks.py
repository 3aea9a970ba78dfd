"""The quirks of InPost ShipX: what can be switched, and why it is in doubt."""

from __future__ import annotations

from simulator.carriers.inpost.catalog.oddities import ODDITIES
from simulator.carriers.quirk import OFF_ON, NumberRange, QuirkSpec

DISAGREEMENTS: tuple[QuirkSpec, ...] = (
    QuirkSpec(
        name="inpost.forbidden_key",
        default_observed="forbidden",
        default_documented="access_forbidden",
        values=("forbidden", "access_forbidden"),
        summary="The `error` key of a 403 answer.",
        source="Sandbox recordings say forbidden; the documentation uses both words.",
        provenance="observed",
    ),
    QuirkSpec(
        name="inpost.foreign_organization",
        default_observed=403,
        default_documented=404,
        values=(403, 404),
        summary="The status for an organization in the path that the token does not belong to.",
        source="Sandbox recordings: 403. Shipments document: 404 resource_not_found.",
        provenance="observed",
    ),
    QuirkSpec(
        name="inpost.unknown_organization",
        default_observed=403,
        default_documented=404,
        values=(403, 404),
        summary="The status for an organization in the path that does not exist.",
        source="No recording tells it from a foreign one; the shipments document says 404.",
        provenance="inferred",
    ),
    QuirkSpec(
        name="inpost.default_per_page",
        default_observed=100,
        default_documented=30,
        values=NumberRange(1, 100, whole=True),
        summary="Items on a page when `per_page` is not given; points and cost centres have "
        "a number of their own.",
        source="Shipments document: 30. Several recordings: 100.",
        provenance="observed",
    ),
    QuirkSpec(
        name="inpost.default_sort",
        default_observed="id",
        default_documented="created_at",
        values=("id", "created_at"),
        summary="What a shipment list is sorted by, descending, when `sort_by` is not given.",
        source="Sandbox recordings: id. Documentation: created_at.",
        provenance="observed",
    ),
    QuirkSpec(
        name="inpost.cancel_offer_selected",
        default_observed=False,
        default_documented=True,
        values=OFF_ON,
        summary="Whether a shipment may be cancelled in `offer_selected`.",
        source="The sandbox and the English documentation refuse; the Polish one allows it.",
        provenance="observed",
    ),
    QuirkSpec(
        name="inpost.expired_offers",
        default_observed="refuse",
        default_documented="refuse",
        values=("refuse", "lenient"),
        summary="After 5 minutes an offer turns `expired` and buying it is refused, or (lenient) "
        "it keeps its status and can still be bought.",
        source="Documentation: 5 minutes, error offer_expired. Sandbox: `selected` 40 minutes "
        "past the end; `expired` was never seen.",
        provenance="documented",
    ),
    QuirkSpec(
        name="inpost.rate",
        default_observed="by_account",
        default_documented="by_account",
        values=("by_account", "hidden"),
        summary="Offers carry a `rate` on prepaid accounts and null on postpaid ones, or "
        "(hidden) null on all.",
        source="Shipments document: null for debit clients. A funded prepaid sandbox account "
        "had null too.",
        provenance="documented",
    ),
    QuirkSpec(
        name="inpost.sending_methods_envelope",
        default_observed="envelope",
        default_documented="envelope",
        values=("envelope", "array"),
        summary="GET /v1/sending_methods answers `{href, items}` or a bare array.",
        source="Documentation and sandbox tests: envelope. A recording of 2023: bare array.",
        provenance="observed",
    ),
    QuirkSpec(
        name="inpost.tracking",
        default_observed="clock",
        default_documented="clock",
        values=("clock", "not_found"),
        summary="Tracking tells the parcel's history, or answers 404 for every number.",
        source="Documentation and production recordings show histories; the sandbox has none.",
        provenance="observed",
    ),
    QuirkSpec(
        name="inpost.listing_lag",
        default_observed=0,
        default_documented=0,
        values=NumberRange(0, 5.4),
        summary="Seconds for which a new shipment is missing from lists. GET by id and the `id` "
        "filter are immediate.",
        source="Sandbox: 0 to about 5.4 s, from an index refreshed every 5 s. Off by default so "
        "that tests need not wait.",
        provenance="inferred",
    ),
    QuirkSpec(
        name="inpost.webhook_retries",
        default_observed=3,
        default_documented=3,
        values=NumberRange(0, 10, whole=True),
        summary="How often a webhook that was not answered with 2xx is sent again.",
        source="Not documented and never recorded.",
        provenance="inferred",
    ),
    QuirkSpec(
        name="inpost.funds",
        default_observed="balance",
        default_documented="balance",
        values=("balance", "unlimited"),
        summary="A prepaid purchase takes money from the organization's balance and fails with "
        "debt_collection when it is short, or (unlimited) always succeeds.",
        source="Sandbox: a purchase without funds ends in a failed transaction.",
        provenance="observed",
    ),
    QuirkSpec(
        name="inpost.status_webhook_for_confirmed",
        default_observed=False,
        default_documented=False,
        values=OFF_ON,
        summary="Whether `shipment_status_changed` is sent for `confirmed` besides "
        "`shipment_confirmed`.",
        source="No document or recording shows it.",
        provenance="inferred",
    ),
    QuirkSpec(
        name="inpost.weight_minimum",
        default_observed="service_table",
        default_documented="form",
        values=("service_table", "form"),
        summary="The smallest weight of a parcel: 0.01 kg (service_table) or 1 kg (form).",
        source="The documentation contradicts itself: form rules say 1, the service table 0.01.",
        provenance="documented",
    ),
    QuirkSpec(
        name="inpost.template_dimensions",
        default_observed="observed",
        default_documented="documented",
        values=("observed", "documented"),
        summary="`small` is echoed as length 380, width 640 (observed) or as length 640, width "
        "380 (documented); other templates likewise.",
        source="Sandbox recordings against the documentation's size table.",
        provenance="observed",
    ),
    QuirkSpec(
        name="inpost.id_type",
        default_observed="integer",
        default_documented="string",
        values=("integer", "string"),
        summary="How ids of shipments, peers, addresses and transactions are written in answers.",
        source="Sandbox recordings: integers. Documents: strings in examples.",
        provenance="observed",
    ),
    QuirkSpec(
        name="inpost.letter_target_point",
        default_observed="optional",
        default_documented="required",
        values=("optional", "required"),
        summary="Whether `inpost_letter_allegro` needs `custom_attributes.target_point`.",
        source="Documentation: required. The carrier's own example request has none.",
        provenance="documented",
    ),
    QuirkSpec(
        name="inpost.target_point_error_shape",
        default_observed="nested",
        default_documented="flat",
        values=("nested", "flat"),
        summary="`invalid_box_machine_function` stands under `custom_attributes` or directly "
        "under `target_point`.",
        source="Recorded target point errors are nested; the FAQ shows this one flat.",
        provenance="observed",
    ),
    QuirkSpec(
        name="inpost.shipment_href",
        default_observed="short",
        default_documented="organization",
        values=("short", "organization"),
        summary="A shipment's `href` is /v1/shipments/:id or (organization) "
        "/v1/organizations/:org/shipments/:id, which nothing answers to.",
        source="Sandbox recordings against the example of the shipments document.",
        provenance="observed",
    ),
    QuirkSpec(
        name="inpost.list_envelope_order",
        default_observed="page_first",
        default_documented="per_page_first",
        values=("page_first", "per_page_first"),
        summary="The order of `page` and `per_page` in the envelope of a list.",
        source="Sandbox recordings against the example of the shipments document.",
        provenance="observed",
    ),
)
"""Where the sources disagree or are silent."""

QUIRKS: tuple[QuirkSpec, ...] = (*DISAGREEMENTS, *ODDITIES)
"""Every quirk of the carrier."""
