"""Manifests: the lists that are handed to the courier with the parcels."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from simulator.carriers.inpost.bodies import shipment_wishes, views
from simulator.carriers.inpost.catalog.lifecycle import BOUGHT
from simulator.carriers.inpost.dispatch import orders
from simulator.carriers.inpost.labels import files
from simulator.carriers.inpost.labels.content import person, service_of, street_line
from simulator.carriers.inpost.records import (
    ORGANIZATIONS,
    SHIPMENTS,
    Address,
    DispatchOrder,
    Organization,
    Shipment,
)
from simulator.carriers.inpost.tracking import waiting
from simulator.carriers.inpost.wire import credentials, errors, moments
from simulator.core.answers import Answer, Rendering
from simulator.engine.world import World
from simulator.labels import POLISH_LIST, Manifest, ManifestRow, pack_zip, render_manifest


def get_printout(world: World, dispatch_order_id: str, format: str | None = None) -> Answer:
    """GET /v1/dispatch_orders/:id/printout: one PDF for the order."""
    order = orders.load(world, dispatch_order_id)
    _require_pdf(format)
    shipments = [world[SHIPMENTS][id] for id in order.shipment_ids]
    manifest = _of_order(world, order, shipments)
    return files.file(
        f"dispatch_order_{order.id}.pdf", Rendering(partial(render_manifest, manifest))
    )


def get_printouts(
    world: World,
    organization_id: str,
    shipment_ids: list[str],
    dispatch_order_id: str | None = None,
    format: str | None = None,
    body: Any = None,
) -> Answer:
    """GET /v1/organizations/:org/dispatch_orders/printouts: by shipments or by order.

    One PDF, or an archive with one for each carrier. Shipments need no order, but a purchase.
    """
    organization = credentials.organization(world, organization_id)
    ids = shipment_wishes.of_query(world, shipment_ids)
    wish = shipment_wishes.read(body, ids, format=format, dispatch_order_id=dispatch_order_id)
    _require_pdf(wish.words["format"])
    number = wish.words["dispatch_order_id"]
    if number:
        order = orders.load_of(world, organization, number)
        shipments = [world[SHIPMENTS][id] for id in order.shipment_ids]
    else:
        order = None
        shipments = shipment_wishes.load(world, organization, wish.ids)
        for shipment in shipments:
            if shipment.status not in BOUGHT:
                raise errors.invalid_action(
                    "get_printout",
                    views.ident(world)(shipment.id),
                    shipment.status,
                    ("confirmed or later",),
                    waiting.advice(world, shipment),
                )
    return _serve(world, organization, order, shipments)


def _serve(
    world: World,
    organization: Organization,
    order: DispatchOrder | None,
    shipments: Sequence[Shipment],
) -> Answer:
    carriers = dict.fromkeys(service_of(shipment).carrier for shipment in shipments)
    manifests = [
        (
            f"{carrier}.pdf",
            _manifest(
                world,
                organization,
                order,
                [shipment for shipment in shipments if service_of(shipment).carrier == carrier],
            ),
        )
        for carrier in carriers
    ]
    if len(manifests) == 1:
        name = "printouts.pdf" if order is None else f"dispatch_order_{order.id}.pdf"
        return files.file(name, Rendering(partial(render_manifest, manifests[0][1])))
    return files.file("printouts.zip", Rendering(partial(_pack, tuple(manifests))))


def _pack(manifests: tuple[tuple[str, Manifest], ...]) -> bytes:
    return pack_zip([(name, render_manifest(manifest)) for name, manifest in manifests])


def _require_pdf(format: str | None) -> None:
    if format and format.strip().lower() != "pdf":
        raise errors.wrong(
            "format", "invalid", f"{format[:60]!r} is not pdf, which is all there is"
        )


def _of_order(world: World, order: DispatchOrder, shipments: Sequence[Shipment]) -> Manifest:
    return _manifest(world, world[ORGANIZATIONS][order.organization_id], order, shipments)


def _manifest(
    world: World,
    organization: Organization,
    order: DispatchOrder | None,
    shipments: Sequence[Shipment],
) -> Manifest:
    """A hand-over list; without an order it is today's, from the organization's own address."""
    rows = tuple(_row(shipment) for shipment in shipments)
    contact = organization.contact_person
    if order is None:
        return Manifest(
            title="Lista przesyłek",
            number=f"{organization.id}/{shipments[0].id}",
            address=_lines(organization.name, organization.address),
            contact=_given(person(contact), contact.phone, contact.email),
            date_text=moments.show(world.now)[:10],
            rows=rows,
            words=POLISH_LIST,
        )
    return Manifest(
        title="Zlecenie odbioru",
        number=str(order.external_id or order.id),
        address=_lines(organization.name, order.address),
        contact=_given(order.name or person(contact), order.phone, order.email, order.office_hours),
        date_text=moments.show(order.created_at)[:10],
        rows=rows,
        words=POLISH_LIST,
    )


def _row(shipment: Shipment) -> ManifestRow:
    receiver = shipment.receiver or shipment.sender
    weights = [each.told_weight for each in shipment.parcels if each.told_weight is not None]
    cod = shipment.cod.amount
    return ManifestRow(
        tracking_number=shipment.tracking_number or "",
        receiver=receiver.company_name or person(receiver),
        service=service_of(shipment).name,
        parcels=len(shipment.parcels),
        weight=sum((Decimal(str(weight)) for weight in weights), Decimal(0)) if weights else None,
        cod=None if cod is None else Decimal(cod).scaleb(-2),
        currency=shipment.cod.currency or "PLN",
    )


def _lines(name: str, address: Address) -> tuple[str, ...]:
    city = " ".join(filter(None, (address.post_code, address.city)))
    return _given(name, street_line(address), city)


def _given(*lines: str | None) -> tuple[str, ...]:
    return tuple(line for line in lines if line)
