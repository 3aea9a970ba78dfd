"""The worlds that go on: how they begin."""

from __future__ import annotations

from benchmarks.bodies import FROZEN, SHOP
from benchmarks.chaos.shipping.target import Targets
from benchmarks.soak.wire import Client
from benchmarks.soak.worlds import RUNNING, control

WORLDS = {"standing": FROZEN, "running": RUNNING}
"""By their names, with their clocks: one that clients move, and one that goes by itself, too."""

MONEY = 900_000_00
"""Grosze that the prepaid organization has in the beginning."""

TOP_UP = 1_00
"""Grosze of a top-up; prices are no multiples of it."""

HOOK = "shipment_status_change"
"""What the postpaid shop of MyParcel is told of."""


async def begin(port: int, world: str, clock: dict[str, str], targets: Targets) -> None:
    """A world whose prepaid organization has money; it and the postpaid shop have a target each."""
    async with control(port, world) as controls:
        await controls.ok("PUT", "/clock", clock)
        balance = {"organization": 1, "amount": f"{MONEY / 100:.2f}"}
        await controls.ok("POST", "/actions/inpost.set_balance", balance)
        hook = {"organization": 1, "url": targets.inpost.url, "verify": False}
        await controls.ok("POST", "/actions/inpost.set_webhook", hook)
    async with Client(port, f"/w/{world}/api.myparcel.com", SHOP) as shop:
        wanted = {"hook": HOOK, "url": targets.myparcel.url}
        body = {"data": {"webhook_subscriptions": [wanted]}}
        await shop.ok("POST", "/webhook_subscriptions", body)
