"""What the world does to points: a new one opens, one closes, one opens again."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from simulator.carriers.carrier import Action, BadAction
from simulator.carriers.inpost.catalog.points import PointSeed, PointStatus, default_points
from simulator.carriers.inpost.catalog.towns import TOWNS
from simulator.carriers.inpost.records import POINTS
from simulator.engine.world import World

PointType = Literal["parcel_locker", "parcel_locker_only", "pop", "parcel_locker_superpop"]

_NAME = re.compile(r"[A-Z0-9][A-Z0-9-]{2,19}")
_POST_CODE = re.compile(r"[0-9]{2}-[0-9]{3}")


class AddPoint(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A new point. Without coordinates it lies in the middle of its town.

    `type` follows from the name unless given: names of service points begin with ``POP-``.
    `functions` are those of its kind unless given.
    """

    name: str
    city: str
    post_code: str
    street: str
    building_number: str
    province: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    type: PointType | None = None
    functions: tuple[str, ...] | None = None
    location_description: str = ""
    opening_hours: str = "24/7"
    payment_available: bool = True


class ClosePoint(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A point that stops: for a while (`NonOperating`) or for good (`Disabled`)."""

    name: str
    status: Literal["NonOperating", "Disabled"] = "NonOperating"


class OpenPoint(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A closed point that works again."""

    name: str


def add_point(world: World, wanted: AddPoint) -> dict[str, Any]:
    """Put a new point into the network. Raises `BadAction` for names taken and bad places."""
    if not _NAME.fullmatch(wanted.name):
        raise BadAction(
            f"{wanted.name!r} is no name of a point: use 3 to 20 capitals, digits and hyphens, "
            'such as "KRA999M" or "POP-KRA99"'
        )
    if wanted.name in world[POINTS]:
        raise BadAction(f"{wanted.name} exists already: choose another name, or use open_point")
    if not _POST_CODE.fullmatch(wanted.post_code):
        raise BadAction(f"post_code {wanted.post_code!r} is not like 31-147")
    kind = wanted.type or ("pop" if wanted.name.startswith("POP-") else "parcel_locker")
    latitude, longitude, province = _place(wanted)
    address = f"{wanted.street} {wanted.building_number}"
    model = _model("POP-WAW364" if kind in _SERVICE_POINTS else "KRA010")
    point = replace(
        model,
        name=wanted.name,
        types=_TYPES[kind],
        status="Operating",
        latitude=latitude,
        longitude=longitude,
        location_description=wanted.location_description,
        opening_hours=wanted.opening_hours,
        location_247=wanted.opening_hours == "24/7",
        line1=address,
        line2=f"{wanted.post_code} {wanted.city}",
        city=wanted.city,
        province=province,
        post_code=wanted.post_code,
        street=wanted.street,
        building_number=wanted.building_number,
        payment_available=wanted.payment_available,
        payment_point_descr=model.payment_point_descr if wanted.payment_available else None,
        functions=model.functions if wanted.functions is None else wanted.functions,
        image_url=f"/points/pl/images/{wanted.name}.jpg",
        recommended=(),
        changed_at=world.now,
    )
    return _tell(world, point)


def close_point(world: World, wanted: ClosePoint) -> dict[str, Any]:
    """Let a point stop working. Raises `BadAction` when there is none of that name."""
    return _set_status(world, wanted.name, wanted.status)


def open_point(world: World, wanted: OpenPoint) -> dict[str, Any]:
    """Let a point work again. Raises `BadAction` when there is none of that name."""
    return _set_status(world, wanted.name, "Operating")


def _set_status(world: World, name: str, status: PointStatus) -> dict[str, Any]:
    point = world[POINTS].get(name)
    if point is None:
        raise BadAction(f"there is no point {name!r}: GET /v1/points lists them")
    return _tell(world, replace(point, status=status, changed_at=world.now))


def _tell(world: World, point: PointSeed) -> dict[str, Any]:
    world[POINTS].put(point)
    world.emit("inpost.point_changed", point=point.name, status=point.status)
    return {"name": point.name, "type": list(point.types), "status": point.status}


@cache
def _model(name: str) -> PointSeed:
    """The seeded point of which a new one takes what it was not given."""
    return next(point for point in default_points() if point.name == name)


_SERVICE_POINTS = frozenset({"pop", "parcel_locker_superpop"})

_TYPES: dict[PointType, tuple[str, ...]] = {
    "parcel_locker": ("parcel_locker",),
    "parcel_locker_only": ("parcel_locker", "parcel_locker_only"),
    "pop": ("pop",),
    "parcel_locker_superpop": ("parcel_locker_superpop", "pop"),
}


def _place(wanted: AddPoint) -> tuple[float, float, str]:
    """Latitude, longitude and province, as given or those of the town."""
    town = next((t for t in TOWNS if t.name.casefold() == wanted.city.casefold()), None)
    latitude, longitude = wanted.latitude, wanted.longitude
    if (latitude is None) != (longitude is None):
        raise BadAction("latitude and longitude go together: give both, or neither")
    if latitude is None or longitude is None:
        if town is None:
            raise BadAction(f"the town {wanted.city!r} is not known: give latitude and longitude")
        latitude, longitude = town.latitude, town.longitude
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise BadAction(f"{latitude},{longitude} is not on the globe: use -90..90 and -180..180")
    province = wanted.province or (None if town is None else town.province)
    if province is None:
        raise BadAction(f"the town {wanted.city!r} is not known: give its province")
    return latitude, longitude, province


ACTIONS: tuple[Action, ...] = (
    Action("add_point", "Open a new locker or service point.", AddPoint, add_point),
    Action("close_point", "Close a point for a while or for good.", ClosePoint, close_point),
    Action("open_point", "Let a closed point work again.", OpenPoint, open_point),
)
