"""What magic makes of an order: rules about it alone, and the journey that it goes on.

Whatever way something was made, the event that tells so is told here, within the same transaction;
so that what comes of it lives in the workspace's records from the first instant on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

import msgspec

from simulator.carriers.carrier import BadAction, Carrier
from simulator.carriers.magic import directives
from simulator.carriers.magic.directives import Found, Meaning, Misunderstood
from simulator.carriers.magic.values import Announced, Made, MagicValue
from simulator.core.tables import State, Table
from simulator.engine.facts import Facts
from simulator.engine.records import RULES, Job, Rule
from simulator.engine.rules import definitions
from simulator.engine.rules.definitions import RuleDefinition
from simulator.engine.world import World

Check = Callable[[Mapping[str, Any]], Iterable[str]]
"""Everything that is wrong with a rule, as sentences."""

MOST_RULES = 1000
"""Rules of a workspace beyond which magic makes no more."""

_MOST_TOLD = 20
_Told = Callable[[World, Mapping[str, Any]], None]


class MagicRules:
    """The observer that lets magic in the texts of what is made have its effect."""

    def __init__(self, carriers: Iterable[Carrier], check: Check) -> None:
        self._check = check
        self._told: dict[str, list[_Told]] = {}
        for carrier in carriers:
            quirk, magic = f"{carrier.name}.magic", carrier.magic
            for made in magic.made:
                self._when(made.event, partial(self._made, quirk, magic.values, made))
                if made.ready is not None:
                    self._when(made.ready[0], partial(self._ready, quirk, magic.values, made))
            for announced in magic.announced:
                self._when(announced.event, partial(self._announced, quirk, announced))

    def _when(self, event: str, act: _Told) -> None:
        self._told.setdefault(event, []).append(act)

    def happened(self, world: World) -> None:
        """Follow what stands in the texts of what was made, and what is ready to go."""
        for name, payload in tuple(world.emitted):
            for act in self._told.get(name, ()):
                act(world, payload)

    def listens(self, state: State, operation: str) -> bool:
        """Requests are of no matter here."""
        return False

    def answered(self, world: World, facts: Facts, status: int, answer: object) -> None:
        """Nothing comes of an answer."""

    def failed(self, world: World, job: Job, error: Exception) -> None:
        """Nothing comes of a job."""

    # What was made

    def _made(
        self,
        quirk: str,
        values: tuple[MagicValue, ...],
        made: Made[Any],
        world: World,
        payload: Mapping[str, Any],
    ) -> None:
        record = world[made.table].get(payload[made.key])
        written = _magic(record, made)
        if not written or not world.quirk(quirk):
            return
        _tell_unread(world, made, written)
        for found in directives.found(made, values, written):
            for directive in found.directives:
                try:
                    self._follow(world, made, record, found, directive)
                except Misunderstood as error:
                    _tell_misunderstood(world, found, error)

    def _follow(
        self, world: World, made: Made[Any], record: Any, found: Found, directive: str
    ) -> None:
        means = directives.meaning(made, directive)
        if means.kind == "deed":
            made.deeds[means.word](world, record)
            world.note(f"{_said(found)} made it {means.word}")
        elif means.kind == "journey":
            hindrance = made.hindrance(record, means.word)
            several = len(found.directives) > 1
            if hindrance is None:
                world.note(f"{_said(found)}: its journey {means.word} begins once it is on its way")
            elif not several:
                raise Misunderstood(hindrance)
        else:
            rule = definition(means, found, {"resource": made.pattern(record)})
            self._judge(rule)
            if means.kind == "rule":
                known = add(world[RULES], world, rule)
                world.note(f"{_said(found)} made rule {known.id}")

    def _judge(self, rule: Mapping[str, Any]) -> None:
        """Raises `Misunderstood` for a rule that cannot be."""
        wrong = [*self._check(rule)]
        if wrong:
            raise Misunderstood("; ".join(wrong))

    def _announced(
        self, quirk: str, announced: Announced, world: World, payload: Mapping[str, Any]
    ) -> None:
        """Tell what cannot be understood in what is made later."""
        made = announced.made
        record = world[announced.table][payload[announced.key]]
        for element in announced.sent(record):
            written = [(place, at(element, place)) for place in made.texts]
            written = [each for each in written if directives.may_hold(each[1])]
            if not written or not world.quirk(quirk):
                continue
            _tell_unread(world, made, written)
            for found in directives.found(made, (), written):
                try:
                    means = directives.meaning(made, found.directives[0])
                    if means.kind in ("rule", "create"):
                        self._judge(definition(means, found, {}))
                except Misunderstood as error:
                    _tell_misunderstood(world, found, error)

    # What goes on its way

    def _ready(
        self,
        quirk: str,
        values: tuple[MagicValue, ...],
        made: Made[Any],
        world: World,
        payload: Mapping[str, Any],
    ) -> None:
        assert made.ready is not None
        statuses = made.ready[1]
        if statuses and payload.get("status") not in statuses:
            return
        record: Any = world[made.table].get(payload[made.key])
        written = _magic(record, made)
        if not written:
            return
        if record.journey not in made.idle or not world.quirk(quirk):
            return
        for journey in _journeys(made, values, written):
            try:
                made.start(world, record, journey)
            except BadAction:
                continue  # another one may suit it
            return


def _magic(record: Any, made: Made[Any]) -> list[tuple[str, Any]]:
    """The texts of a record that may hold magic."""
    if record is None:
        return []
    return [each for each in made.written(record) if directives.may_hold(each[1])]


def _journeys(
    made: Made[Any], values: tuple[MagicValue, ...], written: list[tuple[str, Any]]
) -> Iterator[str]:
    for found in directives.found(made, values, written):
        for directive in found.directives:
            if directive in made.journeys:
                yield directive


def _said(found: Found) -> str:
    kind = "The directive" if found.text.startswith(directives.OPENING) else "The magic value"
    return f"{kind} {found.text:.120} in {found.where}"


def _tell(world: World, text: str) -> None:
    if len(world.notes) < _MOST_TOLD and text not in world.notes:
        world.note(text)


def _tell_misunderstood(world: World, found: Found, error: Misunderstood) -> None:
    _tell(world, f"{_said(found)} is not understood: {str(error).rstrip('.')}")


def _tell_unread(world: World, made: Made[Any], written: Iterable[tuple[str, Any]]) -> None:
    """Tell of texts that hold what looks like a directive and none, or too many of them."""
    for where, text in written:
        if where not in made.texts or directives.OPENING not in text:
            continue
        several = len(directives.written_in(text))
        if several == 0:
            _tell(world, f"{where} has [[ without ]] behind it: no directive was read in it")
        elif several == directives.MOST:
            _tell(world, f"Only the first {directives.MOST} directives of {where} were read")


def definition(means: Meaning, found: Found, about: Mapping[str, Any]) -> dict[str, Any]:
    """The rule of a directive, about this and what the directive itself says."""
    when = {**means.when, **about, **means.rule.get("when", {})}
    return {**means.rule, "when": when, "name": found.name}


def add(known: Table[Rule], world: World, rule: Mapping[str, Any]) -> Rule:
    """The rule of magic, put behind the others if it is new.

    Raises `Misunderstood` when there are too many rules.
    """
    same = find(known, rule)
    if same is not None:
        return same
    if len(known) >= MOST_RULES:
        raise Misunderstood(f"the workspace has {len(known)} rules already; DELETE some")
    [added] = definitions.add_all(world, [msgspec.convert(rule, RuleDefinition)])
    return added


def find(known: Iterable[Rule], rule: Mapping[str, Any]) -> Rule | None:
    """The rule that is there already."""
    wanted = msgspec.to_builtins(msgspec.convert(rule, RuleDefinition))
    return next((each for each in known if each.definition == wanted), None)


def at(element: Any, place: str) -> Any:
    """What stands at a place such as ``receiver.email``; None for nothing."""
    for name in place.split("."):
        element = element.get(name) if isinstance(element, dict) else None
    return element
