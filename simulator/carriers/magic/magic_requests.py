"""Magic that acts on the very request that brings it: it fails, twice and then no more, or late.

Such a rule is there before the request is judged, and is about all that sends the same text, so
that what is tried again is counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simulator.carriers.carrier import Carrier
from simulator.carriers.magic import directives
from simulator.carriers.magic.directives import OPENING, Found, Misunderstood
from simulator.carriers.magic.magic_rules import Check, add, at, definition, find
from simulator.carriers.magic.values import DOMAIN, Made
from simulator.core.tables import State
from simulator.engine.facts import Facts
from simulator.engine.records import RULES
from simulator.engine.rules.definitions import Respond, RuleDefinition
from simulator.engine.rules.firing import Fired
from simulator.engine.world import World

_OPENING, _DOMAIN = OPENING.encode(), DOMAIN.encode()
_MOST = 20
"""Rules that one request may bring."""


class MagicRequests:
    """The magic in requests to one carrier."""

    def __init__(self, carrier: Carrier, check: Check) -> None:
        self._carrier = carrier
        self._magic = carrier.magic
        self._check = check
        self.quirk = f"{carrier.name}.magic"
        self._making = {name: made for made in self._magic.made for name in made.sent}
        self._places = tuple(dict.fromkeys(value.where for value in self._magic.values))

    def may_act(self, operation: str, raw: bytes, query: bytes) -> bool:
        """Whether a request may hold magic, quickly told from its bytes."""
        if operation in self._making and (_OPENING in raw or _DOMAIN in raw):
            return True
        if operation in self._magic.answered:
            for mark in self._magic.marks:
                if mark in raw or mark in query:
                    return True
        return False

    def wanted(self, state: State, facts: Facts) -> list[Mapping[str, Any]]:
        """The rules that a request brings and that are not there yet."""
        made = self._making.get(facts.operation or "")
        if made is None:
            return []
        body = self._carrier.normalise_body(facts.body, facts.operation or "")
        rules: list[Mapping[str, Any]] = []
        for rule in self._rules(made, body, facts.operation or ""):
            if len(rules) < _MOST and rule not in rules and find(state[RULES], rule) is None:
                rules.append(rule)
        return rules

    def add(self, rules: list[Mapping[str, Any]], world: World) -> None:
        """Put these rules behind the others, as long as there is place."""
        try:
            for rule in rules:
                add(world[RULES], world, rule)
        except Misunderstood:
            return  # told once the thing is made

    def _rules(self, made: Made[Any], body: Any, operation: str) -> Iterator[dict[str, Any]]:
        for element in _elements(body, made.sent[operation]):
            places = dict.fromkeys((*made.texts, *self._places))
            written = [(place, at(element, place)) for place in places]
            for found in directives.found(made, self._magic.values, written):
                pattern = _pattern(element, {found.where, made.texts[0]})
                about = {"operation": operation, "resource": pattern}
                yield from self._of(made, found, about)

    def _of(
        self, made: Made[Any], found: Found, about: Mapping[str, Any]
    ) -> Iterator[dict[str, Any]]:
        for directive in found.directives:
            try:
                means = directives.meaning(made, directive)
            except Misunderstood:
                continue  # told once the thing is made
            if means.kind == "create":
                rule = definition(means, found, about)
                if not [*self._check(rule)]:
                    yield rule

    def instead(self, world: World, facts: Facts) -> Fired | None:
        """What a value lets the request be answered with in the carrier's place."""
        if self._magic.instead is None or facts.operation not in self._magic.answered:
            return None
        found = self._magic.instead(world, facts)
        if found is None:
            return None
        told = RuleDefinition(respond=Respond(status=found.answer.status), name=found.value)
        return Fired(0, told, 1, answer=found.answer)


def _elements(body: Any, places: tuple[tuple[str, ...], ...]) -> Iterator[Any]:
    """What a body has at these places: things that are to be made, or lists of them."""
    for place in places:
        here = body
        for name in place:
            here = here.get(name) if isinstance(here, dict) else None
        yield from here if isinstance(here, list) else [here]


def _pattern(element: Any, places: set[str]) -> dict[str, Any]:
    """The pattern of what has the same texts at these places."""
    pattern: dict[str, Any] = {}
    for place in sorted(places):
        text = at(element, place)
        if not isinstance(text, str):
            continue
        *way, last = place.split(".")
        inner = pattern
        for name in way:
            inner = inner.setdefault(name, {})
        inner[last] = text
    return pattern
