"""Queries in the strict reading: the document's data types, letter by letter."""

from __future__ import annotations

import pytest

from tests.myparcel.client import Shop
from tests.myparcel.tracked import home, move

OPTIONS = "/delivery_options?cc=NL&postal_code=3584CS&number=8&carrier=2"


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/shipments?order=desc", 3203),
        ("/shipments?from=2026-03-02T00:00:00Z", 3206),
        ("/shipments?to=2026-03-02T00:00:00%2B01:00", 3207),
        ("/shipments?dropoff_today=true", 0),
        ("/tracktraces/{id}?order=asc", 3203),
        ("/shipment_labels/{id}?format=a4", 3709),
        ("/delivery_options?cc=nl&postal_code=3584CS&number=8&carrier=2", 3211),
        ("/delivery_options?cc=NL&postal_code=3584CS&number=8&carrier=postnl", 3222),
        (f"{OPTIONS}&delivery_date=2026-03-05T00:00:00", 5000),
        (f"{OPTIONS}&delivery_time=09:00", 5000),
        (f"{OPTIONS}&cutoff_time=15:30", 3214),
        (f"{OPTIONS}&monday_delivery=true", 3216),
        (f"{OPTIONS}&exclude_delivery_type=night", 3221),
    ],
)
def test_only_the_documents_spelling_is_strict(shop: Shop, path: str, code: int) -> None:
    shop.workspace.quirk("myparcel.edition", "2017")
    [made] = shop.create(home())
    move(shop, made, 2)
    assert shop.client.get(path.format(id=made)).status_code == 200
    shop.workspace.quirk("myparcel.strict", True)
    response = shop.client.get(path.format(id=made))
    assert response.status_code == 422, response.text
    assert [each["code"] for each in response.json()["errors"]] == [code]


@pytest.mark.parametrize(
    "path",
    [
        "/shipments?order=DESC&from=2026-03-02&to=2026-03-02%2023:59:59&dropoff_today=1",
        "/tracktraces/{id}?sort=time&order=ASC",
        "/shipment_labels/{id}?format=A4&positions=3;4",
        f"{OPTIONS}&delivery_date=2026-03-05&delivery_time=09:00:00&cutoff_time=15:30:00",
        f"{OPTIONS}&monday_delivery=1&exclude_delivery_type=1;3&dropoff_days=1;6",
    ],
)
def test_the_documents_spelling_is_taken(shop: Shop, path: str) -> None:
    shop.workspace.quirk("myparcel.strict", True)
    [made] = shop.create(home())
    move(shop, made, 2)
    response = shop.client.get(path.format(id=made))
    assert response.status_code == 200, response.text
