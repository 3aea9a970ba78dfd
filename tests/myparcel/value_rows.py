"""Rows about single values: bounds, days, lengths, and the forms in which values may come."""

from __future__ import annotations

from itertools import product
from typing import Any

from tests.myparcel.bodies import PICKUP, belgian, changed, dutch, shipment, swiss, valued
from tests.myparcel.rule_rows import ITEM, SAFE, SURE, Row, insured

GONE = object()
"""In place of a value: the member is not there at all."""

GLOBAL = swiss(options=SURE)
LONG, LONGEST = "1" * 256, "1" * 255
FLAGS = ("only_recipient", "signature", "return", "large_format", "cooled_delivery")
SIZES = ("height", "width", "length", "volume", "weight")
WEEK = {
    "Monday": "2017-06-05 18:00:00",
    "Tuesday": "2017-06-06 18:00:00",
    "Wednesday": "2017-06-07 18:00:00",
    "Thursday": "2017-06-08 18:00:00",
    "Friday": "2017-06-09 18:00:00",
    "Saturday": "2017-06-10 18:00:00",
    "Sunday": "2017-06-11 18:00:00",
}
UNION = (
    *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR"),
    *("HR", "HU", "IT", "LT", "LU", "LV", "MT", "PL", "PT", "RO", "SE", "SI", "SK"),
)
"""The member states of 2017 but the Netherlands, where parcels come from, and Ireland."""
OUTSIDE = ("CH", "NO", "US", "JP", "CW", "LI")


