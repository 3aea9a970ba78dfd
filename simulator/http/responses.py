"""Turns answers into bytes and sends them."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import lru_cache
from typing import Any

import msgspec
from starlette.types import Send

from simulator.core.answers import WITHOUT_BODY, Answer, Rendering
from simulator.core.phrases import phrase

_encoder = msgspec.json.Encoder()

HeaderList = list[tuple[bytes, bytes]]


def problem(status: int, detail: str) -> Answer:
    """What the simulator says itself, where no carrier is asked."""
    return Answer(
        status=status,
        body={
            "type": "about:blank",
            "title": phrase(status),
            "status": status,
            "detail": detail,
        },
        media_type="application/problem+json",
    )


def encode(answer: Answer) -> bytes | Rendering:
    """The body's bytes; a `Rendering` is left for `draw`."""
    body = answer.body
    if answer.empty:
        return b""
    if isinstance(body, bytes | Rendering):
        return body
    return _encoder.encode(body)


def encode_drawn(answer: Answer) -> bytes:
    """The body's bytes, in which there is nothing left to draw."""
    body = encode(answer)
    assert isinstance(body, bytes)
    return body


async def draw(rendering: Rendering) -> bytes:
    """The bytes of a rendering, made in a thread so that nobody else waits for them."""
    return await asyncio.to_thread(rendering.draw)


@lru_cache(maxsize=256)
def _http_date(second: int) -> bytes:
    return format_datetime(datetime.fromtimestamp(second, UTC), usegmt=True).encode()


@lru_cache(maxsize=256)
def _lower(name: str) -> bytes:
    return name.lower().encode("latin-1")


@lru_cache(maxsize=256)
def _encoded(value: str) -> bytes:
    return value.encode("latin-1")


def headers(answer: Answer, size: int | None, now: datetime, request_id: str) -> HeaderList:
    """The response's headers; `size` is None for a body of which the length is not told."""
    listed: HeaderList = [
        (_lower(name), value.encode("latin-1", "replace")) for name, value in answer.headers.items()
    ]
    if not answer.empty:
        listed.append((b"content-type", _encoded(answer.media_type)))
        if size is not None:
            listed.append((b"content-length", str(size).encode()))
    elif answer.status not in WITHOUT_BODY:
        listed.append((b"content-length", b"0"))
    listed.append((b"date", _http_date(int(now.timestamp()))))
    listed.append((b"x-sim-request-id", request_id.encode()))
    return listed


async def send_response(send: Send, status: int, header_list: HeaderList, body: bytes) -> None:
    """Send a complete response."""
    start: dict[str, Any] = {
        "type": "http.response.start",
        "status": status,
        "headers": header_list,
    }
    await send(start)
    await send({"type": "http.response.body", "body": body})
