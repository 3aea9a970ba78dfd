"""Copies of a world in which nothing happens: they stay what the snapshot says."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from benchmarks.chaos.asking import Caller
from benchmarks.chaos.lives.history import History, look
from benchmarks.soak.worlds import control

_FORKS = 0.3
_BEGUN = "as it begins"
"""A world that a request made which did nothing else: it was the first that named it."""


class Twins:
    """Snapshots that were put into worlds of their own, and forks. Whoever is left in the dark
    about a world takes another name: that one is what it was, or what it was to be."""

    def __init__(self, origin: str, history: History, outcomes: Counter[str]) -> None:
        self.made = 0
        self._origin = origin
        self._history = history
        self._outcomes = outcomes
        self._number = 1
        self._may_be: dict[str, set[str]] = {}
        self._wrong: list[str] = []

    async def act(self, caller: Caller, documents: Sequence[dict[str, Any]]) -> None:
        """Make a copy, and look at it."""
        if caller.chance.random() < _FORKS:
            await self._fork(caller)
        elif documents and not _due(document := caller.chance.choice(documents)):
            await self._put(caller, document)

    async def _put(self, caller: Caller, document: dict[str, Any]) -> None:
        name = f"twin-{self._number}"
        path = f"/_sim/workspaces/{name}/snapshot"
        said = digest(document)
        before = self._may_be.get(name, {"nothing", _BEGUN})
        outcome, answer = await caller.ask("PUT", path, document)
        self._outcomes[outcome] += 1
        if outcome == "refused":
            self._wrong.append(f"{name} was refused: {answer.body[:200]!r}")
            return
        self._may_be[name] = {said} if outcome == "kept" else {said, *before}
        if outcome == "unknown":
            self._number += 1
            return
        self.made += 1
        outcome, answer = await caller.ask("GET", path)
        if outcome != "unknown" and _shown(answer.status, answer.body) != said:
            self._wrong.append(f"{name} was put, and then it was {answer.status}, another one")

    async def _fork(self, caller: Caller) -> None:
        name = f"fork-{self._number}"
        path = f"/_sim/workspaces/{self._origin}/fork"
        sent = time.perf_counter()
        outcome, answer = await caller.ask("POST", path, {"name": name, "overwrite": True})
        answered = time.perf_counter()
        self._outcomes[outcome] += 1
        if outcome == "refused":
            self._wrong.append(f"{name} was refused: {answer.body[:200]!r}")
        if outcome != "kept":
            self._number += 1
            return
        self.made += 1
        outcome, answer = await caller.ask("GET", f"/_sim/workspaces/{name}/snapshot")
        if outcome == "kept":
            self._history.looks.append(look(answer.json, sent, answered))
        if outcome == "refused":
            self._wrong.append(f"{name} was forked, and then it was {answer.status}")

    async def broken(self, ports: Sequence[int]) -> list[str]:
        """What was wrong, and what is at any replica."""
        wrong = list(self._wrong)
        async with control(ports[0], "plain") as controls:
            await controls.ok("POST", "/reset")
            plain = _world(await controls.ok("GET", "/snapshot"))
        for port in ports:
            for name, allowed in self._may_be.items():
                async with control(port, name) as controls:
                    answer = await controls.call("GET", "/snapshot")
                shown = _shown(answer.status, answer.body)
                if answer.status == 200 and _world(answer.json) == plain:
                    shown = _BEGUN
                if shown not in allowed:
                    wrong.append(f"{port}: {name} is {answer.status}, none of {len(allowed)}")
        return wrong


def digest(document: Mapping[str, Any]) -> str:
    """What a snapshot says, but for the name of the world."""
    return sha256(json.dumps(document["tables"], sort_keys=True).encode()).hexdigest()


def _world(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """All that is in a world but for its clock."""
    [frame] = document["tables"]["engine.frame"]
    return {**document["tables"], "engine.frame": [{**frame, "clock": None}]}


def _shown(status: int, body: bytes) -> str:
    if status == 200:
        return digest(json.loads(body))
    return "nothing" if status == 404 else str(status)


def _due(document: Mapping[str, Any]) -> bool:
    """Whether something is to happen as soon as the world is there."""
    [frame] = document["tables"]["engine.frame"]
    now = datetime.fromisoformat(frame["clock"]["at"])
    jobs = document["tables"]["engine.jobs"]
    return any(datetime.fromisoformat(each["due"]) <= now for each in jobs)
