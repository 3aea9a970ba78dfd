"""Values that an answer gives and a later request uses: which they are, how they are called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote

import msgspec

MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ].*)?")
UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
URL = re.compile(r"https?://\S*")

_SEPARATORS = re.compile(r"([;,])")
_WRAPPERS = {"data", "items", "ids", "results", "result", "response", "value"}
"""Members that say nothing about what is in them."""


class Source(msgspec.Struct, frozen=True):
    """Where a value comes from: the exchange, the JSON Pointer into its answer, and its name."""

    exchange: int
    pointer: str
    value: Any
    name: str = ""


def scalars(value: Any, pointer: str = "") -> Iterator[tuple[str, Any]]:
    """All scalars with their JSON Pointers, those that lie less deep first."""
    deep: list[tuple[str, Any]] = []
    if isinstance(value, dict):
        pairs: Iterable[tuple[str, Any]] = ((_escaped(str(n)), each) for n, each in value.items())
    elif isinstance(value, list):
        pairs = ((str(number), each) for number, each in enumerate(value))
    else:
        yield pointer, value
        return
    for name, inner in pairs:
        if isinstance(inner, dict | list):
            deep.append((f"{pointer}/{name}", inner))
        else:
            yield f"{pointer}/{name}", inner
    for place, inner in deep:
        yield from scalars(inner, place)


def is_telling(value: Any) -> bool:
    """Whether a value is more than something that is the same by chance."""
    if type(value) is int:
        return abs(value) >= 1000
    if not isinstance(value, str) or len(value) < 5 or len(value) > 200:
        return False
    if MOMENT.fullmatch(value) or URL.fullmatch(value):
        return False
    return any(each.isdigit() for each in value)


def pieces(text: str) -> list[str]:
    """A path's segment or a value of a query, taken apart where it is a list of several; what
    stands between them as well."""
    return _SEPARATORS.split(text)


def segments(path: str) -> list[str]:
    """The segments of a path, without escapes."""
    return [unquote(segment) for segment in path.split("/")]


def name_for(source: Source, path: str, taken: Iterable[str]) -> str:
    """A speaking name: ``shipment_id`` for the `/id` of a shipment, else what its member is called.

    `path` is that of the request, which says what an answer is about.
    """
    parts = [part for part in source.pointer.split("/") if part and not part.isdigit()]
    last = _snake(parts[-1]) if parts else "value"
    owners = [_snake(part) for part in parts[:-1] if part.lower() not in _WRAPPERS]
    if last in ("id", "ids", "name", "number", "code", "value", "key"):
        owner = owners[-1] if owners else _collection(path)
        last = f"{_singular(owner)}_{_singular(last)}" if owner else _singular(last)
    used = set(taken)
    name, count = last, 2
    while name in used:
        name, count = f"{last}_{count}", count + 1
    return name


def _collection(path: str) -> str:
    """The last segment of a path that is a word."""
    words = [each for each in segments(path) if re.fullmatch(r"[A-Za-z][A-Za-z_-]*", each)]
    return _snake(words[-1]) if words else ""


def _snake(name: str) -> str:
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    snake = re.sub(r"[^A-Za-z0-9]+", "_", spaced).strip("_").lower() or "value"
    return f"_{snake}" if snake[0].isdigit() else snake


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("sses", "xes", "ches")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
