"""Labels as PDF 1.4, one page a label."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from reportlab.graphics.barcode.code128 import Code128
from reportlab.graphics.barcode.qrencoder import QR8bitByte, QRCode, QRErrorCorrectLevel

from simulator.labels import layout
from simulator.labels._canvas import RENDERING, Document
from simulator.labels.model import LabelContent, Paper

A4 = (595.0, 842.0)
"""Width and height in points."""

_PAPERS: dict[Paper, tuple[float, float]] = {
    "A4": A4,
    "A6": (layout.WIDTH, layout.HEIGHT),
}
_DOT = 72 / 203
"""A dot of the common label printer: bars of whole dots stay sharp when a PDF is printed on one."""
_WIDEST_MODULE = 4 * _DOT
_QR_QUIET = 4
"""Blank modules around a QR code (ISO/IEC 18004)."""


def render_labels(labels: Sequence[LabelContent], paper: Paper) -> bytes:
    """Render labels, each on a page of its own.

    A4 pages (595 x 842 points) have the label in their upper left quarter, to be folded or cut
    out; A6 pages (297 x 421 points) are the label. No labels raise ``ValueError``.
    """
    width, height = _PAPERS[paper]
    with RENDERING:
        document = Document("Labels (simulation)", width, height)
        for elements in layout.arrange_all(labels):
            if paper == "A4":
                _cutting_lines(document, width)
            document.grey(0)
            for element in elements:
                paint(document, element)
            document.next_page()
        return document.finish()


def _cutting_lines(document: Document, width: float) -> None:
    document.cutting_line(0, layout.HEIGHT, width, 0)
    document.cutting_line(layout.WIDTH, 0, 0, document.height)
    document.grey(0.45)
    side = layout.WIDTH + 24
    document.text(side, 24, 200, 9, "Cut or fold along the dashed lines.")
    document.text(side, 38, 200, 9, "This page was made by a simulator.")


def paint(document: Document, element: layout.Element) -> None:
    """Draw one element of a label at its place."""
    match element:
        case layout.Text(x, top, width, size, text, weight, align):
            document.text(x, top, width, size, text, weight, align)
        case layout.Rule(x, top, width, height):
            document.rectangle(x, top, width, height)
        case layout.Band(x, top, width, height, size, text):
            document.rectangle(x, top, width, height)
            document.grey(1)
            document.text(x, top + (height - size) / 2, width, size, text, "bold", "center")
            document.grey(0)
        case layout.Bars():
            _bars(document, element)
        case layout.Matrix():
            _matrix(document, element)


def _bars(document: Document, bars: layout.Bars) -> None:
    modules = Code128(bars.code, barWidth=1, quiet=0).width
    module = min(_WIDEST_MODULE, bars.width / (modules + 2 * layout.QUIET_MODULES))
    if module > _DOT:
        module = int(module / _DOT) * _DOT
    symbol = Code128(bars.code, barWidth=module, barHeight=bars.height, quiet=0)
    left = bars.x + (bars.width - symbol.width) / 2
    symbol.drawOn(document.canvas, left, document.height - bars.top - bars.height)


def _matrix(document: Document, matrix: layout.Matrix) -> None:
    rows = _qr_rows(matrix.code)
    module = matrix.side / (len(rows) + 2 * _QR_QUIET)
    margin = _QR_QUIET * module
    for number, row in enumerate(rows):
        for start, length in row:
            document.rectangle(
                matrix.x + margin + start * module,
                matrix.top + margin + number * module,
                length * module,
                module,
            )


@lru_cache(maxsize=256)
def _qr_rows(code: str) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Return the dark stretches of a QR code's rows as (first module, modules)."""
    qr = QRCode(None, QRErrorCorrectLevel.M)
    qr.addData(QR8bitByte(code.encode()))
    qr.make()
    rows = []
    for modules in qr.modules:
        dark = [column for column, is_dark in enumerate(modules) if is_dark]
        starts = [column for column in dark if column - 1 not in dark]
        ends = [column for column in dark if column + 1 not in dark]
        rows.append(tuple((a, b - a + 1) for a, b in zip(starts, ends, strict=True)))
    return tuple(rows)
