"""Rules for `custom_attributes`: points, sending methods and the Allegro pair."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.carriers.inpost import parse
from simulator.carriers.inpost.catalog.basics import SENDING_METHODS
from simulator.carriers.inpost.catalog.points import PointSeed
from simulator.carriers.inpost.catalog.services import Service
from simulator.carriers.inpost.parse import Body
from simulator.carriers.inpost.records import POINTS
from simulator.core.answers import Finding
from simulator.engine.world import World

_PASS_THRU = "inpost_locker_pass_thru"
_LETTER = "inpost_letter_allegro"
_FUNCTION = "invalid_box_machine_function"
_ALLEGRO_PAIR = ("allegro_transaction_id", "allegro_user_id")


def check(world: World, body: Body, service: Service | None) -> Iterator[Finding]:
    """What is wrong with how the parcel is handed over and where it goes."""
    yield from _target(world, body, service)
    yield from _dropoff(world, body, service)
    if service is not None:
        yield from _method(body, service)
    given = [name for name in _ALLEGRO_PAIR if parse.attribute(body, name) is not None]
    if len(given) == 1:
        [missing] = set(_ALLEGRO_PAIR) - set(given)
        yield _finding(missing, "required", f"{given[0]} needs it")


def _finding(attribute: str, key: str, message: str) -> Finding:
    return Finding(("custom_attributes", attribute), key, message)


def _target(world: World, body: Body, service: Service | None) -> Iterator[Finding]:
    name = parse.attribute(body, "target_point")
    if name is None:
        if service is not None and needs_target(world, service):
            yield _finding("target_point", "required", f"{service.id} needs it")
        return
    point = world[POINTS].get(name)
    if point is None:
        yield _finding("target_point", "does_not_exist", f"there is no point {name!r}")
    elif service is not None and not can_receive(point, service):
        if world.quirk("inpost.target_point_error_shape") == "flat":
            yield Finding(("target_point",), _FUNCTION, f"{name} cannot receive {service.id}")
        else:
            yield _finding("target_point", _FUNCTION, f"{name} cannot receive {service.id}")


def needs_target(world: World, service: Service) -> bool:
    """Whether a target point has to be named; for miniKurier24 the sources disagree."""
    if service.id == _LETTER:
        return bool(world.quirk("inpost.letter_target_point") == "required")
    return service.target_point != "none"


def can_receive(point: PointSeed, service: Service) -> bool:
    """Whether receivers collect parcels of this service at the point; a closed one does nothing."""
    if service.target_point == "none":
        return True
    needed = "allegro_parcel_collect" if is_allegro(service) else "parcel_collect"
    return point.status == "Operating" and needed in point.functions


def is_allegro(service: Service) -> bool:
    """Whether the service is for sellers of Allegro."""
    return "_allegro" in service.id


def _dropoff(world: World, body: Body, service: Service | None) -> Iterator[Finding]:
    name = parse.attribute(body, "dropoff_point")
    method = SENDING_METHODS.get(parse.attribute(body, "sending_method") or "")
    if name is None:
        if method is not None and method.needs_dropoff:
            yield _finding("dropoff_point", "required", f"{method.id} needs it")
        elif service is not None and service.id == _PASS_THRU:
            yield _finding("dropoff_point", "required", f"{service.id} needs it")
        return
    point = world[POINTS].get(name)
    if point is None:
        yield _finding("dropoff_point", "does_not_exist", f"there is no point {name!r}")
    elif method is not None and method.needs_dropoff and not _can_send(point, method.id):
        yield _finding("dropoff_point", _FUNCTION, f"{name} cannot take parcels by {method.id}")


def _can_send(point: PointSeed, method: str) -> bool:
    kind = "parcel_locker" if method == "parcel_locker" else "pop"
    sends = any(function.endswith("_send") for function in point.functions)
    return point.status == "Operating" and kind in point.types and sends


def needs_method(service: Service) -> bool:
    """Whether a sending method has to be named: for Allegro services and c2c (documented)."""
    return is_allegro(service) or service.id == "inpost_courier_c2c"


def _method(body: Body, service: Service) -> Iterator[Finding]:
    method = parse.attribute(body, "sending_method")
    if method is None:
        if needs_method(service):
            yield _finding("sending_method", "required", f"{service.id} needs it")
    elif method not in service.sending_methods:
        allowed = ", ".join(service.sending_methods)
        yield _finding("sending_method", "unavailable", f"{service.id} takes {allowed}")
