"""Where everything on a label goes: one arrangement that every output format paints.

Measures are points (1/72 inch) from the label's upper left corner, downwards.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from simulator.labels.layout.elements import Align, Band, Bars, Element, Matrix, Rule, Text
from simulator.labels.model import LabelContent, Party, Sorting
from simulator.labels.text.fitting import cut, fit, one_line, shorten, wrap
from simulator.labels.text.flow import LEADING, Box, Paragraph, flow
from simulator.labels.text.fonts import Weight, typeface

WIDTH = 297.0
HEIGHT = 421.0
LINE = 1.0

_EDGE = 9.0
_INNER = WIDTH - 2 * _EDGE
_RIGHT = WIDTH - _EDGE
_BOTTOM = HEIGHT - _EDGE
_PAD = 5.0
_HEADING = 40.0
_BAND = 15.0
_SENDER = 46.0
_RECEIVER = 78.0
_ROUTING = 46.0
_POINT = 62.0
_SORTING = 0.34
"""The share of the row of a point that its branch takes."""
_CODE = 92.0
_BARS = 62.0
_QR = 70.0
_SMALLEST = 5.0
_SQUEEZE = 0.8
"""Lines of an address are made this much smaller before they are broken."""


def arrange_all(labels: Sequence[LabelContent]) -> list[tuple[Element, ...]]:
    """Arrange each label; none at all raise ``ValueError``, since no format has empty prints."""
    if not labels:
        raise ValueError("labels is empty; give at least one label")
    return [arrange(label) for label in labels]


def arrange(label: LabelContent) -> tuple[Element, ...]:
    """Place a label's content; nothing overlaps or leaves the label, however long the texts."""
    elements = [*_frame(), *_heading(label)]
    top = _EDGE + _HEADING
    elements.append(_notice(label, top))
    top += _BAND
    elements += _sender(label, top)
    top += _SENDER
    elements += [_across(top), *_receiver(label, top)]
    top += _RECEIVER
    strip = _point(label, top) if label.place or label.sorting else _routing(label, top)
    if strip:
        elements += [_across(top), *strip]
        top += _POINT if label.place or label.sorting else _ROUTING
    elements += [_across(top), *_facts(label, top), _across(_BOTTOM - _CODE), *_code(label)]
    return tuple(elements)


def _across(top: float) -> Rule:
    return Rule(_EDGE, top, _INNER, LINE)


def _frame() -> list[Rule]:
    return [
        _across(_EDGE),
        _across(_BOTTOM - LINE),
        Rule(_EDGE, _EDGE, LINE, _BOTTOM - _EDGE),
        Rule(_RIGHT - LINE, _EDGE, LINE, _BOTTOM - _EDGE),
    ]


def _line(
    text: str | None,
    x: float,
    top: float,
    width: float,
    sizes: tuple[float, float],
    weight: Weight = "regular",
    align: Align = "left",
) -> Text | None:
    """Fit one line between the largest and the smallest size; ``None`` for a blank text."""
    line = one_line(text)
    if not line:
        return None
    fitted = fit(typeface(weight), line, width, *sizes)
    return Text(x, top, width, fitted.size, fitted.text, weight, align)


def _heading(label: LabelContent) -> list[Element]:
    elements: list[Element] = []
    right = _RIGHT
    for text, sizes in ((label.size, (26.0, 8.0)), (label.index, (16.0, 6.0))):
        line = _line(text, right - _HEADING + 3, 0, _HEADING - 6, sizes, "bold", "center")
        if line is None:
            continue
        right -= _HEADING
        middle = _EDGE + (_HEADING - line.size) / 2
        elements += [
            Rule(right, _EDGE, LINE, _HEADING),
            msgspec.structs.replace(line, top=middle),
        ]
    width = right - _EDGE - 2 * _PAD
    face = typeface("bold")
    heading = one_line(label.heading)
    size = next((s for s in (17.0, 15.0, 13.0) if face.width(heading, s) <= width), 13.0)
    lines = wrap(face, heading, size, width, 2)
    top = _EDGE + (_HEADING - len(lines) * size * LEADING) / 2
    elements += [
        Text(_EDGE + _PAD, top + row * size * LEADING, width, size, line, "bold")
        for row, line in enumerate(lines)
    ]
    return elements


def _notice(label: LabelContent, top: float) -> Band:
    fitted = fit(typeface("bold"), one_line(label.words.notice), _INNER - 2 * _PAD, 9.5, 5)
    return Band(_EDGE, top, _INNER, _BAND, fitted.size, fitted.text)


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
    x = _EDGE + indent
    width = _INNER - indent - _PAD
    elements: list[Element] = []
    named = _line(caption, _EDGE + _PAD, top + 5, indent - _PAD, (6.5, 4), "bold")
    if named is not None:
        elements.append(named)
    paragraphs = [
        Paragraph(text, sizes[0], "bold") if names else Paragraph(text, sizes[1])
        for text, names in lines
    ]
    y = top + 4
    for rows in flow(paragraphs, Box(width, height - 4, _SMALLEST, _SQUEEZE)):
        for row in rows:
            elements.append(Text(x, y, width, row.size, row.text, row.weight))
            y += row.size * LEADING
    return elements


