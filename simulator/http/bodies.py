"""Reads and decodes request bodies within bounds."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import msgspec
from starlette.types import Receive

from simulator.engine.rules.matching import ABSENT

_decoder = msgspec.json.Decoder()

_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
"""An escaped U+0000; with an escaped backslash before it, the digits are plain text."""

_HALF = re.compile(
    rb"(?<!\\)(?:\\\\)*\\u(?:[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|[dD][c-fC-F][0-9a-fA-F]{2})"
)
"""An escaped half of a surrogate pair; one of the second half may follow a first."""

_AT = re.compile(r" \(byte ([0-9]+)\)$")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_STRINGS = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_OPENING = b"[{"
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))


class TooLarge(Exception):
    """A body of more bytes, or nested deeper, than is taken; the message says the bound."""


class Malformed(Exception):
    """A body that is not JSON; the message says where."""


class Disconnected(Exception):
    """The client went away before its request was complete."""


async def read(receive: Receive, limit: int, declared: str | None) -> bytes:
    """The whole body. Raises `TooLarge` as soon as it is known to exceed `limit` bytes."""
    if declared is not None and declared.isascii() and declared.isdigit() and int(declared) > limit:
        raise TooLarge(f"the body has {declared} bytes, at most {limit} are taken")
    message = await receive()
    if message["type"] == "http.disconnect":
        raise Disconnected
    body: bytes = message.get("body", b"")
    if not message.get("more_body", False):
        if len(body) > limit:
            raise TooLarge(f"the body has more than {limit} bytes")
        return body
    chunks = [body]
    size = len(body)
    while message.get("more_body", False):
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Disconnected
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > limit:
            raise TooLarge(f"the body has more than {limit} bytes")
        chunks.append(chunk)
    return b"".join(chunks)


def decode_json(body: bytes, max_depth: int) -> Any:
    """The body as data. Raises `Malformed` and, for nesting beyond `max_depth`, `TooLarge`."""
    if body.count(b"[") + body.count(b"{") > max_depth and _deeper(body, max_depth):
        raise TooLarge(f"the body is nested deeper than {max_depth} levels")
    if b"\\u0000" in body and _NUL.search(body):
        raise Malformed("the body holds the character U+0000")
    try:
        return _decoder.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Malformed(_reason(body, str(error))) from None


def loosely(body: bytes) -> Any:
    """The body as data if it is JSON, else as a text; nothing for an empty one."""
    if not body:
        return ABSENT
    try:
        return _decoder.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return body.decode(errors="replace")


def _reason(body: bytes, said: str) -> str:
    """Why a body cannot be read, with the place where that can be told."""
    try:
        body.decode()
    except UnicodeDecodeError as error:
        place = _place(body, error.start)
        return f"the body is not UTF-8: the byte 0x{body[error.start]:02X} at {place} is not"
    if body.startswith(_BYTE_ORDER_MARK):
        return "the body begins with a byte order mark, send it without one"
    half = _HALF.search(body)
    if half is not None:
        place = _place(body, half.start())
        return f"the text at {place} holds {half[0].decode()}, half of a character"
    if "out of range" in said:
        return "a number in the body is too large"
    if "truncated" in said:
        return "the body is not JSON: it ends before it is complete"
    reason = said.removeprefix("JSON is malformed: ")
    at = _AT.search(reason)
    if at is None:
        return f"the body is not JSON: {reason}"
    return f"the body is not JSON: {reason[: at.start()]} at {_place(body, int(at[1]))}"


def _place(body: bytes, offset: int) -> str:
    line, end = body.count(b"\n", 0, offset) + 1, body.rfind(b"\n", 0, offset)
    return f"line {line}, column {offset - end}"


def _deeper(body: bytes, most: int) -> bool:
    """Whether brackets outside strings nest deeper than `most`."""
    depth = 0
    for byte in _STRINGS.sub(b"", body).translate(None, _NO_BRACKETS):
        depth += 1 if byte in _OPENING else -1
        if depth > most:
            return True
    return False


@lru_cache(maxsize=256)
def media_type(content_type: str | None) -> str:
    """The bare media type of a Content-Type header, in lower case; empty when there is none."""
    return "" if content_type is None else content_type.partition(";")[0].strip().lower()
