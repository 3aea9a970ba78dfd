"""The rules about bodies that can be read in more than one way, as rows of tables."""

from __future__ import annotations

from typing import Any

from tests.myparcel.bodies import PICKUP, belgian, changed, dutch, shipment, swiss, valued
from tests.myparcel.rule_rows import ITEM, SAFE, SIGNED, SURE, Row, insured

ELSEWHERE = [
    (kind, name, dutch(package_type=number, **{name: 1}))
    for kind, number in (("R3 mailbox package", 2), ("R4 letter", 3))
    for name in ("only_recipient", "signature", "return", "large_format", "cooled_delivery")
]
"""Options on what is no package."""


def _refused_on_letters(kind: str, name: str) -> list[tuple[int, str]]:
    """A letter does not support options; those of a mailbox package only cost more."""
    return [(3705, f"options.{name}")] if "letter" in kind else []


BLANKS = [
    (dutch(only_recipient=""), (3705, "options.only_recipient")),
    (dutch(large_format=""), (3705, "options.large_format")),
    (dutch(delivery_type=""), (3721, "options.delivery_type")),
    (dutch(insurance={"amount": "", "currency": "EUR"}), (3743, "options.insurance.amount")),
    (shipment(physical_properties={"height": ""}), (3704, "physical_properties.height")),
    (
        shipment(general_settings={"save_recipient_address": ""}),
        (0, "general_settings.save_recipient_address"),
    ),
]
"""Fields that a form left empty, and what the strict reading says to them."""

LENIENT: list[Row] = [
    *(
        (f"7.C {name} {value!r}", dutch(**{name: value}), [])
        for name in ("only_recipient", "signature", "return", "large_format", "cooled_delivery")
        for value in (True, False, "true", "false")
    ),
    *(
        (f"R7 {date}", dutch(delivery_type=2, delivery_date=date), [])
        for date in ("2017-06-06", "2017-06-06T00:00:00.000+02:00")
    ),
    *((f"{kind} with {name}", body, []) for kind, name, body in ELSEWHERE),
    *((f"a blank {place}", body, []) for body, (_, place) in BLANKS),
    (
        "R7 a blank date in the evening",
        dutch(delivery_type=3, delivery_date="", only_recipient=1),
        [(3721, "options.delivery_date")],
    ),
    ("R5 letter out of the EU", swiss(options={"package_type": 3}), []),
    *(
        (f"R7 delivery type {kind} without a date", dutch(delivery_type=kind, **SAFE), faults)
        for kind, faults in (
            (1, [(3721, "options.delivery_date")]),
            (2, []),
            (3, [(3721, "options.delivery_date")]),
            (4, [(3722, "pickup")]),
            (5, [(3722, "pickup")]),
        )
    ),
    ("R18 EU insured for nothing", belgian(**insured(0)), []),
    ("R19 global insured for nothing", swiss(options={"package_type": 1, **insured(0)}), []),
    ("R42 insured in no currency", dutch(**SAFE, insurance={"amount": 5000}), []),
    ("R42 goods worth pounds", changed(swiss(), f"{ITEM}.item_value.currency", "GBP"), []),
    ("R3 mailbox package with options", dutch(package_type=2, **SAFE), []),
    ("R4 R14 letter with options", dutch(package_type=3, signature=1), []),
    ("R5 letter abroad", belgian(package_type=3), []),
    ("R6 standard delivery abroad", belgian(delivery_type=2), []),
    (
        "R7 pickup without a date",
        shipment(options={"package_type": 1, "delivery_type": 4, "signature": 1}, pickup=PICKUP),
        [],
    ),
    ("R11 pickup signed, to anybody", shipment(options=SIGNED, pickup=PICKUP), []),
    *[
        (f"R17 {amount}", dutch(**SAFE, **insured(amount)), [])
        for amount in (10000, 100000, 150000, 200000, 250000, 300000, 450000)
    ],
    ("R18 EU uninsured", belgian(), []),
    ("R19 global uninsured", swiss(), []),
    ("R42 goods worth yen", changed(swiss(), f"{ITEM}.item_value.currency", "YEN"), []),
    (
        "K14 one address for notifications",
        shipment(general_settings={"delivery_notification_email": "a@example.com"}),
        [],
    ),
    (
        "K14 a list for notifications",
        shipment(general_settings={"delivery_notification_email": ["a@example.com"]}),
        [],
    ),
]

