"""How postal codes look, by country.

Facts: the national formats as the Universal Postal Union lists them. A code may have its country's
prefix and blanks or hyphens where people write them. A country that is not listed has no format
that would be judged, since it has none, or one that changes by territory.
"""

from __future__ import annotations

import re
from functools import cache

_DIGITS = {
    3: "FO IS LS MG PG",
    4: "AT AU BE BG CH CY DK GE HU LI LU NO NZ PH SI TN ZA",
    5: "DE EE ES FI FR HR IT KR MA MC ME MX MY RS SA SM TH TR UA",
    6: "CN IN RO RU SG VN",
    7: "IL JP",
}
"""Countries whose codes are so many digits."""

_SPECIAL = {
    "CA": (r"[A-Z][0-9][A-Z][0-9][A-Z][0-9]", "K1A 0B1"),
    "CZ": (r"[0-9]{5}", "110 00"),
    "GB": (r"(GIR0AA|[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2})", "SW1A 1AA"),
    "GR": (r"[0-9]{5}", "105 57"),
    "IE": (r"[A-Z][0-9][0-9W][A-Z0-9]{4}", "D02 AF30"),
    "LT": (r"(LT)?[0-9]{5}", "LT-01100"),
    "LV": (r"(LV)?[0-9]{4}", "LV-1010"),
    "MT": (r"[A-Z]{3}[0-9]{4}", "VLT 1117"),
    "NL": (r"[1-9][0-9]{3}[A-Z]{2}", "1012 AB"),
    "PL": (r"[0-9]{5}", "00-950"),
    "PT": (r"[0-9]{4}([0-9]{3})?", "1000-205"),
    "SE": (r"[0-9]{5}", "111 22"),
    "SK": (r"[0-9]{5}", "811 01"),
    "US": (r"[0-9]{5}([0-9]{4})?", "10001"),
}
"""Countries with a form of their own: its pattern without blanks, and an example."""

_FORMS = {
    **{
        cc: (f"[0-9]{{{count}}}", "1234567"[:count])
        for count, listed in _DIGITS.items()
        for cc in listed.split()
    },
    **_SPECIAL,
}

_BLANKS = re.compile(r"[\s-]+")


@cache
def _pattern(cc: str) -> re.Pattern[str] | None:
    form = _FORMS.get(cc)
    return None if form is None else re.compile(f"({cc})?{form[0]}")


def pattern(cc: str) -> str | None:
    """The form of a country's postal codes in capitals and without blanks; None: any will do."""
    found = _pattern(cc)
    return None if found is None else found.pattern


def fits(cc: str, postal_code: str) -> bool:
    """Whether a postal code has the form of its country's, in any case."""
    form = _pattern(cc)
    return form is None or form.fullmatch(_BLANKS.sub("", postal_code).upper()) is not None


def fits_any(cc: str, postal_code: str) -> bool:
    """The document of 2017 judges Dutch postal codes only: others are what they are."""
    return True


def example(cc: str) -> str | None:
    """A postal code as the country has them; None: it is not judged."""
    form = _FORMS.get(cc)
    return None if form is None else form[1]
