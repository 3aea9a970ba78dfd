"""The bounded log of exchanges of a workspace: what was asked, what was answered, and why."""

from __future__ import annotations

import zlib
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from itertools import chain
from typing import Any, Literal

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
"""Bytes from which on a body is pressed."""
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


class Entry(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One exchange. `why` holds the facts of the explanation; `error` is what failed inside.

    The bodies are kept as they were, or `pressed`, request and response; `request_size` and
    `response_size` are the true lengths of those that were cut.

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

    @property
    def request_body(self) -> bytes:
        """The request's body, as far as it is kept."""
        return zlib.decompress(self.request_kept) if self.pressed[0] else self.request_kept

    @property
    def response_body(self) -> bytes:
        """The response's body, as far as it is kept."""
        return zlib.decompress(self.response_kept) if self.pressed[1] else self.response_kept

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

    def pressed_together(self, pairs: dict[Header, Header]) -> Entry:
        """The entry with its bodies pressed, where that makes them smaller, and the headers that
        are among `pairs` shared; the others are added."""
        request, response = _pressed(self.request_kept), _pressed(self.response_kept)
        return msgspec.structs.replace(
            self,
            request_headers=[pairs.setdefault(each, each) for each in self.request_headers],
            response_headers=[pairs.setdefault(each, each) for each in self.response_headers],
            request_kept=request or self.request_kept,
            response_kept=response or self.response_kept,
            pressed=(request is not None, response is not None),
        )


def _pressed(body: bytes) -> bytes | None:
    """A body in less space; None where it is too small for that, or takes no less."""
    if len(body) < _WORTH_PRESSING:
        return None
    pressed = zlib.compress(body, 1)
    return pressed if len(pressed) < len(body) * 0.9 else None


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
        pressed = entry.pressed_together(self._pairs)
        saved = entry.kept - pressed.kept
        self._kept[place] = cost - saved, pressed
        self._bytes -= saved
        self._unpressed -= 1
        if len(self._pairs) > _KNOWN_PAIRS:
            self._pairs.clear()
        return True

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
        self._bytes = 0
        self.let_go = 0
        return forgotten

    def release(self) -> deque[tuple[int, Entry]]:
        """Begin again, ids included; gives what was kept."""
        kept, self._kept = self._kept, deque()
        self._pairs = {}
        self._bytes = 0
        self.recorded = 0
        return kept
