"""What is wrong with something that a person wrote: where, and what; and which word was meant."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from itertools import islice
from typing import Any, NamedTuple

import msgspec

_LONGEST_GUESS = 100
"""Characters of the longest word for which others are looked at."""

_MOST_COMPARED = 1000
"""Known words that are compared with one."""

_GLIMPSE = 40
_LONGEST_SHOWN = 200
"""Characters of a value of which the rest is cut, and of one that is shown as it came."""


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
    close = closest_words(word.lower(), by_lower)
    return f' Did you mean "{by_lower[close[0]]}"?' if close else ""


def closest_words(word: str, known: Iterable[str], most: int = 1, cutoff: float = 0.6) -> list[str]:
    """The known words that look most like `word`, the closest first.

    Nothing for a word that is longer than a person misspells, and of very many known words the
    first `_MOST_COMPARED` that are about as long: comparing takes long, and whoever waits for an
    answer beside it waits as well.
    """
    if len(word) > _LONGEST_GUESS:
        return []
    least = cutoff / (2 - cutoff)
    alike = (each for each in known if least * len(word) <= len(each) <= len(word) / least)
    return get_close_matches(word, list(islice(alike, _MOST_COMPARED)), most, cutoff)


def shown(value: Any, most: int | None = None) -> str:
    """A value of JSON for people, up to `most` characters: a text in quotes, all else as JSON has
    it, such as ``true`` and ``null``."""
    if isinstance(value, str):
        return repr(value)[:most]
    # Numbers may be longer than fast encoders take.
    return json.dumps(value, ensure_ascii=False)[:most]


def glimpse(value: Any) -> str:
    """A value as JSON, cut to what it takes to know it again."""
    text = msgspec.json.encode(value).decode()
    if len(text) <= _GLIMPSE:
        return text
    end = '"' if isinstance(value, str) else ""
    return f"{text[: _GLIMPSE - 4]}...{end}"


def shortened(value: Any) -> Any:
    """A value as it came, or of a long one a glimpse; of what was shortened it is that again."""
    return value if len(msgspec.json.encode(value)) <= _LONGEST_SHOWN else glimpse(value)
