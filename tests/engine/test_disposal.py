"""What nobody uses any more is freed: little at once, much between requests, and it keeps up."""

from __future__ import annotations

import asyncio
import itertools
import weakref
from typing import Any

from simulator.engine.disposal import Disposal, Pile


class Thing:
    """Something whose end can be seen."""


def _pile(size: int) -> dict[Any, Any]:
    return {number: Thing() for number in range(size)}


def test_little_is_freed_at_once() -> None:
    async def play() -> None:
        pile = _pile(100)
        seen = weakref.ref(pile[7])
        piles: list[Pile] = [pile]
        del pile

        disposal = Disposal()
        disposal.take(piles)

        assert seen() is None
        assert (piles, disposal.waiting) == ([], 0)

    asyncio.run(play())


def test_much_is_freed_between_requests_and_all_of_it() -> None:
    async def play() -> None:
        piles: list[Pile] = [_pile(5000) for _ in range(4)]
        seen = [weakref.ref(thing) for pile in piles for thing in pile.values()]  # type: ignore[union-attr]
        ticks = itertools.count()
        disposal = Disposal(lambda: next(ticks) / 10_000)

        disposal.take(piles)

        assert all(each() is not None for each in seen)
        most = 0
        while disposal.waiting:
            before = disposal.waiting
            await asyncio.sleep(0)
            most = max(most, before - disposal.waiting)
        assert 0 < most < 2000
        assert all(each() is None for each in seen)

    asyncio.run(play())


def test_what_somebody_else_has_is_left_to_them() -> None:
    async def play() -> None:
        shared = _pile(5000)
        disposal = Disposal()

        disposal.take([shared, _pile(5000)])

        assert disposal.waiting == 5000
        while disposal.waiting:
            await asyncio.sleep(0)
        assert len(shared) == 5000

    asyncio.run(play())


def test_the_more_waits_the_more_is_freed_at_a_time() -> None:
    async def play() -> None:
        freed = []
        for many in (1, 30):
            ticks = itertools.count()
            disposal = Disposal(lambda ticks=ticks: next(ticks) / 10_000)  # type: ignore[misc]
            disposal.take([_pile(20_000) for _ in range(many)])
            whole = disposal.waiting
            while disposal.waiting == whole:
                await asyncio.sleep(0)
            freed.append(whole - disposal.waiting)
        assert freed[1] > 3 * freed[0]

    asyncio.run(play())
