"""Rules for parcels that are collected at the weekend (documented, and in InPost's own plugins)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time

from simulator.carriers.inpost.bodies import forms
from simulator.carriers.inpost.bodies.forms import ShipmentForm
from simulator.carriers.inpost.catalog.services import Service, is_allegro
from simulator.carriers.inpost.records import POINTS
from simulator.carriers.inpost.rules.objections import Objection, objection
from simulator.carriers.inpost.wire import moments, parsing
from simulator.core.answers import Finding
from simulator.engine.world import World

WEEKEND = "end_of_week_collection"
KEYS = frozenset(
    {
        "invalid_end_of_week_collection",
        "invalid_target_point_for_end_of_week_collection",
        "invalid_target_point_247_for_end_of_week_collection",
        "invalid_allegro_for_end_of_week_collection",
    }
)
"""What may be wrong with a weekend parcel, by the carrier's keys."""

_THURSDAY, _FRIDAY = 3, 4
_OPENS, _CLOSES = time(20), time(18)

_SOURCE = "ShipX documentation, Weekend parcel (end_of_week_collection); shop plugins in use"
_TABLE = "ShipX documentation, Shipment sizes and services: additional services"


def is_open(now: datetime) -> bool:
    """Whether weekend parcels are taken: from Thursday 20:00 until Friday 18:00, in Warsaw."""
    local = now.astimezone(moments.WARSAW)
    if local.weekday() == _THURSDAY:
        return local.time() >= _OPENS
    return local.weekday() == _FRIDAY and local.time() < _CLOSES


def is_wanted(form: ShipmentForm) -> bool:
    """Whether the parcel is to be collected at the weekend, by the flag or among the extras."""
    return form.end_of_week_collection is True or WEEKEND in forms.extras(form)


def check(world: World, form: ShipmentForm, service: Service | None) -> Iterator[Finding]:
    """What is wrong with a weekend parcel at this hour and for its point.

    A service that never has weekend parcels (see `objections`) says no more than that.
    """
    if not is_wanted(form) or (service is not None and not _may_have_it(service)):
        return
    target = form.attributes.target_point
    if target is not None and target.startswith(parsing.POP_PREFIX):
        message = f"{target} is a service point; weekend parcels go to lockers"
        yield _finding("invalid_target_point_for_end_of_week_collection", message)
    elif target is not None and (point := world[POINTS].get(target)) and not point.location_247:
        message = (
            f"{target} is open {point.opening_hours}; weekend parcels go to points that are open "
            "day and night"
        )
        yield _finding("invalid_target_point_247_for_end_of_week_collection", message)
    if not is_open(world.now):
        message = (
            f"at {moments.show(world.now)} no weekend parcels are taken: from Thursday 20:00 to "
            "Friday 18:00, Warsaw time"
        )
        yield _finding("invalid_end_of_week_collection", message)


def _finding(key: str, message: str) -> Finding:
    return Finding((WEEKEND,), key, message, source=_SOURCE)


def _may_have_it(service: Service) -> bool:
    # A service point in the place of a locker is refused for itself, not for its service.
    return service.id == parsing.POINT_SERVICE or (
        WEEKEND in service.additional_services and not is_allegro(service)
    )


def objections(form: ShipmentForm, service: Service) -> list[Objection]:
    """Why the service has no weekend parcels."""
    if form.end_of_week_collection is not True or _may_have_it(service):
        return []
    reason = f"additional_service_{WEEKEND}_unavailable"
    if is_allegro(service):
        key, source = "invalid_allegro_for_end_of_week_collection", _SOURCE
        message = f"{service.id} is Allegro's, and has no weekend parcels"
    else:
        key, source = "unavailable", _TABLE
        message = f"{service.id} has no weekend parcels"
    return [objection(reason, (WEEKEND,), key, message, source)]
