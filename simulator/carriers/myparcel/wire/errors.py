"""MyParcel's errors: collected as faults, written in the profile and with the id of the exchange.

What goes wrong is a `Faults` value; `simulator.carriers.myparcel.wire.finishing` writes it as JSON,
since the body depends on the edition and holds the id of the request.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import msgspec

from simulator.carriers.carrier import ReadQuirk
from simulator.carriers.myparcel.wire import preflight, schema_words
from simulator.core import reading
from simulator.core.answers import Answer, Finding, Refusal
from simulator.core.faults import place_of
from simulator.engine.world import Request

_MOST_TOLD = 20
_PART = re.compile(r"[^.\[\]]+")


class Fault(NamedTuple):
    """One fault: the carrier's code, what a person should read, and the fields that it is about.

    `field` is a path such as ``data.shipments[0].recipient.cc``, None for a fault of the whole
    request. Only the journal tells the rest: `allowed` are all values that would do, as a list, or
    the bounds, as an object such as ``{"maxLength": 40}``; `source` is the clause that says so,
    empty where that is the operation's own.
    """

    code: int
    human: str
    field: str | None = None
    allowed: Any = None
    source: str = ""


class Faults(msgspec.Struct, frozen=True):
    """The content of an error body: one HTTP status, a headline, and the faults."""

    status: int
    message: str
    items: tuple[Fault, ...]
    validation: bool = False
    """Whether these are findings in a body, which editions write differently."""
    schema: tuple[Fault, ...] = ()
    """The same in the words of the schema, for an edition that tells those alone."""
    bare: bool = False
    """Whether of what went wrong no more than its code is told."""


def refuse(
    status: int,
    message: str,
    items: Iterable[Fault],
    *,
    validation: bool = False,
    headers: dict[str, str] | None = None,
    reason: str = "",
    advice: str = "",
) -> Refusal:
    """A refusal with these faults; `reason` and `advice` are what only the journal says."""
    faults = Faults(status, message, tuple(items), validation)
    answer = Answer(status, faults, headers or {})
    findings = [_finding(fault) for fault in faults.items if fault.field]
    reason = reason or ("" if len(findings) == len(faults.items) > 0 else _reason(faults))
    key = "" if validation or not faults.items else str(faults.items[0].code or "")
    return Refusal(answer, reason, key=key, findings=findings, advice=advice)


def _step(part: str) -> str | int:
    number = reading.whole(part)
    return part if number is None else number


def _finding(fault: Fault) -> Finding:
    """A fault with a place, as the journal keeps what is wrong."""
    field = fault.field or ""
    path = tuple(_step(part) for part in _PART.findall(field))
    key = str(fault.code) if fault.code else ""
    return Finding(path, key, fault.human, source=fault.source, allowed=fault.allowed)


def _reason(faults: Faults) -> str:
    told = [_told(fault) for fault in faults.items[:_MOST_TOLD]]
    if len(faults.items) > _MOST_TOLD:
        told.append(f"and {len(faults.items) - _MOST_TOLD} more")
    return f"{faults.message}: {'; '.join(told)}" if faults.validation else "; ".join(told)


def _told(fault: Fault) -> str:
    if not fault.field:
        return fault.human
    place = "" if fault.human.startswith(fault.field) else f"{fault.field}: "
    return f"{place}{fault.human} ({fault.code})"


def access_denied(
    reason: str, detail: str = "Access Denied.", code: int = 3000, advice: str = ""
) -> Refusal:
    """401/3000: no key, one that nobody has, or one that is disabled; `code` may say more."""
    return refuse(
        401,
        detail,
        [Fault(code, detail)],
        headers={"WWW-Authenticate": "basic"},
        reason=reason,
        advice=advice,
    )


def wrong_scheme(taken: Sequence[str]) -> Refusal:
    """401/3104: the Authorization header has a scheme that is none of those that are taken."""
    message = f"Authorization method is not supported, use {' or '.join(taken)}."
    return refuse(401, message, [Fault(3104, message)], headers={"WWW-Authenticate": "basic"})


def permission_denied(reason: str, detail: str = "Permission Denied.", advice: str = "") -> Refusal:
    """403/3001: the key's role may not do this, or the thing is somebody else's."""
    return refuse(403, detail, [Fault(3001, detail)], reason=reason, advice=advice)


def not_found(message: str = "Resource not found.", reason: str = "", advice: str = "") -> Refusal:
    """404/3105: there is no such path or thing, or the feature is switched off."""
    return refuse(404, message, [Fault(3105, message)], reason=reason, advice=advice)


def not_acceptable(accepted: Sequence[str]) -> Refusal:
    """406/3102: nothing that the client accepts can be given."""
    message = f"Accept one of {', '.join(accepted)}."
    return refuse(406, message, [Fault(3102, message)])


def unknown_version(status: int, code: int, what: str, known: Sequence[str]) -> Refusal:
    """415/3100 or 406/3102: a version that the edition does not have (inferred)."""
    *first, last = known
    message = f"{what} is not supported, there are {', '.join(first)} and {last}."
    return refuse(status, message, [Fault(code, message)])


def unsupported(accepted: Sequence[str]) -> Refusal:
    """415/3100: the body came in a type that the path does not take."""
    message = f"Content type is not supported, send {' or '.join(accepted)}."
    return refuse(415, message, [Fault(3100, message)])


def unsupported_charset(charset: str) -> Refusal:
    """415/3101: the body came in a charset other than UTF-8."""
    message = f"Charset {charset} is not supported, send utf-8."
    return refuse(415, message, [Fault(3101, message)])


def missing_charset() -> Refusal:
    """415/3101: the content type does not say that the body is in UTF-8."""
    message = "Charset is missing, send charset=utf-8 with the content type."
    return refuse(415, message, [Fault(3101, message)])


def too_many(detail: str, seconds: int) -> Refusal:
    """429: another request may come in so many seconds. No document names a code."""
    wait = {"Retry-After": str(seconds)}
    return refuse(429, "Too many requests.", [Fault(0, detail)], headers=wait)


def parameter(code: int, message: str, field: str | None = None, allowed: Any = None) -> Refusal:
    """422: a parameter that cannot be taken, with the code of what is wrong with it."""
    return refuse(422, message, [Fault(code, message, field, allowed)])


def no_delivery_options(status: int, items: Iterable[Fault], reason: str = "") -> Refusal:
    """Delivery options that cannot be told, in the document's own shape for them (section 8.A)."""
    faults = tuple(items)
    body = {
        "data": {"delivery": [], "pickup": [], "message": "No results"},
        "errors": [{"code": one.code, "message": one.human, "human": one.human} for one in faults],
    }
    key = str(faults[0].code) if faults and faults[0].code else ""
    reason = reason or "; ".join(one.human for one in faults)
    return Refusal(Answer(status, body), reason, key=key)


