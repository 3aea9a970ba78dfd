"""Passes requests on to a server and its answers back, unchanged, and lets somebody listen."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

import httpx2

from simulator.core.answers import WITHOUT_BODY
from simulator.core.phrases import phrase
from simulator.scenarios.recording.exchanges import Exchange, Reply

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

_OF_THE_CONNECTION = frozenset(
    {
        b"connection",
        b"keep-alive",
        b"proxy-connection",
        b"te",
        b"trailer",
        b"transfer-encoding",
        b"upgrade",
    }
)
"""Headers that are about one connection only (RFC 9110, 7.6.1)."""


class Proxy:
    """An ASGI application in front of the server at `url`.

    `transport` names the extension of a scope under which the connection is found, for hanging up
    where the server behind did. `unreached` hears why a request did not come to the server at all,
    of which `listener` hears nothing.
    """

    def __init__(
        self,
        url: str,
        listener: Callable[[Exchange], None],
        timeout: float = 60.0,
        clock: Callable[[], float] = time.monotonic,
        transport: str = "",
        unreached: Callable[[str], None] = lambda reason: None,
    ) -> None:
        self._url = url.rstrip("/")
        self._host = urlsplit(url).netloc.rpartition("@")[2].encode()
        self._listener = listener
        self._timeout = timeout
        self._clock = clock
        self._transport = transport
        self._unreached = unreached
        self._client: httpx2.AsyncClient | None = None

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)

    def stop(self) -> None:
        """Nothing here goes on without an end."""

    def garbled(self, request: object, reason: str = "", status: int = 400) -> bytes:
        """The whole response to what is not HTTP, or has too many headers: it is not passed on."""
        line = f"HTTP/1.1 {status} {phrase(status)}\r\n".encode()
        return line + b"connection: close\r\ncontent-length: 0\r\n\r\n"

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self._client = httpx2.AsyncClient(timeout=self._timeout, trust_env=False)
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                if self._client is not None:
                    await self._client.aclose()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _http(self, scope: Message, receive: Receive, send: Send) -> None:
        at = self._clock()
        body = await _whole(receive)
        request = self._request(scope, body)
        assert self._client is not None
        try:
            response = await self._client.send(request, stream=True)
            raw = b"".join([part async for part in response.aiter_raw()])
            await response.aclose()
        except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
            self._unreached(str(error) or type(error).__name__)
            await _answer(send, 502, [], f"{self._url} was not reached: {error}\n".encode())
            return
        except httpx2.HTTPError:
            self._listener(self._exchange(at, scope, body, None))
            await self._hang_up(scope, receive, send)
            return
        headers = [pair for pair in response.headers.raw if _passes(pair[0])]
        reply = Reply(response.status_code, _named(response.headers.raw), _decoded(response, raw))
        self._listener(self._exchange(at, scope, body, reply))
        await _answer(send, response.status_code, headers, raw, request.method)

    async def _hang_up(self, scope: Message, receive: Receive, send: Send) -> None:
        transport = scope.get("extensions", {}).get(self._transport)
        if transport is None:
            await _answer(send, 502, [], f"{self._url} gave no whole answer\n".encode())
            return
        transport.close()
        while (await receive())["type"] != "http.disconnect":
            pass

    def _request(self, scope: Message, body: bytes) -> httpx2.Request:
        path = scope["raw_path"].decode("latin-1")
        query = scope["query_string"].decode("latin-1")
        url = f"{self._url}{path}{f'?{query}' if query else ''}"
        headers = [
            (name, self._host if name == b"host" else value)
            for name, value in scope["headers"]
            if _passes(name)
        ]
        return httpx2.Request(scope["method"], url, headers=headers, content=body)

    def _exchange(self, at: float, scope: Message, body: bytes, reply: Reply | None) -> Exchange:
        return Exchange(
            at=at,
            method=scope["method"],
            path=scope["raw_path"].decode("latin-1"),
            query=scope["query_string"].decode("latin-1"),
            headers=_named(scope["headers"]),
            body=body,
            reply=reply,
        )


async def _whole(receive: Receive) -> bytes:
    parts = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(parts)


async def _answer(
    send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes, method: str = "GET"
) -> None:
    others = [pair for pair in headers if pair[0].lower() != b"content-length"]
    length = next((pair for pair in headers if pair[0].lower() == b"content-length"), None)
    if method != "HEAD" or length is None:
        length = (b"content-length", str(len(body)).encode())
    bare = status in WITHOUT_BODY or status < 200
    listed = others if bare else [*others, length]
    await send({"type": "http.response.start", "status": status, "headers": listed})
    await send({"type": "http.response.body", "body": body})


def _passes(name: bytes) -> bool:
    return name.lower() not in _OF_THE_CONNECTION


def _named(headers: list[tuple[bytes, bytes]]) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in headers}


def _decoded(response: httpx2.Response, raw: bytes) -> bytes:
    """The body without its content coding; as it came where that cannot be undone."""
    try:
        return httpx2.Response(200, headers=response.headers, content=raw).content
    except httpx2.DecodingError:
        return raw
