"""Seeded chance that does not depend on the order of calls.

Every draw is a function of ``(seed, purpose, key)``. Two requests that run side by side cannot
change each other's numbers, and the same seed gives the same world again.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from faker import Faker

T = TypeVar("T")

Key = int | str


class Chance:
    """Draws for one seed. `purpose` names what is drawn, `key` for which thing."""

    __slots__ = ("_prefix", "seed")

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._prefix = f"{seed}\x1f"

    def number(self, purpose: str, key: Key) -> int:
        """A whole number of 128 bits."""
        text = f"{self._prefix}{purpose}\x1f{key}"
        return int.from_bytes(blake2b(text.encode(), digest_size=16).digest())

    def integer(self, purpose: str, key: Key, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + self.number(purpose, key) % (high - low + 1)

    def fraction(self, purpose: str, key: Key) -> float:
        """A number from 0 up to, not including, 1."""
        return (self.number(purpose, key) >> 75) / (1 << 53)

    def digits(self, purpose: str, key: Key, length: int) -> str:
        """A string of `length` decimal digits."""
        return str(self.number(purpose, key) % 10**length).zfill(length)

    def choice(self, purpose: str, key: Key, options: Sequence[T]) -> T:
        """One of `options`, which must not be empty."""
        return options[self.number(purpose, key) % len(options)]

    def hexadecimal(self, purpose: str, key: Key, length: int = 32) -> str:
        """A string of up to 32 lower-case hexadecimal digits."""
        return f"{self.number(purpose, key):032x}"[:length]

    def faker(self, purpose: str, key: Key, locale: str) -> Faker:
        """A Faker instance of its own for this draw: names, companies, streets."""
        faker = _faker(locale)
        faker.seed_instance(self.number(purpose, key))
        return faker


@lru_cache(maxsize=8)
def _faker(locale: str) -> Faker:
    from faker import Faker  # takes 100 ms to import, and few requests need it

    return Faker(locale)
