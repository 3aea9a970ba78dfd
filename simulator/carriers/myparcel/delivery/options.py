"""``GET /delivery_options``: when a parcel can come, and where it can be collected.

MyParcel: document of 2017, section 8. Needs no credentials.
"""

from __future__ import annotations

from collections.abc import Sequence

from simulator.carriers.myparcel.bodies import query_patterns
from simulator.carriers.myparcel.delivery import doors
from simulator.carriers.myparcel.delivery import views as delivery_views
from simulator.carriers.myparcel.delivery.query import MISSING, DeliveryQuery, read
from simulator.carriers.myparcel.offers import names
from simulator.carriers.myparcel.rules import outages
from simulator.carriers.myparcel.wire import edition, errors, media, paging
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.core.answers import Answer, Refusal
from simulator.engine.world import World

# Documented (in the Dutch twin of 2017), with its code.
DOWN = Fault(9, "Number of requests exceed the maximum of 0.25 requests/second")


def get_delivery_options(world: World) -> Answer:
    """The delivery days and the pickup points for an address.

    Raises 422 for parameters that are missing or wrong, and 503 while the quirk
    ``myparcel.delivery_options_down`` is on, 500 while the carrier does not answer.
    """
    media.json_only(world)
    query = question(world, joined=edition.of(world).questions.missing_code)
    failing = outages.failing(world, query.courier, edition.of(world).name)
    if failing is not None:
        raise outages.refusal(world, failing, outages.reason(failing))
    spoken, found = edition.of(world), doors.terms(world, query)
    evening = spoken.evening or world.quirk("myparcel.evening_comment")
    days = doors.at_the_door(world, query, found, evening)
    if wants_version_2(world):
        if not days:
            doors.tell_nothing(world, query, found)
        named = names.PACKAGE_TYPES[query.package_type].old
        return media.json(
            {
                "deliveries": [
                    delivery_views.version_2_day(day, slots, found, named) for day, slots in days
                ]
            }
        )
    delivery = [delivery_views.day(day, slots) for day, slots in days]
    pickup = [
        delivery_views.pickup(
            offer, world.quirk("myparcel.saturday_key"), texts=spoken.coordinate_texts
        )
        for offer in doors.to_collect(world, query, found)
    ]
    if delivery or pickup:
        return media.json({"delivery": delivery, "pickup": pickup})
    doors.tell_nothing(world, query, found)
    return media.json({"delivery": [], "pickup": [], "message": "No results"})


def question(world: World, joined: int | None = None) -> DeliveryQuery:
    """What the request asks; `joined` is the code of one error that tells all that is missing.

    Raises 422 for what is wrong with it, 503 when nobody answers.
    """
    if world.quirk("myparcel.delivery_options_down"):
        raise refusal(world, 503, [DOWN])
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


def wants_version_2(world: World) -> bool:
    """Whether the client asks for the second version of the Dutch twin's answers."""
    later = any(version.startswith("2") for version in media.versions(world.request))
    return later and edition.of(world).delivery_versions


def refusal(world: World, status: int, faults: Sequence[Fault]) -> Refusal:
    """In the shape that the edition has for it."""
    if edition.of(world).delivery_errors == "own":
        return errors.no_delivery_options(status, faults)
    return errors.refuse(status, faults[0].human, faults)
