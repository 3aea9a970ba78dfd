"""What the posts offer: PostNL to shops of both homes, bpost to Belgian ones.

Sources: MyParcel's developer document of 2026 (section 6.A and the examples of 6.B.4); a captured
answer of its capabilities of 2026 for PostNL within the Netherlands, which gives what needs and
excludes what; the carrier schemas of its PDK for amounts, weights and destinations; its PHP SDK for
the amounts of bpost. The document lets mailbox packages go abroad, tracked or not, for shops with a
contract of their own with PostNL, which its PDK names in such a shipment. Inferred, where
these say nothing: that a letter weighs at most two kilograms, and what a Belgian shop gets of
PostNL beyond Belgium and the Netherlands.

A receipt code needs an insurance and excludes a signature, which an insurance needs: by the letter
of that answer nobody could have one. Clients send it with an insurance and without a signature, so
it waives what the insurance needs.
"""

from __future__ import annotations

from simulator.carriers.myparcel.offers.model import (
    TO_A_POINT,
    TO_THE_DOOR,
    Delivery,
    Insurance,
    Option,
    Row,
    ladder,
    plain,
    row,
)
from simulator.carriers.myparcel.offers.names import (
    BPOST,
    DIGITAL_STAMP,
    EVENING,
    LETTER,
    MAILBOX,
    MORNING,
    PACKAGE,
    PICKUP,
    POSTNL,
    SMALL_PACKAGE,
)
from simulator.carriers.myparcel.offers.options import INSURANCE

_SMALL = 2_000
_LARGE = 30_000
_WORLD_WEIGHT = 20_000
_MANY = 20
_TEN = 10

_POSTNL_STEPS = ladder((10_000, 25_000, 50_000))
_POSTNL_ABROAD = Insurance((5_000, 50_000), filled=True)
_BPOST_STEPS = ladder((50_000,), to=200_000)
_BPOST_INSURANCE = Insurance(_BPOST_STEPS, requires=("signature",))


_POSTNL_NL = (
    Option("age_check", requires=("only_recipient", "signature"), excludes=("receipt_code",)),
    Option("only_recipient", excludes=("receipt_code",)),
    Option(
        "receipt_code",
        requires=(INSURANCE,),
        excludes=("age_check", "only_recipient", "return", "signature"),
    ),
    Option("return", excludes=("receipt_code",)),
    Option("signature", excludes=("receipt_code",)),
    *plain("large_format", "tracked"),
)
_POSTNL_NL_DELIVERIES = (
    TO_THE_DOOR,
    Delivery(MORNING, requires=("only_recipient",), dated=True),
    Delivery(EVENING, requires=("only_recipient",), dated=True),
    Delivery(PICKUP, requires=("signature",), excludes=("return",)),
)

_FROM_NL = (
    row(
        POSTNL,
        "NL",
        "NL",
        PACKAGE,
        *_POSTNL_NL,
        deliveries=_POSTNL_NL_DELIVERIES,
        insurance=Insurance(
            _POSTNL_STEPS, requires=("only_recipient", "signature"), waived_by="receipt_code"
        ),
        heaviest_large=_LARGE,
        colli=_MANY,
    ),
    row(POSTNL, "NL", "NL", MAILBOX, *plain("priority_delivery", "tracked"), heaviest=_SMALL),
    row(POSTNL, "NL", "NL", DIGITAL_STAMP, heaviest=_SMALL),
    row(POSTNL, "NL", "WORLD", LETTER, heaviest=_SMALL),
    row(
        POSTNL,
        "NL",
        "NL BE",
        SMALL_PACKAGE,
        *plain("signature", "tracked"),
        deliveries=(TO_THE_DOOR, TO_A_POINT),
        heaviest=_SMALL,
    ),
    row(POSTNL, "NL", "WORLD", SMALL_PACKAGE, *plain("tracked"), heaviest=_SMALL),
    row(
        POSTNL,
        "NL",
        "BE",
        PACKAGE,
        *plain("signature", "only_recipient", "large_format", "tracked"),
        deliveries=(TO_THE_DOOR, TO_A_POINT),
        insurance=_POSTNL_ABROAD,
        heaviest_large=_LARGE,
        colli=_MANY,
    ),
    row(
        POSTNL,
        "NL",
        "DE DK SE",
        PACKAGE,
        *plain("signature", "large_format", "tracked"),
        deliveries=(TO_THE_DOOR, TO_A_POINT),
        insurance=_POSTNL_ABROAD,
        heaviest_large=_LARGE,
    ),
    row(
        POSTNL,
        "NL",
        "EU",
        PACKAGE,
        *plain("signature", "large_format", "tracked"),
        insurance=_POSTNL_ABROAD,
        heaviest_large=_LARGE,
    ),
    row(
        POSTNL,
        "NL",
        "ROW",
        PACKAGE,
        *plain("signature", "tracked"),
        insurance=_POSTNL_ABROAD,
        heaviest=_WORLD_WEIGHT,
    ),
)

_FROM_BE = (
    row(
        POSTNL,
        "BE",
        "BE NL",
        PACKAGE,
        *plain("signature", "only_recipient", "large_format"),
        deliveries=(TO_THE_DOOR, TO_A_POINT),
        insurance=Insurance(_POSTNL_STEPS),
        heaviest_large=_LARGE,
    ),
    row(
        POSTNL,
        "BE",
        "EU",
        PACKAGE,
        *plain("signature", "large_format"),
        insurance=_POSTNL_ABROAD,
        heaviest_large=_LARGE,
    ),
    row(
        POSTNL,
        "BE",
        "ROW",
        PACKAGE,
        *plain("signature"),
        insurance=_POSTNL_ABROAD,
        heaviest=_WORLD_WEIGHT,
    ),
    row(
        BPOST,
        "BE",
        "BE",
        PACKAGE,
        *plain("signature", "saturday_delivery"),
        deliveries=(TO_THE_DOOR, TO_A_POINT),
        insurance=_BPOST_INSURANCE,
        heaviest=_LARGE,
        colli=_TEN,
    ),
    row(BPOST, "BE", "BE", MAILBOX, heaviest=_SMALL),
    row(
        BPOST,
        "BE",
        "NL",
        PACKAGE,
        *plain("signature"),
        deliveries=(TO_THE_DOOR, TO_A_POINT),
        insurance=_BPOST_INSURANCE,
        heaviest=_LARGE,
        colli=_TEN,
    ),
    row(
        BPOST,
        "BE",
        "EU",
        PACKAGE,
        *plain("signature"),
        insurance=_BPOST_INSURANCE,
        heaviest=_LARGE,
    ),
    row(BPOST, "BE", "ROW", PACKAGE, insurance=Insurance((50_000,)), heaviest=_LARGE),
)

OWN_CONTRACTS: tuple[Row, ...] = (
    row(POSTNL, "NL", "WORLD", MAILBOX, *plain("tracked"), heaviest=_SMALL),
)
"""What only those get who send it under a contract of their own with the carrier."""

ROWS: tuple[Row, ...] = (*_FROM_NL, *_FROM_BE)
"""The first row that goes to a country and has the package type is the one that counts."""
