"""Worlds to load: keys, bodies of creates, and ways to have many shipments."""

from __future__ import annotations

import asyncio
from typing import Any

from benchmarks import bodies
from benchmarks.bodies import ACCOUNT, FROZEN, LOCKER, POSTPAID, PREPAID, SHIPMENTS, shipments
from benchmarks.soak.wire import Client

RUNNING = {"mode": "offset", "at": "2026-03-02T10:15:00+01:00"}
SHOP = {**bodies.SHOP, "Content-Type": SHIPMENTS}

OFFERS = {name: value for name, value in LOCKER.items() if name != "service"}
CSV_HEADER = "cc,postalcode,city,street,number,person,company,email,phone"
CSV_ROW = "nl,3584CS,Utrecht,A,8,N"

_MANY = 100
_PAGE = 1000


def control(port: int, workspace: str) -> Client:
    """A client of the controls of a workspace."""
    return Client(port, f"/_sim/workspaces/{workspace}")


def inpost(port: int, workspace: str, key: dict[str, str] = PREPAID) -> Client:
    """A client of ShipX."""
    return Client(port, f"/w/{workspace}/inpost/v1", key)


def myparcel(port: int, workspace: str) -> Client:
    """A shop of MyParcel as it was in 2017."""
    return Client(port, f"/w/{workspace}/api.myparcel.com", SHOP)


def postplus(port: int, workspace: str) -> Client:
    """An account of PostPlus."""
    return Client(port, f"/w/{workspace}/postplus/api/v1", ACCOUNT)


async def fresh(port: int, workspace: str, clock: dict[str, str] = FROZEN) -> None:
    """A workspace as it begins, with its clock set."""
    async with control(port, workspace) as controls:
        await controls.call("DELETE", "")
        await controls.ok("PUT", "/clock", clock)


async def records(controls: Client, table: str) -> list[Any]:
    """All records of a table, for a client of the controls of a workspace."""
    found: list[Any] = []
    after = ""
    while True:
        page = await controls.ok("GET", f"/records/{table}?limit={_PAGE}{after}")
        found += page["items"]
        if page["next"] is None:
            return found
        after = f"&after={page['next']}"


async def fill(port: int, workspace: str, count: int) -> None:
    """So many shipments of MyParcel."""
    async with myparcel(port, workspace) as shop:
        for start in range(0, count, _MANY):
            await shop.ok("POST", "/shipments", shipments(min(_MANY, count - start)))


async def travel(port: int, workspace: str, count: int) -> None:
    """So many confirmed parcels of InPost, each on its way for the next days."""

    async def some(numbers: range) -> None:
        async with inpost(port, workspace, POSTPAID) as shipx:
            made[numbers.start] = [
                (await shipx.ok("POST", "/organizations/2/shipments", LOCKER))["id"]
                for _ in numbers
            ]

    async def send(ids: list[int]) -> None:
        async with control(port, workspace) as controls:
            for shipment in ids:
                arguments = {"shipment": shipment, "journey": "locker_delivered"}
                await controls.ok("POST", "/actions/inpost.start_journey", arguments)

    made: dict[int, list[int]] = {}
    share = count // 8
    await asyncio.gather(*(some(range(start, start + share)) for start in range(0, count, share)))
    async with control(port, workspace) as controls:
        await controls.ok("POST", "/clock/advance", {"by": "10s"})
    await asyncio.gather(*map(send, made.values()))
