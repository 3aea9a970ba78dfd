"""What delivery options and pickup locations show, a create takes; what it takes, they show.

Both sides are asked over HTTP by the key of one shop, for any carrier, destination and package
type, with the clock on any day of a spring, which has most of the public holidays, on which the
shop hands in parcels.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.carriers.myparcel.offers import postal_codes, table
from simulator.carriers.myparcel.offers.names import CARRIERS, DELIVERY_TYPES, PACKAGE_TYPES, PICKUP
from simulator.carriers.myparcel.offers.zones import HOMES, Home, members
from simulator.carriers.myparcel.rules import windows
from tests.myparcel.client import Shop, faults
from tests.myparcel.offered import shipment
from tests.myparcel.test_offers import completed

KEYS = {"NL": "sim-myparcel-nl", "BE": "sim-myparcel-be"}
TYPE = "application/vnd.shipment+json;charset=utf-8;version=1.1"
VERSION_2 = {"Accept": "application/json;charset=utf-8;version=2.0"}
EVERY_DAY = {"dropoff_days": "0;1;2;3;4;5;6", "monday_delivery": "1"}
WINDOW = 14
SPRING = date(2026, 3, 2)

Json = dict[str, Any]
Pair = tuple[int, str]
"""A delivery type and a day."""

Asked = tuple[int, Home, str, int]
"""A carrier, the home of the shop, the country of the receiver and a package type."""


def _rows() -> list[Asked]:
    """Every row of the table, with each destination that it has."""
    return [
        (row.offer.carrier, row.offer.home, cc, row.offer.package_type)
        for row in table.ROWS
        for cc in sorted(members(row.to))
    ]


OFFERED = st.sampled_from(table.ROWS).flatmap(
    lambda row: st.tuples(
        st.just(row.offer.carrier),
        st.just(row.offer.home),
        st.sampled_from(sorted(members(row.to))),
        st.just(row.offer.package_type),
    )
)
ANYTHING = st.tuples(
    st.sampled_from(list(CARRIERS)),
    st.sampled_from(HOMES),
    st.sampled_from(["NL", "BE", "DE", "FR", "IT", "GB", "US"]),
    st.sampled_from(list(PACKAGE_TYPES)),
)
DAYS = (
    st.integers(0, 85)
    .map(lambda number: SPRING + timedelta(days=number))
    .filter(lambda day: windows.is_brought(day, monday=True))
)


def places(shop: Shop, path: str, asked: Asked, **parameters: Any) -> list[Json]:
    """What delivery options (of the second form) or pickup locations show."""
    carrier, _, cc, package_type = asked
    query = {
        "cc": cc,
        "postal_code": postal_codes.example(cc) or "1000",
        "number": "1",
        "carrier": CARRIERS[carrier].old,
        "package_type": PACKAGE_TYPES[package_type].old,
    }
    response = shop.client.get(path, params={**query, **parameters}, headers=VERSION_2)
    assert response.status_code == 200, response.text
    [found] = response.json()["data"].values()
    listed: list[Json] = found
    return listed


def shown(shop: Shop, asked: Asked) -> set[Pair]:
    """The delivery types to the door, each with every day on which it is shown."""
    days = places(shop, "/delivery_options", asked, deliverydays_window=WINDOW, **EVERY_DAY)
    found: set[Pair] = set()
    for day in days:
        for each in day["possibilities"]:
            number = DELIVERY_TYPES.number(each["type"])
            assert number is not None, each
            assert each["package_type"] == PACKAGE_TYPES[asked[3]].old
            found.add((number, day["date"]["date"][:10]))
    return found


def ordered(asked: Asked, number: int, moment: str, pickup: Json | None = None) -> Json:
    """A shipment with this delivery type for a moment, and with all that it needs besides."""
    carrier, home, cc, package_type = asked
    offer = table.offer(carrier, home, cc, package_type)
    needed = set() if offer is None else {o.name for o in offer.options.values() if o.required}
    if offer is not None and number in offer.deliveries:
        needed |= set(offer.deliveries[number].requires)
    made = shipment(
        cc,
        carrier,
        package_type,
        delivery_type=number,
        options=dict.fromkeys(sorted(needed), 1),
    )
    made["options"]["delivery_date"] = moment
    return made if pickup is None else {**made, "pickup": pickup}


def taken(shop: Shop, made: list[Json]) -> set[int]:
    """The places of those that a create finds nothing wrong with; one finding refuses them all."""
    response = shop.post_shipments(made, TYPE)
    if response.status_code == 200:
        return set(range(len(made)))
    assert response.status_code == 422, response.text
    wrong = {each.field.split("]")[0].rpartition("[")[2] for each in faults(response)}
    return {number for number in range(len(made)) if str(number) not in wrong}


def both_sides(shop: Shop, asked: Asked, day: date) -> None:
    """Hold what is shown from this day on against what a create takes on it."""
    shop.workspace.freeze(f"{day}T10:00:00+02:00")
    sender = shop.with_key(KEYS[asked[1]])
    door = shown(sender, asked)
    until = day + timedelta(days=WINDOW)
    wanted = [
        (number, str(day + timedelta(days=after)))
        for number in DELIVERY_TYPES
        if number != PICKUP
        for after in range(-1, WINDOW)
    ]
    made = [ordered(asked, number, f"{each} 00:00:00") for number, each in wanted]
    accepted = {wanted[place] for place in taken(sender, made)}
    assert accepted == {pair for pair in door if pair[1] < str(until)}

    points = places(sender, "/pickup_locations", asked, limit=3, **EVERY_DAY)
    collected = [
        ordered(asked, PICKUP, moment["moment"]["start"]["date"][:19], location(point))
        for point in points
        for moment in point["possibilities"]
    ]
    if collected:
        response = sender.post_shipments(collected, TYPE)
        assert response.status_code == 200, response.text
    offer = table.offer(*asked)
    can_be_collected = offer is not None and PICKUP in offer.deliveries
    assert bool(collected) is can_be_collected
    # Nor is there a delivery type that nobody named and that could not be had.
    if offer is not None:
        usual = {number for number, _ in door} | ({PICKUP} if collected else set())
        assert offer.default_delivery in usual


def location(point: Json) -> Json:
    """A place as a create names it."""
    names = ("location_name", "location_code", "retail_network_id")
    return {**point["address"], **{name: point["location"][name] for name in names}}


BOUNDED = settings(
    max_examples=50,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@BOUNDED
@given(asked=OFFERED, day=DAYS)
def test_what_is_offered_is_shown_and_taken_alike(shop: Shop, asked: Asked, day: date) -> None:
    both_sides(shop, asked, day)


@BOUNDED
@given(asked=ANYTHING, day=DAYS)
def test_of_anything_the_same_is_shown_and_taken(shop: Shop, asked: Asked, day: date) -> None:
    both_sides(shop, asked, day)


def _of_every_kind() -> list[Asked]:
    """One destination of each row."""
    found: dict[int, Asked] = {}
    for asked in _rows():
        found.setdefault(id(table.offer(*asked)), asked)
    return list(found.values())


@pytest.mark.parametrize("home", HOMES)
def test_every_row_of_the_table_is_shown_and_taken(shop: Shop, home: Home) -> None:
    for asked in _of_every_kind():
        if asked[1] == home:
            both_sides(shop, asked, date(2026, 3, 2))


@pytest.mark.parametrize("home", HOMES)
def test_every_option_that_is_shown_is_taken(shop: Shop, home: Home) -> None:
    sender = shop.with_key(KEYS[home])
    for asked in _of_every_kind():
        if asked[1] != home:
            continue
        made: list[Json] = []
        for day in places(sender, "/delivery_options", asked, deliverydays_window=1):
            for possibility in day["possibilities"]:
                moment = f"{day['date']['date'][:10]} 00:00:00"
                made += list(optional(asked, possibility, moment))
        if made:
            response = sender.post_shipments(made, TYPE)
            assert response.status_code == 200, response.text


def optional(asked: Asked, possibility: Json, moment: str) -> Iterator[Json]:
    """A shipment for each option of a possibility, with those that it cannot be without."""
    number = DELIVERY_TYPES.number(possibility["type"])
    offer = table.offer(*asked)
    assert number is not None
    assert offer is not None
    values = {each["name"]: each["schema"]["enum"] for each in possibility["shipment_options"]}
    always = {name for name, enum in values.items() if enum == [True]}
    for name in values:
        chosen = completed(offer, always | {name}, 0)
        one = ordered(asked, number, moment)
        one["options"] |= dict.fromkeys(sorted(chosen), 1)
        if "insurance" in offer.options[name].requires:
            assert offer.insurance is not None
            one["options"]["insurance"] = {"amount": offer.insurance.steps[0], "currency": "EUR"}
        yield one
