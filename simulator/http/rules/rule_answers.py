"""What a rule answers: in place of the handler, or out of what the handler answered."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import UNSET

from simulator.carriers.carrier import Carrier
from simulator.core.answers import JSON, WITHOUT_BODY, Answer
from simulator.core.formats.json_merge import merged
from simulator.core.formats.json_patch import DoesNotApply, applied
from simulator.core.phrases import phrase
from simulator.engine.rules.definitions import Fault, Respond
from simulator.engine.rules.firing import Fired

_NOT_ON_THE_WIRE = ("status", "rate_limit")
_HANGING = ("connection_reset", "empty_response", "timeout")
"""Kinds for which it is of no matter what would have been answered."""


def acts_before(fired: Fired) -> bool:
    """Whether the rule acts in place of the handler."""
    definition = fired.definition
    if fired.answer is not None:
        return True
    if definition.fault is not None:
        return definition.fault.when == "before"
    return definition.respond is not None and not _is_after(definition.respond)


def instead(carrier: Carrier, fired: Fired | None) -> Answer | None:
    """The answer in place of the handler's; None when the handler shall answer."""
    if fired is None or not acts_before(fired):
        return None
    if fired.answer is not None:
        return fired.answer
    fault, respond = fired.definition.fault, fired.definition.respond
    if fault is not None:
        return _failed(carrier, fired, fault)
    assert respond is not None
    return _whole(respond)


def afterwards(carrier: Carrier, fired: Fired, answer: Answer) -> tuple[Answer, str | None]:
    """The handler's answer as a rule changes it, any other one as it is; and what the journal's
    reader is to be told of it."""
    fault, respond = fired.definition.fault, fired.definition.respond
    if fault is not None and fault.when == "after" and fault.kind in _NOT_ON_THE_WIRE:
        return _failed(carrier, fired, fault), None
    if respond is None or not _is_after(respond):
        return answer, None
    try:
        return _changed(respond, answer), None
    except DoesNotApply as error:
        return answer, f"The rule left the answer as it was: {error}"


def on_the_wire(fired: Fired) -> Fault | None:
    """The fault of the connection that a rule wants."""
    fault = fired.definition.fault
    return None if fault is None or fault.kind in _NOT_ON_THE_WIRE else fault


def _is_after(respond: Respond) -> bool:
    changes = respond.merge is not UNSET or respond.patch is not UNSET
    return respond.when == "after" or (respond.when is None and changes)


def _failed(carrier: Carrier, fired: Fired, fault: Fault) -> Answer:
    """The answer of a fault: the gateway's in front of the carrier, unless a body is given."""
    if fault.kind in _HANGING:
        return Answer(503, empty=True)
    status = 429 if fault.kind == "rate_limit" else fault.status
    if fault.kind not in _NOT_ON_THE_WIRE:
        status = 200
    headers = {"Retry-After": str(fired.retry_after)} if status == 429 else {}
    if fault.body is not None:
        return Answer(status, fault.body.encode(), headers, _kind_of(fault.body))
    if fault.kind not in _NOT_ON_THE_WIRE:
        # Half a text would be no answer that a client expects, or even be JSON: "200".
        return Answer(status, b'{"status": 200}', headers, JSON)
    usual = carrier.gateway(status)
    if usual is not None:
        return msgspec.structs.replace(usual, headers={**usual.headers, **headers})
    text = f"{status} {phrase(status)}".strip()
    return Answer(status, f"{text}\n".encode(), headers, "text/plain; charset=utf-8")


def _kind_of(text: str) -> str:
    start = text.lstrip()[:1]
    if start in ("{", "["):
        return "application/json"
    return "text/html; charset=utf-8" if start == "<" else "text/plain; charset=utf-8"


def _whole(respond: Respond) -> Answer:
    status = 200 if respond.status is None else respond.status
    if respond.body is UNSET:
        return Answer(status, headers=respond.headers, empty=True)
    return _with_body(Answer(status, headers=respond.headers), respond.body)


def _changed(respond: Respond, answer: Answer) -> Answer:
    """The handler's answer with other parts. Raises `DoesNotApply` where that cannot be."""
    headers = {**answer.headers, **respond.headers}
    status = answer.status if respond.status is None else respond.status
    changed = msgspec.structs.replace(answer, status=status, headers=headers)
    if status in WITHOUT_BODY:
        if (respond.body, respond.merge, respond.patch) != (UNSET, UNSET, UNSET):
            raise DoesNotApply(f"an answer {status} has no body")
        return msgspec.structs.replace(changed, empty=True)
    if respond.body is not UNSET:
        return _with_body(changed, respond.body)
    if respond.merge is UNSET and respond.patch is UNSET:
        return changed
    if answer.empty or not _is_json(answer):
        raise DoesNotApply("it has no JSON that could be changed")
    before = msgspec.json.decode(msgspec.json.encode(answer.body))
    if respond.patch is not UNSET:
        return msgspec.structs.replace(changed, body=applied(before, respond.patch))
    return msgspec.structs.replace(changed, body=merged(before, respond.merge))


def _is_json(answer: Answer) -> bool:
    kind = answer.media_type.partition(";")[0]
    return kind.endswith("json") and not isinstance(answer.body, bytes)


def _with_body(answer: Answer, body: Any) -> Answer:
    if isinstance(body, str):
        kind = next(
            (value for name, value in answer.headers.items() if name.lower() == "content-type"),
            _kind_of(body),
        )
        headers = {n: v for n, v in answer.headers.items() if n.lower() != "content-type"}
        return msgspec.structs.replace(
            answer, body=body.encode(), headers=headers, media_type=kind, empty=False
        )
    # As bytes, since nothing is to be added on the way out.
    encoded = msgspec.json.encode(body)
    return msgspec.structs.replace(answer, body=encoded, media_type=JSON, empty=False)
