"""Shipment statuses, which may follow which, and journeys: all as data.

Documented: the numbers 1 to 101 and their names, that a shipment begins as a concept, and the
scan codes A2, B2, B4, C3 and D3; in later documents 14 to 19. Inferred: the order of the statuses,
the pairing of statuses with codes, the codes that no document shows (D4, E1, E2, I1, I2), and how
one comes to 14 to 19. Decisions worth knowing:

* Only scans stand in the tracking history: becoming a concept, a printed letter, inactive or
  credited is office work, and nobody scans anything.
* A shipment that nobody ever scans for a time gets the inactive twin of its status and never comes
  back; by the quirk ``myparcel.inactive`` whatever is not scanned any more does.
* `FINAL` is what a client is told (a delivered parcel is at its goal); a credit is judged all the
  same.
* Only what leaves the EU passes the customs, and a return ends at the shop's pickup point, never
  at a door. What nobody takes in goes back to the sender, who collects it like a return.
* What is printed without being registered (letters, digital stamps, untracked and external
  shipments) has no barcode, and nobody scans it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Literal, TypeAlias

import msgspec

JourneyKind: TypeAlias = Literal["home", "pickup", "customs", "return", "letter", "stamp"]
Phase: TypeAlias = Literal["pending", "enroute", "delivered", "printed", "credit", "inactive"]

CONCEPT = 1
REGISTERED = 2
HANDED_OVER = 3
DISTRIBUTION = 5
CUSTOMS = 6
DELIVERED = 7
READY_FOR_PICKUP, COLLECTED = 8, 9
RETURN_READY, RETURN_COLLECTED = 10, 11
LETTER_PRINTED = 12
STAMP_PRINTED = 14
EXTERNAL_PRINTED = 15
UNTRACKED_PRINTED = 18
AGREED_LOCATION = 19

PRINTED: frozenset[int] = frozenset(
    {LETTER_PRINTED, STAMP_PRINTED, EXTERNAL_PRINTED, UNTRACKED_PRINTED}
)
"""What becomes of a concept that is printed and not registered with a carrier."""


class Status(msgspec.Struct, frozen=True):
    """A status: its number, the carrier's name, and the scan that brings it, if one does.

    `code` is the scan's code of 2017, `later_code` that of later documents.
    """

    number: int
    phase: Phase
    name: str
    code: str | None = None
    later_code: str | None = None
    description: str = ""


_ALL = (
    Status(1, "pending", "pending - concept"),
    Status(2, "pending", "pending - registered", "A2", "A01", "The package has been registered"),
    Status(
        3,
        "enroute",
        "enroute - handed to carrier",
        "B2",
        "B01",
        "The package has been handed to the carrier",
    ),
    Status(4, "enroute", "enroute - sorting", "C3", "J01", "The package is at the sorting center"),
    Status(5, "enroute", "enroute - distribution", "D3", "J05", "The package is in distribution"),
    Status(6, "enroute", "enroute - customs", "B4", "J10", "The package is at customs"),
    Status(
        7,
        "delivered",
        "delivered - at recipient",
        "I1",
        "I01",
        "The package has been delivered at the recipient",
    ),
    Status(
        8,
        "delivered",
        "delivered - ready for pickup",
        "D4",
        "J40",
        "The package is ready for pickup",
    ),
    Status(
        9,
        "delivered",
        "delivered - package picked up",
        "I1",
        "I01",
        "The package has been picked up",
    ),
    Status(
        10,
        "delivered",
        "delivered - return shipment ready for pickup",
        "E1",
        "R01",
        "The return package is ready for pickup",
    ),
    Status(
        11,
        "delivered",
        "delivered - return shipment package picked up",
        "E2",
        "R02",
        "The return package has been picked up",
    ),
    Status(12, "printed", "printed - letter"),
    Status(13, "credit", "credit"),
    Status(14, "printed", "printed - digital stamp"),
    Status(15, "printed", "printed - external shipment"),
    Status(16, "inactive", "expired"),
    Status(17, "inactive", "cancelled"),
    Status(18, "printed", "printed - untracked shipment"),
    Status(
        19,
        "delivered",
        "delivered - at agreed location",
        "I2",
        "I02",
        "The package has been delivered at the agreed location",
    ),
    Status(30, "inactive", "inactive - concept"),
    Status(31, "inactive", "inactive - registered"),
    Status(32, "inactive", "inactive - enroute - handed to carrier"),
    Status(33, "inactive", "inactive - enroute - sorting"),
    Status(34, "inactive", "inactive - enroute - distribution"),
    Status(35, "inactive", "inactive - enroute - customs"),
    Status(36, "inactive", "inactive - delivered - at recipient"),
    Status(37, "inactive", "inactive - delivered - ready for pickup"),
    Status(38, "inactive", "inactive - delivered - package picked up"),
    Status(99, "inactive", "inactive - unknown"),
    Status(100, "credit", "credit rejected"),
    Status(101, "credit", "credit approved"),
)

STATUSES: dict[int, Status] = {status.number: status for status in _ALL}
"""Every status by its number, in the carrier's order."""

