"""The rules about bodies that have one reading only, as rows of a table."""

from __future__ import annotations

from typing import Any

from tests.myparcel.bodies import (
    PICKUP,
    SATURDAY,
    TUESDAY,
    belgian,
    changed,
    dutch,
    shipment,
    swiss,
)

EURO = "EUR"
Row = tuple[str, dict[str, Any], list[tuple[int, str]]]


def insured(amount: int, currency: str = EURO) -> dict[str, Any]:
    return {"insurance": {"amount": amount, "currency": currency}}


SAFE = {"only_recipient": 1, "signature": 1}
SURE = {"package_type": 1, **insured(20000)}
SIGNED = {"package_type": 1, "delivery_type": 4, "delivery_date": TUESDAY, "signature": 1}
ITEM = "customs_declaration.items.0"

BOTH: list[Row] = [
    (
        "R1 package type there",
        changed(dutch(), "options.package_type", None),
        [(3712, "options.package_type")],
    ),
    ("R1 package type 4", dutch(package_type=4), [(3712, "options.package_type")]),
    ("R1 package type 0", dutch(package_type=0), [(3712, "options.package_type")]),
    ("R1 package type as text", dutch(package_type="1"), []),
    ("R1 options there", changed(dutch(), "options", None), [(3712, "options")]),
    ("R2 mailbox package at home", dutch(package_type=2), []),
    (
        "R2 mailbox package abroad",
        belgian(package_type=2, **insured(0)),
        [(3733, "options.package_type")],
    ),
    ("R4 letter at home", dutch(package_type=3), []),
    (
        "R6 standard delivery abroad on a day",
        belgian(delivery_type=2, delivery_date=TUESDAY, **insured(50000)),
        [(3721, "options.delivery_type")],
    ),
    (
        "R6 mailbox package in the evening",
        dutch(package_type=2, delivery_type=3, delivery_date=TUESDAY, only_recipient=0),
        [(3721, "options.delivery_type"), (3705, "options.only_recipient")],
    ),
    (
        "R6 delivery type 6",
        dutch(delivery_type=6, delivery_date=TUESDAY),
        [(3721, "options.delivery_type")],
    ),
    ("R7 date without a type", dutch(delivery_date=TUESDAY), [(3721, "options.delivery_type")]),
    (
        "R7 morning without a date",
        dutch(delivery_type=1, only_recipient=1),
        [(3721, "options.delivery_date")],
    ),
    (
        "R7 a date that is none",
        dutch(delivery_type=2, delivery_date="soon"),
        [(5000, "options.delivery_date")],
    ),
    (
        "R8 morning on a Tuesday",
        dutch(delivery_type=1, delivery_date=TUESDAY, only_recipient=1),
        [],
    ),
    (
        "R8 morning on a Saturday",
        dutch(delivery_type=1, delivery_date=SATURDAY, only_recipient=1),
        [(3721, "options.delivery_date")],
    ),
    (
        "R8 morning on a Sunday",
        dutch(delivery_type=1, delivery_date="2017-06-11 08:00:00", only_recipient=1),
        [(3721, "options.delivery_date")],
    ),
    (
        "R9 evening on a Thursday",
        dutch(delivery_type=3, delivery_date="2017-06-08 18:00:00", only_recipient=1),
        [],
    ),
    (
        "R9 evening on a Wednesday",
        dutch(delivery_type=3, delivery_date="2017-06-07 18:00:00", only_recipient=1),
        [(3721, "options.delivery_date")],
    ),
    (
        "R10 morning to anybody",
        dutch(delivery_type=1, delivery_date=TUESDAY),
        [(3705, "options.only_recipient")],
    ),
    (
        "R10 evening to anybody",
        dutch(delivery_type=3, delivery_date=TUESDAY, only_recipient=0),
        [(3705, "options.only_recipient")],
    ),
    (
        "R11 pickup unsigned",
        shipment(
            options={
                "package_type": 1,
                "delivery_type": 4,
                "delivery_date": TUESDAY,
                "only_recipient": 1,
            },
            pickup=PICKUP,
        ),
        [(3705, "options.signature")],
    ),
    (
        "R11 pickup express unsigned",
        shipment(
            options={
                "package_type": 1,
                "delivery_type": 5,
                "delivery_date": TUESDAY,
                "only_recipient": 1,
            },
            pickup=PICKUP,
        ),
        [(3705, "options.signature")],
    ),
    (
        "R12 pickup nowhere",
        dutch(delivery_type=4, delivery_date=TUESDAY, **SAFE),
        [(3722, "pickup")],
    ),
    (
        "R12 R13 pickup express somewhere",
        shipment(
            options={"package_type": 1, "delivery_type": 5, "delivery_date": TUESDAY, **SAFE},
            pickup=PICKUP,
        ),
        [],
    ),
    (
        "R15 insured mailbox package",
        dutch(package_type=2, **insured(5000)),
        [(3743, "options.insurance")],
    ),
    ("R15 insured letter", dutch(package_type=3, **insured(5000)), [(3743, "options.insurance")]),
    (
        "R16 insured, to anybody, unsigned",
        dutch(**insured(5000)),
        [(3705, "options.only_recipient"), (3705, "options.signature")],
    ),
    ("R16 insured for nothing", dutch(**insured(0)), []),
    *[
        (f"R17 {amount}", dutch(**SAFE, **insured(amount)), [])
        for amount in (5000, 25000, 50000, 500000, 700000)
    ],
    *[
        (f"R17 {amount}", dutch(**SAFE, **insured(amount)), [(3743, "options.insurance.amount")])
        for amount in (50, 5001, 30000, 499999)
    ],
    ("R18 EU for 500", belgian(**insured(50000)), []),
    ("R18 EU for 200", belgian(**insured(20000)), [(3743, "options.insurance")]),
    ("R19 global for 200", swiss(options=SURE), []),
    (
        "R19 global for 500",
        swiss(options={"package_type": 1, **insured(50000)}),
        [(3743, "options.insurance")],
    ),
    (
        "R20 options of home abroad",
        belgian(**SAFE, **{"return": 1}, **insured(50000)),
        [(3705, "options.only_recipient"), (3705, "options.signature"), (3705, "options.return")],
    ),
    (
        "R20 switched off abroad",
        belgian(only_recipient=0, signature=0, **{"return": 0}, **insured(50000)),
        [],
    ),
    ("R21 large format at home", dutch(large_format=1), []),
    ("R21 large format in the EU", belgian(large_format=1, **insured(50000)), []),
    (
        "R21 large format further away",
        swiss(options={**SURE, "large_format": 1}),
        [(3705, "options.large_format")],
    ),
    (
        "R22 no customs declaration",
        changed(swiss(options=SURE), "customs_declaration", None),
        [(3702, "customs_declaration")],
    ),
    (
        "R23 no properties",
        changed(swiss(options=SURE), "physical_properties", None),
        [(3704, "physical_properties")],
    ),
    (
        "R23 no weight",
        swiss(options=SURE, physical_properties={"height": 10}),
        [(3704, "physical_properties.weight")],
    ),
    *[
        (
            f"R24 contents {contents} without an invoice",
            changed(
                changed(swiss(options=SURE), "customs_declaration.invoice", None),
                "customs_declaration.contents",
                contents,
            ),
            faults,
        )
        for contents, faults in (
            (1, [(3703, "customs_declaration.invoice")]),
            (2, [(3703, "customs_declaration.invoice")]),
            (3, []),
            (4, []),
            (5, [(3703, "customs_declaration.invoice")]),
        )
    ],
    *[
        (f"R25 {member} {value!r}", changed(swiss(options=SURE), f"{ITEM}.{member}", value), faults)
        for member, value, faults in (
            ("amount", 0, [(3765, "customs_declaration.items[0].amount")]),
            ("amount", None, [(3765, "customs_declaration.items[0].amount")]),
            ("weight", 20001, [(3730, "customs_declaration.items[0].weight")]),
            ("country", "XX", [(3506, "customs_declaration.items[0].country")]),
            ("country", None, [(3506, "customs_declaration.items[0].country")]),
            (
                "classification",
                "12345678901",
                [(3702, "customs_declaration.items[0].classification")],
            ),
            ("classification", "wool", [(3702, "customs_declaration.items[0].classification")]),
            ("classification", "0181", []),
            ("description", None, [(3702, "customs_declaration.items[0].description")]),
            ("item_value", None, [(3702, "customs_declaration.items[0].item_value")]),
        )
    ],
    (
        "R25 no items",
        changed(swiss(options=SURE), "customs_declaration.items", []),
        [(3702, "customs_declaration.items")],
    ),
    *[
        (
            f"R26 {name} {value!r}",
            changed(dutch(), f"recipient.{name}", value),
            [(code, f"recipient.{name}")],
        )
        for name, value, code in (
            ("cc", None, 3506),
            ("cc", "nl", 3506),
            ("cc", "XX", 3506),
            ("city", None, 3501),
            ("street", None, 3501),
            ("street", "", 3501),
            ("person", None, 3514),
            ("email", "nobody", 3515),
            ("person", "x" * 256, 3510),
            ("street", "x" * 256, 3509),
            ("company", "x" * 256, 3513),
            ("phone", "1" * 256, 3512),
            ("number_suffix", "x" * 256, 3511),
        )
    ],
    ("R26 no recipient", changed(dutch(), "recipient", None), [(3501, "recipient")]),
    (
        "R27 no number at home",
        changed(dutch(), "recipient.number", None),
        [(3503, "recipient.number")],
    ),
    (
        "R27 a number without digits",
        changed(dutch(), "recipient.number", "huis"),
        [(3503, "recipient.number")],
    ),
    ("R27 a number as number", changed(dutch(), "recipient.number", 8), []),
    (
        "R28 no postal code in the EU",
        changed(belgian(**insured(50000)), "recipient.postal_code", None),
        [(3505, "recipient.postal_code")],
    ),
    (
        "R28 no postal code in Ireland",
        shipment(
            {"cc": "IE", "city": "Dublin", "street": "Grafton St 1", "person": "Aoife"},
            options={"package_type": 1, **insured(50000)},
        ),
        [],
    ),
    (
        "R28 no postal code in the world",
        changed(swiss(options=SURE), "recipient.postal_code", None),
        [],
    ),
    ("R28 postal code with a space", changed(dutch(), "recipient.postal_code", "3584 cs"), []),
    (
        "R28 postal code of another form",
        changed(dutch(), "recipient.postal_code", "1000"),
        [(3505, "recipient.postal_code")],
    ),
    ("R29 no carrier", changed(dutch(), "carrier", None), [(3728, "carrier")]),
    ("R29 carrier 6", shipment(carrier=6), [(3728, "carrier")]),
    ("R29 carrier as text", shipment(carrier="2"), []),
    (
        "R42 insured in pounds",
        dutch(**SAFE, **insured(5000, "GBP")),
        [(3743, "options.insurance.currency")],
    ),
]
"""Rows that are the same in the lenient and in the strict reading."""
