"""The quirks of InPost ShipX: what can be switched, and why it is in doubt."""

from __future__ import annotations

from simulator.carriers.editions import editions
from simulator.carriers.editions.editions import Editions
from simulator.carriers.inpost.catalog.field_reports import FIELD_REPORTS
from simulator.carriers.inpost.catalog.oddities import ODDITIES
from simulator.carriers.magic.values import switch
from simulator.carriers.quirk import NumberRange, QuirkSpec, agreed, disputed

DISAGREEMENTS: tuple[QuirkSpec, ...] = (
    disputed(
        "inpost.forbidden_key",
        observed="forbidden",
        documented="access_forbidden",
        values=("forbidden", "access_forbidden"),
        summary="The `error` key of a 403 answer.",
        source="Sandbox recordings say forbidden; the documentation uses both words.",
        provenance="observed",
    ),
    disputed(
        "inpost.foreign_organization",
        observed=403,
        documented=404,
        values=(403, 404),
        summary="The status for an organization in the path that the token does not belong to.",
        source="Sandbox recordings: 403. Shipments document: 404 resource_not_found.",
        provenance="observed",
    ),
    disputed(
        "inpost.unknown_organization",
        observed=403,
        documented=404,
        values=(403, 404),
        summary="The status for an organization in the path that does not exist.",
        source="No recording tells it from a foreign one; the shipments document says 404.",
        provenance="inferred",
    ),
    disputed(
        "inpost.default_per_page",
        observed=100,
        documented=30,
        values=NumberRange(1, 100, whole=True),
        summary="Items on a page when `per_page` is not given; points and cost centres have "
        "a number of their own.",
        source="Shipments document: 30. Several recordings: 100.",
        provenance="observed",
    ),
    disputed(
        "inpost.default_sort",
        observed="id",
        documented="created_at",
        values=("id", "created_at"),
        summary="What a shipment list is sorted by, descending, when `sort_by` is not given.",
        source="Sandbox recordings: id. Documentation: created_at.",
        provenance="observed",
    ),
    disputed(
        "inpost.cancel_offer_selected",
        observed=False,
        documented=True,
        summary="Whether a shipment may be cancelled in `offer_selected`.",
        source="The sandbox and the English documentation refuse; the Polish one allows it.",
        provenance="observed",
    ),
    agreed(
        "inpost.expired_offers",
        default="refuse",
        values=("refuse", "lenient"),
        summary="After 5 minutes an offer turns `expired` and buying it is refused, or (lenient) "
        "it keeps its status and can still be bought.",
        source="Documentation: 5 minutes, error offer_expired. Sandbox: `selected` 40 minutes "
        "past the end; `expired` was never seen.",
        provenance="documented",
    ),
    agreed(
        "inpost.rate",
        default="by_account",
        values=("by_account", "hidden"),
        summary="Offers carry a `rate` on prepaid accounts and null on postpaid ones, or "
        "(hidden) null on all.",
        source="Shipments document: null for debit clients. Two funded prepaid sandbox accounts "
        "had null too; prices are what makes a prepaid account testable.",
        provenance="documented",
    ),
    agreed(
        "inpost.sending_methods_envelope",
        default="envelope",
        values=("envelope", "array"),
        summary="GET /v1/sending_methods answers `{href, items}` or a bare array.",
        source="Documentation and sandbox tests: envelope. A recording of 2023: bare array.",
        provenance="observed",
    ),
    agreed(
        "inpost.tracking",
        default="clock",
        values=("clock", "not_found"),
        summary="Tracking tells the parcel's history, or answers 404 for every number.",
        source="Documentation and production recordings show histories; the sandbox has none.",
        provenance="observed",
    ),
    agreed(
        "inpost.listing_lag",
        default=0,
        values=NumberRange(0, 5.4),
        summary="Seconds for which a new shipment is missing from lists. GET by id and the `id` "
        "filter are immediate.",
        source="Sandbox: 0 to about 5.4 s, from an index refreshed every 5 s. Off by default so "
        "that tests need not wait.",
        provenance="inferred",
    ),
    agreed(
        "inpost.webhook_retries",
        default=3,
        values=NumberRange(0, 10, whole=True),
        summary="How often a webhook that was not answered with 2xx is sent again.",
        source="Not documented and never recorded.",
        provenance="inferred",
    ),
    agreed(
        "inpost.funds",
        default="balance",
        values=("balance", "unlimited"),
        summary="A prepaid purchase takes money from the organization's balance and fails with "
        "debt_collection when it is short, or (unlimited) always succeeds.",
        source="Sandbox: a purchase without funds ends in a failed transaction.",
        provenance="observed",
    ),
    agreed(
        "inpost.status_webhook_for_confirmed",
        default=False,
        summary="Whether `shipment_status_changed` is sent for `confirmed` besides "
        "`shipment_confirmed`.",
        source="No document or recording shows it.",
        provenance="inferred",
    ),
    disputed(
        "inpost.weight_minimum",
        observed="service_table",
        documented="form",
        values=("service_table", "form"),
        summary="The smallest weight of a parcel: 0.01 kg (service_table) or 1 kg (form).",
        source="The documentation contradicts itself: form rules say 1, the service table 0.01.",
        provenance="documented",
    ),
    disputed(
        "inpost.template_dimensions",
        observed="observed",
        documented="documented",
        values=("observed", "documented"),
        summary="`small` is echoed as length 380, width 640 (observed) or as length 640, width "
        "380 (documented); other templates likewise.",
        source="Sandbox recordings against the documentation's size table.",
        provenance="observed",
    ),
    disputed(
        "inpost.id_type",
        observed="integer",
        documented="string",
        values=("integer", "string"),
        summary="How the ids of resources are written in answers.",
        source="Sandbox recordings: integers. Documents: strings in examples, and numbers for "
        "offers, `created_by_id`, `dispatch_order_id` and the ids in webhooks.",
        provenance="observed",
    ),
    disputed(
        "inpost.letter_target_point",
        observed="optional",
        documented="required",
        values=("optional", "required"),
        summary="Whether `inpost_letter_allegro` needs `custom_attributes.target_point`.",
        source="Documentation: required. The carrier's own example request has none.",
        provenance="documented",
    ),
    disputed(
        "inpost.locker_dropoff_point",
        observed="optional",
        documented="required",
        values=("optional", "required"),
        summary="Whether `custom_attributes.dropoff_point` has to be given with the sending method "
        "`parcel_locker`; without one the parcel may be left in any locker.",
        source="Live probes of a prepaid account and six clients: absent, null and an empty text "
        "are taken. Documentation: required, though its example of a shipment has null.",
        provenance="observed",
    ),
    disputed(
        "inpost.c2c_sending_methods",
        observed="observed",
        documented="documented",
        values=("observed", "documented"),
        summary="Whether `inpost_courier_c2c` takes any_point, pok and courier_pok (observed) "
        "besides parcel_locker, pop and dispatch_order (documented).",
        source="Live probes of a prepaid account against the documentation's matrix.",
        provenance="observed",
    ),
    disputed(
        "inpost.courier_target_point",
        observed="drop",
        documented="refuse",
        values=("drop", "refuse"),
        summary="A `custom_attributes.target_point` with a service that goes to an address is "
        "dropped once the service is known, or refused (`unavailable`).",
        source="Clients send it with courier services and get their shipment. Documentation: only "
        "locker shipments; the key is inferred.",
        provenance="observed",
    ),
    disputed(
        "inpost.locker_landlines",
        observed="refuse",
        documented="accept",
        values=("refuse", "accept"),
        summary="Whether locker services take a receiver's Polish landline, by its area code and "
        "with or without +48, or find it `invalid`.",
        source="Threads of Allegro's API: refused. Documentation: nine digits.",
        provenance="observed",
    ),
    disputed(
        "inpost.insurance_below_cod",
        observed="whole",
        documented="amount",
        values=("whole", "amount"),
        summary="An insurance that does not cover the COD is told as `insurance: "
        "[should_be_greater_or_equal_than_cod]`, at lockers too when there is one (whole), or for "
        "courier services under `insurance.amount` as required or too_small (amount).",
        source="Two shop plugins in use, one of them InPost's own. Documentation: required for "
        "courier services with COD, and should not be less; the keys are inferred.",
        provenance="observed",
    ),
    agreed(
        "inpost.weekend_error_shape",
        default="details",
        values=("details", "error"),
        summary="What is wrong with a weekend parcel stands in `details.end_of_week_collection`, "
        "or (error) its key is the `error` itself.",
        source="Shop plugins in use read the keys in either place.",
        provenance="observed",
    ),
    agreed(
        "inpost.most_parcels",
        default=99,
        values=(99, 1000),
        summary="The largest number of parcels in a courier shipment.",
        source="Newest documentation: 99. Older: 1000.",
        provenance="documented",
    ),
    disputed(
        "inpost.prepaid_services",
        observed="recorded",
        documented="documented",
        values=("recorded", "documented"),
        summary="A prepaid organization has, as it is made, the six services of the documents, or "
        "(recorded) economy and the two Smart services besides. `inpost.set_contracts` changes "
        "those of one that is there.",
        source="Integration document: six. The recorded prepaid account had nine.",
        provenance="observed",
    ),
    disputed(
        "inpost.target_point_error_shape",
        observed="nested",
        documented="flat",
        values=("nested", "flat"),
        summary="`invalid_box_machine_function` stands under `custom_attributes` or directly "
        "under `target_point`.",
        source="Recorded target point errors are nested; the FAQ shows this one flat.",
        provenance="observed",
    ),
    disputed(
        "inpost.shipment_href",
        observed="short",
        documented="organization",
        values=("short", "organization"),
        summary="A shipment's `href` is /v1/shipments/:id or (organization) "
        "/v1/organizations/:org/shipments/:id; a GET of either is answered.",
        source="Sandbox recordings against the example of the shipments document.",
        provenance="observed",
    ),
    disputed(
        "inpost.list_envelope_order",
        observed="page_first",
        documented="per_page_first",
        values=("page_first", "per_page_first"),
        summary="The order of `page` and `per_page` in the envelope of a list.",
        source="Sandbox recordings against the example of the shipments document.",
        provenance="observed",
    ),
)
"""Where the sources disagree or are silent."""

EDITIONS = Editions("inpost")
"""There is one edition of this API."""

QUIRKS: tuple[QuirkSpec, ...] = (
    editions.switch(
        EDITIONS,
        documented="auto",
        summary="Which edition of the API answers; there is one.",
        source="The documents of ShipX and what was recorded of it agree on one.",
    ),
    *DISAGREEMENTS,
    *ODDITIES,
    *FIELD_REPORTS,
    switch("inpost"),
)
"""Every quirk of the carrier."""
