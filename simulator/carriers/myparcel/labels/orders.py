"""Labels that come a little later: along with new shipments, under a link, or out of a printer.

The answer tells where the labels will be, and a webhook says when they are there, or why they are
not (documents of api.myparcel.nl; that printed ones are told too is inferred).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from simulator.carriers.myparcel.editions.label_media import OF_SHIPMENTS
from simulator.carriers.myparcel.labels import files, printing
from simulator.carriers.myparcel.labels.files import Form
from simulator.carriers.myparcel.payments import payments
from simulator.carriers.myparcel.records import (
    LABEL_FILES,
    PRINT_JOBS,
    PRINTER_GROUPS,
    SHIPMENTS,
    LabelFile,
    PrinterGroup,
    Shipment,
)
from simulator.carriers.myparcel.tracking import lifecycle, notifications
from simulator.carriers.myparcel.wire import paging, parsing
from simulator.carriers.myparcel.wire.media import MediaType
from simulator.core.tables import Values
from simulator.engine.extension import JobHandler
from simulator.engine.world import World

LABEL_CREATED = "shipment_label_created"
"""The hook that tells of labels (later documents)."""

PRINTING = "myparcel.print_labels"

_NOT_PRINTED = "label could not be created"
"""The reason of a failure that a rule wants (inferred)."""


def order(world: World, shipments: Sequence[Shipment], wanted: MediaType) -> dict[str, Any]:
    """Have the labels of shipments and their further colli made as a media type says.

    Gives what an answer says of them: ``{"pdf": {"url": ...}}`` or the same of ``zpl``, and nothing
    while they are unpaid. Paper and positions are in the query, as in that of labels. Raises 422 as
    `files.choose` does, and what `printing.group_of` raises.
    """
    kind, given = OF_SHIPMENTS[wanted.name]
    group = printing.group_of(world, wanted) if given == "printed" else None
    ids = dict.fromkeys(id for each in shipments for id in (each.id, *each.secondary_ids))
    colli = world[SHIPMENTS].existing(ids)
    positions = [value for name, value in world.request.query if name == "positions"]
    form = files.choose(world, colli, paging.given(world).get("format"), positions, kind)
    if payments.owed(colli):
        _let_come(world, colli, None, group)
        return {}
    file = files.keep(world, colli, form, wait(world))
    _let_come(world, colli, file, group)
    return {form.kind: {"url": files.url(world, file)}}


def keep(world: World, registered: Sequence[Shipment], form: Form) -> LabelFile:
    """A link to labels that is ready a little later, which a webhook then says."""
    known = files.known_file(world, registered, form)
    file = files.keep(world, registered, form, wait(world))
    if known is None:
        _let_come(world, registered, file, None)
    return file


def send_to(world: World, registered: Sequence[Shipment], form: Form, group: PrinterGroup) -> None:
    """Let the printers of a group have the labels of registered shipments a little later."""
    _let_come(world, registered, files.keep(world, registered, form, wait(world)), group)


def _let_come(
    world: World, shipments: Sequence[Shipment], file: LabelFile | None, group: PrinterGroup | None
) -> None:
    world.enqueue(
        PRINTING,
        after=wait(world),
        shipment_ids=[each.id for each in shipments],
        url=None if file is None else files.url(world, file),
        printer_group=None if group is None else group.id,
    )


def wait(world: World) -> timedelta:
    """How long labels take that come later."""
    return timedelta(seconds=world.quirk("myparcel.label_link_seconds"))


def print_labels(
    world: World, *, shipment_ids: list[int], url: str | None, printer_group: str | None = None
) -> None:
    """Job: register the shipments, let the printers have their labels, and tell the shop."""
    shipments = world[SHIPMENTS].existing(shipment_ids)
    if not shipments:
        return
    file = None if url is None else world[LABEL_FILES].get(_hash(url))
    event = _event(shipments, url, file, printer_group)
    if url is None:
        event |= {"status": "failed", "reason": "payment required"}
    else:
        for shipment in shipments:
            lifecycle.register(world, shipment)
        group = world[PRINTER_GROUPS].get(printer_group or "")
        if file is not None and group is not None:
            printing.print_file(world, group, file)
    notifications.send(world, shipments[0], LABEL_CREATED, event)


_PRINTED = Values[LabelFile](lambda file: file.shipment_ids)


def send_label(world: World, shipment: Shipment, target: str | None = None) -> int:
    """Send that the labels of a shipment are there: the latest that were printed with it, or its
    own in the form that it has when nobody names one."""
    printed = world[LABEL_FILES].existing(world[LABEL_FILES].follower(_PRINTED).having(shipment.id))
    file = max(printed, key=lambda each: each.created, default=None)
    if file is None:
        file = files.keep(world, [shipment], files.choose(world, [shipment], None, None))
    event = _event(world[SHIPMENTS].existing(file.shipment_ids), files.url(world, file), file)
    return notifications.send(world, shipment, LABEL_CREATED, event, target)


def _event(
    shipments: Sequence[Shipment],
    url: str | None,
    file: LabelFile | None,
    printer_group: str | None = None,
) -> dict[str, Any]:
    event = {
        "status": "success",
        "shipment_ids": [shipment.id for shipment in shipments],
        "printer_identifier": _printer(shipments[0]) or printer_group,
        "pdf": url,
    }
    return event if file is None or file.kind == "pdf" else {**event, "pdf": None, file.kind: url}


def fail_printing(
    world: World, *, shipment_ids: list[int], url: str | None, printer_group: str | None = None
) -> None:
    """In place of the labels, the shop is told that there are none; the link leads nowhere."""
    shipments = world[SHIPMENTS].existing(shipment_ids)
    if not shipments:
        return
    if url is not None and not any(job.label_file == _hash(url) for job in world[PRINT_JOBS]):
        world[LABEL_FILES].delete(_hash(url))
    event = _event(shipments, None, None, printer_group)
    event |= {"status": "failed", "reason": _NOT_PRINTED}
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
