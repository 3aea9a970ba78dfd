"""Labels of shipments: printing them registers the shipments, and prepaid shops pay first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from simulator.carriers.myparcel.catalog.lifecycle import STATUSES
from simulator.carriers.myparcel.labels import files
from simulator.carriers.myparcel.payments import payments
from simulator.carriers.myparcel.records import SHIPMENTS, Shipment
from simulator.carriers.myparcel.tracking import lifecycle
from simulator.carriers.myparcel.wire import credentials, era, errors, media, parsing
from simulator.core.answers import Answer
from simulator.engine.world import World

_PDF = "application/pdf"
_JSON = "application/json"
_LINK = "application/vnd.shipment_label_link+json"
_PRINTERS = ("application/vnd.shipment_label+zpl", "application/vnd.zpl")
"""What is sent to a label printer as it is; later documents of the twin have both names."""
_OTHERS = "Permission Denied. (writeResourceOwnedByOthers)"


def get_labels(
    world: World, ids: str, format: str | None = None, positions: list[str] | None = None
) -> Answer:
    """GET /shipment_labels/{ids}: a PDF, a link to one, or (a later feature) what printers take.

    Concepts get their barcode and are registered (letters: printed). Raises 403/3001 for a shipment
    of somebody else and for an unknown one, 422 for a form that cannot be printed; 402 says what a
    prepaid shop has to pay first.
    """
    later = (_LINK, *_PRINTERS) if era.later(world) else ()
    kind = media.negotiate(world, (_PDF, _JSON, *later))
    shipments = _load(world, ids)
    if kind in _PRINTERS:
        files.check_printable(shipments)
    form = files.choose(world, shipments, format, positions)

    def give(registered: Sequence[Shipment]) -> Answer:
        if kind in _PRINTERS:
            return files.zpl(world, registered, kind)
        if kind == _PDF:
            return files.pdf(world, registered, form)
        wait = _wait(world) if kind == _LINK else timedelta(0)
        file = files.keep(world, registered, form, wait)
        return media.json({"pdfs": {"url": files.url(world, file)}})

    return _print(world, shipments, give)


def get_labels_v2(
    world: World, ids: str, format: str | None = None, positions: list[str] | None = None
) -> Answer:
    """GET /v2/shipment_labels/{ids}: always a link, for many labels (a later feature)."""
    media.negotiate(world, (_JSON, _LINK, _PDF))
    shipments = _load(world, ids)
    form = files.choose(world, shipments, format, positions)

    def give(registered: Sequence[Shipment]) -> Answer:
        file = files.keep(world, registered, form, _wait(world))
        return media.json({"pdf": {"url": files.url(world, file)}})

    return _print(world, shipments, give)


def _print(
    world: World, shipments: Sequence[Shipment], give: Callable[[Sequence[Shipment]], Answer]
) -> Answer:
    """What `give` makes of the shipments once they are registered; 402 while they are unpaid."""
    unpaid = payments.owed(shipments)
    if unpaid:
        return payments.required(world, unpaid)
    return give([lifecycle.register(world, shipment) for shipment in shipments])


def _wait(world: World) -> timedelta:
    return timedelta(seconds=world.quirk("myparcel.label_link_seconds"))


def _load(world: World, path: str) -> list[Shipment]:
    """The shipments of the path with their further colli, each once, in the order asked for."""
    shop = credentials.shop(world)
    parts = parsing.parts(path)
    numbers = [number for part in parts if (number := parsing.integer(part)) is not None]
    if not parts or len(numbers) < len(parts):
        raise errors.parameter(3210, f"{path[:50]} is not a list of shipment ids separated by ;")
    found: dict[int, Shipment] = {}
    for number in numbers:
        shipment = credentials.require_shipment(world, shop, number, _OTHERS)
        if not lifecycle.has_label(shipment):
            name = STATUSES[shipment.status].name
            raise errors.parameter(3758, f"cannot generate label: shipment {number} is {name}")
        further = world[SHIPMENTS].existing(shipment.secondary_ids)
        found.update((each.id, each) for each in (shipment, *further))
    return list(found.values())
