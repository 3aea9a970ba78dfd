"""A receiver of webhooks on 127.0.0.1, as a program has one."""

from __future__ import annotations

import asyncio
import json
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from simulator.testing.errors import NothingCame


@dataclass(frozen=True, slots=True)
class Received:
    """A request that arrived; `body` is decoded JSON, or text where it is none."""

    method: str
    path: str
    headers: dict[str, str]
    body: Any
    raw: bytes


class Receiver:
    """Takes what is sent to `url` and answers with `status`, which may be changed at any time.

    `of` says whose webhooks come here; `successor` is the receiver to which they go instead since
    another one was asked for.
    """

    def __init__(self, status: int = 200, of: str = "") -> None:
        self.status = status
        self.of: str = of
        self.successor: Receiver | None = None
        self._received: list[Received] = []
        self._taken = 0
        self._came = threading.Condition()
        self._server = _Server(("127.0.0.1", 0), self)
        self.url: str = f"http://127.0.0.1:{self._server.server_port}/webhooks"
        serve = self._server.serve_forever
        self._thread = threading.Thread(target=serve, args=(0.05,), daemon=True)
        self._thread.start()

    @property
    def received(self) -> list[Received]:
        """What arrived so far, in its order; the GET with which InPost tries a URL is left out."""
        with self._came:
            return [*self._received]

    def wait(self, *, timeout: float = 10.0) -> Received:
        """The next request, each once. Raises `NothingCame` after `timeout` seconds."""
        with self._came:
            if not self._came.wait_for(lambda: len(self._received) > self._taken, timeout):
                raise NothingCame(f"nothing arrived at {self.url} within {timeout:g} s{self._why}")
            self._taken += 1
            return self._received[self._taken - 1]

    @property
    def _why(self) -> str:
        """What may be the reason that nothing comes, for the end of a sentence."""
        if self.successor is not None:
            return (
                f"; since a second receiver was asked for, the webhooks of {self.of} go to that "
                f"one: {self.successor.url}"
            )
        return (
            "; a carrier sends when the world's clock moves, and webhooks.log() has every attempt"
        )

    async def wait_async(self, *, timeout: float = 10.0) -> Received:
        """As `wait`, for code that runs in an event loop."""
        return await asyncio.to_thread(self.wait, timeout=timeout)

    def take(self, received: Received) -> None:
        """Keep a request and tell whoever waits."""
        with self._came:
            self._received.append(received)
            self._came.notify_all()

    def close(self) -> None:
        """End it; a second call does nothing."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, address: tuple[str, int], receiver: Receiver) -> None:
        super().__init__(address, _Handler)
        self.receiver = receiver


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(200)

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        try:
            body: Any = json.loads(raw)
        except ValueError:
            body = raw.decode(errors="replace")
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.receiver.take(Received(self.command, self.path, headers, body, raw))
        self._answer(self.server.receiver.status)

    do_PUT = do_POST  # noqa: N815 -- named by http.server

    def _answer(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the tests look at what arrived."""
