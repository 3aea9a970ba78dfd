"""One exchange with a carrier: transaction, answer, journal."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

import structlog
from starlette.types import Receive, Scope, Send

from simulator.carriers.carrier import Carrier
from simulator.core.answers import Answer, Finding, Refusal, Rendering
from simulator.engine.firing import Fired, seconds
from simulator.engine.journal import Entry
from simulator.engine.workspace import Workspace
from simulator.engine.world import Request, World
from simulator.http import bodies, responses, rule_answers
from simulator.http.context import SCOPE_KEY, Context, Limits
from simulator.http.faults import send_fault
from simulator.http.metrics import Metrics
from simulator.http.parameters import parse_query
from simulator.http.plan import Plan, UnsupportedMediaType
from simulator.http.request_rules import BadRequestRule, Check
from simulator.http.rule_desk import Asking, RuleDesk, facts_of

log = structlog.get_logger("simulator.http")


BreakOff = Callable[[int, responses.HeaderList, bytes], Awaitable[None]]
"""Lets an answer with this status, headers and body fail on its way."""


class CarrierOperations:
    """Answers the requests of one carrier."""

    def __init__(
        self,
        carrier: Carrier,
        limits: Limits,
        metrics: Metrics,
        check_rule: Check = lambda body: (),
    ) -> None:
        self._carrier = carrier
        self._limits = limits
        self._metrics = metrics
        self._rules = RuleDesk(carrier, check_rule, limits.request_rules)

    async def execute(
        self, plan: Plan, values: tuple[str, ...], scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Answer a request for an operation."""
        exchange = _Exchange(self._carrier, self._limits, plan, scope, values)
        too_large: Answer | None = None
        if plan.takes_body:
            try:
                await exchange.read(receive)
            except bodies.Disconnected:
                return
            except bodies.TooLarge as error:
                too_large = exchange.too_large(error).answer
        # Not earlier: the workspace may be deleted while the body arrives.
        workspace = exchange.context.hub.workspace(exchange.context.workspace)
        try:
            fired = exchange.consult(self._rules, workspace)
        except Refusal as refusal:
            await self._respond(exchange, workspace, refusal.answer, send)
            return
        answer = too_large or rule_answers.instead(self._carrier, fired)
        answer = answer or exchange.answer(workspace)
        if fired is None:
            await self._respond(exchange, workspace, answer, send)
        else:
            await self._respond_by_rule(exchange, workspace, answer, fired, receive, send)

    async def decline(
        self, scope: Scope, receive: Receive, send: Send, allowed: list[str] | None
    ) -> None:
        """Answer a request that no operation takes, in the carrier's own words."""
        exchange = _Exchange(self._carrier, self._limits, None, scope)
        workspace = exchange.context.hub.workspace(exchange.context.workspace)
        fired = None
        if self._rules.may_act(workspace, exchange.context):
            try:
                await exchange.read(receive)
            except bodies.Disconnected:
                return
            except bodies.TooLarge:
                pass  # nobody takes it, so that rules know nothing of it
            workspace = exchange.context.hub.workspace(exchange.context.workspace)
            try:
                fired = exchange.consult(self._rules, workspace)
            except Refusal as refusal:
                await self._respond(exchange, workspace, refusal.answer, send)
                return
        if fired is None:
            await self._respond(exchange, workspace, exchange.unmatched(allowed), send)
            return
        answer = rule_answers.instead(self._carrier, fired) or exchange.unmatched(allowed)
        await self._respond_by_rule(exchange, workspace, answer, fired, receive, send)

    async def _respond_by_rule(
        self,
        exchange: _Exchange,
        workspace: Workspace,
        answer: Answer,
        fired: Fired,
        receive: Receive,
        send: Send,
    ) -> None:
        """The answer as a rule changes it, late or broken off as the rule says."""
        pause = fired.definition.delay
        if pause is not None:
            await asyncio.sleep(seconds(pause.by, 0.0))
        fault = rule_answers.on_the_wire(fired)

        async def break_off(status: int, headers: responses.HeaderList, body: bytes) -> None:
            assert fault is not None
            await send_fault(fault, exchange.scope, receive, send, status, headers, body)

        changed, note = rule_answers.afterwards(self._carrier, fired, answer)
        if note is not None:
            exchange.note(note)
        await self._respond(
            exchange, workspace, changed, send, None if fault is None else break_off
        )

    async def _respond(
        self,
        exchange: _Exchange,
        workspace: Workspace,
        answer: Answer,
        send: Send,
        break_off: BreakOff | None = None,
    ) -> None:
        request_id = workspace.journal.next_id()
        now = workspace.now()

        def finish(unfinished: Answer) -> Answer:
            quirks = workspace.quirks
            return self._carrier.finish(exchange.request, quirks, unfinished, request_id, now)

        answer, body = await exchange.encoded(answer, finish)
        # A binary answer goes out in chunks and does not tell its length (observed at ShipX).
        size = None if "Content-Transfer-Encoding" in answer.headers else len(body)
        headers = responses.headers(answer, size, now, request_id)
        entry = exchange.entry(request_id, now, answer.status, headers, body)
        workspace.journal.add(entry)
        exchange.tell(workspace, answer.status, body)
        self._metrics.count(self._carrier.name, entry.operation, answer.status, entry.microseconds)
        if break_off is not None:
            await break_off(answer.status, headers, body)
        else:
            await responses.send_response(send, answer.status, headers, body)


