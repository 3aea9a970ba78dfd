"""A simulator that serves the toy carrier alone."""

from __future__ import annotations

from simulator.carriers import telling
from simulator.carriers.event import ENGINE_EVENTS
from simulator.control.app import ControlOptions, build
from simulator.engine.backends.memory import MemoryBackend
from simulator.engine.bounds import HubOptions
from simulator.engine.delivery.outbox import Outbox
from simulator.engine.delivery.policy import TargetPolicy
from simulator.engine.hub import Hub
from simulator.engine.porch import Porch
from simulator.http.carrier_operations import CarrierOperations
from simulator.http.context import Limits
from simulator.http.described.operations import CompiledApp
from simulator.http.described.specification import Described, load
from simulator.http.metrics import Metrics
from simulator.http.root import Root
from simulator.http.told.near_misses import Directory
from simulator.http.unmatched import Nowhere
from simulator.scenarios.events import SCENARIO_EVENTS
from simulator.scenarios.worlds.agenda import Agenda
from tests.support.toy.carrier import SPEC, TOY


def toy_app(
    options: HubOptions | None = None,
    control: ControlOptions | None = None,
    webhook_timeout: float = 0.5,
) -> Root:
    """Root, the toy carrier and the control API, which must describe each of its answers."""
    agenda = Agenda([TOY])
    hub = Hub([TOY, agenda], MemoryBackend(), options or HubOptions(), observer=agenda)
    hub.inspect = telling.inspector([*ENGINE_EVENTS, *SCENARIO_EVENTS, *TOY.events])
    outbox = Outbox(hub, TargetPolicy(), webhook_timeout)
    metrics = Metrics(hub)
    directory = Directory()
    porch = Porch(hub)
    operations = CarrierOperations(TOY, Limits(), metrics, directory, porch)
    app = CompiledApp(
        SPEC,
        execute=operations.execute,
        decline=operations.decline,
        keys={},
        editions=Described({"today": load(SPEC)}, "today"),
    )
    directory.add(TOY, app.plans)
    guarded = control or ControlOptions(response_validation="fail", version="9.9.9")
    plans = [(TOY, app.plans)]
    control_app = build(hub, outbox, plans, metrics, agenda, directory, porch, guarded)

    async def startup() -> None:
        hub.workspace("default")

    async def shutdown() -> None:
        hub.close()
        porch.close()
        await outbox.close()

    carriers = [(TOY, app)]
    return Root(
        hub,
        carriers,
        control_app,
        control_app,
        Nowhere(hub, porch, directory, [TOY]),
        startup=startup,
        shutdown=shutdown,
        stop=hub.stop_listening,
    )
