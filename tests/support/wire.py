"""A thin way from a client to a server of the tests, in place of the one that httpx2 brings.

A test sends many small requests over a connection or two, and the layers of connections, pools and
events that serve a client in the world would take longer than the simulator takes to answer.
"""

from __future__ import annotations

import select
import socket
from collections import deque
from collections.abc import Iterator
from typing import Any

import httptools
import httpx2


class Wire(httpx2.BaseTransport):
    """HTTP/1.1 to one server, whose connections are kept.

    An answer is read whole, unless it is a stream of events, which is read as it comes. Raises what
    httpx2 raises: `ConnectError`, `ReadTimeout`, `ReadError` and `RemoteProtocolError`.
    """

    def __init__(self) -> None:
        self._idle: deque[socket.socket] = deque()

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        sent = _written(request, b"".join(request.stream))  # type: ignore[arg-type]
        timeout = request.extensions["timeout"]["read"]
        connection = self._idle_one() or _connected(request.url)
        connection.settimeout(timeout)
        answer = _Answer(request.method == "HEAD")
        try:
            connection.sendall(sent)
            while not (answer.complete or answer.streams):
                answer.take(connection.recv(65536))
        except BaseException as fault:
            connection.close()
            raise _named(fault, request) from fault
        return httpx2.Response(
            answer.status, headers=answer.headers, stream=self._body(connection, answer, request)
        )

    def _body(
        self, connection: socket.socket, answer: _Answer, request: httpx2.Request
    ) -> httpx2.SyncByteStream:
        if not answer.complete:
            return _Stream(connection, answer, request)
        if answer.kept:
            self._idle.append(connection)
        else:
            connection.close()
        return httpx2.ByteStream(b"".join(answer.body))

    def _idle_one(self) -> socket.socket | None:
        """A connection that nobody uses, and that the server has not closed."""
        while self._idle:
            connection = self._idle.pop()
            if not select.select([connection], [], [], 0)[0]:
                return connection
            connection.close()
        return None

    def close(self) -> None:
        while self._idle:
            self._idle.pop().close()


class _Stream(httpx2.SyncByteStream):
    """The events of an answer as they come in; its connection is not kept."""

    def __init__(self, connection: socket.socket, answer: _Answer, request: httpx2.Request) -> None:
        self._connection = connection
        self._answer = answer
        self._request = request

    def __iter__(self) -> Iterator[bytes]:
        answer = self._answer
        while True:
            yield b"".join(answer.body)
            answer.body.clear()
            if answer.complete:
                return
            try:
                answer.take(self._connection.recv(65536))
            except BaseException as fault:
                raise _named(fault, self._request) from fault

    def close(self) -> None:
        self._connection.close()


def _connected(url: httpx2.URL) -> socket.socket:
    try:
        connection = socket.create_connection((url.host, url.port or 80), 30)
    except OSError as fault:
        raise httpx2.ConnectError(str(fault)) from fault
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def _written(request: httpx2.Request, body: bytes) -> bytes:
    lines = [b"%s %s HTTP/1.1" % (request.method.encode(), request.url.raw_path)]
    chunked = False
    for name, value in request.headers.raw:
        lines.append(b"%s: %s" % (name, value))
        chunked = chunked or name.lower() == b"transfer-encoding"
    if chunked:
        body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body) if body else b"0\r\n\r\n"
    return b"\r\n".join([*lines, b"", body])


def _named(fault: BaseException, request: httpx2.Request) -> BaseException:
    if isinstance(fault, TimeoutError):
        return httpx2.ReadTimeout("timed out", request=request)
    if isinstance(fault, OSError):
        return httpx2.ReadError(str(fault), request=request)
    if isinstance(fault, httptools.HttpParserError):
        return httpx2.RemoteProtocolError(str(fault), request=request)
    return fault


class _Answer:
    """One answer, as its bytes come in."""

    def __init__(self, bodiless: bool) -> None:
        self.status = 0
        self.headers: list[tuple[bytes, bytes]] = []
        self.body: list[bytes] = []
        self.complete = False
        self.kept = False
        self._bodiless = bodiless
        self._parser: Any = httptools.HttpResponseParser(self)
        self._began = False

    def take(self, read: bytes) -> None:
        """Raises `RemoteProtocolError` when the server has closed before the end of the answer."""
        if read:
            self._parser.feed_data(read)
        elif self._began and not self.complete and self._until_closed():
            self.complete = True
        else:
            raise httpx2.RemoteProtocolError(
                "peer closed connection without sending complete message body"
                if self._began
                else "Server disconnected without sending a response."
            )

    @property
    def streams(self) -> bool:
        """Whether it is a stream of events, which may have no end."""
        return self._began and any(
            name.lower() == b"content-type" and value.startswith(b"text/event-stream")
            for name, value in self.headers
        )

    def _until_closed(self) -> bool:
        names = {name.lower() for name, _ in self.headers}
        return not names & {b"content-length", b"transfer-encoding"}

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers.append((name, value))

    def on_headers_complete(self) -> None:
        self.status = self._parser.get_status_code()
        self._began = True
        if self._bodiless:
            self.complete = True

    def on_body(self, body: bytes) -> None:
        self.body.append(body)

    def on_message_complete(self) -> None:
        if self.status < 200:
            self.headers.clear()
            return
        self.kept = self._parser.should_keep_alive()
        self.complete = True
