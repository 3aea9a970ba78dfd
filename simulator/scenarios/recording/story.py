"""Makes a scenario of the exchanges of a conversation."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, quote

from simulator.carriers.carrier import Carrier
from simulator.scenarios.recording import csv_bodies
from simulator.scenarios.recording.addresses import Address, Addresses, Credentials
from simulator.scenarios.recording.controlling import Notes, controlled, note
from simulator.scenarios.recording.exchanges import FORM, Content, Exchange, Headers, content
from simulator.scenarios.recording.patterns import TEXT, Expecting, escaped, is_secret
from simulator.scenarios.recording.stand_ins import StandIns
from simulator.scenarios.recording.values import (
    Source,
    is_telling,
    name_for,
    pieces,
    scalars,
    segments,
)

_SHORTEST_WAIT = 1.0
_KEPT_HEADERS = ("accept", "accept-language", "content-type", "user-agent")
_NOT_KEPT = ("x-forwarded", "x-real-ip", "x-sim-", "x-request-id", "x-amz", "x-correlation")
_LIBRARIES = ("python-", "curl/", "go-http-client", "okhttp", "axios", "node", "java", "postman")
"""Beginnings of user agents that say nothing about the client."""
_ANYTHING = ("accept", "*/*")
_MASKED = "masked"


class _Said(NamedTuple):
    """An exchange as it is told: with stand-ins, and taken apart."""

    at: float
    exchange: Exchange
    address: Address
    auth: str
    path: list[str]
    query: list[tuple[str, str]]
    body: Content
    answer: Content | None

    def sent(self) -> Iterator[tuple[type, Any]]:
        """All values that the client sends, each with its kind; in a path and query it is text."""
        for segment in self.path:
            yield from ((str, piece) for piece in pieces(segment))
        for _, value in self.query:
            yield from ((str, piece) for piece in pieces(value))
        for _, value in scalars(self.body.value):
            yield type(value), value


class Recorded(NamedTuple):
    """A scenario: its steps as plain data, what is to be noted before them, and the secrets that
    must not be in it."""

    title: str
    steps: list[dict[str, Any]]
    notes: Notes
    secrets: list[str]


def story(
    exchanges: Sequence[Exchange], addresses: Addresses, carriers: Mapping[str, Carrier], title: str
) -> Recorded:
    """The scenario of a conversation: its steps with what was asked and answered, with variables,
    stand-ins and patterns. The same exchanges give the same scenario."""
    people, credentials = _learn(exchanges, addresses, carriers), Credentials(carriers)
    said = [_said(each, addresses, credentials, people, carriers) for each in exchanges]
    sources = _sources(said)
    steps: list[dict[str, Any]] = []
    sent: set[str] = set()
    saved: dict[tuple[type, Any], str] = {}
    notes: Notes = {}
    auth: dict[str, str] = {}
    waited = exchanges[0].at if exchanges else 0.0
    for number, each in enumerate(said):
        gap = each.at - waited
        if gap >= _SHORTEST_WAIT:
            tenths = math.ceil(gap * 10 - 1e-6)
            steps.append({"wait": f"{tenths / 10:g}s"})
            waited = each.at
        if each.address.control is not None:
            step = _controlled(each, saved)
            if step is None:
                note(notes, len(steps), _left_out(each))
            else:
                steps.append(step)
            continue
        sent |= {str(value) for _, value in each.sent()}
        if each.body.kind == "binary":
            note(notes, len(steps), f"The body is left out: {each.body.told}.")
        own = [source for source in sources if source.exchange == number]
        steps.append(_step(each, own, auth, saved, Expecting(sent, saved, people)))
        saved |= {(type(source.value), source.value): source.name for source in own}
    return Recorded(title, steps, notes, credentials.secrets)


def _learn(
    exchanges: Sequence[Exchange], addresses: Addresses, carriers: Mapping[str, Carrier]
) -> StandIns:
    """Everybody of the conversation: whoever is named in one place is nowhere named in clear."""
    people = StandIns()
    for exchange in exchanges:
        columns = _columns(addresses.of(exchange.path), carriers)
        _learn_body(people, exchange.headers, exchange.body, columns, False)
        if exchange.reply is not None:
            _learn_body(people, exchange.reply.headers, exchange.reply.body, columns, True)
    for exchange in exchanges:
        for name, value in parse_qsl(exchange.query, keep_blank_values=True):
            people.learn_query(name, value)
    return people


def _learn_body(
    people: StandIns, headers: Headers, body: bytes, columns: Sequence[str], told: bool
) -> None:
    value = content(headers, body).value
    if isinstance(value, str) and csv_bodies.is_csv(headers, value):
        table = csv_bodies.read(value, columns)
        for column, cell in table.personal() if table is not None else ():
            people.learn(cell, ("receiver", column), told)
    else:
        people.learn(value, (), told)


def _columns(address: Address, carriers: Mapping[str, Carrier]) -> Sequence[str]:
    return () if address.carrier is None else carriers[address.carrier].csv_columns


def _masked(people: StandIns, headers: Headers, body: bytes, columns: Sequence[str]) -> Content:
    """A body with stand-ins; CSV of which it is not certain who is named in it is only told."""
    said = content(headers, body)
    if said.kind != "text" or not csv_bodies.is_csv(headers, said.value):
        return Content(said.kind, people.apply(said.value), said.told)
    table = csv_bodies.read(said.value, columns)
    if table is None:
        return Content("binary", told=f"CSV, {len(body)} bytes, columns not known")
    return Content("text", table.written(people.cell))


def _said(
    exchange: Exchange,
    addresses: Addresses,
    credentials: Credentials,
    people: StandIns,
    carriers: Mapping[str, Carrier],
) -> _Said:
    address = addresses.of(exchange.path)
    columns = _columns(address, carriers)
    body = _masked(people, exchange.headers, exchange.body, columns)
    query = parse_qsl(exchange.query, keep_blank_values=True)
    reply = exchange.reply
    answer = None if reply is None else _masked(people, reply.headers, reply.body, columns)
    auth = "" if address.carrier is None else credentials.written(address.carrier, exchange)
    return _Said(
        at=exchange.at,
        exchange=exchange,
        address=address,
        auth=auth,
        path=[people.apply(segment) for segment in segments(address.path)],
        query=[
            (name, _MASKED if is_secret(name) else people.query(name, value))
            for name, value in query
        ],
        body=Content(body.kind, _without_secrets(body.value), body.told),
        answer=answer,
    )


def _without_secrets(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: _MASKED if is_secret(name) and isinstance(inner, str) else _without_secrets(inner)
            for name, inner in value.items()
        }
    return [_without_secrets(inner) for inner in value] if isinstance(value, list) else value


def _sources(said: Sequence[_Said]) -> list[Source]:
    """Where the values come from that a later request uses, and that the client did not know."""
    known: set[str] = set()
    offered: dict[str, Source] = {}
    used: dict[str, Source] = {}
    for number, each in enumerate(said):
        for kind, value in each.sent():
            source = offered.get(str(value))
            if source is not None and kind in (str, type(source.value)):
                used.setdefault(str(value), source)
            known.add(str(value))
        if each.answer is None or each.answer.kind != "json" or each.address.control is not None:
            continue
        for pointer, value in scalars(each.answer.value):
            if is_telling(value) and str(value) not in known and str(value) not in offered:
                offered[str(value)] = Source(number, pointer, value)
    named: list[Source] = []
    for source in used.values():
        path = "/".join(said[source.exchange].path)
        name = name_for(source, path, [other.name for other in named])
        named.append(Source(source.exchange, source.pointer, source.value, name))
    return named


def _step(
    each: _Said,
    own: Sequence[Source],
    auth: dict[str, str],
    saved: Mapping[tuple[type, Any], str],
    expecting: Expecting,
) -> dict[str, Any]:
    """A step of the scenario. `auth` has each carrier's latest credential, and is told of it."""
    carrier = each.address.carrier
    request: dict[str, Any] = {}
    if carrier is not None:
        request["carrier"] = carrier
    texts = {str(value): name for (_, value), name in saved.items()}
    request["method"] = each.exchange.method
    request["path"] = "/".join(_with_names(segment, texts, True) for segment in each.path)
    if carrier is not None and auth.get(carrier, "") != each.auth:
        request["auth"] = auth[carrier] = each.auth
    if each.query:
        request["query"] = _query(each.query, texts)
    headers = _headers(each)
    if headers:
        request["headers"] = headers
    if each.body.kind == "form":
        request["form"] = {
            escaped(name): _with_names(value, texts, False)
            for name, value in each.body.value.items()
        }
    elif each.body.kind in ("json", "text"):
        request["body"] = _sent(each.body.value, saved)
    step: dict[str, Any] = {}
    left_out = [
        f"{what} left out: {told.told}"
        for what, told in (("body", each.body), ("answer", each.answer))
        if told is not None and told.kind == "binary"
    ]
    if left_out:
        step["name"] = f"{request['method']} {request['path']} ({'; '.join(left_out)})"
    step["request"] = request
    step["expect"] = _expectation(each, expecting)
    if own:
        step["save"] = {source.name: source.pointer for source in own}
    return step


