"""The scripts that a server runs, and what they are handed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha1
from pathlib import Path
from typing import NamedTuple

_MOST_ITEMS, _MOST_BYTES = 512, 4 * 1024 * 1024
"""What a script is handed at once: nobody else is answered while it runs."""
NOTHING = b"\x90"
"""Packed, for scripts that need to know nothing more than their items."""


class Script:
    """A script by the names of the files that it is made of. It gives one answer for each of its
    items, and may be asked the same again: it does once what has to be done once."""

    __slots__ = ("sha", "text")

    def __init__(self, *names: str) -> None:
        folder = Path(__file__).parent / "lua"
        self.text = b"".join((folder / f"{name}.lua").read_bytes() for name in ("steady", *names))
        self.sha = sha1(self.text, usedforsecurity=False).hexdigest()


class Item(NamedTuple):
    """What a script is to do on a shelf, in one word or several."""

    shelf: str
    words: Sequence[str | bytes]


class Call(NamedTuple):
    """The items that a script is handed at once, and where they stood."""

    places: list[int]
    shelves: list[str]
    words: list[str | bytes]


def by_portion(items: Sequence[Item]) -> Iterator[Call]:
    """A call for as many items as a script may be handed at once, whatever their shelves."""
    call, shelves, size = Call([], [], []), dict[str, None](), 0
    for place, (shelf, words) in enumerate(items):
        if len(call.places) == _MOST_ITEMS or size > _MOST_BYTES:
            yield call._replace(shelves=[*shelves])
            call, shelves, size = Call([], [], []), {}, 0
        shelves[shelf] = None
        call.places.append(place)
        call.words.extend(words)
        size += sum(map(len, words))
    if call.places:
        yield call._replace(shelves=[*shelves])


def by_shelf(items: Sequence[Item]) -> Iterator[Call]:
    """Calls for items of one shelf each: a node of a cluster runs nothing else."""
    places: dict[str, list[int]] = {}
    for place, item in enumerate(items):
        places.setdefault(item.shelf, []).append(place)
    for shelf, own in places.items():
        for call in by_portion([items[place] for place in own]):
            yield Call([own[at] for at in call.places], [shelf], call.words)
