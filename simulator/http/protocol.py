"""HTTP/1.1 as uvicorn speaks it, but what is not HTTP is answered in our own words, in its turn."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any
from urllib.parse import unquote

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from simulator.engine.world import Request
from simulator.http.patience import Patience, Watchman

Garbled = Callable[[Request, str, int], bytes]
"""The whole response, head included, to something that is no request but was meant as this one: why
it is none, and the status that says so."""

TRANSPORT = "simulator.transport"
"""The extension of a scope under which the connection's transport is found."""

NOT_HTTP = (
    "it is not HTTP/1.1, but has an unknown method, a wrong header, length or chunk, or a target "
    "that is longer than 65535 bytes or not percent-encoded"
)
MOST_HEADERS, MOST_HEADER_BYTES = 100, 65536
TOO_MANY_HEADERS = (
    f"it has more than {MOST_HEADERS} headers, or more than {MOST_HEADER_BYTES} bytes in them"
)
TOO_SLOW = "it did not arrive in time: see --request-timeout"

_LONGEST_TARGET = 65_535
"""Bytes of the path and query of a request."""

_ENOUGH = 8192
"""Bytes within which method, path and host are looked for when a request comes in pieces."""

_LONGEST_TARGET = 65535

_MOST_UNREAD = _LONGEST_TARGET + MOST_HEADER_BYTES
"""Bytes that may come behind the piece with which a head began, or the last bit of a body, before
the head has ended or there is more of the body: what is counted when it is whole is never kept."""

_PROGRESS = 12
"""Bits of the number of bytes that came which are no progress: a body has to bring 4 KiB."""

_MOST_WAITING = 100
"""Requests that wait behind another one on a connection; no more are read meanwhile."""

_LINGER = 1.0
"""Seconds for which the rest of a refused request is read and thrown away: to close at once would
reset the connection, and the client could lose the answer."""

_FAREWELL = 0.05
"""Seconds in which a request is answered to a client that has said that it will send no more. It
may be gone altogether, which looks the same."""

_LINE = re.compile(rb"([A-Za-z]{1,20}) (\S{1,2000})")
_HOST = re.compile(rb"(?i)\r\nhost:[ \t]*([^\s:]{1,300})")


class _HeadersTooLarge(Exception):
    """A head that is not kept."""


class _Cycle(RequestResponseCycle):
    """A request and its answer. One that breaks off is refused as soon as its rest is wanted; one
    of which nobody wants the rest, since it was carried out, has the answer to that."""

    refuse: Callable[[], None] | None = None

    def break_off(self, refuse: Callable[[], None]) -> None:
        self.refuse = refuse
        self.keep_alive = False
        self.message_event.set()

    async def receive(self) -> Any:
        message = await super().receive()
        if self.refuse is None or self.disconnected or self.response_complete:
            return message
        if not self.response_started:
            self.refuse()
        self.disconnected = True
        return {"type": "http.disconnect"}


class _Rest:
    """Passes on to a protocol what a parser finds, once it is `awake`; until then only bodies."""

    def __init__(self, protocol: HttpToolsProtocol) -> None:
        self._protocol = protocol
        self.awake = False
        self.on_body = protocol.on_body
        self.on_message_complete = protocol.on_message_complete

    def on_message_begin(self) -> None:
        if self.awake:
            self._protocol.on_message_begin()

    def on_url(self, url: bytes) -> None:
        if self.awake:
            self._protocol.on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        if self.awake:
            self._protocol.on_header(name, value)

    def on_headers_complete(self) -> None:
        if self.awake:
            self._protocol.on_headers_complete()


