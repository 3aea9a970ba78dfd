"""The rules about bodies that can be read in more than one way, as rows of tables."""

from __future__ import annotations

from typing import Any

from tests.myparcel.bodies import PICKUP, belgian, changed, dutch, shipment, swiss
from tests.myparcel.rule_rows import ITEM, SAFE, SIGNED, SURE, Row, insured

LENIENT: list[Row] = [
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
        for amount in (10000, 100000, 150000, 250000, 300000)
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
        for amount in (10000, 100000, 250000)
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
