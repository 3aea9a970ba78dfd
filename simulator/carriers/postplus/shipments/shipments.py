"""Shipments: made, read, changed and deleted (sections 6.1 and 6.2)."""

from __future__ import annotations

from typing import Any

from simulator.carriers.postplus.bodies import shipment_forms
from simulator.carriers.postplus.parcels import references
from simulator.carriers.postplus.records import (
    MANIFEST_FILES,
    SHIPMENT_DOCUMENTS,
    SHIPMENTS,
    Shipment,
)
from simulator.carriers.postplus.rules import shipments as rules
from simulator.carriers.postplus.shipments import contents, saving
from simulator.carriers.postplus.wire import credentials, errors, parsing
from simulator.core.answers import Answer, Finding
from simulator.engine.world import World

_FIXED = ("type", "terminalCode", "updateIfExists", "bags")
"""What an update does not take (N3)."""


def create_shipment(world: World, body: Any) -> Answer:
    """POST /api/v1/shipments: a shipment, or with `updateIfExists` the one that has its number.

    Raises 400 for values that are none, and 409 for a number that is there and may not be updated.
    """
    findings: list[Finding] = []
    form = shipment_forms.read(body, findings)
    if parsing.form(body).get("bags"):
        world.note("bags was not honoured: it is for bag-level-shipments")
    return Answer(body=contents.details(world, saving.save(world, form, findings)))


def get_shipment(
    world: World,
    id: str,
    include_bags: bool | None = None,
    include_documents: bool | None = None,
    include_manifest_files: bool | None = None,
) -> Answer:
    """GET /api/v1/shipments/{id}. Raises 404 for an unknown one and for another account's."""
    shipment = load(world, id)
    world.note_held(shipment_id=shipment.id)
    return Answer(
        body=contents.details(
            world,
            shipment,
            bags=include_bags,
            documents=include_documents,
            manifest_files=include_manifest_files,
        )
    )


def get_shipment_by_shipment_nr(
    world: World,
    shipment_nr: str,
    include_bags: bool | None = None,
    include_documents: bool | None = None,
    include_manifest_files: bool | None = None,
) -> Answer:
    """GET /api/v1/shipments/shipment-nrs/{shipmentNr} (N7). Raises 404."""
    found = saving.named(world, parsing.text(shipment_nr) or shipment_nr)
    return Answer(
        body=contents.details(
            world,
            found,
            bags=include_bags,
            documents=include_documents,
            manifest_files=include_manifest_files,
        )
    )


def update_shipment(world: World, id: str, body: Any) -> Answer:
    """PUT /api/v1/shipments/{id}: `arrivalInfo`, `shipmentNr` and `masterNr` (N3).

    Raises 404, 400 for values that are none, and 409 once the state does not allow it, or for a
    number that another shipment has.
    """
    shipment = load(world, id)
    findings: list[Finding] = []
    form = shipment_forms.read(body, findings)
    if findings:
        raise errors.invalid(findings)
    if not rules.ABILITIES[shipment.status].update_arrival:
        raise errors.conflict(f"Shipment {shipment.shipment_nr} is {shipment.status}")
    for name in _FIXED:
        if parsing.form(body).get(name) not in (None, ""):
            world.note(f"{name} was not honoured: it cannot be updated")
    changed = saving.change(world, shipment, form)
    return Answer(body=contents.details(world, changed))


def delete_shipment(world: World, id: str) -> Answer:
    """DELETE /api/v1/shipments/{id}: the shipment and its files; its parcels are only unlinked.

    Raises 404, and 409 after submit.
    """
    shipment = load(world, id)
    if not rules.is_open(shipment):
        raise errors.conflict(f"Shipment {shipment.shipment_nr} is {shipment.status}")
    for parcel in contents.parcels_of(world, shipment):
        references.unlink(world, parcel)
    for file in world[MANIFEST_FILES].where("shipment_id", shipment.id):
        world[MANIFEST_FILES].delete(file.id)
    for document in world[SHIPMENT_DOCUMENTS].where("shipment_id", shipment.id):
        world[SHIPMENT_DOCUMENTS].delete(document.id)
    world.cancel_job(shipment.next_job)
    world[SHIPMENTS].delete(shipment.id)
    return Answer(empty=True)


def load(world: World, id: str) -> Shipment:
    """The caller's shipment. Raises 404."""
    return credentials.owned(world, SHIPMENTS, id, "Shipment")
