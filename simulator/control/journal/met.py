"""What the client of an exchange met where a rule let the answer fail, and what came before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from simulator.engine.journal import Entry
from simulator.engine.rules.definitions import FaultKind

_MET: Mapping[FaultKind, str] = {
    "connection_reset": "met a reset of the connection",
    "empty_response": "met the end of the connection without a byte of an answer",
    "timeout": "waited for an answer that never came",
    "truncated_body": "got {status} with half of the body and then the end of the connection",
    "malformed_json": "got {status} with half of the body as if it were whole",
    "wrong_length": "got {status} with a body shorter than its Content-Length",
    "slow_body": "got {status} and the body a byte at a time",
    "status": "got {status}",
    "rate_limit": "got {status}",
}
"""What each kind of fault of an answer is for a client."""


def own_status(entry: Entry) -> int:
    """The status with which the carrier answered, whatever a rule made of it."""
    status = entry.why.own_status
    return entry.status if status is None else status


def overruled(entry: Entry, own: str) -> Iterator[str]:
    """The first sentence, where a rule had a say in the answer; `own` says what decided before."""
    acted = entry.why.rule
    fault = None if acted is None else acted.fault
    if fault is not None and _is_met(entry, fault):
        met = f"The client {_MET[fault].format(status=entry.status)}, as a rule wanted it."
        yield f"{met} {_before(entry, own)}"
    elif fault is None and entry.why.own_status is not None:
        to = "" if entry.status == own_status(entry) else f", to {entry.status}"
        yield f"{own} A rule changed the answer{to}."
    else:
        yield own


def _is_met(entry: Entry, fault: FaultKind) -> bool:
    """Whether a fault is more than an answer in place of the carrier's."""
    return entry.why.own_status is not None or fault not in ("status", "rate_limit")


def _before(entry: Entry, own: str) -> str:
    if entry.why.outcome == "rule":
        return "The carrier did nothing."
    if own_status(entry) < 400:
        return f"The carrier had done its work: {own}"
    return f"The carrier's own answer: {own}"
