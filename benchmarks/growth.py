"""Whether what is asked of a world costs more when the world is large: 1,000 beside 100,000."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import httpx2

from benchmarks.bodies import (
    ACCOUNT,
    COLLECTION,
    FROZEN,
    ORDER,
    POSTPAID,
    SHIPMENTS,
    SHOP,
    SHOP_OF_TODAY,
)
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
    """So many confirmed shipments of InPost, as many of MyParcel, and a tenth of as many parcels of
    PostPlus, orders of MyParcel and dispatch orders of InPost."""
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
        orders = {"data": {"orders": [ORDER] * MANY}}
        _post(client, "POST", f"{prefix}/api.myparcel.nl/fulfilment/orders", orders, SHOP_OF_TODAY)
    _dispatch(client, f"{prefix}/inpost/v1/organizations/2", size // 10)


def _dispatch(client: httpx2.Client, organization: str, count: int) -> None:
    """So many dispatch orders of a shipment each."""
    for page in range(1, count // MANY + 1):
        query = f"per_page={MANY}&page={page}&sort_order=asc"
        listed = _got(client, f"{organization}/shipments?{query}", POSTPAID).json()["items"]
        for item in listed:
            wish = {**COLLECTION, "shipments": [item["id"]]}
            _post(client, "POST", f"{organization}/dispatch_orders", wish, POSTPAID)


def _post(
    client: httpx2.Client,
    method: str,
    path: str,
    body: object,
    headers: dict[str, str] | None = None,
) -> None:
    client.request(method, path, json=body, headers=headers).raise_for_status()


def _halfway(client: httpx2.Client, shipments: str, count: int) -> str:
    """When the shipment was made that is in the middle of the list."""
    page = f"{shipments}?per_page=1&page={count // 2}"
    made: str = _got(client, page, POSTPAID).json()["items"][0]["created_at"]
    return made


def _asked(client: httpx2.Client, prefix: str) -> list[tuple[str, tuple[str, dict[str, str]]]]:
    organization = f"{prefix}/inpost/v1/organizations/2"
    page = _got(client, f"{organization}/shipments?per_page=1", POSTPAID).json()
    shipment = page["items"][0]
    number = shipment["tracking_number"]
    last = page["count"] // 100
    moment = quote(shipment["created_at"])
    collections = f"{organization}/dispatch_orders"
    collected = _got(client, f"{collections}?per_page=1", POSTPAID).json()["items"][0]
    [within] = collected["shipments"]
    halfway = quote(_halfway(client, f"{organization}/shipments", page["count"]))
    orders = f"{prefix}/api.myparcel.nl/fulfilment/orders"
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
        (
            "InPost, first page before a moment",
            (f"{organization}/shipments?created_at_lteq={halfway}", POSTPAID),
        ),
        ("InPost, receivers of a name", (f"{organization}/shipments?receiver_name=ewa", POSTPAID)),
        ("InPost, dispatch orders of a city", (f"{collections}?city=warsz", POSTPAID)),
        (
            "InPost, dispatch order of a shipment",
            (f"{collections}?shipment_id={within['id']}", POSTPAID),
        ),
        ("InPost, dispatch orders of a service", (f"{collections}?shipment_service=x", POSTPAID)),
        (
            "InPost, COD report of a day without any",
            (f"{organization}/reports/cod?start_date=2026-01-01&end_date=2026-01-01", POSTPAID),
        ),
        ("InPost, statistics", (f"{organization}/statistics", POSTPAID)),
        ("MyParcel, first page", (f"{shop}?size=30", SHOP)),
        ("MyParcel, `q=` that finds all", (f"{shop}?q=Visser&size=30", SHOP)),
        ("MyParcel, `q=` that finds nothing", (f"{shop}?q=Nobody&size=30", SHOP)),
        ("MyParcel, page by status", (f"{shop}?status=1&size=30", SHOP)),
        ("MyParcel, `q=` of two letters", (f"{shop}?q=%23%23&size=30", SHOP)),
        ("MyParcel, page since a moment", (f"{shop}?from=2026-03-02 10:15:00&size=30", SHOP)),
        ("MyParcel, orders that `q=` finds", (f"{orders}?q=kettle", SHOP_OF_TODAY)),
        ("MyParcel, orders that `q=` does not find", (f"{orders}?q=nobody", SHOP_OF_TODAY)),
        ("MyParcel, orders by barcode", (f"{orders}?barcode=3SMYPA0", SHOP_OF_TODAY)),
        ("PostPlus, page of parcels", (f"{parcels}/query?Count=100", ACCOUNT)),
        (
            "PostPlus, page of parcels before a moment",
            (f"{parcels}/query?Count=100&CreatedBefore=2026-03-02T10:00:00Z", ACCOUNT),
        ),
        (
            "PostPlus, feed since a moment",
            (f"{prefix}/postplus/api/v1/tracking?Count=100&StartDate=2026-03-03", ACCOUNT),
        ),
        (
            "records of an attribute, 100",
            (f"{controls}/records/inpost/shipments?limit=100&where=status:confirmed", {}),
        ),
        ("records, 100", (f"{controls}/records/inpost/shipments?limit=100", {})),
        ("inbox", (f"{controls}/inbox?limit=100", {})),
        ("journal, 100", (f"{controls}/journal?limit=100", {})),
    ]
