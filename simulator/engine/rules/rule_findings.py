"""Rules that can never act: what is told of a workspace's rules beside what each of them is.

Only what is certain is told: a rule that is said to be shadowed is one that no request reaches.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec
from msgspec import UNSET

from simulator.engine.rules.definitions import Compiled, RuleDefinition, When, subject
from simulator.engine.rules.matching import is_condition, matches

_UNLIMITED: Final = (
    "connection_reset",
    "empty_response",
    "truncated_body",
    "malformed_json",
    "wrong_length",
    "slow_body",
    "timeout",
    "status",
    "drop_webhook",
    "duplicate_webhook",
    "delay_webhook",
)
"""Faults that happen to each request or webhook; those of other kinds let some pass."""
_PATTERNS: Final = ("path", "query", "headers", "body", "caller", "url", "resource", "event")
_NOUNS: Final = {"requests": "request", "steps": "step", "webhooks": "webhook"}

_ANYTHING: Final = {"$any": True}
_PRESENT: Final = ("$type", "$regex", "$gt", "$lt", "$contains")
"""Conditions that nothing absent meets."""


def findings(rules: Sequence[Compiled]) -> dict[int, list[str]]:
    """What is to be told of rules in the order in which they are asked, by their ids."""
    told: dict[int, list[str]] = {}
    before: dict[str, _Takers] = {}
    for rule in rules:
        definition = rule.definition
        takers = before.setdefault(_taken(definition), _Takers())
        found = list(_of_itself(definition.when))
        taker = takers.first(definition.when)
        if taker is not None:
            found.append(
                f"rule {taker.id}{_named(taker)} takes every {_NOUNS[subject(definition)]} that "
                "this one is about, and is asked first: this one never acts"
            )
        if found:
            told[rule.id] = found
        if taker is None and acts_always(definition):
            takers.add(rule)
    return told


_Word = tuple[str, ...]


class _Takers:
    """Rules that act on all that they are about, in their order.

    Each is kept by one of its words, which a rule has to have as well to be covered by it: so few
    are held against another one, however many there are.
    """

    def __init__(self) -> None:
        self._by_word: dict[_Word | None, list[tuple[int, Compiled]]] = {}
        self._count = 0

    def add(self, rule: Compiled) -> None:
        """Add one behind the others."""
        self._count += 1
        # The last ones are those of patterns, which have more values than there are operations.
        word = ([None, *_words(rule.definition.when)])[-1]
        self._by_word.setdefault(word, []).append((self._count, rule))

    def first(self, when: When) -> Compiled | None:
        """The first one that covers what another rule is about."""
        known = self._by_word
        words = {None, *_words(when)}
        near = sorted(numbered for word in words for numbered in known.get(word, ()))
        return next((rule for _, rule in near if covers(rule.definition.when, when)), None)


def _words(when: When) -> Iterator[_Word]:
    """The plain texts of which every request has each one that the rule is about, and their
    places."""
    carrier = _carrier(when)
    for name, text in (
        ("carrier", carrier),
        ("method", when.method),
        ("operation", when.operation),
    ):
        if text is not None:
            yield name, text.upper() if name == "method" else text
    for name in _PATTERNS:
        yield from _texts(_lowered(getattr(when, name), name), (name,))


def _texts(pattern: Any, place: _Word) -> Iterator[_Word]:
    if isinstance(pattern, str):
        yield *place, pattern
    elif isinstance(pattern, dict) and not is_condition(pattern):
        for name, inner in pattern.items():
            yield from _texts(inner, (*place, name))


def _carrier(when: When) -> str | None:
    if when.carrier is None and when.operation is not None:
        return when.operation.partition(".")[0]
    return when.carrier


def _taken(definition: RuleDefinition) -> str:
    """What rules have to be about for one to take it from another: a step, or a kind of things."""
    return subject(definition) if definition.hold is None else definition.hold.step


def acts_always(definition: RuleDefinition) -> bool:
    """Whether a rule acts on each request that it is about."""
    when = definition.when
    limits = (definition.times, when.nth, when.between)
    if any(limit is not None for limit in limits) or when.every not in (None, 1):
        return False
    if when.probability is not None and when.probability < 1:
        return False
    return _takes_each(definition)


def covers(wide: When, narrow: When) -> bool:
    """Whether each request that `narrow` is about is certainly one that `wide` is about."""
    return (
        wide.carrier in (None, _carrier(narrow))
        and wide.operation in (None, narrow.operation)
        and (wide.method is None or wide.method.upper() == (narrow.method or "").upper())
        and all(
            _part_covers(_lowered(getattr(wide, name), name), _lowered(getattr(narrow, name), name))
            for name in _PATTERNS
        )
    )


def implies(narrow: Any, wide: Any) -> bool:
    """Whether whatever matches the pattern `narrow` certainly matches `wide`; false when in
    doubt."""
    if _same(narrow, wide):
        return True
    if is_condition(wide):
        if wide == _ANYTHING:
            return _wants_something(narrow)
        # Texts, true, false and null match nothing but themselves.
        return (narrow is None or isinstance(narrow, str | bool)) and matches(wide, narrow)
    if is_condition(narrow):
        return False
    if isinstance(wide, dict) and isinstance(narrow, dict):
        return all(name in narrow and implies(narrow[name], wide[name]) for name in wide)
    if isinstance(wide, list) and isinstance(narrow, list):
        return len(wide) <= len(narrow) and all(map(implies, narrow, wide))
    return False


def _takes_each(definition: RuleDefinition) -> bool:
    """Whether what a rule does lets nothing pass to the next one."""
    if definition.hold is not None:
        return definition.hold.first is None
    fault = definition.fault
    return fault is None or fault.kind in _UNLIMITED


def _of_itself(when: When) -> Iterable[str]:
    if when.probability == 0:
        yield "its probability is 0: it never acts"
    if when.nth is not None and when.every is not None and when.nth % when.every:
        yield f"the {when.nth}th request is none of each {when.every}th: it never acts"


def _named(rule: Compiled) -> str:
    return "" if rule.definition.name is None else f" ({rule.definition.name})"


def _lowered(pattern: Any, name: str) -> Any:
    if name != "headers" or not isinstance(pattern, Mapping):
        return pattern
    return {header.lower(): inner for header, inner in pattern.items()}


def _part_covers(wide: Any, narrow: Any) -> bool:
    if wide is None or wide is UNSET:
        return True
    return narrow is not None and narrow is not UNSET and implies(narrow, wide)


def _same(one: Any, other: Any) -> bool:
    """Whether two patterns are written alike; true is not 1."""
    encode = msgspec.json.encode
    return encode(one, order="deterministic") == encode(other, order="deterministic")


def _wants_something(pattern: Any) -> bool:
    """Whether nothing that is absent matches."""
    if not is_condition(pattern):
        return True
    return (
        pattern.get("$any") is True
        or pattern.get("$absent") is False
        or any(name in pattern for name in _PRESENT)
    )
