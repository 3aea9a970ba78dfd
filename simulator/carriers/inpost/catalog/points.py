"""The seeded lockers and service points.

The named ones (`KRA010`, `KRA012`, `WAW478M`, `POP-WAW364`) occur in the carrier's documents, with
our own data. All others are derived from the tables of towns and streets: every choice is a digest
of the point's name, so a point is the same in every run. Field names, types, statuses and functions
are those of the carrier; which point has which is inferred.
"""

from __future__ import annotations

from datetime import datetime
from hashlib import blake2b
from typing import Literal, TypeAlias

import msgspec

from simulator.carriers.inpost.catalog.towns import STREETS, TOWNS, Town

PointStatus: TypeAlias = Literal["Operating", "NonOperating", "Disabled"]
LocationType: TypeAlias = Literal["Outdoor", "Indoor"]


class PointSeed(msgspec.Struct, frozen=True):
    """A locker or service point as the world starts with it.

    `image_url` is a path below the carrier's static host. `updated_hours_ago`: how long before the
    world's start the point was last changed, unless `changed_at` says when an action changed it.
    `recommended` names points nearby.
    """

    name: str
    types: tuple[str, ...]
    status: PointStatus
    latitude: float
    longitude: float
    location_type: LocationType
    location_description: str
    opening_hours: str
    location_247: bool
    line1: str
    line2: str
    city: str
    province: str
    post_code: str
    street: str
    building_number: str
    payment_available: bool
    payment_point_descr: str | None
    payment_type: tuple[tuple[str, str], ...]
    functions: tuple[str, ...]
    partner_id: int
    is_next: bool
    virtual: str
    agency: str
    image_url: str
    easy_access_zone: bool
    air_index_level: str | None
    physical_type_mapped: str
    supported_locker_temperatures: tuple[str, ...]
    recommended: tuple[str, ...]
    updated_hours_ago: int
    changed_at: datetime | None = None


_LOCKER_FUNCTIONS = (
    "allegro_parcel_collect",
    "allegro_parcel_send",
    "parcel",
    "parcel_collect",
    "parcel_reverse_return_send",
    "parcel_send",
    "standard_courier_send",
)
_SEND_ONLY_FUNCTIONS = (
    "allegro_parcel_send",
    "parcel",
    "parcel_reverse_return_send",
    "parcel_send",
    "standard_courier_send",
)
_COLLECT_ONLY_FUNCTIONS = ("allegro_parcel_collect", "parcel", "parcel_collect")
_POP_FUNCTIONS = (
    "allegro_courier_send",
    "allegro_letter_send",
    "allegro_parcel_collect",
    "allegro_parcel_send",
    "parcel",
    "parcel_collect",
    "parcel_reverse_return_send",
    "parcel_send",
    "standard_courier_send",
    "standard_letter_send",
)

_LOCKER_PLACES = (
    "przy sklepie",
    "przy markecie",
    "na parkingu",
    "przy stacji paliw",
    "przy przystanku",
    "obok apteki",
    "przy dworcu",
    "przy bloku",
)
_POP_PLACES = ("Sklep spożywczy", "Kiosk", "Punkt ksero", "Sklep zoologiczny", "Stacja paliw")
_POP_HOURS = (
    "PN-PT 08:00-20:00, SB 08:00-16:00",
    "PN-SB 06:00-22:00",
    "PN-PT 10:00-18:00",
    "PN-ND 07:00-21:00",
)
_AIR = ("VERY_GOOD", "GOOD", "SATISFACTORY", "MODERATE", None)
_NO_PAYMENTS = (("0", "Payments are not supported"),)
_PAYMENTS = (("2", "Payments are possible on machine"),)

