"""Manifest files: as they were uploaded, and what became of their rows."""

from __future__ import annotations

from functools import partial

from simulator.carriers.postplus.documents import files, tables
from simulator.carriers.postplus.records import MANIFEST_FILES
from simulator.carriers.postplus.wire import credentials
from simulator.core.answers import Answer, Rendering
from simulator.engine.world import World


def download_manifest_file(world: World, id: str) -> Answer:
    """GET /api/v1/documents/manifest-files/{id}: the file as it came. Raises 404."""
    record = credentials.owned(world, MANIFEST_FILES, id, "Manifest file")
    return files.serve(record.file_name, record.content)


def download_processed_manifest_file(world: World, id: str) -> Answer:
    """GET /api/v1/documents/manifest-files/{id}/processed: its rows with what became of them, as
    CSV. Raises 404. The path is inferred (N6)."""
    record = credentials.owned(world, MANIFEST_FILES, id, "Manifest file")
    name = f"{record.file_name.rpartition('.')[0] or record.file_name}-processed.csv"
    return files.serve(name, Rendering(partial(tables.csv_of, record.processed)))
