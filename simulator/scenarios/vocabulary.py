"""The words that rules and scenarios may use: what the carriers that are served have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from simulator.carriers.carrier import Action, Carrier
from simulator.carriers.event import ENGINE_EVENTS, EventSpec
from simulator.carriers.quirk import QuirkSpec
from simulator.engine.extension import StepSpec
from simulator.scenarios.events import SCENARIO_EVENTS


class Operation(Protocol):
    """An operation of a carrier's description."""

    name: str
    method: str
    path: str

    @property
    def path_names(self) -> list[str]: ...

    @property
    def body_schemas(self) -> list[Mapping[str, Any]]:
        """The schemas of the bodies that it takes."""

    @property
    def answer_schemas(self) -> list[Mapping[str, Any]]:
        """The schemas of its answers with 2xx."""


def actions_of(carriers: Iterable[Carrier]) -> dict[str, Action]:
    """The actions of carriers by their names: ``inpost.top_up``."""
    return {f"{c.name}.{action.name}": action for c in carriers for action in c.actions.values()}


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
        return actions_of(self.carriers.values())

    @cached_property
    def events(self) -> Mapping[str, EventSpec]:
        """Events by their names: ``inpost.shipment_confirmed``."""
        own = (event for carrier in self.carriers.values() for event in carrier.events)
        return {event.name: event for event in (*own, *ENGINE_EVENTS, *SCENARIO_EVENTS)}

    @cached_property
    def statuses(self) -> Mapping[str, EventSpec]:
        """Statuses with their carriers (``inpost.delivered``), and the events that tell them."""
        return {
            f"{carrier.name}.{status}": event
            for carrier in self.carriers.values()
            for event in carrier.events
            if event.status
            for status in event.payload["status"].values
        }

    @cached_property
    def steps(self) -> Mapping[str, StepSpec]:
        """Steps that rules can hold: ``inpost.offers``."""
        return {
            f"{carrier.name}.{name}": step
            for carrier in self.carriers.values()
            for name, step in carrier.steps.items()
        }

    @cached_property
    def quirks(self) -> Mapping[str, QuirkSpec]:
        """Quirks by their names."""
        return {quirk.name: quirk for c in self.carriers.values() for quirk in c.quirks}
