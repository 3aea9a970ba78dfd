"""What a shipment takes in memory, counted by the bytes that Python was asked for."""

from __future__ import annotations

import tracemalloc

from simulator.carriers import registry
from simulator.carriers.inpost.bodies import forms
from simulator.carriers.inpost.records import ORGANIZATIONS, SHIPMENTS, Shipment
from simulator.carriers.inpost.shipments import shipments
from simulator.core.clock import Clock, parse_duration, parse_instant
from simulator.engine.backends.memory import MemoryBackend
from simulator.engine.bounds import HubOptions
from simulator.engine.hub import Hub
from simulator.engine.records import WEBHOOKS
from simulator.engine.world import World
from tests.inpost.shipx import locker
from tests.support.server import START

POSTPAID = 2


def test_a_confirmed_shipment_with_its_webhooks_and_its_job_takes_little_more_than_4_kb() -> None:
    start = parse_instant(START)
    hub = Hub(registry.load(("inpost",)), MemoryBackend(), HubOptions(clock=Clock.frozen(start)))
    workspace = hub.workspace("w")
    money = {"amount": 49.9, "currency": "PLN"}
    form = forms.read(locker(cod=money, insurance=money))

    def create(world: World) -> Shipment:
        return shipments.create(world, world[ORGANIZATIONS][POSTPAID], form)

    def confirmed(count: int) -> None:
        for _ in range(count):
            hub.run(workspace, create)
        hub.set_clock(workspace, Clock.frozen(workspace.now() + parse_duration("10s")))
        hub.run_due(workspace)

    tracemalloc.start()
    try:
        confirmed(450)  # as many as fill the events that are kept
        before, _ = tracemalloc.get_traced_memory()
        confirmed(400)
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    state = workspace.state
    made = [each for each in state[SHIPMENTS] if each.status == "confirmed"]
    assert len(made) >= 850
    assert len(state[WEBHOOKS]) >= 2 * 850
    assert (after - before) / 400 < 4300