def _expectation(each: _Said, expecting: Expecting) -> dict[str, Any]:
    reply = each.exchange.reply
    if reply is None or each.answer is None:
        return {"fails": True}
    expected: dict[str, Any] = {"status": reply.status}
    media = reply.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media and media != "application/json":
        pattern = media.replace(".", r"\.").replace("+", r"\+")
        expected["headers"] = {"content-type": {"$regex": f"^{pattern}"}}
    if each.answer.kind == "json":
        expected["body"] = expecting.pattern(each.answer.value)
    elif each.answer.kind in ("text", "form"):
        text = each.answer.value
        csv = isinstance(text, str) and csv_bodies.is_csv(reply.headers, text)
        expected["body"] = TEXT if csv or not isinstance(text, str) else expecting.text(text)
    return expected


def _query(pairs: Sequence[tuple[str, str]], texts: Mapping[str, str]) -> dict[str, Any]:
    query: dict[str, Any] = {}
    for name, value in pairs:
        written = _with_names(value, texts, False)
        if name not in query:
            query[name] = written
        else:
            before = query[name]
            query[name] = [*(before if isinstance(before, list) else [before]), written]
    return query


def _with_names(text: str, names: Mapping[str, str], quoting: bool) -> str:
    """A text with variables in the place of the values that they stand for."""
    return "".join(
        f"${{{names[piece]}}}"
        if piece in names
        else escaped(quote(piece, safe=";,:@!$&'()*+=~{}") if quoting else piece)
        for piece in pieces(text)
    )


