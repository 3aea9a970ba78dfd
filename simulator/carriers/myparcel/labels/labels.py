"""Labels of shipments: printing them registers the shipments, and prepaid shops pay first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from simulator.carriers.myparcel.catalog.lifecycle import CONCEPT, STATUSES
from simulator.carriers.myparcel.editions.label_media import OF_BATCHES
from simulator.carriers.myparcel.labels import files, orders, printing
from simulator.carriers.myparcel.payments import payments
from simulator.carriers.myparcel.records import SHIPMENTS, Shipment
from simulator.carriers.myparcel.rules import outages
from simulator.carriers.myparcel.tracking import lifecycle
from simulator.carriers.myparcel.wire import credentials, edition, errors, media, parsing
from simulator.core.answers import Answer, no_content
from simulator.engine.world import World

_OTHERS = "Permission Denied. (writeResourceOwnedByOthers)"


def get_labels(
    world: World, ids: str, format: str | None = None, positions: list[str] | None = None
) -> Answer:
    """GET /shipment_labels/{ids}: a file, a link to one, or 204 when it goes to a printer group.

    Concepts get their barcode and are registered (letters: printed). Raises 403/3001 for a shipment
    of somebody else and for an unknown one, 422 for a form that cannot be printed, and what
    `printing.group_of` raises; 402 says what a prepaid shop has to pay first.
    """
    offered = edition.of(world).label_media
    wanted = media.choose(world, tuple(offered))
    kind, given = offered[wanted.name]
    group = printing.group_of(world, wanted) if given == "printed" else None
    shipments = _load(world, ids)
    form = files.choose(world, shipments, format, positions, kind)

    def give(registered: Sequence[Shipment]) -> Answer:
        if given == "file":
            return files.answer(world, registered, form, wanted.name)
        if group is not None:
            orders.send_to(world, registered, form, group)
            return no_content()
        keep = orders.keep if given == "later" else files.keep
        file = keep(world, registered, form)
        return media.json({"pdfs": {"url": files.url(world, file)}})

    return _print(world, shipments, give)


def get_labels_v2(
    world: World, ids: str, format: str | None = None, positions: list[str] | None = None
) -> Answer:
    """GET /v2/shipment_labels/{ids}: always a link, for many labels (later than 2017)."""
    wanted = media.choose(world, tuple(OF_BATCHES))
    shipments = _load(world, ids)
    kind = OF_BATCHES[wanted.name].kind
    form = files.choose(world, shipments, format, positions, kind)

    def give(registered: Sequence[Shipment]) -> Answer:
        file = orders.keep(world, registered, form)
        return media.json({file.kind: {"url": files.url(world, file)}})

    return _print(world, shipments, give)


def _print(
    world: World, shipments: Sequence[Shipment], give: Callable[[Sequence[Shipment]], Answer]
) -> Answer:
    """What `give` makes of the shipments once they are registered; 402 while they are unpaid."""
    unpaid = payments.owed(shipments)
    if unpaid:
        return payments.required(world, unpaid)
    for shipment in shipments:
        if shipment.status == CONCEPT:
            outages.check(world, shipment)
    return give([lifecycle.register(world, shipment) for shipment in shipments])


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
