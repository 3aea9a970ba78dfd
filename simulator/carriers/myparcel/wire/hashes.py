"""The hashes of this API: of payments, label links and notifications."""

from __future__ import annotations

from simulator.engine.world import World


def forty(world: World, purpose: str, key: str) -> str:
    """The 40 hexadecimal digits for `key`, drawn from the seed for `purpose`."""
    chance = world.chance
    return chance.hexadecimal(purpose, key) + chance.hexadecimal(f"{purpose}.tail", key, 8)
