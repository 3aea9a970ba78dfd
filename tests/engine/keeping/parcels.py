"""What the processes of these tests do: parcels of owners in one workspace."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from simulator.engine.hub import Hub
from simulator.engine.keeping.sure import fresh, surely
from simulator.engine.workspace import Workspace
from simulator.engine.world import World
from tests.engine.keeping.processes import process
from tests.support.dict_store import DictStore, Place
from tests.support.toy import parcels
from tests.support.toy.records import PARCELS


def workspace(hub: Hub) -> Workspace:
    return hub.workspace("w")


def add(hub: Hub, owner: str) -> int:
    def work(world: World) -> int:
        world.emit("toy.told", owner=owner)
        return parcels.add(world, owner, "1h").id

    return hub.run(workspace(hub), work)


def owners(hub: Hub) -> list[str]:
    return [parcel.owner for parcel in workspace(hub).state[PARCELS]]


def kept(place: Place) -> set[str]:
    """The owners of the parcels that the store has, that of the default world aside."""
    rows = place.worlds["w"].rows.items() if "w" in place.worlds else []
    return {row.owner for (table, _), row in rows if table == PARCELS.name} - {"nobody"}


@asynccontextmanager
async def outrun(place: Place) -> AsyncIterator[tuple[Hub, Hub, DictStore]]:
    """Two processes, and the store of the second one, which knows ann's parcel and has not seen yet
    that the first one added bob's."""
    async with process(place) as (left, _), process(place) as (right, store):
        await surely(left, workspace(left), lambda: add(left, "ann"))
        await fresh(right, "w")
        await surely(left, workspace(left), lambda: add(left, "bob"))
        yield left, right, store


@asynccontextmanager
async def deleted_by_the_first(place: Place) -> AsyncIterator[tuple[Hub, Hub]]:
    """Two processes, the second of which knows ann's parcel and has not seen yet that the first one
    deleted the workspace."""
    async with process(place) as (left, _), process(place) as (right, _):
        await surely(left, workspace(left), lambda: add(left, "ann"))
        await fresh(right, "w")
        left.drop("w")
        await fresh(left, "w")
        yield left, right
