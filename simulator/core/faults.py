"""What is wrong with something that a person wrote: where, and what; and which word was meant."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any, NamedTuple


class Fault(NamedTuple):
    """One thing that is wrong: where (``body.clock.mode``), and what."""

    path: str
    message: str


def place_of(path: Sequence[str | int]) -> str:
    """A path in one word: ``data.shipments[0].recipient.cc``."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`` Did you mean "x"?`` for the closest known word, or nothing when none is close."""
    by_lower = {name.lower(): name for name in known}
    close = get_close_matches(word.lower(), by_lower, 1)
    return f' Did you mean "{by_lower[close[0]]}"?' if close else ""


def shown(value: Any, most: int | None = None) -> str:
    """A value of JSON for people, up to `most` characters: a text in quotes, all else as JSON has
    it, such as ``true`` and ``null``."""
    if isinstance(value, str):
        return repr(value)[:most]
    # Numbers may be longer than fast encoders take.
    return json.dumps(value, ensure_ascii=False)[:most]
