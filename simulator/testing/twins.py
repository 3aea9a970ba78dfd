"""The same world for code that awaits and for code that does not."""

from __future__ import annotations

from simulator.testing.asynchronous.control import AsyncControl
from simulator.testing.asynchronous.world import AsyncWorld
from simulator.testing.blocking.world import World


def awaited(world: World) -> AsyncWorld:
    """The world with methods that are awaited, in any event loop: nothing of it has to be closed.

    Who listens to the time of one listens to that of the other, and receivers of both end with
    `world`.
    """
    asked = world.control
    control = AsyncControl(asked.url, asked.token, asked.died, watch=asked.watch, keep_alive=False)
    twin = AsyncWorld(control, world.name, world.served, scenarios=world.scenarios)
    twin.listeners = world.listeners
    twin.receivers = world.receivers
    return twin