def invalid(items: Iterable[Fault], *, reason: str = "", advice: str = "") -> Refusal:
    """422: findings in a body, each with its place."""
    headline = "Shipment validation error"
    return refuse(422, headline, items, validation=True, reason=reason, advice=advice)


def failed(told: str, reason: str = "") -> Refusal:
    """500: something behind the API did not do what it was asked for."""
    return refuse(500, told, [Fault(0, told)], reason=reason)


def failed_inside(told: str, reason: str = "") -> Refusal:
    """500 without a word of what failed, in the shape recorded of pickup locations."""
    body = Faults(500, "Internal Server Error", (Fault(0, told),), bare=True)
    return Refusal(Answer(500, body), reason or told)


def nothing_to_deliver(told: str, reason: str = "") -> Refusal:
    """500 of delivery options whose carrier does not answer, in the recorded shape."""
    body = {
        "data": {"delivery": [], "pickup": [], "message": "No results"},
        "errors": [{"status": 500, "code": 0, "title": told, "message": told}],
    }
    return Refusal(Answer(500, body), reason or told)


def subscription_invalid(items: Iterable[Fault]) -> Refusal:
    """422: findings in a body of webhook subscriptions."""
    return refuse(422, "Webhook subscription validation error", items, validation=True)


def refused_by_schema(findings: Sequence[Finding]) -> Refusal:
    """422: what the schema of the description refuses, told alone and in its own words."""
    faults = [_by_schema(finding) for finding in findings]
    told = [
        msgspec.structs.replace(finding, key="", message=schema_words.sentence(finding))
        for finding in findings
    ]
    body = Faults(422, "Shipment validation error", tuple(faults), validation=True)
    return Refusal(Answer(422, body), findings=told)


