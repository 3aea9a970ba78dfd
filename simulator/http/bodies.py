"""Reads and decodes request bodies within bounds."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from functools import lru_cache
from typing import Any

import msgspec
from starlette.types import Receive

from simulator.core import reading
from simulator.core.formats import nesting
from simulator.engine.rules.matching import ABSENT

_decode = msgspec.json.Decoder().decode

_LONGEST_LENGTH = 20
"""Digits of a Content-Length that the server itself reads."""

_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
"""An escaped U+0000; with an escaped backslash before it, the digits are plain text."""

_HALF = re.compile(
    rb"(?<!\\)(?:\\\\)*\\u(?:[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|[dD][c-fC-F][0-9a-fA-F]{2})"
)
"""An escaped half of a surrogate pair; one of the second half may follow a first."""

_AT = re.compile(r" \(byte ([0-9]+)\)$")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_BYTES_A_VALUE = 20
"""Least bytes of a value on the average; those of real bodies have more with their names.
Small values take as long to judge as large ones, and whoever waits beside them waits as well."""

_SMALL = 2 * 1024 * 1024
"""Bytes of a body that may hold as many values as one of this size."""

_MOST_DIGITS = 1000
"""Digits of a number; to find out the value of very many takes long."""

_SUSPECT = 64 * 1024
"""Bytes from which on a body is searched for such numbers."""

_DIGITS = bytes.maketrans(b"123456789", b"000000000")
_TOO_MANY_DIGITS = b"0" * (_MOST_DIGITS + 1)


class TooLarge(Exception):
    """A body of more bytes, or nested deeper, than is taken; the message says the bound."""


class Malformed(Exception):
    """A body that is not JSON; the message says where."""


class Disconnected(Exception):
    """The client went away before its request was complete."""


async def read(receive: Receive, limit: int, declared: str | None) -> bytes:
    """The whole body. Raises `TooLarge` as soon as it is known to exceed `limit` bytes."""
    _check_declared(declared, limit)
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


def _check_declared(length: str | None, limit: int) -> None:
    if length is None or len(length) < len(str(limit)):
        return
    size = reading.whole(length, digits=_LONGEST_LENGTH)
    if size is not None and size > limit:
        raise TooLarge(f"the body has {size} bytes, at most {limit} are taken")


async def arriving(receive: Receive, limit: int, declared: str | None) -> AsyncIterator[bytes]:
    """The body as it comes. Raises as `read` does, `TooLarge` once more than `limit` has come."""
    _check_declared(declared, limit)
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Disconnected
        chunk: bytes = message.get("body", b"")
        size += len(chunk)
        if size > limit:
            raise TooLarge(f"the body has more than {limit} bytes")
        more = message.get("more_body", False)
        yield chunk


def decode_json(body: bytes, max_depth: int) -> Any:
    """The body as data.

    Raises `Malformed` and, for nesting beyond `max_depth` and for far more values than bodies of
    its size have, `TooLarge`.
    """
    most = _most_values(body)
    if _holds_more(body, most):
        raise TooLarge(f"the body holds more than {most} values")
    if nesting.deeper(body, max_depth):
        raise TooLarge(f"the body is nested deeper than {max_depth} levels")
    if len(body) > _SUSPECT and _has_long_number(body):
        raise Malformed(f"a number in the body has more than {_MOST_DIGITS} digits")
    if b"\\u0000" in body and _NUL.search(body):
        raise Malformed("the body holds the character U+0000")
    try:
        return _decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Malformed(_reason(body, str(error))) from None


def loosely(body: bytes) -> Any:
    """The body as data if it is JSON, else as a text; nothing for an empty one."""
    if not body:
        return ABSENT
    if _holds_more(body, _most_values(body)):
        return body.decode(errors="replace")
    try:
        return nesting.read(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
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


def _most_values(body: bytes) -> int:
    return max(len(body), _SMALL) // _BYTES_A_VALUE


def _holds_more(body: bytes, most: int) -> bool:
    """Whether there are more values than that, by the commas outside strings."""
    if len(body) <= most or body.count(b",") < most:
        return False
    return nesting.outside_strings(body).count(b",") >= most


def _has_long_number(body: bytes) -> bool:
    if _TOO_MANY_DIGITS not in body.translate(_DIGITS):
        return False
    return _TOO_MANY_DIGITS in nesting.outside_strings(body).translate(_DIGITS)


@lru_cache(maxsize=256)
def media_type(content_type: str | None) -> str:
    """The bare media type of a Content-Type header, in lower case; empty when there is none."""
    return "" if content_type is None else content_type.partition(";")[0].strip().lower()
