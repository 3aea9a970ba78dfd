"""Named faults: bad days that every client should live through, as rules.

A profile is a list of rules in words (`simulator.engine.rules.rule_words`). They are asked in their
order and the first that fires acts, so that a later share is one of what the earlier ones left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from simulator.carriers.carrier import Carrier
from simulator.engine.rules import rule_words


class Step(NamedTuple):
    """A rule of a profile: in words, and whether it is about everything or about what a busy day
    weighs on: creating, buying and labels."""

    words: str
    on: Literal["everything", "rush"] = "everything"


class FaultProfile(NamedTuple):
    """A bad day: its name, what it is, and its rules."""

    name: str
    summary: str
    steps: tuple[Step, ...]


_ALL = (
    FaultProfile(
        "flaky",
        "A bad network: 5 % answer 503, 2 % are reset before and 1 % after the carrier did its "
        "work, 5 % take 3 seconds",
        (
            Step("503 5%"),
            Step("connection_reset 2%"),
            Step("connection_reset after 1%"),
            Step("delay 3s 5%"),
        ),
    ),
    FaultProfile("slow", "Every answer takes 2 seconds", (Step("delay 2s"),)),
    FaultProfile(
        "down",
        "Nothing answers but what stands before the carrier: 503 for everything",
        (Step("503"),),
    ),
    FaultProfile(
        "peak_day",
        "The busiest day of the year: of creating, buying and labels 10 % answer 503, 10 % 429, "
        "and half take 4 seconds; a third of everything else takes 800 milliseconds",
        (
            Step("503 10%", "rush"),
            Step("429 10%", "rush"),
            Step("delay 4s 50%", "rush"),
            Step("delay 800ms 33%"),
        ),
    ),
)

PROFILES: Mapping[str, FaultProfile] = {profile.name: profile for profile in _ALL}


def expand(profile: FaultProfile, carriers: Iterable[Carrier], carrier: str | None) -> list[Any]:
    """The rules of a profile as JSON, for one carrier or for all of them."""
    return list(_rules(profile, [*carriers], carrier))


def _rules(
    profile: FaultProfile, carriers: list[Carrier], carrier: str | None
) -> Iterator[dict[str, Any]]:
    for step in profile.steps:
        rule = {**rule_words.effect(step.words), "name": f"{profile.name}: {step.words}"}
        if step.on == "everything":
            abouts: list[dict[str, str]] = [{} if carrier is None else {"carrier": carrier}]
        else:
            served = (each for each in carriers if carrier in (None, each.name))
            abouts = [{"operation": name} for each in served for name in each.rush]
        for about in abouts:
            yield {**rule, "when": {**about, **rule.get("when", {})}}
