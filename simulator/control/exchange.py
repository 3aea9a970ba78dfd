"""One exchange with the control API: token, parameters, body, handler, answer."""

from __future__ import annotations

import asyncio
import hmac
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any

import structlog
from starlette.types import Message, Receive, Scope, Send

from simulator.control import problems
from simulator.control.browsers import Doorkeeper
from simulator.control.desk import Desk, Incoming, Pending, Stream
from simulator.control.problems import Fault
from simulator.core.answers import Answer, Finding, Refusal
from simulator.core.clock import wall
from simulator.core.formats import repeated_keys
from simulator.engine.backends.store import StoreFailure
from simulator.engine.bounds import Dropped
from simulator.engine.keeping.leases import LeaseLost
from simulator.engine.keeping.sure import fresh, told
from simulator.engine.world import Request
from simulator.http import bodies, exchange_log, responses
from simulator.http.context import SCOPE_KEY, Context
from simulator.http.described.operations import Beside
from simulator.http.described.parameters import parse_query
from simulator.http.described.plan import Plan, UnsupportedMediaType
from simulator.http.described.reading import LARGE, Reading, beside

log = structlog.get_logger("simulator.control")

_OPEN = {"control.health", "control.health_ready", "control.health_live"}
"""Operations without a token, for probes: a parameter of theirs, as against caches, is let pass."""
_MOST_HINTS = 40
"""Unknown parameters for which a known one is looked for."""
_REPEATS = {"additionalProperties"}
"""Findings that say less than the one for the unknown field does."""
_TWICE = "stands more than once: give it one value"
_ENDING = {"control.delete_workspace"}
"""Operations after which the workspace is gone."""
_ARRIVING = {"control.put_snapshot"}
"""Operations whose handler reads the body while it arrives."""


