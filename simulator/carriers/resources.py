"""What a request is about: the records that it names, as the carrier shows them.

A request that reads, changes or deletes something is about what there is, before the request. One
that makes something is about what its client sent to be made: so a pattern of a reference fits a
shipment from its creation on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import msgspec

from simulator.engine.world import World


class Asked(NamedTuple):
    """What a request names: path parameters, the pairs of the query as the carrier reads them, and
    the decoded body (`ABSENT` without one)."""

    path: Mapping[str, str]
    query: tuple[tuple[str, str], ...]
    body: Any

    def listed(self, name: str, separator: str = ",") -> list[str]:
        """The items of a list in the query, under a name in any letter case."""
        texts = (value for key, value in self.query if key.lower() == name.lower())
        return [item.strip() for text in texts for item in text.split(separator) if item.strip()]

    def sent(self, *names: str) -> Any:
        """What stands in the body under these names, one within the other; None for nothing."""
        found = self.body
        for name in names:
            found = found.get(name) if isinstance(found, dict) else None
        return found


class Shape(NamedTuple):
    """Where the form of a resource is described: in the answer or the body of an operation, under
    these names; ``[]`` stands for the elements of a list."""

    operation: str
    place: tuple[str, ...] = ()
    sent: bool = False


class About(NamedTuple):
    """What requests of an operation are about: `find` gives it, JSON-like, without changing
    anything; the `shapes` describe it."""

    find: Callable[[World, Asked], Iterable[Any]]
    shapes: tuple[Shape, ...]


def shown(world: World, about: About, asked: Asked) -> list[Any]:
    """The resources as plain JSON."""
    return [msgspec.json.decode(msgspec.json.encode(each)) for each in about.find(world, asked)]


def elements(value: Any) -> list[Any]:
    """The elements of a list that was sent; nothing of what is none."""
    return value if isinstance(value, list) else []


def the_body(world: World, asked: Asked) -> list[Any]:
    """What is sent to be made, where that is the whole body."""
    return [asked.body] if isinstance(asked.body, dict) else []
