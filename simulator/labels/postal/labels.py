"""Postal labels of any size as PDF 1.4: a page for each, and further ones for many goods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from simulator.labels.drawing import pen
from simulator.labels.drawing.canvas import RENDERING, Document
from simulator.labels.drawing.painting import paint
from simulator.labels.drawing.pen import Place
from simulator.labels.layout.elements import Bars
from simulator.labels.model import Party
from simulator.labels.postal import declaration as declarations
from simulator.labels.postal.model import NO_BOOKMARKS, BagLabel, PostalLabel, scannable
from simulator.labels.text.fitting import one_line
from simulator.labels.text.flow import Paragraph

_MILLIMETRE = 72 / 25.4
_NARROWEST = 104 * _MILLIMETRE
_LARGEST_SCALE = 1.4
_EDGE = 8.0
_HEAD, _BAND, _SENDER, _RECEIVER, _ROUTING, _CODE = 34.0, 13.0, 46.0, 74.0, 26.0, 68.0
_POINT = 44.0
_MARK = 58.0
_FACT, _LEAST_FACT = 36.0, 20.0
_FACTS = 0.4
"""The share of the sender's row that facts take."""


def render_postal_labels(
    labels: Sequence[PostalLabel], bookmarks: Mapping[int, str] = NO_BOOKMARKS
) -> bytes:
    """Render labels one after the other, each on pages of its own size.

    `bookmarks` make a table of contents: place of a label among the labels -> the heading that
    begins there. No labels raise ``ValueError``.
    """
    if not labels:
        raise ValueError("labels is empty; give at least one label")
    with RENDERING:
        document = Document("Postal labels (simulation)", *page_size(labels[0].size))
        for place, label in enumerate(labels):
            if place in bookmarks:
                document.bookmark(f"label-{place}", one_line(bookmarks[place]))
            _draw(document, label)
        return document.finish()


def render_bag_labels(labels: Sequence[BagLabel]) -> bytes:
    """Render bag labels, each on a page of its own size. No labels raise ``ValueError``."""
    if not labels:
        raise ValueError("labels is empty; give at least one label")
    with RENDERING:
        document = Document("Bag labels (simulation)", *page_size(labels[0].size))
        for label in labels:
            _draw_bag(document, label)
        return document.finish()


def page_size(size: tuple[int, int]) -> tuple[float, float]:
    """Millimetres as points."""
    width, height = size
    return width * _MILLIMETRE, height * _MILLIMETRE


def _draw(document: Document, label: PostalLabel) -> None:
    width, height = page_size(label.size)
    scale = min(_LARGEST_SCALE, width / _NARROWEST)
    page = Place(0, 0, width, height).inner(_EDGE)
    head = _head_height(label) * scale
    further = (_BAND + _CODE) * scale
    declared = label.declaration
    sheets: Sequence[declarations.Sheet | None] = [None]
    if declared is not None:
        sheets = declarations.sheets(declared, (page.height - head, page.height - further), scale)
    for number, sheet in enumerate(sheets, 1):
        document.page_size(width, height)
        document.grey(0)
        top = _front(document, label, page, scale) if number == 1 else page.top
        if number > 1:
            top = _band(document, label.notice, page, top, scale)
            top = _code(document, label.number, page, top, scale)
        if declared is not None and sheet is not None:
            counted = f"Page {number} of {len(sheets)}" if len(sheets) > 1 else ""
            left = Place(page.x, top, page.width, page.top + page.height - top)
            declarations.draw(document, declared, sheet, left, scale, counted)
        document.next_page()


def _head_height(label: PostalLabel) -> float:
    return _HEAD + _BAND + _SENDER + _RECEIVER + _routing_height(label) + _CODE


def _front(document: Document, label: PostalLabel, page: Place, scale: float) -> float:
    """Draw what stands above the declaration; gives where that begins."""
    top = _heading(document, label.mark, label.carrier, label.product, page, scale)
    top = _band(document, label.notice, page, top, scale)
    top = _sender(document, label, page, top, scale)
    top = _receiver(document, label, page, top, scale)
    if label.routing or label.place:
        top = _routing(document, label, page, top, scale)
    return _code(document, label.number, page, top, scale)


def _routing_height(label: PostalLabel) -> float:
    if label.place:
        return _POINT
    return _ROUTING if label.routing else 0.0


def _routing(
    document: Document, label: PostalLabel, page: Place, top: float, scale: float
) -> float:
    """Draw the routing, as big as it can be where no place stands below it."""
    strip = Place(page.x, top, page.width, _routing_height(label) * scale)
    pen.box(document, strip)
    if not label.place:
        pen.line(document, strip.inner(4), label.routing, 18 * scale, "bold", "center")
        return top + strip.height
    inner = strip.inner(3)
    lines = [
        Paragraph(label.routing, 13 * scale, "bold"),
        *(Paragraph(line, 7.5 * scale) for line in label.place),
    ]
    pen.paragraphs(document, inner, lines, centred=True)
    return top + strip.height


