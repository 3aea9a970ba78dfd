"""What the clients of a world were told."""

from __future__ import annotations

from collections import Counter
from typing import Any, Literal

Outcome = Literal["kept", "refused", "unknown"]
"""A success, a refusal, or neither: nobody knows whether it was done."""


class Made:
    """A create, and what else was asked for the same shipment. `number` is its id, where it is
    known; one with `bought` is paid by itself."""

    def __init__(self, reference: str, outcome: Outcome, number: int | None, bought: bool) -> None:
        self.reference = reference
        self.outcome = outcome
        self.number = number
        self.bought = bought
        self.buys: Counter[Outcome] = Counter()
        self.cancels: Counter[Outcome] = Counter()


class Told:
    """All of it. `exchanges` are the ids of those that changed something, `glances` of the others;
    `broken` is what was wrong already while it was told."""

    def __init__(self, world: str) -> None:
        self.world = world
        self.shipments: list[Made] = []
        self.letters: dict[str, Outcome] = {}
        self.parcels: dict[str, Outcome] = {}
        self.top_ups: Counter[Outcome] = Counter()
        self.outcomes: Counter[str] = Counter()
        self.exchanges: list[str] = []
        self.glances: list[str] = []
        self.feed: list[str] = []
        self.events: list[dict[str, Any]] = []
        self.broken: list[str] = []
        self.reads = 0
        self.now = ""

    def sure_of(self, *, glances: bool) -> list[str]:
        """The exchanges that the journal has to have."""
        return [*self.exchanges, *(self.glances if glances else ())]

    def count(self, outcome: Outcome) -> Outcome:
        """Count a write."""
        self.outcomes[outcome] += 1
        return outcome