LATER: frozenset[int] = frozenset(range(14, 20))
"""The statuses that came after 2017."""

FINAL: frozenset[int] = frozenset({7, 9, 11, 12, 13, *LATER, 36, 38, 99, 100, 101})
"""The statuses with which tracking says that the story is over."""

INACTIVE: dict[int, int] = {
    **{status: status + 29 for status in range(1, 10)},
    10: 99,
}
"""What becomes of a shipment that nobody scans any more, by its status."""

UNSCANNED: frozenset[int] = frozenset({CONCEPT, REGISTERED})
"""The statuses of what no carrier has ever had in its hands."""

_ONWARD: dict[int, tuple[int, ...]] = {
    1: (2, 12, 14, 15, 18),
    2: (3, 13, 16, 17),
    3: (4,),
    4: (5, 6),
    5: (7, 8, 10, 19),
    6: (5,),
    8: (9, 10),
    10: (11,),
    13: (100, 101),
    31: (13, 99),
    **dict.fromkeys((30, 32, 33, 34, 35, 37), (99,)),
}


def _following(number: int) -> tuple[int, ...]:
    onward, twin = _ONWARD.get(number, ()), INACTIVE.get(number)
    return onward if twin is None else tuple(sorted((*onward, twin)))


TRANSITIONS: dict[int, tuple[int, ...]] = {number: _following(number) for number in STATUSES}
"""Status -> the statuses that may come next; empty when nothing follows."""


_TRACKED: tuple[JourneyKind, ...] = ("home", "pickup", "customs", "return")
_OUTGOING: tuple[JourneyKind, ...] = ("home", "pickup", "customs")

ONLY_FOR: dict[int, tuple[JourneyKind, ...]] = {
    2: _TRACKED,
    6: ("customs",),
    **dict.fromkeys((7, 8, 9), _OUTGOING),
    12: ("letter",),
    14: ("stamp",),
    15: _OUTGOING,
    **dict.fromkeys((16, 17), _TRACKED),
    18: ("home", "customs"),
    19: ("home",),
}
"""The statuses that not every kind of shipment can have, and the kinds that can."""


ASIDES: tuple[frozenset[int], ...] = (
    frozenset({10, 11}),
    frozenset({13, 100, 101}),
    frozenset(INACTIVE.values()),
)
"""What is no part of a way to a status of another kind: going back, getting the money back, and not
being heard of any more."""


class Step(msgspec.Struct, frozen=True):
    """One status on a journey; `after` is the delay since the previous one."""

    status: int
    after: timedelta


class Journey(msgspec.Struct, frozen=True):
    """A named course of events from the concept on, for the kinds of shipment that it suits."""

    name: str
    description: str
    kinds: tuple[JourneyKind, ...]
    steps: tuple[Step, ...]


