"""Workspaces that a refused request had made, where several servers share them."""

from __future__ import annotations

import pytest

from simulator.control.first_writes import FirstWrites
from simulator.engine.hub import Hub
from simulator.engine.keeping.sure import fresh, surely
from tests.engine.keeping.processes import process, run
from tests.support.dict_store import Place
from tests.support.toy import parcels


def add(hub: Hub) -> None:
    hub.run(hub.workspace("w"), lambda world: parcels.add(world, "ann", "1h"))


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
