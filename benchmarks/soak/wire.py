"""HTTP/1.1 as bytes: a client that keeps its connection, and one that sends what is no HTTP."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

import httptools

HOST = "127.0.0.1"
_PIECE = 65536

_PATIENCE = 6.0
"""Seconds without a byte after which a server is taken to wait for the rest of a request."""

_QUIET = 0.1
"""Seconds after a whole answer in which a next one would have come."""


class Refused(Exception):
    """An answer that the soak cannot go on with."""


@dataclass
class Answer:
    """A response, as it was read."""

    status: int = 0
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""
    complete: bool = False

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    def ok(self) -> Any:
        """What its body says; raises `Refused` unless it is a success."""
        if not 200 <= self.status < 300:
            raise Refused(f"{self.status}: {self.body[:300].decode(errors='replace')}")
        return self.json if self.body else None


class Answers:
    """Reads the answers of one connection, one after another."""

    def __init__(self) -> None:
        self.read: list[Answer] = []
        self._parser: Any = httptools.HttpResponseParser(self)

    def feed(self, piece: bytes) -> None:
        """Raises `httptools.HttpParserError` for what is no HTTP."""
        self._parser.feed_data(piece)

    @property
    def complete(self) -> list[Answer]:
        return [answer for answer in self.read if answer.complete]

    def on_message_begin(self) -> None:
        self.read.append(Answer())

    def on_header(self, name: bytes, value: bytes) -> None:
        self.read[-1].headers.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        self.read[-1].status = self._parser.get_status_code()

    def on_body(self, body: bytes) -> None:
        self.read[-1].body += body

    def on_message_complete(self) -> None:
        self.read[-1].complete = True


class Client:
    """A client of a server on 127.0.0.1: one connection, one request at a time."""

    def __init__(
        self, port: int, prefix: str = "", headers: Mapping[str, str] | None = None
    ) -> None:
        self.port = port
        self._prefix = prefix
        self._headers = dict(headers or {})
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def __aenter__(self) -> Client:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None

    async def call(
        self,
        method: str,
        path: str,
        body: object = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """What is answered; bytes are sent as they are, everything else as JSON."""
        sent = (
            body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        )
        lines = {
            "Host": f"{HOST}:{self.port}",
            "Content-Length": str(len(sent)),
            "Content-Type": "application/json",
            **self._headers,
            **(headers or {}),
        }
        head = [f"{method} {self._prefix}{path} HTTP/1.1", *map(": ".join, lines.items()), "", ""]
        reader, writer = await self._connected()
        writer.write("\r\n".join(head).encode() + sent)
        answers = Answers()
        try:
            while not answers.complete:
                piece = await reader.read(_PIECE)
                if not piece:
                    raise Refused(f"{method} {path}: closed without an answer")
                answers.feed(piece)
        except BaseException:
            self.close()
            raise
        [answer] = answers.complete
        if (b"connection", b"close") in answer.headers:
            self.close()
        return answer

    async def ok(self, method: str, path: str, body: object = None) -> Any:
        """What a success says; raises `Refused` otherwise."""
        return (await self.call(method, path, body)).ok()

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._streams is None:
            self._streams = await asyncio.open_connection(HOST, self.port, limit=2**20)
        return self._streams


async def exchange(port: int, sent: bytes) -> tuple[Answers, bytes, bool]:
    """Send bytes on a connection of their own; read until it is closed or nothing more comes.

    Gives the answers, every byte that came, and whether the server closed. Raises
    `httptools.HttpParserError` when what came back is no HTTP."""
    reader, writer = await asyncio.open_connection(HOST, port)
    answers, came = Answers(), b""
    try:
        writer.write(sent)
        while True:
            whole = bool(answers.read) and answers.read[-1].complete
            async with asyncio.timeout(_QUIET if whole else _PATIENCE):
                piece = await reader.read(_PIECE)
            if not piece:
                return answers, came, True
            came += piece
            answers.feed(piece)
    except TimeoutError:
        return answers, came, False
    except ConnectionError:
        return answers, came, True
    finally:
        writer.close()
