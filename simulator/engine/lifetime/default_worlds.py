"""The default world, from which copies are made that share what nobody changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from simulator.core.chance import Chance
from simulator.core.tables import State, TableSpec
from simulator.engine.extension import Extension
from simulator.engine.records import FRAME, Frame, Profile
from simulator.engine.rules import definitions
from simulator.engine.rules.definitions import RuleDefinition
from simulator.engine.world import NO_REQUEST, Request, World

_EPOCH = datetime.fromisoformat("2026-01-01T00:00:00+00:00")
_MOST = 16
"""Default worlds that are kept: one for each seed and profile."""


class DefaultWorlds:
    """What the extensions put into a new world, made once for each seed and profile."""

    def __init__(
        self,
        extensions: Sequence[Extension],
        tables: Sequence[TableSpec[Any]],
        quirks: Mapping[str, Mapping[str, Any]],
    ) -> None:
        self._extensions = extensions
        self._tables = tables
        self._quirks = quirks
        self._made: dict[tuple[int, str], State] = {}

    def __len__(self) -> int:
        return len(self._made)

    def copy(self, seed: int, profile: Profile) -> State:
        """A state of its own; a table is copied when it is first changed."""
        made = self._made.get((seed, profile))
        if made is None:
            made = self._populate(seed, profile)
            if len(self._made) >= _MOST:
                self._made.pop(next(iter(self._made)))
            self._made[seed, profile] = made
        return made.copy()

    def begun(self, frame: Frame, rules: Sequence[RuleDefinition]) -> State:
        """A state of its own in this frame, in which there are these rules."""
        state = self.copy(frame.seed, frame.profile)
        state[FRAME].put(frame)
        if rules:
            chance = Chance(frame.seed)
            world = World("", state, frame.clock.now(), chance, {}, NO_REQUEST)
            definitions.add_all(world, rules)
            world.close()
        state.commit()
        return state

    def _populate(self, seed: int, profile: Profile) -> State:
        state = State(self._tables)
        world = World("", state, _EPOCH, Chance(seed), self._quirks[profile], Request(base_url=""))
        for extension in self._extensions:
            extension.populate(world)
        world.close()
        state.commit()
        return state
