"""The customs declarations CN 22 and CN 23 as a panel of a label, over several pages if need be."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from simulator.labels.drawing import pen
from simulator.labels.drawing.canvas import Document
from simulator.labels.drawing.pen import Place
from simulator.labels.layout.elements import Align
from simulator.labels.postal.model import CATEGORIES, Declaration, Goods

_TITLES = {
    "CN 22": ("CUSTOMS DECLARATION", "CN 22"),
    "CN 23": ("CUSTOMS DECLARATION", "CN 23"),
    "Contents": ("CONTENTS OF THE PARCEL", ""),
}
_OPENED = "May be opened officially"
_PROMISE = (
    "I certify that what is stated here is correct and that the parcel holds nothing dangerous."
)
_TITLE, _BOXES, _HEADER, _TOTALS, _FIELDS, _SIGNATURE = 15.0, 19.0, 13.0, 17.0, 19.0, 19.0
_ROW, _LEAST_ROW = 14.0, 10.0
_IN_A_LINE = 3
"""Categories beside each other."""


class _Column(NamedTuple):
    title: str
    share: float
    align: Align


_COLUMNS = (
    _Column("Quantity", 0.11, "right"),
    _Column("Description of contents", 0.45, "left"),
    _Column("Weight kg", 0.13, "right"),
    _Column("Value", 0.15, "right"),
    _Column("HS code", 0.16, "left"),
)


class Sheet(NamedTuple):
    """The goods of one page, how high their rows are, and whether the totals stand below them."""

    goods: tuple[Goods, ...]
    row: float
    first: bool
    last: bool


def sheets(declaration: Declaration, heights: tuple[float, float], scale: float) -> list[Sheet]:
    """Divide the goods over pages: `heights` are the room on the first page and on further ones."""
    goods = declaration.goods
    above = (_TITLE + _BOXES + _HEADER) * scale
    below = _foot(declaration) * scale
    for row in (_ROW * scale, _LEAST_ROW * scale):
        if above + len(goods) * row + below <= heights[0]:
            return [Sheet(goods, row, first=True, last=True)]
    row = _ROW * scale
    made: list[Sheet] = []
    left = list(goods)
    while left or not made:
        room = heights[0 if not made else 1] - (above if not made else (_TITLE + _HEADER) * scale)
        fitting = max(1, int(room / row))
        last = len(left) <= max(0, int((room - below) / row))
        taken = left if last else left[: min(fitting, max(1, len(left) - 1))]
        left = left[len(taken) :]
        made.append(Sheet(tuple(taken), row, first=not made, last=last))
    return made


def _foot(declaration: Declaration) -> float:
    fields = _FIELDS if declaration.form == "CN 23" else 0.0
    return _TOTALS + fields + _SIGNATURE


def draw(
    document: Document,
    declaration: Declaration,
    sheet: Sheet,
    place: Place,
    scale: float,
    counted: str,
) -> None:
    """Draw one page's part of a declaration; `counted` says which of how many pages it is."""
    top = _title(document, declaration, place, scale, counted)
    if sheet.first:
        top = _categories(document, declaration, place._replace(top=top), scale)
    top = _row(document, place, top, _HEADER * scale, [each.title for each in _COLUMNS], 6 * scale)
    for goods in sheet.goods:
        top = _row(document, place, top, sheet.row, _cells(goods), 7.5 * scale)
    if sheet.last:
        _totals(document, declaration, place._replace(top=top), scale)


def _title(
    document: Document, declaration: Declaration, place: Place, scale: float, counted: str
) -> float:
    height = _TITLE * scale
    words, form = _TITLES[declaration.form]
    strip = Place(place.x, place.top, place.width, height)
    pen.box(document, strip)
    inner = Place(place.x + 4, place.top + 1, place.width - 8, height - 1)
    pen.line(document, inner._replace(width=inner.width * 0.48), words, 9 * scale, "bold")
    middle = inner._replace(x=inner.x + inner.width * 0.48, width=inner.width * 0.3)
    pen.line(document, middle, counted or (_OPENED if form else ""), 6.5 * scale)
    pen.line(document, inner, form, 11 * scale, "bold", "right")
    return place.top + height


def _categories(document: Document, declaration: Declaration, place: Place, scale: float) -> float:
    """Draw a small box for each category, with a cross in the one that is declared."""
    height = _BOXES * scale
    pen.box(document, place._replace(height=height))
    width, row = place.width / _IN_A_LINE, height / 2
    for number, category in enumerate(CATEGORIES):
        down, across = divmod(number, _IN_A_LINE)
        x, top = place.x + 5 + across * width, place.top + 1 + down * (row - 0.5)
        side = 5.5 * scale
        pen.box(document, Place(x, top + (row - side) / 2, side, side))
        if category == declaration.category:
            mark = Place(x, top + (row - side) / 2 + 0.4, side + pen.LINE, side)
            pen.line(document, mark, "X", 6 * scale, "bold", "center")
        words = Place(x + side + 4, top, width - side - 10, row)
        pen.line(document, words, category, 6.5 * scale)
    return place.top + height


def _row(
    document: Document, place: Place, top: float, height: float, cells: Sequence[str], size: float
) -> float:
    x = place.x
    for text, (_, share, align) in zip(cells, _COLUMNS, strict=True):
        width = place.width * share
        pen.cell(document, Place(x, top, width, height), text, size, align)
        x += width
    return top + height


def _cells(goods: Goods) -> list[str]:
    return [
        str(goods.quantity),
        goods.description,
        amount(goods.weight),
        money(goods.value),
        goods.hs_code,
    ]


def _totals(document: Document, declaration: Declaration, place: Place, scale: float) -> None:
    half = place.width / 2
    top, height = place.top, _TOTALS * scale
    weight = f"{amount(declaration.weight)} kg"
    value = f"{declaration.currency} {money(declaration.value)}"
    size = 8.5 * scale
    pen.field(document, Place(place.x, top, half, height), "Total gross weight", weight, size)
    pen.field(document, Place(place.x + half, top, half, height), "Total value", value, size)
    top += height
    if declaration.form == "CN 23":
        height = _FIELDS * scale
        reference = declaration.reference
        pieces = str(sum(goods.quantity for goods in declaration.goods))
        pen.field(
            document, Place(place.x, top, half, height), "Importer's reference", reference, size
        )
        pen.field(document, Place(place.x + half, top, half, height), "Pieces", pieces, size)
        top += height
    pen.field(
        document,
        Place(place.x, top, place.width, _SIGNATURE * scale),
        _PROMISE,
        declaration.signature,
        8 * scale,
    )


def amount(number: Decimal) -> str:
    """A weight as people read it: without an exponent, and without zeros at its end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def money(number: Decimal) -> str:
    """A value with two decimals, more where it has more."""
    text = amount(number)
    return text if len(text.partition(".")[2]) > 2 else f"{number:.2f}"
