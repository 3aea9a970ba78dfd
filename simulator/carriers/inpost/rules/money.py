"""Rules for COD, insurance and the additional services."""

from __future__ import annotations

from simulator.carriers.inpost.bodies import forms
from simulator.carriers.inpost.bodies.forms import AmountForm, ShipmentForm
from simulator.carriers.inpost.catalog.basics import ADDITIONAL_SERVICES
from simulator.carriers.inpost.catalog.services import Service
from simulator.carriers.inpost.rules.objections import Objection, objection
from simulator.carriers.inpost.wire.near import meant
from simulator.core.answers import Finding
from simulator.engine.world import World

_LEAST = 1

# Documented for insurance; for COD the same bound is inferred.
_BELOW = 10_000_000
_BOUNDS = {"minimum": _LEAST, "exclusiveMaximum": _BELOW}
_CURRENCY = "PLN"

COD_LIMITS = {"locker": 500_000, "letter": 500_000, "courier": 1_500_000, "pallet": 1_500_000}
"""Kind of service -> largest COD amount in grosze (inferred)."""

_DOORS = ("courier", "pallet")

_AMOUNTS = "ShipX documentation, Creating a shipment: cod, insurance"
_SERVICES = "ShipX documentation, Shipment sizes and services: additional services"
_COVER = "Two shop plugins in use, one of them InPost's own: insurance and COD"
_LIMITS = "Inferred: the carrier's limits are part of each contract"


def check(form: ShipmentForm) -> list[Finding]:
    """What is wrong with the amounts and the additional services, whatever the service."""
    found: list[Finding] = []
    if form.cod is not None:
        found += _amount("cod", form.cod)
    if form.insurance is not None:
        found += _amount("insurance", form.insurance)
    for extra in forms.extras(form):
        if extra not in ADDITIONAL_SERVICES:
            known = ", ".join(ADDITIONAL_SERVICES)
            hint = meant(extra, ADDITIONAL_SERVICES)
            message = f"there is no additional service {extra!r}, there are {known}{hint}"
            path, names = ("additional_services", extra), list(ADDITIONAL_SERVICES)
            found.append(
                Finding(path, "unavailable", message, value=extra, source=_SERVICES, allowed=names)
            )
    return found


def _amount(name: str, form: AmountForm) -> list[Finding]:
    found: list[Finding] = []
    amount, path = form.amount, (name, "amount")
    if amount is not None:
        if amount < _LEAST:
            message = f"{name} {amount} PLN is below {_LEAST} PLN, the least that is accepted"
            found.append(Finding(path, "too_small", message, source=_AMOUNTS, allowed=_BOUNDS))
        elif amount >= _BELOW:
            message = f"{name} is {_BELOW} PLN or more; it has to be less"
            found.append(Finding(path, "too_big", message, source=_AMOUNTS, allowed=_BOUNDS))
    if form.currency is not None and form.currency != _CURRENCY:
        known = [_CURRENCY]
        hint = meant(form.currency, known)
        message = f"{form.currency!r} is not {_CURRENCY}, the only currency{hint}"
        path = (name, "currency")
        found.append(Finding(path, "invalid", message, source=_AMOUNTS, allowed=known))
    return found


def objections(world: World, form: ShipmentForm, service: Service) -> list[Objection]:
    """Why the service does not carry a shipment with these amounts and additional services."""
    cod, insurance = forms.grosze(form.cod), forms.grosze(form.insurance)
    found = _extras(form, cod, insurance, service)
    if cod is None:
        return found
    if cod > COD_LIMITS[service.kind]:
        most = COD_LIMITS[service.kind] // 100
        message = f"cod {cod / 100:.2f} is above the {most} PLN that {service.id} collects at most"
        path = ("cod", "amount")
        key = "cod_amount_too_big"
        found.append(objection(key, path, "too_big", message, _LIMITS, late=True))
    uncovered = _uncovered(world, cod, insurance, service)
    return found if uncovered is None else [*found, uncovered]


def _extras(
    form: ShipmentForm, cod: int | None, insurance: int | None, service: Service
) -> list[Objection]:
    wanted: dict[str, tuple[str, ...]] = {
        extra: ("additional_services", extra)
        for extra in forms.extras(form)
        if extra in ADDITIONAL_SERVICES
    }
    for name, amount in (("cod", cod), ("insurance", insurance)):
        if amount is not None:
            wanted[name] = (name, "amount")
    had = service.additional_services
    objected: list[Objection] = []
    for extra, path in wanted.items():
        if extra not in had:
            message = f"{service.id} does not have {extra}; it has {', '.join(had) or 'none'}"
            reason = f"additional_service_{extra}_unavailable"
            found = objection(reason, path, "unavailable", message, _SERVICES)
            named = path[0] == "additional_services"
            objected.append(found.with_allowed(had) if named else found)
    return objected


def _uncovered(world: World, cod: int, insurance: int | None, service: Service) -> Objection | None:
    """An insurance covers what is collected. Lockers collect without one (observed)."""
    at_door = service.kind in _DOORS
    if (insurance is None and not at_door) or (insurance is not None and insurance >= cod):
        return None
    reason = "insurance_required"
    collected = f"what {service.id} collects ({cod / 100:.2f} PLN)"
    if world.quirk("inpost.insurance_below_cod") == "whole":
        told = "there is none" if insurance is None else f"{insurance / 100:.2f} PLN is less"
        message = f"the insurance has to cover {collected}, and {told}"
        key = "should_be_greater_or_equal_than_cod"
        return objection(reason, ("insurance",), key, message, _COVER)
    if at_door and insurance is None:
        message = f"an insurance has to cover {collected}"
        return objection(reason, ("insurance", "amount"), "required", message, _AMOUNTS)
    if at_door and insurance is not None:
        message = f"insurance {insurance / 100:.2f} is less than {collected}"
        return objection(reason, ("insurance", "amount"), "too_small", message, _AMOUNTS)
    return None
