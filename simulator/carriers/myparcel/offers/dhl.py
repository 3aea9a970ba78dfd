"""What the carriers of DHL offer to Dutch shops.

Sources: a captured answer of MyParcel's capabilities of 2026 for DHL For You and DHL Europlus
within the Netherlands; the carrier lists and schemas of its PDK for destinations, pickup countries
and amounts. Its document refuses a pickup of DHL without a phone number or an e-mail address.
Inferred: the weights, and everything of DHL_CHEAP_CARGO beyond its name.
"""

from __future__ import annotations

from simulator.carriers.myparcel.offers.model import (
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
    DHL_CHEAP_CARGO,
    DHL_EUROPLUS,
    DHL_FOR_YOU,
    DHL_PARCEL_CONNECT,
    EARLY_MORNING,
    EVENING,
    MAILBOX,
    MORNING,
    PACKAGE,
    PALLET,
    PICKUP,
    SMALL_PACKAGE,
)
from simulator.carriers.myparcel.offers.options import INSURANCE

_SMALL = 2_000
_DHL_HEAVIEST = 31_500
_PALLET = 750_000
_STEPS = ladder((50_000,))

_PICKUP = Delivery(PICKUP, excludes=("age_check", "hide_sender", "only_recipient", "return"))

_CONNECT_DOOR = "AT BG HR CZ EE FI DE GR HU IE IT LV LT LU PL PT RO SK SI ES"
_CONNECT_POINTS = "AT BG HR CZ DE GR HU IT LU PL PT RO SK SI ES"
_CONNECT_POINTS_ONLY = "DK FR SE"
_EUROPLUS = "BE BG DK DE EE FI FR GR HU IE IT HR LV LT LU AT PL PT RO SI SK ES CZ SE GB"

_NO_SATURDAY = ("saturday_delivery",)
"""What mornings do not go with, which are from Monday to Friday."""

_FOR_YOU_NL = (
    Option("age_check", excludes=("only_recipient",)),
    Option("hide_sender", excludes=(INSURANCE,)),
    Option("only_recipient", excludes=("age_check",)),
    Option("same_day_delivery", excludes=("saturday_delivery",)),
    Option("saturday_delivery", excludes=("same_day_delivery",)),
    *plain("signature"),
)
_FOR_YOU_INSURANCE = Insurance(_STEPS, requires=("signature",), excludes=("hide_sender",))

ROWS: tuple[Row, ...] = (
    row(
        DHL_FOR_YOU,
        "NL",
        "NL",
        PACKAGE,
        *_FOR_YOU_NL,
        deliveries=(TO_THE_DOOR, Delivery(EVENING, dated=True), _PICKUP),
        insurance=_FOR_YOU_INSURANCE,
        pickup_contact=True,
    ),
    row(DHL_FOR_YOU, "NL", "NL", MAILBOX, heaviest=_SMALL),
    row(
        DHL_FOR_YOU,
        "NL",
        "NL",
        SMALL_PACKAGE,
        *plain("signature"),
        deliveries=(TO_THE_DOOR, _PICKUP),
        heaviest=_SMALL,
        pickup_contact=True,
    ),
    row(
        DHL_FOR_YOU,
        "NL",
        "BE",
        PACKAGE,
        *plain("signature"),
        deliveries=(TO_THE_DOOR, _PICKUP),
        insurance=Insurance(_STEPS, requires=("signature",)),
        pickup_contact=True,
    ),
    row(
        DHL_PARCEL_CONNECT,
        "NL",
        _CONNECT_POINTS,
        PACKAGE,
        *plain("signature"),
        deliveries=(TO_THE_DOOR, _PICKUP),
        insurance=Insurance(_STEPS),
        heaviest=_DHL_HEAVIEST,
        pickup_contact=True,
    ),
    row(
        DHL_PARCEL_CONNECT,
        "NL",
        _CONNECT_DOOR,
        PACKAGE,
        *plain("signature"),
        insurance=Insurance(_STEPS),
        heaviest=_DHL_HEAVIEST,
    ),
    row(
        DHL_PARCEL_CONNECT,
        "NL",
        _CONNECT_POINTS_ONLY,
        PACKAGE,
        *plain("signature"),
        deliveries=(_PICKUP,),
        insurance=Insurance(_STEPS),
        heaviest=_DHL_HEAVIEST,
        pickup_contact=True,
    ),
    row(
        DHL_EUROPLUS,
        "NL",
        "NL",
        PACKAGE,
        Option("signature", required=True),
        *plain("hide_sender", "saturday_delivery"),
        deliveries=(
            TO_THE_DOOR,
            Delivery(MORNING, excludes=_NO_SATURDAY, dated=True),
            Delivery(EARLY_MORNING, excludes=_NO_SATURDAY),
        ),
        insurance=Insurance(_STEPS),
        heaviest=_DHL_HEAVIEST,
    ),
    row(
        DHL_EUROPLUS,
        "NL",
        _EUROPLUS,
        PACKAGE,
        Option("signature", required=True),
        insurance=Insurance(_STEPS),
        heaviest=_DHL_HEAVIEST,
    ),
    row(DHL_CHEAP_CARGO, "NL", "NL EU", PACKAGE, heaviest=_DHL_HEAVIEST),
    row(DHL_CHEAP_CARGO, "NL", "NL EU", PALLET, heaviest=_PALLET),
)
