"""Whether an exchange is what a check is about, in what it is not, and which are nearest to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any, NamedTuple

import msgspec
from msgspec import UNSET

from simulator.core.clock import parse_instant
from simulator.engine.rules.definitions import When, difference, is_about
from simulator.engine.rules.matching import Difference, differences, matches
from simulator.scenarios.verify.evidence import Exchange
from simulator.scenarios.verify.verdicts import Near

MOST_NEAR = 5

_WEIGHTS = {"/carrier": 100, "/operation": 50, "/method": 20, "/between": 5, "/answered": 1}
"""How far a difference takes an exchange away from what was wanted; any other counts 2."""


class Wanted(NamedTuple):
    """Requests of a kind: like `when`, within two instants, answered with a status."""

    when: When
    between: tuple[datetime, datetime] | None
    answered: Any


def wanted(when: When, answered: Any = UNSET) -> Wanted:
    """What a check, or an element of its order, is about."""
    begin, end = when.between or (None, None)
    between = None if begin is None or end is None else (parse_instant(begin), parse_instant(end))
    as_rules_have_it = msgspec.structs.replace(
        when,
        method=when.method and when.method.upper(),
        headers=when.headers and {name.lower(): inner for name, inner in when.headers.items()},
    )
    return Wanted(as_rules_have_it, between, answered)


def is_like(kind: Wanted, exchange: Exchange) -> bool:
    """Whether an exchange is one of the kind."""
    entry = exchange.entry
    return (
        kind.when.operation in (None, entry.operation)
        and kind.when.carrier in (None, entry.carrier)
        and (kind.between is None or kind.between[0] <= entry.at < kind.between[1])
        and (kind.answered is UNSET or matches(kind.answered, entry.status))
        and is_about(kind.when, exchange.facts)
    )


def lacks(kind: Wanted, exchange: Exchange) -> list[Difference]:
    """In what an exchange is not one of the kind; empty when it is."""
    return [*difference(kind.when, exchange.facts), *_outside(kind, exchange)]


def _outside(kind: Wanted, exchange: Exchange) -> Iterator[Difference]:
    if kind.between is not None:
        begin, end = kind.between
        if not begin <= exchange.entry.at < end:
            told = f"from {begin.isoformat()} until {end.isoformat()}"
            yield Difference("/between", told, exchange.entry.at.isoformat())
    if kind.answered is not UNSET:
        yield from differences(kind.answered, exchange.entry.status, "/answered")


def nearest(kind: Wanted, exchanges: Iterable[Exchange]) -> Sequence[Near]:
    """Those of the exchanges that differ least from the kind, the newest of equals first."""
    found = [Near(exchange, lacks(kind, exchange)) for exchange in exchanges]
    found.reverse()
    return sorted(found, key=lambda near: _distance(kind, near))[:MOST_NEAR]


def _distance(kind: Wanted, near: Near) -> float:
    distance: float = sum(_WEIGHTS.get(each.place, 2) for each in near.differences)
    asked = near.exchange.entry.operation
    if kind.when.operation is not None and asked is not None and asked != kind.when.operation:
        distance -= SequenceMatcher(None, kind.when.operation, asked).ratio()
    return distance
