"""Parcel labels and manifests as PDF, ZPL and EPL; knows no carrier.

Everything here is a pure function of its arguments: the same content gives the same bytes. What
draws is imported when the first label is wanted, since it takes a tenth of a second to load.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from simulator.labels.archive import pack_zip
from simulator.labels.model import (
    CustomsForm,
    CustomsLine,
    Cuts,
    Dpi,
    LabelContent,
    Manifest,
    ManifestRow,
    Paper,
    Party,
    Sorting,
)
from simulator.labels.postal.model import (
    NO_BOOKMARKS,
    BagLabel,
    Column,
    Declaration,
    Goods,
    PostalForm,
    PostalLabel,
    Section,
)
from simulator.labels.words import DUTCH, ENGLISH, POLISH, POLISH_LIST, LabelWords, ManifestWords

__all__ = [
    "DUTCH",
    "ENGLISH",
    "POLISH",
    "POLISH_LIST",
    "BagLabel",
    "Column",
    "CustomsForm",
    "CustomsLine",
    "Cuts",
    "Declaration",
    "Dpi",
    "Goods",
    "LabelContent",
    "LabelWords",
    "Manifest",
    "ManifestRow",
    "ManifestWords",
    "Paper",
    "Party",
    "PostalForm",
    "PostalLabel",
    "Section",
    "Sorting",
    "pack_zip",
    "render_bag_labels",
    "render_epl",
    "render_labels",
    "render_manifest",
    "render_postal_forms",
    "render_postal_labels",
    "render_sheets",
    "render_zpl",
]


def render_labels(labels: Sequence[LabelContent], paper: Paper) -> bytes:
    """The labels as PDF, one page each; see `simulator.labels.sheets.pages`."""
    from simulator.labels.sheets import pages

    return pages.render_labels(labels, paper)


def render_sheets(
    labels: Sequence[LabelContent],
    positions: Sequence[int] = (1, 2, 3, 4),
    customs: Sequence[CustomsForm] = (),
) -> bytes:
    """The labels as PDF, four to a sheet of A4; see `simulator.labels.sheets.quarters`."""
    from simulator.labels.sheets import quarters

    return quarters.render_sheets(labels, positions, customs)


def render_zpl(labels: Sequence[LabelContent], dpi: Dpi) -> bytes:
    """The labels for a ZPL printer; see `simulator.labels.printers.zpl`."""
    from simulator.labels.printers import zpl

    return zpl.render_zpl(labels, dpi)


def render_epl(labels: Sequence[LabelContent]) -> bytes:
    """The labels for an EPL printer; see `simulator.labels.printers.epl`."""
    from simulator.labels.printers import epl

    return epl.render_epl(labels)


def render_manifest(manifest: Manifest) -> bytes:
    """The hand-over list as PDF; see `simulator.labels.sheets.manifest`."""
    from simulator.labels.sheets import manifest as drawing

    return drawing.render_manifest(manifest)


def render_postal_labels(
    labels: Sequence[PostalLabel], bookmarks: Mapping[int, str] = NO_BOOKMARKS
) -> bytes:
    """Postal labels with their declarations as PDF; see `simulator.labels.postal.labels`."""
    from simulator.labels.postal import labels as drawing

    return drawing.render_postal_labels(labels, bookmarks)


def render_bag_labels(labels: Sequence[BagLabel]) -> bytes:
    """Labels of bags as PDF; see `simulator.labels.postal.labels`."""
    from simulator.labels.postal import labels as drawing

    return drawing.render_bag_labels(labels)


def render_postal_forms(forms: Sequence[PostalForm]) -> bytes:
    """Lists that travel with mail as PDF; see `simulator.labels.postal.forms`."""
    from simulator.labels.postal import forms as drawing

    return drawing.render_postal_forms(forms)
