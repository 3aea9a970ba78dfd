"""Words that a great many records have, such as codes of places and names of methods."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=4096)
def shared(word: str) -> str:
    """The same word, once for all records that have it.

    For those of which there are few: what is read from a request is a text of its own each time,
    and a hundred thousand of them are most of what some records take.
    """
    return word
