"""Faults on the wire: what a client meets when the connection to a carrier fails.

What uvicorn would never send goes to the transport itself, which the protocol puts into the scope
(`simulator.http.protocol`). Without one, as under another server, a fault is an answer 500.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from starlette.types import Receive, Scope, Send

from simulator.core.phrases import phrase
from simulator.engine.journal import Heard
from simulator.engine.rules.definitions import Fault
from simulator.engine.rules.firing import seconds
from simulator.http import responses
from simulator.http.protocol import TRANSPORT
from simulator.http.responses import HeaderList

_PAUSE = 1.0
"""Seconds between the bytes of a slow body."""

_SILENCE = 60.0
"""Seconds for which a client hears nothing."""

_GARBAGE = b'{"broken": '


_HEARD: Mapping[str, Heard] = {
    "connection_reset": "reset",
    "empty_response": "nothing",
    "truncated_body": "part",
    "wrong_length": "broken",
    "malformed_json": "broken",
}
"""What a client hears of the faults of which that is known beforehand."""


def hears(scope: Scope, fault: Fault | None) -> Heard | None:
    """What the client will hear of an answer that is about to be sent; None if time will tell."""
    transport: asyncio.Transport | None = scope.get("extensions", {}).get(TRANSPORT)
    if transport is None:
        return None
    if transport.is_closing():
        return "gone"
    return "answer" if fault is None else _HEARD.get(fault.kind)


async def send_fault(
    fault: Fault,
    scope: Scope,
    receive: Receive,
    send: Send,
    status: int,
    header_list: HeaderList,
    body: bytes,
    told: Callable[[Heard], None],
) -> None:
    """Let the answer fail as `fault` says; status, headers and body are those it would have had.

    `told` gets to know what the client heard where `hears` could not say.
    """
    transport: asyncio.Transport | None = scope.get("extensions", {}).get(TRANSPORT)
    if transport is None:
        await responses.send_response(send, 500, [(b"content-length", b"0")], b"")
        return
    match fault.kind:
        case "connection_reset":
            _reset(transport)
        case "empty_response":
            transport.close()
        case "truncated_body":
            transport.write(_head(status, header_list, body) + body[: len(body) // 2])
            transport.close()
        case "wrong_length":
            longer = body + b" "
            transport.write(_head(status, header_list, longer) + body)
            transport.close()
        case "malformed_json":
            broken = body[: len(body) // 2] or _GARBAGE
            await responses.send_response(send, status, _resized(header_list, broken), broken)
            return
        case "slow_body":
            told(await _dribble(transport, _head(status, header_list, body), body, fault))
            transport.close()
        case "timeout":
            await _wait(receive, seconds(fault.by, _SILENCE))
            told("gone" if transport.is_closing() else "nothing")
            transport.close()
        case _:
            raise AssertionError(f"{fault.kind} is no fault on the wire")
    await _gone(receive)


def _reset(transport: asyncio.Transport) -> None:
    """End the connection with a reset, as a crash does, not with a farewell."""
    found: Any = transport.get_extra_info("socket")
    if found is not None:
        with suppress(OSError):
            found.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


async def _dribble(transport: asyncio.Transport, head: bytes, body: bytes, fault: Fault) -> Heard:
    """Send a byte at a time, as long as somebody is there to read it; gives what was heard."""
    if transport.is_closing():
        return "gone"
    pause = seconds(fault.by, _PAUSE)
    transport.write(head)
    for place in range(len(body)):
        await asyncio.sleep(pause)
        if transport.is_closing():
            return "part"
        transport.write(body[place : place + 1])
    return "answer"


async def _wait(receive: Receive, length: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(_gone(receive), length)


async def _gone(receive: Receive) -> None:
    """Return when the connection has ended."""
    while (await receive())["type"] != "http.disconnect":
        pass


def _head(status: int, header_list: HeaderList, body: bytes) -> bytes:
    lines = [f"HTTP/1.1 {status} {phrase(status)}".encode()]
    lines += [name + b": " + value for name, value in _resized(header_list, body)]
    return b"\r\n".join(lines) + b"\r\n\r\n"


def _resized(header_list: HeaderList, body: bytes) -> HeaderList:
    """The headers with the length of this body."""
    others = [pair for pair in header_list if pair[0] != b"content-length"]
    return [*others, (b"content-length", str(len(body)).encode())]
