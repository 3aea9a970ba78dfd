"""Rules for COD, insurance and the additional services."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from simulator.carriers.inpost import parse
from simulator.carriers.inpost.catalog.basics import ADDITIONAL_SERVICES
from simulator.carriers.inpost.catalog.services import Service
from simulator.carriers.inpost.parse import Body
from simulator.core.answers import Finding

_LEAST = Decimal(1)

# Documented for insurance; for COD the same bound is inferred.
_BELOW = Decimal(10_000_000)


def check(body: Body, service: Service | None) -> Iterator[Finding]:
    """What is wrong with the amounts and the additional services of a create."""
    for name in ("cod", "insurance"):
        yield from _amount(name, body)
    cod, insurance = parse.money(body.get("cod")), parse.money(body.get("insurance"))
    if service is not None:
        for name, money in (("cod", cod), ("insurance", insurance)):
            if money.amount is not None and name not in service.additional_services:
                yield Finding((name, "amount"), "unavailable", f"{service.id} does not have it")
        if service.kind in ("courier", "pallet") and cod.amount is not None:
            if insurance.amount is None:
                yield Finding(("insurance", "amount"), "required", "courier services with cod")
            elif insurance.amount < cod.amount:
                yield Finding(("insurance", "amount"), "too_small", "at least the cod amount")
    for extra in parse.extras(body):
        known = extra in ADDITIONAL_SERVICES
        if not known or (service is not None and extra not in service.additional_services):
            place = "" if service is None else f" with {service.id}"
            yield Finding(
                ("additional_services", extra), "unavailable", f"{extra!r} cannot be had{place}"
            )


def _amount(name: str, body: Body) -> Iterator[Finding]:
    form = parse.form(body.get(name))
    amount = parse.decimal(form.get("amount"))
    if amount is not None:
        if amount < _LEAST:
            yield Finding((name, "amount"), "too_small", "at least 1")
        elif amount >= _BELOW:
            yield Finding((name, "amount"), "too_big", "less than 10000000")
    currency = parse.text(form.get("currency"))
    if currency is not None and currency != "PLN":
        yield Finding((name, "currency"), "invalid", "PLN")
