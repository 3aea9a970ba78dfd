"""Cursors: ids that stand for a position in the feed of an account, until the data is reset."""

from __future__ import annotations

from simulator.carriers.postplus.records import FETCH_POSITIONS, FetchPosition
from simulator.carriers.postplus.wire import errors, short_ids
from simulator.carriers.postplus.wire.feed_keys import feed_key
from simulator.core.answers import Refusal
from simulator.engine.world import World

INVALID = "FetchId is not valid"


def beginning(account_id: int) -> int:
    """The position before everything in the feed of an account."""
    return feed_key(account_id, 0)


def read(world: World, account_id: int, fetch_id: str) -> int:
    """The position that a cursor stands for.

    One that the account was never given, or that a reset ended, is refused with 400, with 410, or
    is the beginning, as the quirk ``postplus.unknown_fetch_id`` says (D13).
    """
    known = world[FETCH_POSITIONS].get(fetch_id)
    if known is not None and known.account_id == account_id:
        return known.position
    meaning: int | str = world.quirk("postplus.unknown_fetch_id")
    if meaning == "restart":
        world.note(f"the cursor {fetch_id!r:.60} is not known: the feed begins anew")
        return beginning(account_id)
    raise _unknown(fetch_id, gone=meaning == 410)


def write(world: World, account_id: int, position: int) -> str:
    """The cursor for a position: always the same one until the data is reset."""
    known = world[FETCH_POSITIONS].first("position", position)
    if known is not None:
        return known.id
    fetch_id = short_ids.mint(world, account_id, "postplus.fetch_id", str(position))
    world[FETCH_POSITIONS].put(FetchPosition(fetch_id, account_id, position))
    return fetch_id


def _unknown(fetch_id: str, *, gone: bool) -> Refusal:
    reason = f"the cursor {fetch_id!r:.60} was not given to this account, or a reset ended it"
    return errors.problem(410 if gone else 400, "UnknownFetchId", INVALID, reason=reason)
