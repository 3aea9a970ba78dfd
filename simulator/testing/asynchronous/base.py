"""What all that can be done with a world rests on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from simulator.testing.answers import Clock, Served
from simulator.testing.asynchronous.control import AsyncControl
from simulator.testing.naming import checked


class AsyncWorkspace:
    """A workspace by its name, on the server that `control` asks.

    `served` are the carriers of that server; scenarios are looked for below `scenarios`, too.
    """

    def __init__(
        self,
        control: AsyncControl,
        name: str,
        served: Mapping[str, Served],
        *,
        scenarios: Path | None = None,
    ) -> None:
        self.control = control
        self.name: str = checked(name)
        self.served = served
        self.scenarios = scenarios
        self.url: str = f"{control.url}/w/{name}"
        self.listeners: list[Callable[[datetime], None]] = []
        self._path = f"/workspaces/{name}"

    def _moved(self, at: datetime) -> None:
        for listener in self.listeners:
            listener(at)

    async def _begun_otherwise(self) -> None:
        """Tell the listeners where the clock is, once something else than a clock has set it."""
        if self.listeners:
            clock = await self.control.told(Clock, "GET", f"{self._path}/clock")
            self._moved(clock.at)

    async def _ask(self, method: str, path: str, json: Any = None, **params: Any) -> Any:
        return await self.control.ask(method, f"{self._path}{path}", json, params=params)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.url}>"
