"""Setting paragraphs into a box: as large as they fit, in as few lines as that takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from simulator.labels.text.fitting import fit, wrap
from simulator.labels.text.fonts import Weight, typeface

LEADING = 1.22
"""From line to line, in sizes of the upper one."""

_SCALES = tuple(percent / 100 for percent in range(100, 39, -5))
_MOST_LINES = 60
_FEWER_LINES = (6, 5, 4, 3, 2, 1)


class Paragraph(NamedTuple):
    """A text of one line, and the largest size at which it is set."""

    text: str
    size: float
    weight: Weight = "regular"


class Row(NamedTuple):
    """A line of a paragraph that fits the width of the box at its size."""

    text: str
    size: float
    weight: Weight


class Box(NamedTuple):
    """Where paragraphs go.

    No line is set smaller than `smallest`; a line that fits at `squeeze` of its paragraph's size is
    made that small rather than broken.
    """

    width: float
    height: float
    smallest: float
    squeeze: float = 1.0


def flow(paragraphs: Sequence[Paragraph], box: Box) -> list[list[Row]]:
    """The rows of each paragraph.

    All of them shrink together until they fit. At the smallest size long ones are cut, and when
    even one line of each is too much the last ones are left out.
    """
    ems = [typeface(each.weight).width(each.text, 1) for each in paragraphs]
    for scale in _SCALES:
        if _least_height(paragraphs, ems, scale, box) > box.height:
            continue
        rows = [_broken(paragraph, scale, box, _MOST_LINES) for paragraph in paragraphs]
        if _height(rows) <= box.height:
            return rows
    for most in _FEWER_LINES:
        rows = [_broken(paragraph, 0, box, most) for paragraph in paragraphs]
        if _height(rows) <= box.height:
            return rows
    while _height(rows) > box.height:
        rows.pop()
    return rows


def _least_height(
    paragraphs: Sequence[Paragraph], ems: Sequence[float], scale: float, box: Box
) -> float:
    """No fewer points than the paragraphs take, worked out without breaking them into lines."""
    sizes = [_least(paragraph, scale, box) for paragraph in paragraphs]
    return LEADING * sum(
        size * max(1, em * size / box.width) for size, em in zip(sizes, ems, strict=True)
    )


def _height(rows: Sequence[Sequence[Row]]) -> float:
    return sum(row.size for paragraph in rows for row in paragraph) * LEADING


def _broken(paragraph: Paragraph, scale: float, box: Box, most: int) -> list[Row]:
    text, size, weight = paragraph
    face = typeface(weight)
    largest = max(box.smallest, size * scale)
    least = _least(paragraph, scale, box)
    line = fit(face, text, box.width, largest, least)
    if line.text == text:
        return [Row(text, line.size, weight)]
    return [Row(part, least, weight) for part in wrap(face, text, least, box.width, most)]


def _least(paragraph: Paragraph, scale: float, box: Box) -> float:
    """The size at which a paragraph is broken into lines."""
    return max(box.smallest, paragraph.size * scale * box.squeeze)
