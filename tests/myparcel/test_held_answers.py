"""The shapes of today's tracktraces, delivery options, points and shipments, held whole."""

from __future__ import annotations

from typing import Any

from tests.myparcel.bodies import PICKUP, shipment
from tests.myparcel.client import Shop
from tests.myparcel.held import is_held
from tests.myparcel.tracked import move

VERSION_2 = {"Accept": "application/json;version=2.0"}
ADDRESS: dict[str, Any] = {
    "cc": "NL",
    "postal_code": "2132WT",
    "number": "66",
    "deliverydays_window": "1",
}


def answer(today: Shop, path: str, headers: dict[str, str] | None = None, **query: Any) -> Any:
    response = today.client.get(path, params=query, headers=headers)
    return response.json()


def collected(today: Shop) -> int:
    """A package that waits for its receiver at a pickup point."""
    options = {
        "package_type": 1,
        "delivery_type": 4,
        "delivery_date": "2026-03-04 16:00:00",
        "signature": 1,
    }
    posted = {**shipment(options=options, pickup=PICKUP), "reference_identifier": "order-7"}
    [id] = today.create({**posted, "carrier": 1})
    for status in (2, 3, 4, 5, 8):
        today.workspace.advance("1h")
        move(today, id, status)
    return id


def test_a_tracktrace_is_as_held(today: Shop) -> None:
    id = collected(today)
    shown = answer(today, f"/tracktraces/{id}", extra_info="delivery_moment")
    assert is_held("tracktrace", shown)


def test_delivery_options_are_as_held(today: Shop) -> None:
    flat = answer(today, "/delivery_options", **ADDRESS)
    flat["data"]["pickup"] = flat["data"]["pickup"][:2]
    assert is_held("delivery_options", flat)
    assert is_held("deliveries", answer(today, "/delivery_options", VERSION_2, **ADDRESS))
    nothing = answer(today, "/delivery_options")
    request_id = nothing.pop("request_id")
    nothing["message"] = nothing["message"].replace(request_id, "id")
    assert is_held("delivery_options_of_nothing", nothing)


def test_points_are_as_held(today: Shop) -> None:
    locations = answer(today, "/pickup_locations", **ADDRESS, carrier="postnl", limit=2)
    assert is_held("pickup_locations", locations)
    belgian: dict[str, Any] = {"cc": "BE", "postal_code": "9000", "number": "1", "carrier": "bpost"}
    keyless = today.with_key(None)
    assert is_held("belgian_locations", answer(keyless, "/pickup_locations", **belgian, limit=3))
    points = answer(today, "/drop_off_points", cc="BE", postal_code="9000", limit=2)
    assert is_held("drop_off_points", points)


def test_a_shipment_is_as_held(today: Shop) -> None:
    id = collected(today)
    shown = answer(today, f"/shipments/{id}", link_consumer_portal=1)
    [told] = shown["data"]["shipments"]
    # What it costs is held elsewhere.
    told["user_agent"], told["price"]["amount"] = "client", 0
    assert is_held("shipment", shown)
