"""Reading shipments and deleting those that are still concepts."""

from __future__ import annotations

from functools import cache, partial
from typing import Any

from simulator.carriers.myparcel.bodies import query_patterns, views
from simulator.carriers.myparcel.bodies.whole import Links
from simulator.carriers.myparcel.catalog.lifecycle import CONCEPT, STATUSES
from simulator.carriers.myparcel.csv_files import export as csv_export
from simulator.carriers.myparcel.editions.edition import Edition
from simulator.carriers.myparcel.records import Shipment, Shop
from simulator.carriers.myparcel.shipments import colli
from simulator.carriers.myparcel.shipments.search import attribute_filters, filters, orders
from simulator.carriers.myparcel.shipments.search.attribute_filters import Filter
from simulator.carriers.myparcel.wire import (
    credentials,
    edition,
    errors,
    media,
    moments,
    paging,
    parsing,
)
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.carriers.myparcel.wire.paging import Query
from simulator.core.answers import Answer, Refusal
from simulator.engine.world import World

_RECORDED_RESULTS = 5000
_LAST_OF_THE_PATTERN = 99
_OFFERED = ("application/json", csv_export.MEDIA_TYPE)


def list_shipments(world: World) -> Answer:
    """One page of the shop's shipments that pass every filter, as JSON or as CSV.

    By ascending id; what is searched comes newest first unless the query says otherwise (recorded).
    Raises 406 when neither is accepted, 422 with the code of every parameter that cannot be taken.
    """
    shop = credentials.shop(world)
    kind = media.negotiate(world, _OFFERED)
    query, asked, links = _asked(world)
    searching = "q" in paging.given(world)
    newest_first = searching and query.sort is None and query.descending is None
    rows = orders.found(world, shop, asked, query.sort or "id", newest_first or query.descending)
    results = len(rows)
    if not searching and world.quirk("myparcel.list_results") == "recorded":
        results = _RECORDED_RESULTS
    nested = searching and bool(world.quirk("myparcel.search_results"))
    return _answer(world, kind, [*query.cut(rows)], query.page, results, links, nested)


def _asked(world: World) -> tuple[Query, list[Filter], Links]:
    """How the list is cut and sorted, what its shipments have to pass, and the pages asked for."""
    given = paging.given(world)
    answering = edition.of(world)
    faults: list[Fault] = []
    query = paging.read(world, (*orders.FIELDS, *answering.sorts), faults)
    today, statuses = moments.today(world), _statuses(world)
    asked = filters.read(given, today, statuses, faults, answering.filters)
    query_patterns.check(world, given, faults)
    links = attribute_filters.links(given, answering.links, faults)
    paging.refuse(faults)
    return query, asked, links


def _statuses(world: World) -> tuple[int, ...]:
    last = _LAST_OF_THE_PATTERN if world.quirk("myparcel.statuses") == "pattern" else max(STATUSES)
    return _known_to(edition.of(world).statuses, last)


@cache
def _known_to(known: frozenset[int], last: int) -> tuple[int, ...]:
    """The statuses of an edition up to the last one, in the order of the document."""
    return tuple(status for status in STATUSES if status in known and status <= last)


def get_shipments(world: World, ids: str) -> Answer:
    """All shipments of these ids that pass every filter; unknown ones are left out (recorded).

    They come in the order of the ids unless the query names another one, and on one page. Raises
    406 as lists do, 422/3210 for what is no id.
    """
    shop = credentials.shop(world)
    kind = media.negotiate(world, _OFFERED)
    _check_ids(ids)
    query, asked, links = _asked(world)
    named = (credentials.shipment_of(world, shop, id) for id in parsing.ids(ids))
    for number in parsing.ids(ids):
        world.note_held(shipment_id=number)
        whose = credentials.of_another(world, shop, number)
        if whose:
            world.note(f"{whose}: it is left out")
    found = [row for row in named if row is not None and all(each.test(row) for each in asked)]
    if query.sort is not None or query.descending is not None:
        found = orders.sort(found, query.sort or "id", query.descending)
    return _answer(world, kind, found, 1, len(found), links)


def _check_ids(path: str) -> None:
    for part in parsing.parts(path) or [path]:
        if not (part.isascii() and part.isdecimal()):
            raise errors.parameter(3210, f"id is required to be a number, not {part[:50]}")


def _answer(
    world: World,
    kind: str,
    rows: list[Shipment],
    page: int,
    results: int,
    links: Links,
    search_results: bool = False,
) -> Answer:
    if kind == csv_export.MEDIA_TYPE:
        more = results > len(rows)
        if more:
            world.note(f"the file holds page {page}, {len(rows)} of {results} shipments")
        return csv_export.answer(rows, page if more else None)
    reader = edition.reader(world)
    listed = {
        "shipments": [_shown(world, row, reader, links) for row in rows],
        "page": page,
        "size": len(rows),
        "results": results,
    }
    return media.json({"search_results": listed, **listed} if search_results else listed)


def _shown(world: World, row: Shipment, reader: Edition | None, links: Links) -> Any:
    show = partial(views.shipment, world, row, reader, links)
    # What else it shows, its colli, changes without it; few ask for pages.
    return show() if row.secondary_ids or links else world.encoded(row, show, beside=reader)


def delete_shipments(world: World, ids: str) -> Answer:
    """Delete concepts, all of them or none; 201 without a body (documented and recorded).

    A main shipment takes its colli with it. Raises 422/3723 when one of them is unknown, somebody
    else's or no concept any more.
    """
    shop = credentials.shop(world)
    named = [_concept(world, shop, part) for part in parsing.parts(ids)]
    if not named:
        raise _undeletable("no shipment is named")
    further = [_concept(world, shop, str(id)) for main in named for id in main.secondary_ids]
    for concept in {row.id: row for row in (*named, *further)}.values():
        colli.delete(world, concept)
    status = world.quirk("myparcel.delete_status")
    if (edition.of(world).delete_status if status == "auto" else status) == 204:
        return Answer(204, empty=True)
    return Answer(201, headers={"Content-Type": "application/json"}, empty=True)


def _concept(world: World, shop: Shop, part: str) -> Shipment:
    shipment = credentials.shipment_of(world, shop, part)
    if shipment is None:
        whose = credentials.of_another(world, shop, part)
        raise _undeletable(f"there is no shipment {part[:50]}", whose)
    if shipment.status != CONCEPT:
        raise _undeletable(f"shipment {shipment.id} has status {shipment.status}, not 1 (concept)")
    return shipment


def _undeletable(why: str, reason: str = "") -> Refusal:
    """422/3723; `reason` is what only the journal says."""
    fault = Fault(3723, f"cannot delete shipment: {why}")
    return errors.refuse(422, "cannot delete shipment", [fault], reason=reason)
