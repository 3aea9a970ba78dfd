"""The hashes of this API: of payments, label links and notifications; and UUIDs, of orders."""

from __future__ import annotations

from simulator.engine.world import World


def forty(world: World, purpose: str, key: str) -> str:
    """The 40 hexadecimal digits for `key`, drawn from the seed for `purpose`."""
    chance = world.chance
    return chance.hexadecimal(purpose, key) + chance.hexadecimal(f"{purpose}.tail", key, 8)


def uuid(world: World, purpose: str, key: str) -> str:
    """The UUID (version 4 by its form) for `key`, drawn from the seed for `purpose`."""
    digits = world.chance.hexadecimal(purpose, key)
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"
