"""A running simulator, and worlds on it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from simulator.server_process.process import ServerProcess
from simulator.testing import saying
from simulator.testing.asynchronous.control import AsyncControl
from simulator.testing.asynchronous.world import AsyncWorld
from simulator.testing.naming import fresh_name
from simulator.testing.saying import Moment, given
from simulator.testing.watching import Watch


class AsyncSimulator:
    """A server by its `url`; `token` is its control token, if it has one. `watch` hears of worlds.

    Closing it ends the connections, and never the server.
    """

    def __init__(
        self,
        url: str,
        *,
        token: str | None = None,
        died: Callable[[], str | None] = lambda: None,
        watch: Watch | None = None,
    ) -> None:
        self.url: str = url.rstrip("/")
        self._control = AsyncControl(url, token, died, watch=watch)

    async def check(self) -> None:
        """Raise `NoServer` or `WrongVersion` unless a simulator of this version answers."""
        await self._control.check_version()

    async def world(
        self,
        name: str | None = None,
        *,
        at: Moment | None = None,
        seed: int | None = None,
        profile: str | None = None,
        scenarios: Path | None = None,
    ) -> AsyncWorld:
        """A world that begins anew: of its own name, or of a fresh one.

        A name means the same on the whole server: whoever has that world already has the new one,
        and ``"default"`` is where all requests go that name none.
        With `at` its clock stands at that instant. Scenarios are looked for below `scenarios`, too.
        The world is a context manager, which deletes it.
        """
        served = await self._control.served()
        world = AsyncWorld(self._control, name or fresh_name(), served, scenarios=scenarios)
        clock = None if at is None else {"mode": "frozen", "at": saying.moment(at)}
        body = given(seed=seed, profile=profile, clock=clock)
        self._control.watch.ending(world.name)
        await self._control.ask("POST", f"/workspaces/{world.name}/reset", body)
        self._control.watch.made(world.name)
        return world

    async def existing(self, name: str, *, scenarios: Path | None = None) -> AsyncWorld:
        """The world of that name as it is."""
        return AsyncWorld(self._control, name, await self._control.served(), scenarios=scenarios)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._control.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.url}>"


@asynccontextmanager
async def run_async(**settings: object) -> AsyncIterator[AsyncSimulator]:
    """A simulator in a process of its own, which ends with the block or with this process.

    `settings` are those of ``carrier-simulator serve``: ``carriers="inpost"``, ``profile=...``.
    Raises `NotStarted` with what the server said.
    """
    process = ServerProcess(settings)
    try:
        token = settings.get("control_token")
        token = None if token is None else str(token)
        async with AsyncSimulator(process.url, token=token, died=process.died) as simulator:
            yield simulator
    finally:
        process.stop()


@asynccontextmanager
async def connect_async(url: str, *, token: str | None = None) -> AsyncIterator[AsyncSimulator]:
    """A simulator that runs already, such as in a container.

    Raises `NoServer` or `WrongVersion`.
    """
    async with AsyncSimulator(url, token=token) as simulator:
        await simulator.check()
        yield simulator