class ControlExchange:
    """Answers the requests of the control API; they are counted, but not journalled."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._answered = 0
        self._doorkeeper = Doorkeeper(desk.options.host_allow)

    async def execute(
        self, plan: Plan, values: tuple[str, ...], scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Answer a request for an operation."""
        began = time.perf_counter_ns()
        request = _request(scope)
        name = plan.path_values(values).get("workspace")
        try:
            async with self._desk.firsts.request(name) as outcome:
                answer = await self._answer(plan, values, request, receive)
                outcome.accepted = isinstance(answer, Stream) or answer.status < 400
        except bodies.Disconnected:
            return
        except bodies.TooLarge as error:
            answer = problems.too_large(str(error)).answer
        except Refusal as refusal:
            answer = refusal.answer
        except Dropped:
            detail = "The workspace was deleted while this request was answered."
            answer = problems.problem(409, detail)
        except StoreFailure as failure:
            answer = problems.problem(503, f"the store fails: {failure}")
        except LeaseLost as lost:
            answer = problems.problem(503, str(lost))
        except Exception:
            log.exception("control handler failed", operation=plan.name)
            answer = problems.internal()
        if isinstance(answer, Stream):
            status, number = 200, await self._stream(answer, scope, receive, send)
            if answer.size is None:
                return
        else:
            status, number = await self._send(plan, answer, send)
        microseconds = (time.perf_counter_ns() - began) // 1000
        self._desk.metrics.count("control", plan.name, status, microseconds)
        exchange_log.tell(name, "control", plan.name, scope, status, microseconds, number)

    async def decline(
        self, scope: Scope, receive: Receive, send: Send, beside: Beside | None
    ) -> None:
        """Answer a request that no operation takes."""
        began = time.perf_counter_ns()
        request = _request(scope)
        try:
            self._let_in(request)
            self._authorize(request)
            if beside is None:
                answer = problems.unknown_path(request.path)
            else:
                answer = problems.wrong_method(request.method, request.path, sorted(beside))
        except Refusal as refusal:
            answer = refusal.answer
        status, number = await self._send(None, answer, send)
        microseconds = (time.perf_counter_ns() - began) // 1000
        exchange_log.tell(None, "control", None, scope, status, microseconds, number)

    async def _answer(
        self, plan: Plan, values: tuple[str, ...], request: Request, receive: Receive
    ) -> Answer | Stream:
        self._let_in(request)
        if plan.name not in _OPEN:
            self._authorize(request)
        body, faults = await self._body(plan, request, receive)
        arguments, findings = plan.parameters(values, request.query)
        faults += [_query_fault(finding) for finding in findings]
        if plan.name not in _OPEN:
            faults += _wrong_parameters(plan, request)
        if faults:
            raise problems.invalid(*faults)
        name = plan.path_values(values).get("workspace")
        call = partial(plan.call, replace(self._desk, request=request), arguments, body, [])
        answered = partial(self._called, plan, name, call, receive)
        if name is None:
            return await answered()
        if request.method == "GET":
            return await told(self._desk.hub, name, answered)
        await fresh(self._desk.hub, name)
        return await answered()

    async def _called(
        self, plan: Plan, name: str | None, call: Callable[[], Any], receive: Receive
    ) -> Answer | Stream:
        """What the operation answers, for which may have to be waited."""
        result = call()
        with self._stays(None if plan.name in _ENDING else name):
            answer = await result if plan.is_async else result
            if isinstance(answer, Pending):
                answer = await _while_connected(answer, receive)
        assert isinstance(answer, Answer | Stream), f"{plan.name} gave {type(answer).__name__}"
        return answer

    def _let_in(self, request: Request) -> None:
        refused = self._doorkeeper.refusal(request.method, request.headers)
        if refused is not None:
            log.warning("a browser was not let in", method=request.method, path=request.path)
            raise problems.not_for_pages(refused)

    @contextmanager
    def _stays(self, name: str | None) -> Iterator[None]:
        """While something is waited for in a workspace. Raises `Dropped` when it is another one
        afterwards, or none."""
        find = self._desk.hub.existing
        workspace = None if name is None else find(name)
        if name is None or workspace is None:
            yield
            return
        with workspace.visited():
            yield
        if find(name) is not workspace:
            raise Dropped(f"workspace {name} was deleted meanwhile")

    def _authorize(self, request: Request) -> None:
        token = self._desk.options.token
        if token is None:
            return
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        same = hmac.compare_digest(given.strip().encode("latin-1", "replace"), token.encode())
        if scheme.lower() != "bearer" or not same:
            raise problems.unauthorized()

    async def _body(
        self, plan: Plan, request: Request, receive: Receive
    ) -> tuple[Any, list[Fault]]:
        if not plan.takes_body:
            return None, []
        options = self._desk.options
        size, depth = options.max_body_bytes, options.max_depth
        media = bodies.media_type(request.headers.get("content-type"))
        declared = request.headers.get("content-length")
        if plan.name in _ARRIVING:
            if media and media not in plan.accepted:
                raise problems.unsupported(media, plan.accepted)
            return Incoming(bodies.arriving(receive, options.snapshot_bytes, declared)), []
        try:
            raw = await bodies.read(receive, size, declared)
            reading = Reading(media, raw, depth)
            if reading.is_large:
                await reading.ahead((plan,))
            body, findings = reading.judged(plan, reading.decoded(plan))
        except bodies.TooLarge as error:
            raise problems.too_large(str(error)) from None
        except bodies.Malformed as error:
            raise problems.malformed(str(error)) from None
        except UnsupportedMediaType:
            raise problems.unsupported(media, plan.accepted) from None
        faults = [_body_fault(finding) for finding in findings if finding.key not in _REPEATS]
        if raw and not faults and media.endswith("json"):
            faults += [Fault(f"body.{each}", _TWICE) for each in await _repeated(raw)]
        return body, faults

    async def _send(self, plan: Plan | None, answer: Answer, send: Send) -> tuple[int, str]:
        """Send an answer; gives its status and its number."""
        body = responses.encode_drawn(answer)
        if plan is not None and self._desk.options.response_validation != "off":
            fault = plan.response_fault(answer.status, answer.media_type, body, answer.empty)
            if fault is not None:
                log.error("response is not as described", operation=plan.name, fault=fault)
                if self._desk.options.response_validation == "fail":
                    answer = problems.internal()
                    body = responses.encode_drawn(answer)
        number = self._next_id()
        header_list = responses.headers(answer, len(body), wall(), number)
        await responses.send_response(send, answer.status, header_list, body)
        return answer.status, number

    async def _stream(self, stream: Stream, scope: Scope, receive: Receive, send: Send) -> str:
        """Send an answer piece by piece; gives its number."""
        number = self._next_id()
        head = Answer(media_type=stream.media_type, headers={"Cache-Control": "no-store"})
        header_list = responses.headers(head, stream.size, wall(), number)
        await send({"type": "http.response.start", "status": 200, "headers": header_list})
        if scope["method"] != "HEAD":
            sending = asyncio.ensure_future(_send_pieces(stream, send))
            leaving = asyncio.ensure_future(_disconnected(receive))
            await asyncio.wait((sending, leaving), return_when=asyncio.FIRST_COMPLETED)
            for task in (sending, leaving):
                task.cancel()
            await asyncio.gather(sending, leaving, return_exceptions=True)
        await send({"type": "http.response.body", "body": b""})
        return number

    def _next_id(self) -> str:
        self._answered += 1
        return f"control-{self._answered:06d}"


