"""Variables in JSON-like data: ``${shipment}`` stands for what was saved under that name.

A text that is nothing but a variable becomes its value, whatever kind that has; within a longer
text, and in the name of a member, the value is written out. ``${event.shipment_id}`` reaches into
an object, ``$${`` is a plain ``${``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from simulator.core import reading
from simulator.core.faults import closest_words

_VARIABLE = re.compile(r"\$\$\{|\$\{([^{}]*)\}")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*")


class UnknownVariable(LookupError):
    """A variable that has no value; the message says which there are."""


def variables(value: Any) -> Iterator[str]:
    """The names of all variables in `value`, in their order, repetitions included."""
    if isinstance(value, str):
        for match in _VARIABLE.finditer(value):
            if match[1] is not None:
                yield match[1].strip()
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from variables(name)
            yield from variables(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from variables(inner)


def is_name(name: str) -> bool:
    """Whether a variable can have that name: letters, digits and underscores, dots between."""
    return _NAME.fullmatch(name) is not None


def is_variable(text: str) -> bool:
    """Whether the text is one variable and nothing else."""
    whole = _VARIABLE.fullmatch(text)
    return whole is not None and whole[1] is not None


def filled(value: Any, known: Mapping[str, Any]) -> Any:
    """A copy of `value` with every variable replaced. Raises `UnknownVariable`."""
    if isinstance(value, str):
        whole = _VARIABLE.fullmatch(value)
        if whole is not None and whole[1] is not None:
            return _look_up(whole[1].strip(), known)
        return _VARIABLE.sub(lambda match: _written(match, known), value)
    if isinstance(value, dict):
        return {_named(name, known): filled(inner, known) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [filled(inner, known) for inner in value]
    return value


def _named(name: Any, known: Mapping[str, Any]) -> Any:
    """The name of a member, which is a text whatever kind its variable has."""
    if not isinstance(name, str):
        return name
    return _VARIABLE.sub(lambda match: _written(match, known), name)


def _written(match: re.Match[str], known: Mapping[str, Any]) -> str:
    if match[1] is None:
        return "${"
    value = _look_up(match[1].strip(), known)
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _look_up(name: str, known: Mapping[str, Any]) -> Any:
    value: Any = known
    for part in name.split("."):
        if isinstance(value, Mapping) and part in value:
            value = value[part]
        elif isinstance(value, list) and _is_place(part, value):
            value = value[int(part)]
        else:
            raise UnknownVariable(f"${{{name}}} has no value{_hint(name, known)}")
    return value


def _is_place(part: str, elements: list[Any]) -> bool:
    number = reading.whole(part)
    return number is not None and number < len(elements)


def _hint(name: str, known: Mapping[str, Any]) -> str:
    close = closest_words(name, known)
    if close:
        return f"; did you mean ${{{close[0]}}}?"
    there = ", ".join(known)
    return f"; there are {there}" if there else "; there are none here"