STRICT: list[Row] = [
    *(
        (f"4 {place} {value!r}", valued(body, place, value), [(code, place)])
        for body, place, value, code in (
            (dutch(), "carrier", "postnl", 3728),
            (dutch(), "carrier", 2.0, 3728),
            (dutch(), "options.package_type", 1.0, 3712),
            (dutch(), "options.signature", True, 3705),
            (dutch(), "options.signature", "true", 3705),
            (dutch(delivery_type=2), "options.delivery_date", "2017-06-06", 5000),
            (dutch(delivery_type=2), "options.delivery_date", "2017-06-06T18:00:00+02:00", 5000),
            (dutch(**SAFE, **insured(5000)), "options.insurance.amount", 5000.0, 3743),
            (shipment(general_settings={}), "general_settings.delivery_notification", False, 0),
            (shipment(physical_properties={}), "physical_properties.height", 12.0, 3704),
        )
    ),
    *((f"{kind} with {name}", body, [(3705, f"options.{name}")]) for kind, name, body in ELSEWHERE),
    *((f"a blank {fault[1]}", body, [fault]) for body, fault in BLANKS),
    (
        "R5 letter out of the EU",
        swiss(options={"package_type": 3}),
        [(3733, "options.package_type")],
    ),
    *(
        (f"R7 delivery type {kind} without a date", dutch(delivery_type=kind, **SAFE), faults)
        for kind, faults in (
            (1, [(3721, "options.delivery_date")]),
            (2, [(3721, "options.delivery_date")]),
            (3, [(3721, "options.delivery_date")]),
            (4, [(3721, "options.delivery_date"), (3722, "pickup")]),
            (5, [(3721, "options.delivery_date"), (3722, "pickup")]),
        )
    ),
    ("R18 EU insured for nothing", belgian(**insured(0)), [(3743, "options.insurance")]),
    (
        "R19 global insured for nothing",
        swiss(options={"package_type": 1, **insured(0)}),
        [(3743, "options.insurance")],
    ),
    (
        "R42 insured in no currency",
        dutch(**SAFE, insurance={"amount": 5000}),
        [(3743, "options.insurance.currency")],
    ),
    (
        "R3 R14 mailbox package with options",
        dutch(package_type=2, **SAFE),
        [(3705, "options.only_recipient"), (3705, "options.signature")],
    ),
    ("R4 letter with options", dutch(package_type=3, signature=1), [(3705, "options.signature")]),
    ("R5 letter abroad", belgian(package_type=3), [(3733, "options.package_type")]),
    (
        "R6 standard delivery abroad",
        belgian(delivery_type=2, **insured(50000)),
        [(3721, "options.delivery_type"), (3721, "options.delivery_date")],
    ),
    (
        "R7 pickup without a date",
        shipment(options={"package_type": 1, "delivery_type": 4, **SAFE}, pickup=PICKUP),
        [(3721, "options.delivery_date")],
    ),
    (
        "R11 pickup signed, to anybody",
        shipment(options=SIGNED, pickup=PICKUP),
        [(3705, "options.only_recipient")],
    ),
    *[
        (f"R17 {amount}", dutch(**SAFE, **insured(amount)), [(3743, "options.insurance.amount")])
        for amount in (10000, 100000, 150000, 200000, 250000, 300000, 450000)
    ],
    ("R18 EU uninsured", belgian(), [(3743, "options.insurance")]),
    ("R19 global uninsured", swiss(), [(3743, "options.insurance")]),
    (
        "R42 goods worth yen",
        changed(swiss(options=SURE), f"{ITEM}.item_value.currency", "YEN"),
        [(3702, "customs_declaration.items[0].item_value.currency")],
    ),
    (
        "K14 one address for notifications",
        shipment(general_settings={"delivery_notification_email": "a@example.com"}),
        [(0, "general_settings.delivery_notification_email")],
    ),
]

