"""Manifest files of a shipment: taken in, and deleted."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from simulator.carriers.postplus.bodies import manifest_books, manifest_rows, shipment_forms
from simulator.carriers.postplus.bodies import shipment_views as views
from simulator.carriers.postplus.bodies.manifest_rows import BadManifest, Line, TooManyRows
from simulator.carriers.postplus.parcels import deletion
from simulator.carriers.postplus.records import (
    MANIFEST_FILES,
    PARCELS,
    SHIPMENTS,
    ManifestFile,
    Shipment,
)
from simulator.carriers.postplus.rules import manifests as rules
from simulator.carriers.postplus.rules import references as reference_rules
from simulator.carriers.postplus.rules import shipments as shipment_rules
from simulator.carriers.postplus.shipments import lifecycle, manifest_intake, shipments, uploads
from simulator.carriers.postplus.shipments.manifest_intake import Taken
from simulator.carriers.postplus.wire import credentials, errors, parsing
from simulator.core.answers import Answer, Finding
from simulator.engine.world import World

_FIRST = 80_001
_NAMELESS = {True: "manifest.xlsx", False: "manifest.csv"}


def upload_manifest_file(
    world: World, id: str, body: bytes, file_name: str | None = None, file_format: str | None = None
) -> Answer:
    """POST /api/v1/shipments/{id}/manifest-files: a CSV or XLSX file with the form's `file`.

    Each row is taken by itself; what is wrong is told with its line, with 200. Raises 404; 400 for
    a form that cannot be read, an unknown format and a file beyond the bounds; 409 once the
    shipment is locked, and for one that is manifested by bags.
    """
    shipment = shipments.load(world, id)
    fault = reference_rules.shipment_fault(shipment)
    if fault is not None:
        raise errors.conflict(fault.sentence)
    findings: list[Finding] = []
    wanted = shipment_forms.one_of(rules.FORMATS, file_format, ("FileFormat",), findings)
    if findings:
        raise errors.invalid(findings)
    upload = uploads.read(world, body)
    is_book = upload.content.startswith(manifest_books.SIGN)
    number = world.next_number("postplus.manifest_files", _FIRST)
    taken = _take(world, shipment, number, upload.content, is_book)
    file = world[MANIFEST_FILES].put(
        ManifestFile(
            id=number,
            account_id=shipment.account_id,
            shipment_id=shipment.id,
            file_name=parsing.text(file_name) or upload.name or _NAMELESS[is_book],
            file_format=wanted or views.FILE_FORMAT,
            content=upload.content,
            rows=taken.rows,
            parsed_rows=taken.parsed_rows,
            errors=taken.errors,
            processed=taken.processed,
            created_on=world.now,
        )
    )
    world.emit("postplus.manifest_taken", shipment_id=shipment.id, manifest_file_id=file.id)
    return Answer(body=views.uploaded(file.id, file.file_name, len(file.content), file.errors))


def delete_manifest_file(
    world: World, id: str, delete_all_included_parcels: bool | None = None
) -> Answer:
    """DELETE /api/v1/shipments/manifest-files/{id}: the file, and with `DeleteAllIncludedParcels`
    the parcels that it brought or linked.

    Without it they stay in the shipment. Raises 404, and 409 after submit.
    """
    file = credentials.owned(world, MANIFEST_FILES, id, "Manifest file")
    shipment = world[SHIPMENTS][file.shipment_id]
    if not shipment_rules.is_open(shipment):
        raise errors.conflict(f"Shipment {shipment.shipment_nr} is {shipment.status}")
    for parcel in world[PARCELS].where("manifest_file_id", file.id):
        # One that was linked to another shipment since is the other's.
        if delete_all_included_parcels and parcel.shipment_id == shipment.id:
            deletion.remove(world, parcel)
        else:
            world[PARCELS].put(msgspec.structs.replace(parcel, manifest_file_id=None))
    world[MANIFEST_FILES].delete(file.id)
    return Answer(empty=True)


def _take(world: World, shipment: Shipment, file_id: int, content: bytes, is_book: bool) -> Taken:
    lines: Iterator[Line] = (
        manifest_books.lines(content) if is_book else manifest_rows.csv_lines(content)
    )
    account = credentials.account(world)
    try:
        manifest = manifest_rows.read(lines)
        taken = manifest_intake.take(world, account, shipment, file_id, manifest)
    except BadManifest as error:
        return Taken(0, 0, (str(error),), (manifest_rows.PROCESSED,))
    except TooManyRows as error:
        raise errors.problem(400, "TooManyElements", str(error)) from None
    for name in manifest.unknown:
        world.note(f"the column {name:.60} was not honoured, it is not known")
    if manifest.form == "full" and taken.parsed_rows:
        imported = world[SHIPMENTS].put(msgspec.structs.replace(shipment, status="Imported"))
        lifecycle.status_changed(world, imported, shipment.status)
    return taken