def _by_schema(finding: Finding) -> Fault:
    path = path_of(finding)
    return Fault(0, f"{path} {schema_words.sentence(finding)}".strip(), path)


def path_of(finding: Finding) -> str:
    """A finding's place as MyParcel writes it: ``data.shipments[0].recipient.cc``."""
    return place_of(finding.path)


def wrong_method(request: Request, allowed: Sequence[str]) -> Answer:
    """405 with the methods that a path has; a browser that asks first is granted them."""
    if preflight.asked(request):
        return preflight.granted(request, allowed)
    message = f"{request.method} is not supported here, use {' or '.join(allowed)}."
    headers = {"Allow": ", ".join(allowed)}
    return refuse(405, message, [Fault(3105, message)], headers=headers).answer


def kind_of(value: Any) -> str:
    """The kind of a JSON value with a capital letter, as schema messages begin."""
    return "Null" if value is None else _KINDS.get(type(value), "Number")


def misfit(value: Any, wanted: str, path: str) -> Fault:
    """A value of the wrong kind (observed: code 0, the path inside the message)."""
    article = "an" if wanted[0] in "aeio" else "a"
    found = f"{kind_of(value)} value found, but {article} {wanted} is required"
    return Fault(0, f"{path} {found}".strip(), path)


def found_in_schema(finding: Finding, code: int = 0) -> Fault:
    """What the description says against a value: of its kind as the API's own schema would."""
    path = path_of(finding)
    if finding.keyword == "type" and finding.wanted:
        return misfit(finding.value, finding.wanted[0], path)._replace(code=code)
    human = f"{path} {finding.message}".strip()
    return Fault(code, human, path, finding.allowed, finding.source)


_KINDS = {dict: "Object", list: "Array", str: "String", bool: "Boolean", int: "Integer"}


class Envelope:
    """MyParcel bodies for what goes wrong around the handlers."""

    def unknown_path(self, request: Request, quirk: ReadQuirk) -> Answer:
        return not_found(f"There is no {request.path}.").answer

    def wrong_method(self, request: Request, allowed: Sequence[str], quirk: ReadQuirk) -> Answer:
        return wrong_method(request, allowed)

    def wrong_media_type(self, request: Request, accepted: Sequence[str]) -> Answer:
        return unsupported(accepted).answer

    def malformed(self, request: Request, message: str) -> Answer:
        text = f"The request cannot be read: {message}."
        return refuse(400, text, [Fault(0, text)]).answer

    def too_large(self, request: Request, message: str) -> Answer:
        text = f"The request is too large: {message}."
        return refuse(413, text, [Fault(0, text)]).answer

    def invalid(self, request: Request, findings: Sequence[Finding]) -> Answer:
        refused = invalid([found_in_schema(finding) for finding in findings]).answer
        faults = tuple(_by_schema(finding) for finding in findings)
        return msgspec.structs.replace(
            refused, body=msgspec.structs.replace(refused.body, schema=faults)
        )

    def gone(self, request: Request, status: int, message: str) -> Answer:
        text = f"{message[:1].upper()}{message[1:]}."
        if status == 404:
            return not_found(text).answer
        return refuse(status, text, [Fault(0, text)]).answer

    def internal(self, request: Request) -> Answer:
        return refuse(500, "Internal server error.", [Fault(0, "Internal server error.")]).answer