_FIXED_ADDRESSES: dict[str, tuple[str, str, str, float, float]] = {
    "KRA010": ("Długa", "1", "31-147", 50.0657, 19.9377),
    "KRA012": ("Krótka", "8", "31-149", 50.0669, 19.9391),
    "WAW478M": ("Prosta", "51", "00-838", 52.2306, 20.9916),
    "POP-WAW364": ("Jasna", "14", "00-041", 52.2361, 21.0126),
    "POP-KRA12": ("Grunwaldzka", "6", "31-526", 50.0650, 19.9630),
}

# The largest towns get more points, every town at least these many lockers.
_LOCKERS_BY_RANK = (26, 18, 12, 12, 11, 10, 8, 8, 8, 7)
_LOCKERS_ELSEWHERE = 4
_POPS_BY_RANK = (5, 4, 3, 3, 3, 2, 2, 2, 2, 2)
_POPS_ELSEWHERE = 1
_LOCKERS_WITH_LETTER = {"WAW": "WAW478M"}
_POPS_WITH_OWN_NUMBER = {"WAW": "POP-WAW364", "KRA": "POP-KRA12"}


def default_points() -> list[PointSeed]:
    """About 400 points, in the order of their names. The list is new on every call."""
    points: list[PointSeed] = []
    for rank, town in enumerate(TOWNS):
        lockers = _locker_names(town, _of_rank(_LOCKERS_BY_RANK, rank, _LOCKERS_ELSEWHERE))
        pops = _pop_names(town, _of_rank(_POPS_BY_RANK, rank, _POPS_ELSEWHERE))
        points.extend(
            _locker(name, town, _neighbours(lockers, place)) for place, name in enumerate(lockers)
        )
        points.extend(_pop(name, town, lockers[:1]) for name in pops)
    points.sort(key=lambda point: point.name)
    return points


def _of_rank(counts: tuple[int, ...], rank: int, elsewhere: int) -> int:
    return counts[rank] if rank < len(counts) else elsewhere


def _locker_names(town: Town, count: int) -> tuple[str, ...]:
    numbered = [f"{town.code}{number:03d}" for number in (10, 12)]
    for place in range(2, count):
        number = 12 + 3 * place
        # Real names are numbers of two or three digits, some with a letter.
        suffix = ("", "M", "", "N", "A", "")[place % 6]
        digits = f"{number:02d}" if suffix in {"A", "N"} else f"{number:03d}"
        numbered.append(f"{town.code}{digits}{suffix}")
    named = _LOCKERS_WITH_LETTER.get(town.code)
    return (*numbered, named) if named else tuple(numbered)


def _pop_names(town: Town, count: int) -> tuple[str, ...]:
    names = [f"POP-{town.code}{3 + 4 * place}" for place in range(count)]
    named = _POPS_WITH_OWN_NUMBER.get(town.code)
    return (*names, named) if named else tuple(names)


def _neighbours(names: tuple[str, ...], place: int) -> tuple[str, ...]:
    following = names[place + 1 : place + 3]
    return following or names[:1]


def _digest(name: str) -> bytes:
    return blake2b(name.encode(), digest_size=16).digest()


def _where(name: str, town: Town, digest: bytes) -> tuple[str, str, str, float, float]:
    fixed = _FIXED_ADDRESSES.get(name)
    if fixed is not None:
        return fixed
    street = STREETS[digest[0] % len(STREETS)]
    number = str(1 + digest[1] % 120)
    post_code = f"{town.post_prefix}-{int.from_bytes(digest[2:4]) % 900 + 1:03d}"
    # Up to about 4 km from the centre in each direction.
    latitude = town.latitude + (int.from_bytes(digest[4:6]) / 65535 - 0.5) * 0.07
    longitude = town.longitude + (int.from_bytes(digest[6:8]) / 65535 - 0.5) * 0.11
    return street, number, post_code, round(latitude, 5), round(longitude, 5)


def _status(name: str, digest: bytes) -> PointStatus:
    if name in _FIXED_ADDRESSES or digest[8] >= 9:
        return "Operating"
    return "Disabled" if digest[8] < 2 else "NonOperating"


