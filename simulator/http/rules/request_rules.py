"""Rules that come with a request, for this request only.

``X-Sim-Rule`` holds a rule as JSON, without `when`. ``Prefer`` (RFC 7240) is what clients of other
mock servers know: ``code=503`` (an answer with that status: the description's example, else the
words of what stands before the carrier), ``example=name`` (that example) and ``delay=1500`` (in
milliseconds, or with a unit). Other preferences are left to the carrier.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from simulator.core.answers import Answer
from simulator.core.clock import BadTime, parse_duration
from simulator.core.faults import closest_words
from simulator.engine.rules.definitions import (
    LONGEST_DELAY,
    WEBHOOK_FAULTS,
    Delay,
    Fault,
    Respond,
    RuleDefinition,
)
from simulator.engine.rules.firing import Fired
from simulator.http.bodies import Malformed, TooLarge, decode_json
from simulator.http.described.plan import Plan

RULE = "x-sim-rule"
PREFER = "prefer"

Check = Callable[[Mapping[str, Any]], Sequence[str]]
"""Gives everything that is wrong with a rule, as sentences."""

_OWN = ("code", "example", "delay")
_LASTING = ("when", "times", "hold")
"""Members of a rule that say nothing of one request."""

_PREFERENCE = re.compile(
    r'(?:^|,)\s*([A-Za-z0-9!#$%&\'*+.^_`|~-]+)\s*(?:=\s*("(?:[^"\\]|\\.)*"|[^,;]*))?'
)
_DEEPEST = 64
"""Levels of a rule in a header."""


class BadRequestRule(ValueError):
    """A header that cannot be followed; the message says what is wrong with it."""


def asked_for(
    headers: Mapping[str, str],
    raw: Sequence[tuple[bytes, bytes]],
    plan: Plan | None,
    check: Check,
) -> Fired | None:
    """The rule of the request's own headers. Raises `BadRequestRule`.

    `raw` has headers that repeat; the `plan` is None where no operation takes the request.
    """
    if RULE in headers:
        return _of_rule(headers[RULE], check)
    texts = [value.decode("latin-1") for name, value in raw if name.lower() == PREFER.encode()]
    wanted = {name: value for text in texts for name, value in _preferences(text) if name in _OWN}
    return _of_preferences(wanted, plan) if wanted else None


def _of_rule(header: str, check: Check) -> Fired:
    try:
        # Headers are read as Latin-1, their bytes may be UTF-8.
        body = decode_json(header.encode("latin-1"), _DEEPEST)
    except (Malformed, TooLarge) as error:
        raise BadRequestRule(f"X-Sim-Rule: {error}".replace("the body", "it")) from None
    if not isinstance(body, dict):
        raise BadRequestRule("X-Sim-Rule is a rule: an object with respond, fault or delay")
    wrong = [
        f"{name} has no place: the rule is for this one request"
        for name in _LASTING
        if name in body
    ]
    wrong += check({name: part for name, part in body.items() if name not in _LASTING})
    kind = body["fault"].get("kind") if isinstance(body.get("fault"), dict) else None
    if kind == "rate_limit":
        wrong.append("fault.kind rate_limit counts requests, and this is one: use status 429")
    if kind in WEBHOOK_FAULTS:
        wrong.append(f"fault.kind {kind} is about webhooks, and this is a request")
    if wrong:
        raise BadRequestRule(f"X-Sim-Rule: {'; '.join(wrong)}")
    return Fired(0, msgspec.convert(body, RuleDefinition), 1, header="X-Sim-Rule")


def _preferences(text: str) -> Iterator[tuple[str, str]]:
    """Names and values of a header ``Prefer``; parameters of preferences are passed over."""
    for found in _PREFERENCE.finditer(text):
        yield found[1].lower(), (found[2] or "").strip().strip('"')


def _of_preferences(wanted: Mapping[str, str], plan: Plan | None) -> Fired:
    delay = Delay(by=_duration(wanted["delay"])) if "delay" in wanted else None
    if "code" not in wanted and "example" not in wanted:
        return Fired(0, RuleDefinition(delay=delay), 1, header="Prefer")
    status, answer = _answer(wanted.get("code"), wanted.get("example"), plan)
    if answer is None:
        fault = Fault(kind="status", status=status)
        return Fired(0, RuleDefinition(fault=fault, delay=delay), 1, header="Prefer")
    told = RuleDefinition(respond=Respond(status=status), delay=delay)
    return Fired(0, told, 1, header="Prefer", answer=answer)


def _duration(text: str) -> str:
    written = f"{text}ms" if text.isascii() and text.isdigit() else text
    try:
        length = parse_duration(written)
    except BadTime as error:
        raise BadRequestRule(f"Prefer: delay={text:.40}: {error}") from None
    if length > LONGEST_DELAY:
        most = f"{LONGEST_DELAY.total_seconds():.0f}s"
        raise BadRequestRule(f"Prefer: delay={text:.40} is more than {most}, which is real time")
    return written


def _answer(code: str | None, example: str | None, plan: Plan | None) -> tuple[int, Answer | None]:
    """The status, and the answer with it; None for the words of what stands before the carrier."""
    status = None if code is None else _status(code)
    known = {} if plan is None else _examples(plan, status)
    if example is not None:
        if example not in known:
            raise BadRequestRule(f"Prefer: example={example:.60} {_nearest(example, known)}")
        return known[example]
    assert status is not None
    if known:
        return next(iter(known.values()))
    if status >= 400:
        return status, None
    described = [] if plan is None else plan.described
    if status in described:
        return status, Answer(status, empty=True)
    there = ", ".join(map(str, described)) or "none"
    raise BadRequestRule(f"Prefer: code={status} is no answer of this operation; there are {there}")


def _status(code: str) -> int:
    if re.fullmatch(r"[2-5][0-9]{2}", code) is None:
        raise BadRequestRule(f"Prefer: code={code:.40} is not a status from 200 to 599")
    return int(code)


def _examples(plan: Plan, status: int | None) -> dict[str, tuple[int, Answer]]:
    statuses = plan.described if status is None else [status]
    return {
        name: (each, _example(each, media, value))
        for each in reversed(statuses)
        for name, (media, value) in plan.examples(each).items()
    }


def _example(status: int, media: str, value: Any) -> Answer:
    if media.endswith("json"):
        # As bytes, since nothing is to be added on the way out.
        return Answer(status, msgspec.json.encode(value), media_type=f"{media}; charset=utf-8")
    return Answer(status, str(value).encode(), media_type=media)


def _nearest(example: str, known: Mapping[str, Any]) -> str:
    if not known:
        return "is not there: this answer has no examples"
    close = closest_words(example, known)
    hint = f' Did you mean "{close[0]}"?' if close else ""
    return f"is not there: there are {', '.join(known)}.{hint}"
