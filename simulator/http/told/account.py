"""What becomes known of an exchange on its way, for the journal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.carriers.editions.editions import Chosen
from simulator.core.answers import Finding, Why
from simulator.engine.journal import Acted, Outcome, Passed, Reasons
from simulator.engine.records import Rule
from simulator.engine.rules.firing import Fired


class Account:
    """The facts of which the reasons of an answer are made; `error` is what failed inside."""

    __slots__ = (
        "emitted",
        "error",
        "findings",
        "notes",
        "outcome",
        "own_status",
        "passed",
        "quirks",
        "reason",
        "resources",
        "rule",
        "why",
    )

    def __init__(self) -> None:
        self.outcome: Outcome = "handler"
        self.own_status: int | None = None
        self.reason = ""
        self.why = Why()
        self.findings: Sequence[Finding] = []
        self.quirks: dict[str, Any] = {}
        self.notes: list[str] = []
        self.emitted: list[tuple[str, Mapping[str, Any]]] = []
        self.error: str | None = None
        self.rule: Fired | None = None
        self.passed: Sequence[Rule] = ()
        self.resources: Sequence[Any] = ()

    def reasons(self, chosen: Chosen | None) -> Reasons:
        """The reasons of the answer that the `chosen` edition gave."""
        rule, passed, why = self.rule, self.passed, self.why
        return Reasons(
            outcome=self.outcome,
            edition=None if chosen is None else chosen.edition,
            edition_sign="" if chosen is None else chosen.because,
            reason=self.reason or why.reason,
            key=why.key,
            advice=why.advice,
            findings=self.findings,
            quirks=self.quirks,
            notes=self.notes,
            events=self.emitted,
            rule=None if rule is None else Acted.of(rule),
            passed=tuple(map(Passed.of, passed)) if passed else (),
            resources=self.resources,
            own_status=self.own_status,
        )
