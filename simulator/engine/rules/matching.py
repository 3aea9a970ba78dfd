"""Patterns: what a request has to be like, and how exactly it is not.

A pattern is JSON-like. An object matches an object that has its members, whatever else that has; a
list matches element by element, and the value may go on; a scalar matches an equal one of the same
kind. An object whose names begin with ``$`` is a condition, or several at once:

| condition | the value |
| --- | --- |
| ``$any: true`` | is there, whatever it is |
| ``$absent: true`` | is not there |
| ``$type: integer`` | is of a kind: string, integer, number, boolean, object, array, null |
| ``$regex: "^A-"`` | is a text in which the expression is found |
| ``$gt``, ``$lt`` | is a number above, below this one |
| ``$oneof: [...]`` | matches one of these patterns |
| ``$contains: ...`` | is a list with an element that matches, or a text that holds this text |

The difference is the value; whether it matches is only that there is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple

import jsonschema_rs

from simulator.core.faults import did_you_mean


class _Absent:
    """Stands for a value that is not there."""

    def __repr__(self) -> str:
        return "nothing"


ABSENT: Final = _Absent()

LONGEST_EXPRESSION = 1000
LONGEST_SEARCHED = 100_000
"""Characters of a text in which expressions are looked for."""


class Difference(NamedTuple):
    """One place at which a value is not as the pattern says."""

    place: str
    wanted: str
    found: Any


class PatternFault(NamedTuple):
    """What is wrong with a pattern itself, and where in it."""

    place: str
    message: str


_KINDS: Mapping[str, Callable[[Any], bool]] = {
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: type(value) is int,
    "number": lambda value: type(value) in (int, float),
    "boolean": lambda value: isinstance(value, bool),
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "null": lambda value: value is None,
}


def differences(pattern: Any, value: Any, place: str = "") -> list[Difference]:
    """Every place at which `value` is not as `pattern` says; `place` is where both begin."""
    return list(_differences(pattern, value, place))


def matches(pattern: Any, value: Any) -> bool:
    """Whether there is no difference."""
    return next(_differences(pattern, value, ""), None) is None


def faults(pattern: Any, place: str = "") -> list[PatternFault]:
    """What is wrong with a pattern: conditions that there are not, and values that they cannot
    take."""
    return list(_faults(pattern, place))


def is_condition(pattern: Any) -> bool:
    """Whether the pattern is an object of conditions; ``${name}`` is a variable, and none."""
    return isinstance(pattern, dict) and any(
        name[:1] == "$" and name[:2] != "${" for name in map(str, pattern)
    )


def _differences(pattern: Any, value: Any, place: str) -> Iterator[Difference]:
    if is_condition(pattern):
        for name, operand in pattern.items():
            yield from _CONDITIONS[name](operand, value, place)
    elif value is ABSENT:
        yield Difference(place, _told(pattern), ABSENT)
    elif isinstance(pattern, dict):
        if not isinstance(value, dict):
            yield Difference(place, "an object", value)
            return
        for name, inner in pattern.items():
            yield from _differences(inner, value.get(name, ABSENT), f"{place}/{name}")
    elif isinstance(pattern, list):
        if not isinstance(value, list):
            yield Difference(place, "a list", value)
            return
        for number, inner in enumerate(pattern):
            element = value[number] if number < len(value) else ABSENT
            yield from _differences(inner, element, f"{place}/{number}")
    elif not _equal(pattern, value):
        yield Difference(place, _told(pattern), value)


def _equal(pattern: Any, value: Any) -> bool:
    """Equal and of one kind: true is not 1, but 1 is 1.0."""
    if isinstance(pattern, bool) or isinstance(value, bool):
        return pattern is value
    return bool(pattern == value)


def _told(pattern: Any) -> str:
    if isinstance(pattern, str):
        return f'"{pattern}"' if len(pattern) <= 60 else f'"{pattern[:57]}..."'
    names = {True: "true", False: "false", None: "null"}
    if pattern is None or isinstance(pattern, bool):
        return names[pattern]
    text = repr(pattern)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _any(operand: Any, value: Any, place: str) -> Iterator[Difference]:
    if operand is True and value is ABSENT:
        yield Difference(place, "anything", ABSENT)


def _absent(operand: Any, value: Any, place: str) -> Iterator[Difference]:
    if operand is True and value is not ABSENT:
        yield Difference(place, "nothing", value)
    if operand is False and value is ABSENT:
        yield Difference(place, "anything", ABSENT)


def _type(operand: Any, value: Any, place: str) -> Iterator[Difference]:
    if value is ABSENT or not _KINDS[operand](value):
        yield Difference(place, f"of the type {operand}", value)


def _regex(operand: Any, value: Any, place: str) -> Iterator[Difference]:
    searched = value[:LONGEST_SEARCHED] if isinstance(value, str) else None
    if searched is None or not _expression(operand).is_valid(searched):
        yield Difference(place, f"a text with {_told(operand)} in it", value)


def _greater(operand: Any, value: Any, place: str) -> Iterator[Difference]:
    if type(value) not in (int, float) or not value > operand:
        yield Difference(place, f"more than {operand}", value)


def _less(operand: Any, value: Any, place: str) -> Iterator[Difference]:
    if type(value) not in (int, float) or not value < operand:
        yield Difference(place, f"less than {operand}", value)


def _one_of(operand: Any, value: Any, place: str) -> Iterator[Difference]:
    if not any(matches(inner, value) for inner in operand):
        yield Difference(place, f"one of {', '.join(map(_told, operand))}", value)


def _contains(operand: Any, value: Any, place: str) -> Iterator[Difference]:
    if isinstance(value, str) and isinstance(operand, str):
        held = operand in value
    else:
        held = isinstance(value, list) and any(matches(operand, element) for element in value)
    if not held:
        yield Difference(place, f"with {_told(operand)} in it", value)


_CONDITIONS: Mapping[str, Callable[[Any, Any, str], Iterator[Difference]]] = {
    "$any": _any,
    "$absent": _absent,
    "$type": _type,
    "$regex": _regex,
    "$gt": _greater,
    "$lt": _less,
    "$oneof": _one_of,
    "$contains": _contains,
}

CONDITIONS = tuple(_CONDITIONS)
"""The names of all conditions."""


@lru_cache(maxsize=512)
def _expression(text: str) -> jsonschema_rs.Draft202012Validator:
    """The expression in an engine that takes time in proportion to the text, whatever it is given.

    Python's own may take for ever over a short text, and everybody would wait for it.
    """
    options = jsonschema_rs.RegexOptions()
    return jsonschema_rs.Draft202012Validator({"pattern": text}, pattern_options=options)


_BROKEN: Final = {
    "unterminated subpattern": "a ( is not closed",
    "unbalanced parenthesis": "a ) closes nothing",
    "unterminated character set": "a [ is not closed",
    "nothing to repeat": "nothing stands before a repetition",
    "multiple repeat": "two repetitions follow each other",
    "bad escape": "this cannot follow a backslash",
    "bad character range": "a range ends before it begins",
}
"""Faults of expressions by the words of the parser."""


def _faults(pattern: Any, place: str) -> Iterator[PatternFault]:
    if isinstance(pattern, list):
        for number, inner in enumerate(pattern):
            yield from _faults(inner, f"{place}/{number}")
    elif is_condition(pattern):
        for name, operand in pattern.items():
            yield from _condition_faults(str(name), operand, f"{place}/{name}")
    elif isinstance(pattern, dict):
        for name, inner in pattern.items():
            yield from _faults(inner, f"{place}/{name}")


def _condition_faults(name: str, operand: Any, place: str) -> Iterator[PatternFault]:
    if name not in _CONDITIONS:
        known = ", ".join(CONDITIONS)
        yield PatternFault(place, f"{name} is not one of {known}{_meant_condition(name)}")
    elif name in ("$any", "$absent") and not isinstance(operand, bool):
        yield PatternFault(place, f"{name} takes true or false")
    elif name == "$type" and operand not in _KINDS:
        yield PatternFault(place, f"$type takes one of {', '.join(_KINDS)}")
    elif name in ("$gt", "$lt") and type(operand) not in (int, float):
        yield PatternFault(place, f"{name} takes a number")
    elif name == "$regex":
        yield from _expression_faults(operand, place)
    elif name == "$oneof" and not (isinstance(operand, list) and operand):
        yield PatternFault(place, "$oneof takes a list of patterns")
    elif name in ("$oneof", "$contains"):
        yield from _faults(operand, place)


def _meant_condition(name: str) -> str:
    """The condition that a misspelt one is close to, as a question."""
    meant = did_you_mean(name.lstrip("$"), [known.lstrip("$") for known in CONDITIONS])
    return "." + meant.replace('"', '"$', 1) if meant else ""


def _broken(error: Exception) -> str:
    """What keeps an expression from being read, for who wrote it."""
    said = str(error)
    found = next((ours for theirs, ours in _BROKEN.items() if theirs in said), "it cannot be read")
    at = getattr(error, "pos", None)
    return found if at is None else f"{found} (at character {at + 1})"


def _expression_faults(operand: Any, place: str) -> Iterator[PatternFault]:
    if not isinstance(operand, str) or len(operand) > LONGEST_EXPRESSION:
        most = f"of at most {LONGEST_EXPRESSION} characters"
        yield PatternFault(place, f"$regex takes a regular expression {most}")
        return
    try:
        re.compile(operand)
    except (re.error, RecursionError, OverflowError) as error:
        yield PatternFault(
            place, f"$regex {_told(operand)} is not a regular expression: {_broken(error)}"
        )
        return
    try:
        _expression(operand)
    except (jsonschema_rs.ValidationError, ValueError):
        yield PatternFault(
            place,
            f"$regex {_told(operand)} cannot be taken: it looks around, refers back, or is too "
            "large, and might take for ever",
        )
