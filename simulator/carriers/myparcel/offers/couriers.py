"""What the other carriers offer.

Sources: a captured answer of MyParcel's capabilities of 2026 for UPS and DPD within the
Netherlands; the carrier lists and schemas of its PDK for UPS, DPD, GLS, Trunkrs and Instabox; the
developer document of 2026, which has DPD and bpost for Belgian shops and Instabox for Dutch ones;
its PHP SDK for what shops send: a Saturday with UPS, Trunkrs in the evening of no certain day, and
with GLS an insurance without a signature, the receiver alone, and mailbox packages.

Inferred, since no source has more than their names: what Bol.com, UPS (8), Cheap Cargo, Spring and
the carriers of the Italian branch (BRT, InPost, Poste Italiane, ViaTim) carry. The latter go from
a Dutch shop to Italy, so that each can be used here. Envelopes are those of UPS Express Saver. A
shipment has several colli within the Netherlands and Belgium only (document of 2026).
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
    BOL,
    BRT,
    CHEAP_CARGO,
    DPD,
    ENVELOPE,
    EVENING,
    EXPRESS,
    GLS,
    INPOST,
    INSTABOX,
    MAILBOX,
    PACKAGE,
    PALLET,
    POSTE_ITALIANE,
    SAME_DAY,
    SMALL_PACKAGE,
    SPRING,
    TRUNKRS,
    UPS,
    UPS_EXPRESS_SAVER,
    UPS_STANDARD,
    VIA_TIM,
)

_SMALL = 2_000
_HEAVY = 30_000
_DPD_HEAVIEST = 31_500
_UPS_HEAVIEST = 70_000
_PALLET = 750_000
_MANY = 20
_TEN = 10

_BOTH = (TO_THE_DOOR, TO_A_POINT)

_DPD_DOOR = "AT BE BG CZ DK EE FI FR DE GR HU IE IT LV LI LT LU NL PL PT RO SK SI ES SE"
_DPD_POINTS = "AT BE CZ DK EE FI FR DE HU LV LT LU NL PL PT SK SI ES"
_UPS_DOOR = "AT BE BG DE EE FI GR HU IE IT HR LV LT LU NL PL PT RO SI SK ES CZ"
_UPS_POINTS_ONLY = "DK FR LI SE GB"

_DPD_INSURANCE = Insurance((52_000,), filled=True)
_UPS_INSURANCE = Insurance((8_500, *ladder((10_000, 25_000, 50_000))))
_GLS_INSURANCE = Insurance((10_000, 50_000))

_UPS_OPTIONS = (
    Option("age_check", requires=("signature",), excludes=("only_recipient",)),
    Option("only_recipient", excludes=("age_check",)),
    *plain("collect", "return", "saturday_delivery", "signature"),
)

_DPD_ROWS = (
    row(DPD, "NL", "NL", MAILBOX, heaviest=_SMALL),
    row(
        DPD,
        "NL",
        _DPD_POINTS,
        PACKAGE,
        *plain("saturday_delivery"),
        deliveries=_BOTH,
        insurance=_DPD_INSURANCE,
        heaviest=_DPD_HEAVIEST,
    ),
    row(
        DPD,
        "NL",
        _DPD_DOOR,
        PACKAGE,
        insurance=_DPD_INSURANCE,
        heaviest=_DPD_HEAVIEST,
    ),
    row(
        DPD,
        "BE",
        "BE NL",
        PACKAGE,
        *plain("saturday_delivery"),
        deliveries=_BOTH,
        insurance=_DPD_INSURANCE,
        heaviest=_DPD_HEAVIEST,
        colli=_TEN,
    ),
    row(
        DPD,
        "BE",
        _DPD_POINTS,
        PACKAGE,
        deliveries=_BOTH,
        insurance=_DPD_INSURANCE,
        heaviest=_DPD_HEAVIEST,
    ),
    row(DPD, "BE", _DPD_DOOR, PACKAGE, insurance=_DPD_INSURANCE, heaviest=_DPD_HEAVIEST),
)

_UPS_ROWS = (
    row(UPS, "NL", "WORLD", PACKAGE, *plain("signature"), heaviest=_UPS_HEAVIEST),
    row(
        UPS_STANDARD,
        "NL",
        "NL BE",
        PACKAGE,
        *_UPS_OPTIONS,
        deliveries=_BOTH,
        insurance=_UPS_INSURANCE,
        heaviest=_UPS_HEAVIEST,
        colli=_MANY,
    ),
    row(
        UPS_STANDARD,
        "NL",
        _UPS_DOOR,
        PACKAGE,
        *_UPS_OPTIONS,
        deliveries=_BOTH,
        insurance=_UPS_INSURANCE,
        heaviest=_UPS_HEAVIEST,
    ),
    row(
        UPS_STANDARD,
        "NL",
        _UPS_POINTS_ONLY,
        PACKAGE,
        *_UPS_OPTIONS,
        deliveries=(TO_A_POINT,),
        insurance=_UPS_INSURANCE,
        heaviest=_UPS_HEAVIEST,
    ),
    row(
        UPS_EXPRESS_SAVER,
        "NL",
        "NL BE",
        PACKAGE,
        *_UPS_OPTIONS,
        deliveries=(Delivery(EXPRESS), TO_A_POINT),
        insurance=_UPS_INSURANCE,
        heaviest=_UPS_HEAVIEST,
        colli=_MANY,
    ),
    row(
        UPS_EXPRESS_SAVER,
        "NL",
        _UPS_DOOR,
        PACKAGE,
        *_UPS_OPTIONS,
        deliveries=(Delivery(EXPRESS), TO_A_POINT),
        insurance=_UPS_INSURANCE,
        heaviest=_UPS_HEAVIEST,
    ),
    row(
        UPS_EXPRESS_SAVER,
        "NL",
        _UPS_POINTS_ONLY,
        PACKAGE,
        *_UPS_OPTIONS,
        deliveries=(TO_A_POINT,),
        insurance=_UPS_INSURANCE,
        heaviest=_UPS_HEAVIEST,
    ),
    row(
        UPS_EXPRESS_SAVER,
        "NL",
        _UPS_DOOR,
        ENVELOPE,
        *plain("signature"),
        deliveries=(Delivery(EXPRESS),),
        heaviest=_SMALL,
    ),
)

_GLS_ROWS = (
    row(
        GLS,
        "NL",
        _DPD_POINTS,
        PACKAGE,
        *plain("only_recipient", "saturday_delivery", "signature"),
        deliveries=_BOTH,
        insurance=_GLS_INSURANCE,
        lightest=100,
        heaviest=_DPD_HEAVIEST,
    ),
    row(
        GLS,
        "NL",
        _DPD_DOOR,
        PACKAGE,
        *plain("only_recipient", "signature"),
        insurance=_GLS_INSURANCE,
        lightest=100,
        heaviest=_DPD_HEAVIEST,
    ),
    row(GLS, "NL", "NL", MAILBOX, insurance=_GLS_INSURANCE, lightest=100, heaviest=_SMALL),
)

_DUTCH = (
    row(CHEAP_CARGO, "NL", "NL EU", PALLET, heaviest=_PALLET),
    row(
        INSTABOX,
        "NL",
        "NL",
        PACKAGE,
        Option("age_check", requires=("only_recipient", "signature")),
        *plain("large_format", "only_recipient", "return", "same_day_delivery", "signature"),
        deliveries=(TO_THE_DOOR, Delivery(SAME_DAY)),
        heaviest=_HEAVY,
    ),
    row(INSTABOX, "NL", "NL", MAILBOX, *plain("same_day_delivery"), heaviest=_SMALL),
    row(BOL, "NL", "NL BE", PACKAGE),
    row(BOL, "NL", "NL", MAILBOX, heaviest=_SMALL),
    row(
        TRUNKRS,
        "NL",
        "NL BE",
        PACKAGE,
        *plain("age_check", "fresh_food", "frozen", "only_recipient", "receipt_code"),
        *plain("same_day_delivery", "signature"),
        deliveries=(TO_THE_DOOR, Delivery(EVENING), Delivery(SAME_DAY)),
        heaviest=_HEAVY,
    ),
    row(SPRING, "NL", "WORLD", PACKAGE, *plain("signature", "tracked"), heaviest=_HEAVY),
    row(SPRING, "NL", "WORLD", SMALL_PACKAGE, *plain("tracked"), heaviest=_SMALL),
)

_ITALIAN = (
    row(BRT, "NL", "IT", PACKAGE, deliveries=_BOTH, heaviest=_HEAVY),
    row(INPOST, "NL", "IT", PACKAGE, deliveries=_BOTH, heaviest=25_000),
    row(POSTE_ITALIANE, "NL", "IT", PACKAGE, *plain("signature"), deliveries=_BOTH),
    row(VIA_TIM, "NL", "IT", PACKAGE),
)

ROWS: tuple[Row, ...] = (*_DPD_ROWS, *_UPS_ROWS, *_GLS_ROWS, *_DUTCH, *_ITALIAN)
"""The first row that goes to a country and has the package type is the one that counts."""
