"""The quirks of delivery options and of the lists of carriers."""

from __future__ import annotations

from simulator.carriers.quirk import QuirkSpec, agreed, disputed

EVENING_WEEKDAYS: dict[str, frozenset[int]] = {
    "tuesday_thursday": frozenset({1, 3}),
    "weekdays": frozenset({0, 1, 2, 3, 4}),
}
"""Weekdays, Monday is 0, by the value of the quirk ``myparcel.evening_days``."""

DELIVERY_QUIRKS: tuple[QuirkSpec, ...] = (
    agreed(
        "myparcel.delivery_options_down",
        default=False,
        summary="Delivery options answer 503 with code 9, as when they are asked too often.",
        source="Document: 503 with an error; its text from the document of the Dutch twin.",
        provenance="documented",
    ),
    agreed(
        "myparcel.delivery_days",
        default="recent",
        values=("recent", "deliverable", "any"),
        summary="Which `delivery_date` the edition of today takes: `deliverable`, only a day on "
        "which delivery options could show it, from tomorrow on and no Sunday or public holiday; "
        "`recent`, beside these whatever lies more than a year back; `any`, every day.",
        source="Reports of users of its plugins: 'delivery_date is too early' for a day that is "
        "past, and for today; its plugins avoid Sundays. Document of 2026: its examples, which "
        "have to be taken, are for days of 2015 and 2017, one of them a Sunday.",
        provenance="observed",
    ),
    disputed(
        "myparcel.evening_comment",
        observed="avond",
        documented="night",
        values=("avond", "night"),
        summary="What the evening is called in delivery options; today always avond.",
        source="Recording: avond. Document: its delivery type is called night, no answer shows it.",
        provenance="observed",
    ),
    agreed(
        "myparcel.price_keys",
        default="documented",
        values=("documented", "even"),
        summary="The keys of carrier services: with the document's changing names for steps and "
        "insurances, or (even) always `step` and `insurances` (K22).",
        source="Document: step, increment and increments, insurances and insurance.",
        provenance="documented",
    ),
    agreed(
        "myparcel.saturday_key",
        default="saturday",
        values=("saturday", "saterday"),
        summary="How Saturday is spelled in the opening hours of delivery options (K20).",
        source="Document: saterday in its table, saturday in its examples.",
        provenance="documented",
    ),
)
