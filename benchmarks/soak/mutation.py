"""Requests of the served descriptions' examples, of which some bytes have changed."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote, urlencode

import httptools

from benchmarks.bodies import ACCOUNT, FROZEN, POSTPAID
from benchmarks.server import Server
from benchmarks.soak.rows import Row, none_of
from benchmarks.soak.wire import HOST, Client, exchange
from benchmarks.soak.worlds import SHOP, control

_WORKSPACE = "mutated"
_SERVED = {
    "inpost": POSTPAID,
    "api.myparcel.com": SHOP,
    "api.myparcel.nl": SHOP,
    "postplus": ACCOUNT,
    "_sim": {},
}
_METHODS = ("get", "put", "post", "delete", "patch")

# What asks for answers that fail, or takes as long as it is told to.
_LEFT_OUT = {"add_rule", "put_scenario", "list_events", "get_inbox"}

_AT_ONCE = 96
_WORKERS = 16


async def mutation(server: Server, seconds: float, seed: int) -> list[Row]:
    """Send for so long what is nearly HTTP, and judge every answer."""
    async with control(server.port, _WORKSPACE) as controls:
        await controls.ok("PUT", "/clock", FROZEN)
    requests = [request async for request in _requests(server.port)]
    lost = await _lost(server.port, [each for each in requests if each.startswith(b"GET ")][::3])
    ends = time.perf_counter() + seconds
    found: dict[str, list[object]] = {"garbled": [], "failed": [], "silent": []}
    counts = {"sent": 0, "answered": 0}

    async def send(place: int) -> None:
        chance = random.Random(seed * 1000 + place)
        while time.perf_counter() < ends:
            sent = _mutated(chance, requests)
            counts["sent"] += 1
            try:
                answers, came, closed = await exchange(server.port, sent)
            except httptools.HttpParserError as fault:
                found["garbled"].append((str(fault), sent[:300]))
                continue
            except OSError as fault:
                found["silent"].append((str(fault), sent[:300]))
                continue
            counts["answered"] += len(answers.complete)
            found["failed"] += [
                (answer.status, sent[:300]) for answer in answers.read if answer.status >= 500
            ]
            if closed and (not came or not all(answer.complete for answer in answers.read)):
                found["silent"].append((came[:100], sent[:300]))

    await asyncio.gather(*(send(place) for place in range(_AT_ONCE)))
    title = "requests with changed bytes, headers, lengths and neighbours"
    figure = f"{counts['sent']:,} sent, {counts['answered']:,} answers"
    return [
        Row(title, figure, "most are answered", 2 * counts["answered"] > counts["sent"]),
        none_of("answers to them that are no HTTP", found["garbled"]),
        none_of("answers to them of 500 and above", found["failed"]),
        none_of("connections closed before a whole answer", found["silent"]),
        none_of("answers lost to what came behind the request", lost),
    ]


async def _lost(port: int, reads: list[bytes]) -> list[object]:
    """Reads that are not answered when something else follows on the connection: each has its
    answer first, whatever is made of the rest."""
    lost: list[object] = []

    async def judge(sent: bytes) -> None:
        alone = await _statuses(port, sent)
        for behind, least in ((sent, 2), (b"\x00\x01", 1), (b"x", 1)):
            came = await _statuses(port, sent + behind)
            if came[:1] != alone or len(came) < least:
                lost.append(f"{came} and not {alone} for {sent[:80]!r} and {behind[:9]!r}")

    waiting = iter(reads)

    async def work() -> None:
        for sent in waiting:
            await judge(sent)

    await asyncio.gather(*(work() for _ in range(_WORKERS)))
    return lost


async def _statuses(port: int, sent: bytes) -> list[int]:
    answers, _, _ = await exchange(port, sent)
    return [answer.status for answer in answers.complete]


async def _requests(port: int) -> Any:
    """The bytes of a request for each operation and example."""
    for server, key in _SERVED.items():
        async with Client(port, f"/w/{_WORKSPACE}/{server}") as client:
            document = await client.ok("GET", "/openapi.json")
        resolve = _resolver(document)
        for path, item in document["paths"].items():
            for method in _METHODS:
                operation = item.get(method)
                if operation is None or operation.get("operationId") in _LEFT_OUT:
                    continue
                parameters = [
                    resolve(each)
                    for each in [*item.get("parameters", []), *operation.get("parameters", [])]
                ]
                target = _target(f"/w/{_WORKSPACE}/{server}{path}", parameters)
                for media, body in _bodies(resolve, operation):
                    head = {"Host": f"{HOST}:{port}", **key, "Content-Type": media}
                    yield _written(method, target, head, body)


def _resolver(document: Any) -> Callable[[Any], Any]:
    def resolve(value: Any) -> Any:
        while isinstance(value, dict) and "$ref" in value:
            found = document
            for step in value["$ref"].removeprefix("#/").split("/"):
                found = found[step.replace("~1", "/").replace("~0", "~")]
            value = found
        return value

    return resolve


def _target(path: str, parameters: list[Any]) -> str:
    query = {}
    for parameter in parameters:
        value = parameter.get("example", parameter.get("schema", {}).get("example", "1"))
        if parameter["in"] == "path":
            text = _WORKSPACE if parameter["name"] == "workspace" else str(value)
            path = path.replace(f"{{{parameter['name']}}}", quote(text))
        elif parameter["in"] == "query" and parameter.get("required"):
            query[parameter["name"]] = value
    return f"{path}?{urlencode(query)}" if query else path


def _bodies(resolve: Callable[[Any], Any], operation: Any) -> Iterator[tuple[str, bytes]]:
    content = resolve(operation.get("requestBody", {})).get("content", {})
    if not content:
        yield "application/json", b""
    for media, described in content.items():
        examples = [resolve(each).get("value") for each in described.get("examples", {}).values()]
        schema = resolve(described.get("schema", {}))
        for value in examples or [described.get("example", schema.get("example", {}))]:
            text = value if isinstance(value, str) else json.dumps(value)
            yield media, text.encode()


def _written(method: str, target: str, head: dict[str, str], body: bytes) -> bytes:
    lines = [f"{method.upper()} {target} HTTP/1.1", *map(": ".join, head.items())]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def _mutated(chance: random.Random, requests: list[bytes]) -> bytes:
    sent = chance.choice(requests)
    for _ in range(chance.randint(0, 3)):
        sent = chance.choice(_MUTATIONS)(chance, sent)
    if chance.random() < 0.3:
        sent += chance.choice(requests)
    return sent


def _flip(chance: random.Random, sent: bytes) -> bytes:
    place = chance.randrange(len(sent))
    return sent[:place] + bytes([chance.randrange(256)]) + sent[place + 1 :]


def _flip_in_body(chance: random.Random, sent: bytes) -> bytes:
    head, gap, body = sent.partition(b"\r\n\r\n")
    return head + gap + (_flip(chance, body) if body else body)


def _cut(chance: random.Random, sent: bytes) -> bytes:
    return sent[: chance.randrange(1, len(sent) + 1)]


def _doubled(chance: random.Random, sent: bytes) -> bytes:
    start = chance.randrange(len(sent))
    piece = sent[start : start + chance.randint(1, 64)]
    return sent[:start] + piece * chance.choice((2, 2, 50, 2000)) + sent[start + len(piece) :]


def _value(chance: random.Random, sent: bytes) -> bytes:
    """Another value of JSON in the place of a number or a text."""
    head, gap, body = sent.partition(b"\r\n\r\n")
    places = [place for place, byte in enumerate(body) if byte == ord(":")]
    if not places:
        return sent
    start = chance.choice(places) + 1
    ends = [place for place in range(start, len(body)) if body[place] in b",}]"]
    end = ends[0] if ends else len(body)
    changed = body[:start] + chance.choice(_VALUES) + body[end:]
    length = b"Content-Length: %d" % len(body)
    return head.replace(length, b"Content-Length: %d" % len(changed)) + gap + changed


def _header(chance: random.Random, sent: bytes) -> bytes:
    line, gap, rest = sent.partition(b"\r\n")
    return line + gap + chance.choice(_HEADERS) + b"\r\n" + rest


def _length(chance: random.Random, sent: bytes) -> bytes:
    head, gap, body = sent.partition(b"\r\n\r\n")
    length = b"Content-Length: %d" % len(body)
    return head.replace(length, b"Content-Length: " + chance.choice(_LENGTHS)) + gap + body


def _query(chance: random.Random, sent: bytes) -> bytes:
    line, gap, rest = sent.partition(b"\r\n")
    target, space, version = line.rpartition(b" HTTP")
    sign = b"&" if b"?" in target else b"?"
    return target + sign + chance.choice(_QUERIES) + space + version + gap + rest


_MUTATIONS = (_flip, _flip_in_body, _cut, _doubled, _value, _value, _header, _length, _query)
_VALUES = (
    *(
        b"null",
        b"true",
        b"-1",
        b"0",
        b"1e400",
        b"9" * 400,
        b"1.5",
        b'""',
        b"[]",
        b"{}",
        b"[" + b"1," * 3000 + b"1]",
    ),
    *(
        b'"\\u0000"',
        b'"\\ud800"',
        b'"9999-12-31T23:59:59Z"',
        b'"0001-01-01"',
        b'"' + b"A" * 5000 + b'"',
    ),
    *(
        b"[" * 100,
        b'"\xff\xfe"',
        b"NaN",
        b'{"id": null}',
        b"-0.0",
        b"2147483648",
        b"9223372036854775808",
    ),
)
_HEADERS = (
    *(b"Expect: 100-continue", b"Transfer-Encoding: chunked", b"Connection: close", b"Host: ["),
    *(b"Content-Type: application/json; charset=utf-16", b"Content-Type: text/csv", b"Accept: x/y"),
    *(b"Content-Type: multipart/form-data; boundary=", b"Content-Encoding: gzip", b"X-A: \xff\x00"),
    *(
        b"Accept-Language: " + b"pl," * 2000,
        b"X-Sim-Workspace: ../..",
        b"Authorization: Basic =====",
    ),
    *(b"If-None-Match: *", b"Range: bytes=0-1", b"Upgrade: websocket", b"Content-Length: 5"),
    *(b"X-Forwarded-Host: a b", b"X-Forwarded-Proto: \t", b"Cookie: " + b"a=b;" * 4000),
)
_LENGTHS = (b"0", b"1", b"-1", b"99", b"1e3", b"18446744073709551616", b"+5", b"5, 5", b"")
_QUERIES = (
    *(
        b"q=%00",
        b"page=" + b"9" * 4301,
        b"since=W-" + b"9" * 4301,
        b"size=-1",
        b"x=%ff%fe",
        b"%",
        b"&=&=",
    ),
    *(
        b"delivery_date=9999-12-31T23:59:59Z",
        b"limit=1e9",
        b"sort_by=%7f",
        b"fetchId=zzzz",
        b"count=0",
    ),
)
