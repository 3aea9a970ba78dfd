"""The shipments of an organization, filtered, sorted and paged as recorded."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from simulator.carriers.inpost.bodies import views
from simulator.carriers.inpost.records import SHIPMENTS
from simulator.carriers.inpost.shipments import orders
from simulator.carriers.inpost.shipments.filters import FILTERS, Filter, ids, until
from simulator.carriers.inpost.wire import credentials, ordering, paging
from simulator.core.answers import Answer
from simulator.engine.world import World


def list_shipments(
    world: World,
    organization_id: str,
    page: str | None,
    per_page: str | None,
    sort_by: str | None,
    sort_order: str | None,
) -> Answer:
    """One page of the shipments that pass every filter of the query.

    Filters that are unknown or make no sense are dropped and are missing from the echoed query.
    Cancelled and very new shipments are found by the `id` filter only, as quirks say.
    """
    organization = credentials.organization(world, organization_id)
    given = dict(world.request.query)
    filters: list[Filter] = []
    query: dict[str, str] = {}
    for name, reader in FILTERS.items():
        read = reader(given[name]) if given.get(name) else None
        if read is not None:
            filters.append(read._replace(asked=(name, given[name])))
            query[name] = given[name]
    wanted = ids(given["id"]) if given.get("id") else None
    known = sort_by is not None and sort_by in orders.ORDERS
    by = str(sort_by if known else world.quirk("inpost.default_sort"))
    direction = ordering.direction(sort_order)
    if wanted is None:
        # Observed: the server adds the owner, but not to a list by id.
        query["owner_id"] = str(organization.owner_id)
        rows = orders.found(world, organization, [*filters, *_listed(world)], by)
    else:
        query["id"] = given["id"]
        named = world[SHIPMENTS].existing(sorted(wanted))
        own = [row for row in named if row.organization_id == organization.id]
        passing = [row for row in own if all(each.test(row) for each in filters)]
        rows = orders.ordered(passing, by)
    return paging.answer(
        world,
        f"/v1/organizations/{organization.id}/shipments",
        ordering.directed(rows, direction),
        partial(views.shipment, world),
        query={**query, "sort_by": by, "sort_order": direction},
        page=page,
        per_page=per_page,
        default_per_page=int(world.quirk("inpost.default_per_page")),
        whole_list=wanted is not None and bool(world.quirk("inpost.id_filter_ignores_paging")),
    )


def _listed(world: World) -> list[Filter]:
    """What the search index holds: nothing cancelled, and new shipments only after a while."""
    listed = [until(world.now - timedelta(seconds=world.quirk("inpost.listing_lag")))]
    if world.quirk("inpost.hide_cancelled"):
        not_cancelled = Filter(
            lambda shipment: shipment.status != "canceled", grouped=True, asked=("cancelled", "no")
        )
        listed.append(not_cancelled)
    return listed
