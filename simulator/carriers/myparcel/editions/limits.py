"""How many requests a key may make in a time, by edition.

The document of 2017 has no limits: its column has those of the first later documents, for whoever
plays them with the quirk ``myparcel.rate_limits``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class RateLimit(NamedTuple):
    """So many `requests` in so many `seconds`."""

    requests: int
    seconds: int = 300

    @property
    def time(self) -> str:
        """The seconds in words."""
        return "a minute" if self.seconds == 60 else f"{self.seconds // 60} minutes"


LIMITS_2017: Mapping[str, RateLimit] = {
    "GET /": RateLimit(30),
    "GET /shipments": RateLimit(500),
    "POST /shipments": RateLimit(500),
    "GET /shipments/{ids}": RateLimit(1000),
    "DELETE /shipments/{ids}": RateLimit(300),
    "GET /shipment_labels/{ids}": RateLimit(500),
    "GET /v2/shipment_labels/{ids}": RateLimit(500),
    "GET /tracktraces/{ids}": RateLimit(300),
    "POST /webhook_subscriptions": RateLimit(30),
    "DELETE /webhook_subscriptions/{ids}": RateLimit(30),
}
"""What each operation takes from one key; others are not limited."""

LIMITS_TODAY: Mapping[str, RateLimit] = {
    **LIMITS_2017,
    "GET /delivery_options": RateLimit(60, 60),
    "GET /pickup_locations": RateLimit(60, 60),
    "GET /webhook_subscriptions": RateLimit(150),
    "GET /webhook_subscriptions/{ids}": RateLimit(150),
    "POST /webhook_subscriptions": RateLimit(150),
    "DELETE /webhook_subscriptions/{ids}": RateLimit(150),
}
