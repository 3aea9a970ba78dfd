"""Rules for `custom_attributes`: points, sending methods and the Allegro pair."""

from __future__ import annotations

from functools import lru_cache

from simulator.carriers.inpost.bodies.forms import AttributesForm, ShipmentForm
from simulator.carriers.inpost.catalog.basics import SENDING_METHODS, SendingMethod
from simulator.carriers.inpost.catalog.points import PointSeed
from simulator.carriers.inpost.catalog.services import (
    LETTER,
    PASS_THRU,
    Service,
    goes_to_address,
    is_allegro,
)
from simulator.carriers.inpost.records import POINTS
from simulator.carriers.inpost.rules.objections import Objection, objection
from simulator.carriers.inpost.wire.near import meant
from simulator.core.answers import Finding
from simulator.engine.world import World

_FUNCTION = "invalid_box_machine_function"
_TRANSACTION = "allegro_transaction_id"
_USER = "allegro_user_id"

_ATTRIBUTES = "ShipX documentation, Shipment: CustomAttributes"
_METHODS = "ShipX documentation, Sending method"
_C2C = "ShipX documentation, Sending method; live probes of a prepaid account in 2026-08"
_RECORDED = "Recorded sandbox traffic 2026-10: target_point"
_FAQ = "ShipX documentation, FAQ: invalid_box_machine_function"
_PASS = "Recorded offers: dropoff_and_target_points_must_be_equal"


def check(world: World, form: ShipmentForm) -> list[Finding]:
    """What is wrong with the points that are named, and with the pair, whatever the service."""
    attributes = form.attributes
    found: list[Finding] = []
    target = attributes.target_point
    if target is not None and target not in world[POINTS]:
        message = no_point(world, target)
        found.append(_finding("target_point", "does_not_exist", message, _RECORDED))
    found += _dropoff(world, attributes)
    transaction, user = attributes.allegro_transaction_id, attributes.allegro_user_id
    if transaction is None and user is not None:
        message = f"{_USER} stands without the {_TRANSACTION} that it needs"
        found.append(_finding(_TRANSACTION, "required", message, _ATTRIBUTES))
    elif user is None and transaction is not None:
        message = f"{_TRANSACTION} stands without the {_USER} that it needs"
        found.append(_finding(_USER, "required", message, _ATTRIBUTES))
    return found


def _finding(attribute: str, key: str, message: str, source: str) -> Finding:
    return Finding(("custom_attributes", attribute), key, message, source=source)


def no_point(world: World, name: str) -> str:
    """Says that there is no such point, and which one may be meant."""
    hint = meant(name, (point.name for point in world[POINTS]))
    return f"there is no point {name!r}, GET /v1/points lists them{hint}"


def _dropoff(world: World, attributes: AttributesForm) -> list[Finding]:
    name = attributes.dropoff_point
    method = SENDING_METHODS.get(attributes.sending_method or "")
    if name is None:
        if method is not None and _needs_dropoff(world, method):
            message = f"the sending method {method.id} needs the point where the parcel is left"
            return [_finding("dropoff_point", "required", message, _ATTRIBUTES)]
        return []
    point = world[POINTS].get(name)
    if point is None:
        message = no_point(world, name)
        return [_finding("dropoff_point", "does_not_exist", message, _RECORDED)]
    if method is None or not method.needs_dropoff or _can_send(point, method.id):
        return []
    message = f"{name} ({_told(point)}) takes no parcels by {method.id}"
    return [_finding("dropoff_point", _FUNCTION, message, _FAQ)]


def _needs_dropoff(world: World, method: SendingMethod) -> bool:
    """Whether a drop-off point has to be named; for lockers the documents are not right."""
    if method.id == "parcel_locker":
        return bool(world.quirk("inpost.locker_dropoff_point") == "required")
    return method.needs_dropoff


def _can_send(point: PointSeed, method: str) -> bool:
    kind = "parcel_locker" if method == "parcel_locker" else "pop"
    return point.status == "Operating" and kind in point.types and _sends(point.functions)