def _sender(label: LabelContent, top: float) -> list[Element]:
    return _party(label.words.sender, _lines(label.sender, label), top, _SENDER, (6.8, 6.8))


def _receiver(label: LabelContent, top: float) -> list[Element]:
    return _party(label.words.receiver, _lines(label.receiver, label), top, _RECEIVER, (12.5, 10.5))


def _routing(label: LabelContent, top: float) -> list[Element]:
    """The routing alone, as big as it can be."""
    routing = _line(label.routing, _EDGE + _PAD, 0, _INNER - 2 * _PAD, (36, 6), "bold", "center")
    if routing is None:
        return []
    return [msgspec.structs.replace(routing, top=top + (_ROUTING - routing.size) / 2)]


def _point(label: LabelContent, top: float) -> list[Element]:
    """Where the parcel goes to: the routing above an address, and the branch beside them."""
    elements: list[Element] = []
    right = _RIGHT
    if label.sorting is not None:
        right -= _INNER * _SORTING
        elements = [Rule(right, top, LINE, _POINT), *_sorting(label.sorting, right, top)]
    x, width, y = _EDGE + _PAD, right - _EDGE - 2 * _PAD, top + 4
    name = _line(label.routing, x, y, width, (26, 6), "bold")
    if name is not None:
        elements.append(name)
        y += name.size * LEADING
    lines = [Paragraph(one_line(line), 8.5) for line in label.place if one_line(line)]
    for rows in flow(lines, Box(width, top + _POINT - y, _SMALLEST, _SQUEEZE)):
        for row in rows:
            elements.append(Text(x, y, width, row.size, row.text))
            y += row.size * LEADING
    return elements


def _sorting(sorting: Sorting, left: float, top: float) -> list[Element]:
    x, width = left + _PAD, _INNER * _SORTING - 2 * _PAD
    lines = (
        _line(sorting.caption, x, top + 5, width, (6.5, 4), "bold"),
        _line(sorting.code, x, top + 19, width, (19, 6), "bold", "center"),
        _line(sorting.town, x, top + 44, width, (10, 5), "regular", "center"),
    )
    return [line for line in lines if line is not None]


def _facts(label: LabelContent, top: float) -> list[Element]:
    """List the facts in as many lines as there is room for, beside the 2D code if there is one."""
    elements: list[Element] = []
    room = _INNER
    bottom = _BOTTOM - _CODE
    if label.qr is not None:
        side = min(_QR, bottom - top - 4)
        elements.append(Matrix(_RIGHT - side - 2, top + 2, side, label.qr))
        room -= side
    facts = [(one_line(name), one_line(value)) for name, value in label.facts]
    facts = [(name, value) for name, value in facts if name or value]
    if not facts:
        return elements
    regular = typeface("regular")
    largest = max(6.0, min(9.0, (bottom - top - 6) / len(facts) / LEADING))
    name_width = min(room * 0.4, max(regular.width(name, largest) for name, _ in facts) + 1)
    value_x = _EDGE + _PAD + name_width + 6
    value_width = _EDGE + room - _PAD - value_x
    # What has no value takes a line all the same, for its name.
    values = [Paragraph(value or " ", largest, "bold") for _, value in facts]
    box = Box(value_width, bottom - top - 6, 6.0)
    y = top + 4
    for (name, _), rows in zip(facts, flow(values, box), strict=False):
        shown = shorten(regular, name, rows[0].size, name_width)
        elements.append(Text(_EDGE + _PAD, y, name_width, rows[0].size, shown))
        for row in rows:
            elements.append(Text(value_x, y, value_width, row.size, row.text, "bold"))
            y += row.size * LEADING
    return [
        element for element in elements if not isinstance(element, Text) or element.text.strip()
    ]


def _code(label: LabelContent) -> list[Element]:
    top = _BOTTOM - _CODE
    if label.barcode is None:
        words = _line(
            label.barcode_text, _EDGE + _PAD, 0, _INNER - 2 * _PAD, (24, 6), "bold", "center"
        )
        if words is None:
            return []
        return [msgspec.structs.replace(words, top=top + (_CODE - words.size) / 2)]
    bars = Bars(_EDGE + LINE, top + 8, _INNER - 2 * LINE, _BARS, label.barcode)
    text = label.barcode if label.barcode_text is None else label.barcode_text
    human = _line(
        text, _EDGE + _PAD, top + 8 + _BARS + 4, _INNER - 2 * _PAD, (13, 6), "bold", "center"
    )
    return [bars] if human is None else [bars, human]
