"""The parcel, the event and the cursor of the public article: they work as they stand (D1)."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from simulator.carriers.postplus.catalog.event_codes import CREATE_OR_UPDATE, EVENT_CODES
from simulator.carriers.postplus.catalog.services import label_size
from simulator.carriers.postplus.records import (
    EVENTS,
    FEED,
    FETCH_POSITIONS,
    PARCELS,
    PRINTS,
    AdditionalInfo,
    FeedEntry,
    FetchPosition,
    Item,
    Parcel,
    Party,
    Print,
    TrackingEvent,
)
from simulator.carriers.postplus.tracking import log
from simulator.carriers.postplus.wire.feed_keys import feed_key
from simulator.engine.world import World

FETCH_ID = "Cj7tmDjWkdoUyVmb8R8B77"
EVENT_ID = "WoxFW73f47o2d55PPHwzit"
TIME = datetime(2025, 1, 13, 1, 56, 27, tzinfo=UTC)
"""When the sample's event happened (documented)."""

PARCEL, PRINT = 90_000, 50_000
"""The ids of its parcel and the label: those before the first that a client makes."""

_NUMBER = "RR000000014LT"


def populate(world: World, account_id: int) -> None:
    """Put the sample into the world of an account; what it was made into before is replaced."""
    key = feed_key(account_id, log.SAMPLE_VERSION)
    event = TrackingEvent(
        id=log.SAMPLE_NUMBER,
        event_id=EVENT_ID,
        source=log.CARRIER_ITSELF,
        parcel_id=PARCEL,
        code=CREATE_OR_UPDATE,
        message=EVENT_CODES[CREATE_OR_UPDATE].message,
        location=log.RECEIVED_AT,
        time=TIME,
        entry=key,
    )
    parcel = world[PARCELS].put(_parcel(account_id))
    size = label_size(parcel.type, len(parcel.items))
    world[PRINTS].put(Print(PRINT, account_id, PARCEL, size))
    world[EVENTS].put(event)
    world[FEED].put(FeedEntry(key, event.id, event.code, event.message, event.location, event.time))
    world[FETCH_POSITIONS].put(FetchPosition(FETCH_ID, account_id, key))


def _parcel(account_id: int) -> Parcel:
    """The parcel is ours: the article tells nothing of it."""
    item = Item("Linen towel", "TOWEL-01", "630260", 1, Decimal("12.50"), Decimal("0.3"))
    return Parcel(
        id=PARCEL,
        account_id=account_id,
        parcel_nr=_NUMBER,
        reserved_nr=_NUMBER,
        sender_parcel_nr="SAMPLE-1",
        carrier_parcel_nr=_NUMBER,
        print_id=PRINT,
        type="Registered",
        currency="EUR",
        gross_weight=Decimal("0.35"),
        items=(item,),
        receiver=Party(
            name="Aino Laine",
            phone="+358401234567",
            email="aino@example.test",
            address="Mannerheimintie 5",
            zip_code="00100",
            city="Helsinki",
            country_code="FI",
        ),
        info=AdditionalInfo(service_code="LTPO"),
        created_on=TIME,
        updated_on=TIME,
    )
