"""Boxes, lines and paragraphs on a page: what forms are made of.

Measures are points from the upper left corner of the page. Texts may be anything: they are made
smaller, broken into lines or cut until they are within their place.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from simulator.labels.drawing.canvas import Document
from simulator.labels.layout.elements import Align
from simulator.labels.text.fitting import fit, one_line
from simulator.labels.text.flow import LEADING, Box, Paragraph, flow
from simulator.labels.text.fonts import Weight, typeface

LINE = 0.8
SMALLEST = 4.0
_SQUEEZE = 0.8
"""Lines are made this much smaller before they are broken."""


class Place(NamedTuple):
    """A rectangle on a page."""

    x: float
    top: float
    width: float
    height: float

    def inner(self, by: float) -> Place:
        """The rectangle without a margin on each side."""
        return Place(self.x + by, self.top + by, self.width - 2 * by, self.height - 2 * by)


def box(document: Document, place: Place) -> None:
    """Draw the four sides of a rectangle."""
    x, top, width, height = place
    document.rectangle(x, top, width, LINE)
    document.rectangle(x, top + height, width + LINE, LINE)
    document.rectangle(x, top, LINE, height)
    document.rectangle(x + width, top, LINE, height)


def band(document: Document, place: Place, text: str, size: float) -> None:
    """Draw a black bar with white text in its middle."""
    document.rectangle(*place)
    document.grey(1)
    line(document, place, text, size, "bold", "center")
    document.grey(0)


def line(
    document: Document,
    place: Place,
    text: str,
    size: float,
    weight: Weight = "regular",
    align: Align = "left",
) -> None:
    """Draw one line in the middle of a place's height, smaller or cut where it is too long."""
    fitted = fit(typeface(weight), one_line(text), place.width, size, SMALLEST)
    if fitted.text:
        top = place.top + (place.height - fitted.size) / 2
        document.text(place.x, top, place.width, fitted.size, fitted.text, weight, align)


def paragraphs(
    document: Document, place: Place, texts: Sequence[Paragraph], *, centred: bool = False
) -> None:
    """Draw paragraphs below each other, from the top of a place or in the middle of its height."""
    shown = [each._replace(text=one_line(each.text)) for each in texts]
    room = Box(place.width, place.height, SMALLEST, _SQUEEZE)
    rows = [row for broken in flow([each for each in shown if each.text], room) for row in broken]
    top = place.top
    if centred:
        spare = rows[-1].size * (LEADING - 1) if rows else 0
        top += (place.height - sum(row.size for row in rows) * LEADING + spare) / 2
    for row in rows:
        document.text(place.x, top, place.width, row.size, row.text, row.weight)
        top += row.size * LEADING


def cell(document: Document, place: Place, text: str, size: float, align: Align = "left") -> None:
    """Draw a text within the box of a table: broken into lines, or on one line if aligned."""
    box(document, place)
    within = Place(place.x + 3, place.top + 1, place.width - 6, place.height - 1)
    if align == "left":
        paragraphs(document, within, [Paragraph(text, size)], centred=True)
    else:
        line(document, within, text, size, "regular", align)


def field(document: Document, place: Place, caption: str, value: str, size: float) -> None:
    """Draw a box with a value under its caption, which is smaller."""
    box(document, place)
    small = max(SMALLEST, size * 0.65)
    width = place.width - 6
    line(document, Place(place.x + 3, place.top + 1.5, width, small * 1.2), caption, small)
    below = small * 1.2 + 2
    within = Place(place.x + 3, place.top + below, width, place.height - below - 0.5)
    paragraphs(document, within, [Paragraph(value, size, "bold")], centred=True)
