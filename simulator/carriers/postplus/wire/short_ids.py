"""Identifiers of 22 characters: 128 bits in the alphabet of a short UUID (observed in samples)."""

from __future__ import annotations

from simulator.carriers.postplus.records import ACCOUNTS, GENERATIONS
from simulator.engine.world import World

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_LENGTH = 22


def short(number: int) -> str:
    """A number of up to 128 bits as 22 characters."""
    digits = []
    for _ in range(_LENGTH):
        number, place = divmod(number, len(_ALPHABET))
        digits.append(_ALPHABET[place])
    return "".join(reversed(digits))


def mint(world: World, account_id: int, purpose: str, key: str) -> str:
    """The identifier that an account gets for `key`: always the same for the same seed, on test
    until the test data is reset (D3)."""
    account = world[ACCOUNTS].get(account_id)
    is_production = account is not None and account.environment == "production"
    resets = 0 if is_production else generation(world)
    return short(world.chance.number(purpose, f"{resets}/{key}"))


def generation(world: World) -> int:
    """How often the test data of this workspace was reset."""
    kept = world[GENERATIONS].get("generation")
    return 0 if kept is None else kept.number
