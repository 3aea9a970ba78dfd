"""Transactions that are kept together, and the one that sets a clock."""

from __future__ import annotations

import asyncio

import msgspec

from simulator.core.clock import Clock
from simulator.engine.records import FRAME
from simulator.engine.world import World


class Batch:
    """Transactions of one workspace that ran one after the other, each on what the ones before it
    did, and that a backend gets as one commit.

    `worlds` are theirs, in order; `webhooks` those that leave once they are kept, `deliveries` the
    attempts that began then, and `jobs` counts the jobs among them, those of webhooks aside.
    """

    __slots__ = ("deliveries", "jobs", "webhooks", "worlds")

    def __init__(self) -> None:
        self.worlds: list[World] = []
        self.webhooks: list[int] = []
        self.deliveries: list[asyncio.Future[None]] = []
        self.jobs = 0


def set_clock(clock: Clock, world: World) -> None:
    """Give the workspace another clock."""
    frames = world[FRAME]
    frames.put(msgspec.structs.replace(frames["frame"], clock=clock))
