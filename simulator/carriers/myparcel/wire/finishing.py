"""What every answer gets on its way out: the shape of errors, the id of the request, CORS, entity
tags."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from hashlib import blake2s
from typing import Any

import msgspec

from simulator.carriers.carrier import Ending
from simulator.carriers.myparcel.editions import problems
from simulator.carriers.myparcel.editions.edition import Edition
from simulator.carriers.myparcel.editions.table import EDITIONS
from simulator.carriers.myparcel.wire import media, schema_words
from simulator.carriers.myparcel.wire.errors import Fault, Faults
from simulator.core.answers import JSON, Answer
from simulator.engine.world import Request

_BODILESS: Mapping[tuple[str, str], Callable[[int], bool]] = {
    ("POST", "/return_shipments"): lambda status: True,
    ("GET", "/delivery_options"): lambda status: status >= 500 and status != 503,
}
"""The operations whose errors have no body by their own sections (6.D and 8.A), and which."""

_WITH_BODY = ("POST", "PUT", "PATCH")

_encoder = msgspec.json.Encoder()


def finish(request: Request, answer: Answer, ending: Ending) -> Answer:
    """The answer as the carrier sends it.

    `Access-Control-Allow-Origin` and the spelling of the content type are recorded. What is read
    as JSON has an entity tag, and a client that has it already gets 304 (documented as a status
    only; how the tag is made is inferred).
    """
    edition = EDITIONS[ending.edition]
    headers = {**answer.headers, "Access-Control-Allow-Origin": "*"}
    if edition.request_id_header is not None:
        headers[edition.request_id_header] = _identifier(edition, ending)
    kind = media.JSON if answer.media_type == JSON else answer.media_type
    body = answer.body
    if answer.status >= 400 and ending.quirks["myparcel.error_bodies"] == "documented":
        bodiless = _BODILESS.get((request.method, request.path.rstrip("/")))
        if bodiless is not None and bodiless(answer.status):
            return Answer(answer.status, headers=headers, empty=True)
    if isinstance(body, Faults):
        identifier = _identifier(edition, ending)
        if edition.problems and media.asks_for(request, problems.MEDIA_TYPE):
            body, kind = problem(body, edition, identifier, request), problems.MEDIA_TYPE
        else:
            body = error_body(body, edition, identifier, request)
    elif _tagged(request, answer):
        body = _encoder.encode(body)
        headers["ETag"] = tag = f'"{blake2s(body, digest_size=16).hexdigest()}"'
        if _known(request.headers.get("if-none-match", ""), tag):
            return Answer(304, headers=headers, empty=True)
    return msgspec.structs.replace(answer, headers=headers, body=body, media_type=kind)


def _identifier(edition: Edition, ending: Ending) -> str:
    return _IDENTIFIERS[edition.request_ids](ending.request_id, ending.now)


def _digest(request_id: str, now: datetime) -> str:
    """As the carrier writes it (observed): seconds and 12 digits.

    The workspace's name, with which `request_id` begins, has no part in it: worlds that began alike
    give the same bytes, whatever they are called.
    """
    count = request_id.rpartition("-")[2]
    digest = blake2s(count.encode(), digest_size=6).hexdigest()
    return f"{int(now.timestamp())}.{digest}"


def _moment(request_id: str, now: datetime) -> str:
    """As recordings since 2023 have it: the moment to a ten thousandth of a second, and behind it
    PHP's unique id, the same moment in hexadecimal: ``1704279946.0071`` ``65953f8a`` ``01bb9``.

    The microseconds are made of the count of the request, so that no two of a second are the same.
    """
    count = request_id.rpartition("-")[2]
    number = int(count) if count.isdecimal() else 0
    seconds, microseconds = int(now.timestamp()), number * _STRIDE % _MICROSECONDS
    return f"{seconds}.{microseconds // 100:04d}{seconds:08x}{microseconds:05x}"


_IDENTIFIERS: Mapping[str, Callable[[str, datetime], str]] = {"digest": _digest, "moment": _moment}

_MICROSECONDS = 1_000_000
_STRIDE = 618_033
"""Has no divisor in common with the microseconds of a second, so that each comes once."""


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


def error_body(
    faults: Faults, edition: Edition, identifier: str, request: Request
) -> dict[str, Any]:
    """The body of an error as an edition writes it; they differ in findings of a body most."""
    headline = _of_schema(faults, edition, request)
    body: dict[str, Any] = {
        "message": f"{headline or faults.message} (request_id: {identifier})",
        "request_id": identifier,
    }
    if faults.bare:
        return {**body, "errors": [{"code": fault.code} for fault in faults.items]}
    if edition.status_codes:
        body["status_code"] = faults.status
    if not faults.validation:
        one = len(faults.items) == 1
        body["errors"] = [
            {
                "status": faults.status,
                "code": fault.code,
                "title": faults.message if one else fault.human,
                "message": fault.human,
            }
            for fault in faults.items
        ]
    elif headline is not None:
        body["errors"] = [_without_code([fault], faults.status) for fault in _refused(faults)]
    elif edition.findings == "by_code":
        body["errors"] = [
            {str(group[0].code): _placed(group)}
            if group[0].code
            else _without_code(group, faults.status)
            for group in _by_code(faults)
        ]
    else:
        body["errors"] = [
            {
                "status": faults.status,
                "code": group[0].code,
                "message": faults.message if group[0].code else group[0].human,
                **_lists(group),
            }
            for group in _by_code(faults)
        ]
    return body


def _refused(faults: Faults) -> tuple[Fault, ...]:
    return faults.schema or faults.items


def _of_version(name: str, faults: Sequence[Fault]) -> str:
    """The schema of the version in which a body is written, where it alone says so: who asks in
    version 1 has everything in `data` (inferred)."""
    written = any((fault.field or "").partition(".")[0] == "data" for fault in faults)
    return name.replace("-v2.json", "-v1.json") if written else name


def _of_schema(faults: Faults, edition: Edition, request: Request) -> str | None:
    """The headline of what the schema of a body refuses; None for all else."""
    kind = media.content_type(request)
    if (
        edition.schema_first
        and faults.validation
        and kind.name.endswith("json")
        and request.method in _WITH_BODY
        and not any(fault.code for fault in _refused(faults))
    ):
        name = schema_words.schema(request.method, request.path, kind.name, kind.version)
        return schema_words.headline(_of_version(name, _refused(faults)))
    return None


def problem(faults: Faults, edition: Edition, identifier: str, request: Request) -> dict[str, Any]:
    """The same as Problem Details: of a refused body every finding is a problem of its own."""
    headline = _of_schema(faults, edition, request)
    items = faults.items if headline is None else _refused(faults)
    status, code = faults.status, faults.items[0].code if faults.items else 0
    path = request.path.rstrip("/") or "/"
    if faults.validation:
        kind, detail = problems.kind_of_body(path, status), headline or faults.message
    else:
        kind, detail = problems.kind_of(code, status), faults.message
    body: dict[str, Any] = {
        "type": kind.type,
        "title": kind.title,
        "status": status,
        "detail": detail,
        "instance": path,
        "request_id": identifier,
    }
    if faults.validation or len(items) > 1:
        body["errors"] = [_problem_within(fault, faults) for fault in items]
    return body


def _problem_within(fault: Fault, faults: Faults) -> dict[str, Any]:
    kind = problems.kind_of(fault.code, faults.status)
    found = {"type": kind.type, "title": kind.title, "detail": fault.human}
    if faults.validation and fault.field:
        found["detail"] = fault.human.removeprefix(f"{fault.field} ")
        found["instance"] = problems.pointer(fault.field)
    return found


def _without_code(group: list[Fault], status: int) -> dict[str, Any]:
    return {"code": 0, **_placed(group), "status": status}


def _placed(group: list[Fault]) -> dict[str, list[str]]:
    """Fields and sentences, each of which begins with its field and says it once (observed)."""
    told = _lists(group)
    pairs = zip(told["fields"], told["human"], strict=True)
    return {**told, "human": [_behind(field, sentence) for field, sentence in pairs]}


def _behind(field: str, sentence: str) -> str:
    if sentence.startswith(field):
        return sentence
    name = field.rpartition(".")[2]
    return f"{field} {sentence.removeprefix(f'{name} ')}"


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
