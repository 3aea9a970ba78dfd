"""The statuses that came after 2017: 14 to 19, by moves, plays and journeys."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.carriers.myparcel.catalog.lifecycle import JOURNEYS, STATUSES
from tests.myparcel.bodies import shipment
from tests.myparcel.client import Shop
from tests.myparcel.tracked import move, refused, status_of

ONE = {**shipment(), "carrier": 1}
NAMES = {
    14: "printed - digital stamp",
    15: "printed - external shipment",
    16: "expired",
    17: "cancelled",
    18: "printed - untracked shipment",
    19: "delivered - at agreed location",
}


def hooks(shop: Shop) -> list[int]:
    """The statuses that webhooks told, in their order."""
    items = shop.workspace.control.get("/inbox").json()["items"]
    return [item["body"]["data"]["hooks"][0]["status"] for item in items]


def test_their_names_are_those_of_the_later_documents() -> None:
    assert {number: STATUSES[number].name for number in NAMES} == NAMES


@pytest.mark.parametrize(
    ("journey", "route"),
    [
        ("external_shipment", [15]),
        ("expired", [2, 16]),
        ("cancelled", [2, 17]),
        ("untracked_shipment", [18]),
        ("delivered_at_agreed_location", [2, 3, 4, 5, 19]),
    ],
)
def test_a_journey_of_today_runs_on_the_clock(today: Shop, journey: str, route: list[int]) -> None:
    today.workspace.quirk("myparcel.inactive_after_days", 0)
    [number] = today.create(ONE)
    today.workspace.do("myparcel.start_journey", shipment=number, journey=journey)
    seen = []
    for step in JOURNEYS[journey].steps:
        today.workspace.advance(f"{int(step.after.total_seconds())}s")
        seen.append(status_of(today, number))
    assert seen == route == hooks(today)
    [shown] = today.read(number)
    assert (shown["barcode"] is None) == (2 not in route)
    listed = today.client.get(f"/shipments?status={route[-1]}").json()["data"]["shipments"]
    assert [each["id"] for each in listed] == [number]


def test_what_is_left_at_the_agreed_place_is_scanned(today: Shop) -> None:
    [number] = today.create(ONE)
    assert move(today, number, 19)["passed"] == [2, 3, 4, 5]
    [slot] = today.client.get(f"/tracktraces/{number}").json()["data"]["tracktraces"]
    assert slot["description"] == "The package has been delivered at the agreed location"
    today.workspace.advance("60d")
    assert status_of(today, number) == 19


def test_a_label_can_be_had_again_of_what_is_printed_only(today: Shop) -> None:
    [number] = today.create(ONE)
    move(today, number, 18)
    assert today.client.get(f"/shipment_labels/{number}").status_code == 200
    assert status_of(today, number) == 18


def test_a_history_may_have_them(today: Shop) -> None:
    [number] = today.create(ONE)
    history = [{"at": "-1d", "status": 2}, {"at": "+1h", "status": "cancelled"}]
    today.workspace.do("myparcel.play", shipment=number, history=history)
    today.workspace.advance("1h")
    assert status_of(today, number) == 17


@pytest.mark.parametrize("status", NAMES)
def test_the_edition_of_2017_does_not_know_them(shop: Shop, status: int) -> None:
    [number] = shop.create(shipment())
    said = refused(shop, "move", shipment=number, to=status)
    assert f"the status {status}, which does not exist" in said
    entry: dict[str, Any] = {"at": "+1h", "status": status}
    assert "is not a status" in refused(shop, "play", shipment=number, history=[entry])
    said = refused(shop, "start_journey", shipment=number, journey="cancelled")
    assert "cannot go on the journey cancelled; possible: delivered" in said
    assert shop.client.get(f"/shipments?status={status}").status_code == 422


def test_a_digital_stamp_is_printed_without_tracking(today: Shop) -> None:
    stamp = {**ONE, "options": {"package_type": 4}, "physical_properties": {"weight": 50}}
    [printed, travelling] = today.create(stamp, stamp)
    assert today.client.get(f"/shipment_labels/{printed}").status_code == 200
    [shown] = today.read(printed)
    assert (shown["status"], shown["barcode"]) == (14, None)
    today.workspace.do("myparcel.start_journey", shipment=travelling, journey="digital_stamp")
    today.workspace.advance("1h")
    assert status_of(today, travelling) == 14
    assert hooks(today) == [14, 14]
