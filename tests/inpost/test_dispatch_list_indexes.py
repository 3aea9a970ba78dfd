"""The list of dispatch orders looks at few orders and finds what a look at each of them would."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.carriers import registry
from simulator.carriers.inpost.dispatch import filters
from simulator.carriers.inpost.records import (
    DISPATCH_ORDERS,
    ORGANIZATIONS,
    SHIPMENTS,
    Address,
    DispatchOrder,
    Peer,
    Shipment,
)
from simulator.core.clock import Clock, parse_instant
from simulator.core.tables import Table, narrowing
from simulator.engine.backends.memory import MemoryBackend
from simulator.engine.bounds import HubOptions
from simulator.engine.hub import Hub
from simulator.engine.world import World
from tests.support.server import START

NOW = parse_instant(START)
_CITIES = ("Warszawa", "Kraków", "Gdańsk")
_VALUES = {
    "id": ("1,3,5", "7", "x"),
    "created_at": ("2026-03-02T10:14:58+01:00",),
    "created_at_gteq": ("2026-03-02T10:14:57+01:00", "2020-01-01"),
    "created_at_lteq": ("2026-03-02T10:14:56.5+01:00",),
    "status": ("new,accepted", "rejected"),
    "address": ("PROSTA 1", "a"),
    "post_code": ("00-001",),
    "country_code": ("pl", "DE"),
    "city": ("KRAK", "a"),
    "shipment_id": ("3,4", "99"),
    "tracking_number": ("6003,6001",),
    "shipment_service": ("inpost_locker_standard",),
}
_asked = st.fixed_dictionaries(
    {}, optional={name: st.sampled_from(values) for name, values in _VALUES.items()}
)


def _order(number: int, seconds: int, kind: int, organization: int = 1) -> DispatchOrder:
    return DispatchOrder(
        id=number,
        organization_id=organization,
        status=("new", "accepted", "rejected")[kind % 3],
        address=Address(
            id=1,
            street=f"Prosta {kind % 5}",
            city=_CITIES[kind % 3],
            post_code=f"00-{kind:03d}",
            country_code="DE" if kind % 4 == 0 else "PL",
        ),
        shipment_ids=(number, number + 1),
        created_at=NOW - timedelta(seconds=seconds / 2),
        updated_at=NOW,
    )


_orders = st.builds(
    _order, st.integers(1, 12), st.integers(0, 12), st.integers(0, 11), st.sampled_from((1, 2))
)


def _world(shipments: int) -> World:
    hub = Hub(registry.load(("inpost",)), MemoryBackend(), HubOptions(clock=Clock.frozen(NOW)))
    nothing: Any = None
    world = hub.workspace("lists").open(nothing, NOW)
    for number in range(1, shipments + 2):
        shipment = Shipment(
            id=number,
            organization_id=1,
            status="confirmed",
            created_at=NOW,
            updated_at=NOW,
            service=("inpost_locker_standard", "inpost_courier_standard")[number // 3 % 2],
            sender=Peer(1),
            receiver=Peer(2),
            parcels=(),
            tracking_number=f"600{number}",
        )
        world[SHIPMENTS].put(shipment)
    return world


@pytest.fixture(autouse=True, params=["looked up", "kept", "left out"], scope="module")
def _as_if_large(request: pytest.FixtureRequest) -> Iterator[None]:
    """As if few orders were many, so that answers are kept, or all were few."""
    much, few = {"looked up": (200, 0), "kept": (1, 0), "left out": (200, 64)}[request.param]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(narrowing, "_MUCH", much)
        patch.setattr(narrowing, "_FEW", few)
        yield


@settings(max_examples=60)
@given(
    st.lists(_orders, max_size=12),
    st.lists(_orders, max_size=6),
    _asked,
    st.sampled_from([*filters.ORDERS, filters.BY_TRACKING_NUMBER]),
)
def test_a_list_is_what_a_look_at_every_order_finds(
    before: list[DispatchOrder], after: list[DispatchOrder], asked: dict[str, str], by: str
) -> None:
    world = _world(13)
    table, organization = world[DISPATCH_ORDERS], world[ORGANIZATIONS][1]
    _, wanted = filters.read(asked.items())
    for order in before:
        table.put(order)
    world.state.commit()
    filters.select(world, organization, wanted, by)
    for order in after:
        table.put(order)
    world.state.rollback()
    for order in after[::2]:
        table.put(order)

    found = list(filters.select(world, organization, wanted, by))

    passing = [
        each
        for each in table
        if each.organization_id == 1 and all(one.test(world, each) for one in wanted.values())
    ]
    assert sorted(each.id for each in found) == sorted(each.id for each in passing)
    if by in filters.ORDERS:
        assert found == filters.ORDERS[by].sort(passing, lambda each: each.id)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("id", "1000"),
        ("created_at", "2026-03-02T10:00:00+01:00"),
        ("created_at_lteq", "2026-03-02T10:10:00+01:00"),
        ("status", "new"),
        ("country_code", "pl"),
        ("post_code", "00-1999"),
        ("shipment_id", "1500"),
        ("tracking_number", "6001500"),
    ],
)
def test_a_filter_looks_at_what_it_selects(
    name: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = _world(2000)
    table, organization = world[DISPATCH_ORDERS], world[ORGANIZATIONS][1]
    for number in range(1, 2000):
        table.put(_order(number, number, number))
    monkeypatch.setattr(narrowing, "_MUCH", 200)
    _, wanted = filters.read([(name, text)])
    filters.select(world, organization, wanted, "id")
    touched: list[Any] = []

    def reading(self: Table[DispatchOrder], key: int) -> DispatchOrder:
        touched.append(key)
        return self._rows[key]

    def existing(self: Table[DispatchOrder], keys: Any) -> list[DispatchOrder]:
        return [reading(self, key) for key in keys if key in self]

    monkeypatch.setattr(Table, "__getitem__", reading)
    monkeypatch.setattr(Table, "existing", existing)

    page = filters.select(world, organization, wanted, "id")[-25:]

    assert page
    assert len(touched) < 300
