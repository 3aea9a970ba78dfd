"""Making any text printable on one line of a given width."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from simulator.labels.fonts import Typeface

ELLIPSIS = "…"
_SUBSTITUTES = {"Cc": " ", "Zl": " ", "Zp": " ", "Cf": "", "Cs": "?"}
"""By Unicode category: controls and line breaks, invisible marks, halves of a surrogate pair."""

_STEP = 0.25


class Fitted(NamedTuple):
    """A text and the font size at which it fits."""

    text: str
    size: float


def one_line(text: str | None) -> str:
    """Compose accents, turn line breaks into spaces, drop what is invisible, squeeze spaces."""
    if text is None:
        return ""
    composed = unicodedata.normalize("NFC", text)
    printable = (
        _SUBSTITUTES.get(unicodedata.category(character), character) for character in composed
    )
    return " ".join("".join(printable).split())


def cut(text: str | None, limit: int | None) -> str:
    """Make one line of a text and keep at most ``limit`` characters of it."""
    return one_line(text)[:limit].rstrip()


def shorten(face: Typeface, text: str, size: float, width: float) -> str:
    """Cut a line to a width and mark the cut with an ellipsis."""
    if face.width(text, size) <= width:
        return text
    room = width - face.width(ELLIPSIS, size)
    kept = 0
    used = 0.0
    for character in text:
        used += face.width(character, size)
        if used > room:
            break
        kept += 1
    return text[:kept].rstrip() + ELLIPSIS


def fit(face: Typeface, text: str, width: float, largest: float, smallest: float) -> Fitted:
    """Shrink a line from the largest to the smallest size; cut it if even that is too wide."""
    unit = face.width(text, 1)
    if unit * largest <= width:
        return Fitted(text, largest)
    size = int(width / unit / _STEP) * _STEP
    if size >= smallest:
        return Fitted(text, size)
    return Fitted(shorten(face, text, smallest, width), smallest)


def wrap(face: Typeface, text: str, size: float, width: float, lines: int) -> list[str]:
    """Break a line between words into at most ``lines`` lines; the last one is cut if need be."""
    words = text.split()
    wrapped: list[str] = []
    while words and len(wrapped) < lines - 1:
        taken = 1
        while taken < len(words) and face.width(" ".join(words[: taken + 1]), size) <= width:
            taken += 1
        line = " ".join(words[:taken])
        if face.width(line, size) > width:
            break
        wrapped.append(line)
        del words[:taken]
    if words:
        wrapped.append(shorten(face, " ".join(words), size, width))
    return wrapped