def _request(scope: Scope) -> Request:
    context: Context = scope[SCOPE_KEY]
    query = parse_query(scope["query_string"])
    return Request(context.base_url, context.headers, query, scope["method"], scope["path"])


async def _send_pieces(stream: Stream, send: Send) -> None:
    async for piece in stream.pieces():
        await send({"type": "http.response.body", "body": piece, "more_body": True})


async def _while_connected(pending: Pending, receive: Receive) -> Answer:
    """The answer when it has come. Raises `Disconnected` when the client leaves before."""
    coming = asyncio.ensure_future(pending.come())
    leaving = asyncio.ensure_future(_disconnected(receive))
    try:
        await asyncio.wait((coming, leaving), return_when=asyncio.FIRST_COMPLETED)
        if not coming.done():
            raise bodies.Disconnected
        return coming.result()
    finally:
        for task in (coming, leaving):
            task.cancel()
        await asyncio.gather(coming, leaving, return_exceptions=True)


async def _disconnected(receive: Receive) -> None:
    message: Message = {}
    while message.get("type") != "http.disconnect":
        message = await receive()


def _query_fault(finding: Finding) -> Fault:
    return Fault(f"query.{finding.path[0]}", finding.message)


def _wrong_parameters(plan: Plan, request: Request) -> Iterable[Fault]:
    known = plan.query_names
    counted = Counter(name for name, _ in request.query)
    yield from (Fault(f"query.{name}", _TWICE) for name in plan.single_query if counted[name] > 1)
    allowed = f" It takes {', '.join(known)}." if known else " It takes none."
    others = [
        name for name in dict.fromkeys(name for name, _ in request.query) if name not in known
    ]
    for place, name in enumerate(others):
        guess = problems.did_you_mean(name, known) if place < _MOST_HINTS else ""
        hint = guess or allowed
        yield Fault(f"query.{name}", f"is not a parameter of this operation.{hint}")


async def _repeated(raw: bytes) -> list[str]:
    """The keys that stand more than once in a body."""
    if len(raw) < LARGE:
        return repeated_keys.places(raw)
    return await beside(lambda: repeated_keys.places(raw))


def _body_fault(finding: Finding) -> Fault:
    place = ".".join(["body", *(str(part) for part in finding.path)])
    return Fault(place, finding.message)
