"""All documents of a shipment in one archive."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from simulator.carriers.postplus.documents import files, shipment_documents
from simulator.carriers.postplus.records import MANIFEST_FILES, SHIPMENT_DOCUMENTS, SHIPMENTS
from simulator.carriers.postplus.wire import credentials, errors, moments
from simulator.core.answers import Answer, Rendering
from simulator.engine.world import World
from simulator.labels import pack_zip

_Content = bytes | Rendering


def download_all_documents(world: World, id: str) -> Answer:
    """GET /api/v1/documents/shipments/{id}/all-documents: a ZIP of what there is of a shipment.

    The documents that the carrier made, those that were attached, and the manifest files. Raises
    404 for an unknown shipment, and while there is none of all that.
    """
    shipment = credentials.owned(world, SHIPMENTS, id, "Shipment")
    found: list[tuple[str, _Content]] = []
    for record in world[SHIPMENT_DOCUMENTS].where("shipment_id", shipment.id):
        body = shipment_documents.content_of(world, shipment, record)
        if body is not None:
            found.append((record.file_name, body))
    found += [
        (file.file_name, file.content)
        for file in world[MANIFEST_FILES].where("shipment_id", shipment.id)
    ]
    if not found:
        at = shipment.documents_at
        when = "once it is submitted" if at is None else f"from {moments.show(at)} on"
        reason = f"shipment {shipment.shipment_nr} has documents {when}"
        raise errors.problem(404, "NotFound", "Documents not found", reason=reason)
    name = f"{files.name_part(shipment.shipment_nr)}-documents.zip"
    return files.serve(name, Rendering(partial(_pack, tuple(found))))


def _pack(found: Sequence[tuple[str, _Content]]) -> bytes:
    names = _different([name for name, _ in found])
    contents = (body.draw() if isinstance(body, Rendering) else body for _, body in found)
    return pack_zip(list(zip(names, contents, strict=True)))


def _different(names: Sequence[str]) -> list[str]:
    """The names in an archive: without folders, and with a number where one is there again."""
    given: list[str] = []
    for name in map(files.file_name, names):
        stem, dot, ending = name.rpartition(".")
        again, number = name, 1
        while again in given:
            number += 1
            again = f"{stem} ({number}).{ending}" if dot else f"{name} ({number})"
        given.append(again)
    return given
