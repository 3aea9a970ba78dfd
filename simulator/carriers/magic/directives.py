"""Directives: what a text of an order may ask for, in double brackets.

| directive | means |
| --- | --- |
| ``[[locker_not_collected]]`` | the journey of that name, once the order is on its way |
| ``[[label: 404 x2]]`` | requests of that kind fail (`simulator.engine.rules.rule_words`) |
| ``[[create: 503 x2]]`` | so does the request that sends this text |
| ``[[purchase: stuck]]`` | a step never comes |
| ``[[offers: late 10m]]`` | it comes so much later |
| ``[[purchase: fail]]``, ``[[purchase: fail 10m]]`` | it fails, in its time or so much later |
| ``[[label: first 2]]`` | so many requests for what is asked for come too early |
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, Literal, NamedTuple

from simulator.carriers.magic.values import DOMAIN, Made, MagicValue
from simulator.core.faults import did_you_mean
from simulator.engine.rules import rule_words

OPENING: Final = "[["
CREATE: Final = "create"
"""The word for the request that makes something."""

MOST: Final = 20
"""Directives of one text that are read."""

_LONGEST = 200
_DIRECTIVE = re.compile(r"\[\[([^\[\]]*)\]\]")
_TEXTS_READ = 10_000
_STEP_WORDS = ("stuck", "late", "fail", "first")
_TAKES = "stuck, late 10m, fail, fail 10m or first 2"


class Meaning(NamedTuple):
    """What a directive means: a `journey`, a `deed`, or a rule, which is `create`'s or of later
    requests and steps; `rule` is one without what it is about."""

    kind: Literal["journey", "deed", "create", "rule"]
    word: str
    rule: Mapping[str, Any] = {}
    when: Mapping[str, Any] = {}


class Found(NamedTuple):
    """Something magic in a text: where it stands, how it is written, and the directives that it
    stands for."""

    where: str
    text: str
    directives: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name of the rules that come of it."""
        return f"magic: {self.text}"


class Misunderstood(ValueError):
    """A directive that means nothing; the message says why and what may be meant."""


def may_hold(text: Any) -> bool:
    """Whether a text may hold magic, quickly told."""
    return isinstance(text, str) and (OPENING in text or text.endswith(DOMAIN))


def found(
    made: Made[Any], values: Iterable[MagicValue], written: Iterable[tuple[str, Any]]
) -> Iterator[Found]:
    """The magic in texts, by their places."""
    for where, text in written:
        if not may_hold(text):
            continue
        for value in values:
            if value.where == where and value.value == text and value.effect:
                yield Found(where, value.value, value.effect)
        if where in made.texts:
            for directive in written_in(text):
                yield Found(where, f"[[{directive}]]", (directive,))


def written_in(text: str) -> list[str]:
    """The directives of a text, in their order; at most `MOST` of them."""
    several = _DIRECTIVE.finditer(text[:_TEXTS_READ])
    return [inner[1].strip() for inner, _ in zip(several, range(MOST), strict=False)]


def meaning(made: Made[Any], directive: str) -> Meaning:
    """What a directive means for something that is made. Raises `Misunderstood`."""
    if len(directive) > _LONGEST:
        raise Misunderstood(f"it is longer than {_LONGEST} characters")
    name, colon, words = (part.strip() for part in directive.partition(":"))
    if not colon:
        return _named(made, name)
    word = name.lower()
    several = words.split()
    if word in made.steps and several and several[0].lower() in _STEP_WORDS:
        return Meaning("rule", word, {"hold": _hold(made.steps[word], several)})
    if word != CREATE and word not in made.requests:
        raise Misunderstood(_unknown(made, word))
    try:
        rule = rule_words.effect(words)
    except rule_words.BadWords as error:
        step = f"; as a step it takes {_TAKES}" if word in made.steps else ""
        raise Misunderstood(f"{error}{step}") from None
    if word == CREATE:
        return Meaning("create", word, rule)
    return Meaning("rule", word, rule, made.requests[word])


def _named(made: Made[Any], name: str) -> Meaning:
    if name in made.journeys:
        return Meaning("journey", name)
    if name in made.deeds:
        return Meaning("deed", name)
    if not name:
        raise Misunderstood("it is empty")
    known = [*made.journeys, *made.deeds]
    words = [CREATE, *made.requests, *made.steps]
    if name.lower() in words:
        raise Misunderstood(f"say what becomes of {name.lower()}, such as [[{name.lower()}: 503]]")
    hint = did_you_mean(name, known) or f" There are {', '.join(known) or 'none'}."
    raise Misunderstood(f"there is no journey {name!r:.60}.{hint}")


def _hold(step: str, words: list[str]) -> dict[str, Any]:
    """The hold that words ask for, whose durations are still to be judged."""
    hold: dict[str, Any] = {"step": step}
    match [word.lower() for word in words]:
        case ["stuck"]:
            pass
        case ["late", by]:
            hold["for"] = by
        case ["fail"]:
            hold.update({"for": "0s", "then": "fail"})
        case ["fail", by]:
            hold.update({"for": by, "then": "fail"})
        case ["first", count] if count.isascii() and count.isdigit() and len(count) < 10:
            hold["first"] = int(count)
        case _:
            raise Misunderstood(f"{' '.join(words)!r:.60} is none of {_TAKES}")
    return hold


def _unknown(made: Made[Any], word: str) -> str:
    known = [CREATE, *dict.fromkeys((*made.requests, *made.steps))]
    if word in made.steps:
        return f"{word} is a step, which takes {_TAKES}"
    hint = did_you_mean(word, known) or f" There are {', '.join(known)}."
    return f"{word!r:.60} is nothing that a {made.noun} has.{hint}"
