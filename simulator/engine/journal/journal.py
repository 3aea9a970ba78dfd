"""The bounded log of exchanges of a workspace."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator

import msgspec

from simulator.engine.journal.entries import Entry, Header, Heard, Model

_CUT_AT = 8
"""A body is cut where it would take more than this part of the journal's bytes."""
_MODELS = 64
"""Kinds of bodies of which there is one beside which others are pressed."""
_FRESH = 8
"""The newest entries are not pressed, since they are what is read."""
_KNOWN_PAIRS = 500
"""Headers that are kept to be shared."""
_MANY = 32
"""After so many entries it is time to press."""


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

    def next_id(self, number: int | None = None) -> str:
        """The id that the next exchange will have; counted per workspace, so it repeats. Where
        several processes count, the `number` is given, and what is `recorded` counted elsewhere."""
        if number is None:
            self.recorded += 1
            number = self.recorded
        return f"{self._workspace}-{number:06d}"

    def fitting(self, entry: Entry) -> Entry:
        """The entry as it is kept: bodies that take too much are cut."""
        if len(entry.request_kept) + len(entry.response_kept) < self._longest // 4:
            return entry  # nothing else is nearly as long
        return entry if entry.cost <= self._longest else entry.cut(self._longest)

    def add(self, entry: Entry) -> Entry:
        """Keep `entry`, letting go of the oldest ones beyond the bounds; gives it as it is kept."""
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
        return entry

    def press_one(self) -> bool:
        """Press the oldest entry that was not looked at yet; tells whether more are to be."""
        self._unpressed = min(self._unpressed, len(self._kept))
        if self._unpressed <= _FRESH:
            return False
        place = len(self._kept) - self._unpressed
        cost, entry = self._kept[place]
        pressed = entry.pressed_together(self._pairs, self._model(entry))
        left = pressed.cost
        self._kept[place] = left, pressed
        self._bytes += left - cost
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

    def clear(self, but: int = 0) -> int:
        """Forget everything that is kept, or all `but` for so many of the newest exchanges; gives
        how many entries that were."""
        kept = self._kept
        forgotten = max(0, len(kept) - but)
        for _ in range(forgotten):
            self._bytes -= kept.popleft()[0]
        if not kept:
            self._models.clear()
        self.let_go = max(0, but - len(kept))
        return forgotten

    def release(self) -> deque[tuple[int, Entry]]:
        """Begin again, ids included; gives what was kept."""
        kept, self._kept = self._kept, deque()
        self._pairs = {}
        self._models = {}
        self._bytes = 0
        self.recorded = 0
        return kept
