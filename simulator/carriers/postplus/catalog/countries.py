"""Countries by their two-letter codes (ISO 3166), and what is known of their addresses."""

from __future__ import annotations

from simulator.core.countries import ISO_3166


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


COUNTRIES = ISO_3166

EU = _codes("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK")

WITHOUT_ZIP_CODES = _codes(
    """
    AE AG AN AO AW BF BI BJ BO BS BW BZ CD CF CG CI CK CM DJ DM ER FJ GA GD GH GM GN GQ GY HK IE JM
    KE KI KM KN KP LC ML MO MR MS MU MW NA NR NU PA QA RW SB SC SL SO SR SS ST SY TD TF TG TK TL TO
    TT TV TZ UG VU WS YE ZW
    """
)
"""Where an address has no postal code, or where senders need not know it (inferred)."""
