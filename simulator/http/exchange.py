"""One exchange with a carrier: transaction, answer, journal."""

from __future__ import annotations

import time
from typing import Any

import structlog
from starlette.types import Receive, Scope, Send

from simulator.carriers.carrier import Carrier
from simulator.core.answers import Answer, Finding, Refusal, Rendering
from simulator.engine.journal import Entry
from simulator.engine.workspace import Workspace
from simulator.engine.world import Request, World
from simulator.http import bodies, responses
from simulator.http.context import SCOPE_KEY, Context, Limits
from simulator.http.metrics import Metrics
from simulator.http.parameters import parse_query
from simulator.http.plan import Plan, UnsupportedMediaType

log = structlog.get_logger("simulator.http")


class _Inside:
    """What became known while a request was answered, for the journal."""

    __slots__ = ("error", "findings", "outcome", "quirks", "reason")

    def __init__(self) -> None:
        self.outcome = "handler"
        self.reason = ""
        self.findings: list[Finding] = []
        self.quirks: dict[str, Any] = {}
        self.error: str | None = None

    def why(self) -> dict[str, Any]:
        return {
            "outcome": self.outcome,
            "reason": self.reason,
            "findings": self.findings,
            "quirks": self.quirks,
        }


class Exchange:
    """Answers the requests of one carrier."""

    def __init__(self, carrier: Carrier, limits: Limits, metrics: Metrics) -> None:
        self._carrier = carrier
        self._limits = limits
        self._metrics = metrics

    async def execute(
        self, plan: Plan, values: tuple[str, ...], scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Answer a request for an operation."""
        began = time.perf_counter_ns()
        context: Context = scope[SCOPE_KEY]
        workspace = context.hub.workspace(context.workspace)
        request = self._request(scope, context)
        inside = _Inside()
        raw = b""
        answer: Answer | None = None
        if plan.takes_body:
            declared = context.headers.get("content-length")
            try:
                raw = await bodies.read(receive, self._limits.body_bytes, declared)
            except bodies.Disconnected:
                return
            except bodies.TooLarge as error:
                inside.outcome, inside.reason = "too_large", str(error)
                answer = self._carrier.envelope.too_large(request, str(error))
        if answer is None:
            answer = self._answer(plan, values, workspace, context, request, raw, inside)
        await self._finish(
            plan, workspace, context, request, raw, answer, inside, scope, send, began
        )

    async def decline(
        self, scope: Scope, receive: Receive, send: Send, allowed: list[str] | None
    ) -> None:
        """Answer a request that no operation takes, in the carrier's own words."""
        began = time.perf_counter_ns()
        context: Context = scope[SCOPE_KEY]
        workspace = context.hub.workspace(context.workspace)
        request = self._request(scope, context)
        inside = _Inside()
        inside.outcome = "unmatched"
        if allowed is None:
            inside.reason = f"{self._carrier.title} has no path {request.path}"
            answer = self._carrier.envelope.unknown_path(request)
        else:
            inside.reason = f"{request.path} takes {', '.join(allowed)}, not {request.method}"
            answer = self._carrier.envelope.wrong_method(request, allowed)
        await self._finish(
            None, workspace, context, request, b"", answer, inside, scope, send, began
        )

    def _request(self, scope: Scope, context: Context) -> Request:
        pairs = self._carrier.normalise_query(parse_query(scope["query_string"]))
        return Request(context.base_url, context.headers, pairs, scope["method"], scope["path"])

    def _answer(
        self,
        plan: Plan,
        values: tuple[str, ...],
        workspace: Workspace,
        context: Context,
        request: Request,
        raw: bytes,
        inside: _Inside,
    ) -> Answer:
        envelope = self._carrier.envelope

        def work(world: World) -> Answer:
            inside.quirks = world.quirks_used
            self._carrier.check(world)
            if plan.secured:
                world.caller = self._carrier.authenticate(world, context.credential)
            media = bodies.media_type(request.headers.get("content-type"))
            try:
                body, faults = plan.body(media, raw, self._limits.body_depth)
            except UnsupportedMediaType:
                inside.outcome, inside.reason = "media_type", f"{media or 'no media type'}"
                raise Refusal(envelope.wrong_media_type(request, plan.accepted)) from None
            except bodies.Malformed as error:
                inside.outcome, inside.reason = "malformed", str(error)
                raise Refusal(envelope.malformed(request, str(error))) from None
            except bodies.TooLarge as error:
                inside.outcome, inside.reason = "too_large", str(error)
                raise Refusal(envelope.too_large(request, str(error))) from None
            arguments, findings = plan.parameters(values, request.query)
            inside.findings = findings = findings + faults
            if findings and not plan.judges_bodies:
                inside.outcome = "validation"
                raise Refusal(envelope.invalid(request, findings))
            answer = plan.call(world, arguments, body, faults)
            assert isinstance(answer, Answer), f"{plan.name} gave {type(answer).__name__}"
            return answer

        try:
            context.hub.run_due(workspace)
            return context.hub.run(workspace, work, request)
        except Refusal as refusal:
            if inside.outcome == "handler":
                inside.outcome, inside.reason = "refusal", refusal.reason
            return refusal.answer
        except Exception as error:
            inside.outcome, inside.error = "failure", f"{type(error).__name__}: {error}"
            log.exception("handler failed", operation=plan.name, workspace=workspace.name)
            return envelope.internal(request)

    async def _finish(
        self,
        plan: Plan | None,
        workspace: Workspace,
        context: Context,
        request: Request,
        raw: bytes,
        answer: Answer,
        inside: _Inside,
        scope: Scope,
        send: Send,
        began: int,
    ) -> None:
        request_id = workspace.journal.next_id()
        now = workspace.now()
        answer = self._carrier.finish(request, workspace.quirks, answer, request_id)
        body = responses.encode(answer)
        if isinstance(body, Rendering):
            try:
                body = await responses.draw(body)
            except Exception as error:
                inside.outcome, inside.error = "failure", f"{type(error).__name__}: {error}"
                log.exception("rendering failed", request=request_id, workspace=workspace.name)
                answer = self._carrier.envelope.internal(request)
                body = responses.encode(answer)
                assert isinstance(body, bytes)
        if self._limits.response_validation != "off" and plan is not None:
            fault = plan.response_fault(answer.status, answer.media_type, body, answer.empty)
            if fault is not None:
                log.error("response is not as described", operation=plan.name, fault=fault)
                if self._limits.response_validation == "fail":
                    inside.outcome, inside.error = "failure", f"undescribed response: {fault}"
                    answer = self._carrier.envelope.internal(request)
                    body = responses.encode(answer)
                    assert isinstance(body, bytes)
        chunked = "content-transfer-encoding" in {name.lower() for name in answer.headers}
        header_list = responses.headers(answer, None if chunked else len(body), now, request_id)
        microseconds = (time.perf_counter_ns() - began) // 1000
        operation = None if plan is None else plan.name
        entry = Entry(
            at=now,
            carrier=self._carrier.name,
            operation=operation,
            method=request.method,
            path=request.path,
            query=scope["query_string"].decode("latin-1"),
            request_headers=scope["headers"],
            request_body=raw,
            status=answer.status,
            response_headers=header_list,
            response_body=body,
            microseconds=microseconds,
            why=inside.why(),
            error=inside.error,
        )
        entry.id = request_id
        workspace.journal.add(entry)
        self._metrics.count(self._carrier.name, operation, answer.status, microseconds)
        await responses.send_response(send, answer.status, header_list, body)
