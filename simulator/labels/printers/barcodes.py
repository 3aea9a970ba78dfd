"""Code 128 (ISO/IEC 15417) as label printers take it: which stretch is in which code set.

Printers draw the bars themselves, but the label must know how wide they become.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

CodeSet = Literal["B", "C"]

MODULES_PER_SYMBOL = 11
_FRAME_MODULES = MODULES_PER_SYMBOL * 2 + 13
"""Start, check and stop symbols."""

_DIGITS_AT_EDGE = 4
_DIGITS_INSIDE = 6
"""Shorter runs of digits cost more in changing the code set than pairs of digits save."""


class Segment(NamedTuple):
    """A stretch of a barcode in one code set; in set C, each symbol is a pair of digits."""

    code_set: CodeSet
    text: str


def segments(code: str) -> list[Segment]:
    """Split printable ASCII into stretches of code sets B and C that keep the barcode short."""
    split: list[Segment] = []

    def add(code_set: CodeSet, text: str) -> None:
        if split and split[-1].code_set == code_set:
            split[-1] = Segment(code_set, split[-1].text + text)
        else:
            split.append(Segment(code_set, text))

    for piece in re.finditer(r"[0-9]+|[^0-9]+", code):
        run = piece.group()
        at_edge = piece.start() == 0 or piece.end() == len(code)
        if not run.isdigit() or len(run) < (_DIGITS_AT_EDGE if at_edge else _DIGITS_INSIDE):
            add("B", run)
            continue
        # An odd digit goes to the side on which code set B follows or is in use already.
        if len(run) % 2 == 0:
            add("C", run)
        elif piece.start() == 0:
            add("C", run[:-1])
            add("B", run[-1])
        else:
            add("B", run[0])
            add("C", run[1:])
    return split


def modules(code: str) -> int:
    """Return the width of a barcode in modules, without its quiet zones."""
    split = segments(code)
    symbols = sum(len(text) if code_set == "B" else len(text) // 2 for code_set, text in split)
    changes = len(split) - 1
    return _FRAME_MODULES + MODULES_PER_SYMBOL * (symbols + changes)
