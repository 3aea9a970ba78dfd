"""Patterns beside the JSON Schemas of what they are patterns of: what can never match is told.

A schema is a dictionary without references. What it leaves open is taken for possible.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from simulator.core.faults import closest_words
from simulator.engine.rules.matching import PatternFault, is_condition

Schema = Mapping[str, Any]

_MOST_LISTED = 12
_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int, float),
    "number": (int, float),
    "boolean": (bool,),
}


def within(schemas: Iterable[Schema], place: Sequence[str]) -> list[Schema]:
    """What the schemas say of a place: names of members, and ``[]`` for elements of a list."""
    found = [*schemas]
    for name in place:
        inner = (
            each.get("items") if name == "[]" else each.get("properties", {}).get(name)
            for each in _alternatives(found)
        )
        found = [each for each in inner if each is not None]
    return _alternatives(found)


def misfits(pattern: Any, schemas: Sequence[Schema], place: str = "") -> list[PatternFault]:
    """The parts of a pattern that nothing can match which is as one of the schemas says.

    Without schemas nothing is known, and nothing told.
    """
    return list(_misfits(pattern, schemas, place)) if schemas else []


def _misfits(pattern: Any, schemas: Sequence[Schema], place: str) -> Iterator[PatternFault]:
    forms = _alternatives(schemas)
    if is_condition(pattern):
        options = pattern.get("$oneof")
        for number, option in enumerate(options if isinstance(options, list) else ()):
            yield from _misfits(option, schemas, f"{place}/$oneof/{number}")
    elif isinstance(pattern, dict):
        for name, inner in pattern.items():
            yield from _member_misfits(str(name), inner, forms, f"{place}/{name}")
    elif isinstance(pattern, list):
        elements = [form["items"] for form in forms if "items" in form]
        for number, inner in enumerate(pattern):
            yield from misfits(inner, elements, f"{place}/{number}")
    else:
        yield from _scalar_misfits(pattern, forms, place)


def _member_misfits(
    name: str, inner: Any, forms: Sequence[Schema], place: str
) -> Iterator[PatternFault]:
    holders = [form for form in forms if "properties" in form]
    known = dict.fromkeys(each for form in holders for each in form["properties"])
    if name in known:
        schemas = [form["properties"][name] for form in holders if name in form["properties"]]
        open_ones = any(_is_open(form) for form in forms)
        if schemas and not open_ones:
            yield from _misfits(inner, schemas, place)
    elif holders and not any(_is_open(form) for form in forms):
        yield PatternFault(place, f"is not there: it has {_listed(name, known)}")


def _scalar_misfits(pattern: Any, forms: Sequence[Schema], place: str) -> Iterator[PatternFault]:
    if pattern is None or not forms:
        return
    if all("enum" in form for form in forms):
        values = dict.fromkeys(
            value for form in forms for value in form["enum"] if value is not None
        )
        if not any(type(value) is type(pattern) and value == pattern for value in values):
            yield PatternFault(
                place, f"is never {pattern!r}: it is one of {_listed(pattern, values)}"
            )
    elif all("type" in form for form in forms):
        wanted = dict.fromkeys(form["type"] for form in forms)
        kinds = tuple(kind for each in wanted for kind in _TYPES.get(each, ()))
        if not isinstance(pattern, kinds) or (isinstance(pattern, bool) and bool not in kinds):
            yield PatternFault(
                place, f"is never {pattern!r}: it is of the type {' or '.join(wanted)}"
            )


def _alternatives(schemas: Iterable[Schema]) -> list[Schema]:
    """The schemas without those that only name others."""
    found: list[Schema] = []
    for schema in schemas:
        options = schema.get("anyOf") or schema.get("oneOf")
        parts = schema.get("allOf") or ()
        if options:
            found += _alternatives(options)
        elif len(parts) == 1:
            found += _alternatives(parts)
        else:
            found.append({} if parts else schema)
    return found


def _is_open(form: Schema) -> bool:
    """Whether an object may have members that its form does not name."""
    if form.get("type") not in (None, "object"):
        return False
    return form.get("additionalProperties", True) is not False or "properties" not in form


def _listed(word: Any, known: Iterable[Any]) -> str:
    names = [str(each) for each in known]
    close = closest_words(str(word).lower(), names)
    shown = ", ".join(names[:_MOST_LISTED])
    if len(names) > _MOST_LISTED:
        shown = f"{shown} and {len(names) - _MOST_LISTED} more"
    return f'{shown}. Did you mean "{close[0]}"?' if close else shown
