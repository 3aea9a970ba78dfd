"""The words of the carriers that are served, for whoever judges rules before all is built."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from simulator.engine.rules.definitions import RuleDefinition
from simulator.scenarios.rules import fault_rules, rule_checks
from simulator.scenarios.vocabulary import Vocabulary


class Served:
    """Judges rules by the words that it is told in `known`; whoever compiles operations needs
    somebody to ask already."""

    def __init__(self) -> None:
        self.known = Vocabulary({}, {})

    def rule_faults(self, rule: Mapping[str, object]) -> list[str]:
        """Everything that is wrong with a rule, as sentences."""
        return [fault_rules.told(fault) for fault in rule_checks.faults(self.known, rule)]

    def rules_of(self, texts: Iterable[str]) -> tuple[RuleDefinition, ...]:
        """The rules of profiles, words and JSON. Raises `BadFault`."""
        return tuple(fault_rules.starting(self.known, texts))
