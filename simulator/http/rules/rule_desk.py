"""Asks the rules whether one of them acts on a request."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from hashlib import blake2b
from typing import Any, NamedTuple

from simulator.carriers.carrier import Carrier
from simulator.carriers.magic.magic_requests import MagicRequests
from simulator.carriers.resources import Asked, shown
from simulator.engine.facts import Facts
from simulator.engine.hub import Hub
from simulator.engine.records import RULES, Rule
from simulator.engine.rules.definitions import AnyCase, may_be_about, may_have
from simulator.engine.rules.firing import Fired, fire
from simulator.engine.workspace import Workspace
from simulator.engine.world import Request, World
from simulator.http.context import Context
from simulator.http.described.plan import Plan
from simulator.http.edition_choice import EditionChoice
from simulator.http.rules.request_rules import PREFER, RULE, Check, asked_for


class Asking(NamedTuple):
    """A request as it came; `plan` is None where no operation takes it, `body` gives what rules
    know of its body."""

    context: Context
    request: Request
    plan: Plan | None
    values: tuple[str, ...]
    raw: bytes
    query: bytes
    edition: EditionChoice
    body: Callable[[], Any]


def facts_of(carrier: Carrier, asking: Asking) -> Facts:
    """What rules may know of a request."""
    plan, request = asking.plan, asking.request
    return Facts(
        carrier.name,
        None if plan is None else plan.name,
        request.method,
        {} if plan is None else plan.path_values(asking.values),
        AnyCase(request.query) if carrier.any_case else dict(request.query),
        asking.context.headers,
        asking.body(),
        asking.context.credential,
        request.path,
    )


def _identity(asking: Asking) -> str:
    """A short text that tells a request from others: by method, path, query and body."""
    request = asking.request
    parts = (request.method.encode(), request.path.encode(), asking.query, asking.raw)
    return blake2b(b"\0".join(parts), digest_size=8).hexdigest()


class Ruling(NamedTuple):
    """The rule that acts, if one does; else those that could have, and what the request is about
    as far as one of them wanted to know."""

    fired: Fired | None = None
    passed: tuple[Rule, ...] = ()
    resources: Sequence[Any] = ()


_NOBODY = Ruling()


class RuleDesk:
    """The rules about the requests of one carrier.

    `check` finds what is wrong with rules that requests bring; unless they are `asked_for` no
    header brings one.
    """

    def __init__(self, carrier: Carrier, check: Check, asked_for: bool) -> None:
        self._carrier = carrier
        self._check = check if asked_for else None
        self._magic = MagicRequests(carrier, check)

    def may_act(self, workspace: Workspace, context: Context) -> bool:
        """Whether there is anything to ask for a request that no operation takes."""
        rules = workspace.rulebook.about(self._carrier.name, None)
        return bool(rules) or PREFER in context.headers or RULE in context.headers

    def ask(
        self, workspace: Workspace, asking: Asking, headers: Sequence[tuple[bytes, bytes]]
    ) -> Ruling:
        """The rule that acts; that of the request itself comes before those of the workspace.

        Raises `BadRequestRule`.
        """
        named = asking.context.headers
        if (PREFER in named or RULE in named) and self._check is not None:
            own = asked_for(named, headers, asking.plan, self._check)
            if own is not None:
                return Ruling(own)
        return self._of_workspace(workspace, asking)

    def _of_workspace(self, workspace: Workspace, asking: Asking) -> Ruling:
        context, request, plan = asking.context, asking.request, asking.plan
        operation = None if plan is None else plan.name
        hub = context.hub
        hub.catch_up(workspace)
        facts = None
        magic = operation is not None and self._may_be_magic(workspace, operation, asking)
        if magic:
            facts = facts_of(self._carrier, asking)
            self._bring(workspace, facts, hub)
        rules = workspace.rulebook.about(self._carrier.name, operation)
        # Most rules are known not to be about a request before all is known of it.
        near = [rule for rule in rules if may_have(rule, request.method, context.headers)]
        if not near and not magic:
            return _NOBODY
        facts = facts or facts_of(self._carrier, asking)
        alike = [rule for rule in near if may_be_about(rule.definition.when, facts)]
        if not alike and not magic:
            return _NOBODY
        hub.run_due(workspace)
        found: list[Sequence[Any]] = []

        def resources(world: World) -> Sequence[Any]:
            found[:] = [self._resources(world, facts)]
            return found[0]

        def work(world: World) -> Fired | None:
            fired = fire(world, alike, resources, partial(_identity, asking))
            if fired is not None or not magic:
                return fired
            world.edition = asking.edition.foreseen(world.quirks, world.state, plan, facts.body)
            return self._magic.instead(world, facts)

        fired = hub.run(workspace, work, request)
        if fired is not None:
            return Ruling(fired)
        kept = workspace.state[RULES]
        passed = tuple(kept[rule.id] for rule in alike if rule.id in kept)
        return Ruling(None, passed, found[0] if found else ())

    def _may_be_magic(self, workspace: Workspace, operation: str, asking: Asking) -> bool:
        """Whether the texts of the request may ask for something, and are listened to."""
        may_act = self._magic.may_act(operation, asking.raw, asking.query)
        return may_act and bool(workspace.quirks[self._magic.quirk])

    def _bring(self, workspace: Workspace, facts: Facts, hub: Hub) -> None:
        """Let the request bring the rules that stand in its own texts."""
        rules = self._magic.wanted(workspace.state, facts)
        if rules:
            hub.run(workspace, partial(self._magic.add, rules))

    def _resources(self, world: World, facts: Facts) -> Sequence[Any]:
        """What the request is about, as the carrier shows it."""
        operation = facts.operation or ""
        about = self._carrier.resources.get(operation)
        if about is None:
            return ()
        body = facts.body
        if isinstance(body, dict | list):
            body = self._carrier.normalise_body(body, operation)
        return shown(world, about, Asked(facts.path, world.request.query, body))
