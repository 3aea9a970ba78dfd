"""Errors as Problem Details (RFC 9457), which the API of today gives to whoever accepts them.

Observed: the body of a refused create in the tests of the module for Magento (2026-08), and the
models of the PHP SDK, whose descriptions say what the members are. Its Accept header had
``application/*`` behind JSON then, and names this type now; clients that name neither got the
other form in 2026, too, so that the header is taken to choose (inferred). The titles are those of
the documents of 2026-01, section 15, two of which the recording has otherwise; one without a code
goes by its status (inferred).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from simulator.core.phrases import phrase

MEDIA_TYPE = "application/problem+json"

_NO_WORD = re.compile(r"[^a-z0-9]+")


class Kind(NamedTuple):
    """What sort of problem it is: its URN, and in words."""

    type: str
    title: str


def _kind(title: str) -> Kind:
    return Kind(f"urn:problem:{_NO_WORD.sub('-', title.lower()).strip('-')}", title)


_TITLES: Mapping[int, str] = {
    3000: "Access denied",
    3001: "Permission denied",
    3100: "Invalid content type",
    3101: "Invalid character set",
    3102: "Invalid accept header",
    3103: "Invalid authorization header",
    3104: "Invalid authentication method",
    3105: "Invalid route",
    3200: "Invalid query parameter page",
    3201: "Invalid query parameter size",
    3202: "Invalid query parameter sort column",
    3203: "Invalid query parameter order",
    3205: "Invalid query parameter shipment status",
    3206: "Invalid query parameter from",
    3207: "Invalid query parameter to",
    3210: "Invalid query parameter id",
    3211: "Invalid query parameter country code",
    3212: "Missing required parameter",
    3213: "Invalid query parameter dropoff delay",
    3214: "Invalid query parameter cutoff time",
    3218: "Invalid query parameter latitude",
    3219: "Invalid query parameter longitude",
    3221: "Invalid query parameter delivery type",
    3222: "Invalid query parameter carrier",
    3223: "Invalid query parameter package type",
    3501: "Invalid address",
    3503: "Invalid house number",
    3505: "Invalid postal code",
    3506: "Invalid country code",
    3509: "Recipient street max length exceeded",
    3510: "Recipient name max length exceeded",
    3511: "Invalid address number suffix",
    3512: "Invalid recipient phone number",
    3513: "Company name max length exceeded",
    3514: "Invalid person or company name",
    3515: "Email address max length exceeded",
    3517: "Country not supported for product",
    3702: "Invalid customs declaration",
    3703: "Invalid invoice number in customs declaration",
    3704: "Invalid physical properties",
    3705: "Invalid shipment options",
    3706: "Invalid shipment status",
    3708: "Invalid shipment label position",
    3709: "Invalid shipment label paper format",
    3710: "Return shipment url is expired",
    3711: "Cannot update shipment recipient country code",
    3712: "Cannot update shipment package type",
    3713: "Cannot update shipment status",
    3714: "Cannot create return shipment",
    3715: "Return shipments are for the European Union only",
    3716: "Shipment limit exceeded",
    3717: "Cannot update shipment",
    3718: "Invalid carrier for return shipment",
    3719: "Duplicate return shipment",
    3720: "Invalid parent shipment for related return shipment",
    3721: "Invalid delivery options for shipment",
    3722: "Invalid pickup location for shipment",
    3723: "Cannot delete shipment",
    3728: "Unsupported carrier",
    3730: "Invalid shipment weight",
    3733: "Package type is not supported",
    3735: "Multi collo shipment not supported",
    3736: "Invalid data for multi collo shipment",
    3743: "Invalid insurance value",
    3751: "Missing email address and phone number in recipient",
    3753: "Unsupported postal code area",
    3765: "Invalid amount in customs declaration",
    5000: "Invalid date",
    10001: "Invalid webhook subscription",
    10002: "Invalid webhook url",
    10003: "Invalid webhook hook",
}

_KINDS: Mapping[int, Kind] = {code: _kind(title) for code, title in _TITLES.items()}

_SHIPMENTS = _kind("Invalid shipments")
"""What a refused body of shipments is as a whole (observed)."""


def kind_of(code: int, status: int) -> Kind:
    """The kind of a problem by its code, else by the status of the answer."""
    return _KINDS.get(code) or _kind(phrase(status))


def kind_of_body(path: str, status: int) -> Kind:
    """The kind of a body whose members are refused."""
    return _SHIPMENTS if path == "/shipments" else kind_of(0, status)


def pointer(field: str) -> str:
    """The JSON Pointer (RFC 6901) of a place: ``data.shipments[0].carrier`` is
    ``/data/shipments/0/carrier``."""
    return "/" + field.replace("[", "/").replace("]", "").replace(".", "/")
