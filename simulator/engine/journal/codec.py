"""Entries as bytes, and back: everything that is told of one is told of the other.

What nobody is told of is left out: the rest of a rule's definition, what of a long value is cut
when it is shown, and the resources that are less like a rule's pattern than others. Pressed bodies
are kept as they were. New fields come last and have defaults, so that older bytes can be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from simulator.core.answers import Finding
from simulator.core.faults import shortened
from simulator.engine.journal.entries import Entry, Header, Heard
from simulator.engine.journal.reasons import Acted, Outcome, Passed, Reasons

_WHOLE_NUMBER = 1
"""The code of a number that has more than 64 bits, as its hexadecimal digits."""
_WHEN = ("resource", "nth", "every", "between", "probability")
_FAULT = ("kind", "requests", "per")
"""What of a rule tells why it was not its turn."""

_Payload = dict[str, int | str]


class Amendment(msgspec.Struct, frozen=True, gc=False, array_like=True, tag=2):
    """What became known of an earlier entry: what the client heard in the end."""

    id: str
    heard: Heard


class Cleared(msgspec.Struct, frozen=True, gc=False, array_like=True, tag=3):
    """That the entries up to the one of this number are forgotten."""

    last: int


class _Finding(NamedTuple):
    """A finding, whose value is known where it is `sent`."""

    path: tuple[str | int, ...]
    key: str
    message: str
    keyword: str
    value: Any
    source: str
    allowed: Any


class _Line(msgspec.Struct, frozen=True, gc=False, array_like=True, tag=1):
    """An entry, with the texts that most of them have first."""

    id: str
    at: datetime
    carrier: str | None
    operation: str | None
    method: str
    path: str
    query: str
    request_headers: list[Header]
    request_body: bytes
    status: int
    response_headers: list[Header]
    response_body: bytes
    microseconds: int
    error: str | None
    heard: Heard | None
    request_size: int | None
    response_size: int | None
    outcome: Outcome
    edition: str | None
    edition_sign: str
    reason: str
    key: str
    advice: str
    findings: tuple[_Finding, ...]
    quirks: dict[str, Any]
    notes: tuple[str, ...]
    events: tuple[tuple[str, _Payload], ...]
    rule: Acted | None
    passed: tuple[Passed, ...]
    resources: tuple[Any, ...]
    own_status: int | None = None


def encode(entry: Entry) -> bytes:
    """The bytes of an entry."""
    return _written(_line(entry))


def encode_amendment(entry_id: str, heard: Heard) -> bytes:
    """The bytes that tell what the client of an earlier entry heard."""
    return _encoder.encode(Amendment(entry_id, heard))


def encode_clearing(last: int) -> bytes:
    """The bytes that tell that all earlier entries are forgotten."""
    return _encoder.encode(Cleared(last))


def decode(line: bytes) -> Entry | Amendment | Cleared:
    """What these are the bytes of. Raises msgspec.DecodeError."""
    read = _decoder.decode(line)
    return _entry(read) if isinstance(read, _Line) else read


def _line(entry: Entry) -> _Line:
    why = entry.why
    return _Line(
        id=entry.id,
        at=entry.at,
        carrier=entry.carrier,
        operation=entry.operation,
        method=entry.method,
        path=entry.path,
        query=entry.query,
        request_headers=entry.request_headers,
        request_body=entry.request_body,
        status=entry.status,
        response_headers=entry.response_headers,
        response_body=entry.response_body,
        microseconds=entry.microseconds,
        error=entry.error,
        heard=entry.heard,
        request_size=entry.request_size,
        response_size=entry.response_size,
        outcome=why.outcome,
        edition=why.edition,
        edition_sign=why.edition_sign,
        reason=why.reason,
        key=why.key,
        advice=why.advice,
        findings=tuple(map(_finding, why.findings)),
        quirks=why.quirks,  # type: ignore[arg-type]
        notes=why.notes,  # type: ignore[arg-type]
        events=tuple((name, _payload(payload)) for name, payload in why.events),
        rule=why.rule,
        passed=tuple(map(_passed, why.passed)),
        resources=tuple(why.nearest_resources),
        own_status=why.own_status,
    )


def _entry(line: _Line) -> Entry:
    return Entry(
        id=line.id,
        at=line.at,
        carrier=line.carrier,
        operation=line.operation,
        method=line.method,
        path=line.path,
        query=line.query,
        request_headers=line.request_headers,
        request_kept=line.request_body,
        status=line.status,
        response_headers=line.response_headers,
        response_kept=line.response_body,
        microseconds=line.microseconds,
        why=Reasons(
            outcome=line.outcome,
            edition=line.edition,
            edition_sign=line.edition_sign,
            reason=line.reason,
            key=line.key,
            advice=line.advice,
            findings=tuple(Finding(**each._asdict()) for each in line.findings),
            quirks=line.quirks,
            notes=line.notes,
            events=line.events,
            rule=line.rule,
            passed=line.passed,
            resources=line.resources,
            own_status=line.own_status,
        ),
        error=line.error,
        heard=line.heard,
        request_size=line.request_size,
        response_size=line.response_size,
    )


def _finding(found: Finding) -> _Finding:
    value = None if found.value is None else shortened(found.value)
    path, told = found.path, (found.key, found.message, found.keyword)
    return _Finding(path, *told, value, found.source, found.allowed)


def _payload(payload: Mapping[str, Any]) -> _Payload:
    """What a duplicate may be known by."""
    return {name: value for name, value in payload.items() if isinstance(value, int | str)}


def _passed(rule: Passed) -> Passed:
    """A rule with what tells why it was not its turn: its answers may be long."""
    definition = rule.definition
    told = {name: definition[name] for name in ("name", "times") if name in definition}
    for part, members in (("when", _WHEN), ("fault", _FAULT)):
        held = definition.get(part)
        if held is not None:
            told[part] = {name: held[name] for name in members if name in held}
    return Passed(rule.id, told, rule.seen, rule.used)


def _written(line: _Line) -> bytes:
    try:
        return _encoder.encode(line)
    except (OverflowError, UnicodeEncodeError):
        return _encoder.encode(_portable(line))


def _portable(value: Any) -> Any:
    """A value with what MessagePack does not have in a form that it has: numbers of more than 64
    bits, and texts with halves of characters, of which nothing else would be told either."""
    if isinstance(value, str):
        return value.encode(errors="replace").decode()
    if isinstance(value, int):
        fits = -(2**63) <= value < 2**64
        return value if fits else msgspec.msgpack.Ext(_WHOLE_NUMBER, b"%x" % value)
    if isinstance(value, dict):
        return {_portable(name): _portable(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_portable(inner) for inner in value]
    if isinstance(value, msgspec.Struct):
        return type(value)(*map(_portable, msgspec.structs.astuple(value)))
    return value


def _plain(value: Any) -> Any:
    """A text of a kind of its own as a text (an `enc_hook`)."""
    if isinstance(value, str):
        return str(value)
    raise TypeError(f"{value!r} in an entry cannot be kept")


def _read(code: int, content: memoryview) -> Any:
    if code == _WHOLE_NUMBER:
        return int(bytes(content), 16)
    raise ValueError(f"bytes hold a value of the unknown kind {code}")


_encoder = msgspec.msgpack.Encoder(enc_hook=_plain)
_decoder = msgspec.msgpack.Decoder(_Line | Amendment | Cleared, ext_hook=_read)
