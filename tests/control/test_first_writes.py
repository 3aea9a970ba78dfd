"""Workspaces that a refused request had made, where several servers share them."""

from __future__ import annotations

import pytest

from simulator.control.first_writes import FirstWrites
from simulator.engine.backends.store import Kept
from simulator.engine.hub import Hub
from simulator.engine.keeping.sure import fresh, surely
from tests.engine.keeping.processes import process, run
from tests.support.dict_store import Place
from tests.support.toy import parcels
from tests.support.toy.records import PARCELS


def add(hub: Hub) -> None:
    hub.run(hub.workspace("w"), lambda world: parcels.add(world, "ann", "1h"))


def test_one_that_another_server_writes_in_at_the_last_moment_stays() -> None:
    async def test() -> None:
        place = Place()
        async with process(place) as (left, store), process(place) as (right, _):
            drop = store.drop

            async def later(workspace: str, expected: Kept | None = None) -> bool:
                await fresh(right, "w")
                await surely(right, right.workspace("w"), lambda: add(right))
                return await drop(workspace, expected)

            store.drop = later  # type: ignore[method-assign]
            firsts = FirstWrites(left)
            async with firsts.request("w"):
                firsts.workspace("w")
            await fresh(left, "w")
            assert "w" in place.worlds
            for hub in (left, right):
                assert "ann" in {parcel.owner for parcel in hub.workspace("w").state[PARCELS]}

    run(test)


@pytest.mark.parametrize("used", [True, False])
def test_one_that_another_server_wrote_in_meanwhile_stays(used: bool) -> None:
    async def test() -> None:
        place = Place()
        async with process(place) as (left, _), process(place) as (right, _):
            firsts = FirstWrites(left)
            async with firsts.request("w"):
                firsts.workspace("w")
                await fresh(left, "w")
                await fresh(right, "w")
                if used:
                    await surely(right, right.workspace("w"), lambda: add(right))
            await fresh(left, "w")
            assert ("w" in place.worlds) is used
            assert (left.existing("w") is not None) is used

    run(test)
