"""Finds codes of the Harmonized System by words and by the beginning of a code.

An inverted index, made on the first use: for each word, in its simplest form, the codes that have
it and how much that says about them.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache

from simulator.carriers.postplus.catalog.hs_codes import HsCode, HsList, hs_list

_FIRST_WORD, _DESCRIPTION, _SAID_OTHERWISE, _CHAPTER, _BEGINNING = 5, 4, 3, 2, 1
"""What it says about a code that a word is the first of its description, any word of it, one that
people use for it, one of its chapter's title, or only the beginning of such a word."""

_WHOLE_PHRASE = 100
"""The query is, word for word, a phrase that people use for it."""

_WORD = re.compile(r"[a-z0-9]+")
_POSSESSIVE = re.compile(r"['\u2019]s\b")
_SHORT = 3
_FILLERS = frozenset(("a", "an", "and", "for", "in", "of", "or", "the", "to", "with"))


class HsIndex:
    """The index of a list."""

    def __init__(self, listed: HsList) -> None:
        self._codes = listed.codes
        self._postings: dict[str, dict[int, int]] = {}
        self._phrases: dict[tuple[str, ...], set[int]] = {}
        for row, each in enumerate(listed.codes):
            self._add(row, each, listed.chapters[each.chapter])
        self._vocabulary = sorted(self._postings)

    def _add(self, row: int, each: HsCode, chapter: str) -> None:
        self._weigh(row, _stems(chapter), _CHAPTER)
        for phrase in each.words:
            words = _stems(phrase)
            self._phrases.setdefault(words, set()).add(row)
            self._weigh(row, words, _SAID_OTHERWISE)
        described = _stems(each.description)
        self._weigh(row, described, _DESCRIPTION)
        self._weigh(row, described[:1], _FIRST_WORD)

    def _weigh(self, row: int, words: tuple[str, ...], weight: int) -> None:
        for word in words:
            self._postings.setdefault(word, {})[row] = weight

    def search(self, text: str | None, prefix: str, most: int) -> list[HsCode]:
        """Up to `most` codes that begin with `prefix` and have all words of `text`, best first.

        A word counts as one that a code has when it is the beginning of one. Codes that fit alike,
        and all of them without a text, come in their own order.
        """
        rows: Iterator[int] | list[int] = (
            iter(range(len(self._codes))) if text is None else self._ranked(text)
        )
        found: list[HsCode] = []
        for row in rows:
            if self._codes[row].code.startswith(prefix):
                found.append(self._codes[row])
                if len(found) == most:
                    break
        return found

    def _ranked(self, text: str) -> list[int]:
        words = _words(text)
        wanted = [word for word in words if word not in _FILLERS] or words
        if not wanted:
            return []
        scores = self._having(wanted[0])
        for word in wanted[1:]:
            having = self._having(word)
            scores = {row: said + having[row] for row, said in scores.items() if row in having}
        for row in self._phrases.get(_stems(text), ()):
            if row in scores:
                scores[row] += _WHOLE_PHRASE
        return sorted(scores, key=lambda row: (-scores[row], row))

    def _having(self, word: str) -> dict[int, int]:
        """The codes that have a word, or one that begins with it, and what that says."""
        having: dict[int, int] = {}
        if len(word) > 1:
            place = bisect_left(self._vocabulary, word)
            while place < len(self._vocabulary) and self._vocabulary[place].startswith(word):
                having.update(dict.fromkeys(self._postings[self._vocabulary[place]], _BEGINNING))
                place += 1
        having.update(self._postings.get(_stem(word), {}))
        return having


@cache
def hs_index() -> HsIndex:
    """The index of the list that is served."""
    return HsIndex(hs_list())


def _words(text: str) -> list[str]:
    """Its words in small letters without accents, each once."""
    split = unicodedata.normalize("NFKD", _POSSESSIVE.sub("", text.casefold()))
    bare = "".join(letter for letter in split if not unicodedata.combining(letter))
    return list(dict.fromkeys(_WORD.findall(bare)))


def _stems(text: str) -> tuple[str, ...]:
    return tuple(_stem(word) for word in _words(text))


@lru_cache(maxsize=16_384)
def _stem(word: str) -> str:
    """A word in the form that its singular and its plural have in common.

    ``watches`` and ``watch``, ``batteries`` and ``battery``, ``shoes`` and ``shoe`` meet, though
    not always in a word of the language.
    """
    if len(word) <= _SHORT:
        return word
    if word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    if len(word) > _SHORT and word.endswith("e"):
        word = word[:-1]
    return word[:-1] + "i" if word.endswith("y") else word
