"""Why an exchange was answered as it was: the facts of which its explanation is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import msgspec
from msgspec import UNSET

from simulator.core.answers import Finding
from simulator.engine.records import Rule
from simulator.engine.rules.definitions import FaultKind, Respond
from simulator.engine.rules.firing import Fired
from simulator.engine.rules.matching import differences

Outcome = Literal[
    "handler",
    "refusal",
    "validation",
    "media_type",
    "malformed",
    "too_large",
    "retired",
    "dropped",
    "rule",
    "request_rule",
    "failure",
    "unmatched",
    "preflight",
]
"""What gave the answer."""


class Acted(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What a rule did to an exchange, and for which time it acted.

    One that came in a header of the request has that header's name and no id, and so has a magic
    value, without a header. `delay` is a duration; `answers` tells whether the answer was the
    rule's own or the handler's with a change; a fault came `after` the handler, or in its place.
    """

    id: int
    name: str | None
    number: int
    header: str | None = None
    delay: str | None = None
    answers: Literal["own", "changed"] | None = None
    fault: FaultKind | None = None
    after: bool = False

    @classmethod
    def of(cls, fired: Fired) -> Acted:
        """What there is to tell of a rule that fired."""
        definition = fired.definition
        delay, respond, fault = definition.delay, definition.respond, definition.fault
        return cls(
            id=fired.id,
            name=definition.name,
            number=fired.number,
            header=fired.header,
            delay=None if delay is None else delay.by,
            answers=None if respond is None else _answers(respond),
            fault=None if fault is None else fault.kind,
            after=fault is not None and fault.when == "after",
        )


def _answers(respond: Respond) -> Literal["own", "changed"]:
    return "own" if respond.merge is UNSET and respond.patch is UNSET else "changed"


class Passed(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A rule that was like an exchange and did not act, as it was then: its definition, how many it
    had been about, and on how many it had acted."""

    id: int
    definition: Mapping[str, Any]
    seen: int
    used: int

    @classmethod
    def of(cls, rule: Rule) -> Passed:
        """What there is to tell of a rule by its record."""
        return cls(rule.id, rule.definition, rule.seen, rule.used)


class Reasons(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """What gave the answer to an exchange, and what was met on the way.

    `edition` is the one that answered, told by `edition_sign`; None where none was chosen. `reason`
    says in words why something was refused, `key` in the carrier's, `advice` what to do next.
    `own_status` is the carrier's own, where a rule changed the answer. `quirks` are those that were
    asked for with their values, `events` what was told, each with its payload. `rule` is the one
    that acted, `passed` are those that could have, `resources` what the request was about,
    JSON-like, as far as one of these wanted to know.
    """

    outcome: Outcome = "handler"
    edition: str | None = None
    edition_sign: str = ""
    reason: str = ""
    key: str = ""
    advice: str = ""
    findings: Sequence[Finding] = ()
    quirks: Mapping[str, Any] = {}
    notes: Sequence[str] = ()
    events: Sequence[tuple[str, Mapping[str, Any]]] = ()
    rule: Acted | None = None
    passed: Sequence[Passed] = ()
    resources: Sequence[Any] = ()
    own_status: int | None = None

    @property
    def nearest_resources(self) -> Sequence[Any]:
        """Of each rule that passed the resource that is most like its pattern, in their order: of
        the others nothing is told."""
        resources = self.resources
        if not resources:
            return ()
        wanted = (rule.definition.get("when", {}) for rule in self.passed)
        patterns = [when["resource"] for when in wanted if "resource" in when]
        places = range(len(resources))
        kept = {
            min(places, key=lambda place: len(differences(pattern, resources[place])))
            for pattern in patterns
        }
        return [resources[place] for place in sorted(kept)]
