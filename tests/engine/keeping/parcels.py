"""What the processes of these tests do: parcels of owners in one workspace."""

from __future__ import annotations

from simulator.engine.hub import Hub
from simulator.engine.workspace import Workspace
from simulator.engine.world import World
from tests.support.dict_store import Place
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
