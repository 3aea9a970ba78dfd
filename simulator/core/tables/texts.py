"""Search for a part of a text in many records.

Each text that records have, such as a name or a number, is kept once with the keys of those that
have it, and is found by its trigrams: of those of the part that is sought the rarest tells which
texts to look at. So a search costs what it finds, and not what there is. A part of one or two
characters, of which there is no trigram, is looked for in the trigrams, of which there are few.

The trigrams of texts that come later are not learned as they come: each search learns some, and
looks into the texts whose trigrams are not known yet.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Generator, Iterable, Sequence
from itertools import chain
from typing import Generic, TypeVar

import msgspec

from simulator.core.tables import buckets
from simulator.core.tables.follower import Key, portions

R = TypeVar("R", bound=msgspec.Struct)

_LENGTH = 3
_AT_ONCE = 500
"""Texts whose trigrams are learned in one go, in a few milliseconds."""
_LEAST_DEAD = 1000
"""Texts that nobody has any more are forgotten once there are more of them than of the others, and
at least as many as this."""


class Texts(Generic[R]):
    """Declares that records are searched by `texts`, which are folded as the search will be."""

    def __init__(self, texts: Callable[[R], Iterable[str]]) -> None:
        self.texts = texts

    def build(self, rows: Iterable[tuple[Key, R]]) -> Generator[None, None, TextIndex[R]]:
        index = TextIndex(self)
        for portion in portions(rows):
            for key, record in portion:
                index.add(key, self.texts(record))
            yield
            while index.learn():
                yield
        return index


class TextIndex(Generic[R]):
    """The texts of all records, and who has them."""

    __slots__ = ("_dead", "_grams", "_holders", "_learned", "_new", "_texts")

    def __init__(self, declared: Texts[R]) -> None:
        self._texts = declared.texts
        self._holders: buckets.Buckets = {}
        # Numbers of texts, which are nothing that the collector of garbage would walk through.
        self._grams: dict[str, array[int]] = {}
        self._learned: list[str] = []
        self._new: dict[str, None] = {}
        self._dead = 0

    def follow(self, key: Key, old: R | None, new: R | None) -> None:
        before = set() if old is None else set(self._texts(old))
        after = set() if new is None else set(self._texts(new))
        for text in before - after:
            buckets.discard(self._holders, text, key)
            if text not in self._holders:
                self._dead += 1
        self.add(key, after - before)

    def add(self, key: Key, texts: Iterable[str]) -> None:
        """Note that the record at `key` has these texts, of which none was noted before."""
        holders = self._holders
        for text in set(texts):
            if text not in holders:
                self._new[text] = None
            buckets.add(holders, text, key)

    def exactly(self, text: str) -> Sequence[Key]:
        """The keys of the records with this text."""
        bucket = self._holders.get(text)
        return () if bucket is None else buckets.keys(bucket)

    def having(self, part: str) -> Collection[Key]:
        """The keys of the records with a text that has this part, each once."""
        self.learn()
        known = self._learned
        candidates = {
            *(known[number] for number in self._numbers(part)),
            *(text for text in self._new if part in text),
        }
        found = [
            self._holders[text] for text in candidates if part in text and text in self._holders
        ]
        if len(found) == 1:
            return buckets.keys(found[0])
        return {key for bucket in found for key in buckets.keys(bucket)}

    def _numbers(self, part: str) -> Iterable[int]:
        """The numbers of texts among which are all that have the part."""
        if len(part) < _LENGTH:
            alike = (numbers for gram, numbers in self._grams.items() if part in gram)
            return chain.from_iterable(alike)
        return min((self._grams.get(gram, ()) for gram in _grams(part)), key=len)

    def learn(self) -> bool:
        """Know the trigrams of some more texts; tells whether there were any."""
        if self._dead > max(_LEAST_DEAD, len(self._holders)):
            self._grams, self._learned, self._dead = {}, [], 0
            self._new = dict.fromkeys(self._holders)
        count = min(_AT_ONCE, len(self._new))
        for _ in range(count):
            text, _nothing = self._new.popitem()
            number = len(self._learned)
            self._learned.append(text)
            for gram in _grams(text):
                known = self._grams.get(gram)
                if known is None:
                    self._grams[gram] = array("I", (number,))
                else:
                    known.append(number)
        return count > 0


def _grams(text: str) -> set[str]:
    """The trigrams of a text; one that is shorter stands for itself."""
    if len(text) < _LENGTH:
        return {text}
    return {text[at : at + _LENGTH] for at in range(len(text) - _LENGTH + 1)}
