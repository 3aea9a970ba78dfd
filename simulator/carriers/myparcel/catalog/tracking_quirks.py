"""The quirks of tracking and webhooks."""

from __future__ import annotations

from simulator.carriers.quirk import NumberRange, QuirkSpec

TRACKING_QUIRKS: tuple[QuirkSpec, ...] = (
    QuirkSpec(
        name="myparcel.tracktrace_ids",
        default_observed="integer",
        default_documented="integer",
        values=("integer", "string"),
        summary="The type of `shipment_id` in a tracktrace (K25).",
        source="Document: an integer by its type, a string in its examples.",
        provenance="documented",
    ),
    QuirkSpec(
        name="myparcel.inactive_after_days",
        default_observed=30,
        default_documented=30,
        values=NumberRange(0, 365, whole=True),
        summary="Days without a scan after which a shipment becomes inactive; 0: it never does. "
        "Fewer days count from its next change of status on.",
        source="Document: only that the inactive statuses exist.",
        provenance="inferred",
    ),
    QuirkSpec(
        name="myparcel.webhook_body",
        default_observed="wrapped",
        default_documented="bare",
        values=("wrapped", "bare"),
        summary="Whether an event is sent inside `data.hooks` or as it is (K21).",
        source="Document: bare. Documents of the Dutch API since August 2017: wrapped.",
        provenance="observed",
    ),
    QuirkSpec(
        name="myparcel.webhook_retries",
        default_observed=3,
        default_documented=0,
        values=NumberRange(0, 20, whole=True),
        summary="How often a notification is sent again when nobody answers it with 2xx.",
        source="Retries are not documented.",
        provenance="inferred",
    ),
    QuirkSpec(
        name="myparcel.subscriptions_status",
        default_observed=200,
        default_documented=200,
        values=(200, 201),
        summary="The status of webhook subscriptions that are read by id (K24).",
        source="Document: 201 in its table, 200 in its text and example. Recording: 200.",
        provenance="observed",
    ),
)
