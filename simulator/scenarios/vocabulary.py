"""The words that rules and scenarios may use: what the carriers that are served have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from simulator.carriers.carrier import Action, Carrier
from simulator.carriers.quirk import QuirkSpec


class Operation(Protocol):
    """An operation of a carrier's description."""

    name: str
    method: str
    path: str

    @property
    def path_names(self) -> list[str]: ...


@dataclass(frozen=True)
class Vocabulary:
    """Names with what they stand for.

    `operations` are by their short names (``inpost.buy_offer``), and so are actions and quirks.
    """

    carriers: Mapping[str, Carrier]
    operations: Mapping[str, Operation]

    @classmethod
    def of(cls, carriers: Iterable[tuple[Carrier, Sequence[Operation]]]) -> Vocabulary:
        """The words of carriers with their operations."""
        pairs = list(carriers)
        return cls(
            {carrier.name: carrier for carrier, _ in pairs},
            {operation.name: operation for _, own in pairs for operation in own},
        )

    @cached_property
    def actions(self) -> Mapping[str, Action]:
        """Actions by their names: ``inpost.top_up``."""
        return {f"{c.name}.{a.name}": a for c in self.carriers.values() for a in c.actions.values()}

    @cached_property
    def quirks(self) -> Mapping[str, QuirkSpec]:
        """Quirks by their names."""
        return {quirk.name: quirk for c in self.carriers.values() for quirk in c.quirks}
