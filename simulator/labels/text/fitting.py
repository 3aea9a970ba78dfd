"""Making any text printable on one line of a given width."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from simulator.labels.text.fonts import Typeface

ELLIPSIS = "…"
_SUBSTITUTES = {"Cc": " ", "Zl": " ", "Zp": " ", "Cf": "", "Cs": "?"}
"""By Unicode category: controls and line breaks, invisible marks, halves of a surrogate pair."""

_MARKS = ("Mn", "Me")
"""The categories of what stands upon a letter."""

_MOST_MARKS = 2
"""Upon one letter; more of them would reach into the lines above and below."""

_STEP = 0.25


class Fitted(NamedTuple):
    """A text and the font size at which it fits."""

    text: str
    size: float


def one_line(text: str | None) -> str:
    """Compose accents, turn line breaks into spaces, drop what is invisible, squeeze spaces."""
    if text is None:
        return ""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    composed = unicodedata.normalize("NFC", text)
    # Most texts hold neither marks nor anything to be replaced, and need no look at each letter.
    categories = set(map(unicodedata.category, composed))
    if not categories.isdisjoint(_MARKS):
        composed = _few_marks(composed)
    if not categories.isdisjoint(_SUBSTITUTES):
        composed = "".join(
            _SUBSTITUTES.get(unicodedata.category(character), character) for character in composed
        )
    return " ".join(composed.split())


def _few_marks(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.category(character) in _MARKS else 0
        if marks <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def cut(text: str | None, limit: int | None) -> str:
    """Make one line of a text and keep at most ``limit`` characters of it."""
    return one_line(text)[:limit].rstrip()


def shorten(face: Typeface, text: str, size: float, width: float) -> str:
    """Cut a line to a width and mark the cut with an ellipsis."""
    if face.width(text, size) <= width:
        return text
    room = width - face.width(ELLIPSIS, size)
    kept = _fitting(face, text, size, room)
    return text[:kept].rstrip() + ELLIPSIS


def _fitting(face: Typeface, text: str, size: float, width: float) -> int:
    """How many characters from the beginning of a text are no wider than a width."""
    kept = 0
    used = 0.0
    for character in text:
        used += face.width(character, size)
        if used > width:
            break
        kept += 1
    # Joined letters may be wider than each of them alone.
    while kept and face.width(text[:kept], size) > width:
        kept -= 1
    return kept


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
    """Break a line into at most ``lines`` lines; the last one is cut if need be.

    It breaks between words, and within a word that is wider than a whole line.
    """
    words = text.split()
    space = face.width(" ", size)
    wrapped: list[str] = []
    while words and len(wrapped) < lines - 1:
        taken, used = 1, face.width(words[0], size)
        if used > width:
            kept = _fitting(face, words[0], size, width)
            if not kept:
                break
            wrapped.append(words[0][:kept])
            words[0] = words[0][kept:]
            continue
        for word in words[1:]:
            used += space + face.width(word, size)
            if used > width:
                break
            taken += 1
        wrapped.append(" ".join(words[:taken]))
        del words[:taken]
    if words:
        wrapped.append(shorten(face, " ".join(words), size, width))
    return wrapped
