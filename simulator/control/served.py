"""The carriers that are served, as whoever judges rules outside the control API knows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from simulator.carriers.carrier import Carrier
from simulator.control import fault_rules, rule_checks
from simulator.engine.rules import RuleDefinition
from simulator.http.plan import Plan


class Served:
    """Carriers with their operations; empty until it `take`s them, since whoever compiles
    operations needs somebody to ask already."""

    def __init__(self) -> None:
        self.carriers: dict[str, Carrier] = {}
        self.plans: dict[str, Sequence[Plan]] = {}

    def take(self, carriers: Iterable[tuple[Carrier, Sequence[Plan]]]) -> None:
        """Know these carriers."""
        for carrier, plans in carriers:
            self.carriers[carrier.name] = carrier
            self.plans[carrier.name] = plans

    def rule_faults(self, rule: Mapping[str, Any]) -> list[str]:
        """Everything that is wrong with a rule, as sentences."""
        return [fault_rules.told(fault) for fault in rule_checks.faults(self, rule)]

    def rules_of(self, texts: Iterable[str]) -> tuple[RuleDefinition, ...]:
        """The rules of profiles, words and JSON. Raises `BadFault`."""
        return tuple(fault_rules.starting(self, texts))
