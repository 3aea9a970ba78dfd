"""What a request that makes or changes shipments is answered: ids or whole shipments, and labels.

Documented (description of api.myparcel.nl, 2026): version 1.2 of JSON has whole shipments where
earlier ones have ids, or no body at all for a change.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulator.carriers.myparcel.bodies import views
from simulator.carriers.myparcel.editions import label_media
from simulator.carriers.myparcel.editions.edition import Edition
from simulator.carriers.myparcel.labels import files, orders
from simulator.carriers.myparcel.records import SHIPMENTS, Shipment
from simulator.carriers.myparcel.wire import edition, media, paging
from simulator.carriers.myparcel.wire.media import MediaType
from simulator.core.answers import Answer, no_content
from simulator.engine.world import World

IDS = "application/vnd.shipment_ids+json"


def accepted(world: World) -> MediaType:
    """What the client wants of the shipments that it makes or changes.

    Raises 406/3102, and what `check_paper` does.
    """
    offered = (label_media.JSON, IDS, *edition.of(world).create_media)
    wanted = media.choose(world, offered, "shipments")
    check_paper(world, wanted)
    return wanted


def check_paper(world: World, wanted: MediaType | None = None) -> None:
    """Judge the paper and the positions that a request names, whether it asks for labels or not.

    `wanted` is what is accepted, None where no labels can be. Raises 422 as `files.choose` does.
    """
    spoken = edition.of(world)
    given = paging.given(world)
    named = [name for name in _OF_LABELS if name in given]
    if not named or not spoken.create_media:
        return
    positions = [value for name, value in world.request.query if name == "positions"]
    files.choose(world, (), given.get("format"), positions)
    if wanted is None or wanted.name not in spoken.create_media:
        world.note(f"{' and '.join(named)} had no use, since no labels are asked for")


_OF_LABELS = ("format", "positions")


def created(world: World, made: Sequence[Shipment], wanted: MediaType) -> Answer:
    """The ids of new shipments in the order of the request, or these whole, and their labels.

    Raises what `orders.order` does.
    """
    spoken = edition.of(world)
    if _wants_whole(spoken, wanted):
        return _whole(world, made, wanted)
    told = {"ids": _ids(made, references=spoken.references), **_labels(world, made, wanted)}
    if wanted.name == label_media.LABEL:
        return Answer(body={"data": told}, media_type=f"{wanted.name};charset=utf-8")
    if world.quirk("myparcel.create_content_type") == "shipment_ids":
        return Answer(body={"data": told}, media_type=f"{IDS}; charset=utf-8")
    return media.json(told)


def changed(world: World, shipments: Sequence[Shipment], wanted: MediaType) -> Answer:
    """204, or the changed shipments whole, or links to the labels that were asked for."""
    if _wants_whole(edition.of(world), wanted):
        return _whole(world, shipments, wanted)
    labels = _labels(world, shipments, wanted)
    if not labels or label_media.OF_SHIPMENTS[wanted.name].given == "printed":
        return no_content()
    return media.json({"ids": _ids(shipments, references=True), **labels})


def _wants_whole(spoken: Edition, wanted: MediaType) -> bool:
    first = spoken.whole_shipments
    return first is not None and wanted.is_of(*first)


def _whole(world: World, shipments: Sequence[Shipment], wanted: MediaType) -> Answer:
    reader = edition.reader(world)
    current = world[SHIPMENTS].existing([each.id for each in shipments])
    told: dict[str, Any] = {
        "shipments": [views.shipment(world, each, reader) for each in current],
        **_labels(world, current, wanted),
    }
    return Answer(body={"data": told}, media_type=f"{media.JSON};version=1.2")


def _labels(world: World, shipments: Sequence[Shipment], wanted: MediaType) -> dict[str, Any]:
    if wanted.name not in label_media.OF_SHIPMENTS or not shipments:
        return {}
    return orders.order(world, shipments, wanted)


def _ids(shipments: Sequence[Shipment], *, references: bool) -> list[dict[str, Any]]:
    if not references:
        return [{"id": each.id} for each in shipments]
    return [
        {"id": each.id, "reference_identifier": each.reference_identifier} for each in shipments
    ]
