"""One exchange with a carrier: transaction, answer, journal."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

import msgspec
import structlog
from starlette.types import Receive, Scope

from simulator.carriers.carrier import Carrier
from simulator.core.answers import Answer, Finding, Refusal, Rendering
from simulator.engine.bounds import REFUSED, Dropped
from simulator.engine.copies import apart
from simulator.engine.journal import Entry, Heard
from simulator.engine.porch import Porch
from simulator.engine.rules.firing import Fired
from simulator.engine.workspace import Workspace
from simulator.engine.world import Request, World
from simulator.http import admission, bodies, responses, unmatched
from simulator.http.context import SCOPE_KEY, Context, Limits
from simulator.http.described.operations import Beside
from simulator.http.described.parameters import parse_query
from simulator.http.described.plan import Plan, UnsupportedMediaType
from simulator.http.described.reading import NOTHING, Reading
from simulator.http.edition_choice import EditionChoice
from simulator.http.rules import rule_answers
from simulator.http.rules.request_rules import BadRequestRule
from simulator.http.rules.rule_desk import Asking, RuleDesk
from simulator.http.told import answered
from simulator.http.told.account import Account

log = structlog.get_logger("simulator.http")

_MANY_IDS = 512
"""Characters of a path that names so many things that to look at each takes milliseconds."""
_UNDESCRIBED = ("dropped", "retired")
"""Outcomes of which, as of what a rule does, the description need not know the answer."""


class Exchange:
    """One request on its way, and what becomes known of it for the journal.

    `turned_away` is the workspace that it named, if that does not exist and was not made for it. It
    `is_settled` once what it did is kept and only its answer is to come.
    """

    __slots__ = (
        "_began",
        "_carrier",
        "_excess",
        "_given",
        "_is_read",
        "_limits",
        "_plan",
        "_raw",
        "_reading",
        "_told",
        "_values",
        "context",
        "edition",
        "is_settled",
        "request",
        "scope",
        "turned_away",
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
        self._plan = self._given = plan
        self._values = values
        self.scope = scope
        self.context: Context = scope[SCOPE_KEY]
        sent = parse_query(scope["query_string"])
        self.request = Request(
            self.context.base_url,
            self.context.headers,
            carrier.normalise_query(sent) if sent else (),
            scope["method"],
            scope["path"],
            sent,
            self.context.step,
        )
        self.edition = EditionChoice(carrier, self.request, self.context.credential)
        self.turned_away: str | None = None
        self._raw = b""
        self._reading = NOTHING
        self._is_read = False
        self._excess: bodies.TooLarge | None = None
        self._told = Account()
        self.is_settled = False

    def begin_again(self) -> None:
        """Know nothing of the answer, since what was done is undone."""
        self._plan, self._told, self.is_settled = self._given, Account(), False
        carrier, request, credential = self._carrier, self.request, self.context.credential
        self.edition = EditionChoice(carrier, request, credential)

    async def read(self, receive: Receive) -> None:
        """Read the body, once, as every edition does. Raises `Disconnected` and `TooLarge`, which
        a body stays."""
        if self._is_read:
            if self._excess is not None:
                raise self._excess
            return
        self._is_read = True
        declared = self.context.headers.get("content-length")
        try:
            self._raw = await bodies.read(receive, self._limits.body_bytes, declared)
        except bodies.TooLarge as error:
            self._excess = error
            raise
        media = bodies.media_type(self.request.headers.get("content-type"))
        depth, normalise = self._limits.body_depth, self._carrier.normalise_body
        self._reading = Reading(media, self._raw, depth, normalise)
        if self._reading.is_large:
            await self._reading.ahead(() if self._plan is None else self._plan.editions.values())

    def note(self, text: str) -> None:
        """Tell the journal's reader something."""
        self._told.notes.append(text)

    def overruled(self, status: int) -> None:
        """Tell the journal's reader how the carrier answered before a rule had its say."""
        self._told.own_status = status

    def choose(self, workspace: Workspace) -> None:
        """Choose the edition that answers, by all that is known without the body."""
        self._plan = self.edition.choose(workspace.quirks, workspace.state, self._plan)

    def may_enter(self, porch: Porch) -> bool:
        """Whether a workspace is made for the request: an operation takes it, its caller is known,
        its body can be read, and it accepts what it can get. What it is answered is of no matter.
        """
        self.choose(porch.workspace)
        plan = self._plan
        if plan is None or self._told.outcome == "too_large" or self.edition.is_missing:
            return False
        perform = self._perform if plan.judges_forms(self.request.headers) else None
        let_in = admission.is_let_in(porch, self.request, partial(self._admit, plan), perform)
        self._told.outcome, self._told.reason, self._told.findings = "handler", "", ()
        return let_in

    def stay_outside(self, porch: Porch) -> Workspace:
        """Let the request be answered before the door; gives the workspace that is there."""
        self.turned_away = self.context.workspace
        self.context = msgspec.structs.replace(self.context, hub=porch.hub, workspace=REFUSED)
        return porch.workspace

    def consult(self, rules: RuleDesk, workspace: Workspace) -> Fired | None:
        """The rule that acts on this request; what it used up is kept whatever becomes of it.

        Raises `Refusal` for a rule of the request's own that cannot be.
        """
        asking = self._asking()
        try:
            ruling = rules.ask(workspace, asking, self.scope["headers"])
        except BadRequestRule as error:
            self._told.outcome, self._told.reason = "request_rule", str(error)
            answer = self._carrier.envelope.malformed(self.request, str(error))
            raise Refusal(answer) from None
        told = self._told
        fired, told.passed, told.resources = ruling
        told.rule = fired
        if fired is not None and rule_answers.acts_before(fired):
            told.outcome = "rule"
        return fired

    def _asking(self) -> Asking:
        query = self.scope["query_string"]
        asked = self.context, self.request, self._plan, self._values, self._raw, query
        return Asking(*asked, self.edition, self._reading.loosely)

    def tell(self, workspace: Workspace, status: int, body: bytes) -> None:
        """Tell who waits for requests like this one that it was answered."""
        hub, plan = self.context.hub, self._plan
        observer = hub.observer
        if observer is None or plan is None or not observer.listens(workspace.state, plan.name):
            return
        told = (workspace, self._carrier, self._asking(), status, body)
        self._told.notes += answered.tell(hub, observer, *told)

    @property
    def makes_much(self) -> bool:
        """Whether it may take so long that others are to be answered meanwhile."""
        many = self._reading.is_much or len(self.scope["path"]) >= _MANY_IDS
        return many and self.turned_away is None

    def answer(self, workspace: Workspace) -> Answer:
        """Run the due jobs and the operation; those jobs alone where it raises `Unbuilt`."""
        run, work = self.context.hub.run, self._operate
        first = partial(self._counter, workspace)
        try:
            return self._heed(run(workspace, work, self.request, first=first, patient=True))
        except Exception as error:
            return self._unkept(workspace, error)

    async def answer_apart(self, workspace: Workspace) -> Answer:
        """As `answer`, while others are answered; a conflict where the workspace is deleted or
        begins again meanwhile."""
        hub, work = self.context.hub, self._operate
        first = partial(self._counter, workspace)
        try:
            return self._heed(await apart.run(hub, workspace, work, self.request, first))
        except Dropped as dropped:
            self._told.outcome, self._told.reason = "dropped", str(dropped)
            return self._carrier.envelope.gone(self.request, 409, self._told.reason)
        except Exception as error:
            return self._unkept(workspace, error)

    def _counter(self, workspace: Workspace) -> Callable[[World], object] | None:
        return self._carrier.counter(workspace.quirks, self.edition.name)

    def _unkept(self, workspace: Workspace, error: Exception) -> Answer:
        """The answer of an operation that raised."""
        if isinstance(error, Refusal):
            if self._told.outcome == "handler":
                self._told.outcome = "refusal"
            return self._heed(error.answer)
        name = None if self._plan is None else self._plan.name
        log.error("handler failed", operation=name, workspace=workspace.name, exc_info=error)
        return self._failed(f"{type(error).__name__}: {error}")

    def _heed(self, answer: Answer) -> Answer:
        """The answer, of which the journal is told why it refuses what it refuses."""
        if answer.why is not None:
            self._told.why = answer.why
            self._told.findings = answer.why.findings or self._told.findings
        return answer

    def _operate(self, world: World) -> Answer:
        plan = self._plan
        assert plan is not None
        told = self._told
        told.quirks, told.notes, told.emitted = world.quirks_used, world.notes, world.emitted
        return self._perform(world, self._admit(plan, world))

    def _perform(self, world: World, admitted: tuple[Any, list[Finding]]) -> Answer:
        """What the operation answers to a body and what is wrong with it; raises `Refusal`."""
        plan, (body, faults) = self._plan, admitted  # the body may have told another edition
        assert plan is not None
        arguments, refused = plan.parameters(self._values, self.request.query)
        self._told.findings = findings = [*refused, *faults]
        if findings and not plan.judges_bodies:
            self._told.outcome = "validation"
            raise Refusal(self._carrier.envelope.invalid(self.request, findings))
        answer = plan.call(world, arguments, body, faults)
        assert isinstance(answer, Answer), f"{plan.name} gave {type(answer).__name__}"
        return answer

    def _admit(self, plan: Plan, world: World) -> tuple[Any, list[Finding]]:
        """The decoded body of a request whose caller is known; raises `Refusal`."""
        world.edition = self.edition.chosen
        if self.edition.settled or not plan.takes_body:
            self._check_edition(world)
        self._carrier.check(world)
        if plan.secured:
            world.caller = self._carrier.authenticate(world, self.context.credential)
        self.edition.let_in = plan.secured
        return self._body(plan, world)

    def _body(self, plan: Plan, world: World) -> tuple[Any, list[Finding]]:
        envelope = self._carrier.envelope
        if not plan.takes_body:
            return None, []
        media = self._reading.media
        try:
            decoded = self._reading.decoded(plan)
            if not self.edition.settled:
                if decoded is not self._raw and self.edition.heed(decoded):
                    self._plan = plan = plan.editions.get(self.edition.name, plan)
                    world.edition = self.edition.chosen
                self._check_edition(world)
            return self._reading.judged(plan, decoded)
        except UnsupportedMediaType:
            self._told.outcome, self._told.reason = "media_type", plan.unwanted(media)
            answer = envelope.wrong_media_type(self.request, plan.accepted)
            raise Refusal(answer) from None
        except bodies.Malformed as error:
            self._told.outcome, self._told.reason = "malformed", str(error)
            raise Refusal(envelope.malformed(self.request, str(error))) from None
        except bodies.TooLarge as error:
            raise self.too_large(error) from None

    def _check_edition(self, world: World) -> None:
        """Raises `Refusal` while the edition that is asked for does not answer."""
        closed = self.edition.closed(world.state, world.now)
        if closed is not None:
            status, message = closed
            self._told.outcome, self._told.reason = "retired", message
            raise Refusal(self._carrier.envelope.gone(self.request, status, message))

    def too_large(self, error: bodies.TooLarge) -> Refusal:
        """The refusal of a body beyond the bounds."""
        self._told.outcome, self._told.reason = "too_large", str(error)
        return Refusal(self._carrier.envelope.too_large(self.request, str(error)))

    def missing(self, workspace: Workspace) -> Answer:
        """The answer where only other editions have the operation: as if nobody had it."""
        plan = self._plan
        assert plan is not None
        self._plan = None
        others = " and ".join(plan.editions)
        answer = self.unmatched(workspace, plan.beside)
        self._told.reason += f" in the edition {self.edition.name}; the edition {others} does"
        return answer

    def unmatched(self, workspace: Workspace, beside: Beside | None) -> Answer:
        """The answer to an unknown path (there is nothing `beside`) or a wrong method."""
        self.edition.choose(workspace.quirks, workspace.state, None, beside)
        missed = unmatched.miss(self._carrier, self.request, self.edition.name, beside, workspace)
        self._told.outcome, self._told.reason = missed.outcome, missed.reason
        self._told.quirks.update(missed.quirks)
        return missed.answer

    async def drawn(self, answer: Answer) -> Answer:
        """The answer with its body at hand; an error if it cannot be drawn."""
        if not isinstance(answer.body, Rendering):
            return answer
        try:
            return msgspec.structs.replace(answer, body=await responses.draw(answer.body))
        except Exception as error:
            log.exception("rendering failed", path=self.request.path)
            return self._failed(f"{type(error).__name__}: {error}")

    def encoded(self, answer: Answer, finish: Callable[[Answer], Answer]) -> tuple[Answer, bytes]:
        """The finished answer and the bytes of its body; an error if it is not as described."""
        answer = finish(answer)
        body = responses.encode_drawn(answer)
        played = self._told.rule is not None or self._told.outcome in _UNDESCRIBED
        if self._limits.response_validation == "off" or self._plan is None or played:
            return answer, body
        fault = self._plan.response_fault(answer.status, answer.media_type, body, answer.empty)
        if fault is None and 400 <= answer.status < 500:
            fault = self._told.why.beside(self._told.reason, self._told.findings).mute
        if fault is not None:
            log.error("response is not as described", operation=self._plan.name, fault=fault)
            if self._limits.response_validation == "fail":
                answer = finish(self._failed(f"undescribed response: {fault}"))
                return answer, responses.encode_drawn(answer)
        return answer, body

    def _failed(self, error: str) -> Answer:
        self._told.outcome, self._told.error = "failure", error
        return self._carrier.envelope.internal(self.request)

    def entry(
        self,
        request_id: str,
        at: datetime,
        status: int,
        headers: responses.HeaderList,
        body: bytes,
        heard: Heard | None,
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
            request_kept=self._raw,
            status=status,
            response_headers=headers,
            response_kept=body,
            microseconds=(time.perf_counter_ns() - self._began) // 1000,
            why=self._told.reasons(self.edition.chosen),
            error=self._told.error,
            heard=heard,
        )
