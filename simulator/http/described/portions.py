"""Cuts a large value into portions that a schema can judge one after the other.

Telling what is wrong with each of 100,000 elements would hold up everybody else for seconds. A
portion has the shape of the whole value, with a part of its elements; together they have all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

SIZE = 100
"""Elements of lists in a portion, more or less; a long list within a long one is cut as well."""

Path = tuple[str | int, ...]


class Portion:
    """A part of a value; `elements` are those of its lists at any depth."""

    __slots__ = ("_starts", "elements", "value")

    def __init__(self, value: Any, elements: int, starts: Mapping[int, int]) -> None:
        self.value = value
        self.elements = elements
        self._starts = starts

    def place(self, path: Path) -> Path:
        """The path in the whole value of what stands at `path` in the portion."""
        node, found = self.value, list[str | int]()
        for part in path:
            found.append(part + self._starts.get(id(node), 0) if isinstance(part, int) else part)
            try:
                node = node[part]
            except (KeyError, IndexError, TypeError):
                node = None
        return tuple(found)

    def cuts(self, path: Path) -> bool:
        """Whether what stands at `path` in the portion is a part of a list."""
        node = self.value
        for part in path:
            node = node[part]
        return id(node) in self._starts


def portions(value: Any) -> Iterator[Portion]:
    """The portions of a JSON value, from its beginning to its end; a small one is one whole."""
    weights: dict[int, int] = {}
    _weigh(value, weights)
    yield from _portions(value, weights)


def is_small(value: Any) -> bool:
    """Whether a value is a portion as it is."""
    return _weigh(value, {}) <= SIZE


def _weigh(value: Any, weights: dict[int, int]) -> int:
    """The elements within a value; notes those of what has more than a portion."""
    if isinstance(value, dict):
        weight = sum(_weigh(each, weights) for each in value.values() if isinstance(each, _HOLDERS))
    elif isinstance(value, list):
        weight = len(value)
        weight += sum(_weigh(each, weights) for each in value if isinstance(each, _HOLDERS))
    else:
        return 0
    if weight > SIZE:
        weights[id(value)] = weight
    return weight


_HOLDERS = (dict, list)


def _portions(value: Any, weights: Mapping[int, int]) -> Iterator[Portion]:
    if id(value) not in weights:
        yield Portion(value, _weigh(value, {}), {})
    elif isinstance(value, dict):
        yield from _of_object(value, weights)
    else:
        yield from _of_list(value, weights)


def _of_object(value: dict[str, Any], weights: Mapping[int, int]) -> Iterator[Portion]:
    """Of several large members each is cut while the others stand with their first portion."""
    large = [name for name, member in value.items() if id(member) in weights]
    if not large:
        yield Portion(value, _weigh(value, {}), {})
        return
    firsts = {name: next(_portions(value[name], weights)) for name in large}
    rest = sum(_weigh(each, {}) for name, each in value.items() if name not in firsts)
    for turn, name in enumerate(large):
        for number, portion in enumerate(_portions(value[name], weights)):
            if turn and not number:
                continue  # the portion of firsts alone has come
            parts = {**firsts, name: portion}
            whole = {**value, **{other: part.value for other, part in parts.items()}}
            starts = {at: start for part in parts.values() for at, start in part._starts.items()}
            fresh = rest + sum(part.elements for part in parts.values())
            yield Portion(whole, fresh if not number else portion.elements, starts)


def _of_list(value: list[Any], weights: Mapping[int, int]) -> Iterator[Portion]:
    held: list[Any] = []
    weight = 0
    for place, element in enumerate(value):
        if id(element) in weights:
            if held:
                yield _run(held, weight, place - len(held))
            held, weight = [], 0
            for portion in _portions(element, weights):
                one = [portion.value]
                yield Portion(one, portion.elements + 1, {**portion._starts, id(one): place})
            continue
        held.append(element)
        weight += 1 + _weigh(element, {})
        if weight >= SIZE:
            yield _run(held, weight, place + 1 - len(held))
            held, weight = [], 0
    if held:
        yield _run(held, weight, len(value) - len(held))


def _run(held: list[Any], weight: int, start: int) -> Portion:
    return Portion(held, weight, {id(held): start})
