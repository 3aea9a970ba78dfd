"""How long texts may be and how many there may be of something, by edition.

Documented: 255 characters of every text (2017); today the lengths of its public description, two of
which issue threads show refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

LONGEST_OF_2017 = 255


class Between(NamedTuple):
    """The bounds of a number or of a count, both included; None where there is none."""

    least: int
    most: int | None


LENGTHS_TODAY: Mapping[str, int] = {
    "recipient.street": 40,
    "recipient.street_additional_info": 50,
    "recipient.person": 50,
    "recipient.company": 50,
    "recipient.number": 8,
    "recipient.number_suffix": 6,
    "recipient.box_number": 8,
    "recipient.postal_code": 10,
    "recipient.city": 35,
    "recipient.region": 35,
    "recipient.state": 2,
    "recipient.area": 35,
    "recipient.phone": 25,
    "options.label_description": 45,
    "customs_declaration.items.description": 50,
}

LENGTHS_2017: Mapping[str, int] = dict.fromkeys(LENGTHS_TODAY, LONGEST_OF_2017)
"""The path of a text within a shipment -> its most characters."""

COUNTS_TODAY: Mapping[str, Between] = {
    "shipments": Between(1, 100),
    "customs_declaration.items": Between(1, 100),
    "customs_declaration.items.amount": Between(1, 99_999),
}

COUNTS_2017: Mapping[str, Between] = {
    **dict.fromkeys(COUNTS_TODAY, Between(1, None)),
    "shipments": COUNTS_TODAY["shipments"],
}
"""As `COUNTS_TODAY`; that of 2017 has no bounds but, inferred, that of a request's shipments. The
path of a list or of a number -> how many elements it has, or how large it is."""
