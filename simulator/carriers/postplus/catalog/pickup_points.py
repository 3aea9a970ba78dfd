"""What the seeded pickup points are made of: who runs them, what they are called, when they open.

The carrier code DPB with the country EE is in the public documentation; the other codes, and which
carrier serves which country, are inferred. Names and addresses are invented out of common words.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal["Locker", "Shop"]


class Network(NamedTuple):
    """The points of one country: `lockers` and `shops` are carrier and code, `nouns` what a point
    of each kind is called there, `address` the form of a street with its number."""

    first_id: int
    lockers: tuple[str, str]
    shops: tuple[str, str]
    nouns: dict[Kind, str]
    address: str
    dialling: str
    streets: tuple[str, ...]


_DPD = ("DPD Baltics", "DPB")
_LP = ("Lithuania Post", "LTP")
_POSTI = ("Posti", "PTI")

NETWORKS: dict[str, Network] = {
    "EE": Network(
        10_001,
        _DPD,
        _DPD,
        {"Locker": "pakiautomaat", "Shop": "pakipood"},
        "{} {}",
        "372",
        ("Kesk", "Pikk", "Jaama", "Tallinna mnt", "Kooli", "Võidu", "Aia", "Tartu mnt", "Lai"),
    ),
    "LV": Network(
        20_001,
        _DPD,
        _DPD,
        {"Locker": "pakomāts", "Shop": "paku veikals"},
        "{} iela {}",
        "371",
        ("Rīgas", "Brīvības", "Raiņa", "Stacijas", "Skolas", "Parka", "Dārza", "Lielā", "Tirgus"),
    ),
    "LT": Network(
        30_001,
        _DPD,
        _LP,
        {"Locker": "paštomatas", "Shop": "paštas"},
        "{} g. {}",
        "370",
        ("Vytauto", "Laisvės", "Vilniaus", "Stoties", "Kauno", "Parko", "Mokyklos", "Taikos"),
    ),
    "FI": Network(
        40_001,
        _POSTI,
        _POSTI,
        {"Locker": "pakettiautomaatti", "Shop": "noutopiste"},
        "{} {}",
        "358",
        (
            "Kauppakatu",
            "Asemakatu",
            "Koulukatu",
            "Keskuskatu",
            "Torikatu",
            "Kirkkokatu",
            "Rantatie",
        ),
    ),
}

POINTS_BY_RANK = (12, 8, 6)
"""How many points the largest towns of a country have."""

POINTS_ELSEWHERE = 3

PLACES: dict[Kind, tuple[str, ...]] = {
    "Locker": (
        "Outside, beside the main entrance of the supermarket",
        "Outside, on the car park",
        "Inside, on the ground floor of the shopping centre",
        "Outside, at the filling station",
    ),
    "Shop": ("At the counter", "At the information desk", "At the checkout"),
}

Hours = tuple[str, str, str, str, str, str, str]
"""Monday to Sunday, empty where closed."""


def _week(weekdays: str, saturday: str, sunday: str = "") -> Hours:
    return (weekdays, weekdays, weekdays, weekdays, weekdays, saturday, sunday)


HOURS: dict[Kind, tuple[Hours, ...]] = {
    "Locker": (
        _week("00:00-24:00", "00:00-24:00", "00:00-24:00"),
        _week("07:00-23:00", "07:00-23:00", "08:00-22:00"),
    ),
    "Shop": (
        _week("09:00-18:00", "10:00-15:00"),
        _week("08:00-20:00", "09:00-18:00", "10:00-16:00"),
        _week("10:00-19:00", "10:00-16:00"),
    ),
}
