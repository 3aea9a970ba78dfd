"""Rules that hold a step of one shipment, until they are taken away."""

from __future__ import annotations

from benchmarks.bodies import LOCKER, POSTPAID
from benchmarks.chaos.asking import Caller, Outcome
from benchmarks.chaos.ruling.rounds import CONTROLS, WORLD

_API = f"/w/{WORLD}/inpost/v1"


async def hold(caller: Caller, reference: str, sent: dict[str, Outcome]) -> str | None:
    """Hold the purchase of a shipment over its time, and let it go: it is not paid before, and is
    afterwards. Gives what was wrong; whoever is left in the dark says nothing."""
    step = {"step": "inpost.purchase"}
    rule = {"name": reference, "when": {"resource": {"reference": reference}}, "hold": step}
    outcome, answer = await caller.ask("POST", f"{CONTROLS}/rules", rule)
    if outcome != "kept":
        return f"{reference}: {answer.body[:200]!r}" if outcome == "refused" else None
    rule_id = answer.json["id"]
    path = f"{_API}/organizations/2/shipments"
    outcome, answer = await caller.ask("POST", path, {**LOCKER, "reference": reference}, POSTPAID)
    sent[reference] = outcome
    if outcome != "kept":
        return f"{reference}: {answer.body[:200]!r}" if outcome == "refused" else None
    path = f"{_API}/shipments/{answer.json['id']}"
    moved, _ = await caller.ask("POST", f"{CONTROLS}/clock/advance", {"by": "5s"})
    held = await _status(caller, path)
    if held == "confirmed":
        return f"{reference} is confirmed, and its purchase was held"
    taken, _ = await caller.ask("DELETE", f"{CONTROLS}/rules/{rule_id}")
    status = await _status(caller, path)
    if (moved, taken) == ("kept", "kept") and status not in ("confirmed", None):
        return f"{reference} is {status}, and its purchase was let go"
    return None


async def _status(caller: Caller, path: str) -> str | None:
    outcome, answer = await caller.ask("GET", path, None, POSTPAID)
    return answer.json["status"] if outcome == "kept" else None