def _sent(value: Any, saved: Mapping[tuple[type, Any], str]) -> Any:
    if isinstance(value, dict):
        return {escaped(name): _sent(inner, saved) for name, inner in value.items()}
    if isinstance(value, list):
        return [_sent(inner, saved) for inner in value]
    name = saved.get((type(value), value))
    if name is not None:
        return f"${{{name}}}"
    return escaped(value) if isinstance(value, str) else value


def _headers(each: _Said) -> dict[str, str]:
    usual = {"json": ("application/json",), "form": (FORM,)}.get(each.body.kind, ())
    kept = {}
    for name, value in each.exchange.headers.items():
        extra = name.startswith("x-") and not name.startswith(_NOT_KEPT) and not _proves(name)
        if name not in _KEPT_HEADERS and not extra:
            continue
        plain = name == "user-agent" and value.lower().startswith(_LIBRARIES)
        if plain or (name == "content-type" and value in usual) or (name, value) == _ANYTHING:
            continue
        kept[name] = escaped(value)
    return kept


def _proves(name: str) -> bool:
    words = ("auth", "session", "cookie", "key")
    return is_secret(name) or any(word in name for word in words)


def _controlled(each: _Said, saved: Mapping[tuple[type, Any], str]) -> dict[str, Any] | None:
    """The step for what was asked of a simulator's control API, where there is a word for it."""
    reply = each.exchange.reply
    if reply is None:
        return None
    asked = each.address.control or ""
    body = None if each.body.kind == "none" else _sent(each.body.value, saved)
    return controlled(each.exchange.method, asked, body, reply.status)


def _left_out(each: _Said) -> str:
    path = "/".join(quote(segment, safe=";,:@!$&'()*+=~{}") for segment in each.path)
    reply = each.exchange.reply
    answered = "no answer" if reply is None else str(reply.status)
    return f"{each.exchange.method} {path} ({answered}) is left out: no step does that."
