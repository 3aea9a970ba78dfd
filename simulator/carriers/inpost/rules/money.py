"""Rules for COD, insurance and the additional services."""

from __future__ import annotations

from simulator.carriers.inpost.bodies import forms
from simulator.carriers.inpost.bodies.forms import AmountForm, ShipmentForm
from simulator.carriers.inpost.catalog.basics import ADDITIONAL_SERVICES
from simulator.carriers.inpost.catalog.services import Service
from simulator.core.answers import Finding

_LEAST = 1

# Documented for insurance; for COD the same bound is inferred.
_BELOW = 10_000_000


def check(form: ShipmentForm, service: Service | None) -> list[Finding]:
    """What is wrong with the amounts and the additional services of a create."""
    found: list[Finding] = []
    if form.cod is not None:
        found += _amount("cod", form.cod)
    if form.insurance is not None:
        found += _amount("insurance", form.insurance)
    if service is not None:
        found += _for_service(form, service)
    if form.additional_services:
        found += _extras(form, service)
    return found


def _for_service(form: ShipmentForm, service: Service) -> list[Finding]:
    found: list[Finding] = []
    for name, amount in (("cod", form.cod), ("insurance", form.insurance)):
        if name not in service.additional_services and forms.grosze(amount) is not None:
            found.append(_finding(name, "unavailable", f"{service.id} does not have it"))
    if service.kind not in ("courier", "pallet"):
        return found
    cod, insurance = forms.grosze(form.cod), forms.grosze(form.insurance)
    if cod is not None:
        if insurance is None:
            found.append(_finding("insurance", "required", "courier services with cod"))
        elif insurance < cod:
            found.append(_finding("insurance", "too_small", "at least the cod amount"))
    return found


def _finding(name: str, key: str, message: str) -> Finding:
    return Finding((name, "amount"), key, message)


def _amount(name: str, form: AmountForm) -> list[Finding]:
    found: list[Finding] = []
    amount = form.amount
    if amount is not None:
        if amount < _LEAST:
            found.append(_finding(name, "too_small", "at least 1"))
        elif amount >= _BELOW:
            found.append(_finding(name, "too_big", "less than 10000000"))
    if form.currency is not None and form.currency != "PLN":
        found.append(Finding((name, "currency"), "invalid", "PLN"))
    return found


def _extras(form: ShipmentForm, service: Service | None) -> list[Finding]:
    place = "" if service is None else f" with {service.id}"
    had = ADDITIONAL_SERVICES if service is None else service.additional_services
    return [
        Finding(("additional_services", extra), "unavailable", f"{extra!r} cannot be had{place}")
        for extra in forms.extras(form)
        if extra not in ADDITIONAL_SERVICES or extra not in had
    ]
