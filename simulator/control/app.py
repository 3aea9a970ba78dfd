"""Puts the control API together."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.carriers.carrier import Carrier
from simulator.control.desk import ControlOptions, Desk
from simulator.control.exchange import ControlExchange
from simulator.control.first_writes import FirstWrites
from simulator.engine.delivery.outbox import Outbox
from simulator.engine.hub import Hub
from simulator.engine.porch import Porch
from simulator.engine.world import NO_REQUEST
from simulator.http.described.operations import CompiledApp
from simulator.http.described.plan import Plan
from simulator.http.metrics import Metrics
from simulator.http.told.near_misses import Directory
from simulator.resources import spec_path
from simulator.scenarios.vocabulary import Vocabulary
from simulator.scenarios.worlds.agenda import Agenda
from simulator.scenarios.worlds.loading import Loader

__all__ = ["ControlOptions", "build"]


def build(
    hub: Hub,
    outbox: Outbox,
    carriers: Sequence[tuple[Carrier, Sequence[Plan]]],
    metrics: Metrics,
    agenda: Agenda,
    directory: Directory,
    porch: Porch,
    options: ControlOptions,
) -> CompiledApp:
    """The control API as an application that expects paths which begin with ``/_sim``.

    `carriers` are the carriers that are served, each with its compiled operations, which the
    `directory` holds as well.
    """
    known = Vocabulary.of(carriers)
    desk = Desk(
        hub=hub,
        outbox=outbox,
        carriers={carrier.name: carrier for carrier, _ in carriers},
        plans={carrier.name: plans for carrier, plans in carriers},
        vocabulary=known,
        loader=Loader(hub, agenda, known),
        metrics=metrics,
        directory=directory,
        porch=porch,
        firsts=FirstWrites(hub),
        options=options,
        request=NO_REQUEST,
    )
    exchange = ControlExchange(desk)
    return CompiledApp(
        spec_path("control"),
        execute=exchange.execute,
        decline=exchange.decline,
        keys={},
        strict=True,
        base_path="/_sim",
    )
