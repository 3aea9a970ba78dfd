"""Whether a service carries a shipment: the one table that every way to a shipment asks.

Creates and updates in the simplified mode, batches and price calculations refuse what is found
here; offers are unavailable for it.
"""

from __future__ import annotations

from simulator.carriers.inpost.bodies.forms import ShipmentForm
from simulator.carriers.inpost.catalog.services import ECONOMY, Service
from simulator.carriers.inpost.rules import money, parcels, peers, points, weekend
from simulator.carriers.inpost.rules.objections import Objection, objection
from simulator.engine.world import World

_PRODUCT = "ShipX documentation, Creating a shipment: commercial_product_identifier"


def objections(world: World, form: ShipmentForm, service: Service) -> list[Objection]:
    """Everything for which the service does not carry a shipment that is sound in itself."""
    found = [
        *parcels.objections(form, service),
        *points.objections(world, form, service),
        *peers.objections(world, form, service),
        *money.objections(world, form, service),
        *weekend.objections(form, service),
    ]
    if service.id == ECONOMY and form.commercial_product_identifier is None:
        name = "commercial_product_identifier"
        message = f"{service.id} needs the product of the contract, such as 2D, FF or DI"
        found.append(objection(f"{name}_required", (name,), "required", message, _PRODUCT))
    return found