def _framing(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The headers that say how long a body is; none where there is no body."""
    return [each for each in headers if each[0] in (b"content-length", b"transfer-encoding")]


def _parser_of_rest(protocol: HttpToolsProtocol, framing: list[tuple[bytes, bytes]]) -> Any:
    """A parser that stands before the body of a request of which the head was read already."""
    rest = _Rest(protocol)
    parser = httptools.HttpRequestParser(rest)
    parser.set_dangerous_leniencies(lenient_data_after_close=True)
    lines = b"".join(b"%s: %s\r\n" % each for each in framing)
    parser.feed_data(b"POST / HTTP/1.1\r\n" + lines + b"\r\n")
    rest.awake = True
    return parser


def speaking(garbled: Garbled, patience: Patience | None = None) -> type[HttpToolsProtocol]:
    """A protocol that answers what it cannot read with `garbled` and then hangs up, and that does
    not wait for clients longer than `patience` says."""
    bounds = patience or Patience()
    watchman = Watchman()

    class Protocol(HttpToolsProtocol):
        _latest = b""
        _begun = b""
        """What came since the last request ended, of which the beginning is enough."""
        _received = 0
        _received_then = 0
        """What had been received when a head began or there was more of a body."""
        _in_head = False
        _arriving: _Cycle | None = None
        """The request of which the body is not complete."""
        _refusal: bytes | None = None
        """What is answered behind all requests that were whole; nothing is read any more."""
        _ended = False
        """Whether the client sends no more."""
        _running: _Cycle | None = None
        """The request that is answered, or was last."""
        _stuck: tuple[object, int] | None = None
        """What is waited for, and how far that got."""
        _stuck_since = 0.0

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            watchman.begin(self.loop, self.connections)  # type: ignore[arg-type]

        def data_received(self, data: bytes) -> None:
            if self._refusal is not None:
                return
            self._latest = data
            self._received += len(data)
            if len(self._begun) < _ENOUGH:
                self._begun += data
            while data:
                try:
                    self.parser.feed_data(data)
                    if self._received - self._received_then > _MOST_UNREAD:
                        self._look_for_an_end()
                    return
                except httptools.HttpParserUpgrade as upgrade:
                    # One that nobody offers is passed over, as HTTP wants. A tunnel ends here.
                    is_tunnel = self.scope["method"] == "CONNECT"
                    data = b"" if is_tunnel else data[upgrade.args[0] :]
                    if self._arriving is not None:
                        self.parser = _parser_of_rest(self, _framing(self.scope["headers"]))
                except httptools.HttpParserError as error:
                    if isinstance(error.__context__, _HeadersTooLarge):
                        self._refuse(TOO_MANY_HEADERS, 431)
                    else:
                        self._refuse(NOT_HTTP)
                    return

        def _look_for_an_end(self) -> None:
            """Refuse a head that goes on and on, or what stands between or behind a body's bits."""
            if self._in_head and len(self.url) > _LONGEST_TARGET:
                self._refuse(NOT_HTTP)
            elif self._in_head or self._arriving is not None:
                self._refuse(TOO_MANY_HEADERS, 431)

        def on_message_begin(self) -> None:
            super().on_message_begin()
            extensions: dict[str, Any] = {TRANSPORT: self.transport}
            self.scope["extensions"] = extensions
            self._in_head = True
            self._received_then = self._received

        def on_url(self, url: bytes) -> None:
            if len(self.url) + len(url) > _LONGEST_TARGET:
                # The parser ends with this, before the rest of the target has come.
                raise ValueError("the target of the request is too long")
            super().on_url(url)

        def on_headers_complete(self) -> None:
            """Begin with the request, or let it wait for those before it."""
            if len(self.headers) > MOST_HEADERS or self._header_bytes() > MOST_HEADER_BYTES:
                raise _HeadersTooLarge
            self.headers = []  # what comes behind a body is none of its headers
            parser, scope = self.parser, self.scope
            method, version = parser.get_method(), parser.get_http_version()
            scope["method"] = method.decode("ascii")
            if version != "1.1":
                scope["http_version"] = version
            if method == b"CONNECT":
                raw_path, query = self.url, b""
                self._refusal = b""  # whatever comes behind it was meant for somebody else
            else:
                target = httptools.parse_url(self.url)
                # A target that is a whole URL may have no path, which means the root.
                raw_path, query = target.path or b"/", target.query or b""
            path = raw_path.decode("ascii")
            scope["path"] = unquote(path) if "%" in path else path
            scope["raw_path"] = raw_path
            scope["query_string"] = query
            before = self.cycle
            self.cycle = self._arriving = cycle = _Cycle(
                scope=scope,
                transport=self.transport,
                flow=self.flow,
                logger=self.logger,
                access_logger=self.access_logger,
                access_log=False,
                default_headers=self.server_state.default_headers,
                message_event=asyncio.Event(),
                expect_100_continue=self.expect_100_continue,
                keep_alive=version != "1.0" and parser.should_keep_alive(),
                on_response=self.on_response_complete,
            )
            self._in_head = False
            if before is None or before.response_complete:
                self._running = cycle
                self._start_asgi_task(cycle, self.app)
            else:
                self.pipeline.appendleft((cycle, self.app))
                if len(self.pipeline) >= _MOST_WAITING:
                    self.flow.pause_reading()

        def _header_bytes(self) -> int:
            """Bytes of names and values; 0 where they are few, since all came in a small piece."""
            came_at_once = self._received == self._received_then
            if came_at_once and len(self._latest) <= MOST_HEADER_BYTES:
                return 0
            return sum(len(name) + len(value) for name, value in self.headers)

        def on_body(self, body: bytes) -> None:
            self._received_then = self._received
            super().on_body(body)

        def on_message_complete(self) -> None:
            if self.parser.should_upgrade() and _framing(self.scope["headers"]):
                return  # the parser ends where an upgrade would begin; the body comes behind it
            self._begun = b""
            self._arriving = None
            cycle = self.cycle
            if not cycle.response_complete:
                cycle.more_body = False
                cycle.message_event.set()

        def on_response_complete(self) -> None:
            self.server_state.total_requests += 1
            if self.transport.is_closing():
                return
            if self.pipeline:
                if len(self.pipeline) < _MOST_WAITING:
                    self.flow.resume_reading()
                self._running, app = self.pipeline.pop()  # type: ignore[assignment]
                self._start_asgi_task(self._running, app)  # type: ignore[arg-type]
            elif self._refusal is not None:
                self._hang_up()
            elif self._ended:
                self.transport.close()
            else:
                self.flow.resume_reading()

        def _refuse(self, reason: str, status: int = 400) -> None:
            """Answer nothing that comes from now on, and say why, when it is its turn."""
            is_read = self._arriving is not None or (self._in_head and self.scope["headers"])
            request = self._asked() if is_read else meant(self._begun or self._latest)
            self._close_behind(garbled(request, reason, status))

        def _asked(self) -> Request:
            """The request of which the first headers, at least, have been read."""
            first = islice(self.scope["headers"], MOST_HEADERS)
            return Request(
                base_url="",
                headers={name.decode("latin-1"): value.decode("latin-1") for name, value in first},
                method=self.parser.get_method().decode("latin-1"),
                path=self.url.decode("latin-1").partition("?")[0],
            )

        def _close_behind(self, refusal: bytes) -> None:
            """Hang up behind the answers to all requests that were whole, with a refusal of the one
            that was not, unless it has had an answer."""
            broken, self._arriving, self._in_head = self._arriving, None, False
            self._refusal = refusal
            if self.pipeline and self.pipeline[0][0] is broken:
                self.pipeline.popleft()
            elif broken is not None and not broken.response_complete:
                broken.break_off(self._hang_up)
                return
            elif broken is not None:
                self._refusal = b""
            if self._is_answered():
                self._hang_up()

        def _is_answered(self) -> bool:
            """Whether every whole request of the connection has had its answer."""
            running = self._running
            return not self.pipeline and (running is None or running.response_complete)

        def _hang_up(self) -> None:
            self.transport.write(self._refusal or b"")
            if not self.transport.can_write_eof():
                self.transport.close()
                return
            self.transport.write_eof()
            self.flow.resume_reading()
            self.loop.call_later(_LINGER, self.transport.close)

        def eof_received(self) -> bool:  # type: ignore[override]
            self._ended = True
            if self._arriving is not None:
                self._close_behind(b"")
            if self._is_answered():
                return False
            self.loop.call_later(_FAREWELL, self.transport.close)
            return True

        def connection_lost(self, exc: Exception | None) -> None:
            running = self._running
            if running is not None and running is not self.cycle:
                # Others wait behind it, of which nothing will become.
                running.disconnected = not running.response_complete
                running.message_event.set()
            super().connection_lost(exc)

        def look(self, now: float) -> None:
            """End the connection if it got no further for too long."""
            waited_for, progress, bound = self._waited_for()
            if self._stuck != (waited_for, progress):
                self._stuck, self._stuck_since = (waited_for, progress), now
            elif bound and now - self._stuck_since >= bound:
                if waited_for is self.flow:
                    self.transport.abort()
                elif self._arriving is not None or self._in_head:
                    self._refuse(TOO_SLOW)
                else:
                    self.transport.close()

        def _waited_for(self) -> tuple[object, int, float]:
            """What is waited for, how far it got, and the seconds that it may take."""
            unsent = self.transport.get_write_buffer_size()
            if unsent:
                return self.flow, unsent, bounds.answer
            if not self.flow.read_paused:
                if self._arriving is not None:
                    return self._arriving, self._received >> _PROGRESS, bounds.request
                if self._in_head:
                    return self.scope, 0, bounds.request
            if not self._is_answered():
                return self._running, 0, 0.0
            return self._running, 0, bounds.idle

    return Protocol


def meant(received: bytes) -> Request:
    """What can be made out of bytes that are no HTTP request: method, path and host, or nothing."""
    line, host = _LINE.match(received), _HOST.search(received)
    return Request(
        base_url="",
        headers={} if host is None else {"host": host[1].decode("latin-1")},
        method="" if line is None else line[1].decode("latin-1"),
        path="" if line is None else line[2].decode("latin-1").partition("?")[0],
    )
