"""A page with the customs declaration of a parcel, after the pattern of the postal form CN 23."""

from __future__ import annotations

from simulator.labels._canvas import Document
from simulator.labels.fonts import Weight, typeface
from simulator.labels.layout import Align, Bars
from simulator.labels.model import CustomsForm, CustomsLine, Party
from simulator.labels.pdf import paint
from simulator.labels.text import fit, one_line

_LEFT = 40.0
_WIDTH = 515.0
_LINE = 0.8
_ROW = 20.0
_MOST_LINES = 20

_COLUMNS: tuple[tuple[str, float, Align], ...] = (
    ("Detailed description of contents", 215.0, "left"),
    ("Quantity", 50.0, "right"),
    ("Net weight", 65.0, "right"),
    ("Value", 80.0, "right"),
    ("HS tariff number", 60.0, "left"),
    ("Origin", 45.0, "left"),
)


def draw_form(document: Document, form: CustomsForm) -> None:
    """Draw the form on a page of A4 of its own and end the page."""
    document.grey(0)
    _text(document, _LEFT, 40, 300, 20, "CUSTOMS DECLARATION", "bold")
    _text(document, _LEFT, 64, 300, 9, "CN 23 - may be opened officially")
    paint(document, Bars(_LEFT + 265, 36, 250, 40, form.barcode))
    _text(document, _LEFT + 265, 79, 250, 9, form.barcode, "bold", "center")
    document.rectangle(_LEFT, 96, _WIDTH, 14)
    document.grey(1)
    _text(document, _LEFT, 98.5, _WIDTH, 9, form.notice, "bold", "center")
    document.grey(0)
    half = _WIDTH / 2
    _party(document, "From", form.sender, _LEFT, half)
    _party(document, "To", form.receiver, _LEFT + half, half)
    top = 222.0
    _box(document, _LEFT, top, half, 34)
    _box(document, _LEFT + half, top, half, 34)
    _field(document, "Category of item", form.category, _LEFT, top, half)
    _field(document, "Invoice", form.invoice, _LEFT + half, top, half)
    bottom = _table(document, form, top + 34)
    _field(document, "Total gross weight", f"{form.weight} g", _LEFT, bottom, half)
    _field(document, "Total value", form.total, _LEFT + half, bottom, half)
    _box(document, _LEFT, bottom, half, 34)
    _box(document, _LEFT + half, bottom, half, 34)
    _field(
        document,
        "I certify that the particulars given in this declaration are correct.",
        "",
        _LEFT,
        bottom + 34,
        _WIDTH,
    )
    _text(document, _LEFT + 5, bottom + 66, _WIDTH, 8, "Date and sender's signature")
    _box(document, _LEFT, bottom + 34, _WIDTH, 48)
    document.next_page()


def _table(document: Document, form: CustomsForm, top: float) -> float:
    """Draw the goods; gives where the table ends."""
    _row(document, tuple(name for name, _, _ in _COLUMNS), top, 7.5, "bold")
    top += _ROW
    shown = form.lines[:_MOST_LINES]
    for line in shown:
        _row(document, _cells(line), top, 9, "regular")
        top += _ROW
    hidden = len(form.lines) - len(shown)
    if hidden:
        _row(document, (f"and {hidden} more, see the invoice", *[""] * 5), top, 9, "regular")
        top += _ROW
    return top


def _cells(line: CustomsLine) -> tuple[str, ...]:
    weight = f"{line.weight} g"
    return (
        line.description,
        str(line.amount),
        weight,
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
        _text(document, x + 4, top + 5, width - 8, size, cell, weight, align)
        x += width


def _party(document: Document, caption: str, party: Party, x: float, width: float) -> None:
    _box(document, x, 116, width, 106)
    _text(document, x + 5, 119, width - 10, 7.5, caption, "bold")
    top = 132.0
    for line in (
        party.company,
        party.name,
        party.street,
        party.city,
        party.country,
        party.phone,
        party.email,
    ):
        if one_line(line):
            _text(document, x + 5, top, width - 10, 10, line or "")
            top += 12.5


def _field(
    document: Document, caption: str, value: str, x: float, top: float, width: float
) -> None:
    _text(document, x + 5, top + 3, width - 10, 7.5, caption, "bold")
    _text(document, x + 5, top + 16, width - 10, 11, value)


def _box(document: Document, x: float, top: float, width: float, height: float) -> None:
    document.rectangle(x, top, width, _LINE)
    document.rectangle(x, top + height, width + _LINE, _LINE)
    document.rectangle(x, top, _LINE, height)
    document.rectangle(x + width, top, _LINE, height)


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
