"""One label as a file."""

from __future__ import annotations

from functools import partial

from simulator.carriers.postplus.documents import files
from simulator.carriers.postplus.labels import content, prints
from simulator.core.answers import Answer, Rendering
from simulator.engine.world import World
from simulator.labels import render_postal_labels


def download_parcel_print(world: World, id: str) -> Answer:
    """GET /api/v1/documents/parcel-prints/{id}: the label as a PDF.

    Raises 404 for an unknown one, 409 for that of a cancelled parcel or of one with errors.
    """
    record, parcel = prints.load(world, id)
    refused = prints.too_early(world, parcel)
    if refused is not None:
        return refused
    label = content.label_of(world, parcel, record.label_size)
    name = f"{files.name_part(parcel.parcel_nr or str(parcel.id))}.pdf"
    return files.serve(name, Rendering(partial(render_postal_labels, (label,))))
