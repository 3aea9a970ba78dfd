"""Sees to the worlds that this process makes, whoever makes them: what went astray in them."""

from __future__ import annotations

from contextlib import suppress
from typing import NamedTuple

from simulator.testing import NoServer, Refused, Simulator, SimulatorError
from simulator.testing.watching import Watch

_EXPLAINED = 10
"""Strays of a look for which the server is asked what was meant."""


class Stray(NamedTuple):
    """A request that no operation took: what it was, and which operation comes nearest."""

    asked: str
    nearest: str


class Lookout(Watch):
    """Has the worlds that were made through one client, and looks through their journals, if it
    `looks` at all.

    A journal ends with its world or with a reset: it is looked through before.
    """

    def __init__(self, looks: bool) -> None:
        self.simulator: Simulator
        self._looks = looks
        self._seen: dict[str, str | None] = {}
        self._copies: dict[str, list[str]] = {}
        self._kept: list[Stray] = []

    def made(self, name: str, copy_of: str | None = None) -> None:
        """Look at that world from now on."""
        self._seen[name] = None
        if copy_of is not None:
            self._copies.setdefault(copy_of, []).append(name)

    def ending(self, name: str) -> None:
        """Keep what went astray in it, as far as somebody can still be asked."""
        if name in self._seen:
            with suppress(SimulatorError):
                self._look(name)

    def again(self, name: str) -> None:
        """Look at it as at a new one."""
        if name in self._seen:
            self._seen[name] = None

    def gone(self, name: str) -> None:
        """Look at it no more."""
        self._seen.pop(name, None)

    def has(self, name: str) -> bool:
        """Whether there is a world of that name which was made here."""
        return name in self._seen

    def copies_left(self, name: str) -> list[str]:
        """The copies of a world, and theirs, that are still there; they are told once."""
        copies = self._copies.pop(name, [])
        below = [each for copy in copies for each in self.copies_left(copy)]
        return [each for each in (*copies, *below) if each in self._seen]

    def take(self) -> list[Stray]:
        """What went astray since the last time.

        Raises `NoServer` once where the server is gone, and its worlds with it.
        """
        try:
            for name in [*self._seen]:
                self._look(name)
        except NoServer:
            self._seen.clear()
            raise
        finally:
            kept, self._kept = self._kept, []
        return kept

    def _look(self, name: str) -> None:
        if not self._looks:
            return
        world = self.simulator.existing(name)
        try:
            found = world.journal(unmatched=True, since=self._seen[name])
        except Refused:  # somebody else has deleted it
            self.gone(name)
            return
        for number, each in enumerate(found):
            self._seen[name] = each.id
            nearest = ""
            if number < _EXPLAINED:
                for near in (world.explain(each).get("nearest") or [])[:1]:
                    differences = "; ".join(near["differences"])
                    nearest = f"{near['method']} {near['path']}: {differences}"
            self._kept.append(Stray(f"{each.method} {each.path} ({each.id})", nearest))
