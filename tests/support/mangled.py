"""Conversations over a connection in which requests are not as they should be, made of a seed.

`conversation` makes one, `held` holds it and tells what came of it. More of them are the same with
other seeds: ``for seed in range(100_000): held(address, conversation(seed, base))``.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from random import Random  # noqa: TID251 -- what is broken here is no world

Mangling = Callable[[Random, bytes], bytes]

_IDS = re.compile(rb"(?im)^x-sim-request-id: (\S+)\r$")
_STATUSES = re.compile(rb"HTTP/1\.1 ([2-5][0-9]{2}) ")
_AUTH = b"Authorization: Bearer sim-inpost-prepaid\r\n"
_BODY = b'{"name": "Sklep %d", "description": "x"}'


@dataclass(frozen=True)
class Held:
    """What a conversation came to: the answers' statuses and ids, in their order."""

    received: bytes
    statuses: list[int]
    ids: list[str]


def conversation(seed: int, base: str) -> list[bytes]:
    """The pieces to send, of up to five requests below the path `base` of InPost."""
    chance = Random(seed)
    sent = b"".join(
        _mangled(chance, _request(chance, base.encode())) for _ in range(chance.randint(1, 5))
    )
    cuts = sorted(chance.randrange(len(sent) + 1) for _ in range(chance.choice((0, 0, 1, 3))))
    return [sent[a:b] for a, b in zip([0, *cuts], [*cuts, len(sent)], strict=True) if a < b]


def held(address: tuple[str, int], pieces: list[bytes]) -> Held:
    """Send the pieces, say that nothing more comes, and read to the end.

    Raises `OSError` when the server does not end the connection, or resets one of which it has not
    said that it would close it.
    """
    received = b""
    with socket.create_connection(address, timeout=20) as client:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with suppress(OSError):  # the server may have closed; read what it said before
            for piece in pieces:
                client.sendall(piece)
            client.shutdown(socket.SHUT_WR)
        try:
            while chunk := client.recv(65536):
                received += chunk
        except ConnectionResetError:
            if b"\r\nconnection: close\r\n" not in received:
                raise
    ids = [each.decode() for each in _IDS.findall(received)]
    return Held(received, [int(each) for each in _STATUSES.findall(received)], ids)


def _request(chance: Random, base: bytes) -> bytes:
    kind = chance.randrange(4)
    head = b" HTTP/1.1\r\nHost: sim\r\n" + _AUTH
    if kind == 0:
        return b"GET " + base + b"/v1/organizations/1/mpks?page=%d" % kind + head + b"\r\n"
    body = _BODY % chance.randrange(10**9)
    line = b"POST " + base + b"/v1/organizations/1/mpks" + head
    line += b"Content-Type: application/json\r\n"
    if kind == 1:
        size, rest = chance.randrange(1, len(body)), b""
        rest = b"%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (
            *(size, body[:size]),
            *(len(body) - size, body[size:]),
        )
        return line + b"Transfer-Encoding: chunked\r\n\r\n" + rest
    return line + b"Content-Length: %d\r\n\r\n" % len(body) + body


def _mangled(chance: Random, request: bytes) -> bytes:
    return chance.choice(_MANGLINGS)(chance, request) if chance.random() < 0.6 else request


def _instead(old: bytes, *new: bytes) -> Mangling:
    return lambda chance, request: request.replace(old, chance.choice(new), 1)


def _header(*lines: bytes) -> Mangling:
    host = b"\r\nHost: sim\r\n"
    return _instead(host, *(host + each + b"\r\n" for each in lines))


def _bytes(chance: Random, request: bytes) -> bytes:
    """Some bytes are others, missing, or twice there."""
    changed = bytearray(request)
    for _ in range(chance.randint(1, 3)):
        place = chance.randrange(len(changed))
        changed[place : place + chance.randrange(2)] = bytes(
            chance.choice((0, 10, 13, 32, 37, 58, 0x7F, 0xC3, 0xFF, chance.randrange(256)))
            for _ in range(chance.randrange(2))
        )
    return bytes(changed)


_MANGLINGS: tuple[Mangling, ...] = (
    _bytes,
    _bytes,
    lambda chance, request: request + bytes(chance.choice(b"xP\0\n\xff{") for _ in range(2)),
    lambda chance, request: request[: chance.randrange(len(request))],
    _instead(b"\r\n", b"\n"),
    _instead(b"Content-Length: ", b"Content-Length: 0", b"Content-Length: 1"),
    _instead(b"Content-Length: ", b"Content-Length: -", b"Content-Length: +", b"Content-Length:"),
    _instead(b"chunked", b"chunked, gzip", b"gzip", b"identity", b"xchunked", b"chunked\r\nA: b"),
    _instead(b"0\r\n\r\n", b"g\r\n\r\n", b"-1\r\n\r\n", b"ffffffffffffffffff\r\n", b"0\n\n"),
    _instead(b" HTTP/1.1", b" HTTP/1.0", b" HTTP/0.9", b" HTTP/2.0", b" HTTP/11", b"", b" http/1"),
    _instead(b"GET ", b"CONNECT ", b"OPTIONS ", b"TRACE ", b"get ", b"G\0T ", b"M-SEARCH "),
    _instead(b"POST ", b"PUT ", b"PRI ", b"POST  ", b" POST ", b"\r\nPOST ", b"DELETE "),
    _instead(b" /", b" http://sim/", b" http://sim?", b" *", b" //", b" ", b" /%", b" /%ff/"),
    _instead(b" /", b" /\xff", b" /\0", b" /a\tb/", b" sim/", b" :80/", b" http:///", b" http://["),
    _instead(b"mpks", b"mpks%00", b"mpks%C3%28", b"m\0ks", b"%2e%2e/%2F", b"mpks?%ff=%zz", b"#x"),
    _header(b"Content-Length: 3", b"Transfer-Encoding: chunked", b"Content-Length: 3, 3"),
    _header(b" folded: header", b"X: a\r\n b", b"X: a\0b", b"X: \xff\xfe", b"X y: z", b": z", b"X"),
    _header(b"Connection: Upgrade\r\nUpgrade: websocket"),
    _header(b"Connection: Upgrade\r\nUpgrade: h2c", b"Connection: Upgrade", b"Upgrade: h2c"),
    _header(b"Connection: close", b"Connection: keep-alive", b"Expect: 100-continue"),
    _header(b"Host: other", b"X-Sim-Workspace: \xff", b"X-Forwarded-Host: a b", b"Cookie: \0"),
)
