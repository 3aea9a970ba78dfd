"""Scans happen at hours at which people and sorting centers work, whatever was ordered."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import pytest

from tests.myparcel import test_todays_journeys as todays
from tests.myparcel.client import Shop
from tests.myparcel.test_ordered_deliveries import (
    EVENING,
    EXPRESS,
    MORNING,
    PICKUP_TYPE,
    STANDARD,
    ordered,
)

HOURS = {
    3: ("06:00:00", "20:00:00"),
    5: ("04:00:00", "22:00:00"),
    7: ("07:00:00", "22:00:00"),
    8: ("08:00:00", "21:00:00"),
    9: ("08:00:00", "21:00:00"),
    10: ("08:00:00", "21:00:00"),
    11: ("08:00:00", "21:00:00"),
    19: ("07:00:00", "22:00:00"),
}
"""Between which hours a scan is believed; parcels are sorted at any hour."""


class Sent(NamedTuple):
    """What is sent: a delivery type, and with which carrier of today to where."""

    kind: int
    carrier: int = 1
    cc: str = "NL"

    def body(self, day: str, number: str) -> Any:
        """It, for a day, to a house in the street."""
        usual = (self.carrier, self.cc) == (1, "NL")
        made = (
            ordered(self.kind, day)
            if usual
            else todays.ordered(self.carrier, self.cc, self.kind, day)
        )
        made["recipient"]["number"] = number
        return made


AT_DOOR = {
    MORNING: ("08:00:00", "12:00:00"),
    EVENING: ("18:00:00", "21:30:00"),
    todays.SAME_DAY: ("17:30:00", "22:00:00"),
    todays.EXPRESS: ("08:30:00", "18:00:00"),
    todays.EARLY: ("07:00:00", "09:00:00"),
}
ROUND, ROUND_ABROAD = ("08:30:00", "21:30:00"), ("08:00:00", "17:00:00")
READY = {PICKUP_TYPE: "16:00:00", EXPRESS: "08:30:00"}
KINDS = {
    "2017": tuple(map(Sent, (MORNING, STANDARD, EVENING, PICKUP_TYPE, EXPRESS))),
    "today": (
        *map(Sent, (MORNING, STANDARD, EVENING, PICKUP_TYPE)),
        Sent(todays.SAME_DAY, todays.INSTABOX),
        Sent(todays.SAME_DAY, todays.TRUNKRS, "BE"),
        Sent(todays.EXPRESS, todays.UPS_EXPRESS, "DE"),
        Sent(todays.EARLY, todays.EUROPLUS),
        Sent(STANDARD, todays.POSTNL, "DE"),
        Sent(EVENING, todays.TRUNKRS, "BE"),
        Sent(PICKUP_TYPE, todays.DPD, "BE"),
        Sent(PICKUP_TYPE, todays.UPS_STANDARD, "DE"),
    ),
}
DOORS = {
    "2017": ("delivered", "delivered_evening", "missed_collected"),
    "today": ("delivered", "delivered_evening", "missed_collected", "delivered_at_agreed_location"),
}
POINTS = ("pickup_collected", "not_collected")
HOLIDAYS = (date(2026, 4, 5), date(2026, 4, 6))
"""Easter."""

ASKED = ("2026-03-05", "2026-03-10")
LABELS = [
    f"2026-03-0{day}T{hour}:00+01:00"
    for day in (2, 3, 4)
    for hour in ("00:05", "05:30", "09:00", "13:37", "18:45", "22:15", "23:50")
]


def send_all(
    shop: Shop, edition: str, number: str, days: tuple[str, ...]
) -> dict[int, tuple[Sent, str, str]]:
    """Shipments of every type for every asked day on every journey: what, its day and journey."""
    sent: dict[int, tuple[Sent, str, str]] = {}
    for asked in days:
        for what in KINDS[edition]:
            for journey in POINTS if what.kind in READY else DOORS[edition]:
                evening = what.kind == EVENING or journey == "delivered_evening"
                if evening and edition == "2017" and date.fromisoformat(asked).isoweekday() == 1:
                    continue  # documented: there are no evenings on Mondays
                [made] = shop.create(what.body(asked, number))
                sent[made] = (what, asked, journey)
    labels = ";".join(map(str, sent))
    assert shop.client.get(f"/shipment_labels/{labels}").status_code == 200
    for made, (_, _, journey) in sent.items():
        shop.workspace.do("myparcel.start_journey", shipment=made, journey=journey)
    return sent


def scans(shop: Shop, made: int) -> dict[int, str]:
    """When each status was scanned."""
    shown = shop.client.get(f"/tracktraces/{made}").json()["data"]["tracktraces"][0]
    told = {scan["status"]: scan["time"] for scan in shown["history"]}
    return {shown["status"]["current"]: shown["time"], **told}


def unbelievable(found: dict[int, str], what: Sent, asked: str, journey: str) -> list[str]:
    """What nobody would believe of these scans."""
    told = []
    order = [found[status] for status in (2, 3, 4, 5)]
    if order != sorted(set(order)):
        told.append("the order of its scans")
    for status, at in found.items():
        first, last = HOURS.get(status, ("00:00:00", "24:00:00"))
        if not first <= at[11:] <= last:
            told.append(f"the hour of {status}: {at}")
    handed_in = date.fromisoformat(found[3][:10])
    if handed_in.isoweekday() == 7 or handed_in in HOLIDAYS:
        told.append(f"handed in on {handed_in:%A} {handed_in}")
    arrived = found.get(7) or found.get(19)
    if arrived is not None:
        usual = ROUND if what.cc == "NL" else ROUND_ABROAD
        first, last = AT_DOOR.get(what.kind, usual)
        if journey == "delivered_evening" and what.kind == STANDARD:
            first, last = AT_DOOR[EVENING]
        if not f"{asked} {first}" <= arrived <= f"{asked} {last}":
            told.append(f"it came {arrived}")
    if what.kind in READY and found[8] != f"{asked} {READY[what.kind]}":
        told.append(f"it was ready {found[8]}")
    return [f"{what}, {asked}, {journey}: {each}" for each in told]


def all_unbelievable(shop: Shop, edition: str, seed: int, label: str, *days: str) -> list[str]:
    """The same of everything that is sent for these days, with labels of an instant."""
    shop.workspace.control.post("/reset", json={"seed": seed})
    shop.workspace.quirk("myparcel.edition", edition)
    shop.workspace.freeze(label)
    sent = send_all(shop, edition, str(seed), days)
    shop.workspace.advance("30d")
    shop.workspace.quirk("myparcel.edition", "today")  # whose tracktraces tell the statuses
    return [
        told for made, which in sent.items() for told in unbelievable(scans(shop, made), *which)
    ]


@pytest.mark.unmeasured
@pytest.mark.parametrize(("seed", "label"), list(enumerate(LABELS)))
@pytest.mark.parametrize("edition", ["2017", "today"])
def test_no_scan_is_at_an_hour_at_which_nobody_works(
    shop: Shop, edition: str, seed: int, label: str
) -> None:
    assert all_unbelievable(shop, edition, seed, label, *ASKED) == []


@pytest.mark.parametrize(
    ("label", "asked"),
    [
        ("2026-03-06T18:45:00+01:00", "2026-03-09"),
        ("2026-03-07T13:37:00+01:00", "2026-03-09"),
        ("2026-03-07T22:15:00+01:00", "2026-03-09"),
        ("2026-03-08T09:00:00+01:00", "2026-03-09"),
        ("2026-03-08T23:50:00+01:00", "2026-03-09"),
        ("2026-04-03T18:45:00+02:00", "2026-04-07"),
        ("2026-04-04T23:50:00+02:00", "2026-04-07"),
        ("2026-04-06T09:00:00+02:00", "2026-04-07"),
        ("2026-04-06T22:15:00+02:00", "2026-04-07"),
    ],
)
@pytest.mark.parametrize("edition", ["2017", "today"])
def test_nothing_is_handed_in_on_sundays_and_holidays(
    shop: Shop, edition: str, label: str, asked: str
) -> None:
    assert all_unbelievable(shop, edition, 1, label, asked) == []
