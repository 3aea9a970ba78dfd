"""Journeys of today keep to the day and the time of day that were ordered, wherever it goes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.myparcel.bodies import BELGIAN, CUSTOMS, DUTCH, PICKUP, SWISS, shipment
from tests.myparcel.client import Shop

MORNING, STANDARD, EVENING, PICKED_UP, SAME_DAY, EXPRESS, EARLY = 1, 2, 3, 4, 6, 7, 8
POSTNL, DPD, INSTABOX, EUROPLUS, UPS_STANDARD, UPS_EXPRESS, TRUNKRS = 1, 4, 5, 11, 12, 13, 16
MONDAY, TUESDAY, THURSDAY = "2026-03-02", "2026-03-03", "2026-03-05"
NEXT_MONDAY = "2026-03-09"

ADDRESSES: dict[str, dict[str, Any]] = {
    "NL": DUTCH,
    "BE": BELGIAN,
    "CH": SWISS,
    "DE": {**BELGIAN, "cc": "DE", "postal_code": "10115", "city": "Berlin"},
    "FR": {**BELGIAN, "cc": "FR", "postal_code": "75001", "city": "Paris"},
}


def ordered(carrier: int, cc: str, kind: int, day: str | None) -> dict[str, Any]:
    """A package of this delivery type to a country, for a day or without one."""
    options: dict[str, Any] = {"package_type": 1, "delivery_type": kind}
    if day is not None:
        options["delivery_date"] = f"{day} 00:00:00"
    if carrier == EUROPLUS:
        options["signature"] = 1
    recipient = {**ADDRESSES[cc], "email": "tine@example.test", "phone": "0301234567"}
    whole = shipment(recipient, carrier=carrier, options=options)
    if kind == PICKED_UP:
        whole["pickup"] = {**PICKUP, "location_code": "X1", "cc": cc}
    if cc == "CH":
        whole |= {"customs_declaration": CUSTOMS, "physical_properties": {"weight": 950}}
    return whole


def scans(shop: Shop, carrier: int, cc: str, kind: int, day: str | None) -> dict[int, str]:
    """When each status of such a package was scanned, which has its label and its journey now."""
    [made] = shop.create(ordered(carrier, cc, kind, day))
    assert shop.client.get(f"/shipment_labels/{made}").status_code == 200
    journey = "pickup_collected" if kind == PICKED_UP else "delivered"
    if cc == "CH":
        journey = "customs_delivered"
    shop.workspace.do("myparcel.start_journey", shipment=made, journey=journey)
    shop.workspace.advance("20d")
    [shown] = shop.client.get(f"/tracktraces/{made}").json()["data"]["tracktraces"]
    told = {scan["status"]: scan["time"] for scan in shown["history"]}
    return {shown["status"]["current"]: shown["time"], **told}


@pytest.mark.parametrize("day", [TUESDAY, THURSDAY, NEXT_MONDAY])
@pytest.mark.parametrize(
    ("carrier", "cc", "kind", "first", "last"),
    [
        (POSTNL, "BE", STANDARD, "08:00:00", "17:00:00"),
        (POSTNL, "DE", STANDARD, "08:00:00", "17:00:00"),
        (POSTNL, "FR", STANDARD, "08:00:00", "17:00:00"),
        (POSTNL, "CH", STANDARD, "08:00:00", "17:00:00"),
        (UPS_EXPRESS, "DE", EXPRESS, "08:30:00", "18:00:00"),
        (TRUNKRS, "BE", EVENING, "18:00:00", "21:30:00"),
        (TRUNKRS, "BE", SAME_DAY, "17:30:00", "22:00:00"),
        (INSTABOX, "NL", SAME_DAY, "17:30:00", "22:00:00"),
        (EUROPLUS, "NL", EARLY, "07:00:00", "09:00:00"),
    ],
)
def test_it_comes_on_the_day_and_at_the_time_that_were_ordered(
    today: Shop, carrier: int, cc: str, kind: int, first: str, last: str, day: str
) -> None:
    at = scans(today, carrier, cc, kind, day)[7]
    assert f"{day} {first}" <= at <= f"{day} {last}"


@pytest.mark.parametrize(
    ("carrier", "cc", "kind", "day"),
    [
        (TRUNKRS, "BE", SAME_DAY, MONDAY),
        (TRUNKRS, "NL", SAME_DAY, MONDAY),
        (TRUNKRS, "BE", EVENING, TUESDAY),
        (UPS_EXPRESS, "DE", EXPRESS, TUESDAY),
        (EUROPLUS, "NL", EARLY, TUESDAY),
    ],
)
def test_without_a_day_it_comes_on_the_first_one_of_its_type(
    today: Shop, carrier: int, cc: str, kind: int, day: str
) -> None:
    posted = None if kind != EVENING else TUESDAY
    assert scans(today, carrier, cc, kind, posted)[7].startswith(day)


@pytest.mark.parametrize("day", [TUESDAY, THURSDAY])
@pytest.mark.parametrize(
    ("carrier", "cc"),
    [(POSTNL, "BE"), (POSTNL, "DE"), (DPD, "BE"), (UPS_STANDARD, "DE"), (UPS_EXPRESS, "FR")],
)
def test_a_pickup_abroad_is_ready_on_its_day(today: Shop, carrier: int, cc: str, day: str) -> None:
    assert scans(today, carrier, cc, PICKED_UP, day)[8] == f"{day} 16:00:00"


def test_what_was_promised_by_tracking_is_when_it_comes(today: Shop) -> None:
    [made] = today.create(ordered(TRUNKRS, "BE", EVENING, THURSDAY))
    assert today.client.get(f"/shipment_labels/{made}").status_code == 200
    query = {"extra_info": "delivery_moment"}
    [shown] = today.client.get(f"/tracktraces/{made}", params=query).json()["data"]["tracktraces"]
    assert shown["delivery_moment"]["start"]["date"].startswith(THURSDAY)
    today.workspace.do("myparcel.start_journey", shipment=made, journey="delivered")
    today.workspace.advance("3d")
    [sent] = today.read(made)
    assert sent["status"] == 4
    today.workspace.advance("12h")
    [shown] = today.client.get(f"/tracktraces/{made}").json()["data"]["tracktraces"]
    assert (shown["status"]["current"], shown["time"][:10]) == (7, THURSDAY)


@pytest.mark.parametrize(
    ("label", "day"),
    [
        ("2026-03-03T19:45:00+01:00", TUESDAY),
        ("2026-03-03T20:05:00+01:00", "2026-03-04"),
        ("2026-03-07T21:00:00+01:00", NEXT_MONDAY),
    ],
)
def test_what_cannot_be_handed_in_any_more_comes_on_the_next_day(
    today: Shop, label: str, day: str
) -> None:
    today.workspace.freeze(label)
    found = scans(today, TRUNKRS, "BE", SAME_DAY, None)
    assert f"{day} 06:00:00" <= found[3] <= f"{day} 20:00:00"
    assert f"{day} 17:30:00" <= found[7] <= f"{day} 22:00:00"
