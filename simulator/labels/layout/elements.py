"""What an arrangement is made of: lines of text, rules, bars and codes at their places.

Measures are points (1/72 inch) from the upper left corner, downwards.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from simulator.labels.text.fonts import Weight

QUIET_MODULES = 10
"""Blank modules that Code 128 (ISO/IEC 15417) needs on either side."""

Align: TypeAlias = Literal["left", "center", "right"]


class Text(msgspec.Struct, frozen=True):
    """One line, already cut to fit ``width`` at ``size``; ``top`` is the upper edge of the line."""

    x: float
    top: float
    width: float
    size: float
    text: str
    weight: Weight = "regular"
    align: Align = "left"


class Band(msgspec.Struct, frozen=True):
    """A black bar with a line of white text in its middle."""

    x: float
    top: float
    width: float
    height: float
    size: float
    text: str


class Rule(msgspec.Struct, frozen=True):
    """A horizontal or vertical line, drawn as a filled rectangle."""

    x: float
    top: float
    width: float
    height: float


class Bars(msgspec.Struct, frozen=True):
    """A Code 128, centred in ``width``, which includes the quiet zones."""

    x: float
    top: float
    width: float
    height: float
    code: str


class Matrix(msgspec.Struct, frozen=True):
    """A QR code in a square of ``side``, quiet zone included."""

    x: float
    top: float
    side: float
    code: str


Element: TypeAlias = Text | Band | Rule | Bars | Matrix
