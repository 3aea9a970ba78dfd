"""The pickup points that every workspace begins with.

Nothing is left to chance: a point is the same in every run and workspace. They are made once, and
since records never change, workspaces share them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import blake2s

from simulator.carriers.postplus.catalog.pickup_points import (
    HOURS,
    NETWORKS,
    PLACES,
    POINTS_BY_RANK,
    POINTS_ELSEWHERE,
    Kind,
)
from simulator.carriers.postplus.catalog.towns import TOWNS, Town
from simulator.carriers.postplus.records import PickupPoint

_SINCE = datetime(2026, 1, 12, 6, 0, tzinfo=UTC)
_IDS_OF_A_TOWN = 20
_EVERY_THIRD = 3
_INACTIVE_OF_256 = 16


@cache
def default_points() -> tuple[PickupPoint, ...]:
    """About 400 lockers and shops, in the order of their ids."""
    return tuple(
        point
        for country, towns in TOWNS.items()
        for rank, town in enumerate(towns)
        for point in _points_of(country, rank, town)
    )


def _points_of(country: str, rank: int, town: Town) -> Iterator[PickupPoint]:
    count = POINTS_BY_RANK[rank] if rank < len(POINTS_BY_RANK) else POINTS_ELSEWHERE
    first = NETWORKS[country].first_id + rank * _IDS_OF_A_TOWN
    return (_point(first + index, country, town, index) for index in range(count))


def _point(id: int, country: str, town: Town, index: int) -> PickupPoint:
    network = NETWORKS[country]
    kind: Kind = "Shop" if index % _EVERY_THIRD == _EVERY_THIRD - 1 else "Locker"
    digest = blake2s(f"{country}/{town.name}/{index}".encode(), digest_size=12).digest()
    carrier, carrier_code = network.shops if kind == "Shop" else network.lockers
    street = network.streets[(digest[0] + index) % len(network.streets)]
    return PickupPoint(
        id=id,
        type=kind,
        carrier_pickup_point_id=f"{country}{carrier_code}{id}",
        name=f"{town.name}, {street} {network.nouns[kind]}",
        # The first of a town is always open, so that no town is without.
        is_active=index == 0 or digest[1] >= _INACTIVE_OF_256,
        carrier=carrier,
        carrier_code=carrier_code,
        country_code=country,
        region=town.region,
        city=town.name,
        zip_code=town.zip_codes[index % len(town.zip_codes)],
        address=network.address.format(street, 1 + digest[2] % 60),
        # Within about a kilometre of the centre.
        lat=round(town.lat + (digest[3] - 128) / 128 * 0.008, 5),
        lng=round(town.lng + (digest[4] - 128) / 128 * 0.014, 5),
        description=PLACES[kind][digest[5] % len(PLACES[kind])],
        # Fictional: no subscriber's number begins with four zeros.
        contact_phone=f"+{network.dialling}0000{id % 10_000:04d}" if kind == "Shop" else None,
        contact_email=f"point{id}@example.test" if kind == "Shop" else None,
        has_bank_card=kind == "Shop" or digest[6] % 2 == 0,
        hours=HOURS[kind][digest[7] % len(HOURS[kind])],
        updated_on=_SINCE - timedelta(minutes=int.from_bytes(digest[8:11], "big") % 100_000),
    )
