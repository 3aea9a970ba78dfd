"""Answers the requests of one carrier, by its operations and by rules."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial

import structlog
from starlette.types import Receive, Scope, Send

from simulator.carriers.carrier import Carrier, Ending
from simulator.core.answers import Answer, Refusal, Rendering
from simulator.core.tables import Unbuilt
from simulator.engine.backends.near import Outrun
from simulator.engine.bounds import Dropped, check_name
from simulator.engine.copies import views
from simulator.engine.copies.pace import TURN
from simulator.engine.jobs import polling
from simulator.engine.jobs.runner import MoreDue
from simulator.engine.journal import Entry, Heard
from simulator.engine.keeping.noting import next_id, note
from simulator.engine.keeping.sure import surely
from simulator.engine.porch import Porch
from simulator.engine.rules.definitions import Fault
from simulator.engine.rules.firing import Fired, seconds
from simulator.engine.workspace import Workspace
from simulator.http import bodies, exchange_log, responses
from simulator.http.context import Limits
from simulator.http.described.operations import Beside
from simulator.http.described.plan import Plan
from simulator.http.exchange import Exchange
from simulator.http.metrics import Metrics
from simulator.http.rules import rule_answers
from simulator.http.rules.faults import hears, send_fault
from simulator.http.rules.request_rules import Check
from simulator.http.rules.rule_desk import RuleDesk
from simulator.http.told.near_misses import Directory

log = structlog.get_logger("simulator.http")

_POLLS = ("GET", "HEAD")


class CarrierOperations:
    """Answers the requests of one carrier."""

    def __init__(
        self,
        carrier: Carrier,
        limits: Limits,
        metrics: Metrics,
        directory: Directory,
        porch: Porch,
        check_rule: Check = lambda body: (),
    ) -> None:
        self._carrier = carrier
        self._limits = limits
        self._metrics = metrics
        self._directory = directory
        self._porch = porch
        self._rules = RuleDesk(carrier, check_rule, limits.request_rules)

    def execute(
        self, plan: Plan, values: tuple[str, ...], scope: Scope, receive: Receive, send: Send
    ) -> Awaitable[None]:
        """Answer a request for an operation."""
        exchange = Exchange(self._carrier, self._limits, plan, scope, values)
        if exchange.context.hub.keeping is None:
            return self._execute(exchange, plan, receive, send)
        return _at_last(exchange, partial(self._execute, exchange, plan, receive, send))

    def decline(
        self, scope: Scope, receive: Receive, send: Send, beside: Beside | None
    ) -> Awaitable[None]:
        """Answer a request that no operation takes, in the carrier's own words."""
        exchange = Exchange(self._carrier, self._limits, None, scope)
        return _at_last(exchange, partial(self._decline, exchange, receive, send, beside))

    async def _execute(self, exchange: Exchange, plan: Plan, receive: Receive, send: Send) -> None:
        too_large: Answer | None = None
        if plan.takes_body:
            try:
                await exchange.read(receive)
            except bodies.Disconnected:
                return
            except bodies.TooLarge as error:
                too_large = exchange.too_large(error).answer
        workspace = await self._present(exchange)
        if exchange.request.method in _POLLS and exchange.turned_away is None:
            polling.go_on(exchange.context.hub, workspace)
        try:
            fired = exchange.consult(self._rules, workspace)
        except Refusal as refusal:
            await self._respond(exchange, workspace, refusal.answer, send)
            return
        answer = too_large or rule_answers.instead(self._carrier, fired)
        if answer is None and exchange.edition.is_missing:
            answer = exchange.missing(workspace)
        if answer is None and exchange.makes_much:
            answer = await exchange.answer_apart(workspace)
        while answer is None:
            try:
                answer = exchange.answer(workspace)
            except Unbuilt as lack:
                await views.build(workspace, lack)
                workspace = await self._present(exchange)
            except MoreDue:
                await asyncio.sleep(0)
                workspace = await self._present(exchange)
        if exchange.turned_away is None:
            exchange.edition.remember(exchange.context.hub, workspace)
        if fired is None:
            await self._respond(exchange, workspace, answer, send)
        else:
            await self._respond_by_rule(exchange, workspace, answer, fired, receive, send)

    async def _decline(
        self, exchange: Exchange, receive: Receive, send: Send, beside: Beside | None
    ) -> None:
        workspace = self._place(exchange)
        fired = None
        if self._rules.may_act(workspace, exchange.context):
            try:
                await exchange.read(receive)
            except bodies.Disconnected:
                return
            except bodies.TooLarge:
                pass  # nobody takes it, so that rules know nothing of it
            workspace = await self._present(exchange)
            try:
                fired = exchange.consult(self._rules, workspace)
            except Refusal as refusal:
                await self._respond(exchange, workspace, refusal.answer, send)
                return
        if fired is None:
            unmatched = exchange.unmatched(workspace, beside)
            await self._respond(exchange, workspace, unmatched, send)
            return
        answer = rule_answers.instead(self._carrier, fired)
        answer = answer or exchange.unmatched(workspace, beside)
        await self._respond_by_rule(exchange, workspace, answer, fired, receive, send)

    async def _present(self, exchange: Exchange) -> Workspace:
        """The workspace of a request, in which no more is due than can happen with its answer.

        Not before the body is there: the workspace may be deleted while that arrives, and while
        others are answered between jobs, too.
        """
        hub = exchange.context.hub
        workspace = self._place(exchange)
        while exchange.turned_away is None:
            if workspace.apart.locked():
                await workspace.settled()
            elif workspace.much_is_due():
                hub.run_due_for(workspace, TURN)
                await asyncio.sleep(0)
            else:
                break
            workspace = self._place(exchange)
        return workspace

    def _place(self, exchange: Exchange) -> Workspace:
        """The workspace of a request, which is made for one that is let in."""
        hub, name = exchange.context.hub, exchange.context.workspace
        if exchange.turned_away is not None:
            return self._porch.workspace
        found = hub.existing(name)
        if found is not None:
            found.asked_at = time.monotonic()
            exchange.choose(found)
            return found
        check_name(name)
        if exchange.may_enter(self._porch):
            return hub.workspace(name)
        return exchange.stay_outside(self._porch)

    def _tell(
        self, exchange: Exchange, workspace: Workspace, entry: Entry, heard: Heard | None
    ) -> None:
        """The exchange's line in the log: a warning for a request that missed all operations, with
        the nearest ones, and for one that was not let in and for which there is no workspace."""
        name = exchange.turned_away or workspace.name
        said = (name, entry.carrier, entry.operation, exchange.scope)
        took = (entry.status, entry.microseconds, entry.id, heard)
        if entry.why.outcome == "unmatched":
            nearest = self._directory.nearest(entry.method, entry.path, self._carrier.name)
            veil = exchange_log.veil_of(exchange.scope)
            log.warning(
                "no operation takes this request",
                **exchange_log.fields(*said, *took),
                nearest=[veil.text(miss.sentence) for miss in nearest],
            )
        elif exchange.turned_away is not None:
            log.warning(
                "not let in, and there is no such workspace", **exchange_log.fields(*said, *took)
            )
        else:
            exchange_log.tell(*said, *took)

    @staticmethod
    async def _settle(exchange: Exchange, workspace: Workspace) -> None:
        """Have what was done kept, before something else is waited for. Raises `Outrun`."""
        keeping = exchange.context.hub.keeping
        if keeping is not None and not exchange.is_settled:
            await keeping.kept(workspace)
            exchange.is_settled = True

    async def _respond_by_rule(
        self,
        exchange: Exchange,
        workspace: Workspace,
        answer: Answer,
        fired: Fired,
        receive: Receive,
        send: Send,
    ) -> None:
        """The answer as a rule changes it, late or broken off as the rule says."""
        await self._settle(exchange, workspace)
        pause = fired.definition.delay
        if pause is not None:
            with workspace.visited():
                await asyncio.sleep(seconds(pause.by, 0.0))
        fault = rule_answers.on_the_wire(fired)
        changed, told = rule_answers.afterwards(self._carrier, fired, answer)
        if changed is not answer or not (fault is None or rule_answers.acts_before(fired)):
            exchange.overruled(answer.status)
        if told is not None:
            exchange.note(told)
        await self._respond(exchange, workspace, changed, send, fault, receive)

    async def _respond(
        self,
        exchange: Exchange,
        workspace: Workspace,
        answer: Answer,
        send: Send,
        fault: Fault | None = None,
        receive: Receive | None = None,
    ) -> None:
        if exchange.turned_away is not None:
            exchange.note(self._porch.why(exchange.turned_away))
        if isinstance(answer.body, Rendering):
            await self._settle(exchange, workspace)
            answer = await exchange.drawn(answer)
        # From here on nothing is waited for: ids and times are in the order of the journal.
        hub = exchange.context.hub
        request_id = next_id(hub, workspace)
        now = workspace.now()

        def finish(unfinished: Answer) -> Answer:
            ending = Ending(workspace.quirks, exchange.edition.name, request_id, now)
            finished = self._carrier.finish(exchange.request, unfinished, ending)
            return exchange.edition.announced(finished, workspace.state, now)

        answer, body = exchange.encoded(answer, finish)
        # A binary answer goes out in chunks and does not tell its length (observed at ShipX).
        size = None if "Content-Transfer-Encoding" in answer.headers else len(body)
        headers = responses.headers(answer, size, now, request_id)
        heard = hears(exchange.scope, fault)
        with suppress(Dropped):  # it was deleted while a rule kept the answer back
            if exchange.is_settled:
                told = partial(exchange.tell, workspace, answer.status, body)
                await surely(hub, workspace, told)
            else:
                exchange.tell(workspace, answer.status, body)
        entry = exchange.entry(request_id, now, answer.status, headers, body, heard)
        kept = note(hub, workspace, entry, sure=exchange.is_settled)
        if kept is not None:
            await kept
        if exchange.turned_away is not None:
            self._porch.tidy()
        self._metrics.count(self._carrier.name, entry.operation, answer.status, entry.microseconds)
        if fault is None or heard is not None:
            self._tell(exchange, workspace, entry, heard)
        if fault is None or receive is None:
            await responses.send_response(send, answer.status, headers, body)
            return

        def ended(heard: Heard) -> None:
            workspace.journal.amend(request_id, heard=heard)
            if hub.keeping is not None:
                hub.keeping.amend(workspace, request_id, heard)
            self._tell(exchange, workspace, entry, heard)

        await send_fault(fault, exchange.scope, receive, send, answer.status, headers, body, ended)


async def _at_last(exchange: Exchange, answer: Callable[[], Awaitable[None]]) -> None:
    """Answer an exchange, which begins again as often as another process was faster."""
    hub, name = exchange.context.hub, exchange.context.workspace
    while True:
        try:
            await answer()
            return
        except Outrun:
            exchange.begin_again()
        if hub.keeping is not None:
            await hub.keeping.supply(name)