def _locker_functions(name: str, digest: bytes) -> tuple[str, ...]:
    if name in _FIXED_ADDRESSES or digest[9] >= 14:
        return _LOCKER_FUNCTIONS
    return _SEND_ONLY_FUNCTIONS if digest[9] < 8 else _COLLECT_ONLY_FUNCTIONS


def _locker(name: str, town: Town, recommended: tuple[str, ...]) -> PointSeed:
    digest = _digest(name)
    street, number, post_code, latitude, longitude = _where(name, town, digest)
    plain = name in _FIXED_ADDRESSES
    only = not plain and digest[10] < 20
    indoor = not plain and digest[11] < 25
    pays = plain or digest[12] < 200
    return PointSeed(
        name=name,
        types=("parcel_locker", "parcel_locker_only") if only else ("parcel_locker",),
        status=_status(name, digest),
        latitude=latitude,
        longitude=longitude,
        location_type="Indoor" if indoor else "Outdoor",
        location_description=_LOCKER_PLACES[0 if plain else digest[13] % len(_LOCKER_PLACES)],
        opening_hours="PN-SB 06:00-22:00" if indoor else "24/7",
        location_247=not indoor,
        line1=f"{street} {number}",
        line2=f"{post_code} {town.name}",
        city=town.name,
        province=town.province,
        post_code=post_code,
        street=street,
        building_number=number,
        payment_available=pays,
        payment_point_descr="PayByLink" if pays else None,
        payment_type=_NO_PAYMENTS,
        functions=_locker_functions(name, digest),
        partner_id=0,
        is_next=digest[14] < 16,
        virtual="0",
        agency=_agency(town),
        image_url=f"/points/pl/images/{name}.jpg",
        easy_access_zone=plain or digest[14] % 3 == 0,
        air_index_level="GOOD" if plain else _AIR[digest[15] % len(_AIR)],
        physical_type_mapped="001" if plain else f"00{1 + digest[15] % 3}",
        supported_locker_temperatures=("NORMAL", "FRIDGE", "FREEZER")
        if not plain and digest[5] < 5
        else ("NORMAL",),
        recommended=recommended,
        updated_hours_ago=_updated_hours_ago(digest),
    )


def _pop(name: str, town: Town, recommended: tuple[str, ...]) -> PointSeed:
    digest = _digest(name)
    street, number, post_code, latitude, longitude = _where(name, town, digest)
    large = name not in _FIXED_ADDRESSES and digest[10] < 64
    return PointSeed(
        name=name,
        types=("parcel_locker_superpop", "pop") if large else ("pop",),
        status=_status(name, digest),
        latitude=latitude,
        longitude=longitude,
        location_type="Indoor",
        location_description=_POP_PLACES[digest[13] % len(_POP_PLACES)],
        opening_hours=_POP_HOURS[digest[11] % len(_POP_HOURS)],
        location_247=False,
        line1=f"{street} {number}",
        line2=f"{post_code} {town.name}",
        city=town.name,
        province=town.province,
        post_code=post_code,
        street=street,
        building_number=number,
        payment_available=True,
        payment_point_descr="Płatność kartą lub gotówką",
        payment_type=_PAYMENTS,
        functions=_POP_FUNCTIONS,
        partner_id=1 + digest[12] % 60,
        is_next=False,
        virtual="0",
        agency=_agency(town),
        image_url=f"/points/pl/images/{name}.jpg",
        easy_access_zone=digest[14] % 2 == 0,
        air_index_level=_AIR[digest[15] % len(_AIR)],
        physical_type_mapped="004",
        supported_locker_temperatures=(),
        recommended=recommended,
        updated_hours_ago=_updated_hours_ago(digest),
    )


def _agency(town: Town) -> str:
    return f"IPM{TOWNS.index(town) + 1:07d}"


def _updated_hours_ago(digest: bytes) -> int:
    return int.from_bytes(digest[1:3]) % (60 * 24)
