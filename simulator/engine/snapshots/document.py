"""Reads a JSON document value by value while it arrives."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Final

import msgspec

from simulator.core.formats import nesting
from simulator.engine.copies.pace import Pace

LARGEST_VALUE: Final = 16 * 1024**2
"""Bytes of the largest value that is read at once, such as a record."""

_BLANKS = re.compile(rb"[ \t\n\r]*")
_WORD = re.compile(rb"[^\s,:\[\]{}]*")
_TRAILING = re.compile(r"trailing characters \(byte ([0-9]+)\)")
_PLACE = re.compile(r"\(byte ([0-9]+)\)")
_DEEPEST = nesting.MOST + 20
"""Levels of a record: those of a request's body that it may hold, and its own."""
_skipper = msgspec.json.Decoder(msgspec.Raw)


class Unreadable(ValueError):
    """The document is not JSON; the message says where."""


class Oversized(ValueError):
    """A value of the document is too large or too deep; the message says the bound."""


class Document:
    """A document of which the bytes come in `chunks`."""

    def __init__(self, chunks: AsyncIterator[bytes], pace: Pace) -> None:
        self._chunks = chunks
        self._pace = pace
        self._buffer = b""
        self._at = 0
        self._passed = 0

    @property
    def offset(self) -> int:
        """How many bytes lie behind."""
        return self._passed + self._at

    async def next(self) -> bytes:
        """The next character that is no blank, which stays; nothing at the end."""
        while True:
            self._at = _end(_BLANKS, self._buffer, self._at)
            if self._at < len(self._buffer):
                return self._buffer[self._at : self._at + 1]
            if not await self._more(1):
                return b""

    async def take(self, wanted: bytes) -> bytes:
        """Pass the next character, which must be one of those wanted. Raises `Unreadable`."""
        found = await self.next()
        if not found:
            raise _ended()
        if found not in wanted:
            shown = repr(found.decode(errors="replace"))
            raise Unreadable(f"the body is not JSON: {shown} at byte {self.offset} is not expected")
        self._at += 1
        return found

    async def value(self) -> bytes:
        """The next value as it stands. Raises `Unreadable` and `Oversized`."""
        await self.next()
        while True:
            end = self._value_end()
            if end is not None:
                value = self._buffer[self._at : end]
                self._at = end
                return value
            # What is looked at again grows with what comes, so that a long value costs no more
            # than its length.
            size = len(self._buffer) - self._at
            if size > LARGEST_VALUE:
                raise Oversized(f"a record has more than {LARGEST_VALUE} bytes")
            if not await self._more(max(1, size)):
                raise _ended()

    def _value_end(self) -> int | None:
        """Where the value ends that begins here; None when more is needed to tell."""
        if self._buffer[self._at : self._at + 1] not in (b"{", b"[", b'"'):
            # A number has no end of its own.
            end = _end(_WORD, self._buffer, self._at)
            return None if end == len(self._buffer) else end
        known = self._structure_end()
        if nesting.deeper(self._buffer[self._at : known], _DEEPEST):
            raise Oversized(f"the body is nested too deep: a record has at most {_DEEPEST} levels")
        return known

    def _structure_end(self) -> int | None:
        try:
            _skipper.decode(memoryview(self._buffer)[self._at :])
        except RecursionError:
            raise Oversized("the body is nested too deep") from None
        except msgspec.DecodeError as error:
            said = str(error)
            if "truncated" in said:
                return None
            trailing = _TRAILING.search(said)
            if trailing is not None:
                return self._at + int(trailing[1]) - 1
            place = _PLACE.search(said)
            if place is not None and self._at + int(place[1]) >= len(self._buffer):
                return None  # a number that breaks off is called wrong, and not cut short
            reason = said.removeprefix("JSON is malformed: ")
            raise Unreadable(
                f"the body is not JSON: {reason} of what begins at byte {self.offset}"
            ) from None
        return len(self._buffer)

    async def _more(self, least: int) -> bool:
        """Read at least so many bytes, or to the end; tells whether there were any."""
        self._passed += self._at
        came = [self._buffer[self._at :]]
        self._at = size = 0
        async for chunk in self._chunks:
            came.append(chunk)
            size += len(chunk)
            await self._pace.pause()
            if size >= least:
                break
        self._buffer = b"".join(came)
        return size > 0


def _end(pattern: re.Pattern[bytes], text: bytes, at: int) -> int:
    found = pattern.match(text, at)
    return at if found is None else found.end()


def _ended() -> Unreadable:
    return Unreadable("the body is not JSON: it ends before it is complete")