def at(whole: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    return changed(whole, path, None) if value is GONE else valued(whole, path, value)


def named(value: Any) -> str:
    if value is GONE:
        return "gone"
    return f"of {len(value)} characters" if isinstance(value, str) and value[9:] else repr(value)


def rows(rule: str, whole: dict[str, Any], path: str, *cases: tuple[Any, int | None]) -> list[Row]:
    """A row for each value at the path with the one code that it gets, or None."""
    place = path.replace(".items.0", ".items[0]")
    return [
        (
            f"{rule} {path.rpartition('.')[2]} {named(value)}",
            at(whole, path, value),
            [] if code is None else [(code, place)],
        )
        for value, code in cases
    ]


def each(code: int | None, *values: Any) -> list[tuple[Any, int | None]]:
    return [(value, code) for value in values]


def timed(delivery_type: int, date: str, **options: Any) -> dict[str, Any]:
    return dutch(delivery_type=delivery_type, delivery_date=date, **SAFE, **options)


DAYS: list[Row] = [
    *(
        (
            f"R8 morning on {day}",
            timed(1, date),
            [(3721, "options.delivery_date")] if day in ("Saturday", "Sunday") else [],
        )
        for day, date in WEEK.items()
    ),
    *(
        (
            f"R9 evening on {day}",
            timed(3, date),
            [] if day in ("Tuesday", "Thursday") else [(3721, "options.delivery_date")],
        )
        for day, date in WEEK.items()
    ),
    *(
        (f"R13 delivery type {kind} on {day}", {**timed(kind, date), "pickup": PICKUP}, [])
        for kind, (day, date) in product((2, 4, 5), WEEK.items())
    ),
    *(
        (
            f"R6 delivery type {kind} for package type {package}",
            dutch(package_type=package, delivery_type=kind, delivery_date=WEEK["Tuesday"]),
            [
                (3721, "options.delivery_type"),
                *([(3705, "options.only_recipient")] if kind in (1, 3) else []),
            ],
        )
        for kind, package in product((1, 2, 3), (2, 3))
    ),
]

FORMS: list[Row] = [
    *rows("R1", dutch(), "options.package_type", *each(None, 1, "1", 2, 3)),
    *rows("R1", dutch(), "options.package_type", *each(3712, GONE, None, 0, 4, -1, 1.5, "4", "x")),
    *rows("R1", dutch(), "options", *each(3712, GONE, None)),
    *rows("R29", shipment(), "carrier", *each(None, 1, 2, 3, 4, 5, "2")),
    *rows("R29", shipment(), "carrier", *each(3728, GONE, None, "", 0, 6, -1, 1.5, 10**30, "x")),
    *rows("R7", timed(2, WEEK["Monday"]), "options.delivery_type", *each(3721, 0, 6, -1, "x", 2.5)),
    *rows("R7", timed(2, WEEK["Monday"]), "options.delivery_date", *each(None, WEEK["Friday"])),
    *rows(
        "R7",
        timed(2, WEEK["Monday"]),
        "options.delivery_date",
        *each(5000, "2017-13-01 00:00:00", "2017-02-29 00:00:00", "tomorrow"),
    ),
    *(
        row
        for name in FLAGS
        for row in (
            *rows("7.C", dutch(), f"options.{name}", *each(None, 0, 1, "0", "1", None)),
            *rows("7.C", dutch(), f"options.{name}", *each(3705, 2, -1, 1.5, "2", "x")),
        )
    ),
    *(
        row
        for name in ("label_description", "delivery_remark")
        for row in rows("7.C", dutch(), f"options.{name}", (LONGEST, None), (LONG, 0), ("", None))
    ),
    *(
        row
        for name in SIZES
        for row in (
            *rows(
                "7.N", shipment(physical_properties={}), f"physical_properties.{name}", (0, None)
            ),
            *rows(
                "7.N",
                shipment(physical_properties={}),
                f"physical_properties.{name}",
                *each(3704, -1, "x", 1.5),
            ),
        )
    ),
    *(
        row
        for name, code in (
            ("postal_code", 3505),
            ("city", 3501),
            ("street", 3509),
            ("street_additional_info", 3509),
            ("number", 3503),
            ("number_suffix", 3511),
            ("person", 3510),
            ("company", 3513),
            ("phone", 3512),
        )
        for row in rows(
            "7.B", belgian(**insured(50000)), f"recipient.{name}", (LONGEST, None), (LONG, code)
        )
    ),
    *rows("7.B", dutch(), "recipient.email", ("a@" + LONG, 3515), ("x", 3515), ("a@b", None)),
    *rows("7.O", shipment(pickup=PICKUP), "pickup.location_name", (LONGEST, None)),
    *rows("7.O", shipment(pickup=PICKUP), "pickup.location_name", (LONG, 3722)),
    *rows("7.O", shipment(pickup=PICKUP), "pickup.street", (LONG, 3722)),
    *(
        row
        for name in ("street_additional_info", "number_suffix", "company", "email", "phone")
        for row in rows("7.B", dutch(), f"recipient.{name}", (None, None), ("", None))
    ),
]

ADDRESSES: list[Row] = [
    *(
        row
        for name, code in (
            ("cc", 3506),
            ("city", 3501),
            ("street", 3501),
            ("person", 3514),
            ("number", 3503),
            ("postal_code", 3505),
        )
        for row in rows("R26 R27 R28", dutch(), f"recipient.{name}", *each(code, GONE, None, ""))
    ),
    *rows("R26", dutch(), "recipient.cc", *each(3506, "nl", "NLD", "XX", "N", "99")),
    *rows(
        "R28",
        dutch(),
        "recipient.postal_code",
        *each(None, "3584CS", "3584 CS", "3584cs", " 3584 cs "),
    ),
    *rows(
        "R28",
        dutch(),
        "recipient.postal_code",
        *each(3505, "3584C", "0584CS", "35841CS", "3584C5", 3584),
    ),
    *rows("R27", dutch(), "recipient.number", *each(None, 8, "8", "8-10", "8a")),
    *(
        row
        for cc in UNION
        for row in rows(
            f"R28 {cc}",
            at(belgian(**insured(50000)), "recipient.cc", cc),
            "recipient.postal_code",
            ("1000", None),
            (GONE, 3505),
        )
    ),
    *(
        (
            f"R28 {cc}",
            valued(changed(GLOBAL, "recipient.postal_code", None), "recipient.cc", cc),
            [],
        )
        for cc in OUTSIDE
    ),
    *(
        (
            f"R22 R23 {cc}",
            valued(belgian(**insured(20000)), "recipient.cc", cc),
            [(3702, "customs_declaration"), (3704, "physical_properties")],
        )
        for cc in OUTSIDE
    ),
]

CUSTOMS: list[Row] = [
    *rows("R22", GLOBAL, "customs_declaration", *each(3702, GONE, None, [])),
    *rows("R23", GLOBAL, "physical_properties", *each(3704, GONE, None, [])),
    *rows("R23", GLOBAL, "physical_properties.weight", *each(3704, GONE, None, -1, 1.5, "x")),
    *rows("R23", GLOBAL, "physical_properties.weight", *each(None, 0, 1, "950", 30000)),
    *(
        row
        for contents in (1, 2, 5)
        for row in rows(
            f"R24 {contents}",
            valued(GLOBAL, "customs_declaration.contents", contents),
            "customs_declaration.invoice",
            *each(3703, GONE, None, "", LONG),
            (LONGEST, None),
            (7, None),
        )
    ),
    *rows(
        "R24", GLOBAL, "customs_declaration.contents", *each(3702, GONE, None, 0, 6, -1, "x", 1.5)
    ),
    *rows("R25", GLOBAL, "customs_declaration.weight", *each(3702, GONE, None, -1, "x", 1.5)),
    *rows("R25", GLOBAL, "customs_declaration.weight", *each(3702, 0, 899, 901)),
    *rows("R25", GLOBAL, "customs_declaration.weight", *each(None, 900, "900")),
    *rows("R25", GLOBAL, "customs_declaration.items", *each(3702, GONE, None, [])),
    *rows("R25", GLOBAL, f"{ITEM}.amount", *each(3765, GONE, None, 0, "0", -1, 1.5, "x")),
    *rows("R25", GLOBAL, f"{ITEM}.amount", *each(None, 1, "1", 1_000_000)),
    *rows("R25", GLOBAL, f"{ITEM}.weight", *each(3730, GONE, None, -1, 20001, "20001", "x", 0.5)),
    *(
        row
        for weight in (0, 20000, "20000")
        for row in rows(
            f"R25 {weight}",
            valued(GLOBAL, "customs_declaration.weight", int(weight)),
            f"{ITEM}.weight",
            (weight, None),
        )
    ),
    *rows("R25", GLOBAL, f"{ITEM}.country", *each(3506, GONE, None, "", "NLD", "nl", "XX")),
    *rows("R25", GLOBAL, f"{ITEM}.classification", *each(3702, GONE, None, "", "1" * 11, "01-8")),
    *rows("R25", GLOBAL, f"{ITEM}.classification", *each(None, "1", "0181", "9999", 181)),
    *rows("R25", GLOBAL, f"{ITEM}.description", *each(3702, GONE, None, "", LONG)),
    *rows("R25", GLOBAL, f"{ITEM}.description", (LONGEST, None)),
    *rows("R25", GLOBAL, f"{ITEM}.item_value", *each(3702, GONE, None)),
    *rows("R25", GLOBAL, f"{ITEM}.item_value.amount", *each(3702, GONE, None, -1, "x", 1.5)),
    *rows("R25", GLOBAL, f"{ITEM}.item_value.amount", *each(None, 0, "2500")),
    *rows("R42", GLOBAL, f"{ITEM}.item_value.currency", *each(3702, GONE, None, "", "eur", "EURO")),
]

INSURANCES: list[Row] = [
    *rows(
        "R17",
        dutch(**SAFE, **insured(0)),
        "options.insurance.amount",
        *each(3743, 1, 50, 4999, 5001, 24999, 50001, 499999, GONE, None, -1, 5000.5, "x", 10**20),
        *each(None, 0, 5000, "5000", 25000, 50000, 500000, 500001, 10_000_000),
    ),
    *rows("R42", dutch(), "options.insurance", *each(None, None)),
    *rows(
        "R42",
        dutch(**SAFE, **insured(5000)),
        "options.insurance.currency",
        *each(3743, "USD", "eur", ""),
    ),
    *(
        (f"R16 insured with {name} only", dutch(**{name: 1}, **insured(5000)), [(3705, place)])
        for name, place in (
            ("only_recipient", "options.signature"),
            ("signature", "options.only_recipient"),
        )
    ),
    *(
        (
            f"R18 R19 {whole['recipient']['cc']} for {amount}",
            valued(whole, "options.insurance", insured(amount)["insurance"]),
            [(3743, "options.insurance")] if refused else [],
        )
        for whole, amount, refused in (
            (belgian(), 49999, True),
            (belgian(), 50000, False),
            (belgian(), 50001, True),
            (swiss(), 19999, True),
            (swiss(), 20000, False),
            (swiss(), 50000, True),
        )
    ),
    *(
        (
            f"R20 {name} out of the EU",
            valued(GLOBAL, f"options.{name}", 1),
            [(3705, f"options.{name}")],
        )
        for name in ("only_recipient", "signature", "return")
    ),
    (
        "R2 mailbox package out of the EU",
        swiss(options={"package_type": 2}),
        [(3733, "options.package_type")],
    ),
]

VALUES = DAYS + FORMS + ADDRESSES + CUSTOMS + INSURANCES
"""Rows that are the same in the lenient and in the strict reading."""
