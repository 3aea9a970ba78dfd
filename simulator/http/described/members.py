"""Which members of a value the schemas of a description name, and what others may be meant as."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from simulator.core.faults import closest_words

_ALTERNATIVES = ("anyOf", "oneOf", "allOf")

_TELLING = 3
"""Letters of a name that says what it is for, unlike ``id``."""

_MOST_GUESSES = 40
"""Different names of a request for which others are looked at; a person reads no more."""

_ANY_OTHER = "*"
"""Stands for every member that is not named."""

ReadAs = Callable[[str, Any], str | None]
"""The name under which a member with this name and value is read; None when it is as good as
absent."""


class Unknown(NamedTuple):
    """A member that no schema names: its path, and the known one that may be meant.

    `meant` is a name beside it, or, when the name stands elsewhere in the request, the path there
    without positions (``receiver.phone``).
    """

    path: tuple[str | int, ...]
    meant: str | None


def _by_its_name(name: str, value: Any) -> str:
    return name


class Members:
    """The members that schemas name, at any depth; found once and kept.

    Schemas that are alternatives or parts of each other count together, so that a member which
    any of them names is known. An object without named members may have any. A member may have
    further names in ``x-also``.
    """

    __slots__ = ("_also", "_inner", "_items", "_open", "_parts", "beside")

    def __init__(self, schemas: Sequence[Any]) -> None:
        self._parts = [part for schema in schemas for part in _parts(schema)]
        self.beside = [name for part in self._parts for name in part.get("properties", ())]
        self._also = {
            other: name
            for part in self._parts
            for name, inner in part.get("properties", {}).items()
            for other in inner.get("x-also", ())
        }
        self._open = not any("properties" in part for part in self._parts)
        self._inner: dict[str, Members | None] = {}
        self._items: Members | None = None

    def unknown(self, value: Any, read_as: ReadAs = _by_its_name) -> Iterator[Unknown]:
        """Each member of `value` that no schema names; what is meant is told of so many names."""
        return self._unknown(value, (), read_as, _Guesses(self))

    def _unknown(
        self, value: Any, path: tuple[str | int, ...], read_as: ReadAs, guesses: _Guesses
    ) -> Iterator[Unknown]:
        """The unknown members of a value at `path` in the request."""
        if isinstance(value, list):
            for place, item in enumerate(value):
                if isinstance(item, dict | list):
                    yield from self.items._unknown(item, (*path, place), read_as, guesses)
        if not isinstance(value, dict) or self._open:
            return
        for name, item in value.items():
            known_as = read_as(name, item)
            if known_as is None:
                continue
            known_as = self._also.get(known_as, known_as)
            if known_as != name and known_as in value:
                yield Unknown((*path, name), known_as)
            elif (inner := self._member(known_as)) is None:
                yield Unknown((*path, name), guesses.meant(name, self))
            elif isinstance(item, dict | list):
                yield from inner._unknown(item, (*path, name), read_as, guesses)

    @property
    def items(self) -> Members:
        """What is named inside of the items of a list."""
        if self._items is None:
            self._items = Members([part["items"] for part in self._parts if "items" in part])
        return self._items

    def _member(self, name: str) -> Members | None:
        """What is named inside of a member; None when the member itself is unknown."""
        if name not in self.beside:
            name = _ANY_OTHER
        if name not in self._inner:
            named = [
                part["properties"][name]
                for part in self._parts
                if name in part.get("properties", {})
            ]
            named = named or [
                part["additionalProperties"] for part in self._parts if _is_open(part)
            ]
            self._inner[name] = Members(named) if named else None
        return self._inner[name]

    def elsewhere(self, name: str) -> str | None:
        """The one path that leads to a member of that name; None when there are several or none."""
        if len(name) < _TELLING:
            return None
        found = set(self._paths_to(name, ()))
        return ".".join(found.pop()) if len(found) == 1 else None

    def _paths_to(self, name: str, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        for member in self.beside:
            if member == name:
                yield (*path, member)
            inner = self._member(member)
            if inner is not None:
                yield from inner._paths_to(name, (*path, member))
        if any("items" in part for part in self._parts):
            yield from self.items._paths_to(name, path)


class _Guesses:
    """What unknown members of one request may be meant as; after `_MOST_GUESSES` names no more."""

    __slots__ = ("_known", "_whole")

    def __init__(self, whole: Members) -> None:
        self._whole = whole
        self._known: dict[tuple[str, int], str | None] = {}

    def meant(self, name: str, holder: Members) -> str | None:
        """What a member of that name in `holder` may be meant as."""
        asked = (name, id(holder))
        if asked not in self._known:
            if len(self._known) >= _MOST_GUESSES:
                return None
            self._known[asked] = closest(name, holder.beside) or self._whole.elsewhere(name)
        return self._known[asked]


def closest(name: str, known: Sequence[str]) -> str | None:
    """The known name that `name` looks most like, letter case and underscores aside.

    Of two that are as close the first one counts.
    """
    folded = {fold(each): each for each in reversed(known)}
    close = closest_words(fold(name), folded)
    return folded[close[0]] if close else None


def fold(name: str) -> str:
    """A name without what its spellings differ in: letter case, underscores, hyphens."""
    return name.lower().replace("_", "").replace("-", "")


def _is_open(part: Mapping[str, Any]) -> bool:
    return part.get("additionalProperties", False) is not False


def _parts(schema: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(schema, dict):
        yield schema
        for name in _ALTERNATIVES:
            for part in schema.get(name, ()):
                yield from _parts(part)