def _heading(
    document: Document, mark: str, carrier: str, product: str, page: Place, scale: float
) -> float:
    height, side = _HEAD * scale, _MARK * scale
    square = Place(page.x, page.top, side, height)
    pen.box(document, square)
    pen.line(document, square.inner(4), mark, 26 * scale, "bold", "center")
    rest = Place(page.x + side, page.top, page.width - side, height)
    pen.box(document, rest)
    lines = [Paragraph(carrier, 14 * scale, "bold"), Paragraph(product, 9 * scale)]
    pen.paragraphs(document, rest.inner(4), lines, centred=True)
    return page.top + height


def _band(document: Document, notice: str, page: Place, top: float, scale: float) -> float:
    height = _BAND * scale
    pen.band(document, Place(page.x, top, page.width + pen.LINE, height), notice, 9 * scale)
    return top + height


def _sender(document: Document, label: PostalLabel, page: Place, top: float, scale: float) -> float:
    height = _SENDER * scale
    width = page.width * (1 - _FACTS)
    left = Place(page.x, top, width, height)
    _party(document, "From", label.sender, left, (7.5, 7.5), scale)
    right = Place(page.x + width, top, page.width - width, height)
    pen.box(document, right)
    facts = [Paragraph(f"{name}: {value}", 7 * scale) for name, value in label.facts]
    pen.paragraphs(document, right.inner(4), facts)
    return top + height


def _receiver(
    document: Document, label: PostalLabel, page: Place, top: float, scale: float
) -> float:
    place = Place(page.x, top, page.width, _RECEIVER * scale)
    _party(document, "To", label.receiver, place, (12.5, 10.5), scale)
    return top + place.height


def _party(
    document: Document,
    caption: str,
    party: Party,
    place: Place,
    sizes: tuple[float, float],
    scale: float,
) -> None:
    """Stack a party's lines beside its caption; `sizes` are of names and of other lines."""
    pen.box(document, place)
    indent = 28 * scale
    caption_place = Place(place.x + 4, place.top + 3, indent - 6, 9 * scale)
    pen.line(document, caption_place, caption, 7.5 * scale, "bold")
    names, others = sizes[0] * scale, sizes[1] * scale
    contact = ", ".join(filter(None, (one_line(party.phone), one_line(party.email))))
    lines = [
        Paragraph(party.company or "", names, "bold"),
        Paragraph(party.name or "", names, "bold"),
        Paragraph(party.street or "", others),
        Paragraph(party.city or "", others),
        Paragraph(party.country or "", others, "bold"),
        Paragraph(contact, others * 0.75),
    ]
    within = Place(place.x + indent, place.top + 3, place.width - indent - 4, place.height - 4)
    pen.paragraphs(document, within, lines)


def _code(document: Document, number: str, page: Place, top: float, scale: float) -> float:
    """Draw a number as bars and in letters, or in big letters where it makes no bars."""
    place = Place(page.x, top, page.width, _CODE * scale)
    pen.box(document, place)
    if not scannable(number):
        pen.line(document, place.inner(6), number, 20 * scale, "bold", "center")
        return top + place.height
    words = 16 * scale
    bars = place.height - words - 8
    paint(document, Bars(place.x + 2, top + 6, place.width - 4, bars, number))
    below = Place(place.x + 4, top + 6 + bars, place.width - 8, words)
    pen.line(document, below, number, 13 * scale, "bold", "center")
    return top + place.height


def _draw_bag(document: Document, label: BagLabel) -> None:
    width, height = page_size(label.size)
    scale = min(_LARGEST_SCALE, width / _NARROWEST)
    page = Place(0, 0, width, height).inner(_EDGE)
    document.page_size(width, height)
    document.grey(0)
    top = _heading(document, label.heading, label.title, label.origin, page, scale)
    top = _band(document, label.notice, page, top, scale)
    to = Place(page.x, top, page.width, 96 * scale)
    pen.box(document, to)
    pen.line(document, Place(to.x + 4, top + 3, 60, 9 * scale), "To", 7.5 * scale, "bold")
    pen.line(
        document,
        Place(to.x + 6, top + 12 * scale, to.width - 12, 50 * scale),
        label.mark,
        48 * scale,
        "bold",
        "center",
    )
    pen.line(
        document,
        Place(to.x + 6, top + 66 * scale, to.width - 12, 24 * scale),
        label.destination,
        18 * scale,
        "bold",
        "center",
    )
    top = _code(document, label.code, page, top + to.height, scale)
    _facts(
        document, label.facts, Place(page.x, top, page.width, page.top + page.height - top), scale
    )
    document.next_page()


def _facts(
    document: Document, facts: Sequence[tuple[str, str]], place: Place, scale: float
) -> None:
    """Draw facts in boxes, two beside each other, as many and as high as there is room for."""
    rows = min(-(-len(facts) // 2), int(place.height / (_LEAST_FACT * scale)))
    height = min(_FACT * scale, place.height / max(1, rows))
    for number, (caption, value) in enumerate(facts[: 2 * rows]):
        down, across = divmod(number, 2)
        at = Place(
            place.x + across * place.width / 2, place.top + down * height, place.width / 2, height
        )
        pen.field(document, at, caption, value, 11 * scale)
