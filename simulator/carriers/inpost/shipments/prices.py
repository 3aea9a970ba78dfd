"""Prices of shipments that do not exist yet."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from msgspec.structs import replace

from simulator.carriers.inpost.bodies import forms
from simulator.carriers.inpost.bodies.forms import ShipmentForm
from simulator.carriers.inpost.catalog import tariff
from simulator.carriers.inpost.rules import create as rules
from simulator.carriers.inpost.shipments import building, caller_shipments
from simulator.carriers.inpost.shipments.caller_shipments import Listed
from simulator.carriers.inpost.wire import credentials, errors, parsing
from simulator.core.answers import Answer, Finding
from simulator.engine.world import World

_VAT = Decimal("1.23")
"""The price without commission is the gross price without VAT (by the recorded example)."""

_CENT = Decimal("0.01")


READS = {"calculate_prices": caller_shipments.read}


def calculate_prices(
    world: World, organization_id: str, body: Listed, findings: list[Finding]
) -> Answer:
    """POST /v1/organizations/:org/shipments/calculate: a bare list in the request's order."""
    organization = credentials.organization(world, organization_id)
    items = caller_shipments.sound_items(world, organization, body, findings)
    unavailable = [
        replace(each, path=("shipments", rules.shipment_member(items, place), *each.path))
        for place, form in enumerate(body.asked)
        for each in rules.late_findings(world, form)
    ]
    if unavailable:
        raise errors.invalid(unavailable)
    prices = [price(world, form) for form in body.asked]
    shown = _hidden if organization.account == "postpaid" else _charges
    return Answer(
        body=[
            {"id": item["id"], **dict(zip(_AMOUNTS, shown(parts), strict=True))}
            for item, parts in zip(items, prices, strict=True)
        ]
    )


def price(world: World, form: ShipmentForm) -> tariff.PriceParts:
    """The price of a create whose service carries it."""
    service = forms.service_of(form)
    assert service is not None, "a checked item names its service"
    extras = {*forms.extras(form)}
    if form.end_of_week_collection is True:
        extras.add("end_of_week_collection")
    parcels = [
        building.build_parcel(world, parcel, place)
        for place, parcel in enumerate(form.listed_parcels)
    ]
    parts = tariff.price(
        service.id,
        parsing.measures(parcels),
        cod=forms.grosze(form.cod),
        insurance=forms.grosze(form.insurance),
        extras=extras,
    )
    assert parts is not None, f"{service.id} has a price for every parcel that it takes"
    return parts


_AMOUNTS = (
    "calculated_charge_amount",
    "calculated_charge_amount_non_commission",
    "fuel_charge_amount",
    "notification_charge_amount",
    "cod_charge_amount",
    "insurance_charge_amount",
)


def _charges(parts: tariff.PriceParts) -> tuple[str | None, ...]:
    net = (Decimal(parts.total).scaleb(-2) / _VAT).quantize(_CENT, ROUND_HALF_UP)
    charged = (parts.fuel, parts.notification, parts.cod, parts.insurance)
    return (_text(parts.total), f"{net:f}", *(_text(amount) for amount in charged))


def _hidden(parts: tariff.PriceParts) -> tuple[str | None, ...]:
    """Postpaid accounts get no prices (documented)."""
    return (None,) * len(_AMOUNTS)


def _text(grosze: int) -> str:
    return f"{Decimal(grosze).scaleb(-2):f}"
