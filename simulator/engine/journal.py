"""The bounded log of exchanges of a workspace: what was asked, what was answered, and why."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Literal

import msgspec

_FIXED_COST = 700
"""Bytes that an entry takes besides its texts, as a rough but steady estimate."""


Heard = Literal["answer", "gone", "reset", "nothing", "part", "broken"]
"""What the client heard: the whole answer, nothing since it had hung up (``gone``), a reset, the
end of the connection without a byte (``nothing``), a part of the answer, or one that is broken on
purpose. A client that is there when an answer is sent is taken to hear it."""


class Entry(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One exchange. `why` holds the facts of the explanation; `error` is what failed inside.

    `heard` is None while the answer is still being sent, and where the connection cannot be asked.
    """

    id: str
    at: datetime
    carrier: str | None
    operation: str | None
    method: str
    path: str
    query: str
    request_headers: list[tuple[bytes, bytes]]
    request_body: bytes
    status: int
    response_headers: list[tuple[bytes, bytes]]
    response_body: bytes
    microseconds: int
    why: Mapping[str, Any]
    error: str | None = None
    heard: Heard | None = None

    @property
    def unmatched(self) -> bool:
        """Whether no operation took the request, which no browser asked before another either."""
        return self.operation is None and self.why["outcome"] != "preflight"

    @property
    def cost(self) -> int:
        """Roughly how many bytes the entry takes."""
        size = _FIXED_COST + len(self.request_body) + len(self.response_body)
        size += len(self.path) + len(self.query)
        for _, value in self.request_headers:
            size += len(value)
        return size


class Journal:
    """The newest exchanges, at most `entries` of them and at most `size` bytes.

    `let_go` counts those that the bounds drove out since the journal was last cleared.
    """

    __slots__ = ("_bytes", "_entries", "_kept", "_size", "_workspace", "let_go", "recorded")

    def __init__(self, workspace: str, entries: int, size: int) -> None:
        self._workspace = workspace
        self._kept: deque[tuple[int, Entry]] = deque()
        self._entries = entries
        self._size = size
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
        kept = self._kept
        kept.append((cost, entry))
        self._bytes += cost
        while kept and (len(kept) > self._entries or self._bytes > self._size):
            self._bytes -= kept.popleft()[0]
            self.let_go += 1

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
        self._bytes = 0
        self.recorded = 0
        return kept
