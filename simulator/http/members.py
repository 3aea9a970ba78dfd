"""Which members of a value the schemas of a description name, and what others may be meant as."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, NamedTuple

_ALTERNATIVES = ("anyOf", "oneOf", "allOf")

_TELLING = 3
"""Letters of a name that says what it is for, unlike ``id``."""

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


def unknown_members(
    schemas: Sequence[Any], value: Any, read_as: ReadAs = _by_its_name
) -> Iterator[Unknown]:
    """Each member of `value` that none of the schemas names, at any depth.

    Schemas that are alternatives or parts of each other count together, so that a member which
    any of them names is known. An object without named members may have any.
    """
    parts = _parts_of(schemas)
    for path, beside in _unknown(parts, value, (), read_as):
        name = str(path[-1])
        yield Unknown(path, closest(name, beside) or _elsewhere(parts, name))


def closest(name: str, known: Sequence[str]) -> str | None:
    """The known name that `name` looks most like, letter case and underscores aside.

    Of two that are as close the first one counts.
    """
    folded = {_fold(each): each for each in reversed(known)}
    close = get_close_matches(_fold(name), folded, 1)
    return folded[close[0]] if close else None


def _fold(name: str) -> str:
    return name.lower().replace("_", "").replace("-", "")


def _unknown(
    parts: Sequence[Mapping[str, Any]], value: Any, path: tuple[str | int, ...], read_as: ReadAs
) -> Iterator[tuple[tuple[str | int, ...], list[str]]]:
    """The paths of unknown members, each with the names that are known beside it."""
    if isinstance(value, list):
        items = _parts_of([part["items"] for part in parts if "items" in part])
        for place, item in enumerate(value):
            yield from _unknown(items, item, (*path, place), read_as)
    if not isinstance(value, dict) or not any("properties" in part for part in parts):
        return
    for name, item in value.items():
        known_as = read_as(name, item)
        if known_as is None:
            continue
        if known_as != name and known_as in value:
            yield (*path, name), [known_as]
            continue
        named = [
            part["properties"][known_as] for part in parts if known_as in part.get("properties", {})
        ]
        named = named or [part["additionalProperties"] for part in parts if _is_open(part)]
        if named:
            yield from _unknown(_parts_of(named), item, (*path, name), read_as)
        else:
            beside = [field for part in parts for field in part.get("properties", ())]
            yield (*path, name), beside


def _is_open(part: Mapping[str, Any]) -> bool:
    return part.get("additionalProperties", False) is not False


def _elsewhere(parts: Sequence[Mapping[str, Any]], name: str) -> str | None:
    """The one path that leads to a member of that name; None when there are several or none."""
    if len(name) < _TELLING:
        return None
    found = set(_paths_to(parts, name, ()))
    return ".".join(found.pop()) if len(found) == 1 else None


def _paths_to(
    parts: Sequence[Mapping[str, Any]], name: str, path: tuple[str, ...]
) -> Iterator[tuple[str, ...]]:
    for part in parts:
        for member, inner in part.get("properties", {}).items():
            if member == name:
                yield (*path, member)
            yield from _paths_to(_parts_of([inner]), name, (*path, member))
        if "items" in part:
            yield from _paths_to(_parts_of([part["items"]]), name, path)


def _parts_of(schemas: Sequence[Any]) -> list[Mapping[str, Any]]:
    return [part for schema in schemas for part in _parts(schema)]


def _parts(schema: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(schema, dict):
        yield schema
        for name in _ALTERNATIVES:
            for part in schema.get(name, ()):
                yield from _parts(part)
