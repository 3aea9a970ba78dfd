"""A page with the customs declaration of a parcel, after the pattern of the postal form CN 23."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.labels.drawing.canvas import Document
from simulator.labels.drawing.painting import paint
from simulator.labels.layout.elements import Align, Bars
from simulator.labels.model import CustomsForm, CustomsLine, Party
from simulator.labels.text.fitting import fit, one_line
from simulator.labels.text.flow import LEADING, Box, Paragraph, flow
from simulator.labels.text.fonts import Weight, typeface

_LEFT = 40.0
_WIDTH = 515.0
_HALF = _WIDTH / 2
_PARTIES_TOP = 116.0
_PARTIES = 106.0
_FIELD = 34.0
_SIGNATURE = 48.0
_LINE = 0.8
_ROW = 20.0
_MOST_LINES = 20
"""Of goods on a page."""
_SMALLEST = 5.0
_SQUEEZE = 0.8
"""Lines are made this much smaller before they are broken."""

_COLUMNS: tuple[tuple[str, float, Align], ...] = (
    ("Detailed description of contents", 215.0, "left"),
    ("Quantity", 50.0, "right"),
    ("Net weight", 65.0, "right"),
    ("Value", 80.0, "right"),
    ("HS tariff number", 60.0, "left"),
    ("Origin", 45.0, "left"),
)


def draw_form(document: Document, form: CustomsForm) -> None:
    """Draw the form on pages of A4 of its own and end them; the last one has the totals."""
    sheets = max(1, -(-len(form.lines) // _MOST_LINES))
    for sheet in range(sheets):
        top = _head(document, form, sheet + 1, sheets)
        lines = form.lines[sheet * _MOST_LINES : (sheet + 1) * _MOST_LINES]
        bottom = _table(document, lines, top)
        if sheet + 1 == sheets:
            _foot(document, form, bottom)
        document.next_page()


def _head(document: Document, form: CustomsForm, sheet: int, sheets: int) -> float:
    """Draw what stands above the goods; gives where it ends."""
    title = "CN 23 - may be opened officially"
    counted = f"{title} - page {sheet} of {sheets}" if sheets > 1 else title
    document.grey(0)
    _text(document, _LEFT, 40, 300, 20, "CUSTOMS DECLARATION", "bold")
    _text(document, _LEFT, 64, 260, 9, counted)
    if form.barcode is not None:
        paint(document, Bars(_LEFT + 265, 36, 250, 40, form.barcode))
        _text(document, _LEFT + 265, 79, 250, 9, form.barcode, "bold", "center")
    document.rectangle(_LEFT, 96, _WIDTH, 14)
    document.grey(1)
    _text(document, _LEFT, 98.5, _WIDTH, 9, form.notice, "bold", "center")
    document.grey(0)
    _party(document, "From", form.sender, _LEFT)
    _party(document, "To", form.receiver, _LEFT + _HALF)
    top = _PARTIES_TOP + _PARTIES
    _field(document, "Category of item", form.category, _LEFT, top)
    _field(document, "Invoice", form.invoice, _LEFT + _HALF, top)
    return top + _FIELD


def _foot(document: Document, form: CustomsForm, top: float) -> None:
    """Draw the totals and the place for a signature."""
    _field(document, "Total gross weight", f"{form.weight} g", _LEFT, top)
    _field(document, "Total value", form.total, _LEFT + _HALF, top)
    top += _FIELD
    promise = "I certify that the particulars given in this declaration are correct."
    _text(document, _LEFT + 5, top + 3, _WIDTH - 10, 7.5, promise, "bold")
    _text(document, _LEFT + 5, top + 32, _WIDTH, 8, "Date and sender's signature")
    _box(document, _LEFT, top, _WIDTH, _SIGNATURE)


def _table(document: Document, lines: Sequence[CustomsLine], top: float) -> float:
    """Draw goods under the names of their columns; gives where the table ends."""
    _row(document, tuple(name for name, _, _ in _COLUMNS), top, 7.5, "bold")
    for number, line in enumerate(lines, 1):
        _row(document, _cells(line), top + number * _ROW, 9, "regular")
    return top + (len(lines) + 1) * _ROW


def _cells(line: CustomsLine) -> tuple[str, ...]:
    return (
        line.description,
        str(line.amount),
        f"{line.weight} g",
        line.value,
        line.classification,
        line.origin,
    )


def _row(
    document: Document, cells: tuple[str, ...], top: float, size: float, weight: Weight
) -> None:
    x = _LEFT
    for cell, (_, width, align) in zip(cells, _COLUMNS, strict=True):
        _box(document, x, top, width, _ROW)
        if align == "left":
            box = Box(width - 8, _ROW - 1, _SMALLEST, _SQUEEZE)
            _lines(document, x + 4, top + 1, box, [Paragraph(one_line(cell), size, weight)])
        else:
            _text(document, x + 4, top + 5, width - 8, size, cell, weight, align)
        x += width


def _party(document: Document, caption: str, party: Party, x: float) -> None:
    """Draw a box of half the width with an address."""
    width = _HALF - 10
    _box(document, x, _PARTIES_TOP, _HALF, _PARTIES)
    _text(document, x + 5, _PARTIES_TOP + 3, width, 7.5, caption, "bold")
    lines = (
        party.company,
        party.name,
        party.street,
        party.city,
        party.country,
        party.phone,
        party.email,
    )
    shown = [Paragraph(one_line(line), 10) for line in lines if one_line(line)]
    box = Box(width, _PARTIES - 18, _SMALLEST, _SQUEEZE)
    _lines(document, x + 5, _PARTIES_TOP + 16, box, shown, centred=False)


def _field(document: Document, caption: str, value: str, x: float, top: float) -> None:
    """Draw a box of half the width with a value under its caption."""
    _box(document, x, top, _HALF, _FIELD)
    _text(document, x + 5, top + 3, _HALF - 10, 7.5, caption, "bold")
    box = Box(_HALF - 10, _FIELD - 15, _SMALLEST, _SQUEEZE)
    _lines(document, x + 5, top + 13, box, [Paragraph(one_line(value), 11)])


def _box(document: Document, x: float, top: float, width: float, height: float) -> None:
    document.rectangle(x, top, width, _LINE)
    document.rectangle(x, top + height, width + _LINE, _LINE)
    document.rectangle(x, top, _LINE, height)
    document.rectangle(x + width, top, _LINE, height)


def _lines(
    document: Document,
    x: float,
    top: float,
    box: Box,
    paragraphs: list[Paragraph],
    *,
    centred: bool = True,
) -> None:
    """Draw paragraphs in a box, from its top or in the middle of its height."""
    rows = [row for broken in flow(paragraphs, box) for row in broken]
    if centred:
        top += (box.height - sum(row.size for row in rows) * LEADING) / 2
    for row in rows:
        if row.text:
            document.text(x, top, box.width, row.size, row.text, row.weight)
        top += row.size * LEADING


def _text(
    document: Document,
    x: float,
    top: float,
    width: float,
    size: float,
    text: str,
    weight: Weight = "regular",
    align: Align = "left",
) -> None:
    """Draw a line in its place, smaller or cut where it is too long."""
    fitted = fit(typeface(weight), one_line(text), width, size, 5)
    if fitted.text:
        document.text(x, top, width, fitted.size, fitted.text, weight, align)
