"""Countries by their ISO 3166-1 alpha-2 codes, and which of them MyParcel treats alike.

The carrier knows three regions: the Netherlands, the European Union and the rest of the world. The
union is the one of 2017, when the United Kingdom belonged to it (inferred: the document names no
list).
"""

from __future__ import annotations

from typing import Literal

from simulator.core.countries import ISO_3166

Region = Literal["NL", "EU", "global"]

_MEMBERS = "AT BE BG CY CZ DE DK EE ES FI FR GB GR HR HU IE IT LT LU LV MT PL PT RO SE SI SK"

COUNTRIES = ISO_3166
EU: frozenset[str] = frozenset(_MEMBERS.split())
"""The other 27 members of 2017; the Netherlands is none, since parcels come from there."""


def is_country(cc: str) -> bool:
    """Whether `cc` is a country's code, in capitals."""
    return cc in COUNTRIES


def is_eu(cc: str) -> bool:
    """Whether `cc` is another member of the union of 2017."""
    return cc in EU


def region_of(cc: str) -> Region:
    """Where a country is from the carrier's point of view; it sends from the Netherlands."""
    if cc == "NL":
        return "NL"
    return "EU" if is_eu(cc) else "global"
