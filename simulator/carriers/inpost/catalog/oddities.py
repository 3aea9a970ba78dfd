"""Quirks that reproduce odd behaviour of the real API."""

from __future__ import annotations

from simulator.carriers.quirk import NumberRange, QuirkSpec, agreed, disputed

ODDITIES: tuple[QuirkSpec, ...] = (
    disputed(
        "inpost.plain_http_links",
        observed=True,
        documented=False,
        summary="`Location`, `Link` and the `href` of lists say http where resources say https.",
        source="Sandbox recordings.",
        provenance="observed",
    ),
    agreed(
        "inpost.purchase_race",
        default=False,
        summary="In simplified mode a cancellation answered with 204 is undone by the purchase "
        "that was already running.",
        source="Recorded once in four tries on the sandbox, 0.36 s after the 204.",
        provenance="observed",
    ),
    disputed(
        "inpost.hide_cancelled",
        observed=True,
        documented=False,
        summary="Cancelled shipments leave every list, `count` included; GET by id and the `id` "
        "filter still find them.",
        source="Sandbox recordings.",
        provenance="observed",
    ),
    disputed(
        "inpost.id_filter_ignores_paging",
        observed=True,
        documented=False,
        summary="The first page of a list with an `id` filter holds all items, whatever `per_page` "
        "says; later pages show their part of them again.",
        source="Sandbox recording: 3 asked, 7 served, 3 of them again on page 2.",
        provenance="observed",
    ),
    agreed(
        "inpost.empty_error_bodies",
        default=False,
        summary="Errors are sent with their status but without a body.",
        source="Tests of a public SDK met it on the sandbox at times (2021).",
        provenance="observed",
    ),
    disputed(
        "inpost.translation_holes",
        observed=True,
        documented=False,
        summary="Texts that the carrier's translations lack read `translation missing: ...`.",
        source="Live status list and recorded offers.",
        provenance="observed",
    ),
    agreed(
        "inpost.rate_limit",
        default=0,
        values=NumberRange(0, 1000),
        summary="Requests per second and token above which the answer is 429, text/plain "
        "`error code: 1015`, with `Retry-After`; 0 is off.",
        source="No limit is published and none was met at four requests a second; the answer is "
        "the one of the network in front of the API.",
        provenance="inferred",
    ),
    agreed(
        "inpost.allegro_email_check",
        default=False,
        summary="Allegro services are unavailable (`allegro_email_invalid`) unless the "
        "receiver's e-mail is one that Allegro gave out.",
        source="The reason is recorded; it failed valid buyers during an outage.",
        provenance="observed",
    ),
    agreed(
        "inpost.points_errors_as_200",
        default=False,
        summary="Errors of /v1/points arrive with HTTP 200 and a body `{status, key, error}`.",
        source="A public SDK has a special case for it.",
        provenance="observed",
    ),
    agreed(
        "inpost.webhook_signature",
        default=False,
        summary="Webhooks carry the signature headers of the InPost Group API.",
        source="Not documented for ShipX; two public clients verify it all the same.",
        provenance="documented",
    ),
    agreed(
        "inpost.webhook_signed_content",
        default="body",
        values=("body", "timestamp_and_body"),
        summary="What the signature of a webhook is of: its body, or `x-inpost-timestamp`, a dot "
        "and the body.",
        source="Documents of the InPost Group API: agreed with each client; public clients verify "
        "the one, the other or both.",
        provenance="documented",
    ),
    disputed(
        "inpost.webhook_stamp",
        observed="wall",
        documented="world",
        values=("world", "wall"),
        summary="Whose time the headers of a signed webhook tell, and so what is signed: the "
        "workspace's (world), or the machine's as it leaves (wall). Its body always tells the "
        "workspace's. An organization may have a setting of its own.",
        source="Public clients refuse a timestamp that is more than five minutes off their own "
        "clock.",
        provenance="inferred",
    ),
    disputed(
        "inpost.created_by_id_in_webhooks",
        observed=False,
        documented=True,
        summary="The webhook envelope has `created_by_id: null`.",
        source="Integration document: present. Recordings of 2023: absent.",
        provenance="observed",
    ),
    agreed(
        "inpost.unknown_mpk",
        default="create",
        values=("create", "refuse"),
        summary="A create that names an unknown cost centre makes it, or is refused.",
        source="Not documented and never recorded.",
        provenance="inferred",
    ),
    agreed(
        "inpost.own_organization_for_any_id",
        default=False,
        summary="GET /v1/organizations/:org answers with the token's own organization whatever "
        "the id.",
        source="Tests of a public SDK met it on the sandbox once.",
        provenance="observed",
    ),
    agreed(
        "inpost.mpk_list_leaks_port",
        default=False,
        summary="The `href` of the cost centre list shows an internal port (:3000).",
        source="A recording of 2023.",
        provenance="observed",
    ),
    disputed(
        "inpost.identify_number",
        observed=True,
        documented=False,
        summary="The caller's parcel id comes back as `identify_number`; when off the key is "
        "left out, as in older answers.",
        source="Sandbox recordings of 2026 against fixtures of 2020.",
        provenance="observed",
    ),
    disputed(
        "inpost.offer_currency_when_unavailable",
        observed=False,
        documented=True,
        summary="Whether an unavailable offer has a `currency` (otherwise null).",
        source="Recorded webhook: null. The documents name no exception.",
        provenance="observed",
    ),
    agreed(
        "inpost.economy_label_hours",
        default=48,
        values=NumberRange(0, 168),
        summary="Hours from its confirmation for which an economy shipment has no label yet "
        "(label_not_found with `label_available_from`), unless its product is FF or DI; 0 is off.",
        source="A public shop plugin handles the error and names 48 hours.",
        provenance="observed",
    ),
)
"""Where the real API behaves oddly."""
