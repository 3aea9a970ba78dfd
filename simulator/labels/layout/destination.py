"""Where a parcel goes to: the row by which people and machines sort it.

It is as high as it needs: nothing without a destination, and higher for a point with an address.
"""

from __future__ import annotations

import msgspec

from simulator.labels.layout.elements import Element, Rule, Text
from simulator.labels.layout.frame import (
    EDGE,
    INNER,
    LINE,
    PAD,
    SMALLEST,
    SQUEEZE,
    across,
    fitted_line,
)
from simulator.labels.model import LabelContent, Sorting
from simulator.labels.text.fitting import one_line
from simulator.labels.text.flow import LEADING, Box, Paragraph, flow

_ROUTING = 46.0
_POINT = 62.0
_SORTING = 0.34
"""The share of the row of a point that its branch takes."""


def height(label: LabelContent) -> float:
    """How high the row is."""
    if label.place or label.sorting:
        return _POINT
    return _ROUTING if one_line(label.routing) else 0.0


def arrange(label: LabelContent, top: float) -> list[Element]:
    """The row with the line above it."""
    if label.place or label.sorting:
        return [across(top), *_point(label, top)]
    alone = _routing(label, top, INNER, _ROUTING)
    return [across(top), *alone] if alone else []


def _routing(label: LabelContent, top: float, width: float, height: float) -> list[Element]:
    """The routing alone in the middle of its row, as big as it can be."""
    x = EDGE + PAD
    routing = fitted_line(label.routing, x, 0, width - 2 * PAD, (36, 6), "bold", "center")
    if routing is None:
        return []
    return [msgspec.structs.replace(routing, top=top + (height - routing.size) / 2)]


def _point(label: LabelContent, top: float) -> list[Element]:
    """Where the parcel goes to: the routing above an address, and the branch beside them."""
    elements: list[Element] = []
    width = INNER
    if label.sorting is not None:
        width -= INNER * _SORTING
        right = EDGE + width
        elements = [Rule(right, top, LINE, _POINT), *_sorting(label.sorting, right, top)]
    lines = [Paragraph(one_line(line), 8.5) for line in label.place if one_line(line)]
    if not lines:
        return [*elements, *_routing(label, top, width, _POINT)]
    x, y, width = EDGE + PAD, top + 4, width - 2 * PAD
    name = fitted_line(label.routing, x, y, width, (21, 6), "bold")
    if name is not None:
        elements.append(name)
        y += name.size * LEADING
    for rows in flow(lines, Box(width, top + _POINT - y, SMALLEST, SQUEEZE)):
        for row in rows:
            elements.append(Text(x, y, width, row.size, row.text))
            y += row.size * LEADING
    return elements


def _sorting(sorting: Sorting, left: float, top: float) -> list[Element]:
    x, width = left + PAD, INNER * _SORTING - 2 * PAD
    lines = (
        fitted_line(sorting.caption, x, top + 5, width, (6.5, 4), "bold"),
        fitted_line(sorting.code, x, top + 19, width, (19, 6), "bold", "center"),
        fitted_line(sorting.town, x, top + 44, width, (10, 5), "regular", "center"),
    )
    return [line for line in lines if line is not None]
