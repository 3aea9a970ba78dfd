"""A reader of a world's events, who goes on behind the last one that he heard of."""

from __future__ import annotations

from typing import Any

from benchmarks.chaos.asking import Caller

_PAGE = 1000


class Events:
    """`heard` are all of them so far; `broken` says how the reader was refused."""

    def __init__(self, world: str) -> None:
        self.heard: list[dict[str, Any]] = []
        self.broken: list[str] = []
        self._world = world

    async def read_on(self, caller: Caller) -> bool:
        """Read a page; whether it was the end."""
        after = self.heard[-1]["id"] if self.heard else 0
        path = f"/_sim/workspaces/{self._world}/events?after={after}&limit={_PAGE}"
        outcome, answer = await caller.ask("GET", path)
        if outcome == "refused":
            self.broken.append(f"the events after {after} were refused: {answer.body[:200]!r}")
        if outcome != "kept":
            return False
        found = answer.json["items"]
        self.heard += found
        return not found

    def gaps(self) -> list[str]:
        """Where their numbers do not go on by one."""
        numbers = [each["id"] for each in self.heard]
        pairs = zip(range(1, len(numbers) + 1), numbers, strict=True)
        return [f"event {n} is {number}" for n, number in pairs if n != number][:1]
