"""A rule that acts so many times, and those who ask meanwhile, wherever they like."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.bodies import LOCKER, POSTPAID
from benchmarks.chaos.asking import Caller, Outcome
from benchmarks.soak.wire import Answer

WORLD = "ruled"
CONTROLS = f"/_sim/workspaces/{WORLD}"
_API = f"/w/{WORLD}/inpost/v1/organizations/2"
_STATUS = 409
"""What a rule answers: no failure, which could be of a store that is away."""


@dataclass
class Round:
    """What was heard of a rule: `acted` says how often it answered, `passed` how often the carrier
    did, `unknown` how often nobody. `taken` is what came of its deletion, None where it stays."""

    name: str
    times: int
    added: Outcome = "unknown"
    id: int | None = None
    acted: int = 0
    passed: int = 0
    unknown: int = 0
    taken: Outcome | None = None
    late: int = 0
    """How often it acted after its deletion had been acknowledged."""

    def heard(self, outcome: Outcome, answer: Answer) -> bool:
        """Count an answer; whether the rule gave it."""
        acts = outcome == "refused" and answer.status == _STATUS
        if outcome == "unknown":
            self.unknown += 1
        elif acts:
            self.acted += 1
            self.late += self.taken == "kept"
        else:
            self.passed += self.taken is None
        return acts

    def broken(self, rules: Sequence[Mapping[str, Any]], journalled: int | None) -> Iterator[str]:
        """What is wrong with the rule among those that are there now, and with what the journal
        says that it answered."""
        mine = [each for each in rules if each["rule"]["name"] == self.name]
        may_be = {0} if self.taken == "kept" or self.added == "refused" else {0, 1}
        if self.added == "kept" and self.taken is None:
            may_be = {1}
        if len(mine) not in may_be:
            yield f"{self.name}, {self.added}, taken: {self.taken}, is there {len(mine)} times"
        if self.acted > self.times:
            yield f"{self.name} acted {self.acted} times of {self.times}"
        if self.late:
            yield f"{self.name} acted {self.late} times after it was taken away"
        if self.added == "kept" and self.passed and self.acted + self.unknown < self.times:
            acted = f"acted {self.acted} times of {self.times}"
            yield f"{self.name} let {self.passed} pass, and {acted}"
        most = self.acted + self.unknown
        for rule in mine:
            if not self.acted <= rule["used"] <= min(self.times, most):
                yield f"{self.name} used up {rule['used']}, acted {self.acted} to {most} times"
        if journalled is not None and not self.acted <= journalled <= min(self.times, most):
            acted = f"acted {self.acted} to {most} times of {self.times}"
            yield f"{self.name} {acted}, {journalled} in the journal"


async def answering(round_: Round, callers: Sequence[Caller], asks: int) -> None:
    """A rule that answers in place of the carrier, whatever is asked at which replica."""
    when = {"operation": "inpost.get_organization", "query": {"round": round_.name}}
    respond = {"status": _STATUS, "body": {"round": round_.name}}
    await _play(round_, callers, asks, {"when": when, "respond": respond}, _reading(round_))


async def losing(
    round_: Round, callers: Sequence[Caller], asks: int, sent: dict[str, Outcome]
) -> None:
    """A rule that lets the carrier do its work, and answers something else; `sent` is what came of
    each create by its reference."""
    when = {"operation": "inpost.create_shipment", "query": {"round": round_.name}}
    respond = {"status": _STATUS, "body": {"round": round_.name}, "when": "after"}
    numbers = iter(range(asks + len(callers)))

    async def create(caller: Caller) -> None:
        reference = f"{round_.name}-{next(numbers)}"
        path = f"{_API}/shipments?round={round_.name}"
        outcome, answer = await caller.ask(
            "POST", path, {**LOCKER, "reference": reference}, POSTPAID
        )
        sent[reference] = "kept" if round_.heard(outcome, answer) else outcome

    await _play(round_, callers, asks, {"when": when, "respond": respond}, create)


def _reading(round_: Round) -> Callable[[Caller], Awaitable[None]]:
    async def read(caller: Caller) -> None:
        path = f"{_API}?round={round_.name}"
        round_.heard(*await caller.ask("GET", path, None, POSTPAID))

    return read


async def _play(
    round_: Round,
    callers: Sequence[Caller],
    asks: int,
    rule: Mapping[str, object],
    ask: Callable[[Caller], Awaitable[None]],
) -> None:
    """Add the rule, let all ask at once, and take it away now and then."""
    [first, *_] = callers
    body = {"name": round_.name, "times": round_.times, **rule}
    round_.added, answer = await first.ask("POST", f"{CONTROLS}/rules", body)
    if round_.added == "kept":
        round_.id = answer.json["id"]
    turns = iter(range(asks))

    async def some(caller: Caller) -> None:
        for _ in turns:
            await ask(caller)

    await asyncio.gather(*map(some, callers))
    if round_.id is not None and first.chance.random() < 0.5:
        # None of those that were left in the dark is counted as one that passed or acted later.
        round_.taken, _ = await first.ask("DELETE", f"{CONTROLS}/rules/{round_.id}")
        await ask(first)


def journalled(entries: Sequence[Mapping[str, Any]]) -> Counter[str]:
    """How often each rule answered, as the journal has it."""
    return Counter(
        each["query"].removeprefix("round=") for each in entries if each["outcome"] == "rule"
    )
