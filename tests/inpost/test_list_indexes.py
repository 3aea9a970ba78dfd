"""The shipment list looks at few shipments and finds what a look at every one of them would."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from simulator.carriers import registry
from simulator.carriers.inpost.records import ORGANIZATIONS, SHIPMENTS, Money, Peer, Shipment
from simulator.carriers.inpost.shipments import orders
from simulator.carriers.inpost.shipments.filters import FILTERS
from simulator.core.clock import Clock, parse_instant
from simulator.core.tables import Table, narrowing
from simulator.engine.backends.memory import MemoryBackend
from simulator.engine.bounds import HubOptions
from simulator.engine.hub import Hub
from simulator.engine.world import World
from tests.support.server import START

NOW = parse_instant(START)
_STATUSES = ("created", "confirmed", "delivered", "canceled")
_VALUES = {
    "status": ("confirmed,delivered", "created", "none"),
    "service": ("inpost_locker_standard",),
    "monitoring": ("true",),
    "sending_method": ("parcel_locker,dispatch_order",),
    "tracking_number": ("6001", "6"),
    "tracking_number_cont": ("00", "9"),
    "external_customer_id": ("c1",),
    "receiver_name": ("ADAM", "adam 1"),
    "receiver_email": ("@",),
    "cod_amount_gteq": ("0", "1"),
    "cod_amount_lteq": ("1",),
    "insurance_amount_gteq": ("0.5",),
    "created_at": ("2026-03-02T10:14:58+01:00",),
    "created_at_gteq": ("2026-03-02T10:14:57+01:00", "2020-01-01"),
    "created_at_lteq": ("2026-03-02T10:14:56.5+01:00",),
}
_asked = st.fixed_dictionaries(
    {}, optional={name: st.sampled_from(values) for name, values in _VALUES.items()}
)


def _shipment(number: int, seconds: int, kind: int, organization: int = 1) -> Shipment:
    return Shipment(
        id=number,
        organization_id=organization,
        status=_STATUSES[kind % 4],
        created_at=NOW - timedelta(seconds=seconds / 2),
        updated_at=NOW,
        service=(None, "inpost_locker_standard", "inpost_courier_standard")[kind % 3],
        sender=Peer(1, name="Sender"),
        receiver=Peer(2, name=f"Adam {kind}", email=f"a{kind}@example.com"),
        parcels=(),
        tracking_number=None if kind % 2 else f"600{kind}",
        external_customer_id=f"c{kind % 3}",
        sending_method=(None, "parcel_locker", "dispatch_order")[kind % 3],
        cod=Money() if kind % 3 else Money(kind * 50, "PLN"),
        insurance=Money() if kind % 2 else Money(kind * 50, "PLN"),
    )


_shipments = st.builds(
    _shipment, st.integers(1, 12), st.integers(0, 12), st.integers(0, 11), st.sampled_from((1, 2))
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
    hub = Hub(registry.load(("inpost",)), MemoryBackend(), HubOptions(clock=Clock.frozen(NOW)))
    workspace = hub.workspace("lists")
    return workspace.open(_NOTHING, NOW)


_NOTHING: Any = None


@settings(max_examples=60, deadline=None)
@given(
    st.lists(_shipments, max_size=15),
    st.lists(_shipments, max_size=6),
    _asked,
    st.sampled_from(sorted(orders.ORDERS)),
)
def test_a_list_is_what_a_look_at_every_shipment_finds(
    before: list[Shipment], after: list[Shipment], asked: dict[str, str], by: str
) -> None:
    world = _world()
    table, organization = world[SHIPMENTS], world[ORGANIZATIONS][1]
    given_ones = ((name, text, FILTERS[name](text)) for name, text in asked.items())
    read = [each._replace(asked=(name, text)) for name, text, each in given_ones if each]
    for shipment in before:
        table.put(shipment)
    world.state.commit()
    orders.found(world, organization, read, by)
    for shipment in after:
        table.put(shipment)
    world.state.rollback()
    for shipment in after[::2]:
        table.put(replace(shipment, status="delivered"))

    found = list(orders.found(world, organization, read, by))

    passing = [
        each
        for each in table
        if each.organization_id == 1 and all(filter.test(each) for filter in read)
    ]
    assert found == orders.ordered(passing, by)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("status", "delivered,confirmed"),
        ("service", "inpost_locker_standard"),
        ("monitoring", "true"),
        ("created_at_gteq", "2020-01-01"),
        ("created_at_gteq", "2026-03-02T10:14:58+01:00"),
        ("tracking_number", "6004"),
        ("receiver_email", "a4444@"),
        ("cod_amount_gteq", "2200"),
    ],
)
def test_a_filter_that_selects_looks_at_what_it_selects(
    name: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = _world()
    table, organization = world[SHIPMENTS], world[ORGANIZATIONS][1]
    for number in range(5000):
        table.put(_shipment(number, number, number))
    read = FILTERS[name](text)
    assert read is not None
    orders.found(world, organization, [read], "id")
    touched: list[Any] = []

    def reading(self: Table[Shipment], key: int) -> Shipment:
        touched.append(key)
        return self._rows[key]

    monkeypatch.setattr(Table, "__getitem__", reading)

    page = orders.found(world, organization, [read], "id")[-25:]

    assert page
    assert len(touched) < 400
