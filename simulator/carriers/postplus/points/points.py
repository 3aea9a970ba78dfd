"""Lockers and shops where receivers collect their parcels (documentation: section Pickup points).

They belong to carriers, not to accounts: whoever may read parcels may read all of them.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache, partial

from simulator.carriers import reasons
from simulator.carriers.postplus.bodies import point_views
from simulator.carriers.postplus.records import PICKUP_POINTS, PickupPoint
from simulator.carriers.postplus.wire import errors, parsing
from simulator.core import reading
from simulator.core.answers import Answer
from simulator.engine.world import World


def get_pickup_point(world: World, id: str) -> Answer:
    """``GET /parcels/pickup-points/{id}``: one point, also an inactive one. Raises 404."""
    number = reading.whole(id)
    point = None if number is None else world[PICKUP_POINTS].get(number)
    if point is None:
        newest = sorted(each.id for each in world[PICKUP_POINTS])
        raise errors.not_found("Pickup point", id, reasons.nearby("pickup point", newest))
    return Answer(body=point_views.show(point))


def query_pickup_points(
    world: World,
    carrier_code: str | None = None,
    country_code: str | None = None,
    city: str | None = None,
    zip_code: str | None = None,
    include_inactive: bool | None = None,
) -> Answer:
    """``GET /parcels/pickup-points/query``: the points that every given filter lets pass.

    Letter case does not matter, in `City` neither do accents, and in `ZipCode` neither do blanks
    and the country in front of it (inferred). Inactive points only come when they are asked for.
    """
    country = _code(country_code)
    table = world[PICKUP_POINTS]
    rows = table if country is None else table.where("country_code", country)
    carrier, town, zone = _code(carrier_code), _name(city), _zip(zip_code)
    return Answer(
        body={
            "pickupPoints": [
                world.encoded(point, partial(point_views.show, point))
                for point in rows
                if (include_inactive or point.is_active)
                and (carrier is None or point.carrier_code == carrier)
                and (town is None or _folded(point.city) == town)
                and (zone is None or _bare_zip(point) == zone)
            ]
        }
    )


def _code(text: str | None) -> str | None:
    given = parsing.text(text)
    return None if given is None else given.upper()


def _name(text: str | None) -> str | None:
    given = parsing.text(text)
    return None if given is None else _folded(given)


@lru_cache(maxsize=1024)
def _folded(text: str) -> str:
    """A name without accents and letter case: ``Pärnu`` and ``PARNU`` are the same."""
    split = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in split if not unicodedata.combining(letter)).casefold()


def _zip(text: str | None) -> str | None:
    given = _code(text)
    return None if given is None else _without_country(given)


def _bare_zip(point: PickupPoint) -> str:
    return _without_country(point.zip_code)


@lru_cache(maxsize=1024)
def _without_country(zip_code: str) -> str:
    """``LV-1010``, ``LV1010`` and ``1010`` are the same."""
    return "".join(letter for letter in zip_code if letter.isdigit())
