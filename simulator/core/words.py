"""Texts that a great many records have: words that they share, and texts of their own."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import msgspec


@lru_cache(maxsize=4096)
def shared(word: str) -> str:
    """The same word, once for all records that have it.

    For those of which there are few: what is read from a request is a text of its own each time,
    and a hundred thousand of them are most of what some records take.
    """
    return word


class Utf8(bytes):
    """A text as the bytes that are sent of it. One letter beyond Latin-1 makes each letter of a
    string take two bytes.

    It is no string for msgspec either: what encodes or decodes records with such texts is given
    `text_of` and `utf8_of`.
    """

    __slots__ = ()


def text_of(value: Any) -> Any:
    """What msgspec writes for a `Utf8` (an `enc_hook`)."""
    if isinstance(value, Utf8):
        return value.decode()
    raise NotImplementedError(f"{type(value).__name__} cannot be written")


def utf8_of(kind: type, value: Any) -> Any:
    """What msgspec reads for a `Utf8` (a `dec_hook`)."""
    if kind is Utf8:
        try:
            return Utf8(msgspec.convert(value, str).encode())
        except msgspec.ValidationError as error:
            # Only other errors get the place of the value.
            raise TypeError(str(error)) from None
    raise NotImplementedError(f"{kind.__name__} cannot be read")
