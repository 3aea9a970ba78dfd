"""Puts made-up people in the place of those whose data was sent: the same one each time."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from simulator.core.chance import Chance
from simulator.scenarios.recording.kinds import EMAIL, kind_of, looks_like, searches
from simulator.scenarios.recording.made_up import MAKERS

_SHORTEST = 4
"""Characters from which a value is looked for within other texts."""
_WORD = re.compile(r"[^\W\d_]{3,}")
_CODE = re.compile(r"[a-z0-9_]+")
"""A word of an API, such as a status; somebody's name begins with a capital."""
_COMMON = frozenset(
    [
        "street",
        "straat",
        "road",
        "avenue",
        "lane",
        "laan",
        "weg",
        "plein",
        "ulica",
        "aleja",
        "plac",
        "the",
        "and",
        "van",
        "der",
        "den",
        "von",
        "ter",
        "ten",
        "del",
        "las",
        "los",
        "sint",
        "saint",
        "mrs",
        "pan",
        "pani",
    ]
)
"""Words of names and streets that tell nobody."""
_WORDY = ("name", "first name", "last name", "street")
_TOLD = ("name", "first name", "last name", "email", "phone")
"""What is somebody's in an answer too, even if no client sent it; a street may be a locker's."""
_SHORTEST_BEGINNING = 3


class StandIns:
    """Stand-ins for the personal data of one recording, by the order in which it came."""

    def __init__(self, seed: int = 0) -> None:
        self._chance = Chance(seed)
        self._known: dict[str, str] = {}
        """Stand-ins by values without letter case."""
        self._small: set[str] = set()
        """Those that somebody wrote in small letters."""
        self._made: set[str] = set()
        self._words: set[str] = set()
        self._sent: set[tuple[str, tuple[str, ...]]] = set()
        self._plain: set[str] = set()
        self._within: re.Pattern[str] | None = None
        self._masked: re.Pattern[str] | None = None

    def learn(self, value: Any, trail: tuple[str, ...] = (), told: bool = False) -> None:
        """Take note of the personal data in what a client sends, or is told; `trail` are the
        members that lead to it."""
        if isinstance(value, dict):
            for name, inner in value.items():
                self.learn(inner, (*trail, str(name)), told)
        elif isinstance(value, list):
            for inner in value:
                self.learn(inner, trail, told)
        elif isinstance(value, str) and value.strip():
            kind = kind_of(trail)
            if kind is None:
                self._plain.add(value.casefold())
            elif not told or kind in _TOLD:
                self._add(kind, value)
            if kind is not None and not told:
                self._sent.add((self._replaced(value), trail))
            for email in EMAIL.findall(value):
                self._add("email", email)
        elif type(value) is int:
            self._plain.add(str(value))

    def learn_query(self, parameter: str, value: str) -> None:
        """Take note of what a client searches for, unless it was no personal data elsewhere."""
        if not searches(parameter):
            self.learn(value, (parameter,))
        elif self._begun(value) is None and value.casefold() not in self._plain:
            kind = looks_like(value)
            if kind is not None:
                self._add(kind, value)

    def query(self, parameter: str, value: str) -> str:
        """The value of a parameter with stand-ins; of a beginning, that of the stand-in."""
        if not searches(parameter):
            return self._text(value)
        begun = self._begun(value)
        return _cased(begun, value) if begun is not None else self._text(value, codes=False)

    def cell(self, text: str, personal: bool) -> str:
        """The cell of a table with stand-ins."""
        return self._text(text, codes=not personal)

    def apply(self, value: Any) -> Any:
        """The same with stand-ins, wherever a value stands."""
        if isinstance(value, dict):
            return {name: self.apply(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [self.apply(inner) for inner in value]
        return self._text(value) if isinstance(value, str) else value

    def was_sent(self, value: str, trail: tuple[str, ...]) -> bool:
        """Whether a client sent this text as that member; what comes back as another one, such as
        the sender's street, is only the same by chance."""
        return any(value == text and trail[-len(sent) :] == sent for text, sent in self._sent)

    def stands_in(self, text: str) -> bool:
        """Whether something in this text was made up: a server that says it may say otherwise."""
        if self._masked is None:
            self._masked = _any_of(self._made)
        return self._masked is not None and self._masked.search(text) is not None

    def _begun(self, value: str) -> str | None:
        """The stand-in of a value that is known, or the beginning of that of which it is one."""
        sought = value.strip().casefold()
        if sought in self._known:
            return self._known[sought]
        if len(sought) < _SHORTEST_BEGINNING or sought in self._plain:
            return None
        found = (made for known, made in self._known.items() if known.startswith(sought))
        whole = next(found, None)
        return None if whole is None else whole[: len(sought)]

    def _text(self, text: str, codes: bool = True) -> str:
        known = self._known.get(text.casefold())
        if codes and _CODE.fullmatch(text) and not text.isdigit():
            return text if known is None or text not in self._small else known.lower()
        if known is not None:
            return _cased(known, text)
        if self._within is None:
            long = [each for each in self._known if len(each) >= _SHORTEST or each in self._words]
            self._within = _any_of(long)
        if self._within is None:
            return text
        return self._within.sub(lambda match: self._replaced(match[0]), text)

    def _replaced(self, found: str) -> str:
        known = self._known.get(found.casefold())
        return found if known is None else _cased(known, found)

    def _add(self, kind: str, value: str) -> None:
        key = value.casefold()
        if value.islower():
            self._small.add(value)
        if key in self._known or key in self._made:
            return
        made = MAKERS[kind](self._chance, len(self._known), value)
        if kind == "name":
            made = self._composed(value, made)
        self._keep(key, made)
        if kind in _WORDY:
            words, others = _words(value), _words(made) or [made]
            for place, word in enumerate(words):
                if word.casefold() not in self._known and word.casefold() not in self._made:
                    last = place > 0 and kind == "name"
                    self._keep(word.casefold(), others[-1 if last else 0])
            self._words |= {word.casefold() for word in words}

    def _composed(self, value: str, made: str) -> str:
        """A name of the stand-ins of its words, where these are known."""
        words, others = _words(value), made.split()
        for place, word in ((0, words[:1]), (-1, words[1:][-1:])):
            if word and word[0].casefold() in self._known:
                others[place] = self._known[word[0].casefold()]
        return " ".join(others)

    def _keep(self, key: str, made: str) -> None:
        self._known[key] = made
        self._made |= {made.casefold(), *map(str.casefold, _words(made))}
        self._within = self._masked = None


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if word.casefold() not in _COMMON]


def _cased(made: str, like: str) -> str:
    """A stand-in in capitals or small letters where the value was."""
    if like.islower():
        return made.lower()
    return made.upper() if like.isupper() and len(like) > 1 else made


def _any_of(values: Collection[str]) -> re.Pattern[str] | None:
    """Any of these texts, where it begins and ends as words do; the longest first."""
    if not values:
        return None
    words = "|".join(map(re.escape, sorted(values, key=lambda each: (-len(each), each))))
    return re.compile(rf"(?<![^\W_])(?:{words})(?![^\W_])", re.IGNORECASE)
