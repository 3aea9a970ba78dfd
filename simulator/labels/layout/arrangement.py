"""Where everything on a label goes: one arrangement that every output format paints.

Measures are points (1/72 inch) from the label's upper left corner, downwards.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from simulator.labels.layout import destination
from simulator.labels.layout.elements import Band, Bars, Element, Matrix, Rule, Text
from simulator.labels.layout.frame import (
    BOTTOM,
    EDGE,
    INNER,
    LINE,
    PAD,
    RIGHT,
    SMALLEST,
    SQUEEZE,
    across,
    fitted_line,
)
from simulator.labels.model import LabelContent, Party
from simulator.labels.text.fitting import cut, fit, one_line, shorten, wrap
from simulator.labels.text.flow import LEADING, Box, Paragraph, flow
from simulator.labels.text.fonts import typeface

_HEADING = 40.0
_BAND = 15.0
_SENDER = 46.0
_RECEIVER = 78.0
_CODE = 92.0
_BARS = 62.0
_QR = 70.0


def arrange_all(labels: Sequence[LabelContent]) -> list[tuple[Element, ...]]:
    """Arrange each label; none at all raise ``ValueError``, since no format has empty prints."""
    if not labels:
        raise ValueError("labels is empty; give at least one label")
    return [arrange(label) for label in labels]


def arrange(label: LabelContent) -> tuple[Element, ...]:
    """Place a label's content; nothing overlaps or leaves the label, however long the texts."""
    elements = [*_frame(), *_heading(label)]
    top = EDGE + _HEADING
    elements.append(_notice(label, top))
    top += _BAND
    elements += _sender(label, top)
    top += _SENDER
    elements += [across(top), *_receiver(label, top)]
    top += _RECEIVER
    elements += destination.arrange(label, top)
    top += destination.height(label)
    elements += [across(top), *_facts(label, top), across(BOTTOM - _CODE), *_code(label)]
    return tuple(elements)


def _frame() -> list[Rule]:
    return [
        across(EDGE),
        across(BOTTOM - LINE),
        Rule(EDGE, EDGE, LINE, BOTTOM - EDGE),
        Rule(RIGHT - LINE, EDGE, LINE, BOTTOM - EDGE),
    ]


def _heading(label: LabelContent) -> list[Element]:
    elements: list[Element] = []
    right = RIGHT
    for text, sizes in ((label.size, (26.0, 8.0)), (label.index, (16.0, 6.0))):
        line = fitted_line(text, right - _HEADING + 3, 0, _HEADING - 6, sizes, "bold", "center")
        if line is None:
            continue
        right -= _HEADING
        middle = EDGE + (_HEADING - line.size) / 2
        elements += [
            Rule(right, EDGE, LINE, _HEADING),
            msgspec.structs.replace(line, top=middle),
        ]
    width = right - EDGE - 2 * PAD
    face = typeface("bold")
    heading = one_line(label.heading)
    size = next((s for s in (17.0, 15.0, 13.0) if face.width(heading, s) <= width), 13.0)
    lines = wrap(face, heading, size, width, 2)
    top = EDGE + (_HEADING - len(lines) * size * LEADING) / 2
    elements += [
        Text(EDGE + PAD, top + row * size * LEADING, width, size, line, "bold")
        for row, line in enumerate(lines)
    ]
    return elements


def _notice(label: LabelContent, top: float) -> Band:
    fitted = fit(typeface("bold"), one_line(label.words.notice), INNER - 2 * PAD, 9.5, 5)
    return Band(EDGE, top, INNER, _BAND, fitted.size, fitted.text)


def _lines(party: Party, label: LabelContent) -> list[tuple[str, bool]]:
    """Return the cut address lines of a party, and whether each one names it."""
    cuts = label.cuts
    contact = ", ".join(filter(None, (one_line(party.phone), one_line(party.email))))
    lines = [
        (cut(party.company, cuts.company), True),
        (cut(party.name, cuts.person), True),
        (cut(party.street, cuts.street), False),
        (cut(party.city, cuts.city), False),
        (one_line(party.country), False),
        (contact, False),
    ]
    return [(line, names) for line, names in lines if line]


