"""An exchange as the journal keeps it: whole, with its bodies cut, or with them pressed."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from datetime import datetime
from itertools import chain, product
from typing import Any, Literal, NamedTuple

import msgspec

from simulator.engine.journal.reasons import Reasons

_FIXED_COST = 700
"""Bytes that an entry takes besides its texts, as a rough but steady estimate."""
_HEADER_COST = 130
"""Bytes that a header takes besides its name and value."""
_FACT_COST = 250
"""Bytes that a finding, an event or another fact of the explanation takes besides its texts."""
_WORTH_PRESSING = 1024
_WORTH_PRESSING_BESIDE = 128
"""Bytes from which on a body is pressed: alone, and beside one that is like it."""
_LONGEST_MODEL = 4096
"""Bytes of a body beside which others of its kind are pressed."""
_WINDOW = 13
"""How far back pressing looks, as a power of two: beyond a model and the body behind it."""

Header = tuple[bytes, bytes]

Heard = Literal["answer", "gone", "reset", "nothing", "part", "broken"]
"""What the client heard: the whole answer, nothing since it had hung up (``gone``), a reset, the
end of the connection without a byte (``nothing``), a part of the answer, or one that is broken on
purpose. A client that is there when an answer is sent is taken to hear it."""


class Model(NamedTuple):
    """The bodies of the first exchange of its kind, as far as they are not too long, and the
    quirks that it asked for: most exchanges of a kind differ from it by some numbers."""

    request: bytes
    response: bytes
    quirks: Mapping[str, Any]


class Entry(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One exchange. `error` is what failed inside.

    The bodies are kept as they were, or `pressed` beside those of the `model`, request and
    response; `request_size` and `response_size` are the true lengths of those that were cut.

    `heard` is None while the answer is still being sent, and where the connection cannot be asked.
    """

    id: str
    at: datetime
    carrier: str | None
    operation: str | None
    method: str
    path: str
    query: str
    request_headers: list[Header]
    request_kept: bytes
    status: int
    response_headers: list[Header]
    response_kept: bytes
    microseconds: int
    why: Reasons
    error: str | None = None
    heard: Heard | None = None
    request_size: int | None = None
    response_size: int | None = None
    pressed: tuple[bool, bool] = (False, False)
    model: Model | None = None

    @property
    def request_body(self) -> bytes:
        """The request's body, as far as it is kept."""
        if not self.pressed[0]:
            return self.request_kept
        return _read(self.request_kept, b"" if self.model is None else self.model.request)

    @property
    def response_body(self) -> bytes:
        """The response's body, as far as it is kept."""
        if not self.pressed[1]:
            return self.response_kept
        return _read(self.response_kept, b"" if self.model is None else self.model.response)

    @property
    def as_model(self) -> Model:
        """What those of its kind are pressed beside."""
        request, response = (
            body if len(body) <= _LONGEST_MODEL else b""
            for body in (self.request_kept, self.response_kept)
        )
        return Model(request, response, self.why.quirks)

    @property
    def unmatched(self) -> bool:
        """Whether no operation took the request, which no browser asked before another either."""
        return self.operation is None and self.why.outcome != "preflight"

    @property
    def kept(self) -> int:
        """The bytes that the bodies take."""
        return len(self.request_kept) + len(self.response_kept)

    @property
    def cost(self) -> int:
        """Roughly how many bytes the entry takes."""
        sent, answered, why = self.request_headers, self.response_headers, self.why
        size = _FIXED_COST + self.kept
        size += len(self.path) + len(self.query) + _HEADER_COST * (len(sent) + len(answered))
        size += sum(map(len, chain.from_iterable(chain(sent, answered))))
        if why.findings:
            size += sum(_FACT_COST + len(finding.message) for finding in why.findings)
        if why.notes:
            size += sum(map(len, why.notes))
        return size + _FACT_COST * (len(why.events) + len(why.resources))

    def cut(self, most: int) -> Entry:
        """The entry with no more than `most` bytes of each body, and a note of what is gone."""
        request, response = self.request_kept, self.response_kept
        if len(request) <= most and len(response) <= most:
            return self
        notes = [
            f"the body of the {which} has {len(body)} bytes, of which the journal keeps the first "
            f"{most}"
            for which, body in (("request", request), ("response", response))
            if len(body) > most
        ]
        return msgspec.structs.replace(
            self,
            request_kept=request[:most],
            response_kept=response[:most],
            request_size=len(request) if len(request) > most else None,
            response_size=len(response) if len(response) > most else None,
            why=msgspec.structs.replace(self.why, notes=[*self.why.notes, *notes]),
        )

    def pressed_together(self, pairs: dict[Header, Header], model: Model | None) -> Entry:
        """The entry with its bodies pressed beside those of `model`, where that makes them smaller,
        and with the quirks of that, where they are the same; without resources of which nothing is
        told. The headers that are among `pairs` are shared, the others are added."""
        request = _pressed(self.request_kept, b"" if model is None else model.request)
        response = _pressed(self.response_kept, b"" if model is None else model.response)
        why = self.why
        if model is not None and why.quirks == model.quirks:
            why = msgspec.structs.replace(why, quirks=model.quirks)
        if why.resources:
            why = msgspec.structs.replace(why, resources=why.nearest_resources)
        return msgspec.structs.replace(
            self,
            request_headers=[pairs.setdefault(each, each) for each in self.request_headers],
            response_headers=[pairs.setdefault(each, each) for each in self.response_headers],
            request_kept=self.request_kept if request is None else request,
            response_kept=self.response_kept if response is None else response,
            pressed=_PRESSED[request is not None, response is not None],
            model=model,
            why=why,
        )


_PRESSED = {each: each for each in product((False, True), repeat=2)}
"""One and the same for all entries."""


def _pressed(body: bytes, model: bytes) -> bytes | None:
    """A body in less space; None where it is too small for that, or takes no less."""
    if len(body) < (_WORTH_PRESSING_BESIDE if model else _WORTH_PRESSING):
        return None
    way = (1, zlib.DEFLATED, -_WINDOW, zlib.DEF_MEM_LEVEL, zlib.Z_DEFAULT_STRATEGY)
    press = zlib.compressobj(*way, model) if model else zlib.compressobj(*way)
    pressed = press.compress(body) + press.flush()
    return pressed if len(pressed) < len(body) * 0.9 else None


def _read(pressed: bytes, model: bytes) -> bytes:
    """The body that was pressed beside `model`."""
    return zlib.decompressobj(-_WINDOW, zdict=model).decompress(pressed)
