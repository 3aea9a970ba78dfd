"""What the clients of a world were told."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from benchmarks.chaos.asking import Outcome
from benchmarks.chaos.events import Events


@dataclass
class Made:
    """A create of InPost, and what else was asked for the same shipment. `number` is its id, where
    it is known; one with `bought` is paid by itself."""

    reference: str
    outcome: Outcome
    number: int | None
    bought: bool
    buys: Counter[Outcome] = field(default_factory=Counter)
    cancels: Counter[Outcome] = field(default_factory=Counter)


@dataclass
class Letter:
    """A create of MyParcel. `reached` is the status to which a move brought it, `aimed` the
    furthest that was asked for; `track` are the codes of its scans as they were shown last, oldest
    first."""

    reference: str
    outcome: Outcome
    number: int | None
    prepaid: bool
    pays: Counter[Outcome] = field(default_factory=Counter)
    reached: int = 1
    aimed: int = 1
    track: list[str] = field(default_factory=list)


class Told:
    """All of it. `exchanges` are the ids of what was answered; `broken` is what was wrong already
    while it was told."""

    def __init__(self, world: str) -> None:
        self.world = world
        self.shipments: list[Made] = []
        self.letters: list[Letter] = []
        self.parcels: dict[str, Outcome] = {}
        self.top_ups: Counter[Outcome] = Counter()
        self.outcomes: Counter[str] = Counter()
        self.exchanges: list[str] = []
        self.feed: list[str] = []
        self.events = Events(world)
        self.broken: list[str] = []
        self.reads = 0
        self.walks = 0

    def count(self, outcome: Outcome) -> Outcome:
        """Count a write."""
        self.outcomes[outcome] += 1
        return outcome
