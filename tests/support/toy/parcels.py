"""The toy carrier's handlers, named by ``toy.yaml``."""

from __future__ import annotations

from functools import partial
from typing import Any

import msgspec

from simulator.core.answers import Answer, Refusal, Rendering
from simulator.core.clock import parse_duration
from simulator.engine.world import World
from tests.support.toy.records import PARCELS, SUBSCRIBERS, Parcel, Subscriber


def add(world: World, owner: str, after: str = "1h") -> Parcel:
    """A new parcel of `owner` that arrives after a while."""
    number = world.next_number("toy.parcels")
    code = world.chance.digits("toy.code", number, 8)
    parcel = world[PARCELS].put(Parcel(number, owner, "waiting", code))
    world.enqueue("toy.arrive", parse_duration(after), parcel_id=number)
    return parcel


def arrive(world: World, *, parcel_id: int) -> None:
    """A job: the parcel arrives, and whoever has subscribed is told."""
    parcel = world[PARCELS][parcel_id]
    arrived = msgspec.structs.replace(parcel, status="arrived", arrived_at=world.now)
    world[PARCELS].put(arrived)
    world.emit("toy.arrived", parcel_id=parcel_id, owner=parcel.owner)
    tell(world, arrived)


def tell(world: World, parcel: Parcel, target: str | None = None) -> int:
    """Tell everybody, or `target` alone, that a parcel has arrived; gives the last one's id."""
    alone = None if target is None else Subscriber("", target)
    told: list[Subscriber | None] = [*world[SUBSCRIBERS]] if alone is None else [alone]
    number = 0
    for subscriber in told or [None]:
        number = world.send_webhook(
            carrier="toy",
            event="arrived",
            target=None if subscriber is None else subscriber.url,
            body=f'{{"parcel":{parcel.id}}}'.encode(),
            headers={"content-type": "application/json"},
            retries=0 if subscriber is None else subscriber.retries,
        )
    return number


def explode(world: World, *, parcel_id: int) -> None:
    """A job that changes something and then fails."""
    world[PARCELS].delete(parcel_id)
    raise RuntimeError("the van broke down")


def get_parcel(world: World, parcel_id: str) -> Answer:
    parcel = world[PARCELS].get(int(parcel_id)) if parcel_id.isdigit() else None
    if parcel is None:
        status = 410 if world.quirk("toy.missing") == "gone" else 404
        raise Refusal(Answer(status, {"error": "no such parcel"}), f"there is no {parcel_id}")
    return Answer(body=parcel)


def create_parcel(world: World, body: dict[str, Any]) -> Answer:
    return Answer(201, add(world, body["owner"], body.get("after", "1h")))


def lose_parcel(world: World, parcel_id: str) -> Answer:
    """Changes the world and then fails, as only a fault of the program would."""
    world[PARCELS].delete(int(parcel_id))
    world.emit("toy.lost", parcel_id=parcel_id)
    raise RuntimeError("lost in thought")


def get_label(world: World, parcel_id: str) -> Answer:
    draw = partial(bytes, range(256))
    return Answer(body=Rendering(draw), media_type="application/octet-stream")
