"""What every answer gets on its way out: the error profile, CORS, entity tags."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import blake2s
from typing import Any

import msgspec

from simulator.carriers.myparcel.wire import era, media
from simulator.carriers.myparcel.wire.errors import Fault, Faults
from simulator.core.answers import JSON, Answer
from simulator.engine.world import Request

_BODILESS: Mapping[tuple[str, str], Callable[[int], bool]] = {
    ("POST", "/return_shipments"): lambda status: True,
    ("GET", "/delivery_options"): lambda status: status >= 500 and status != 503,
}
"""The operations whose errors have no body by their own sections (6.D and 8.A), and which."""

_encoder = msgspec.json.Encoder()


def finish(
    request: Request, quirks: Mapping[str, Any], answer: Answer, request_id: str, now: datetime
) -> Answer:
    """The answer as the carrier sends it.

    `Access-Control-Allow-Origin` and the spelling of the content type are recorded. What is read
    as JSON has an entity tag, and a client that has it already gets 304 (documented as a status
    only; how the tag is made is inferred).
    """
    if answer.status == 405:
        answer = era.as_of_then(request, quirks, answer)
    headers = {**answer.headers, "Access-Control-Allow-Origin": "*"}
    kind = media.JSON if answer.media_type == JSON else answer.media_type
    body = answer.body
    if answer.status >= 400 and quirks["myparcel.error_bodies"] == "documented":
        bodiless = _BODILESS.get((request.method, request.path.rstrip("/")))
        if bodiless is not None and bodiless(answer.status):
            return Answer(answer.status, headers=headers, empty=True)
    if isinstance(body, Faults):
        body = error_body(body, quirks["myparcel.error_profile"], _identifier(request_id, now))
    elif _tagged(request, answer):
        body = _encoder.encode(body)
        headers["ETag"] = tag = f'"{blake2s(body, digest_size=16).hexdigest()}"'
        if _known(request.headers.get("if-none-match", ""), tag):
            return Answer(304, headers=headers, empty=True)
    return msgspec.structs.replace(answer, headers=headers, body=body, media_type=kind)


def _identifier(request_id: str, now: datetime) -> str:
    """As the carrier writes it (observed): seconds and 12 digits.

    The workspace's name, with which `request_id` begins, has no part in it: worlds that began alike
    give the same bytes, whatever they are called.
    """
    count = request_id.rpartition("-")[2]
    digest = blake2s(count.encode(), digest_size=6).hexdigest()
    return f"{int(now.timestamp())}.{digest}"


def _tagged(request: Request, answer: Answer) -> bool:
    return (
        request.method in ("GET", "HEAD")
        and answer.status == 200
        and not answer.empty
        and answer.media_type.startswith("application/json")
        and not isinstance(answer.body, bytes)
    )


def _known(header: str, tag: str) -> bool:
    return any(item.strip().removeprefix("W/") in (tag, "*") for item in header.split(","))


def error_body(faults: Faults, profile: str, identifier: str) -> dict[str, Any]:
    """The body of an error in the profile ``2017`` (flat) or ``modern`` (codes as keys).

    The profiles differ in findings of a body only.
    """
    body: dict[str, Any] = {
        "message": f"{faults.message} (request_id: {identifier})",
        "request_id": identifier,
    }
    if not faults.validation:
        body["errors"] = [
            {
                "status": faults.status,
                "code": fault.code,
                "title": faults.message,
                "message": fault.human,
            }
            for fault in faults.items
        ]
        return body
    groups = _by_code(faults)
    if profile == "modern":
        body["status_code"] = faults.status
        body["errors"] = [{str(group[0].code): _lists(group)} for group in groups]
    else:
        body["errors"] = [
            {
                "status": faults.status,
                "code": group[0].code,
                "message": faults.message if group[0].code else group[0].human,
                **_lists(group),
            }
            for group in groups
        ]
    return body


def _by_code(faults: Faults) -> list[list[Fault]]:
    groups: dict[int, list[Fault]] = {}
    for fault in faults.items:
        groups.setdefault(fault.code, []).append(fault)
    return list(groups.values())


def _lists(group: list[Fault]) -> dict[str, list[str]]:
    return {
        "fields": [fault.field or "" for fault in group],
        "human": [fault.human for fault in group],
    }
