"""Several labels on a sheet of A4, and customs forms behind them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulator.labels.drawing.canvas import A4, RENDERING, Document
from simulator.labels.drawing.painting import paint
from simulator.labels.layout import arrangement
from simulator.labels.layout.elements import Element
from simulator.labels.model import CustomsForm, LabelContent
from simulator.labels.sheets.customs import draw_form

PLACES = (1, 2, 3, 4)
"""Upper left, upper right, lower left, lower right: the order in which a sheet fills."""


def render_sheets(
    labels: Sequence[LabelContent],
    positions: Sequence[int] = PLACES,
    customs: Sequence[CustomsForm] = (),
) -> bytes:
    """Render labels four to a sheet of A4 (595 x 842 points), and a page for each customs form.

    The first sheet takes a label at each of `positions`, in that order; the sheets after it take
    them at 1, 2, 3, 4. Raises ``ValueError`` without labels and for a position that is not 1 to 4.
    """
    if not positions or set(positions) - set(PLACES):
        raise ValueError(f"positions {list(positions)} must be some of 1, 2, 3, 4")
    arranged = arrangement.arrange_all(labels)
    width, height = A4
    with RENDERING:
        document = Document("Labels (simulation)", width, height)
        for sheet in _sheets(arranged, tuple(dict.fromkeys(positions))):
            _cutting_lines(document)
            for place, elements in sheet:
                _draw(document, place, elements)
            document.next_page()
        for form in customs:
            draw_form(document, form)
        return document.finish()


Placed = list[tuple[int, tuple[Element, ...]]]


def _sheets(arranged: Sequence[tuple[Element, ...]], first: tuple[int, ...]) -> Iterator[Placed]:
    """The labels of each sheet with their places."""
    done = 0
    places = first
    while done < len(arranged):
        batch = arranged[done : done + len(places)]
        yield list(zip(places, batch, strict=False))
        done += len(batch)
        places = PLACES


def _draw(document: Document, place: int, elements: tuple[Element, ...]) -> None:
    row, column = divmod(place - 1, 2)
    document.canvas.saveState()
    document.canvas.translate(column * A4[0] / 2, -row * A4[1] / 2)
    document.grey(0)
    for element in elements:
        paint(document, element)
    document.canvas.restoreState()


def _cutting_lines(document: Document) -> None:
    width, height = A4
    document.cutting_line(0, height / 2, width, 0)
    document.cutting_line(width / 2, 0, 0, height)