def _step(status: int, hours: float) -> Step:
    return Step(status, timedelta(hours=hours))


_PRINTED = _step(2, 1)
_TO_SORTING = (_PRINTED, _step(3, 6), _step(4, 5))
_OVERNIGHT = (*_TO_SORTING, _step(5, 9))

_JOURNEYS = (
    Journey(
        "delivered",
        "Delivered at the recipient's door in the course of the next day.",
        ("home",),
        (*_OVERNIGHT, _step(7, 5)),
    ),
    Journey(
        "delivered_evening",
        "Delivered at the recipient's door in the evening.",
        ("home",),
        (*_OVERNIGHT, _step(7, 11)),
    ),
    Journey(
        "pickup_collected",
        "Brought to the pickup point that was asked for, and collected there the next day.",
        ("pickup",),
        (*_OVERNIGHT, _step(8, 4), _step(9, 22)),
    ),
    Journey(
        "missed_collected",
        "Nobody was at home: taken to a pickup point the next day, and collected there.",
        ("home",),
        (*_OVERNIGHT, _step(8, 26), _step(9, 20)),
    ),
    Journey(
        "not_collected",
        "Nobody comes to the pickup point within a week; the sender gets the package back.",
        ("home", "pickup"),
        (*_OVERNIGHT, _step(8, 26), _step(10, 7 * 24), _step(11, 24)),
    ),
    Journey(
        "customs_delivered",
        "Cleared by the customs of a country outside the EU, and delivered.",
        ("customs",),
        (*_TO_SORTING, _step(6, 48), _step(5, 36), _step(7, 30)),
    ),
    Journey(
        "returned",
        "A return shipment on its way to the shop, which collects it.",
        ("return",),
        (*_OVERNIGHT, _step(10, 5), _step(11, 20)),
    ),
    Journey(
        "lost",
        "Nobody scans the package after the sorting center; in the end nobody knows where it is.",
        _TRACKED,
        (*_TO_SORTING, _step(33, 30 * 24), _step(99, 60 * 24)),
    ),
    Journey(
        "never_sent",
        "A label is printed and never used.",
        _TRACKED,
        (_PRINTED, _step(31, 30 * 24)),
    ),
    Journey(
        "credited",
        "The label is not used, and its price is given back.",
        _TRACKED,
        (_PRINTED, _step(13, 48), _step(101, 72)),
    ),
    Journey(
        "credit_rejected",
        "The sender asks for the price of a label, and does not get it.",
        _TRACKED,
        (_PRINTED, _step(13, 48), _step(100, 72)),
    ),
    Journey("letter", "Printed; nobody tracks a letter.", ("letter",), (_step(12, 1),)),
    Journey(
        "digital_stamp", "Printed; nobody tracks a digital stamp.", ("stamp",), (_step(14, 1),)
    ),
    Journey(
        "external_shipment",
        "Printed with another provider, which alone knows what becomes of it.",
        _OUTGOING,
        (_step(15, 1),),
    ),
    Journey(
        "expired",
        "A label is printed and not used in time, so that it cannot be used any more.",
        _TRACKED,
        (_PRINTED, _step(16, 30 * 24)),
    ),
    Journey(
        "cancelled",
        "A label is printed, and the shipment cancelled before it is handed to the carrier.",
        _TRACKED,
        (_PRINTED, _step(17, 3)),
    ),
    Journey(
        "untracked_shipment",
        "Printed; nobody tracks what is sent without tracking.",
        ("home", "customs"),
        (_step(18, 1),),
    ),
    Journey(
        "delivered_at_agreed_location",
        "Nobody was asked at the door: left where the recipient had agreed to.",
        ("home",),
        (*_OVERNIGHT, _step(19, 5)),
    ),
)

JOURNEYS: dict[str, Journey] = {journey.name: journey for journey in _JOURNEYS}
"""Every journey by its name."""
