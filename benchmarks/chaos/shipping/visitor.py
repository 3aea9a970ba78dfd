"""A caller in one world, who has each answer noted."""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.chaos.asking import Caller, Outcome
from benchmarks.chaos.shipping.told import Told
from benchmarks.soak.wire import Answer


class Visitor:
    """Asks the controls and the carriers of a world; `place` tells its references from others'."""

    def __init__(self, caller: Caller, told: Told, place: int) -> None:
        self.chance = caller.chance
        self.told = told
        self._caller = caller
        self._place = place
        self._number = 0

    def reference(self) -> str:
        """One that nobody had yet."""
        self._number += 1
        return f"{self.told.world}-{self._place}-{self._number}"

    async def control(self, path: str, body: object) -> tuple[Outcome, Answer]:
        """Ask the controls to change something."""
        path = f"/_sim/workspaces/{self.told.world}{path}"
        outcome, answer = await self._caller.ask("POST", path, body)
        return self.told.count(outcome), answer

    async def write(
        self, method: str, path: str, body: object, headers: Mapping[str, str]
    ) -> tuple[Outcome, Answer]:
        """Ask a carrier to change something."""
        outcome, answer = await self._carrier(method, path, body, headers)
        return self.told.count(outcome), answer

    async def read(self, path: str, headers: Mapping[str, str]) -> tuple[Outcome, Answer]:
        """Ask a carrier to show something."""
        self.told.reads += 1
        return await self._carrier("GET", path, None, headers)

    async def _carrier(
        self, method: str, path: str, body: object, headers: Mapping[str, str]
    ) -> tuple[Outcome, Answer]:
        path = f"/w/{self.told.world}{path}"
        outcome, answer = await self._caller.ask(method, path, body, headers)
        if outcome != "unknown":
            self.told.exchanges.extend(
                value.decode() for name, value in answer.headers if name == b"x-sim-request-id"
            )
        return outcome, answer
