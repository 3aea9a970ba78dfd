"""Ids that nobody has, and those of somebody else: refused, or not found where the profile says."""

from __future__ import annotations

import pytest

from tests.myparcel.client import Shop
from tests.myparcel.tracked import home, subscribed
from tests.support.server import START

PATHS = [
    ("GET", "/shipment_labels/{id}", 403),
    ("GET", "/tracktraces/{id}", 403),
    ("GET", "/webhook_subscriptions/{id}", 422),
    ("DELETE", "/webhook_subscriptions/{id}", 422),
]


@pytest.fixture
def documented(shop: Shop) -> Shop:
    """A shop in the profile of the documents."""
    began = {"profile": "documented", "clock": {"mode": "frozen", "at": START}}
    assert shop.workspace.control.post("/reset", json=began).status_code == 200
    return shop


@pytest.mark.parametrize(("method", "path", "status"), PATHS)
def test_what_nobody_has_is_not_found_by_the_document(
    documented: Shop, method: str, path: str, status: int
) -> None:
    response = documented.client.request(method, path.format(id=99999999))
    assert response.status_code == 404, response.text
    assert [each["code"] for each in response.json()["errors"]] == [3105]
    documented.workspace.quirk("myparcel.unknown_ids", "refused")
    assert documented.client.request(method, path.format(id=99999999)).status_code == status


@pytest.mark.parametrize(("method", "path", "status"), PATHS)
def test_what_nobody_has_is_refused_as_recorded(
    shop: Shop, method: str, path: str, status: int
) -> None:
    assert shop.client.request(method, path.format(id=99999999)).status_code == status
    shop.workspace.quirk("myparcel.unknown_ids", "not_found")
    assert shop.client.request(method, path.format(id=99999999)).status_code == 404


@pytest.mark.parametrize(("method", "path", "status"), PATHS)
def test_what_is_somebody_elses_stays_refused(
    documented: Shop, method: str, path: str, status: int
) -> None:
    other = documented.with_key("sim-myparcel-prepaid")
    [shipment] = other.create(home())
    number = subscribed(other, "https://b.example.com") if "webhook" in path else shipment
    assert documented.client.request(method, path.format(id=number)).status_code == status
