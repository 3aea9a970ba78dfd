"""Typefaces as chains of fonts: what one font lacks, the next one draws.

A font file is read once in the life of the program, and only when a text needs it.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Literal, NamedTuple

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from simulator.labels.text.writing import visual

Weight = Literal["regular", "bold"]

TYPEFACES: dict[Weight, tuple[str, ...]] = {
    "regular": ("DejaVuSansCondensed.ttf", "DroidSansFallback.ttf"),
    "bold": ("DejaVuSansCondensed-Bold.ttf", "DroidSansFallback.ttf"),
}
"""Font files of each weight in the order of preference; a further script is a further name."""

REPLACEMENT = "?"
"""Drawn for a character that no font of the chain has; the first font must have it."""

_UPON_ANOTHER = ("Mn", "Me", "Sk")
"""Marks and modifiers, which are left out when no font has them: the character itself remains."""


class Run(NamedTuple):
    """A stretch of text that one registered font can draw."""

    font: str
    text: str


class _Font(NamedTuple):
    name: str
    widths: dict[int, float]
    """Advance of each covered code point, in thousandths of the font size."""


@cache
def _load(file: str) -> _Font:
    """Read a font of this package and register it under its file name's stem."""
    name = file.removesuffix(".ttf")
    content = (resources.files(__package__) / "fonts" / file).read_bytes()
    # Shaping depends on an optional library: with it, the same label would give other bytes.
    font = TTFont(name, io.BytesIO(content), shapable=False)
    pdfmetrics.registerFont(font)
    widths = {code: float(advance) for code, advance in font.face.charWidths.items()}
    return _Font(name, widths)


class _Advances(dict[str, float]):
    """Advance of each character in thousandths of the font size, measured once.

    Setting a label measures its texts hundreds of times, so that a look-up must cost no call.
    """

    def __init__(self, typeface: Typeface) -> None:
        self._typeface = typeface

    def __missing__(self, character: str) -> float:
        return self._typeface.glyph(character)[2]


class Typeface:
    """A chain of font files, asked in order for each character."""

    def __init__(self, files: Sequence[str]) -> None:
        """Name the files, in the folder ``fonts`` of this package; none is opened yet."""
        self._files = tuple(files)
        self._known: dict[str, tuple[str, str, float]] = {}
        self._advances = _Advances(self)

    def glyph(self, character: str) -> tuple[str, str, float]:
        """Return font name, drawable character and its advance in thousandths."""
        known = self._known.get(character)
        if known is not None:
            return known
        code = ord(character)
        for file in self._files:
            font = _load(file)
            if code in font.widths:
                # Only what a font has is kept: the rest of Unicode is whatever clients send.
                glyph = self._known[character] = (font.name, character, font.widths[code])
                self._advances[character] = glyph[2]
                return glyph
        first = _load(self._files[0])
        if unicodedata.category(character) in _UPON_ANOTHER:
            return first.name, "", 0.0
        return first.name, REPLACEMENT, first.widths[ord(REPLACEMENT)]

    def runs(self, text: str) -> list[Run]:
        """Split a line by the fonts that draw it, from left to right; see `REPLACEMENT`."""
        runs: list[Run] = []
        for character in visual(text):
            font, drawn, _ = self.glyph(character)
            if runs and runs[-1].font == font:
                runs[-1] = Run(font, runs[-1].text + drawn)
            else:
                runs.append(Run(font, drawn))
        return runs

    def width(self, text: str, size: float) -> float:
        """Measure a text at a font size; the result has the unit of ``size``."""
        return sum(map(self._advances.__getitem__, visual(text))) * size / 1000


_TYPEFACES: dict[Weight, Typeface] = {
    weight: Typeface(files) for weight, files in TYPEFACES.items()
}


def typeface(weight: Weight) -> Typeface:
    """Return the shared typeface of a weight."""
    return _TYPEFACES[weight]
