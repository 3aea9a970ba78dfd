"""Compares how values are built where the values themselves must differ.

Objects are compared by their members, lists by what their elements have together, scalars by their
kind. Whole and broken numbers are of one kind. Null says nothing about a kind, an empty list
nothing about elements: neither differs from anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulator.engine.rules.matching import ABSENT, Difference, differences, is_condition

_ANYTHING = ("$any", "$absent", "$type", "$oneof")
"""Conditions that are about presence and kind already."""


def unlike_pattern(pattern: Any, value: Any, place: str = "") -> Iterator[Difference]:
    """Where `value` is not built as `pattern` says, whatever the pattern's scalars are."""
    if is_condition(pattern):
        yield from _conditions(pattern, value, place)
    elif value is ABSENT:
        yield Difference(place, kind(pattern), ABSENT)
    elif isinstance(pattern, dict) and isinstance(value, dict):
        for name, inner in pattern.items():
            yield from unlike_pattern(inner, value.get(name, ABSENT), f"{place}/{name}")
    elif isinstance(pattern, list) and isinstance(value, list):
        for number, inner in enumerate(pattern):
            if number < len(value):
                yield from unlike_pattern(inner, value[number], f"{place}/{number}")
    elif not _alike(pattern, value):
        yield Difference(place, kind(pattern), value)


def unlike(simulated: Any, real: Any, place: str = "") -> Iterator[tuple[str, str, str]]:
    """Where two values are built differently: the place, and what either has there."""
    if isinstance(simulated, dict) and isinstance(real, dict):
        for name in [*simulated, *(name for name in real if name not in simulated)]:
            there = f"{place}/{name}"
            if name not in real:
                yield there, kind(simulated[name]), "nothing"
            elif name not in simulated:
                yield there, "nothing", kind(real[name])
            else:
                yield from unlike(simulated[name], real[name], there)
    elif isinstance(simulated, list) and isinstance(real, list):
        if simulated and real:
            yield from unlike(_together(simulated), _together(real), f"{place}/*")
    elif not _alike(simulated, real):
        yield place, kind(simulated), kind(real)


def kind(value: Any) -> str:
    """The kind of a value in one word."""
    if value is ABSENT:
        return "nothing"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, str):
        return "string"
    return "list" if isinstance(value, list) else "object"


def _alike(one: Any, other: Any) -> bool:
    return one is None or other is None or kind(one) == kind(other)


def _conditions(pattern: dict[str, Any], value: Any, place: str) -> Iterator[Difference]:
    kept = {name: operand for name, operand in pattern.items() if name in _ANYTHING}
    kept.pop("$oneof", None)
    if kept and not ("$type" in kept and value is None):
        yield from differences(kept, value, place)
    wanted = {"$regex": "string", "$gt": "number", "$lt": "number"}
    for name, word in wanted.items():
        if name in pattern and value is not None and kind(value) != word:
            yield Difference(place, f"of the type {word}", value)
    choices = pattern.get("$oneof", ())
    if choices and all(any(unlike_pattern(each, value, place)) for each in choices):
        yield Difference(place, f"one of {', '.join(sorted(set(map(kind, choices))))}", value)
    if "$contains" in pattern and not isinstance(value, str | list | None):
        yield Difference(place, "a list or a text", value)


def _together(elements: list[Any]) -> Any:
    """One value that has what all elements have together."""
    merged: Any = None
    for element in elements:
        merged = _merged(merged, element)
    return merged


def _merged(one: Any, other: Any) -> Any:
    if one is None or other is None:
        return other if one is None else one
    if isinstance(one, dict) and isinstance(other, dict):
        names = [*one, *(name for name in other if name not in one)]
        return {name: _merged(one.get(name), other.get(name)) for name in names}
    if isinstance(one, list) and isinstance(other, list):
        return [*one, *other]
    return one
