"""Batches: up to 2500 shipments ordered in one request and made afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec

from simulator.carriers.inpost.bodies import forms, views
from simulator.carriers.inpost.purchase import buying
from simulator.carriers.inpost.records import BATCHES, ORGANIZATIONS, SHIPMENTS, Batch, Shipment
from simulator.carriers.inpost.shipments import caller_shipments
from simulator.carriers.inpost.shipments.building import build_shipment
from simulator.carriers.inpost.shipments.caller_shipments import Listed
from simulator.carriers.inpost.wire import credentials, links, moments
from simulator.core.answers import Answer, Finding
from simulator.engine.world import World

MAKING = timedelta(milliseconds=300)
"""After the request the shipments are there (inferred)."""

WATCHING = timedelta(milliseconds=500)
"""How often a batch looks whether its shipments are bought (inferred)."""

_RUN = 50
"""Shipments of a batch that are made in one transaction."""


READS = {"create_batch": caller_shipments.read}


def create_batch(
    world: World, organization_id: str, body: Listed, findings: list[Finding]
) -> Answer:
    """POST /v1/organizations/:org/batches: the batch, whose shipments are made later."""
    organization = credentials.organization(world, organization_id)
    items = caller_shipments.sound_items(world, organization, body, findings)
    choice_only = body.request.get("only_choice_of_offer") is True
    batch = Batch(
        id=world.next_number("inpost.batches", 55_001),
        organization_id=organization.id,
        status="in_progress",
        only_choice_of_offer=choice_only,
        items=tuple(
            {**item, "only_choice_of_offer": choice_only or item.get("only_choice_of_offer")}
            for item in items
        ),
        created_at=world.now,
        updated_at=world.now,
    )
    world[BATCHES].put(batch)
    world.emit("inpost.batch_created", batch_id=batch.id, organization_id=organization.id)
    world.enqueue("inpost.make_batch", after=MAKING, batch_id=batch.id)
    return Answer(
        status=201,
        body=show(world, batch),
        headers={"Location": links.plain(world, f"/v1/batches/{batch.id}")},
    )


def get_batch(world: World, batch_id: str) -> Answer:
    """GET /v1/batches/:id. 404 for unknown ones and for other organizations'."""
    batch = credentials.owned(world, BATCHES, batch_id, "batch")
    world.note_held(batch_id=batch.id)
    return Answer(body=show(world, batch))


def make_batch(world: World, *, batch_id: int) -> None:
    """Job: every shipment of the batch is made and goes its own way from here.

    They are made in runs, each a job at the same instant, so that others are answered between.
    """
    batch = world[BATCHES][batch_id]
    organization = world[ORGANIZATIONS][batch.organization_id]
    for item in batch.items[:_RUN]:
        shipment = build_shipment(world, organization, forms.read(item))
        shipment = buying.begin(world, msgspec.structs.replace(shipment, batch_id=batch.id))
        world.emit(
            "inpost.shipment_created",
            shipment_id=shipment.id,
            organization_id=organization.id,
        )
    left = batch.items[_RUN:]
    world[BATCHES].put(msgspec.structs.replace(batch, items=left, updated_at=world.now))
    if left:
        # A kind of its own: a rule that holds the step has let it begin already.
        world.enqueue("inpost.continue_batch", batch_id=batch_id)
        return
    world.enqueue("inpost.watch_batch", after=WATCHING, batch_id=batch_id)


def watch_batch(world: World, *, batch_id: int) -> None:
    """Job: the batch is ready when none of its shipments has offers or a purchase under way."""
    batch = world[BATCHES][batch_id]
    if any(_busy(shipment) for shipment in world[SHIPMENTS].where("batch_id", batch_id)):
        world.enqueue("inpost.watch_batch", after=WATCHING, batch_id=batch_id)
        return
    status = "generated" if batch.only_choice_of_offer else "done"
    world[BATCHES].put(msgspec.structs.replace(batch, status=status, updated_at=world.now))
    world.emit("inpost.batch_finished", batch_id=batch_id, status=status)


def _busy(shipment: Shipment) -> bool:
    return shipment.status == "created" or shipment.preparing or shipment.purchasing


def show(world: World, batch: Batch) -> dict[str, Any]:
    """A batch as the API shows it."""
    shipments = world[SHIPMENTS].where("batch_id", batch.id)
    show_id = views.ident(world)
    return {
        "href": links.resource(world, f"/v1/batches/{batch.id}"),
        "id": show_id(batch.id),
        "status": batch.status,
        "shipments": [
            {
                "href": views.href(world, shipment),
                "id": show_id(shipment.id),
                "status": shipment.status,
                "tracking_number": shipment.tracking_number,
            }
            for shipment in shipments
        ],
        "created_at": moments.show(batch.created_at),
        "updated_at": moments.show(batch.updated_at),
    }


JOBS = {"make_batch": make_batch, "continue_batch": make_batch, "watch_batch": watch_batch}
