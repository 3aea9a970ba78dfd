"""Shipments that are manifested by bags, which name no parcels: for not registered mail only."""

from __future__ import annotations

from typing import Any

from simulator.carriers.postplus.bodies import shipment_forms
from simulator.carriers.postplus.bodies.shipment_forms import ShipmentForm
from simulator.carriers.postplus.records import SHIPMENTS, Shipment
from simulator.carriers.postplus.rules import shipments as rules
from simulator.carriers.postplus.shipments import contents, saving
from simulator.carriers.postplus.wire import credentials, errors
from simulator.core.answers import Answer, Finding
from simulator.engine.world import World


def create_bag_level_shipment(world: World, body: Any) -> Answer:
    """POST /api/v1/shipments/bag-level-shipments: a shipment with its bags.

    Raises 400 without bags, for two with the same number and for mail that is registered; otherwise
    as `create_shipment`. What is wrong with a single bag is in its `errorDetails`, and keeps the
    shipment from being prepared.
    """
    findings: list[Finding] = []
    form = shipment_forms.read_with_bags(body, findings)
    findings += rules.check_bags(form.bags)
    shipment = saving.save(world, form, findings, "Bag")
    return Answer(body=contents.details(world, shipment, bags=True))


def update_bag_level_shipment(world: World, body: Any) -> Answer:
    """PUT /api/v1/shipments/bag-level-shipments: the shipment with that `id` or `shipmentNr`.

    Its bags are replaced by those given; without any they stay. Raises 404 for an unknown one, 409
    for one that has parcels instead, after submit, and for another type or terminal.
    """
    findings: list[Finding] = []
    form = shipment_forms.read_with_bags(body, findings)
    if form.bags:
        findings += rules.check_bags(form.bags)
    if form.id is None and form.shipment_nr is None:
        findings.append(Finding(("shipmentNr",), "required", "is required where there is no id"))
    if findings:
        raise errors.invalid(findings)
    shipment = _wanted(world, form)
    number = shipment.shipment_nr
    if shipment.manifest_level != "Bag":
        raise errors.conflict(f"Shipment {number} is manifested by parcels, not by bags")
    if not rules.is_open(shipment):
        raise errors.conflict(f"Shipment {number} is {shipment.status}")
    for name, wanted, present in (
        ("type", form.type, shipment.type),
        ("terminalCode", form.terminal_code, shipment.terminal_code),
    ):
        if wanted is not None and wanted != present:
            raise errors.conflict(f"Shipment {number} has the {name} {present}, not {wanted}")
    return Answer(body=contents.details(world, saving.change(world, shipment, form), bags=True))


def _wanted(world: World, form: ShipmentForm) -> Shipment:
    if form.id is not None:
        return credentials.owned(world, SHIPMENTS, form.id, "Shipment")
    return saving.named(world, form.shipment_nr or "")
