"""The measures of a label, and the line of text of which everything on it is made.

Measures are points (1/72 inch) from the label's upper left corner, downwards.
"""

from __future__ import annotations

from simulator.labels.layout.elements import Align, Rule, Text
from simulator.labels.text.fitting import fit, one_line
from simulator.labels.text.fonts import Weight, typeface

WIDTH = 297.0
HEIGHT = 421.0
LINE = 1.0
EDGE = 9.0
INNER = WIDTH - 2 * EDGE
RIGHT = WIDTH - EDGE
BOTTOM = HEIGHT - EDGE
PAD = 5.0
SMALLEST = 5.0
SQUEEZE = 0.8
"""Lines of an address are made this much smaller before they are broken."""


def across(top: float) -> Rule:
    """A line from edge to edge."""
    return Rule(EDGE, top, INNER, LINE)


def fitted_line(
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
