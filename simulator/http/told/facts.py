"""What rules may know of a request, put together again from its entry in the journal."""

from __future__ import annotations

from simulator.carriers.carrier import Carrier
from simulator.engine.facts import Facts
from simulator.engine.journal import Entry
from simulator.engine.rules.definitions import AnyCase
from simulator.http import bodies
from simulator.http.described.parameters import parse_query
from simulator.http.described.plan import Plan


def headers_of(entry: Entry) -> dict[str, str]:
    """The request's headers by lower-case name; of one that repeats the last counts."""
    return {
        name.decode("latin-1").lower(): value.decode("latin-1")
        for name, value in entry.request_headers
    }


def facts_of(entry: Entry, plan: Plan | None, carrier: Carrier | None) -> Facts:
    """The facts of an exchange; `plan` is that of its operation, if any, `carrier` its carrier, if
    it reached one."""
    headers = headers_of(entry)
    sent = parse_query(entry.query.encode("latin-1"))
    if carrier is None:
        return Facts("", None, entry.method, {}, dict(sent), headers, None, None, entry.path)
    credential = carrier.credential(headers)
    query = carrier.normalise_query(sent)
    return Facts(
        carrier.name,
        None if plan is None else plan.name,
        entry.method,
        {} if plan is None else plan.path_values(_values(entry.path, plan.path)),
        AnyCase(query) if carrier.any_case else dict(query),
        headers,
        bodies.loosely(entry.request_body),
        None if credential is None else credential.value,
        entry.path,
    )


def _values(path: str, template: str) -> tuple[str, ...]:
    pairs = zip(template.strip("/").split("/"), path.strip("/").split("/"), strict=False)
    return tuple(segment for name, segment in pairs if name.startswith("{"))
