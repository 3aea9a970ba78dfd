"""A webhook receiver in a thread: it remembers what it got and answers as it is told."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import create_server
from typing import NamedTuple


class Received(NamedTuple):
    """One request: method, path, header names in lower case, body."""

    method: str
    path: str
    headers: dict[str, str]
    body: str


class Receiver:
    """Answers `status` to every POST and `get_status` to every GET.

    With `hang`, POSTs wait; with `drop`, the connection is closed without an answer to them; with
    `endless`, an answer goes on until nobody reads it any more, and with `trickle` a header of it
    comes bit by bit until then; a `cookie` is set with each answer, and a `location` named.
    `given_up` is set when somebody did not wait for the end of an answer.
    """

    def __init__(self) -> None:
        self.url = ""
        self.status = 200
        self.get_status = 200
        self.hang = False
        self.drop = False
        self.endless = False
        self.trickle = False
        self.cookie = ""
        self.location = ""
        self.received: list[Received] = []
        self.arrived = threading.Event()
        self.released = threading.Event()
        self.given_up = threading.Event()

    @property
    def posts(self) -> list[str]:
        """The bodies of the POSTs, in the order in which they came."""
        return [request.body for request in self.received if request.method == "POST"]


@contextmanager
def hanging(number: int) -> Iterator[list[str]]:
    """The URLs of so many targets that take connections and never answer, on free ports."""
    with ExitStack() as stack:
        listeners = [stack.enter_context(create_server(("127.0.0.1", 0))) for _ in range(number)]
        yield [f"http://127.0.0.1:{each.getsockname()[1]}/" for each in listeners]


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver on a free port of 127.0.0.1."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def _take(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
            headers = {name.lower(): value for name, value in self.headers.items()}
            receiver.received.append(Received(self.command, self.path, headers, body))
            if self.command == "POST":
                receiver.arrived.set()
            if self.command == "POST" and receiver.hang:
                receiver.released.wait(10)
            if self.command == "POST" and receiver.drop:
                return
            status = receiver.status if self.command == "POST" else receiver.get_status
            try:
                self.send_response(status)
                if receiver.cookie:
                    self.send_header("Set-Cookie", receiver.cookie)
                if receiver.location:
                    self.send_header("Location", receiver.location)
                if receiver.trickle:
                    self.flush_headers()
                    self.wfile.write(b"X-Slow: ")
                while receiver.trickle and not receiver.released.wait(0.02):
                    self.wfile.write(b"x")
                self.send_header("Content-Length", "1000000000000" if receiver.endless else "2")
                self.end_headers()
                self.wfile.write(b"x" * 4096 if receiver.endless else b"ok")
                while receiver.endless:
                    self.wfile.write(b"x" * 65536)
            except OSError:
                receiver.given_up.set()

        do_GET = do_POST = _take  # noqa: N815  (names that http.server calls)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing on stderr."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        receiver.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield receiver
        finally:
            receiver.released.set()
            server.shutdown()
            thread.join()