def _party(
    caption: str,
    lines: list[tuple[str, bool]],
    top: float,
    height: float,
    sizes: tuple[float, float],
) -> list[Element]:
    """Stack a party's lines beside its caption; ``sizes`` are of names and of other lines."""
    indent = 50.0
    x = EDGE + indent
    width = INNER - indent - PAD
    elements: list[Element] = []
    named = fitted_line(caption, EDGE + PAD, top + 5, indent - PAD, (6.5, 4), "bold")
    if named is not None:
        elements.append(named)
    paragraphs = [
        Paragraph(text, sizes[0], "bold") if names else Paragraph(text, sizes[1])
        for text, names in lines
    ]
    y = top + 4
    for rows in flow(paragraphs, Box(width, height - 4, SMALLEST, SQUEEZE)):
        for row in rows:
            elements.append(Text(x, y, width, row.size, row.text, row.weight))
            y += row.size * LEADING
    return elements


def _sender(label: LabelContent, top: float) -> list[Element]:
    return _party(label.words.sender, _lines(label.sender, label), top, _SENDER, (6.8, 6.8))


def _receiver(label: LabelContent, top: float) -> list[Element]:
    return _party(label.words.receiver, _lines(label.receiver, label), top, _RECEIVER, (12.5, 10.5))


def _facts(label: LabelContent, top: float) -> list[Element]:
    """List the facts in as many lines as there is room for, beside the 2D code if there is one.

    Where there is no room for all, dots stand before the last that is there.
    """
    elements: list[Element] = []
    room = INNER
    bottom = BOTTOM - _CODE
    if label.qr is not None:
        side = min(_QR, bottom - top - 4)
        elements.append(Matrix(RIGHT - side - 2, top + 2, side, label.qr))
        room -= side
    facts = [(one_line(name), one_line(value)) for name, value in label.facts]
    facts = [(name, value) for name, value in facts if name or value]
    if not facts:
        return elements
    regular = typeface("regular")
    largest = max(6.0, min(9.0, (bottom - top - 6) / len(facts) / LEADING))
    name_width = min(room * 0.4, max(regular.width(name, largest) for name, _ in facts) + 1)
    value_x = EDGE + PAD + name_width + 6
    value_width = EDGE + room - PAD - value_x
    # What has no value takes a line all the same, for its name.
    values = [Paragraph(value or " ", largest, "bold") for _, value in facts]
    box = Box(value_width, bottom - top - 6, 6.0)
    y = top + 4
    told = list(zip(facts, flow(values, box), strict=False))
    for place, ((name, _), rows) in enumerate(told, start=1):
        left_out = "…" if place == len(told) < len(facts) else ""
        shown = shorten(regular, left_out + name, rows[0].size, name_width)
        elements.append(Text(EDGE + PAD, y, name_width, rows[0].size, shown))
        for row in rows:
            elements.append(Text(value_x, y, value_width, row.size, row.text, "bold"))
            y += row.size * LEADING
    return [
        element for element in elements if not isinstance(element, Text) or element.text.strip()
    ]


def _code(label: LabelContent) -> list[Element]:
    top = BOTTOM - _CODE
    if label.barcode is None:
        words = fitted_line(
            label.barcode_text, EDGE + PAD, 0, INNER - 2 * PAD, (24, 6), "bold", "center"
        )
        if words is None:
            return []
        return [msgspec.structs.replace(words, top=top + (_CODE - words.size) / 2)]
    bars = Bars(EDGE + LINE, top + 8, INNER - 2 * LINE, _BARS, label.barcode)
    text = label.barcode if label.barcode_text is None else label.barcode_text
    human = fitted_line(
        text, EDGE + PAD, top + 8 + _BARS + 4, INNER - 2 * PAD, (13, 6), "bold", "center"
    )
    return [bars] if human is None else [bars, human]
