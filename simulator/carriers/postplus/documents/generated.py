"""Files that are generated on demand: merged labels, under a URL that is fetched afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

import msgspec

from simulator.carriers import links
from simulator.carriers.postplus.bodies import print_views
from simulator.carriers.postplus.catalog.services import label_size
from simulator.carriers.postplus.documents import files
from simulator.carriers.postplus.labels import bag_labels, content
from simulator.carriers.postplus.records import (
    PARCELS,
    PRINT_JOBS,
    SHIPMENTS,
    Parcel,
    PrintJob,
    Shipment,
)
from simulator.carriers.postplus.wire import credentials, errors, lists, parsing, short_ids
from simulator.core.answers import Answer, Rendering
from simulator.engine.world import World
from simulator.labels import PostalLabel, render_bag_labels, render_postal_labels

MOST = 100
"""Parcels that a request names one by one, as many as labels are asked for by number."""


def generate_parcel_prints(
    world: World,
    shipment_id: int | None = None,
    parcel_ids: str | None = None,
    print_type: str | None = None,
    single_parcel_labels: bool | None = None,
) -> Answer:
    """GET /api/v1/documents/parcel-prints/generate: the URL of a PDF with many labels.

    Those of a shipment, of up to 100 parcels, or of these parcels of the shipment; by bags, or with
    `SingleParcelLabels` one parcel after the other, each with a bookmark (inferred). Cancelled
    parcels and parcels with errors are left out. Raises 400 when neither is given and for an
    unknown type, 404 for an unknown shipment or parcel, 409 when no label is left.
    """
    wanted = lists.read(world, "ParcelIds", parcel_ids)
    if len(wanted) > MOST:
        raise errors.too_many(MOST, "parcel ids")
    if shipment_id is None and not wanted:
        raise errors.bad_request("ShipmentId is missing, and so are ParcelIds: give one of them")
    kind = _print_type(print_type)
    parcels = _chosen(world, shipment_id, wanted)
    printed = [
        parcel
        for parcel in parcels
        if not print_views.why_none(parcel) and kind in (None, print_views.print_type(parcel))
    ]
    if not printed:
        what = "these parcels" if shipment_id is None else f"shipment {shipment_id}"
        raise errors.conflict(f"There is no label to print of {what}")
    return _keep(
        world,
        PrintJob(
            id="",
            account_id=credentials.account(world).id,
            kind="parcel-prints",
            parcel_ids=tuple(parcel.id for parcel in printed),
            shipment_id=shipment_id,
            single_parcel_labels=bool(single_parcel_labels),
        ),
    )


def generate_bag_labels(world: World, shipment_id: int | None = None) -> Answer:
    """GET /api/v1/documents/bag-labels/generate: the URL of a PDF with a label for each bag.

    Raises 400 without a shipment, 404 for an unknown one, 409 for one without bags.
    """
    if shipment_id is None:
        raise errors.bad_request("ShipmentId is missing")
    shipment = credentials.owned(world, SHIPMENTS, shipment_id, "Shipment")
    if not bag_labels.generic(shipment, world[PARCELS].where("shipment_id", shipment.id)):
        raise errors.conflict(f"Shipment {shipment.shipment_nr} has no bags")
    return _keep(
        world,
        PrintJob(id="", account_id=shipment.account_id, kind="bag-labels", shipment_id=shipment.id),
    )


def download_generated_document(world: World, id: str) -> Answer:
    """GET /api/v1/documents/generated/{id}: what a generated URL leads to.

    Raises 404 for an unknown one, and once nothing of what it was made of is left.
    """
    job = world[PRINT_JOBS].get(id)
    if job is None or job.account_id != credentials.account(world).id:
        raise credentials.not_owned(world, "Document", id, () if job is None else (job,))
    if job.kind == "bag-labels":
        return _bag_labels(world, job)
    parcels = [
        parcel
        for parcel in world[PARCELS].existing(job.parcel_ids)
        if not print_views.why_none(parcel)
    ]
    if not parcels:
        raise errors.not_found("Document", id)
    if not job.single_parcel_labels:
        parcels.sort(key=lambda each: (not each.bag_nr, each.bag_nr or ""))
    labels = [label_of(world, parcel) for parcel in parcels]
    names = [_bookmark(parcel, single=job.single_parcel_labels) for parcel in parcels]
    changes = {
        place: name for place, name in enumerate(names) if not place or name != names[place - 1]
    }
    name = f"labels-{job.shipment_id or job.id}.pdf"
    return files.serve(name, Rendering(partial(render_postal_labels, labels, changes)))


def _bag_labels(world: World, job: PrintJob) -> Answer:
    shipment = None if job.shipment_id is None else world[SHIPMENTS].get(job.shipment_id)
    if shipment is None:
        raise errors.not_found("Document", job.id)
    parcels = tuple(world[PARCELS].where("shipment_id", shipment.id))
    if not bag_labels.generic(shipment, parcels):
        raise errors.not_found("Document", job.id)
    return files.serve(
        f"bags-{shipment.id}.pdf", Rendering(partial(draw_bag_labels, shipment, parcels))
    )


def draw_bag_labels(shipment: Shipment, parcels: Sequence[Parcel]) -> bytes:
    """The generic labels of a shipment's bags."""
    return render_bag_labels(bag_labels.generic(shipment, parcels))


def _print_type(text: str | None) -> str | None:
    wanted = parsing.text(text)
    if wanted is None:
        return None
    known = {name.lower(): name for name in print_views.PRINT_TYPES}
    if wanted.lower() not in known:
        listed = " or ".join(print_views.PRINT_TYPES)
        raise errors.bad_request(f"PrintType is {listed}, not {wanted:.60}")
    return known[wanted.lower()]


def _chosen(world: World, shipment_id: int | None, wanted: Iterable[str]) -> list[Parcel]:
    """The parcels that were named, of the shipment if there is one; else all of the shipment."""
    named = [credentials.owned(world, PARCELS, text, "Parcel") for text in wanted]
    if shipment_id is None:
        return named
    shipment = credentials.owned(world, SHIPMENTS, shipment_id, "Shipment")
    for parcel in named:
        if parcel.shipment_id != shipment.id:
            raise errors.not_found("Parcel", parcel.id)
    return named or world[PARCELS].where("shipment_id", shipment.id)


def _keep(world: World, job: PrintJob) -> Answer:
    """The URL of a file; asked for again, the same things have the same one."""
    parcels = ",".join(map(str, job.parcel_ids))
    key = f"{job.account_id}/{job.kind}/{job.shipment_id}/{job.single_parcel_labels}/{parcels}"
    number = short_ids.mint(world, job.account_id, "postplus.print_job", key)
    world[PRINT_JOBS].put(msgspec.structs.replace(job, id=number))
    return Answer(body={"url": links.absolute(world, f"/api/v1/documents/generated/{number}")})


def _bookmark(parcel: Parcel, *, single: bool) -> str:
    if single:
        return parcel.parcel_nr or str(parcel.id)
    return parcel.bag_nr or "Without a bag"


def label_of(world: World, parcel: Parcel) -> PostalLabel:
    """A parcel's label in the size that it has."""
    return content.label_of(world, parcel, label_size(parcel.type, len(parcel.items)))
