"""What carriers, package types, delivery types and shipment types are called, by number.

Bodies take the number or the upper-case name, queries the old lower-case name; whoever reads either
gets the same thing.

Sources: the numbers and upper-case names are those of the public description of api.myparcel.nl
(2026); old names are the constants of its JavaScript clients. No client has an old name for the
carriers 18 to 20 and the types that came with them: theirs are formed like the others (inferred).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import msgspec

from simulator.core import reading


class Named(msgspec.Struct, frozen=True):
    """A number, its upper-case name in bodies, its old lower-case name, and its name for people."""

    number: int
    name: str
    old: str
    human: str


class Names(Mapping[int, Named]):
    """Things of one kind by number, which are also found by any of their names."""

    def __init__(self, *named: Named, aliases: Mapping[str, int] | None = None) -> None:
        """`aliases` are further names in lower case, with the numbers that they stand for."""
        self._named = MappingProxyType({each.number: each for each in named})
        found = {text.lower(): each.number for each in named for text in (each.name, each.old)}
        self._found = found | dict(aliases or {})

    def __getitem__(self, number: int) -> Named:
        return self._named[number]

    def __iter__(self) -> Iterator[int]:
        return iter(self._named)

    def __len__(self) -> int:
        return len(self._named)

    def number(self, value: object) -> int | None:
        """The number that is meant by a number, its digits or a name; None: there is no such."""
        if isinstance(value, bool) or not isinstance(value, int | str):
            return None
        text = str(value).strip().lower()
        digits = reading.whole(text)
        if digits is not None:
            return digits if digits in self._named else None
        return self._found.get(text)

    def listed(self) -> str:
        """All of them for people: ``1 POSTNL, 2 BPOST``."""
        return ", ".join(f"{each.number} {each.name}" for each in self._named.values())


POSTNL, BPOST, CHEAP_CARGO, DPD, INSTABOX = 1, 2, 3, 4, 5
DHL_CHEAP_CARGO, BOL, UPS, DHL_FOR_YOU, DHL_PARCEL_CONNECT = 6, 7, 8, 9, 10
DHL_EUROPLUS, UPS_STANDARD, UPS_EXPRESS_SAVER, GLS, BRT = 11, 12, 13, 14, 15
TRUNKRS, INPOST, POSTE_ITALIANE, SPRING, VIA_TIM = 16, 17, 18, 19, 20

CARRIERS = Names(
    Named(POSTNL, "POSTNL", "postnl", "PostNL"),
    Named(BPOST, "BPOST", "bpost", "bpost"),
    Named(CHEAP_CARGO, "CHEAP_CARGO", "cheapcargo", "Cheap Cargo"),
    Named(DPD, "DPD", "dpd", "DPD"),
    Named(INSTABOX, "INSTABOX", "instabox", "Instabox"),
    Named(DHL_CHEAP_CARGO, "DHL_CHEAP_CARGO", "dhl", "DHL"),
    Named(BOL, "BOL", "bol.com", "Bol.com"),
    Named(UPS, "UPS", "ups", "UPS"),
    Named(DHL_FOR_YOU, "DHL_FOR_YOU", "dhlforyou", "DHL For You"),
    Named(DHL_PARCEL_CONNECT, "DHL_PARCEL_CONNECT", "dhlparcelconnect", "DHL Parcel Connect"),
    Named(DHL_EUROPLUS, "DHL_EUROPLUS", "dhleuroplus", "DHL Europlus"),
    Named(UPS_STANDARD, "UPS_STANDARD", "upsstandard", "UPS Standard"),
    Named(UPS_EXPRESS_SAVER, "UPS_EXPRESS_SAVER", "upsexpresssaver", "UPS Express Saver"),
    Named(GLS, "GLS", "gls", "GLS"),
    Named(BRT, "BRT", "brt", "BRT"),
    Named(TRUNKRS, "TRUNKRS", "trunkrs", "Trunkrs"),
    Named(INPOST, "INPOST", "inpost", "InPost"),
    Named(POSTE_ITALIANE, "POSTE_ITALIANE", "posteitaliane", "Poste Italiane"),
    Named(SPRING, "SPRING", "spring", "Spring"),
    Named(VIA_TIM, "VIA_TIM", "viatim", "ViaTim"),
    aliases={"bolcom": BOL},
)

PACKAGE, MAILBOX, LETTER, DIGITAL_STAMP, PALLET, SMALL_PACKAGE, ENVELOPE = 1, 2, 3, 4, 5, 6, 7

PACKAGE_TYPES = Names(
    Named(PACKAGE, "PACKAGE", "package", "package"),
    Named(MAILBOX, "MAILBOX", "mailbox", "mailbox package"),
    Named(LETTER, "UNFRANKED", "letter", "letter"),
    Named(DIGITAL_STAMP, "DIGITAL_STAMP", "digital_stamp", "digital stamp"),
    Named(PALLET, "PALLET", "pallet", "pallet"),
    Named(SMALL_PACKAGE, "SMALL_PACKAGE", "package_small", "small package"),
    Named(ENVELOPE, "ENVELOPE", "envelope", "envelope"),
)

MORNING, STANDARD, EVENING, PICKUP, SAME_DAY, EXPRESS, EARLY_MORNING = 1, 2, 3, 4, 6, 7, 8

DELIVERY_TYPES = Names(
    Named(MORNING, "MORNING_DELIVERY", "morning", "morning delivery"),
    Named(STANDARD, "STANDARD_DELIVERY", "standard", "standard delivery"),
    Named(EVENING, "EVENING_DELIVERY", "evening", "evening delivery"),
    Named(PICKUP, "PICKUP_DELIVERY", "pickup", "pickup"),
    Named(SAME_DAY, "SAME_DAY_DELIVERY", "same_day", "same day delivery"),
    Named(EXPRESS, "EXPRESS_DELIVERY", "express", "express delivery"),
    Named(EARLY_MORNING, "EARLY_MORNING_DELIVERY", "early_morning", "early morning delivery"),
)
