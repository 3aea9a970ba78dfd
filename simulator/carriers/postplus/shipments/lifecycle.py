"""What becomes of a shipment from its submission on, by jobs on the clock (section 6.3)."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

import msgspec

from simulator.carriers.postplus.records import (
    ACCOUNTS,
    SHIPMENT_DOCUMENTS,
    SHIPMENTS,
    Shipment,
    ShipmentDocument,
    ShipmentStatus,
)
from simulator.carriers.postplus.rules import shipments as rules
from simulator.carriers.postplus.wire.echoes import shortened
from simulator.engine.extension import JobHandler
from simulator.engine.world import World


class Step(NamedTuple):
    """A status that a shipment comes to, and how long after the one before."""

    status: ShipmentStatus
    after: timedelta


COURSE = (Step("Arrived", timedelta(days=1)), Step("Completed", timedelta(days=1)))
"""What follows on Manifested and on Planned (inferred)."""

OWN_DOCUMENTS = ("CN38", "CN35", "CN33", "CN31")
"""What the carrier makes of a submitted shipment, in the order in which they are listed (N16)."""

_FIRST_DOCUMENT = 70_001


def submitted(world: World, shipment: Shipment) -> Shipment:
    """The shipment as it is once it is submitted.

    Where the account's terminal asks for a document (P12) it waits for it as Pending, unless it is
    there already.
    """
    wanted = wanted_document(world, shipment)
    shipment = msgspec.structs.replace(shipment, submitted_on=world.now, warnings=(), errors=())
    if wanted is None:
        return _on_its_way(world, shipment, "Manifested")
    if _has(world, shipment, wanted):
        return _on_its_way(world, shipment, "Planned")
    number = shortened(shipment.shipment_nr)
    fault = f"Attach the {' or '.join(wanted)} document of shipment {number}"
    return _put(world, msgspec.structs.replace(shipment, status="Pending", errors=(fault,)))


def wanted_document(world: World, shipment: Shipment) -> tuple[str, ...] | None:
    """The types of document of which the terminal asks one; None when it asks for nothing."""
    if shipment.terminal_code not in world[ACCOUNTS][shipment.account_id].document_terminals:
        return None
    own = shipment.type
    return (own,) if own in (rules.AWB, rules.CMR) else (rules.AWB, rules.CMR)


def attached(world: World, shipment: Shipment) -> Shipment:
    """The shipment after a document was attached: one that waited for it is planned."""
    wanted = wanted_document(world, shipment)
    if shipment.status != "Pending" or (wanted and not _has(world, shipment, wanted)):
        return shipment
    return _on_its_way(world, msgspec.structs.replace(shipment, errors=()), "Planned")


def _has(world: World, shipment: Shipment, wanted: tuple[str, ...]) -> bool:
    documents = world[SHIPMENT_DOCUMENTS].where("shipment_id", shipment.id)
    return any(each.content is not None and each.file_type in wanted for each in documents)


def _on_its_way(world: World, shipment: Shipment, status: ShipmentStatus) -> Shipment:
    delay = timedelta(seconds=world.quirk("postplus.documents_delay"))
    due = world.now + delay
    shipment = _put(world, msgspec.structs.replace(shipment, status=status, documents_at=due))
    if delay or world.may_hold("postplus.make_documents", shipment_id=shipment.id):
        world.enqueue_at("postplus.make_documents", due, shipment_id=shipment.id)
    else:
        make_documents(world, shipment_id=shipment.id)
    return _onward(world, shipment, 0)


def _onward(world: World, shipment: Shipment, place: int) -> Shipment:
    job = None
    if place < len(COURSE):
        job = world.enqueue(
            "postplus.move_shipment", COURSE[place].after, shipment_id=shipment.id, place=place
        )
    return world[SHIPMENTS].put(msgspec.structs.replace(shipment, next_job=job))


def _put(world: World, shipment: Shipment) -> Shipment:
    before = world[SHIPMENTS][shipment.id].status
    world.emit(
        f"postplus.shipment_{shipment.status.lower()}",
        shipment_id=shipment.id,
        shipment_nr=shipment.shipment_nr,
    )
    status_changed(world, shipment, before)
    return world[SHIPMENTS].put(shipment)


def status_changed(world: World, shipment: Shipment, before: ShipmentStatus) -> None:
    """Tell the workspace that a shipment came into its status from another."""
    if shipment.status != before:
        world.emit(
            "postplus.shipment_status_changed",
            shipment_id=shipment.id,
            shipment_nr=shipment.shipment_nr,
            status=shipment.status,
            previous=before,
        )


def move_shipment(world: World, *, shipment_id: int, place: int) -> None:
    """Job: the shipment comes to the next status of its course."""
    shipment = world[SHIPMENTS].get(shipment_id)
    if shipment is not None:
        status = COURSE[place].status
        shipment = _put(world, msgspec.structs.replace(shipment, status=status))
        _onward(world, shipment, place + 1)


def make_documents(world: World, *, shipment_id: int) -> None:
    """Job: the carrier's documents are there; they are drawn when they are asked for."""
    shipment = world[SHIPMENTS].get(shipment_id)
    if shipment is None:
        return
    for file_type in OWN_DOCUMENTS:
        world[SHIPMENT_DOCUMENTS].put(
            ShipmentDocument(
                id=next_document(world),
                account_id=shipment.account_id,
                shipment_id=shipment.id,
                file_type=file_type,
                file_format="Pdf",
                file_name=f"{file_type}-{shipment.shipment_nr}.pdf",
                created_on=world.now,
            )
        )
    world.emit(
        "postplus.documents_ready", shipment_id=shipment.id, shipment_nr=shipment.shipment_nr
    )


def next_document(world: World) -> int:
    """The id of the next document of a shipment."""
    return world.next_number("postplus.shipment_documents", _FIRST_DOCUMENT)


def finish_processing(world: World, *, shipment_id: int) -> None:
    """Job: what prepare or submit had begun is done."""
    shipment = world[SHIPMENTS].get(shipment_id)
    if shipment is not None:
        world[SHIPMENTS].put(msgspec.structs.replace(shipment, is_processing=False))


def fail_processing(world: World, *, shipment_id: int) -> None:
    """What was begun fails (inferred): the shipment has an error, and an open one no token."""
    shipment = world[SHIPMENTS].get(shipment_id)
    if shipment is not None:
        fault = f"Processing of shipment {shortened(shipment.shipment_nr)} failed"
        world[SHIPMENTS].put(
            msgspec.structs.replace(
                shipment, is_processing=False, submit_token=None, errors=(fault,)
            )
        )


JOBS: dict[str, JobHandler] = {
    "move_shipment": move_shipment,
    "make_documents": make_documents,
    "finish_processing": finish_processing,
}
