"""The error answers of the control API: RFC 7807 problem details, by named constructors.

Every constructor gives a `Refusal`; raising it answers the request and undoes the transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from simulator.core.answers import Answer, Refusal
from simulator.core.faults import Fault, closest_words, did_you_mean
from simulator.core.phrases import phrase
from simulator.core.secrets import Veil

__all__ = ["Fault", "did_you_mean"]

MEDIA_TYPE = "application/problem+json"
_MOST_FAULTS = 100
"""Faults that an answer tells; of further ones it says how many they are."""
_MOST_KNOWN = 20
"""Names of other workspaces that an answer lists."""


def problem(
    status: int, detail: str, headers: Mapping[str, str] | None = None, **more: Any
) -> Answer:
    """A problem with this status; `more` are members of its own."""
    title = phrase(status)
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    return Answer(status=status, body=body, headers=headers or {}, media_type=MEDIA_TYPE)


def malformed(message: str) -> Refusal:
    """400: the request cannot be read at all."""
    return Refusal(problem(400, _sentence(message)), message)


def unauthorized() -> Refusal:
    """401: a control token is set and was not given."""
    detail = "This server was started with a control token: send it as Authorization: Bearer."
    return Refusal(problem(401, detail, {"WWW-Authenticate": 'Bearer realm="_sim"'}), detail)


def not_for_pages(detail: str) -> Refusal:
    """403: a browser sent the request for a page that is not this server's own."""
    return Refusal(problem(403, detail), detail)


def not_found(kind: str, name: str, known: Iterable[str] | None = None) -> Refusal:
    """404: nothing of this kind has that name; `known` are the names that there are."""
    detail = f'There is no {kind} "{name}".'
    if known is None:
        return Refusal(problem(404, detail), detail)
    names = sorted(known)
    detail += did_you_mean(name, names)
    return Refusal(problem(404, detail, known=names), detail)


def no_workspace(name: str, names: Iterable[str]) -> Refusal:
    """404: there is no such workspace; `known` are names of others, those that come near first."""
    others = list(names)
    near = closest_words(name, others, 5)
    known = [*near, *(other for other in others if other not in near)][:_MOST_KNOWN]
    detail = (
        f'There is no workspace "{name}".{did_you_mean(name, others)} Reading makes none: a '
        "request that a carrier lets in does, and a control request that changes something."
    )
    return Refusal(problem(404, detail, known=known), detail)


def unknown_path(path: str) -> Answer:
    """404: no operation has this path."""
    return problem(
        404,
        f"The control API has no path {path}. Its pages are under /_sim/ui, its description "
        "is at /_sim/openapi.json, and /_sim/llms.txt lists what it can do.",
    )


def wrong_method(method: str, path: str, allowed: Sequence[str]) -> Answer:
    """405: the path exists, but not with this method."""
    listed = ", ".join(allowed)
    return problem(405, f"{path} takes {listed}, not {method}.", {"Allow": listed})


def conflict(detail: str, **more: Any) -> Refusal:
    """409: well formed, but not possible as the workspace is now."""
    return Refusal(problem(409, detail, **more), detail)


def too_large(message: str) -> Refusal:
    """413: the body exceeds a bound."""
    return Refusal(problem(413, _sentence(message)), message)


def unsupported(media: str, accepted: Sequence[str]) -> Refusal:
    """415: the body is not in a media type that the operation takes."""
    given = media or "no media type"
    detail = (
        f"The body must be {' or '.join(accepted)}; the request says {given}. "
        f"With curl: add -H 'Content-Type: {accepted[0]}'."
    )
    return Refusal(problem(415, detail), detail)


def invalid(*faults: Fault) -> Refusal:
    """422: well formed, but not acceptable; lists everything that is wrong, credentials masked."""
    veil = Veil()
    more = len(faults) - _MOST_FAULTS
    told = faults if more <= 0 else (*faults[:_MOST_FAULTS], Fault("", f"and {more} more faults"))
    faults = tuple(fault._replace(message=veil.text(fault.message)) for fault in told)
    detail = "; ".join(
        f"{fault.path}: {fault.message}" if fault.path else fault.message for fault in faults
    )
    return Refusal(problem(422, detail, errors=[fault._asdict() for fault in faults]), detail)


def overloaded(message: str) -> Refusal:
    """503: a bound of the server is reached."""
    return Refusal(problem(503, _sentence(message)), message)


def internal() -> Answer:
    """500: a fault of the simulator; its log says more."""
    return problem(500, "The simulator failed to answer; its log has the reason.")


def _sentence(message: str) -> str:
    text = message[:1].upper() + message[1:]
    return text if text.endswith((".", "?")) else f"{text}."
