"""What is wrong with a request, place by place: what was sent, what is allowed, who says so.

A rule of a carrier knows the place; what stands there is looked up in what the journal keeps, when
somebody wants to know.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from simulator.carriers.carrier import Carrier
from simulator.core import reading
from simulator.core.faults import glimpse, place_of, shortened
from simulator.engine.journal import Entry
from simulator.engine.rules.matching import ABSENT
from simulator.http.described.members import fold
from simulator.http.described.parameters import parse_query
from simulator.http.described.plan import Plan
from simulator.http.told.facts import facts_of


class Wrong(NamedTuple):
    """One finding whole. `sent` tells whether anything stood there; `source` is the rule's own
    clause, or what the whole operation is known from."""

    path: tuple[str | int, ...]
    key: str
    message: str
    value: Any
    sent: bool
    allowed: Any
    source: str | None
    clause: str

    @property
    def place(self) -> str:
        """The path in one word: ``shipments[0].receiver.phone``."""
        return place_of(self.path)


def wrong(entry: Entry, plan: Plan | None, carrier: Carrier | None) -> list[Wrong]:
    """The findings of an exchange with what the request holds at their places."""
    findings = entry.why.findings
    if not findings or carrier is None:
        return []
    facts = facts_of(entry, plan, carrier)
    pairs = parse_query(entry.query.encode("latin-1"))
    query = {**dict(carrier.normalise_query(pairs)), **dict(pairs)}
    given = {**query, **dict(facts.path)}
    of_operation = None if plan is None or not plan.provenance else plan.provenance.get("source")
    told = []
    for finding in findings:
        knows = bool(finding.keyword) or finding.value is not None
        sent, value = (True, finding.value) if knows else (False, None)
        if not sent:
            sent, value = _found(facts.body, finding.path, carrier.any_case)
        also = "" if sent else _spelt(facts.body, finding.path)
        if not sent and len(finding.path) <= 2:
            sent, value = _found(given, finding.path[:1], any_case=True)
        source = finding.source or of_operation
        told.append(
            Wrong(
                tuple(part if isinstance(part, int) else str(part) for part in finding.path),
                finding.key,
                f"{finding.message}; {glimpse(also)} was sent, another name"
                if also
                else finding.message,
                shortened(value) if sent else None,
                sent,
                finding.allowed,
                source or None,
                finding.source,
            )
        )
    return told


def _found(node: Any, path: Sequence[str | int], any_case: bool) -> tuple[bool, Any]:
    """What stands at a place; carriers name an element by its id, and take one for a list."""
    for part in path:
        if isinstance(node, dict):
            node = _member(node, part, any_case)
        elif isinstance(node, list):
            node = _element(node, str(part))
        else:
            return False, None
        if node is ABSENT:
            return False, None
    return bool(path) and node is not ABSENT, node


def _spelt(body: Any, path: Sequence[str | int]) -> str:
    """A member that is spelt nearly as the absent one at the end of the path."""
    there, holder = _found(body, path[:-1], any_case=False)
    if len(path) == 1:
        there, holder = True, body
    if not (there and isinstance(holder, dict)):
        return ""
    wanted = fold(str(path[-1]))
    return next((name for name in holder if fold(name) == wanted), "")


def _member(node: dict[str, Any], part: str | int, any_case: bool) -> Any:
    if part in node:
        return node[str(part)]
    if str(part).isdecimal() or str(part) == str(node.get("id")):
        return node  # one thing where a list of such is taken
    if not any_case:
        return ABSENT
    folded = {fold(name): value for name, value in node.items()}
    return folded.get(fold(str(part)), ABSENT)


def _element(node: list[Any], part: str) -> Any:
    for each in node:
        if part == str(each.get("id") if isinstance(each, dict) else each):
            return each
    place = reading.whole(part)
    return node[place] if place is not None and place < len(node) else ABSENT
