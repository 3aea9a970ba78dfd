"""Plays one scenario as a client, step by step."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import httpx2
import msgspec
from msgspec import UNSET

from simulator.core import reading
from simulator.core.clock import BadTime, parse_duration
from simulator.core.templates import UnknownVariable, filled
from simulator.engine.rules.matching import ABSENT
from simulator.scenarios.model import Expectation, SentRequest, Step
from simulator.scenarios.replay import requests
from simulator.scenarios.replay.ambient import ambient, check
from simulator.scenarios.replay.answers.expectations import Judge, body_of, told, unlike
from simulator.scenarios.replay.answers.notifications import missing
from simulator.scenarios.replay.events import Gap, StepOutcome, StepResult
from simulator.scenarios.replay.masking import Masker
from simulator.scenarios.replay.requests import Inherited
from simulator.scenarios.replay.stages.stage import (
    BadStep,
    Refusal,
    Skipped,
    Stage,
    Unreachable,
    unexpected,
)


class Played(NamedTuple):
    """A step that was played: its result, the answer if there was one, and whether the story can
    go on."""

    result: StepResult
    response: httpx2.Response | None
    goes_on: bool


class _Failed(Exception):
    """What a step expects did not come true."""

    def __init__(self, message: str, gaps: Sequence[Gap] = ()) -> None:
        super().__init__(message)
        self.gaps = tuple(gaps)


class Player:
    """A client with what it saved, on a stage. `judge` compares answers."""

    def __init__(
        self,
        stage: Stage,
        client: httpx2.Client,
        carriers: Mapping[str, Any],
        masker: Masker,
        judge: Judge = unlike,
    ) -> None:
        self._stage = stage
        self._client = client
        self._inherited = Inherited(carriers)
        self._masker = masker
        self._judge = judge
        self._saved: dict[str, Any] = ambient(stage.name)
        self._request: httpx2.Request | None = None
        self._response: httpx2.Response | None = None

    def play(self, step: Step, number: int, place: str) -> Played:
        """Carry out a step. Whatever goes wrong with it is in the result."""
        begun = time.perf_counter()
        self._request = self._response = None
        outcome: StepOutcome = "passed"
        message, goes_on = "", True
        gaps: tuple[Gap, ...] = ()
        try:
            self._do(step)
        except Skipped as error:
            outcome, message = "skipped", str(error)
        except _Failed as error:
            outcome, message, gaps = "failed", str(error), error.gaps
            goes_on = self._response is not None and self._could_save(step)
        except Unreachable as error:
            outcome, message, goes_on = "broken", str(error), False
        except (BadStep, BadTime, Refusal, UnknownVariable) as error:
            outcome, message, goes_on = "failed", str(error), False
        except Exception as error:
            # A fault of ours: the other files, and the reports, are not to be lost with it.
            outcome, message, goes_on = "broken", unexpected(error), False
        result = StepResult(
            number=number,
            name=name_of(step),
            place=place,
            outcome=outcome,
            seconds=time.perf_counter() - begun,
            message=message,
            differences=gaps,
        )
        return Played(self._told(result), self._response, goes_on)

    def _told(self, result: StepResult) -> StepResult:
        """The result with what was said on the wire, where something is wrong with it."""
        if result.outcome not in ("failed", "broken"):
            return result
        request, response = self._request, self._response
        return msgspec.structs.replace(
            result,
            sent=None if request is None else requests.sent(request, self._masker),
            got=None if response is None else requests.got(response, self._masker),
            why=() if response is None else self._why(response),
        )

    def _why(self, response: httpx2.Response) -> tuple[str, ...]:
        try:
            return self._stage.explain(response.headers)
        except Unreachable:
            return ()

    def _do(self, step: Step) -> None:
        check(step)
        if step.request is not None:
            self._ask(step, step.request)
        elif step.do is not UNSET:
            for actions in step.do if isinstance(step.do, list) else [step.do]:
                for action, arguments in actions.items():
                    self._stage.do(action, filled(arguments, self._saved))
        elif step.advance is not None:
            self._stage.advance(filled(step.advance, self._saved))
        elif step.wait is not None:
            self._stage.wait(parse_duration(step.wait))
        elif step.webhook is not None:
            expected = filled(msgspec.to_builtins(step.webhook), self._saved)
            gaps = missing(expected, self._stage.webhooks())
            if gaps:
                raise _Failed("the notification is not there", gaps)

    def _ask(self, step: Step, asked: SentRequest) -> None:
        self._request = requests.build(asked, self._saved, self._inherited, self._stage)
        expected = self._expectation(step)
        for attempt, last in enumerate(self._attempts(step), start=1):
            response = self._send(self._request, expected)
            if response is None:
                return
            self._response = response
            # A judge of shapes would be content with what is not there yet.
            if not last and unlike(expected, response):
                continue
            gaps = self._judge(expected, response)
            if not gaps:
                self._saved |= self._values(step.save, body_of(response), response.headers)
                return
            if last:
                tries = f" after {attempt} tries" if step.poll is not None else ""
                raise _Failed(f"the answer is not as expected{tries}", gaps)

    def _expectation(self, step: Step) -> Expectation | None:
        expected = step.expect
        if expected is None:
            return None
        return msgspec.structs.replace(
            expected,
            status=_filled(expected.status, self._saved),
            headers=filled(expected.headers, self._saved),
            body=_filled(expected.body, self._saved),
        )

    def _attempts(self, step: Step) -> Iterator[bool]:
        """Once, or as often as a poll allows with its pauses; each time whether it is the last."""
        if step.poll is None:
            yield True
            return
        every = parse_duration(step.poll.every)
        left = parse_duration(step.poll.within)
        while left >= every > every * 0:
            yield False
            self._stage.pause(every)
            left -= every
        yield True

    def _send(
        self, request: httpx2.Request, expected: Expectation | None
    ) -> httpx2.Response | None:
        """The answer; None where the connection broke as it was meant to."""
        fails = expected is not None and expected.fails
        try:
            response = self._client.send(request)
        except httpx2.ConnectError as error:
            raise Unreachable(f"{request.url} was not reached: {error}") from None
        except httpx2.InvalidURL as error:
            raise BadStep(f"{request.url} is not a URL: {error}") from None
        except httpx2.RequestError as error:
            if fails:
                return None
            kind = type(error).__name__
            raise _Failed(f"no whole answer came: {str(error) or kind} ({kind})") from None
        if fails:
            self._response = response
            gap = Gap("/", "a connection that breaks", f"an answer with {response.status_code}")
            raise _Failed("a whole answer came", [gap])
        return response

    def _could_save(self, step: Step) -> bool:
        """Save what a step that failed saves, so that the steps after it can be looked at."""
        assert self._response is not None
        try:
            values = self._values(step.save, body_of(self._response), self._response.headers)
        except _Failed:
            return False
        self._saved |= values
        return True

    def _values(
        self, save: Mapping[str, str], body: Any, headers: Mapping[str, str]
    ) -> dict[str, Any]:
        values = {name: _pointed(source, body, headers) for name, source in save.items()}
        gaps = [
            Gap(save[name], f"a value for ${{{name}}}", told(ABSENT))
            for name, value in values.items()
            if value is ABSENT
        ]
        if gaps:
            raise _Failed("what is to be saved is not there", gaps)
        return values


def name_of(step: Step) -> str:
    """What a step is called in reports: its name, or what it does."""
    if step.name:
        return step.name
    if step.request is not None:
        return f"{step.request.method.upper()} {step.request.path}"
    if step.advance is not None:
        by = step.advance
        return f"advance {by if isinstance(by, str) else msgspec.json.encode(by).decode()}"
    if step.wait is not None:
        return f"wait {step.wait}"
    if step.do is not UNSET:
        listed = step.do if isinstance(step.do, list) else [step.do]
        return f"do {', '.join(action for actions in listed for action in actions)}"
    if step.webhook is not None:
        event = step.webhook.event
        return f"webhook {event}" if isinstance(event, str) else "webhook"
    return "nothing"


def _filled(pattern: Any, saved: Mapping[str, Any]) -> Any:
    return UNSET if pattern is UNSET else filled(pattern, saved)


def _pointed(source: str, body: Any, headers: Mapping[str, str]) -> Any:
    """What a JSON Pointer or ``header:Name`` points at, or that it is absent."""
    if source.startswith("header:"):
        return headers.get(source.removeprefix("header:").strip(), ABSENT)
    value = body
    for part in source.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict):
            value = value.get(name, ABSENT)
        elif isinstance(value, list) and (place := reading.whole(name)) is not None:
            value = value[place] if place < len(value) else ABSENT
        else:
            return ABSENT
    return value
