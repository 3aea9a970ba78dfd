"""Text in the order and the shapes in which its script is written (Unicode Annex 9 and chapter 9).

A PDF draws characters one after the other from the left. Hebrew and Arabic run the other way, and
Arabic letters have another shape at the beginning, in the middle and at the end of a word; printers
that draw texts themselves do all that on their own.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import groupby
from typing import NamedTuple

_RIGHT_TO_LEFT = ("R", "AL")
_POSSIBLY = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""The blocks in which all letters are that run from right to left."""
_STRONG = ("L", *_RIGHT_TO_LEFT)
_NUMBERS = ("EN", "AN")
_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")
_LAM = "\u0644"
_TATWEEL = "\u0640"
"""The stroke that lengthens a word; it joins on both sides and has one shape."""


def visual(text: str) -> str:
    """The characters of a line from left to right, as they are to be drawn.

    Directions are those of Unicode Annex 9 without embeddings and overrides, which `one_line` takes
    out. A line begins on the side of its first letter.
    """
    if not _POSSIBLY.search(text):
        return text
    joined = _joined(text)
    levels = _levels(joined)
    clusters = _clusters(joined, levels)
    for level in range(max(levels), 0, -1):
        groups = groupby(clusters, key=lambda cluster: cluster.level >= level)
        clusters = [
            cluster
            for turned, group in groups
            for cluster in (reversed(list(group)) if turned else group)
        ]
    return "".join(
        cluster.text.translate(_MIRRORED) if cluster.level % 2 else cluster.text
        for cluster in clusters
    )


class _Cluster(NamedTuple):
    """A character with the marks upon it, and its level: odd ones run from right to left."""

    text: str
    level: int


def _clusters(text: str, levels: list[int]) -> list[_Cluster]:
    clusters: list[_Cluster] = []
    for character, level in zip(text, levels, strict=True):
        if clusters and unicodedata.combining(character):
            clusters[-1] = _Cluster(clusters[-1].text + character, clusters[-1].level)
        else:
            clusters.append(_Cluster(character, level))
    return clusters


def _levels(text: str) -> list[int]:
    """The level of each character (Annex 9, rules W1 to I2)."""
    classes = [unicodedata.bidirectional(character) for character in text]
    first = next((kind for kind in classes if kind in _STRONG), "L")
    base = 1 if first in _RIGHT_TO_LEFT else 0
    own = "R" if base else "L"
    directions = _neutrals(_numbers(classes, own), own)
    if base:
        return [1 if direction == "R" else 2 for direction in directions]
    return [{"L": 0, "R": 1}.get(direction, 2) for direction in directions]


def _numbers(classes: list[str], own: str) -> list[str]:
    """Resolve marks, numbers and what belongs to numbers (rules W1 to W7)."""
    resolved: list[str] = []
    strong = own
    for place, kind in enumerate(classes):
        before = resolved[-1] if resolved else own
        after = classes[place + 1] if place + 1 < len(classes) else own
        if kind == "NSM":
            kind = before
        elif kind in _STRONG:
            strong = kind
        elif kind == "EN":
            kind = {"AL": "AN", "L": "L"}.get(strong, "EN")
        elif kind in ("ES", "CS") and after == "EN" and classes[place - 1 : place] == ["EN"]:
            kind = before if kind == "CS" or before != "AN" else "ON"
        elif kind == "ET" and "EN" in (after, *classes[place - 1 : place]):
            kind = {"AL": "ON", "L": "L"}.get(strong, "EN")
        resolved.append("R" if kind == "AL" else kind)
    return resolved


def _neutrals(classes: list[str], own: str) -> list[str]:
    """Give what has no direction that of its surroundings (rules N1 and N2)."""
    directions: list[str] = []
    sides = [kind if kind in ("L", "R", *_NUMBERS) else None for kind in classes]
    for place, side in enumerate(sides):
        if side is None:
            before = _side(directions[-1]) if directions else own
            after = _side(next(filter(None, sides[place:]), own))
            side = before if before == after else own
        directions.append(side)
    return directions


def _side(direction: str) -> str:
    return "L" if direction == "L" else "R"


class _Forms(NamedTuple):
    """The shapes of a letter; one that does not join to the next has the first two only."""

    isolated: str
    final: str
    initial: str = ""
    medial: str = ""


@cache
def _forms() -> dict[str, _Forms]:
    """The presentation forms that Unicode has of each letter, and of lam with an alef behind it."""
    found: dict[str, dict[str, str]] = {}
    for code in (*range(0xFB50, 0xFC00), *range(0xFE80, 0xFEFD)):
        form, _, letters = unicodedata.decomposition(chr(code)).partition(" ")
        text = "".join(chr(int(letter, 16)) for letter in letters.split())
        if len(text) == 1 or text.startswith(_LAM):
            found.setdefault(text, {})[form.strip("<>")] = chr(code)
    return {
        text: _Forms(**{form: shapes.get(form, "") for form in _Forms._fields})
        for text, shapes in found.items()
    }


def _joined(text: str) -> str:
    """Replace Arabic letters by the shapes that they have beside their neighbours."""
    forms = _forms()
    shaped: list[str] = []
    open_before = False
    letters = _with_ligatures(text)
    for place, letter in enumerate(letters):
        if unicodedata.combining(letter[0]):
            shaped.append(letter)
            continue
        follower = next((x for x in letters[place + 1 :] if not unicodedata.combining(x[0])), "")
        joins_on = letter == _TATWEEL or (letter in forms and bool(forms[letter].initial))
        open_after = joins_on and (follower == _TATWEEL or follower in forms)
        if letter in forms:
            isolated, final, initial, medial = forms[letter]
            choices = (medial if open_after else final) if open_before else initial
            shaped.append((choices if open_before or open_after else isolated) or letter)
        else:
            shaped.append(letter)
        open_before = joins_on
    return "".join(shaped)


def _with_ligatures(text: str) -> list[str]:
    """The characters, lam and a following alef as one."""
    letters: list[str] = []
    for character in text:
        if letters and letters[-1] == _LAM and _LAM + character in _forms():
            letters[-1] += character
        else:
            letters.append(character)
    return letters
