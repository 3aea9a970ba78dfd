"""``GET /delivery_options``: when a parcel can come, and where it can be collected.

MyParcel: document of 2017, section 8. Needs no credentials.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from simulator.carriers.myparcel.bodies import query_patterns
from simulator.carriers.myparcel.delivery import pickups, serving
from simulator.carriers.myparcel.delivery import views as delivery_views
from simulator.carriers.myparcel.delivery.days import can_arrive, first_dates
from simulator.carriers.myparcel.delivery.offers import slots
from simulator.carriers.myparcel.delivery.query import MISSING, DeliveryQuery, read
from simulator.carriers.myparcel.offers import names
from simulator.carriers.myparcel.rules import outages
from simulator.carriers.myparcel.wire import edition, errors, media, moments, paging
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.core.answers import Answer, Refusal
from simulator.engine.world import World

# Documented (in the Dutch twin of 2017), with its code.
_DOWN = Fault(9, "Number of requests exceed the maximum of 0.25 requests/second")


def get_delivery_options(world: World) -> Answer:
    """The delivery days and the pickup points for an address.

    Raises 422 for parameters that are missing or wrong, and 503 while the quirk
    ``myparcel.delivery_options_down`` is on, 500 while the carrier does not answer.
    """
    media.json_only(world)
    query = question(world, joined=edition.of(world).questions.missing_code)
    failing = outages.failing(world, query.courier, edition.of(world).name)
    if failing is not None:
        raise _failure(world, failing)
    days, types = days_for(world, query), serving.types(world, query)
    spoken = edition.of(world)
    if wants_version_2(world):
        return media.json(
            {
                "deliveries": [
                    delivery_views.version_2_day(
                        day,
                        slots(world, query, day, "avond", types),
                        names.PACKAGE_TYPES[query.package_type].old,
                    )
                    for day in days
                ]
            }
        )
    evening = spoken.evening or world.quirk("myparcel.evening_comment")
    delivery = [delivery_views.day(day, slots(world, query, day, evening, types)) for day in days]
    pickup = [
        delivery_views.pickup(
            offer, world.quirk("myparcel.saturday_key"), texts=spoken.coordinate_texts
        )
        for day in days[:1]
        for offer in pickups.of_day(world, query, day)
    ]
    nothing = {} if delivery or pickup else {"message": "No results"}
    return media.json({"delivery": delivery, "pickup": pickup, **nothing})


def _failure(world: World, carrier: str) -> Refusal:
    """500, since the carrier does not answer."""
    reason = outages.reason(carrier)
    if edition.of(world).delivery_errors == "own":
        return errors.no_delivery_options(500, [Fault(0, f"{carrier} API call failed")], reason)
    return errors.no_carrier(carrier, reason)


def question(world: World, joined: int | None = None) -> DeliveryQuery:
    """What the request asks; `joined` is the code of one error that tells all that is missing.

    Raises 422 for what is wrong with it, 503 when nobody answers.
    """
    if world.quirk("myparcel.delivery_options_down"):
        raise refusal(world, 503, [_DOWN])
    faults: list[Fault] = []
    query = read(world, faults)
    query_patterns.check(world, paging.given(world), faults)
    if faults:
        raise refusal(world, 422, faults if joined is None else _joined(faults, joined))
    return query


def _joined(faults: Sequence[Fault], code: int) -> list[Fault]:
    missing = [fault.human for fault in faults if _is_missing(fault)]
    others = [fault for fault in faults if not _is_missing(fault)]
    return [*([Fault(code, ". ".join(missing))] if missing else ()), *others]


def _is_missing(fault: Fault) -> bool:
    return fault.code == MISSING and fault.human.endswith("is required")


def days_for(world: World, query: DeliveryQuery) -> list[date]:
    """The delivery days that a question is answered with, none where the carrier does not go."""
    now = world.now.astimezone(moments.AMSTERDAM)
    if not serving.served(world, query):
        return []
    if query.day is not None:
        return [query.day] if can_arrive(now, query.plan, query.day) else []
    return first_dates(now, query.plan, query.window)


def wants_version_2(world: World) -> bool:
    """Whether the client asks for the second version of the Dutch twin's answers."""
    later = any(version.startswith("2") for version in media.versions(world.request))
    return later and edition.of(world).delivery_versions


def refusal(world: World, status: int, faults: Sequence[Fault]) -> Refusal:
    """In the shape that the edition has for it."""
    if edition.of(world).delivery_errors == "own":
        return errors.no_delivery_options(status, faults)
    return errors.refuse(status, faults[0].human, faults)
