"""Whether what is asked of a world costs more when the world is large: 1,000 beside 100,000."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import httpx2

from benchmarks.bodies import ACCOUNT, FROZEN, POSTPAID, SHIPMENTS, SHOP
from benchmarks.measuring import Row, milliseconds, post_script, wrk

SIZES = (1_000, 100_000)
GOAL = 1.5
ROUNDS = 15
MANY = 100

Asked = tuple[str, str, dict[str, str]]
"""What it is called, its path below the workspace, and its key."""


def growth(base_url: str, folder: Path, bodies: Mapping[str, object]) -> list[Row]:
    """Lists, filters and searches of all carriers and of the controls, as times of the small world.

    `bodies` has a create of ShipX, a POST of `MANY` shipments of MyParcel and a parcel of PostPlus.
    """
    with httpx2.Client(base_url=base_url, trust_env=False, timeout=300) as client:
        worlds = []
        for size in SIZES:
            prefix = f"/w/grown-{size}"
            _fill(client, prefix, size, folder, bodies)
            worlds.append(dict(_asked(client, prefix)))
        rows = [_row(client, title, [world[title] for world in worlds]) for title in worlds[0]]
        for size in SIZES:
            client.delete(f"/_sim/workspaces/grown-{size}")
    return rows


def _row(client: httpx2.Client, title: str, asked: list[tuple[str, dict[str, str]]]) -> Row:
    times: list[list[float]] = [[], []]
    for _ in range(ROUNDS):
        for (path, key), found in zip(asked, times, strict=True):
            found.append(milliseconds(lambda path=path, key=key: _got(client, path, key)))  # type: ignore[misc]
    small, large = (statistics.median(found) for found in times)
    figure = f"{large / small:.2f} ({small:.1f} to {large:.1f} ms)"
    what = f"{title}, {SIZES[1]:,} times {SIZES[0]:,} shipments"
    return what, figure, f"<= {GOAL}", large / small <= GOAL


def _got(client: httpx2.Client, path: str, key: dict[str, str]) -> httpx2.Response:
    response = client.get(path, headers=key)
    response.raise_for_status()
    return response


def _fill(
    client: httpx2.Client, prefix: str, size: int, folder: Path, bodies: Mapping[str, object]
) -> None:
    """So many confirmed shipments of InPost, as many of MyParcel and a tenth of PostPlus."""
    _post(client, "PUT", f"{prefix}/_sim/clock", FROZEN)
    organization = f"{prefix}/inpost/v1/organizations/2/shipments"
    script = post_script(folder, f"grown_{size}", bodies["inpost"])
    while (there := _got(client, f"{organization}?per_page=1", POSTPAID).json()["count"]) < size:
        if size - there > 10 * SIZES[0]:
            wrk(str(client.base_url.join(organization)), script, POSTPAID, seconds=3)
        else:
            for _ in range(size - there):
                _post(client, "POST", organization, bodies["inpost"], POSTPAID)
    _post(client, "POST", f"{prefix}/_sim/clock/advance", {"by": "10s"})
    key = {**SHOP, "Content-Type": SHIPMENTS}
    for _ in range(0, size, MANY):
        _post(client, "POST", f"{prefix}/api.myparcel.com/shipments", bodies["myparcel"], key)
    numbers = itertools.count()
    for _ in range(0, size // 10, MANY):
        parcels = [
            {"identifiers": {"senderParcelNr": f"G-{next(numbers)}"}, **bodies["postplus"]}  # type: ignore[dict-item]
            for _ in range(MANY)
        ]
        path = f"{prefix}/postplus/api/v1/parcels/create-or-update-many"
        _post(client, "POST", path, {"parcels": parcels}, ACCOUNT)


def _post(
    client: httpx2.Client,
    method: str,
    path: str,
    body: object,
    headers: dict[str, str] | None = None,
) -> None:
    client.request(method, path, json=body, headers=headers).raise_for_status()


def _asked(client: httpx2.Client, prefix: str) -> list[tuple[str, tuple[str, dict[str, str]]]]:
    organization = f"{prefix}/inpost/v1/organizations/2"
    page = _got(client, f"{organization}/shipments?per_page=1", POSTPAID).json()
    shipment = page["items"][0]
    number = shipment["tracking_number"]
    last = page["count"] // 100
    moment = quote(shipment["created_at"])
    shop = f"{prefix}/api.myparcel.com/shipments"
    parcels = f"{prefix}/postplus/api/v1/parcels"
    controls = f"{prefix}/_sim"
    return [
        ("one shipment", (f"{prefix}/inpost/v1/shipments/{shipment['id']}", POSTPAID)),
        ("InPost, first page", (f"{organization}/shipments", POSTPAID)),
        ("InPost, last page", (f"{organization}/shipments?page={last}", POSTPAID)),
        ("InPost, page by status", (f"{organization}/shipments?status=confirmed", POSTPAID)),
        ("InPost, by number", (f"{organization}/shipments?tracking_number={number}", POSTPAID)),
        (
            "InPost, by a part of a number",
            (f"{organization}/shipments?tracking_number_cont={number[10:20]}", POSTPAID),
        ),
        (
            "InPost, page since a moment",
            (f"{organization}/shipments?created_at_gteq={moment}", POSTPAID),
        ),
        ("InPost, statistics", (f"{organization}/statistics", POSTPAID)),
        ("MyParcel, first page", (f"{shop}?size=30", SHOP)),
        ("MyParcel, `q=` that finds all", (f"{shop}?q=Visser&size=30", SHOP)),
        ("MyParcel, `q=` that finds nothing", (f"{shop}?q=Nobody&size=30", SHOP)),
        ("MyParcel, page by status", (f"{shop}?status=1&size=30", SHOP)),
        ("PostPlus, page of parcels", (f"{parcels}/query?Count=100", ACCOUNT)),
        ("records, 100", (f"{controls}/records/inpost/shipments?limit=100", {})),
        ("inbox", (f"{controls}/inbox?limit=100", {})),
        ("journal, 100", (f"{controls}/journal?limit=100", {})),
    ]
