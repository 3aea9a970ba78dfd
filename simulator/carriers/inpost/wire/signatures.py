"""The signature of webhooks, which ShipX does not have and clients verify all the same.

It is that of the InPost Group API (documents, section Webhook Signature Verification): HMAC-SHA256
in base64, over the body or, as is agreed with a client, over ``<x-inpost-timestamp>.<body>``. A
receiver may refuse a timestamp that is some minutes old, so that it is made for the instant at
which a webhook really leaves.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime

from simulator.carriers.inpost.wire import moments
from simulator.engine.records import Webhook

SECRET = "sim-inpost-webhook-secret"
"""The key of the signatures."""

TIMESTAMPED = "timestamp_and_body"
"""The value of the quirk `inpost.webhook_signed_content` for which the timestamp is signed too."""


def headers(body: bytes, at: datetime, content: str) -> dict[str, str]:
    """The timestamp of a webhook that leaves at `at`, and the signature of what `content` names."""
    timestamp = moments.show_utc(at)
    signed = f"{timestamp}.".encode() + body if content == TIMESTAMPED else body
    digest = hmac.new(SECRET.encode(), signed, hashlib.sha256).digest()
    return {
        "x-inpost-signature": base64.b64encode(digest).decode(),
        "x-inpost-timestamp": timestamp,
    }


def stamp(webhook: Webhook, at: datetime) -> Mapping[str, str]:
    """The same headers for one that has them, as it leaves at `at`."""
    return {} if webhook.stamp is None else headers(webhook.body, at, webhook.stamp.form)
