"""What can be wrong with the steps of a scenario: a client's script."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, get_args

import msgspec
from msgspec import UNSET

from simulator.carriers.carrier import Carrier
from simulator.core.clock import parse_duration
from simulator.core.templates import is_name, is_variable, variables
from simulator.engine.records import WebhookStatus
from simulator.scenarios.files import advance_checks
from simulator.scenarios.files.pattern_checks import pattern_faults, status_faults
from simulator.scenarios.files.time_checks import time_faults
from simulator.scenarios.model import Expectation, Poll, SentRequest, Step
from simulator.scenarios.reading.positions import Path
from simulator.scenarios.reading.shape import Fault, hint
from simulator.scenarios.rules import header_checks
from simulator.scenarios.rules.rule_checks import METHODS
from simulator.scenarios.vocabulary import Vocabulary
from simulator.scenarios.worlds import acting

_KINDS = ("request", "advance", "wait", "do", "webhook")
_POINTER = re.compile(r"(?:/(?:[^~/]|~[01])*)*")
_VARIABLE = re.compile(r"\$?\$\{[^{}]*\}")
_HEADER = re.compile(r"header:[A-Za-z0-9-]+", re.IGNORECASE)
_WEBHOOK_STATUSES: tuple[str, ...] = get_args(WebhookStatus)
MOST_POLLS = 1000
"""How often a poll may ask again."""
_AMBIENT = ("env", "workspace")
"""Variables that need not be saved: those of the environment, and the workspace's name."""


def faults(known: Vocabulary, steps: Sequence[Any]) -> Iterator[Fault]:
    """Everything that is wrong with steps that have their shape; None for those that have not."""
    saved: list[str] = []
    carrier: str | None = None
    for place, part in enumerate(steps):
        if part is None:
            continue
        step = msgspec.convert(part, Step)
        path: Path = ("steps", place)
        yield from _kinds(step, path)
        yield from _unsaved(part, saved, path)
        if step.request is not None:
            carrier = step.request.carrier or carrier
            if carrier is None:
                yield Fault((*path, "request"), 'names no "carrier", and no step before it does')
            yield from _request(known, step.request, (*path, "request"))
            yield from _headers(known.carriers.get(carrier or ""), step.request, (*path, "request"))
        yield from _expected(step, path)
        if step.advance is not None:
            yield from advance_checks.faults(known, step.advance, (*path, "advance"))
        if step.do is not UNSET:
            yield from acting.faults(known.actions, step.do, (*path, "do"))
        for name, source in step.save.items():
            yield from _source(name, source, (*path, "save", name))
            saved.append(name)


def _kinds(step: Step, path: Path) -> Iterator[Fault]:
    given = [name for name in _KINDS if getattr(step, name) not in (None, UNSET)]
    if len(given) != 1:
        said = f", not {' and '.join(given)}" if given else ""
        yield Fault(path, f"a step is one of {', '.join(_KINDS)}{said}")
    if step.request is None:
        for name in ("expect", "poll", "save"):
            if getattr(step, name):
                yield Fault((*path, name), 'belongs to "request"', True)


def _unsaved(part: Any, saved: Sequence[str], path: Path) -> Iterator[Fault]:
    for name in dict.fromkeys(variables(part)):
        first = name.partition(".")[0]
        if not is_name(name):
            yield Fault(path, f"${{{name}}} is no variable: letters, digits, underscores and dots")
        elif first not in saved and first not in _AMBIENT:
            yield Fault(path, f"${{{name}}} was not saved by a step before.{hint(first, saved)}")


def _request(known: Vocabulary, request: SentRequest, path: Path) -> Iterator[Fault]:
    if request.method.upper() not in METHODS:
        yield Fault(
            (*path, "method"), f'"{request.method}" is no method.{hint(request.method, METHODS)}'
        )
    if request.carrier is not None and request.carrier not in known.carriers:
        meant = hint(request.carrier, list(known.carriers))
        yield Fault((*path, "carrier"), f'"{request.carrier}" is no carrier.{meant}')
    if not (request.path.startswith("/") or is_variable(request.path)):
        yield Fault((*path, "path"), "begins with /, or is a link that was saved: ${link}")
    if request.body is not UNSET and request.form is not None:
        yield Fault((*path, "form"), "takes body or form, not both", True)


def _headers(spoken: Carrier | None, request: SentRequest, path: Path) -> Iterator[Fault]:
    """Headers, and a credential, that cannot be sent; what variables hold is seen when it is."""
    for name, value in request.headers.items():
        for message in header_checks.name_faults(_VARIABLE.sub("x", name), ""):
            yield Fault((*path, "headers", name), message, True)
        for message in header_checks.value_faults(_VARIABLE.sub("x", value)):
            yield Fault((*path, "headers", name), message)
    if spoken is not None and request.auth:
        for value in spoken.present(_VARIABLE.sub("x", request.auth)).values():
            for message in header_checks.value_faults(value):
                yield Fault((*path, "auth"), message)


def _expected(step: Step, path: Path) -> Iterator[Fault]:
    if step.expect is not None:
        yield from _expectation(step.expect, (*path, "expect"))
    if step.poll is not None:
        yield from _poll(step.poll, (*path, "poll"))
        if step.expect is None:
            yield Fault((*path, "poll"), 'needs "expect": what is asked for until it is so', True)
    if step.wait is not None:
        yield from time_faults((*path, "wait"), parse_duration, step.wait)
    if step.webhook is not None:
        status = step.webhook.status
        if isinstance(status, str) and status not in _WEBHOOK_STATUSES:
            meant = hint(status, _WEBHOOK_STATUSES)
            yield Fault(
                (*path, "webhook", "status"), f'"{status}" is no status of a webhook.{meant}'
            )
        for name in ("event", "status", "body"):
            pattern = getattr(step.webhook, name)
            if pattern is not UNSET:
                yield from pattern_faults(pattern, (*path, "webhook", name))


def _poll(poll: Poll, path: Path) -> Iterator[Fault]:
    unreadable = [
        *time_faults((*path, "every"), parse_duration, poll.every),
        *time_faults((*path, "within"), parse_duration, poll.within),
    ]
    yield from unreadable
    if not unreadable:
        every, within = parse_duration(poll.every), parse_duration(poll.within)
        if within > every * MOST_POLLS > every * 0:
            yield Fault(
                path, f"asks more than {MOST_POLLS} times: make every longer or within shorter"
            )


def _expectation(expect: Expectation, path: Path) -> Iterator[Fault]:
    if expect.status is not UNSET:
        yield from status_faults(expect.status, (*path, "status"))
    if expect.body is not UNSET:
        yield from pattern_faults(expect.body, (*path, "body"))
    yield from pattern_faults(expect.headers, (*path, "headers"))
    if expect.fails and (expect.status, expect.body, expect.headers) != (UNSET, UNSET, {}):
        yield Fault((*path, "fails"), "says that no answer arrives: nothing is to be said of it")


def _source(name: str, source: str, path: Path) -> Iterator[Fault]:
    if not is_name(name) or "." in name or name in (*_AMBIENT, "event"):
        yield Fault(path, f'"{name}" is no name for a variable: letters, digits, underscores', True)
    if not _POINTER.fullmatch(source) and not _HEADER.fullmatch(source):
        yield Fault(path, f'"{source}" is neither a JSON Pointer (/id) nor header:Name')