@lru_cache(maxsize=256)
def _sends(functions: tuple[str, ...]) -> bool:
    return any(function.endswith("_send") for function in functions)


def _told(point: PointSeed) -> str:
    return f"{point.types[-1]}, {point.status}"


def objections(world: World, form: ShipmentForm, service: Service) -> list[Objection]:
    """Why the service does not carry a parcel that is handed over and collected so."""
    attributes = form.attributes
    found = (
        _target(world, attributes.target_point, service),
        _pass_thru(attributes, service),
        _method(world, attributes.sending_method, service),
    )
    return [each for each in found if each is not None]


def _target(world: World, name: str | None, service: Service) -> Objection | None:
    path = ("custom_attributes", "target_point")
    if name is None:
        if needs_target(world, service):
            message = f"{service.id} needs the point where the receiver collects the parcel"
            return objection("target_point_required", path, "required", message, _ATTRIBUTES)
        return None
    if goes_to_address(service):
        if world.quirk("inpost.courier_target_point") == "refuse":
            message = f"{service.id} goes to an address, and {name} is named to collect it from"
            return objection("target_point_unavailable", path, "unavailable", message, _ATTRIBUTES)
        return None
    point = world[POINTS].get(name)
    if point is None or can_receive(point, service):
        return None  # that it does not exist is found whatever the service
    message = f"{name} ({_told(point)}) hands out no parcels of {service.id}"
    if world.quirk("inpost.target_point_error_shape") == "flat":
        path = ("target_point",)  # type: ignore[assignment]
    return objection("invalid_target_point_function", path, _FUNCTION, message, _FAQ)


def needs_target(world: World, service: Service) -> bool:
    """Whether a target point has to be named; for miniKurier24 the sources disagree."""
    if service.id == LETTER:
        return bool(world.quirk("inpost.letter_target_point") == "required")
    return service.target_point != "none"


def can_receive(point: PointSeed, service: Service) -> bool:
    """Whether receivers collect parcels of this service at the point; a closed one does nothing."""
    if service.target_point == "none":
        return True
    needed = "allegro_parcel_collect" if is_allegro(service) else "parcel_collect"
    return point.status == "Operating" and needed in point.functions


def _pass_thru(attributes: AttributesForm, service: Service) -> Objection | None:
    if service.id != PASS_THRU:
        return None
    path = ("custom_attributes", "dropoff_point")
    key = "dropoff_and_target_points_must_be_equal"
    target, dropoff = attributes.target_point, attributes.dropoff_point
    if dropoff is None:
        message = f"{service.id} needs the point where the parcel is left, the same as the target"
        return objection(key, path, "required", message, _ATTRIBUTES)
    if dropoff != target:
        message = f"{service.id} leaves the parcel where it is collected: {dropoff} is not {target}"
        return objection(key, path, key, message, _PASS, late=True)
    return None


def sending_methods(world: World, service: Service) -> tuple[str, ...]:
    """How parcels of the service may be handed over; for c2c the documents say less than is so."""
    more = service.observed_sending_methods
    if not more or world.quirk("inpost.c2c_sending_methods") == "documented":
        return service.sending_methods
    return (*service.sending_methods, *more)


def needs_method(service: Service) -> bool:
    """Whether a sending method has to be named: for Allegro services and c2c (documented)."""
    return is_allegro(service) or service.id == "inpost_courier_c2c"


def _method(world: World, method: str | None, service: Service) -> Objection | None:
    path = ("custom_attributes", "sending_method")
    if method is None:
        if needs_method(service):
            message = f"{service.id} needs one of {', '.join(sending_methods(world, service))}"
            return objection("sending_method_required", path, "required", message, _METHODS)
    elif method not in (allowed := sending_methods(world, service)):
        source = _C2C if service.observed_sending_methods else _METHODS
        message = f"{service.id} is not handed over by {method}; it takes {', '.join(allowed)}"
        found = objection("sending_method_unavailable", path, "unavailable", message, source)
        return found.with_allowed(allowed)
    return None
