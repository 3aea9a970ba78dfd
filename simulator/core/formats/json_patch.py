"""JSON Patch (RFC 6902): a list of small changes of a JSON document, all of them or none.

Places are JSON Pointers (RFC 6901): ``/parcels/0/status``; ``-`` stands behind the last element of
a list, ``~1`` for a slash in a name and ``~0`` for a tilde.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any, Final, NamedTuple

from simulator.core.faults import shown

OPERATIONS: Final = ("add", "remove", "replace", "move", "copy", "test")

_WITH_VALUE = ("add", "replace", "test")
_WITH_FROM = ("move", "copy")
_INDEX = re.compile(r"0|[1-9][0-9]{0,17}")
_LONE_TILDE = re.compile(r"~(?![01])")


class DoesNotApply(ValueError):
    """A patch that cannot be applied to this document; the message says which step and why."""


class PatchFault(NamedTuple):
    """What is wrong with a patch itself: the number of the step, None for all of it, and what."""

    step: int | None
    message: str


class _Missing(ValueError):
    """A place that the document does not have."""


def faults(patch: Any) -> list[PatchFault]:
    """What is wrong with a patch, whatever it may be applied to."""
    if not isinstance(patch, list) or not patch:
        return [PatchFault(None, "is a list of steps such as {op, path, value}")]
    return [PatchFault(number, text) for number, step in enumerate(patch) for text in _bad(step)]


def applied(document: Any, patch: Sequence[Mapping[str, Any]]) -> Any:
    """The document as a patch without `faults` changes it; what was given stays as it is.

    Raises `DoesNotApply` when one of the steps does not.
    """
    changed = deepcopy(document)
    for number, step in enumerate(patch):
        try:
            changed = _APPLY[step["op"]](changed, step)
        except _Missing as error:
            place = f"step {number} ({step['op']} {step['path'] or 'the whole'})"
            raise DoesNotApply(f"{place}: {error}") from None
    return changed


def _bad(step: Any) -> Iterator[str]:
    if not isinstance(step, dict):
        yield "is an object with op and path"
        return
    op = step.get("op")
    if op not in OPERATIONS:
        yield f"op is one of {', '.join(OPERATIONS)}"
        return
    needed = ("op", "path", *(("value",) if op in _WITH_VALUE else ()))
    needed += ("from",) if op in _WITH_FROM else ()
    for name in needed:
        if name not in step:
            yield f"{name} is missing, {op} takes it"
    for name in step:
        if name not in needed:
            yield f"{name} means nothing to {op}"
    for name in ("path", "from"):
        if name in needed and name in step:
            yield from (f"{name} {text}" for text in _bad_pointer(step[name]))
    if op == "move" and str(step.get("path")).startswith(f"{step.get('from')}/"):
        yield "a value cannot be moved into itself"


def _bad_pointer(pointer: Any) -> Iterator[str]:
    if not isinstance(pointer, str) or (pointer and not pointer.startswith("/")):
        yield "is a JSON Pointer such as /status or /parcels/0"
    elif _LONE_TILDE.search(pointer):
        yield "has a tilde that is neither ~0 nor ~1"


def _parts(pointer: str) -> list[str]:
    return [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]


def _inner(holder: Any, part: str) -> Any:
    """What `holder` has under a part of a pointer."""
    if isinstance(holder, dict) and part in holder:
        return holder[part]
    if isinstance(holder, list):
        return holder[_place(holder, part, len(holder) - 1)]
    raise _Missing(f"there is no {part!r}")


def _place(elements: Sequence[Any], part: str, last: int) -> int:
    if _INDEX.fullmatch(part) is None or int(part) > last:
        raise _Missing(f"the list has {len(elements)} elements, none at {part!r}")
    return int(part)


def _find(document: Any, pointer: str) -> Any:
    for part in _parts(pointer):
        document = _inner(document, part)
    return document


def _holder(document: Any, pointer: str) -> tuple[Any, str]:
    *outer, name = _parts(pointer)
    for part in outer:
        document = _inner(document, part)
    return document, name


def _put(document: Any, pointer: str, value: Any) -> Any:
    if not pointer:
        return value
    holder, name = _holder(document, pointer)
    if isinstance(holder, list):
        holder.insert(len(holder) if name == "-" else _place(holder, name, len(holder)), value)
    elif isinstance(holder, dict):
        holder[name] = value
    else:
        raise _Missing(f"nothing can be put at {name!r} of what is no object and no list")
    return document


def _taken(document: Any, pointer: str) -> Any:
    """The document without what is at the pointer."""
    if not pointer:
        return None
    holder, name = _holder(document, pointer)
    _inner(holder, name)
    del holder[name if isinstance(holder, dict) else int(name)]
    return document


def _add(document: Any, step: Mapping[str, Any]) -> Any:
    return _put(document, step["path"], deepcopy(step["value"]))


def _remove(document: Any, step: Mapping[str, Any]) -> Any:
    return _taken(document, step["path"])


def _replace(document: Any, step: Mapping[str, Any]) -> Any:
    path = step["path"]
    _find(document, path)
    return _put(_taken(document, path) if path else document, path, deepcopy(step["value"]))


def _move(document: Any, step: Mapping[str, Any]) -> Any:
    value = _find(document, step["from"])
    if step["from"] == step["path"]:
        return document
    return _put(_taken(document, step["from"]), step["path"], value)


def _copy(document: Any, step: Mapping[str, Any]) -> Any:
    return _put(document, step["path"], deepcopy(_find(document, step["from"])))


def _test(document: Any, step: Mapping[str, Any]) -> Any:
    found = _find(document, step["path"])
    if not same(found, step["value"]):
        raise _Missing(f"found {shown(found, 60)}, not {shown(step['value'], 60)}")
    return document


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values are equal: true is not 1, but 1 is 1.0."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


_APPLY: Mapping[str, Callable[[Any, Mapping[str, Any]], Any]] = {
    "add": _add,
    "remove": _remove,
    "replace": _replace,
    "move": _move,
    "copy": _copy,
    "test": _test,
}