DOCUMENTED: list[Row] = [
    *(
        (f"K28 {kind} with {name}", body, _refused_on_letters(kind, name))
        for kind, name, body in ELSEWHERE
    ),
    (
        "R23 no weight",
        swiss(options=SURE, physical_properties={"height": 10}),
        [],
    ),
    ("K5 letter abroad", belgian(package_type=3), []),
    ("K6 standard without a date", dutch(delivery_type=2), [(3721, "options.delivery_date")]),
    ("K7 pickup signed, to anybody", shipment(options=SIGNED, pickup=PICKUP), []),
    ("K8 5000", dutch(**SAFE, **insured(5000)), []),
    ("K8 10000", dutch(**SAFE, **insured(10000)), [(3743, "options.insurance.amount")]),
    ("K9 EU uninsured", belgian(), []),
    ("K9 global uninsured", swiss(), []),
    (
        "K11 goods worth yen",
        changed(swiss(options=SURE), f"{ITEM}.item_value.currency", "YEN"),
        [(3702, "customs_declaration.items[0].item_value.currency")],
    ),
    (
        "K13 no postal code",
        changed(dutch(), "recipient.postal_code", None),
        [(3505, "recipient.postal_code")],
    ),
    (
        "K14 a list for notifications",
        shipment(general_settings={"delivery_notification_email": ["a@example.com"]}),
        [],
    ),
    (
        "K14 one address for notifications",
        shipment(general_settings={"delivery_notification_email": "a@example.com"}),
        [(0, "general_settings.delivery_notification_email")],
    ),
    *((f"a blank {place}", body, []) for body, (_, place) in BLANKS),
]
"""What the profile of the documents takes, where they contradict themselves or the recordings."""

ONE_BY_ONE: list[tuple[str, Any, dict[str, Any], list[tuple[int, str]]]] = [
    ("international_letters", False, belgian(package_type=3), [(3733, "options.package_type")]),
    ("delivery_date", "always", dutch(delivery_type=2), [(3721, "options.delivery_date")]),
    (
        "evening_days",
        "weekdays",
        dutch(delivery_type=3, delivery_date="2017-06-07 18:00:00", only_recipient=1),
        [],
    ),
    (
        "pickup_only_recipient",
        True,
        shipment(options=SIGNED, pickup=PICKUP),
        [(3705, "options.only_recipient")],
    ),
    (
        "insurance_amounts",
        "documented",
        dutch(**SAFE, **insured(10000)),
        [(3743, "options.insurance.amount")],
    ),
    ("international_insurance", "required", belgian(), [(3743, "options.insurance")]),
    (
        "currency",
        "euro",
        changed(swiss(), f"{ITEM}.item_value.currency", "YEN"),
        [(3702, "customs_declaration.items[0].item_value.currency")],
    ),
    ("dutch_postal_code", "optional", changed(dutch(), "recipient.postal_code", None), []),
    (
        "notification_email",
        "array",
        shipment(general_settings={"delivery_notification_email": "a@example.com"}),
        [(0, "general_settings.delivery_notification_email")],
    ),
    (
        "notification_email",
        "string",
        shipment(general_settings={"delivery_notification_email": ["a@example.com"]}),
        [(0, "general_settings.delivery_notification_email")],
    ),
    (
        "options_elsewhere",
        "refuse",
        dutch(package_type=3, signature=1),
        [(3705, "options.signature")],
    ),
]
