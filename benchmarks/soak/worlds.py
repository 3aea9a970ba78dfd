"""Worlds to load: keys, bodies of creates, and ways to have many shipments."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from typing import Any

from benchmarks.soak.wire import Client

FROZEN = {"mode": "frozen", "at": "2026-03-02T10:15:00+01:00"}
RUNNING = {"mode": "offset", "at": "2026-03-02T10:15:00+01:00"}
PREPAID = {"Authorization": "Bearer sim-inpost-prepaid"}
POSTPAID = {"Authorization": "Bearer sim-inpost-postpaid"}
SHOP = {
    "Authorization": "basic " + b64encode(b"sim-myparcel-postpaid").decode(),
    "Content-Type": "application/vnd.shipment+json;charset=utf-8",
}
POSTPLUS = {"X-API-KEY": "apitest1234567890"}

LOCKER = {
    "receiver": {
        "first_name": "Ewa",
        "last_name": "Malinowska",
        "email": "ewa@example.com",
        "phone": "501502503",
    },
    "parcels": {"template": "small"},
    "custom_attributes": {
        "sending_method": "parcel_locker",
        "target_point": "KRA010",
        "dropoff_point": "WAW478M",
    },
    "service": "inpost_locker_standard",
    "reference": "ORDER-1001",
}
OFFERS = {name: value for name, value in LOCKER.items() if name != "service"}
LETTERBOX = {
    "carrier": 1,
    "recipient": {
        "cc": "NL",
        "postal_code": "3584CS",
        "city": "Utrecht",
        "street": "Kruytgebouw",
        "number": "8",
        "person": "Noor Visser",
        "email": "noor@example.test",
    },
    "options": {"package_type": 1},
}
_PARCEL = {
    "parcel": {
        "transactionType": "B2C",
        "type": "Registered",
        "currency": "EUR",
        "parcelGrossWeight": 0.42,
        "items": [
            {
                "description": "Ceramic mug",
                "hsCode": "691200",
                "quantity": 2,
                "valuePerItem": 7.5,
                "weightPerItem": 0.2,
            }
        ],
    },
    "additionalInfo": {"serviceCode": "LTPO"},
    "receiver": {
        "name": "Aino Laine",
        "address": "Mannerheimintie 5",
        "zipCode": "00100",
        "city": "Helsinki",
        "countryCode": "FI",
    },
}
CSV_HEADER = "cc,postalcode,city,street,number,person,company,email,phone"
CSV_ROW = "nl,3584CS,Utrecht,A,8,N"

_MANY = 100


def letters(count: int) -> dict[str, Any]:
    """The body of a MyParcel POST with so many shipments."""
    return {"data": {"shipments": [LETTERBOX] * count}}


def parcel(number: str) -> dict[str, Any]:
    """The body of a PostPlus upsert."""
    return {"identifiers": {"senderParcelNr": number}, **_PARCEL}


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
    return Client(port, f"/w/{workspace}/postplus/api/v1", POSTPLUS)


async def fresh(port: int, workspace: str, clock: dict[str, str] = FROZEN) -> None:
    """A workspace as it begins, with its clock set."""
    async with control(port, workspace) as controls:
        await controls.call("DELETE", "")
        await controls.ok("PUT", "/clock", clock)


async def fill(port: int, workspace: str, count: int) -> None:
    """So many shipments of MyParcel."""
    async with myparcel(port, workspace) as shop:
        for start in range(0, count, _MANY):
            await shop.ok("POST", "/shipments", letters(min(_MANY, count - start)))


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
