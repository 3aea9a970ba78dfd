"""One line for each exchange, with fields, as text or as JSON.

It is written without the log systems: their way costs more than it takes to answer a read. Nothing
is written until `write_to` was called. What a client sent stands in no line but its path, in which
credentials have marks.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import msgspec
from starlette.types import Message, Scope, Send

from simulator.core.clock import wall
from simulator.core.secrets import Veil, is_secret
from simulator.engine.journal import Heard

_WATCH = "simulator.watch"
_NOTHING = ("reset", "nothing", "gone")
"""What a client heard to which no status came."""
_encoder = msgspec.json.Encoder()


class Watch:
    """Sees to it that an exchange that nobody tells has its line, such as that of a page."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.scope = {**scope, _WATCH: self}
        self.told = False
        self._send = send
        self._status: int | None = None
        self._began = time.perf_counter_ns()

    async def send(self, message: Message) -> None:
        """Send a message of the answer, of which the status is noted."""
        if message["type"] == "http.response.start":
            self._status = message["status"]
        await self._send(message)

    def close(self) -> None:
        """Write the line if there was an answer and it has none; the path is the whole one."""
        if self._status is not None and not self.told:
            microseconds = (time.perf_counter_ns() - self._began) // 1000
            tell(None, None, None, self.scope, self._status, microseconds, "-")


class _Target:
    """Where lines go to; None while nobody wants them."""

    write: Callable[[str], object] | None = None
    as_json = False


def write_to(write: Callable[[str], object] | None, as_json: bool = False) -> None:
    """Let lines go to `write`; None stops them."""
    _Target.write, _Target.as_json = write, as_json


def is_wanted() -> bool:
    """Whether anybody wants lines."""
    return _Target.write is not None


def client(scope: Scope) -> str:
    """The client's address and port."""
    peer = scope.get("client")
    return "-" if peer is None else f"{peer[0]}:{peer[1]}"


def veil_of(scope: Scope) -> Veil:
    """What hides the credentials that a request carries in its headers, its query and its path."""
    veil = Veil()
    for name, value in scope["headers"]:
        veil.header(name.decode("latin-1").lower(), value.decode("latin-1"))
    veil.query(scope.get("query_string", b"").decode("latin-1"))
    veil.path(scope["path"])
    return veil


def _path(scope: Scope) -> str:
    path: str = scope["path"]
    # Most paths are words and numbers, in which no credential can stand.
    if all(_is_plain(segment) for segment in path.split("/")):
        return path
    return veil_of(scope).path(path)


def _is_plain(segment: str) -> bool:
    if is_secret(segment):
        return False
    return segment.isdecimal() or (segment.isalpha() and len(segment) < 24) or len(segment) < 8


def fields(
    workspace: str | None,
    carrier: str | None,
    operation: str | None,
    scope: Scope,
    status: int,
    microseconds: int,
    request_id: str,
    heard: Heard | None = None,
) -> dict[str, Any]:
    """What is told of an exchange, in lines of each kind.

    Where the client did not hear the whole answer, as a rule has it, the line says what it heard;
    there is no status where nothing was sent.
    """
    watch = scope.get(_WATCH)
    if watch is not None:
        watch.told = True
    partly = {} if heard in (None, "answer") else {"heard": heard}
    return {
        "workspace": workspace,
        "carrier": carrier,
        "operation": operation,
        "method": scope["method"],
        "path": _path(scope),
        "status": None if heard in _NOTHING else status,
        "milliseconds": microseconds / 1000,
        "request_id": request_id,
        "client": client(scope),
        **partly,
    }


def tell(
    workspace: str | None,
    carrier: str | None,
    operation: str | None,
    scope: Scope,
    status: int,
    microseconds: int,
    request_id: str,
    heard: Heard | None = None,
) -> None:
    """Write the line of an exchange, if anybody wants it."""
    write = _Target.write
    if write is None:
        return
    told = fields(workspace, carrier, operation, scope, status, microseconds, request_id, heard)
    at = f"{wall():%Y-%m-%dT%H:%M:%S.%fZ}"
    if _Target.as_json:
        line = {"event": "exchange", **told, "level": "info", "timestamp": at}
        write(_encoder.encode(line).decode() + "\n")
        return
    pairs = " ".join(f"{name}={_plain(value)}" for name, value in told.items())
    write(f"{at} [info     ] exchange {pairs}\n")


def _plain(value: Any) -> str:
    text = str(value)
    return text if text.isprintable() and " " not in text else repr(text)
