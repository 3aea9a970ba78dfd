"""Many connections at once, on one workspace and on 200: what was paid and numbered adds up."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Sequence
from typing import Any

from benchmarks.bodies import LOCKER, parcel, shipments
from benchmarks.server import Server
from benchmarks.soak.rows import Row, none_of
from benchmarks.soak.worlds import (
    OFFERS,
    control,
    fresh,
    inpost,
    myparcel,
    postplus,
    records,
)

_CONNECTIONS = 64
_WORKSPACES = 200
_MONEY = 50_000_00
"""Grosze that the organization has in the beginning: some creates run out of it."""


class Sent:
    """What the clients of one workspace sent, counted by themselves."""

    def __init__(self) -> None:
        self.requests = 0
        self.shipments = 0
        self.letters = 0
        self.parcels: Counter[str] = Counter()


async def money(server: Server, seconds: float, seed: int) -> list[Row]:
    """Create, choose, buy twice and look for half of the time each; then add everything up."""
    rows = []
    for count in (1, _WORKSPACES):
        names = [f"money-{seed}-{count}-{place}" for place in range(count)]
        sent = {name: Sent() for name in names}
        await asyncio.gather(*(_begin(server.port, name) for name in names))
        ends = time.perf_counter() + seconds / 2
        await asyncio.gather(
            *(
                _client(server.port, names[place::_CONNECTIONS] or names, sent, ends, seed + place)
                for place in range(_CONNECTIONS)
            )
        )
        found: list[str] = []
        for name in names:
            found += [f"{name}: {each}" async for each in _wrong(server.port, name, sent[name])]
            async with control(server.port, name) as controls:
                await controls.ok("DELETE", "")
        made = sum(each.shipments + each.letters for each in sent.values())
        requests = sum(each.requests for each in sent.values())
        where = "one workspace" if count == 1 else f"{count} workspaces"
        title = f"{_CONNECTIONS} connections on {where}"
        rows.append(Row(title, f"{requests:,} requests, {made:,} shipments", "-", made > 0))
        rows.append(none_of(f"{title}: money or numbers that do not add up", found))
    return rows


async def _begin(port: int, name: str) -> None:
    await fresh(port, name)
    async with control(port, name) as controls:
        balance = {"organization": 1, "amount": f"{_MONEY / 100:.2f}"}
        await controls.ok("POST", "/actions/inpost.set_balance", balance)


async def _client(
    port: int, names: Sequence[str], sent: dict[str, Sent], ends: float, seed: int
) -> None:
    chance = random.Random(seed)
    while time.perf_counter() < ends:
        name = chance.choice(names)
        await chance.choice((_shipx, _shipx, _shop, _account))(port, name, sent[name], chance)


async def _shipx(port: int, name: str, sent: Sent, chance: random.Random) -> None:
    """A shipment whose offer is bought by two at the same time, as by a client that retries."""
    async with inpost(port, name) as one, inpost(port, name) as other:
        body = chance.choice((LOCKER, OFFERS))
        made = await one.ok("POST", "/organizations/1/shipments", body)
        sent.requests += 1
        sent.shipments += 1
        async with control(port, name) as controls:
            await controls.ok("POST", "/clock/advance", {"by": "2s"})
        shipment = await one.ok("GET", f"/shipments/{made['id']}")
        sent.requests += 1
        if shipment["offers"] and body is OFFERS:
            offer = next(each for each in shipment["offers"] if each["status"] == "available")
            choice, path = {"offer_id": offer["id"]}, f"/shipments/{made['id']}"
            await one.call("POST", f"{path}/select_offer", choice)
            await asyncio.gather(
                *(each.call("POST", f"{path}/buy", choice) for each in (one, other))
            )
            sent.requests += 3


async def _shop(port: int, name: str, sent: Sent, chance: random.Random) -> None:
    count = chance.choice((1, 1, 1, 5))
    async with myparcel(port, name) as shop:
        await shop.ok("POST", "/shipments", shipments(count))
    sent.requests += 1
    sent.letters += count


async def _account(port: int, name: str, sent: Sent, chance: random.Random) -> None:
    """The same parcel from two at the same time: it is there once."""
    number = f"S-{chance.randrange(100_000)}"
    async with postplus(port, name) as one, postplus(port, name) as other:
        await asyncio.gather(*(each.ok("PUT", "/parcels", parcel(number)) for each in (one, other)))
    sent.requests += 2
    sent.parcels[number] += 1


async def _wrong(port: int, name: str, sent: Sent) -> Any:
    """What does not add up in a workspace in which nothing is under way any more."""
    async with control(port, name) as controls:
        await controls.ok("POST", "/clock/advance", {"by": "1m"})
        shipments = await records(controls, "inpost/shipments")
        organizations = await records(controls, "inpost/organizations")
        shop = await records(controls, "myparcel/shipments")
        parcels = [
            each
            for each in await records(controls, "postplus/parcels")
            if each["sender_parcel_nr"].startswith("S-")
        ]
        journal = await controls.ok("GET", "/journal?limit=1")
    paid = [
        [each for each in shipment["transactions"] if each["status"] == "success"]
        for shipment in shipments
    ]
    prices = {offer["id"]: offer["price"] for each in shipments for offer in each["offers"]}
    spent = sum(prices[each["offer_id"]] for bought in paid for each in bought)
    balance = next(each["balance"] for each in organizations if each["id"] == 1)
    if balance != _MONEY - spent:
        yield f"{balance} of {_MONEY} is left, but {spent} was paid"
    if balance < 0:
        yield f"a balance of {balance}"
    if twice := [bought for bought in paid if len(bought) > 1]:
        yield f"charged twice: {twice[0]}"
    confirmed = [each for each in shipments if each["status"] == "confirmed"]
    if len(confirmed) != sum(map(bool, paid)):
        yield f"{len(confirmed)} are confirmed, {sum(map(bool, paid))} are paid"
    numbers = {
        "ids of ShipX": ([each["id"] for each in shipments], sent.shipments, True),
        "ids of MyParcel": ([each["id"] for each in shop], sent.letters, True),
        "tracking numbers": (
            [each["tracking_number"] for each in confirmed],
            len(confirmed),
            False,
        ),
        "parcel numbers": ([each["parcel_nr"] for each in parcels], len(sent.parcels), False),
        "sender numbers": (
            [each["sender_parcel_nr"] for each in parcels],
            len(sent.parcels),
            False,
        ),
    }
    for what, (values, count, dense) in numbers.items():
        if len(values) != count:
            yield f"{len(values)} {what} of {count} that were made"
        if len(set(values)) != len(values):
            yield f"{what} that are there twice"
        if dense and values and max(values) - min(values) + 1 != len(values):
            yield f"{what} with gaps: {min(values)} to {max(values)} are {len(values)}"
    if journal["recorded"] != sent.requests:
        yield f"{journal['total']} entries in the journal of {sent.requests} requests"
