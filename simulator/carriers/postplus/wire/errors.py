"""Problems of PostPlus as ``application/problem+json``, one constructor for each.

Public client code reads `detail`, and in its older form `errorDetails[0].detail` (N17). The status
and the words are inferred unless marked otherwise. `traceId` is added on the way out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from simulator.carriers.carrier import ReadQuirk
from simulator.core.answers import Answer, Finding, Refusal
from simulator.core.faults import place_of
from simulator.engine.world import Request

PROBLEM = "application/problem+json; charset=utf-8"

_MOST_FINDINGS = 100
_MOST_TOLD = 5
"""Findings that the journal tells."""

_TYPES = {
    400: ("https://tools.ietf.org/html/rfc7231#section-6.5.1", "Bad Request"),
    401: ("https://tools.ietf.org/html/rfc7235#section-3.1", "Unauthorized"),
    403: ("https://tools.ietf.org/html/rfc7231#section-6.5.3", "Forbidden"),
    404: ("https://tools.ietf.org/html/rfc7231#section-6.5.4", "Not Found"),
    405: ("https://tools.ietf.org/html/rfc7231#section-6.5.5", "Method Not Allowed"),
    409: ("https://tools.ietf.org/html/rfc7231#section-6.5.8", "Conflict"),
    410: ("https://tools.ietf.org/html/rfc7231#section-6.5.9", "Gone"),
    413: ("https://tools.ietf.org/html/rfc7231#section-6.5.11", "Payload Too Large"),
    415: ("https://tools.ietf.org/html/rfc7231#section-6.5.13", "Unsupported Media Type"),
    429: ("https://tools.ietf.org/html/rfc6585#section-4", "Too Many Requests"),
    431: ("https://tools.ietf.org/html/rfc6585#section-5", "Request Header Fields Too Large"),
    500: ("https://tools.ietf.org/html/rfc7231#section-6.6.1", "Internal Server Error"),
    503: ("https://tools.ietf.org/html/rfc7231#section-6.6.4", "Service Unavailable"),
}


def problem(
    status: int,
    code: str,
    detail: str,
    *,
    headers: dict[str, str] | None = None,
    reason: str = "",
    advice: str = "",
    details: Sequence[str] = (),
) -> Refusal:
    """A refusal; `code` is for machines, `details` are further sentences beside `detail`."""
    kind, title = _TYPES[status]
    body: dict[str, Any] = {
        "type": kind,
        "title": title,
        "status": status,
        "detail": detail,
        "errorDetails": [{"code": code, "detail": text} for text in details or (detail,)],
    }
    answer = Answer(status=status, body=body, headers=headers or {}, media_type=PROBLEM)
    told = "; ".join(details[:_MOST_TOLD]) or detail
    return Refusal(answer, reason or told, key=code, advice=advice)


def key_missing(advice: str = "") -> Refusal:
    """401: no X-API-KEY."""
    reason = "there is no X-API-KEY header"
    return problem(401, "ApiKeyMissing", "API key is missing", reason=reason, advice=advice)


def key_invalid(reason: str, advice: str = "") -> Refusal:
    """401: a key that nobody has, or one of the other environment."""
    return problem(401, "ApiKeyInvalid", "API key is not valid", reason=reason, advice=advice)


def not_authorized(reason: str, advice: str = "") -> Refusal:
    """403: the key lacks the scope (rule documented)."""
    detail = "API key is not authorized to perform this operation"
    return problem(403, "NotAuthorized", detail, reason=reason, advice=advice)


def not_found(what: str, wanted: object, advice: str = "") -> Refusal:
    """404: there is no such thing, or it is another account's, which is not told apart."""
    reason = f"there is no {what.lower()} {wanted!s:.100}"
    return problem(404, "NotFound", f"{what} not found", reason=reason, advice=advice)


def bad_request(detail: str, code: str = "InvalidRequest") -> Refusal:
    """400: the request as a whole cannot be taken."""
    return problem(400, code, detail)


def too_many(most: int, what: str) -> Refusal:
    """400: more elements than the operation takes; nothing was processed."""
    return problem(400, "TooManyElements", f"Up to {most} {what} are allowed")


def conflict(detail: str, details: Sequence[str] = ()) -> Refusal:
    """409: the state of the record does not allow it."""
    return problem(409, "Conflict", detail, details=details)


def too_many_requests() -> Refusal:
    """429: beyond the documented 5 requests a second."""
    return problem(429, "TooManyRequests", "Too many requests", headers={"Retry-After": "1"})


def invalid(findings: Iterable[Finding]) -> Refusal:
    """400: values that cannot be bound, told by their places as ASP.NET does (inferred)."""
    listed = list(findings)
    errors: dict[str, list[str]] = {}
    for finding in listed[:_MOST_FINDINGS]:
        errors.setdefault(place(finding.path), []).append(_sentence(finding))
    if len(listed) > _MOST_FINDINGS:
        errors[""] = [f"and {len(listed) - _MOST_FINDINGS} more errors"]
    kind, _ = _TYPES[400]
    title = "One or more validation errors occurred."
    sentences = [text for texts in errors.values() for text in texts]
    body = {
        "type": kind,
        "title": title,
        "status": 400,
        "detail": sentences[0] if sentences else title,
        "errors": errors,
        "errorDetails": [{"code": "InvalidRequest", "detail": text} for text in sentences],
    }
    answer = Answer(status=400, body=body, media_type=PROBLEM)
    return Refusal(answer, "" if listed else title, key="InvalidRequest", findings=listed)


def place(path: Sequence[str | int]) -> str:
    """A path as ASP.NET writes it: ``parcels[0].parcel.items[1].quantity``."""
    return place_of(path) or "$"


def _sentence(finding: Finding) -> str:
    return f"{place(finding.path)} {finding.message or finding.key}".strip()


_ENDING_CODES = {
    404: "NotFound",
    409: "Conflict",
    410: "Gone",
    429: "TooManyRequests",
    431: "HeadersTooLarge",
    500: "InternalError",
    503: "ServiceUnavailable",
}
"""What the end of an edition, or of a workspace, is called by its status, as elsewhere."""


class Envelope:
    """PostPlus' problems for what goes wrong around the handlers (all inferred)."""

    def unknown_path(self, request: Request, quirk: ReadQuirk) -> Answer:
        return problem(404, "NotFound", f"There is no {request.path}").answer

    def wrong_method(self, request: Request, allowed: Sequence[str], quirk: ReadQuirk) -> Answer:
        detail = f"{request.method} is not supported here, use {' or '.join(allowed)}"
        headers = {"Allow": ", ".join(allowed)}
        return problem(405, "MethodNotAllowed", detail, headers=headers).answer

    def wrong_media_type(self, request: Request, accepted: Sequence[str]) -> Answer:
        detail = f"Send the body as {' or '.join(accepted) or 'application/json'}"
        return problem(415, "UnsupportedMediaType", detail).answer

    def malformed(self, request: Request, message: str) -> Answer:
        return bad_request(f"The request cannot be read: {message}", "Malformed").answer

    def too_large(self, request: Request, message: str) -> Answer:
        return problem(413, "TooLarge", f"The request is too large: {message}").answer

    def invalid(self, request: Request, findings: Sequence[Finding]) -> Answer:
        return invalid(findings).answer

    def internal(self, request: Request) -> Answer:
        return problem(500, "InternalError", "An unexpected error occurred").answer

    def gone(self, request: Request, status: int, message: str) -> Answer:
        return problem(status, _ENDING_CODES[status], f"{message[:1].upper()}{message[1:]}").answer