class _Exchange:
    """One request on its way, and what becomes known of it for the journal."""

    __slots__ = (
        "_began",
        "_carrier",
        "_emitted",
        "_error",
        "_findings",
        "_limits",
        "_notes",
        "_outcome",
        "_plan",
        "_quirks",
        "_raw",
        "_reason",
        "_rule",
        "_values",
        "context",
        "request",
        "scope",
    )

    def __init__(
        self,
        carrier: Carrier,
        limits: Limits,
        plan: Plan | None,
        scope: Scope,
        values: tuple[str, ...] = (),
    ) -> None:
        self._began = time.perf_counter_ns()
        self._carrier = carrier
        self._limits = limits
        self._plan = plan
        self._values = values
        self.scope = scope
        self._rule: Fired | None = None
        self.context: Context = scope[SCOPE_KEY]
        query = scope["query_string"]
        self.request = Request(
            self.context.base_url,
            self.context.headers,
            carrier.normalise_query(parse_query(query)) if query else (),
            scope["method"],
            scope["path"],
        )
        self._raw = b""
        self._outcome = "handler"
        self._reason = ""
        self._findings: list[Finding] = []
        self._quirks: dict[str, Any] = {}
        self._notes: list[str] = []
        self._emitted: list[tuple[str, Mapping[str, Any]]] = []
        self._error: str | None = None

    async def read(self, receive: Receive) -> None:
        """Read the body. Raises `TooLarge` and `Disconnected`."""
        declared = self.context.headers.get("content-length")
        self._raw = await bodies.read(receive, self._limits.body_bytes, declared)

    def note(self, text: str) -> None:
        """Tell the journal's reader something."""
        self._notes.append(text)

    def consult(self, rules: RuleDesk, workspace: Workspace) -> Fired | None:
        """The rule that acts on this request; what it used up is kept whatever becomes of it.

        Raises `Refusal` for a rule of the request's own that cannot be.
        """
        asking = self._asking()
        try:
            self._rule = rules.ask(workspace, asking, self.scope["headers"])
        except BadRequestRule as error:
            self._outcome, self._reason = "request_rule", str(error)
            answer = self._carrier.envelope.malformed(self.request, str(error))
            raise Refusal(answer) from None
        if self._rule is not None and rule_answers.acts_before(self._rule):
            self._outcome = "rule"
        return self._rule

    def _asking(self) -> Asking:
        query = self.scope["query_string"]
        return Asking(self.context, self.request, self._plan, self._values, self._raw, query)

    def tell(self, workspace: Workspace, status: int, body: bytes) -> None:
        """Tell who waits for requests like this one that it was answered."""
        hub, plan = self.context.hub, self._plan
        observer = hub.observer
        if observer is None or plan is None or not observer.listens(workspace.state, plan.name):
            return
        told = partial(
            observer.answered,
            facts=facts_of(self._carrier.name, self._asking()),
            status=status,
            answer=bodies.loosely(body),
        )
        hub.run(workspace, told)
        hub.run_due(workspace)

    def answer(self, workspace: Workspace) -> Answer:
        """Run the jobs that are due and the operation, in the workspace's own time."""
        plan = self._plan
        assert plan is not None

        def work(world: World) -> Answer:
            return self._operate(plan, world)

        hub = self.context.hub
        try:
            hub.run_due(workspace)
            return hub.run(workspace, work, self.request)
        except Refusal as refusal:
            if self._outcome == "handler":
                self._outcome, self._reason = "refusal", refusal.reason
            return refusal.answer
        except Exception as error:
            log.exception("handler failed", operation=plan.name, workspace=workspace.name)
            return self._failed(f"{type(error).__name__}: {error}")

    def _operate(self, plan: Plan, world: World) -> Answer:
        self._quirks = world.quirks_used
        self._notes = world.notes
        self._emitted = world.emitted
        self._carrier.check(world)
        if plan.secured:
            world.caller = self._carrier.authenticate(world, self.context.credential)
        body, faults = self._body(plan)
        arguments, findings = plan.parameters(self._values, self.request.query)
        self._findings = findings = findings + faults
        if findings and not plan.judges_bodies:
            self._outcome = "validation"
            raise Refusal(self._carrier.envelope.invalid(self.request, findings))
        answer = plan.call(world, arguments, body, faults)
        assert isinstance(answer, Answer), f"{plan.name} gave {type(answer).__name__}"
        return answer

    def _body(self, plan: Plan) -> tuple[Any, list[Finding]]:
        envelope = self._carrier.envelope
        if not plan.takes_body:
            return None, []
        media = bodies.media_type(self.request.headers.get("content-type"))
        try:
            return plan.body(
                media, self._raw, self._limits.body_depth, self._carrier.normalise_body
            )
        except UnsupportedMediaType:
            self._outcome, self._reason = "media_type", media or "no media type"
            answer = envelope.wrong_media_type(self.request, plan.accepted)
            raise Refusal(answer) from None
        except bodies.Malformed as error:
            self._outcome, self._reason = "malformed", str(error)
            raise Refusal(envelope.malformed(self.request, str(error))) from None
        except bodies.TooLarge as error:
            raise self.too_large(error) from None

    def too_large(self, error: bodies.TooLarge) -> Refusal:
        """The refusal of a body beyond the bounds."""
        self._outcome, self._reason = "too_large", str(error)
        return Refusal(self._carrier.envelope.too_large(self.request, str(error)))

    def unmatched(self, allowed: list[str] | None) -> Answer:
        """The answer to an unknown path (`allowed` is None) or a wrong method."""
        self._outcome = "unmatched"
        request = self.request
        if allowed is None:
            self._reason = f"{self._carrier.title} has no path {request.path}"
            return self._carrier.envelope.unknown_path(request)
        self._reason = f"{request.path} takes {', '.join(allowed)}, not {request.method}"
        return self._carrier.envelope.wrong_method(request, allowed)

    async def encoded(
        self, answer: Answer, finish: Callable[[Answer], Answer]
    ) -> tuple[Answer, bytes]:
        """The finished answer and the bytes of its body; an error if it cannot be had."""
        answer = finish(answer)
        body = responses.encode(answer)
        if isinstance(body, Rendering):
            try:
                body = await responses.draw(body)
            except Exception as error:
                log.exception("rendering failed", path=self.request.path)
                return self._encoded_failure(f"{type(error).__name__}: {error}", finish)
        by_rule = self._rule is not None  # what a rule says need not be described
        if self._limits.response_validation == "off" or self._plan is None or by_rule:
            return answer, body
        fault = self._plan.response_fault(answer.status, answer.media_type, body, answer.empty)
        if fault is not None:
            log.error("response is not as described", operation=self._plan.name, fault=fault)
            if self._limits.response_validation == "fail":
                return self._encoded_failure(f"undescribed response: {fault}", finish)
        return answer, body

    def _encoded_failure(
        self, error: str, finish: Callable[[Answer], Answer]
    ) -> tuple[Answer, bytes]:
        answer = finish(self._failed(error))
        body = responses.encode(answer)
        assert isinstance(body, bytes)
        return answer, body

    def _failed(self, error: str) -> Answer:
        self._outcome, self._error = "failure", error
        return self._carrier.envelope.internal(self.request)

    def entry(
        self,
        request_id: str,
        at: datetime,
        status: int,
        headers: responses.HeaderList,
        body: bytes,
    ) -> Entry:
        """The journal's entry for the exchange."""
        return Entry(
            id=request_id,
            at=at,
            carrier=self._carrier.name,
            operation=None if self._plan is None else self._plan.name,
            method=self.request.method,
            path=self.request.path,
            query=self.scope["query_string"].decode("latin-1"),
            request_headers=self.scope["headers"],
            request_body=self._raw,
            status=status,
            response_headers=headers,
            response_body=body,
            microseconds=(time.perf_counter_ns() - self._began) // 1000,
            why={
                "outcome": self._outcome,
                "reason": self._reason,
                "findings": self._findings,
                "quirks": self._quirks,
                "notes": self._notes,
                "events": self._emitted,
                "rule": self._rule,
            },
            error=self._error,
        )
