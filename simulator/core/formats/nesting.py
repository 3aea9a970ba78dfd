"""How deep JSON is nested, which is told before it is read.

What reads it goes down as far as the machine's stack lets it, from CPython 3.12 on very far; what
looks at it afterwards only as far as Python's own functions do.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

MOST = 200
"""Levels down to which everybody can look: any more are read by nobody."""

_STRINGS = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_OPENING = b"[{"
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))

_decoder = msgspec.json.Decoder()


def read(text: bytes) -> Any:
    """JSON as data; raises `msgspec.DecodeError`, for what is nested too deep as well, and
    UnicodeDecodeError."""
    if deeper(text, MOST):
        raise msgspec.DecodeError(f"JSON is nested deeper than {MOST} levels")
    return _decoder.decode(text)


def deeper(text: bytes, most: int) -> bool:
    """Whether brackets outside strings nest deeper than `most`."""
    if text.count(b"[") + text.count(b"{") <= most:
        return False
    depth = 0
    for byte in outside_strings(text).translate(None, _NO_BRACKETS):
        depth += 1 if byte in _OPENING else -1
        if depth > most:
            return True
    return False


def outside_strings(text: bytes) -> bytes:
    """What is left of JSON without its strings."""
    if b"\\" in text:
        return _STRINGS.sub(b"", text)
    # Without an escape every quotation mark begins or ends a string, which takes far less time.
    return b"".join(text.split(b'"')[::2])
