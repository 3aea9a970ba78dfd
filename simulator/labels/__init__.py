"""Parcel labels and manifests as PDF, ZPL and EPL; knows no carrier.

Everything here is a pure function of its arguments: the same content gives the same bytes.
"""

from simulator.labels.archive import pack_zip
from simulator.labels.epl import render_epl
from simulator.labels.manifest import Manifest, ManifestRow, render_manifest
from simulator.labels.model import Cuts, LabelContent, Party
from simulator.labels.pdf import Paper, render_labels
from simulator.labels.zpl import Dpi, render_zpl

__all__ = [
    "Cuts",
    "Dpi",
    "LabelContent",
    "Manifest",
    "ManifestRow",
    "Paper",
    "Party",
    "pack_zip",
    "render_epl",
    "render_labels",
    "render_manifest",
    "render_zpl",
]
