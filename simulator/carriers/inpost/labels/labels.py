"""Labels of shipments, one by one or up to a hundred at once, and return labels."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec

from simulator.carriers import reasons
from simulator.carriers.inpost.bodies import shipment_wishes, views
from simulator.carriers.inpost.catalog.lifecycle import BEFORE_PURCHASE
from simulator.carriers.inpost.catalog.services import Service
from simulator.carriers.inpost.labels import files
from simulator.carriers.inpost.labels.content import labels_of, return_label_of, service_of
from simulator.carriers.inpost.records import SHIPMENTS, Shipment
from simulator.carriers.inpost.tracking import numbers, waiting
from simulator.carriers.inpost.wire import credentials, errors, moments
from simulator.core.answers import Answer
from simulator.engine.world import World

STEP = "label"
"""What rules hold that keep a label from being ready."""

_UNPAID = "you_can_not_generate_labels_for_unpaid_shipments"
_ECONOMY = "inpost_locker_economy"
_WITHOUT_CODE = frozenset({"FF", "DI"})
"""Economy products other than ``2D``, for which nobody reports a label that is late (inferred)."""


def get_label(
    world: World, shipment_id: str, format: str | None = None, type: str | None = None
) -> Answer:
    """GET /v1/shipments/:id/label: one file with a label for each parcel."""
    return _labels(world, [credentials.shipment(world, shipment_id)], format, type)


def get_labels(
    world: World,
    organization_id: str,
    shipment_ids: list[str],
    format: str | None = None,
    type: str | None = None,
    body: Any = None,
) -> Answer:
    """GET /v1/organizations/:org/shipments/labels: one file, or an archive by service."""
    organization = credentials.organization(world, organization_id)
    ids = shipment_wishes.of_query(world, shipment_ids)
    wish = shipment_wishes.read(body, ids, format=format, type=type)
    shipments = shipment_wishes.load(world, organization, wish.ids)
    return _labels(world, shipments, wish.words["format"], wish.words["type"])


def post_labels(
    world: World,
    organization_id: str,
    shipment_ids: list[str],
    format: str | None = None,
    type: str | None = None,
    body: Any = None,
) -> Answer:
    """POST /v1/organizations/:org/shipments/labels: the same, asked for with a body."""
    return get_labels(world, organization_id, shipment_ids, format, type, body)


def get_return_labels(
    world: World,
    organization_id: str,
    shipment_ids: list[str],
    format: str | None = None,
    body: Any = None,
) -> Answer:
    """GET /v1/organizations/:org/shipments/return_labels: A6 labels for the way back.

    Only courier services, and not Allegro's (documented); others are refused as ``unavailable``
    (inferred). A shipment gets its return tracking number with its first return label.
    """
    organization = credentials.organization(world, organization_id)
    ids = shipment_wishes.of_query(world, shipment_ids)
    wish = shipment_wishes.read(body, ids, format=format)
    shipments = shipment_wishes.load(world, organization, wish.ids)
    for shipment in shipments:
        _require_label(world, shipment)
        if not _takes_returns(service_of(shipment)):
            told = f"shipment {shipment.id} has no return label: {shipment.service} is no courier's"
            raise errors.wrong("service", "unavailable", told)
    numbered = [_with_return_number(world, shipment) for shipment in shipments]
    return files.serve(
        files.gather(
            (service, files.choose_return(service, wish.words["format"]), [label])
            for service, label in (
                (service_of(shipment), return_label_of(world, shipment)) for shipment in numbered
            )
        )
    )


def _require_label(world: World, shipment: Shipment) -> None:
    """Refuse a shipment that has no label: not paid for, or cancelled (both bodies observed)."""
    if shipment.status in BEFORE_PURCHASE:
        advice = f"no label yet: {waiting.advice(world, shipment)}"
        possible = ("confirmed or later",)
        shown = views.ident(world)(shipment.id)
        raise errors.invalid_action("get_label", shown, shipment.status, possible, advice)
    if shipment.status == "canceled":
        told = f"shipment {shipment.id} was cancelled before it was paid for, it has no number"
        raise errors.wrong("tracking_number", _UNPAID, told)


def _labels(
    world: World, shipments: Sequence[Shipment], format: str | None, type: str | None
) -> Answer:
    for shipment in shipments:
        _require_label(world, shipment)
        _require_economy_code(world, shipment)
        _require_young(world, shipment)
    too_early = _too_early(world, shipments)
    if too_early is not None:
        return too_early
    return files.serve(
        files.gather(
            (service, files.choose(service, format, type), labels_of(world, shipment))
            for service, shipment in ((service_of(shipment), shipment) for shipment in shipments)
        )
    )


def _too_early(world: World, shipments: Sequence[Shipment]) -> Answer | None:
    """The answer while a rule keeps a label from being ready; the request is counted by each.

    It tells when the label is ready if that is known, and else that it cannot be made (W17).
    """
    held = [world.held_request(f"inpost.{STEP}", shipment_id=each.id) for each in shipments]
    ends = [each.held.until for each in held if each is not None and each.held is not None]
    if not ends:
        return None
    known = [end for end in ends if end is not None]
    if len(known) < len(ends):
        return errors.label_generation_failed().answer
    how = reasons.how_to_wait(world)
    return errors.label_not_found(moments.show(max(known)), how).answer


def _require_economy_code(world: World, shipment: Shipment) -> None:
    """An economy parcel's 2D code is made later (observed by a public client)."""
    if service_of(shipment).id != _ECONOMY:
        return
    if shipment.commercial_product_identifier in _WITHOUT_CODE:
        return
    ready = _confirmed_at(shipment) + timedelta(hours=world.quirk("inpost.economy_label_hours"))
    if world.now < ready:
        advice = f"{reasons.how_to_wait(world)}; inpost.economy_label_hours says how long it takes"
        raise errors.label_not_found(moments.show(ready), advice)


def _require_young(world: World, shipment: Shipment) -> None:
    """Labels of shipments that are weeks old can fail (observed); how old, a quirk says."""
    days = world.quirk("inpost.label_days")
    if days and world.now >= _confirmed_at(shipment) + timedelta(days=days):
        raise errors.label_generation_failed()


def _confirmed_at(shipment: Shipment) -> datetime:
    return next(
        (item.at for item in shipment.history if item.status == "confirmed"), shipment.created_at
    )


def _with_return_number(world: World, shipment: Shipment) -> Shipment:
    if shipment.return_tracking_number is not None:
        return shipment
    number = numbers.return_tracking_number(world, shipment.id)
    return world[SHIPMENTS].put(msgspec.structs.replace(shipment, return_tracking_number=number))


def _takes_returns(service: Service) -> bool:
    return service.kind in ("courier", "pallet") and "allegro" not in service.id
