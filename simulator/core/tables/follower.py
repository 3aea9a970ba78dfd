"""What is worked out from the records of a table, and follows them."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from itertools import islice
from typing import Any, Protocol, TypeVar

import msgspec

Key = int | str

T = TypeVar("T")
R_contra = TypeVar("R_contra", bound=msgspec.Struct, contravariant=True)
F_co = TypeVar("F_co", covariant=True)

_PORTION = 64
"""Records or texts that are dealt with in one go, in a few milliseconds at most."""


class Follower(Protocol[R_contra]):
    """Something that hangs on nothing but the records of a table."""

    def follow(self, key: Key, old: R_contra | None, new: R_contra | None) -> None:
        """Take note that the record at `key` was replaced (None: there was, or is, none).

        What became of it in between is not told; there may have been none before and after.
        """


class View(Protocol[F_co]):
    """Declares a follower, which a table has built when somebody first asks for it."""

    def build(self, rows: Iterable[tuple[Key, Any]]) -> Generator[None, None, F_co]:
        """One of a table that has these records; yields after each portion of the work."""


def portions(items: Iterable[T]) -> Iterator[list[T]]:
    """The same items in the same order, a portion of the work at a time."""
    left = iter(items)
    while portion := list(islice(left, _PORTION)):
        yield portion
