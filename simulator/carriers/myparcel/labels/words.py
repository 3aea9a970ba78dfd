"""The words of labels: Dutch where the recipient reads Dutch, English elsewhere (inferred)."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from simulator.carriers.myparcel.catalog.types import (
    EVENING,
    LETTER,
    MAILBOX_PACKAGE,
    MORNING,
    PACKAGE,
    PICKUP,
    PICKUP_EXPRESS,
    STANDARD,
)
from simulator.labels import DUTCH, ENGLISH, LabelWords

_DUTCH_READERS = frozenset({"NL", "BE", ""})


class Wording(msgspec.Struct, frozen=True, kw_only=True):
    """What a label says by itself, in one language."""

    own: LabelWords
    kinds: Mapping[int, str]
    """Package type -> what the label is of."""
    returning: str
    unstamped: str
    """Where a letter's stamp goes."""
    pickup: str
    deliveries: Mapping[int, str]
    """Delivery type -> when the parcel is brought."""
    extras: Mapping[str, str]
    """Option that is set or not -> what it asks of the courier."""
    description: str
    reference: str
    carrier: str
    delivery: str
    options: str
    insured: str
    remark: str
    weight: str
    size: str


_DUTCH = Wording(
    own=DUTCH,
    kinds={PACKAGE: "Pakket", MAILBOX_PACKAGE: "Brievenbuspakje", LETTER: "Brief"},
    returning="Retour",
    unstamped="Postzegel hier",
    pickup="OPHAALPUNT",
    deliveries={
        MORNING: "ochtend",
        STANDARD: "overdag",
        EVENING: "avond",
        PICKUP: "ophalen",
        PICKUP_EXPRESS: "ophalen vanaf 8:30",
    },
    extras={
        "only_recipient": "alleen huisadres",
        "signature": "handtekening",
        "return": "retour bij geen gehoor",
        "large_format": "groot formaat",
        "cooled_delivery": "gekoeld",
    },
    description="Omschrijving",
    reference="Referentie",
    carrier="Vervoerder",
    delivery="Bezorging",
    options="Opties",
    insured="Verzekerd",
    remark="Opmerking",
    weight="Gewicht",
    size="Afmetingen",
)

_ENGLISH = Wording(
    own=ENGLISH,
    kinds={PACKAGE: "Parcel", MAILBOX_PACKAGE: "Mailbox parcel", LETTER: "Letter"},
    returning="Return",
    unstamped="Stamp here",
    pickup="PICKUP POINT",
    deliveries={
        MORNING: "morning",
        STANDARD: "daytime",
        EVENING: "evening",
        PICKUP: "pickup",
        PICKUP_EXPRESS: "pickup from 8:30",
    },
    extras={
        "only_recipient": "home address only",
        "signature": "signature",
        "return": "return if no answer",
        "large_format": "large format",
        "cooled_delivery": "cooled",
    },
    description="Description",
    reference="Reference",
    carrier="Carrier",
    delivery="Delivery",
    options="Options",
    insured="Insured",
    remark="Remark",
    weight="Weight",
    size="Size",
)


def wording_for(cc: str) -> Wording:
    """The words of a label to a country; without one it is the Netherlands."""
    return _DUTCH if cc in _DUTCH_READERS else _ENGLISH
