"""Rules: when a request is like this, answer so, be slow, or break off.

A rule is data; all that it has used up lives in its record, so that snapshots, forks and other
backends carry it. The first rule that is about a request and fires is the one that acts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple

import msgspec
from msgspec import UNSET, UnsetType

from simulator.core.clock import parse_instant
from simulator.engine.facts import Facts
from simulator.engine.records import RULES, Rule
from simulator.engine.rules.matching import ABSENT, Difference, differences, matches
from simulator.engine.world import World

Phase = Literal["before", "after"]
"""Whether a rule acts in place of the handler, or on what the handler did."""

FaultKind = Literal[
    "connection_reset",
    "empty_response",
    "truncated_body",
    "malformed_json",
    "wrong_length",
    "slow_body",
    "timeout",
    "status",
    "rate_limit",
    "duplicate_webhook",
    "reorder_webhooks",
    "drop_webhook",
    "delay_webhook",
]

WEBHOOK_FAULTS = ("duplicate_webhook", "reorder_webhooks", "drop_webhook", "delay_webhook")
"""The kinds that are about webhooks, not about answers to requests."""

LONGEST_DELAY = timedelta(seconds=120)


class When(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True
):
    """Which requests a rule is about; what is left out is of no matter.

    `path`, `query`, `headers` and `body` are patterns (`simulator.engine.rules.matching`): of path
    parameters, of query parameters and headers as texts, of the decoded body; `caller` is one of
    the credential without its workspace, `url` one of the whole path as the carrier sees it,
    `resource` one of what the request is about, as the carrier shows it. Of the requests that it is
    about, `nth` takes one, `every` each so-manieth, `probability` a seeded share, `between` those
    within two instants of the workspace's clock. Rules on steps and on webhooks know `carrier`,
    `resource` and these; those on webhooks also their `event` and `body`.
    """

    carrier: str | None = None
    operation: str | None = None
    method: str | None = None
    path: dict[str, Any] | None = None
    query: dict[str, Any] | None = None
    headers: dict[str, Any] | None = None
    body: Any = UNSET
    caller: Any = UNSET
    url: Any = UNSET
    resource: Any = UNSET
    nth: int | None = None
    every: int | None = None
    probability: float | None = None
    between: tuple[str, str] | None = None
    event: Any = UNSET


class Respond(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True
):
    """An answer: a whole one in place of the handler, or after it a change of what it answered.

    `merge` is a JSON merge patch (RFC 7396) on the handler's body, `patch` a JSON Patch (RFC 6902);
    both imply `when: after`.
    """

    when: Phase | None = None
    status: int | None = None
    headers: dict[str, str] = {}
    body: Any = UNSET
    merge: Any = UNSET
    patch: Any = UNSET


class Fault(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True
):
    """A failure. With `when: after` the carrier has done it and the client never hears.

    `status` is for the kind `status`, with an optional `body` (a text); `requests` in `per` are for
    `rate_limit`; `by` is the pause between bytes of `slow_body`, or how long a `timeout` lasts, and
    of the faults of webhooks how much later one leaves; `copies` are for `duplicate_webhook`.
    """

    kind: FaultKind
    when: Phase = "before"
    status: int = 503
    body: str | None = None
    requests: int | None = None
    per: str | None = None
    by: str | None = None
    copies: int | None = None


class Hold(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True
):
    """Keeps a step (``inpost.offers``) from happening until the rule is deleted.

    With `for` it is late by a duration of the workspace's clock, and `then` is done or fails.
    `first` is for steps that are asked for: so many requests for one thing come too early.
    """

    step: str
    for_: str | None = msgspec.field(default=None, name="for")
    then: Literal["done", "fail"] | None = None
    first: int | None = None


class Delay(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True
):
    """Real time that passes before the answer is sent; `by` is a duration such as ``1500ms``."""

    by: str


class RuleDefinition(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True
):
    """A rule: `when`, and what then; after it fired so many `times` it is spent."""

    when: When = When()
    respond: Respond | None = None
    fault: Fault | None = None
    delay: Delay | None = None
    hold: Hold | None = None
    times: int | None = None
    name: str | None = None


class AnyCase(dict[str, str]):
    """Texts by names that may be asked for in any letter case."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        super().__init__((name.lower(), value) for name, value in pairs)

    def get(self, name: str, default: Any = None) -> Any:
        """The text under a name, however that is written."""
        return super().get(name.lower(), default)


class Compiled(NamedTuple):
    """A rule that is ready to be asked; `texts` are the headers that it wants to be just so."""

    id: int
    definition: RuleDefinition
    begin: datetime | None
    end: datetime | None
    method: str | None = None
    texts: tuple[tuple[str, str], ...] = ()


def add_all(world: World, definitions: Iterable[RuleDefinition]) -> list[Rule]:
    """Put rules that were checked behind the others."""
    return [
        world[RULES].put(
            Rule(
                id=world.next_number("engine.rules"),
                definition=msgspec.to_builtins(definition),
                created_at=world.now,
            )
        )
        for definition in definitions
    ]


def compiled(rule: Rule) -> Compiled:
    """The rule of a record, of which the definition was checked when it was taken."""
    definition = msgspec.convert(rule.definition, RuleDefinition)
    when = definition.when
    when = msgspec.structs.replace(
        when,
        method=when.method and when.method.upper(),
        headers=when.headers and {name.lower(): inner for name, inner in when.headers.items()},
    )
    definition = msgspec.structs.replace(definition, when=when)
    between = when.between
    begin, end = (None, None) if between is None else map(parse_instant, between)
    texts = tuple((n, v) for n, v in (when.headers or {}).items() if isinstance(v, str))
    return Compiled(rule.id, definition, begin, end, when.method, texts)


