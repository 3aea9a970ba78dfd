"""Elements of an arrangement on a page."""

from __future__ import annotations

from functools import lru_cache

from reportlab.graphics.barcode.code128 import Code128
from reportlab.graphics.barcode.qrencoder import QR8bitByte, QRCode, QRErrorCorrectLevel

from simulator.labels.drawing.canvas import Document
from simulator.labels.layout.elements import (
    QUIET_MODULES,
    Band,
    Bars,
    Element,
    Matrix,
    Rule,
    Text,
)

_DOT = 72 / 203
"""A dot of the common label printer: bars of whole dots stay sharp when a PDF is printed on one."""
_WIDEST_MODULE = 4 * _DOT
_QR_QUIET = 4
"""Blank modules around a QR code (ISO/IEC 18004)."""


def paint(document: Document, element: Element) -> None:
    """Draw one element of a label at its place."""
    match element:
        case Text(x, top, width, size, text, weight, align):
            document.text(x, top, width, size, text, weight, align)
        case Rule(x, top, width, height):
            document.rectangle(x, top, width, height)
        case Band(x, top, width, height, size, text):
            document.rectangle(x, top, width, height)
            document.grey(1)
            document.text(x, top + (height - size) / 2, width, size, text, "bold", "center")
            document.grey(0)
        case Bars():
            _bars(document, element)
        case Matrix():
            _matrix(document, element)


def _bars(document: Document, bars: Bars) -> None:
    modules = Code128(bars.code, barWidth=1, quiet=0).width
    module = min(_WIDEST_MODULE, bars.width / (modules + 2 * QUIET_MODULES))
    if module > _DOT:
        module = int(module / _DOT) * _DOT
    symbol = Code128(bars.code, barWidth=module, barHeight=bars.height, quiet=0)
    left = bars.x + (bars.width - symbol.width) / 2
    symbol.drawOn(document.canvas, left, document.height - bars.top - bars.height)


def _matrix(document: Document, matrix: Matrix) -> None:
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
