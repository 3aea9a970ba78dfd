"""The quirks of tracking and webhooks."""

from __future__ import annotations

from simulator.carriers.quirk import NumberRange, QuirkSpec, agreed, disputed

TRACKING_QUIRKS: tuple[QuirkSpec, ...] = (
    agreed(
        "myparcel.tracktrace_ids",
        default="integer",
        values=("integer", "string"),
        summary="The type of `shipment_id` in a tracktrace (K25).",
        source="Document: an integer by its type, a string in its examples.",
        provenance="documented",
    ),
    agreed(
        "myparcel.inactive_after_days",
        default=30,
        values=NumberRange(0, 365, whole=True),
        summary="Days without a scan after which a shipment becomes inactive; 0: it never does. "
        "Fewer days count from its next change of status on.",
        source="Document: only that the inactive statuses exist.",
        provenance="inferred",
    ),
    agreed(
        "myparcel.inactive",
        default="unscanned",
        values=("unscanned", "all"),
        summary="What becomes inactive without a scan: concepts and labels that were never used, "
        "or also what was on its way or delivered.",
        source="Document: only that the inactive statuses exist, those of delivered packages too.",
        provenance="inferred",
    ),
    disputed(
        "myparcel.unknown_ids",
        observed="refused",
        documented="not_found",
        values=("refused", "not_found"),
        summary="Labels and tracking of a shipment that nobody has, and a webhook subscription "
        "that nobody has: refused with 403/3001 and 422/10001, or 404. What is somebody else's "
        "stays refused.",
        source="Document: 404 when a resource cannot be found, by its list of status codes. "
        "Clients of the Dutch API: Permission Denied.",
        provenance="observed",
    ),
    disputed(
        "myparcel.webhook_body",
        observed="wrapped",
        documented="bare",
        values=("wrapped", "bare"),
        summary="Whether an event is sent inside `data.hooks` or as it is (K21).",
        source="Document: bare. Documents of the Dutch API since August 2017: wrapped.",
        provenance="observed",
    ),
    disputed(
        "myparcel.webhook_url",
        observed="as_given",
        documented="lower_case",
        values=("as_given", "lower_case"),
        summary="Whether a notification goes to the address just as the subscription gave it, or "
        "to all of it in lower case.",
        source="Documents of the Dutch API: lower-cased before use, which spoils paths and tokens "
        "with capitals. Shops of today have both in their addresses.",
        provenance="inferred",
    ),
    disputed(
        "myparcel.webhook_retries",
        observed=3,
        documented=0,
        values=NumberRange(0, 20, whole=True),
        summary="How often a notification is sent again when nobody answers it with 2xx.",
        source="Retries are not documented.",
        provenance="inferred",
    ),
    agreed(
        "myparcel.subscriptions_status",
        default=200,
        values=(200, 201),
        summary="The status of webhook subscriptions that are read by id (K24).",
        source="Document: 201 in its table, 200 in its text and example. Recording: 200.",
        provenance="observed",
    ),
)
