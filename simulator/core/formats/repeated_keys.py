"""Keys that stand more than once in an object of a JSON text: only the last one would count."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any


class _Members(list[tuple[str, Any]]):
    """An object with all that it holds."""


def places(body: bytes) -> list[str]:
    """The paths of repeated keys (``clock.mode``, ``checks.0.count``); none in what is no JSON."""
    try:
        document = json.loads(body, object_pairs_hook=_Members, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        return []
    return list(_found(document, ()))


def _found(value: Any, place: tuple[str, ...]) -> Iterator[str]:
    if isinstance(value, _Members):
        counted = Counter(name for name, _ in value)
        yield from (".".join((*place, name)) for name, times in counted.items() if times > 1)
        for name, inner in value:
            yield from _found(inner, (*place, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _found(inner, (*place, str(number)))
