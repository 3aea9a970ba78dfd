"""The languages of error texts, chosen by `Accept-Language`.

Documented: `pl_PL`, `en_GB` and `keys`, which gives machine keys in place of sentences; clients
send hyphens as well. The English texts are as recorded, the Polish ones ours. Anything else acts
as English, which is what the recordings show.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

Language = Literal["pl", "en", "keys"]

POLISH: dict[str, str] = {
    "token_invalid": "Brak tokena lub token jest nieprawidłowy.",
    "forbidden": "Brak dostępu dla tego tokena.",
    "access_forbidden": "Brak dostępu dla tego tokena.",
    "resource_not_found": "Nie znaleziono zasobu.",
    "validation_failed": "Wystąpiły błędy walidacji. Szczegóły znajdują się w obiekcie details.",
    "carrier_unavailable": "Żaden przewoźnik z umową nie udostępnia wybranej usługi.",
    "no_carriers": "Organizacja nie ma umowy z żadnym przewoźnikiem.",
    "offer_expired": "Oferta wygasła.",
    "offer_unavailable": "Oferta jest niedostępna.",
    "transaction_failed": "Nie udało się rozpocząć transakcji.",
    "label_template_not_found": "Nie znaleziono szablonu etykiety.",
    "label_not_found": "Nie znaleziono etykiety.",
    "method_not_allowed": "Ta metoda nie jest tutaj dozwolona.",
    "unsupported_media_type": "Nieobsługiwany typ treści; wyślij application/json.",
    "malformed_request": "Nie można odczytać żądania.",
    "payload_too_large": "Żądanie jest zbyt duże.",
    "internal_server_error": "Wewnętrzny błąd serwera.",
}
"""Error key -> its sentence in Polish. Messages that are keys themselves have none."""


_SENTENCES = {
    "invalid_parameter": (
        re.compile(r"Provided unsupported value \((.*)\) to parameter \((\w+)\)", re.DOTALL),
        r"Podano nieobsługiwaną wartość (\1) parametru (\2)",
    ),
    "routing_not_found": (
        re.compile(r"There is no (.*)\.", re.DOTALL),
        r"Nie ma tu \1.",
    ),
}
"""Error key -> its English sentence with what it names, and the Polish one with the same."""


def language(accept: str | None) -> Language:
    """The language that a request asks for; weights are not obeyed, the first one counts."""
    first = (accept or "").split(",")[0].split(";")[0].strip().lower()
    if first == "keys":
        return "keys"
    return "pl" if first.replace("_", "-").split("-")[0] == "pl" else "en"


def translate(body: Mapping[str, Any], accept: str | None) -> Mapping[str, Any]:
    """An error body with its `message` or `description` in the language of `accept`."""
    chosen = language(accept)
    key = body.get("error")
    if chosen == "en" or not isinstance(key, str):
        return body
    place = "message" if "message" in body else "description"
    text = body.get(place)
    if not isinstance(text, str) or " " not in text:
        return body  # a key stands there already
    return {**body, place: key if chosen == "keys" else _polish(key, text)}


def _polish(key: str, text: str) -> str:
    if key not in _SENTENCES:
        return POLISH.get(key, text)
    english, polish = _SENTENCES[key]
    found = english.fullmatch(text)
    return text if found is None else found.expand(polish)
