"""The quirks of delivery options and of the lists of carriers."""

from __future__ import annotations

from simulator.carriers.quirk import OFF_ON, QuirkSpec

EVENING_WEEKDAYS: dict[str, frozenset[int]] = {
    "tuesday_thursday": frozenset({1, 3}),
    "weekdays": frozenset({0, 1, 2, 3, 4}),
}
"""Weekdays, Monday is 0, by the value of the quirk ``myparcel.evening_days``."""

DELIVERY_QUIRKS: tuple[QuirkSpec, ...] = (
    QuirkSpec(
        name="myparcel.delivery_options_down",
        default_observed=False,
        default_documented=False,
        values=OFF_ON,
        summary="Delivery options answer 503 with code 9, as when they are asked too often.",
        source="Document: 503 with an error; its text from the document of the Dutch twin.",
        provenance="documented",
    ),
    QuirkSpec(
        name="myparcel.evening_comment",
        default_observed="avond",
        default_documented="night",
        values=("avond", "night"),
        summary="What the evening is called in delivery options; always avond for the Dutch twin.",
        source="Recording: avond. Document: its delivery type is called night, no answer shows it.",
        provenance="observed",
    ),
    QuirkSpec(
        name="myparcel.price_keys",
        default_observed="documented",
        default_documented="documented",
        values=("documented", "even"),
        summary="The keys of carrier services: with the document's changing names for steps and "
        "insurances, or (even) always `step` and `insurances` (K22).",
        source="Document: step, increment and increments, insurances and insurance.",
        provenance="documented",
    ),
    QuirkSpec(
        name="myparcel.saturday_key",
        default_observed="saturday",
        default_documented="saturday",
        values=("saturday", "saterday"),
        summary="How Saturday is spelled in the opening hours of delivery options (K20).",
        source="Document: saterday in its table, saturday in its examples.",
        provenance="documented",
    ),
)
