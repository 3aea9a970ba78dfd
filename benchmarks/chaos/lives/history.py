"""The lives of a world that begins again, and what anybody may see of it at any time.

A world begins again by a reset, or by a snapshot that is put in its place. Each life has a seed
that no other one has, so that whoever looks knows which one it is. What is asked for takes effect
once, between the moments at which it was sent and answered; what nobody answered, at any later
time.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from benchmarks.chaos.asking import Outcome

FIRST = 15_000_001
"""The id of the first shipment of a new world; there are no gaps."""


class Write(NamedTuple):
    """A create. `answered` is infinite where no answer came."""

    reference: str
    outcome: Outcome
    sent: float
    answered: float


class Birth(NamedTuple):
    """What lets the life of this seed begin, with the shipments that were in the snapshot."""

    seed: int
    outcome: Outcome
    sent: float
    answered: float
    brought: frozenset[str] = frozenset()


class Look(NamedTuple):
    """The world as it was at one moment between these two."""

    seed: int
    references: Sequence[str]
    ids: Sequence[int]
    sent: float
    answered: float


def look(document: Mapping[str, Any], sent: float, answered: float) -> Look:
    """What a snapshot shows."""
    [frame] = document["tables"]["engine.frame"]
    shipments = document["tables"]["inpost.shipments"]
    return Look(
        frame["seed"],
        [each["reference"] for each in shipments],
        [each["id"] for each in shipments],
        sent,
        answered,
    )


def answered_at(outcome: Outcome, now: float) -> float:
    """When something had happened at the latest."""
    return math.inf if outcome == "unknown" else now


@dataclass
class History:
    """All that was asked for, and all that was seen."""

    writes: dict[str, Write] = field(default_factory=dict)
    births: dict[int, Birth] = field(default_factory=dict)
    looks: list[Look] = field(default_factory=list)

    def broken(self) -> Iterator[str]:
        """What could not be seen if everything happens once and whole."""
        known = [each for each in self.looks if each.seed in self.births]
        for each in self.looks:
            if each.seed not in self.births:
                yield f"a life of the seed {each.seed}, which nobody asked for"
        begun = self._begun(known)
        for each in known:
            yield from (f"{what} in {each.seed}" for what in self._wrong(each, begun[each.seed]))
        yield from self._twice(known)
        yield from _back(known)

    def _begun(self, known: Sequence[Look]) -> dict[int, float]:
        """When each life had begun at the latest."""
        begun = {seed: birth.answered for seed, birth in self.births.items()}
        for each in known:
            begun[each.seed] = min(begun[each.seed], each.answered)
        return begun

    def _wrong(self, seen: Look, begun: float) -> Iterator[str]:
        birth = self.births[seen.seed]
        if birth.outcome == "refused":
            yield "a life that was refused"
        for other in self.births.values():
            if other.outcome == "kept" and begun < other.sent and other.answered < seen.sent:
                yield f"it is over since {other.seed} was acknowledged, and still seen"
        if sorted(seen.ids) != [*range(FIRST, FIRST + len(seen.ids))]:
            yield f"{len(seen.ids)} ids from {min(seen.ids)} to {max(seen.ids)}"
        counts = Counter(seen.references)
        for reference in counts.keys() - self.writes.keys():
            yield f"{reference} is there, which nobody sent"
        for reference, write in self.writes.items():
            count = counts[reference]
            if count > 1:
                yield f"{reference} is there {count} times"
            elif reference in birth.brought:
                if not count:
                    yield f"{reference} was in the snapshot, and is not there"
            elif count and write.outcome == "refused":
                yield f"{reference} was refused, and is there"
            elif count and write.answered < birth.sent:
                yield f"{reference} is there, which is of before"
            elif not count and _surely(write, begun, seen):
                yield f"{reference} was acknowledged, and is not there"

    def _twice(self, known: Sequence[Look]) -> Iterator[str]:
        """Whatever was made in two lives."""
        made = defaultdict(set)
        for each in known:
            for reference in set(each.references) - self.births[each.seed].brought:
                made[reference].add(each.seed)
        for reference, seeds in made.items():
            if len(seeds) > 1:
                yield f"{reference} was made in the lives {sorted(seeds)}"


def _surely(write: Write, begun: float, seen: Look) -> bool:
    """Whether a create was made in the life that is seen, and before."""
    return write.outcome == "kept" and begun < write.sent and write.answered < seen.sent


def _back(known: Sequence[Look]) -> Iterator[str]:
    """Lives that were seen again after another one."""
    spans: dict[int, tuple[float, float]] = {}
    for each in known:
        first, last = spans.get(each.seed, (math.inf, -math.inf))
        spans[each.seed] = min(first, each.answered), max(last, each.sent)
    for seed, (first, last) in spans.items():
        for each in known:
            if each.seed != seed and first < each.sent and each.answered < last:
                yield f"{seed} was seen again after {each.seed}"
