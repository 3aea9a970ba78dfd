"""Rules for `custom_attributes`: points, sending methods and the Allegro pair."""

from __future__ import annotations

from functools import lru_cache

from simulator.carriers.inpost.bodies.forms import AttributesForm, ShipmentForm
from simulator.carriers.inpost.catalog.basics import SENDING_METHODS, SendingMethod
from simulator.carriers.inpost.catalog.points import PointSeed
from simulator.carriers.inpost.catalog.services import Service
from simulator.carriers.inpost.records import POINTS
from simulator.core.answers import Finding
from simulator.engine.world import World

_PASS_THRU = "inpost_locker_pass_thru"
_LETTER = "inpost_letter_allegro"
_FUNCTION = "invalid_box_machine_function"
_TRANSACTION = "allegro_transaction_id"
_USER = "allegro_user_id"


def check(world: World, form: ShipmentForm, service: Service | None) -> list[Finding]:
    """What is wrong with how the parcel is handed over and where it goes."""
    attributes = form.attributes
    found = _target(world, attributes.target_point, service)
    found += _dropoff(world, attributes, service)
    if service is not None:
        found += _method(world, attributes.sending_method, service)
    transaction, user = attributes.allegro_transaction_id, attributes.allegro_user_id
    if transaction is None and user is not None:
        found.append(_finding(_TRANSACTION, "required", f"{_USER} needs it"))
    elif user is None and transaction is not None:
        found.append(_finding(_USER, "required", f"{_TRANSACTION} needs it"))
    return found


def _finding(attribute: str, key: str, message: str) -> Finding:
    return Finding(("custom_attributes", attribute), key, message)


def _target(world: World, name: str | None, service: Service | None) -> list[Finding]:
    if name is None:
        if service is not None and needs_target(world, service):
            return [_finding("target_point", "required", f"{service.id} needs it")]
        return []
    point = world[POINTS].get(name)
    if point is None:
        return [_finding("target_point", "does_not_exist", f"there is no point {name!r}")]
    if service is None or can_receive(point, service):
        return []
    message = f"{name} cannot receive {service.id}"
    if world.quirk("inpost.target_point_error_shape") == "flat":
        return [Finding(("target_point",), _FUNCTION, message)]
    return [_finding("target_point", _FUNCTION, message)]


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


def sending_methods(world: World, service: Service) -> tuple[str, ...]:
    """How parcels of the service may be handed over; for c2c the documents say less than is so."""
    if world.quirk("inpost.c2c_sending_methods") == "documented":
        return service.sending_methods
    return (*service.sending_methods, *service.observed_sending_methods)


def _needs_dropoff(world: World, method: SendingMethod) -> bool:
    """Whether a drop-off point has to be named; for lockers the documents are not right."""
    if method.id == "parcel_locker":
        return bool(world.quirk("inpost.locker_dropoff_point") == "required")
    return method.needs_dropoff


def _dropoff(world: World, attributes: AttributesForm, service: Service | None) -> list[Finding]:
    name = attributes.dropoff_point
    method = SENDING_METHODS.get(attributes.sending_method or "")
    if name is None:
        if method is not None and _needs_dropoff(world, method):
            return [_finding("dropoff_point", "required", f"{method.id} needs it")]
        if service is not None and service.id == _PASS_THRU:
            return [_finding("dropoff_point", "required", f"{service.id} needs it")]
        return []
    point = world[POINTS].get(name)
    if point is None:
        return [_finding("dropoff_point", "does_not_exist", f"there is no point {name!r}")]
    if method is None or not method.needs_dropoff or _can_send(point, method.id):
        return []
    message = f"{name} cannot take parcels by {method.id}"
    return [_finding("dropoff_point", _FUNCTION, message)]


def _can_send(point: PointSeed, method: str) -> bool:
    kind = "parcel_locker" if method == "parcel_locker" else "pop"
    return point.status == "Operating" and kind in point.types and _sends(point.functions)


@lru_cache(maxsize=256)
def _sends(functions: tuple[str, ...]) -> bool:
    return any(function.endswith("_send") for function in functions)


def needs_method(service: Service) -> bool:
    """Whether a sending method has to be named: for Allegro services and c2c (documented)."""
    return is_allegro(service) or service.id == "inpost_courier_c2c"


def _method(world: World, method: str | None, service: Service) -> list[Finding]:
    if method is None:
        if needs_method(service):
            return [_finding("sending_method", "required", f"{service.id} needs it")]
    elif method not in sending_methods(world, service):
        allowed = ", ".join(sending_methods(world, service))
        return [_finding("sending_method", "unavailable", f"{service.id} takes {allowed}")]
    return []
