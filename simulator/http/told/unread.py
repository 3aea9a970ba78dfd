"""What a request carried and nothing looked at: a misspelt parameter, a member of another version.

It is worked out from what the journal keeps, when somebody wants to know. The description says
what an operation knows; what the carrier reads under another name counts as known, but is told
under the name that the client wrote. Headers are left out: clients, libraries and proxies add
dozens that no carrier is meant to read. So are bodies that are neither JSON nor CSV.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from simulator.carriers.carrier import Carrier
from simulator.core import reading
from simulator.engine.journal import Entry
from simulator.engine.rules.matching import ABSENT
from simulator.http import bodies
from simulator.http.described.members import closest
from simulator.http.described.parameters import parse_query
from simulator.http.described.plan import Plan

_SAYS_NOTHING = len("null")
"""Bytes of a body, such as ``{}``, that carries nothing."""


class Unread(NamedTuple):
    """One thing that nothing looked at: where (``body.receiver.phonee``), and what may be meant."""

    place: str
    did_you_mean: str | None


def unread(entry: Entry, plan: Plan, carrier: Carrier) -> list[Unread]:
    """What a request to an operation carried that the operation does not know.

    `plan` is that of the entry's operation, `carrier` its carrier. What a finding names was looked
    at, whatever the description knows.
    """
    found: list[Unread] = []
    if entry.query:
        found += _query(entry, plan, carrier)
    if entry.request_body:
        found += _columns(entry, carrier)
        found += _body(entry, plan, carrier)
    elif not plan.takes_body and _length(entry) > _SAYS_NOTHING:
        found.append(Unread("body", None))
    named = {_steps(finding.path) for finding in entry.why.findings} if found else ()
    return [each for each in found if _steps(each.place.split(".")[1:]) not in named]


def _steps(path: Sequence[str | int]) -> str:
    """A path as text, in any case."""
    return ".".join(map(str, path)).lower()


def _query(entry: Entry, plan: Plan, carrier: Carrier) -> Iterator[Unread]:
    pairs = parse_query(entry.query.encode("latin-1"))
    names = list(dict.fromkeys(name for name, _ in carrier.normalise_query(pairs)))
    if all(plan.knows(name) for name in names):
        return
    missing = [name for name in plan.query_names if name not in names]
    required = [name for name in plan.required_query if name in missing]
    told: set[str] = set()
    for pair in pairs:
        read = carrier.normalise_query((pair,))
        if pair[0] in told or all(plan.knows(name) for name, _ in read):
            continue
        told.add(pair[0])
        only = required[0] if len(required) == 1 else None
        yield Unread(f"query.{pair[0]}", closest(pair[0], missing) or only)


def _body(entry: Entry, plan: Plan, carrier: Carrier) -> Iterator[Unread]:
    media = bodies.media_type(_header(entry, b"content-type") or None)
    body = bodies.loosely(entry.request_body)
    if body is ABSENT or isinstance(body, str):
        return
    if plan.body_on_get and not plan.accepted:
        yield from _like_a_query(body, plan, carrier)
        return
    schema = plan.schema_of(media)
    if schema is None:
        return

    def read_as(name: str, value: Any) -> str | None:
        # A text may be as good as absent; what else the value holds is of no matter here.
        kept = carrier.normalise_body({name: value if isinstance(value, str) else 0}, plan.name)
        return next(iter(kept), None)

    for unknown in schema.unknown(body, read_as):
        yield Unread(".".join(["body", *map(str, unknown.path)]), unknown.meant)


def _columns(entry: Entry, carrier: Carrier) -> Iterator[Unread]:
    """The columns of CSV that its carrier knows nothing of, in the edition that answered."""
    spoken = entry.why.edition or carrier.editions.usual
    content_type = _header(entry, b"content-type")
    names, known = carrier.unread_columns(entry.request_body, content_type, spoken)
    for name in names:
        yield Unread(f"body.{name}", closest(name, [*known]))


def _like_a_query(body: Any, plan: Plan, carrier: Carrier) -> Iterator[Unread]:
    """A body that may say what the query says, under the same names."""
    known = [name.removesuffix("[]") for name in plan.query_names]
    for name in body if isinstance(body, dict) else ():
        read = carrier.normalise_query(((name, "1"),))
        if name not in known and not all(plan.knows(each) for each, _ in read):
            yield Unread(f"body.{name}", closest(name, known))


def _length(entry: Entry) -> int:
    """The length that a request says its body has."""
    return reading.whole(_header(entry, b"content-length")) or 0


def _header(entry: Entry, wanted: bytes) -> str:
    """The last header of that lower-case name; empty when there is none."""
    values = [value for name, value in entry.request_headers if name.lower() == wanted]
    return values[-1].decode("latin-1") if values else ""
