"""What a carrier was asked to bring somewhere, told alike for every carrier.

It comes from the records, since they alone know what was done: an answer may have been lost on its
way to the client.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec


class Cost(NamedTuple):
    """Money that somebody was charged, in hundredths of the currency."""

    cents: int
    currency: str


class Made(NamedTuple):
    """The event that tells of the request which made something: its name, and one of its
    members with a value that no other such event has."""

    event: str
    member: str
    value: Any


class Shipped(NamedTuple):
    """A shipment or parcel that stands, neither cancelled nor deleted.

    `noun` is what the carrier calls it, `account` whose it is, such as ``organization 4``.
    `reference` is the one that the client gave, None without; `content` is everything that the
    client decides of it, equal for equal things. A return has the reference of what it brings back:
    things of another `kind` are no duplicates. `cost` is None while nothing was charged.
    """

    noun: str
    id: int
    account: str
    kind: str
    reference: str | None
    content: bytes
    made: Made
    cost: Cost | None = None


def canonical(value: Any, without: Iterable[str] = ()) -> bytes:
    """The JSON of a value in one form for equal ones, without members of these names anywhere."""
    names = frozenset(without)
    plain = _without(msgspec.to_builtins(value), names) if names else value
    return msgspec.json.encode(plain, order="deterministic")


def _without(value: Any, names: frozenset[str]) -> Any:
    if isinstance(value, dict):
        return {key: _without(inner, names) for key, inner in value.items() if key not in names}
    if isinstance(value, list | tuple):
        return [_without(inner, names) for inner in value]
    return value
