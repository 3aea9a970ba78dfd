"""Labels that are asked for along with the shipments, and come a little later.

A later feature of the Dutch twin: the answer tells where the labels will be, and a webhook says
when they are there, or why they are not.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from simulator.carriers.myparcel.labels import files
from simulator.carriers.myparcel.payments import payments
from simulator.carriers.myparcel.records import LABEL_FILES, SHIPMENTS, Shipment
from simulator.carriers.myparcel.tracking import lifecycle, notifications
from simulator.carriers.myparcel.wire import paging, parsing
from simulator.engine.extension import JobHandler
from simulator.engine.world import World

MEDIA_TYPE = "application/vnd.shipment_label+json"

LABEL_CREATED = "shipment_label_created"
"""The hook that tells of labels (later documents)."""

PRINTING = "myparcel.print_labels"

_NOT_PRINTED = "label could not be created"
"""The reason of a failure that a rule wants (inferred)."""


def order(world: World, made: Sequence[Shipment]) -> str | None:
    """Have the labels of new shipments printed; gives their link, None while they are unpaid.

    Paper and positions are in the query, as in that of labels. Raises 422 as `label_files.choose`.
    """
    ids = [id for each in made for id in (each.id, *each.secondary_ids)]
    after = timedelta(seconds=world.quirk("myparcel.label_link_seconds"))
    shipments = world[SHIPMENTS].existing(ids)
    positions = [value for name, value in world.request.query if name == "positions"]
    form = files.choose(world, shipments, paging.given(world).get("format"), positions)
    url = None
    if not payments.owed(shipments):
        url = files.url(world, files.keep(world, shipments, form, after))
    world.enqueue(PRINTING, after=after, shipment_ids=ids, url=url)
    return url


def print_labels(world: World, *, shipment_ids: list[int], url: str | None) -> None:
    """Job: register the shipments, and tell the shop where their labels are."""
    shipments = world[SHIPMENTS].existing(shipment_ids)
    if not shipments:
        return
    event = _event(shipments, url)
    if url is None:
        event |= {"status": "failed", "reason": "payment required"}
    else:
        for shipment in shipments:
            lifecycle.register(world, shipment)
    notifications.send(world, shipments[0], LABEL_CREATED, event)


def send_label(world: World, shipment: Shipment, target: str | None = None) -> int:
    """Send that the labels of a shipment are there: the latest that were printed with it, or its
    own in the form that it has when nobody names one."""
    printed = [file for file in world[LABEL_FILES] if shipment.id in file.shipment_ids]
    file = max(printed, key=lambda each: each.created, default=None)
    if file is None:
        file = files.keep(world, [shipment], files.choose(world, [shipment], None, None))
    event = _event(world[SHIPMENTS].existing(file.shipment_ids), files.url(world, file))
    return notifications.send(world, shipment, LABEL_CREATED, event, target)


def _event(shipments: Sequence[Shipment], url: str | None) -> dict[str, Any]:
    return {
        "status": "success",
        "shipment_ids": [shipment.id for shipment in shipments],
        "printer_identifier": _printer(shipments[0]),
        "pdf": url,
    }


def fail_printing(world: World, *, shipment_ids: list[int], url: str | None) -> None:
    """In place of the labels, the shop is told that there are none; the link leads nowhere."""
    shipments = world[SHIPMENTS].existing(shipment_ids)
    if not shipments:
        return
    if url is not None:
        world[LABEL_FILES].delete(_hash(url))
    event: dict[str, Any] = {
        "status": "failed",
        "shipment_ids": [shipment.id for shipment in shipments],
        "printer_identifier": _printer(shipments[0]),
        "pdf": None,
        "reason": _NOT_PRINTED,
    }
    notifications.send(world, shipments[0], LABEL_CREATED, event)


def is_held(world: World, hash: str) -> bool:
    """Whether a rule keeps the labels under a link from being printed; the journal tells which."""
    held = [] if world.holds is None else list(world.holds.held_jobs(world, PRINTING))
    for job in held:
        url = job.arguments["url"]
        if url is not None and _hash(url) == hash:
            world.note_held(url=url)
            return True
    return False


def _hash(url: str) -> str:
    return url.rpartition("/")[2]


def _printer(shipment: Shipment) -> str | None:
    """The printer that the shop named, for its own use."""
    return parsing.text(parsing.form(shipment.general_settings).get("printer_identifier")) or None


JOBS: dict[str, JobHandler] = {"print_labels": print_labels}
