"""Pickup points in the Netherlands: two of the document, and a seeded set in every larger town.

Nothing here is left to chance: the same point has the same place, hours and code in every
workspace. Apart from the document's two, names and telephone numbers are invented.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from functools import lru_cache
from typing import Literal

import msgspec

from simulator.carriers.myparcel.catalog.places import Place, around, draw, metres_between
from simulator.carriers.myparcel.catalog.towns import TOWNS, Town

Kind = Literal["business", "post_office", "shop", "office", "locker"]
"""What a point is: a business point or a shop of PostNL as the document of 2017 tells them apart,
a shop of another network, a carrier's own office, a parcel locker."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

COMMENTS: dict[str, str] = {
    "business": "Dit is een Business Point. Post en pakketten die u op werkdagen vóór de "
    "lichtingstijd afgeeft, bezorgen we binnen Nederland de volgende dag.",
    "post_office": "Dit is een Postkantoor. Post en pakketten die u op werkdagen vóór de "
    "lichtingstijd afgeeft, bezorgen we binnen Nederland de volgende dag.",
}

Hours = tuple[tuple[str, ...], ...]
"""For each weekday from Monday the times in which it is open: ``09:00-18:00``."""


class PickupPoint(msgspec.Struct, frozen=True):
    """A shop where parcels are collected and handed in.

    `retail_network_id` is the carrier's name for the network that the point belongs to; networks of
    today have it, as they have lockers and points in Belgium.
    """

    code: str
    name: str
    street: str
    number: str
    postal_code: str
    city: str
    phone: str
    kind: Kind
    hours: Hours
    place: Place
    cc: str = "NL"
    number_suffix: str = ""
    retail_network_id: str = "PNPNL-01"

    def open_on(self, day: date) -> tuple[str, ...]:
        """The times in which it is open on `day` by its weekly hours."""
        return self.hours[day.weekday()]

    def is_open(self, day: date, at: time) -> bool:
        """Whether somebody can collect a parcel there on `day` at the time `at`."""
        return any(start <= at <= end for start, end in self.spans(day))

    def spans(self, day: date) -> list[tuple[time, time]]:
        """The same as `open_on`, as pairs of times."""
        return [_span(text) for text in self.open_on(day)]


@lru_cache(maxsize=256)
def _span(text: str) -> tuple[time, time]:
    start, _, end = text.partition("-")
    return time.fromisoformat(start), time.fromisoformat(end)


def week(weekdays: str, saturday: str, sunday: str = "", *, monday: str = "") -> Hours:
    days = (monday or weekdays, *[weekdays] * 4, saturday, sunday)
    return tuple((day,) if day else () for day in days)


_BUSINESS_HOURS = (
    week("08:00-18:30", "08:00-17:00"),
    week("07:30-18:00", "08:00-17:00"),
    week("08:00-20:00", "08:00-20:00", "12:00-18:00"),
    week("08:00-21:00", "08:00-20:00", "10:00-18:00"),
)
_SHOP_HOURS = (
    week("09:00-18:00", "09:00-17:00", "12:00-17:00", monday="11:00-18:00"),
    week("09:00-18:00", "09:00-17:00"),
    week("09:00-18:00", "09:00-17:00", monday="13:00-18:00"),
    week("09:30-18:00", "09:30-17:00", monday="12:00-18:00"),
)
_BUSINESS_NAMES = (
    "Kantoorvakhandel De Griffel",
    "Bouwmarkt Van Rijn",
    "Supermarkt De Marktkoop",
    "Tankstation De Ring",
    "Kantoorcentrum Het Veer",
)
_SHOP_NAMES = (
    "Boekhandel De Linde",
    "Tabak & Gemak Jansen",
    "Drogisterij De Gaper",
    "Readshop De Brug",
    "Kantoorboekhandel Bakker",
    "Cadeauwinkel 't Hoekje",
    "Speelgoedwinkel De Tol",
)
_STREETS = (
    "Hoofdstraat",
    "Marktplein",
    "Stationsweg",
    "Kerkstraat",
    "Nieuwstraat",
    "Dorpsstraat",
    "Molenweg",
    "Wilhelminastraat",
    "Industrieweg",
    "Raadhuisplein",
)
# Dutch postal codes have no F, I, O, Q, U and Y, and neither SA, SD nor SS.
_LETTERS = "ABCDEGHJKLMNPRTVWXZ"

DOCUMENTED: tuple[PickupPoint, ...] = (
    PickupPoint(
        code="173187",
        name="Staples Office Centre",
        street="Jacobus Spijkerdreef",
        number="10",
        postal_code="2132PZ",
        city="Hoofddorp",
        phone="023-5576310",
        kind="business",
        hours=week("08:00-18:30", "08:00-17:00"),
        place=Place(52.286582, 4.682377),
    ),
    PickupPoint(
        code="176227",
        name="Primera Sanders",
        street="Polderplein",
        number="3",
        postal_code="2132BA",
        city="Hoofddorp",
        phone="023-5640556",
        kind="post_office",
        hours=(
            ("11:00-18:00",),
            ("09:00-18:00",),
            ("09:00-18:00",),
            ("09:00-18:00",),
            ("09:00-21:00",),
            ("09:00-17:00",),
            ("12:00-17:00",),
        ),
        place=Place(52.303294, 4.694762),
    ),
)

_PER_TOWN = 4


def _point(town: Town, index: int) -> PickupPoint:
    name = f"{town.name}/{index}"
    kind: Kind = "business" if index == 0 else "post_office"
    names, hours = (
        (_BUSINESS_NAMES, _BUSINESS_HOURS) if kind == "business" else (_SHOP_NAMES, _SHOP_HOURS)
    )
    first, second = divmod(draw("letters", name) % len(_LETTERS) ** 2, len(_LETTERS))
    line = draw("line", name) % 1000
    return PickupPoint(
        code=str(180_000 + 10 * TOWNS.index(town) + index),
        name=names[draw("name", town.name, kind) % len(names) - index],
        street=_STREETS[(draw("street", town.name) + index) % len(_STREETS)],
        number=str(draw("number", name) % 180 + 1),
        postal_code=f"{town.post + index % 2}{_LETTERS[first]}{_LETTERS[second]}",
        city=town.name,
        # Fictional: subscribers' numbers that begin with 555 and fill up to ten digits.
        phone=f"{town.dialling}-{'5550000'[: 7 - len(town.dialling)]}{line:03d}",
        kind=kind,
        hours=hours[draw("hours", name) % len(hours)],
        place=around(town, "point", name),
    )


POINTS: tuple[PickupPoint, ...] = (
    *DOCUMENTED,
    *(_point(town, index) for town in TOWNS for index in range(_PER_TOWN)),
)


@lru_cache(maxsize=512)
def near(place: Place, within_metres: int, limit: int) -> tuple[tuple[int, PickupPoint], ...]:
    """Up to `limit` points within a radius with their distances in metres, nearest first."""
    return nearest(POINTS, place, within_metres, limit)


def nearest(
    points: Iterable[PickupPoint], place: Place, within_metres: int, limit: int
) -> tuple[tuple[int, PickupPoint], ...]:
    """The same among any points."""
    found = sorted(
        ((metres_between(place, point.place), point) for point in points),
        key=lambda pair: (pair[0], pair[1].code),
    )
    return tuple(pair for pair in found[:limit] if pair[0] <= within_metres)
