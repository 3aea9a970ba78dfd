"""Services and mail types, and what numbers they give out.

Service codes UZPO, UZPO-PRIME, LTPO and FREEP are seen in public samples, the carriers behind them
and LOCKER are inferred. Mail types are from the public article on parcels, their S10 letters from
the UPU standard (N14).
"""

from __future__ import annotations

from typing import NamedTuple


class Service(NamedTuple):
    """A service: who carries, and the country in the S10 numbers that it gives out."""

    code: str
    carrier: str
    carrier_code: str
    number_country: str


SERVICES: dict[str, Service] = {
    service.code: service
    for service in (
        Service("UZPO", "Uzbekistan Post", "UZP", "UZ"),
        Service("UZPO-PRIME", "Uzbekistan Post", "UZP", "UZ"),
        Service("LTPO", "Lithuania Post", "LTP", "LT"),
        Service("FREEP", "Free Post", "FRP", "EE"),
        Service("LOCKER", "DPD Baltics", "DPB", "EE"),
    )
}


class MailType(NamedTuple):
    """A mail type: the letter its S10 numbers begin with, None for numbers that are none, and
    whether it travels by post."""

    name: str
    letter: str | None
    postal: bool


MAIL_TYPES: dict[str, MailType] = {
    mail_type.name: mail_type
    for mail_type in (
        MailType("EMS", "E", True),
        MailType("NonPostal", None, False),
        MailType("NotRegistered", "U", True),
        MailType("ParcelUPU", "C", True),
        MailType("Premium", "L", True),
        MailType("Prime", "L", True),
        MailType("Registered", "R", True),
        MailType("SRM", "L", True),
    )
}

TRANSACTION_TYPES = ("B2C", "C2C")

SHIPMENT_TYPES = (
    "AWB",
    "CMR",
    "Courier",
    "Labels",
    "MailTransit",
    "PostalLastMile",
    "Transport",
    "VirtualDespatch",
)

TERMINALS: dict[str, str] = {
    "AMS": "Amsterdam",
    "NDL": "Netherlands",
    "PDL": "Poland",
    "HKT": "Hong Kong",
    "MNL": "Manila",
    "BKK": "Bangkok",
    "TLL": "Tallinn",
}
"""Terminal code -> place; AMS is the usual one."""

LABEL_SIZES: dict[str, tuple[int, int]] = {
    "Default": (104, 152),
    "Medium": (147, 213),
    "Large": (213, 275),
}
"""Label size -> width and height in millimetres (N23; the names but the first are inferred)."""

MANY_ITEMS = 5
"""A parcel with more kinds of goods has the large label (N23)."""


def label_size(mail_type: str, items: int) -> str:
    """The name of the size of a parcel's label, by its mail type and its number of items."""
    if items > MANY_ITEMS:
        return "Large"
    return "Medium" if mail_type in ("EMS", "ParcelUPU") else "Default"