def may_have(rule: Compiled, method: str, headers: Mapping[str, str]) -> bool:
    """Whether method and plain headers are those of a rule, which is known at once."""
    if rule.method is not None and rule.method != method:
        return False
    for name, text in rule.texts:  # noqa: SIM110  (asked for each rule and request: a loop is faster)
        if headers.get(name) != text:
            return False
    return True


def is_about(when: When, facts: Facts) -> bool:
    """Whether a request is what a rule is about: there is no `difference`, but sooner known."""
    return may_be_about(when, facts) and concerns(when, facts.resources)


def may_be_about(when: When, facts: Facts) -> bool:
    """The same as far as it is known without what the request is about."""
    return (
        when.method in (None, facts.method)
        and when.operation in (None, facts.operation)
        and when.carrier in (None, facts.carrier)
        and _agree(when.path, facts.path)
        and _agree(when.query, facts.query, "")
        and _agree(when.headers, facts.headers)
        and (when.caller is UNSET or matches(when.caller, _caller(facts)))
        and (when.url is UNSET or matches(when.url, facts.url))
        and (when.body is UNSET or matches(when.body, facts.body))
    )


def concerns(when: When, resources: Sequence[Any]) -> bool:
    """Whether one of what a request is about is like the rule's pattern of it."""
    if when.resource is UNSET:
        return True
    return any(matches(when.resource, each) for each in resources or (ABSENT,))


def _agree(
    pattern: Mapping[str, Any] | None, found: Mapping[str, str], absent: str | None = None
) -> bool:
    """Whether texts are like a pattern by name; one that is `absent` may also be missing."""
    if pattern is None:
        return True
    for name, inner in pattern.items():
        value = found.get(name, ABSENT if absent is None or inner != absent else absent)
        if value != inner if isinstance(inner, str) else not matches(inner, value):
            return False
    return True


def _caller(facts: Facts) -> Any:
    return ABSENT if facts.caller is None else facts.caller


def difference(when: When, facts: Facts) -> list[Difference]:
    """In what a request is not what a rule is about; empty when it is."""
    return [
        *_words("carrier", when.carrier, facts.carrier),
        *_words("operation", when.operation, facts.operation),
        *_words("method", when.method, facts.method),
        *_parts("path", when.path, facts.path),
        *_parts("query", when.query, facts.query, ""),
        *_parts("headers", when.headers, facts.headers),
        *_pattern("body", when.body, facts.body),
        *_pattern("caller", when.caller, _caller(facts)),
        *_pattern("url", when.url, facts.url),
        *_nearest(when.resource, facts.resources),
    ]


def _nearest(pattern: Any | UnsetType, resources: Sequence[Any]) -> list[Difference]:
    """In what the resource that is most like a pattern is not."""
    found = (_pattern("resource", pattern, each) for each in resources or (ABSENT,))
    return min(found, key=len)


def _words(place: str, wanted: str | None, found: str | None) -> Iterator[Difference]:
    if wanted is not None and wanted != found:
        yield Difference(f"/{place}", wanted, found)


def _parts(
    place: str,
    pattern: Mapping[str, Any] | None,
    found: Mapping[str, str],
    absent: str | None = None,
) -> list[Difference]:
    return [
        each
        for name, inner in (pattern or {}).items()
        for each in differences(
            inner,
            found.get(name, ABSENT if absent is None or inner != absent else absent),
            f"/{place}/{name}",
        )
    ]


def _pattern(place: str, pattern: Any | UnsetType, found: Any) -> list[Difference]:
    return [] if pattern is UNSET else differences(pattern, found, f"/{place}")


def subject(definition: RuleDefinition) -> Literal["requests", "steps", "webhooks"]:
    """What a rule is about."""
    if definition.hold is not None:
        return "steps"
    fault = definition.fault
    return "webhooks" if fault is not None and fault.kind in WEBHOOK_FAULTS else "requests"


class Rulebook:
    """The rules of one workspace, compiled once and ordered by the operation that they are about.

    It is derived from the records; the workspace makes a new one when rules came or went. `holds`
    are about steps, `webhook_faults` about webhooks, all others about requests.
    """

    __slots__ = ("_by_operation", "_rules", "holds", "webhook_faults")

    def __init__(self, rules: Iterable[Rule]) -> None:
        every = [compiled(rule) for rule in rules]
        self.holds = tuple(rule for rule in every if subject(rule.definition) == "steps")
        self.webhook_faults = tuple(
            rule for rule in every if subject(rule.definition) == "webhooks"
        )
        self._rules = [rule for rule in every if subject(rule.definition) == "requests"]
        self._by_operation: dict[tuple[str, str | None], tuple[Compiled, ...]] = {}

    @property
    def rules(self) -> Sequence[Compiled]:
        """All about requests in the order in which they are asked."""
        return self._rules

    @property
    def every(self) -> Sequence[Compiled]:
        """All of them; those about things of one kind in the order in which they are asked."""
        return (*self._rules, *self.holds, *self.webhook_faults)

    def about(self, carrier: str, operation: str | None) -> tuple[Compiled, ...]:
        """The rules that may be about a request to an operation, in their order."""
        key = (carrier, operation)
        found = self._by_operation.get(key)
        if found is None:
            found = self._by_operation[key] = tuple(
                rule
                for rule in self._rules
                if rule.definition.when.carrier in (None, carrier)
                and rule.definition.when.operation in (None, operation)
            )
        return found
