"""How worlds come to rest when all is over."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from typing import Any

from benchmarks.soak.wire import Client, Refused
from benchmarks.soak.worlds import control, records

_REST = 90.0
"""Seconds within which all webhooks have left, also those of a process that was killed."""


async def settle(ports: Sequence[int], worlds: Sequence[str]) -> bool:
    """Let the clocks stand and run what is to come in the next hours; whether nothing is left that
    is to be sent."""
    ends = time.perf_counter() + _REST
    left = 1
    while left and time.perf_counter() < ends:
        left = 0
        for port, world in [(port, world) for port in ports for world in worlds]:
            async with control(port, world) as controls:
                await insist(controls, "PUT", "/clock", {"mode": "frozen"})
                await insist(controls, "POST", "/clock/advance", {"by": "2h"})
                webhooks = await records(controls, "engine/webhooks")
                left += sum(each["status"] == "pending" for each in webhooks)
        await asyncio.sleep(0.2)
    return not left


async def insist(client: Client, method: str, path: str, body: object = None) -> Any:
    """What a success says, as soon as there is one; it may be done more than once."""
    ends = time.perf_counter() + _REST
    while True:
        try:
            return await client.ok(method, path, body)
        except (OSError, Refused):
            if time.perf_counter() > ends:
                raise
            await asyncio.sleep(0.2)
