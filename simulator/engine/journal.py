"""The bounded log of exchanges of a workspace: what was asked, what was answered, and why."""

from __future__ import annotations

import zlib
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from itertools import chain, product
from typing import Any, Literal, NamedTuple

import msgspec

_FIXED_COST = 700
"""Bytes that an entry takes besides its texts, as a rough but steady estimate."""
_HEADER_COST = 130
"""Bytes that a header takes besides its name and value."""
_FACT_COST = 250
"""Bytes that a finding, an event or another fact of the explanation takes besides its texts."""
_CUT_AT = 8
"""A body is cut where it would take more than this part of the journal's bytes."""
_WORTH_PRESSING = 1024
_WORTH_PRESSING_BESIDE = 128
"""Bytes from which on a body is pressed: alone, and beside one that is like it."""
_LONGEST_MODEL = 4096
_MODELS = 64
"""Bodies beside which others of their kind are pressed: how long one is at most, and of how many
kinds there are some."""
_WINDOW = 13
"""How far back pressing looks, as a power of two: beyond a model and the body behind it."""
_FRESH = 8
"""The newest entries are not pressed, since they are what is read."""
_KNOWN_PAIRS = 500
"""Headers that are kept to be shared."""
_MANY = 32
"""After so many entries it is time to press."""


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
    """One exchange. `why` holds the facts of the explanation; `error` is what failed inside.

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
    why: Mapping[str, Any]
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
        return Model(request, response, self.why.get("quirks", {}))

    @property
    def unmatched(self) -> bool:
        """Whether no operation took the request, which no browser asked before another either."""
        return self.operation is None and self.why["outcome"] != "preflight"

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
        if findings := why.get("findings"):
            size += sum(_FACT_COST + len(finding.message) for finding in findings)
        if notes := why.get("notes"):
            size += sum(map(len, notes))
        if events := why.get("events"):
            size += _FACT_COST * len(events)
        return size

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
            why={**self.why, "notes": [*self.why.get("notes", ()), *notes]},
        )

    def pressed_together(self, pairs: dict[Header, Header], model: Model | None) -> Entry:
        """The entry with its bodies pressed beside those of `model`, where that makes them smaller,
        and with the quirks of that, where they are the same; the headers that are among `pairs` are
        shared, the others are added."""
        request = _pressed(self.request_kept, b"" if model is None else model.request)
        response = _pressed(self.response_kept, b"" if model is None else model.response)
        why = self.why
        if model is not None and why.get("quirks") == model.quirks:
            why = {**why, "quirks": model.quirks}
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


class Journal:
    """The newest exchanges, at most `entries` of them and at most `size` bytes.

    `let_go` counts those that the bounds drove out since the journal was last cleared. A body that
    takes more than an eighth of the bytes is cut. `press` is told when there is much to press, with
    `press_one`.
    """

    __slots__ = (
        "_bytes",
        "_entries",
        "_kept",
        "_longest",
        "_models",
        "_pairs",
        "_press",
        "_size",
        "_unpressed",
        "_workspace",
        "let_go",
        "recorded",
    )

    def __init__(
        self,
        workspace: str,
        entries: int,
        size: int,
        press: Callable[[Journal], None] | None = None,
    ) -> None:
        self._workspace = workspace
        self._kept: deque[tuple[int, Entry]] = deque()
        self._entries = entries
        self._size = size
        self._longest = size // _CUT_AT
        self._pairs: dict[Header, Header] = {}
        self._models: dict[tuple[str | None, int], Model] = {}
        self._press = press
        self._unpressed = 0
        self._bytes = 0
        self.recorded = 0
        self.let_go = 0

    def __len__(self) -> int:
        return len(self._kept)

    def __iter__(self) -> Iterator[Entry]:
        return iter([entry for _, entry in self._kept])

    @property
    def size(self) -> int:
        """Roughly how many bytes the kept entries take."""
        return self._bytes

    def next_id(self) -> str:
        """The id that the next exchange will have; counted per workspace, so it repeats."""
        self.recorded += 1
        return f"{self._workspace}-{self.recorded:06d}"

    def add(self, entry: Entry) -> None:
        """Keep `entry`, letting go of the oldest ones beyond the bounds."""
        cost = entry.cost
        if cost > self._longest:
            entry = entry.cut(self._longest)
            cost = entry.cost
        kept = self._kept
        kept.append((cost, entry))
        self._bytes += cost
        while kept and (len(kept) > self._entries or self._bytes > self._size):
            self._bytes -= kept.popleft()[0]
            self.let_go += 1
        self._unpressed += 1
        if self._unpressed == _MANY and self._press is not None:
            self._press(self)

    def press_one(self) -> bool:
        """Press the oldest entry that was not looked at yet; tells whether more are to be."""
        self._unpressed = min(self._unpressed, len(self._kept))
        if self._unpressed <= _FRESH:
            return False
        place = len(self._kept) - self._unpressed
        cost, entry = self._kept[place]
        pressed = entry.pressed_together(self._pairs, self._model(entry))
        saved = entry.kept - pressed.kept
        self._kept[place] = cost - saved, pressed
        self._bytes -= saved
        self._unpressed -= 1
        if len(self._pairs) > _KNOWN_PAIRS:
            self._pairs.clear()
        return True

    def _model(self, entry: Entry) -> Model | None:
        """What an entry is pressed beside: the first of its operation and status that was."""
        kind = entry.operation, entry.status
        model = self._models.get(kind)
        if model is None and len(self._models) < _MODELS:
            model = self._models[kind] = entry.as_model
        return model

    def amend(self, entry_id: str, *, heard: Heard) -> None:
        """Note what a client heard in the end, if the entry is still kept."""
        for place in range(len(self._kept) - 1, -1, -1):
            cost, entry = self._kept[place]
            if entry.id == entry_id:
                self._kept[place] = cost, msgspec.structs.replace(entry, heard=heard)
                return

    def find(self, entry_id: str) -> Entry | None:
        """The kept entry with that id."""
        return next((entry for _, entry in self._kept if entry.id == entry_id), None)

    def clear(self) -> int:
        """Forget everything that is kept; gives how many entries that were."""
        forgotten = len(self._kept)
        self._kept.clear()
        self._models.clear()
        self._bytes = 0
        self.let_go = 0
        return forgotten

    def release(self) -> deque[tuple[int, Entry]]:
        """Begin again, ids included; gives what was kept."""
        kept, self._kept = self._kept, deque()
        self._pairs = {}
        self._models = {}
        self._bytes = 0
        self.recorded = 0
        return kept
