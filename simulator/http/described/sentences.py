"""Says what is wrong with a value against its schema, in words for the person who sent it.

The sentences go behind the place of the value: ``receiver`` + ``has to be an object, not a text``.
All values that would be right are named, and of the wrong one as much as it takes to know it again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from simulator.core.faults import closest_words, glimpse

_LONGEST_GUESS = 60
_MOST_LISTED = 40
_SOME = 5
_KINDS = {
    "object": "an object",
    "array": "a list",
    "string": "a text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
}
_FORMATS = {
    "date-time": "a date with a time and an offset, such as 2026-03-02T10:15:00+01:00",
    "date": "a date such as 2026-03-02",
    "uri": "a URL",
    "email": "an e-mail address",
}

Schema = Mapping[str, Any]


def kind_of(value: Any) -> str:
    """What a JSON value is, in a word or two."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return "a text"
    if isinstance(value, int | float):
        return "a number"
    return "a list" if isinstance(value, list) else "an object"


def types_of(schema: Schema) -> tuple[str, ...]:
    """The JSON types that a schema wants, its alternatives included, ``null`` apart."""
    named = schema.get("type", ())
    found = [named] if isinstance(named, str) else list(named)
    for name in ("anyOf", "oneOf", "allOf"):
        for part in schema.get(name, ()):
            found += types_of(part)
    return tuple(dict.fromkeys(kind for kind in found if kind != "null"))


def sentence(keyword: str, value: Any, schema: Schema) -> str | None:
    """What `keyword` of `schema` says against `value`; None for a keyword without words."""
    say = _SENTENCES.get(keyword)
    return None if say is None else say(value, schema)


def alternatives(value: Any, branches: Sequence[tuple[str, Schema]], holder: Schema) -> str:
    """What is wrong with a value that none of several alternatives takes.

    `branches` has the keyword that failed first in each alternative, with the schema that it is of.
    The alternative for values of this kind says what is wrong, if there is one.
    """
    for keyword, schema in branches:
        if keyword != "type":
            said = sentence(keyword, value, schema)
            if said is not None:
                return said
    return _type(value, holder)


def allowed(keyword: str, schema: Schema) -> Any:
    """All values that `schema` takes, or its bounds; None where `keyword` is about neither."""
    if keyword == "enum":
        return [each for each in schema["enum"] if each is not None]
    if keyword not in _BOUNDS:
        return None
    return {name: schema[name] for name in _BOUNDS[keyword] if name in schema}


def listed(values: Sequence[Any]) -> str:
    """All values of a closed set, the texts among them bare; of a very long one some, and how many
    there are."""
    texts = [each if isinstance(each, str) else glimpse(each) for each in values]
    if len(texts) <= _MOST_LISTED:
        return ", ".join(texts)
    some = ", ".join(texts[:_SOME])
    return f"{some} and {len(texts) - _SOME} more; the operation's description lists all"


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def _type(value: Any, schema: Schema) -> str:
    wanted = [_KINDS[kind] for kind in types_of(schema)]
    if not wanted:
        return f"cannot be {kind_of(value)}"
    if "a number" in wanted and "a whole number" in wanted:
        wanted.remove("a whole number")
    # A fraction is a number as well, so its kind alone would say nothing.
    found = glimpse(value) if isinstance(value, float) else kind_of(value)
    return f"has to be {_listed(wanted)}, not {found}"


def _enum(value: Any, schema: Schema) -> str:
    allowed = [each for each in schema["enum"] if each is not None]
    texts = [each for each in allowed if isinstance(each, str)]
    meant: list[str] = []
    if isinstance(value, str) and len(value) <= _LONGEST_GUESS:
        meant = closest_words(value, texts)
    hint = f"; did you mean {glimpse(meant[0])}?" if meant else ""
    return f"{glimpse(value)} is not one of {listed(allowed)}{hint}"


def _least(value: Any, schema: Schema) -> str:
    bound = glimpse(schema["minimum"])
    if schema.get("exclusiveMinimum") is True:
        return f"has to be more than {bound}, not {glimpse(value)}"
    return f"has to be at least {bound}, not {glimpse(value)}"


def _most(value: Any, schema: Schema) -> str:
    bound = glimpse(schema["maximum"])
    if schema.get("exclusiveMaximum") is True:
        return f"has to be less than {bound}, not {glimpse(value)}"
    return f"has to be at most {bound}, not {glimpse(value)}"


def _count(one: str, many: str, few: str, much: str) -> tuple[Callable[..., str], ...]:
    def counted(number: int) -> str:
        return f"{number} {one if number == 1 else many}"

    def too_few(value: Any, schema: Schema) -> str:
        return f"has {counted(len(value))}, at least {schema[few]} needed"

    def too_many(value: Any, schema: Schema) -> str:
        return f"has {counted(len(value))}, at most {schema[much]} taken"

    return too_few, too_many


_short, _long = _count("character", "characters", "minLength", "maxLength")
_few, _many = _count("element", "elements", "minItems", "maxItems")
_sparse, _crowded = _count("member", "members", "minProperties", "maxProperties")


def _pattern(value: Any, schema: Schema) -> str:
    return f"{glimpse(value)} does not have the form {schema['pattern']}"


def _format(value: Any, schema: Schema) -> str:
    name = schema["format"]
    return f"{glimpse(value)} is not {_FORMATS.get(name, f'of the format {name}')}"


def _repeated(value: Any, schema: Schema) -> str:
    return "holds the same element twice"


def _additional(value: Any, schema: Schema) -> str:
    known = schema.get("properties", {})
    foreign = [name for name in value if name not in known]
    return f"has members that it does not take: {', '.join(glimpse(name) for name in foreign)}"


_SENTENCES: Mapping[str, Callable[[Any, Schema], str]] = {
    "type": _type,
    "enum": _enum,
    "minimum": _least,
    "exclusiveMinimum": _least,
    "maximum": _most,
    "exclusiveMaximum": _most,
    "minLength": _short,
    "maxLength": _long,
    "minItems": _few,
    "maxItems": _many,
    "minProperties": _sparse,
    "maxProperties": _crowded,
    "pattern": _pattern,
    "format": _format,
    "uniqueItems": _repeated,
    "additionalProperties": _additional,
}

_BOUNDS: Mapping[str, tuple[str, ...]] = {
    name: names
    for names in (
        ("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"),
        ("minLength", "maxLength"),
        ("minItems", "maxItems"),
        ("minProperties", "maxProperties"),
    )
    for name in names
}
"""A keyword that is a bound, and all those of the same measure."""
