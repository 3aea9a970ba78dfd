"""The list of shipments finds by its indexes what a look at every shipment would."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from simulator.carriers import registry
from simulator.carriers.myparcel.records import SHIPMENTS, SHOPS, Shipment
from simulator.carriers.myparcel.shipments.search import attribute_filters, filters, orders
from simulator.core.clock import Clock, parse_instant
from simulator.core.tables import narrowing
from simulator.engine.backends.memory import MemoryBackend
from simulator.engine.bounds import HubOptions
from simulator.engine.hub import Hub
from simulator.engine.world import World
from tests.support.server import START

NOW = parse_instant(START)
_VALUES = {
    "q": ("PIET", "piet 3", "3SMY", "2132wt", "eur", "1", "2026-03-02 10:14", "nobody"),
    "status": ("1", "2;7"),
    "from": ("2026-03-02 10:14:57", "2020-01-01"),
    "to": ("2026-03-02 10:14:58", "2026-03-02"),
    "dropoff_today": ("1",),
    "barcode": ("3SMY3;3SMY4",),
    "reference_identifier": ("R1", "R1;R2"),
    "region": ("noord-holland", "NL"),
    "hidden": ("0", "1"),
    "delivered": ("1",),
    "transaction_status": ("paid", "unpaid;pending"),
    "package_type": ("1",),
    "created": ("2026-03-02 10:14:55",),
}
_asked = st.fixed_dictionaries(
    {}, optional={name: st.sampled_from(values) for name, values in _VALUES.items()}
)


def _shipment(number: int, seconds: int, kind: int, shop: int) -> Shipment:
    return Shipment(
        id=number,
        account_id=1,
        shop_id=shop,
        shipment_type=1,
        carrier=1,
        recipient={"person": f"Piet {kind}", "postal_code": "2132WT", "region": "Noord-Holland"},
        sender={"person": "Shop", "cc": "NL"},
        options={"package_type": 1 + kind % 2, "delivery_date": "2026-03-03 00:00:00"},
        price=495,
        region="NL",
        created=NOW - timedelta(seconds=seconds / 2),
        modified=NOW,
        status=(1, 2, 3, 7)[kind % 4],
        barcode=None if kind % 2 else f"3SMY{kind}",
        reference_identifier=f"R{kind % 3}",
        payment_hash=None if kind % 3 else "abc",
        paid=bool(kind % 2),
        hidden=kind % 5 == 0,
    )


@pytest.fixture(autouse=True, params=["looked up", "kept", "left out"], scope="module")
def _as_if_large(request: pytest.FixtureRequest) -> Iterator[None]:
    """As if few shipments were many, so that answers are kept, or all were few."""
    much, few = {"looked up": (200, 0), "kept": (1, 0), "left out": (200, 64)}[request.param]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(narrowing, "_MUCH", much)
        patch.setattr(narrowing, "_FEW", few)
        yield


def _world() -> World:
    hub = Hub(registry.load(("myparcel",)), MemoryBackend(), HubOptions(clock=Clock.frozen(NOW)))
    nothing: Any = None
    return hub.workspace("lists").open(nothing, NOW)


@settings(max_examples=60, deadline=None)
@given(st.data(), _asked, st.sampled_from(sorted(orders.FIELDS)), st.booleans())
def test_a_list_is_what_a_look_at_every_shipment_finds(
    data: Any, asked: dict[str, str], field: str, descending: bool
) -> None:
    world = _world()
    table = world[SHIPMENTS]
    shop, other = [*world[SHOPS]][:2]
    shipments = st.lists(
        st.builds(
            _shipment,
            st.integers(1, 12),
            st.integers(0, 12),
            st.integers(0, 11),
            st.sampled_from((shop.id, other.id)),
        ),
        max_size=12,
    )
    before, after = data.draw(shipments), data.draw(shipments)
    faults: list[Any] = []
    later = attribute_filters.FILTERS
    read = filters.read(asked, NOW.date(), (1, 2, 3, 7), faults, later)
    assert not faults
    for shipment in before:
        table.put(shipment)
    world.state.commit()
    orders.found(world, shop, read, field, descending)
    for shipment in after:
        table.put(shipment)
    world.state.rollback()
    for shipment in after[::2]:
        table.put(replace(shipment, status=3))

    found = list(orders.found(world, shop, read, field, descending))

    passing = [
        each
        for each in table
        if each.shop_id == shop.id and all(filter.test(each) for filter in read)
    ]
    assert found == orders.sort(passing, field, descending)
