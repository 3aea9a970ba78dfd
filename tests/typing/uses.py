"""What must type-check, and what must not: `make lint` reads this file, nothing runs it.

Each `type: ignore` names the error that has to be there; one that is not needed is an error itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, assert_type

from simulator.testing import (
    AsyncWorld,
    Carrier,
    Clock,
    Event,
    Exchange,
    Moved,
    Notification,
    Receiver,
    Rule,
    Simulator,
    World,
    connect,
    run,
    run_async,
)
from simulator.testing.containers import CarrierSimulatorContainer
from simulator.testing.parity import ParityCarrier, carrier_parity


def what_a_world_gives(world: World) -> None:
    assert_type(world.inpost, Carrier)
    assert_type(world.inpost.base_url, str)
    assert_type(world.inpost.headers, Mapping[str, str])
    assert_type(world.freeze("2026-03-02T10:15:00+01:00"), Clock)
    assert_type(world.freeze(datetime.fromisoformat("2026-03-02T10:15:00+01:00")).at, datetime)
    assert_type(world.advance(timedelta(hours=2)), Moved)
    assert_type(world.advance(until="inpost.shipment_confirmed").event, Event | None)
    assert_type(world.fail("inpost.get_label", times=None), Rule)
    assert_type(world.webhooks.wait("shipment_confirmed"), Notification)
    assert_type(world.journal(unmatched=True), list[Exchange])
    assert_type(world.receive(), Receiver)
    assert_type(world.fork("copy"), World)


async def what_an_awaited_world_gives(world: AsyncWorld) -> None:
    assert_type(await world.advance("2h"), Moved)
    assert_type(await world.webhooks.wait("shipment_confirmed"), Notification)
    assert_type(await world.fork("copy"), AsyncWorld)
    async with run_async(carriers="inpost") as simulator, await simulator.world() as other:
        assert_type(other, AsyncWorld)


def what_is_refused_before_anything_runs(world: World, awaited: AsyncWorld) -> None:
    world.advance(2)  # type: ignore[arg-type]
    world.advance(unitl="inpost.shipment_confirmed")  # type: ignore[call-arg]
    world.freeze(1_770_000_000.0)  # type: ignore[arg-type]
    world.slow("inpost.get_label")  # type: ignore[call-arg]
    world.webhooks.wait()  # type: ignore[call-arg]
    world.journal()[0].status = 200  # type: ignore[misc]
    world.dhl.base_url  # type: ignore[attr-defined]  # noqa: B018
    awaited.advance("2h").now  # type: ignore[attr-defined]  # noqa: B018
    connect(token="opensesame")  # type: ignore[call-arg]


def where_worlds_come_from(
    carrier_world: World, carrier_world_factory: Callable[..., World], simulator: Simulator
) -> None:
    with run(profile="documented") as started, connect(started.url) as connected:
        assert_type(connected.world(at="2026-03-02T10:15:00+01:00"), World)
    with CarrierSimulatorContainer(token="opensesame") as carriers, carriers.simulator() as there:
        assert_type(there, Simulator)


@carrier_parity("inpost", skip=["$..href"])
def a_test_on_both_sides(carrier: ParityCarrier, tmp_path: Any) -> None:
    assert_type(carrier.headers, Mapping[str, str])
