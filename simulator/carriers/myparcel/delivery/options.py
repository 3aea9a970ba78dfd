"""``GET /delivery_options``: when a parcel can come, and where it can be collected.

MyParcel: document of 2017, section 8. Needs no credentials.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from simulator.carriers.myparcel.delivery import views as delivery_views
from simulator.carriers.myparcel.delivery.days import can_arrive, first_dates
from simulator.carriers.myparcel.delivery.offers import pickups, served, slots
from simulator.carriers.myparcel.delivery.query import DeliveryQuery, read
from simulator.carriers.myparcel.wire import dialect, errors, media, moments
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.core.answers import Answer, Refusal
from simulator.engine.world import World

# Documented (in the Dutch twin of 2017), with its code.
_DOWN = Fault(9, "Number of requests exceed the maximum of 0.25 requests/second")


def get_delivery_options(world: World) -> Answer:
    """The delivery days and the pickup points for an address.

    Raises 422 for parameters that are missing or wrong, and 503 while the quirk
    ``myparcel.delivery_options_down`` is on.
    """
    media.json_only(world)
    query = question(world)
    days = days_for(world, query)
    spoken = dialect.of(world)
    if wants_version_2(world):
        return media.json(
            {
                "deliveries": [
                    delivery_views.version_2_day(day, slots(world, query, day, "avond"))
                    for day in days
                ]
            }
        )
    evening = "avond" if spoken == "nl" else world.quirk("myparcel.evening_comment")
    delivery = [delivery_views.day(day, slots(world, query, day, evening)) for day in days]
    pickup = [
        delivery_views.pickup(offer, spoken, world.quirk("myparcel.saturday_key"))
        for day in days[:1]
        for offer in pickups(query, day)
    ]
    nothing = {} if delivery or pickup else {"message": "No results"}
    return media.json({"delivery": delivery, "pickup": pickup, **nothing})


def question(world: World) -> DeliveryQuery:
    """What the request asks; raises 422 for what is wrong with it, 503 when nobody answers."""
    if world.quirk("myparcel.delivery_options_down"):
        raise refusal(world, 503, [_DOWN])
    faults: list[Fault] = []
    query = read(world, faults)
    if faults:
        raise refusal(world, 422, faults)
    return query


def days_for(world: World, query: DeliveryQuery) -> list[date]:
    """The delivery days that a question is answered with, none where the carrier does not go."""
    now = world.now.astimezone(moments.AMSTERDAM)
    if not served(query):
        return []
    if query.day is not None:
        return [query.day] if can_arrive(now, query.plan, query.day) else []
    return first_dates(now, query.plan, query.window)


def wants_version_2(world: World) -> bool:
    """Whether the client asks for the second version of the Dutch twin's answers."""
    later = any(version.startswith("2") for version in media.versions(world.request))
    return later and dialect.of(world) == "nl"


def refusal(world: World, status: int, faults: Sequence[Fault]) -> Refusal:
    """In the document's own shape; the second version has its errors as everything else does."""
    if world.quirk("myparcel.error_profile") == "2017" and not wants_version_2(world):
        return errors.no_delivery_options(status, faults)
    return errors.refuse(status, faults[0].human, faults)
