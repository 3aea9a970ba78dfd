"""What one replica shows of a world."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any, NamedTuple

import msgspec

from benchmarks.bodies import ACCOUNT, PREPAID
from benchmarks.soak.wire import Client
from benchmarks.soak.worlds import control, records

_PAGES = 3
"""Pages of the carrier's own list that are looked at."""


class Asked(NamedTuple):
    """What is looked for one by one: exchanges, and labels of ShipX by their shipments."""

    exchanges: Sequence[str]
    labels: Sequence[int]


class Seen(msgspec.Struct):
    """Records, logs and lists; `lacking` are the exchanges that were asked for and are not there,
    `journal` the newest ones, `feed` all that a cursor from the beginning gives, `labels` the
    digests of files."""

    shipments: list[Any]
    organizations: list[Any]
    letters: list[Any]
    payments: list[Any]
    parcels: list[Any]
    webhooks: list[Any]
    jobs: list[Any]
    events: list[Any]
    journal: list[Any]
    recorded: int
    lacking: list[str]
    listed: list[Any]
    feed: list[str]
    labels: list[str]

    @property
    def paid(self) -> list[Any]:
        """The transactions that went well."""
        return [
            own
            for each in self.shipments
            for own in each["transactions"]
            if own["status"] == "success"
        ]


class _Shown(NamedTuple):
    """What carriers show."""

    listed: list[Any]
    feed: list[str]
    labels: list[str]


async def see(ports: Sequence[int], world: str, asked: Asked) -> list[Seen]:
    """Ask each replica for all of it; the carriers first, since the journal tells of that."""
    shown = [await _carriers(port, world, asked.labels) for port in ports]
    return [
        await _see(port, world, asked.exchanges, each)
        for port, each in zip(ports, shown, strict=True)
    ]


async def _see(port: int, world: str, exchanges: Sequence[str], shown: _Shown) -> Seen:
    async with control(port, world) as controls:
        page = await controls.ok("GET", "/journal?limit=1000")
        shipments = await records(controls, "inpost/shipments")
        return Seen(
            shipments=[each for each in shipments if each["organization_id"] == 1],
            organizations=await records(controls, "inpost/organizations"),
            letters=await records(controls, "myparcel/shipments"),
            payments=await records(controls, "myparcel/payments"),
            parcels=await records(controls, "postplus/parcels"),
            webhooks=await records(controls, "engine/webhooks"),
            jobs=await records(controls, "engine/jobs"),
            events=await _events(controls),
            journal=page["items"],
            recorded=page["recorded"],
            lacking=[
                each
                for each in exchanges
                if (await controls.call("GET", f"/journal/{each}")).status != 200
            ],
            listed=shown.listed,
            feed=shown.feed,
            labels=shown.labels,
        )


async def _events(controls: Client) -> list[Any]:
    """All events that are still kept."""
    found: list[Any] = []
    while True:
        after = found[-1]["id"] if found else 0
        items = (await controls.ok("GET", f"/events?after={after}&limit=1000"))["items"]
        if not items:
            return found
        found += items


async def _carriers(port: int, world: str, labels: Sequence[int]) -> _Shown:
    """The first pages of ShipX's list, without the base URL, these labels, and PostPlus' whole
    feed."""
    listed: list[Any] = []
    files: list[str] = []
    async with Client(port, f"/w/{world}", PREPAID) as shipx:
        for page in range(1, _PAGES + 1):
            path = f"/inpost/v1/organizations/1/shipments?page={page}"
            items = (await shipx.ok("GET", path))["items"]
            listed += [{**each, "href": None} for each in items]
        for number in labels:
            answer = await shipx.call("GET", f"/inpost/v1/shipments/{number}/label")
            files.append(f"{number}: {answer.status} {sha256(answer.body).hexdigest()}")
    feed: list[str] = []
    cursor, done = "", False
    async with Client(port, f"/w/{world}/postplus/api/v1", ACCOUNT) as account:
        while not done:
            path = f"/tracking?startDate=2020-01-01&fetchId={cursor}"
            answer = await account.ok("GET", path)
            events = [each["event"] for each in answer["events"]]
            feed += [f"{each['eventId']} {each['eventVersion']}" for each in events]
            cursor, done = answer["nextFetchId"], answer["fetchDone"]
    return _Shown(listed, feed, files)
