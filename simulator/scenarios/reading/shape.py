"""Whether data has the shape of a struct: everything that is not so, with its place.

msgspec stops at the first thing that is wrong; whoever writes a file wants to know all of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

import msgspec
from msgspec import inspect

from simulator.core.faults import closest_words
from simulator.scenarios.reading.positions import Path

MOST = 300
"""Faults that are looked for: whoever has more has another kind of file."""


class Fault(NamedTuple):
    """One thing that is wrong: where, what, and whether the key is meant and not its value.

    `missing`: the object there lacks something; what it has may be right.
    """

    path: Path
    message: str
    of_key: bool = False
    missing: bool = False


def faults(value: Any, wanted: Any, path: Path = ()) -> list[Fault]:
    """What keeps `value` from being converted to the type `wanted`: the first `MOST` of it."""
    return list(islice(_faults(value, _info(wanted), path), MOST))


def hint(word: str, known: Sequence[str]) -> str:
    """`` Did you mean "x"?`` for the closest known word; all of them where they are few.

    Of names with dots those of the same beginning are looked at first: ``inpost.top_op``.
    """
    head = word.rpartition(".")[0].lower() + "."
    akin = [each for each in known if head != "." and each.lower().startswith(head)]
    for words, start in ((akin, len(head)), (known, 0)):
        by_lower = {each.lower()[start:]: each for each in words}
        close = closest_words(word.lower()[start:], by_lower, 1, 0.6 if akin else 0.7)
        if close:
            return f' Did you mean "{by_lower[close[0]]}"?'
        if akin:
            break
    few = akin or known
    return f" There are {', '.join(few)}." if few and len(few) <= 12 else ""


def words(wanted: Any) -> str:
    """What a value of a type is, in words: ``a whole number or a text``."""
    return _words(inspect.type_info(wanted))


def without(value: Any, wrong: Sequence[Path]) -> Any:
    """A copy that lacks the members at the places that are wrong; lists stay as long as they are.

    Elements of lists cannot be left out: None where one is wrong.
    """
    if () in wrong:
        return None
    if isinstance(value, dict):
        return {
            name: without(inner, _below(wrong, name))
            for name, inner in value.items()
            if (name,) not in wrong
        }
    if isinstance(value, list):
        return [without(inner, _below(wrong, place)) for place, inner in enumerate(value)]
    return value


def _below(wrong: Sequence[Path], step: str | int) -> list[Path]:
    return [path[1:] for path in wrong if path[:1] == (step,)]


def kind(value: Any) -> str:
    """What a JSON value is, in a word or two."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{value}"' if len(value) <= 40 else f'"{value[:37]}..."'
    if isinstance(value, int | float):
        return str(value)[:40]
    return "a list" if isinstance(value, list) else "an object"


@lru_cache(maxsize=512)
def _info(wanted: Any) -> inspect.Type:
    return inspect.type_info(wanted)


def _faults(value: Any, wanted: inspect.Type, path: Path) -> Iterator[Fault]:
    match wanted:
        case inspect.Metadata(type=inner):
            yield from _faults(value, inner, path)
        case inspect.UnionType(types=types):
            yield from _of_union(value, types, path)
        case inspect.StructType():
            yield from _of_struct(value, wanted, path)
        case _ if not _takes(wanted, value):
            yield Fault(
                path, f"has to be {_words(wanted)}, not {kind(value)}{_meant(wanted, value)}"
            )
        case inspect.DictType(value_type=inner) if isinstance(value, dict):
            for name, item in value.items():
                yield from _faults(item, inner, (*path, name))
        case inspect.ListType(item_type=inner) if isinstance(value, list):
            for place, item in enumerate(value):
                yield from _faults(item, inner, (*path, place))
        case inspect.TupleType(item_types=inners) if isinstance(value, list):
            for place, (item, inner) in enumerate(zip(value, inners, strict=True)):
                yield from _faults(item, inner, (*path, place))
        case inspect.StrType(min_length=least) if least and len(value) < least:
            yield Fault(path, "is empty")
        case _:
            return


def _of_union(value: Any, types: Sequence[inspect.Type], path: Path) -> Iterator[Fault]:
    for each in types:
        if _takes(each, value):
            yield from _faults(value, each, path)
            return
    words = [_words(each) for each in types if not isinstance(each, inspect.NoneType)]
    meant = "".join(_meant(each, value) for each in types)
    yield Fault(path, f"has to be {' or '.join(dict.fromkeys(words))}, not {kind(value)}{meant}")


def _of_struct(value: Any, wanted: inspect.StructType, path: Path) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield Fault(path, f"has to be an object, not {kind(value)}")
        return
    fields = {field.encode_name: field for field in wanted.fields}
    for name, inner in value.items():
        if name in fields:
            yield from _faults(inner, fields[name].type, (*path, name))
        else:
            message = f'"{name}" is not a key here.{hint(name, list(fields))}'
            yield Fault((*path, name), message, of_key=True)
    for name, field in fields.items():
        if field.required and name not in value:
            yield Fault(path, f'"{name}" is missing', missing=True)


def _takes(wanted: inspect.Type, value: Any) -> bool:
    """Whether a value is of the kind that a type is for, whatever may be wrong within it."""
    match wanted:
        case inspect.Metadata(type=inner):
            return _takes(inner, value)
        case inspect.UnionType(types=types):
            return any(_takes(each, value) for each in types)
        case inspect.AnyType():
            return True
        case inspect.NoneType():
            return value is None
        case inspect.BoolType():
            return isinstance(value, bool)
        case inspect.IntType():
            return type(value) is int
        case inspect.FloatType():
            return type(value) in (int, float)
        case inspect.LiteralType(values=values):
            return any(type(value) is type(each) and value == each for each in values)
        case inspect.StrType():
            return isinstance(value, str)
        case inspect.StructType() | inspect.DictType():
            return isinstance(value, dict)
        case inspect.TupleType(item_types=inners):
            return isinstance(value, list) and len(value) == len(inners)
        case inspect.ListType():
            return isinstance(value, list)
        case _:
            return False


def _words(wanted: inspect.Type) -> str:
    match wanted:
        case inspect.Metadata(type=inner):
            return _words(inner)
        case inspect.UnionType(types=types):
            return " or ".join(_words(each) for each in types)
        case inspect.BoolType():
            return "true or false"
        case inspect.IntType():
            return "a whole number"
        case inspect.FloatType() | inspect.DecimalType():
            return "a number"
        case inspect.LiteralType(values=values):
            shown = [msgspec.json.encode(each).decode().strip('"') for each in values]
            return shown[0] if len(shown) == 1 else f"one of {', '.join(shown)}"
        case inspect.StrType():
            return "a text"
        case inspect.TupleType(item_types=inners):
            return f"a list of {len(inners)}"
        case inspect.ListType():
            return "a list"
        case _:
            return "an object"


def _meant(wanted: inspect.Type, value: Any) -> str:
    if isinstance(wanted, inspect.LiteralType) and isinstance(value, str):
        close = closest_words(value, [str(each) for each in wanted.values])
        return f'. Did you mean "{close[0]}"?' if close else ""
    return ""
