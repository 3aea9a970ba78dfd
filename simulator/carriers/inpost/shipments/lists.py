"""The shipments of an organization, filtered, sorted and paged as recorded."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from simulator.carriers.inpost.bodies import views
from simulator.carriers.inpost.records import SHIPMENTS, Shipment
from simulator.carriers.inpost.shipments.filters import FILTERS, Test, ids
from simulator.carriers.inpost.wire import credentials, ordering, paging
from simulator.core.answers import Answer
from simulator.engine.world import World

# Missing values come first, and the id decides between equals.
_KEYS = {
    "id": lambda shipment: shipment.id,
    "created_at": lambda shipment: (shipment.created_at, shipment.id),
    "tracking_number": lambda shipment: (shipment.tracking_number or "", shipment.id),
    "service": lambda shipment: (shipment.service or "", shipment.id),
    "status": lambda shipment: (shipment.status, shipment.id),
    "insurance_amount": lambda shipment: (shipment.insurance.amount or 0, shipment.id),
    "cod_amount": lambda shipment: (shipment.cod.amount or 0, shipment.id),
    "external_customer_id": lambda shipment: (shipment.external_customer_id or "", shipment.id),
}


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
    tests: list[Test] = []
    query: dict[str, str] = {}
    for name, reader in FILTERS.items():
        test = reader(given[name]) if given.get(name) else None
        if test is not None:
            tests.append(test)
            query[name] = given[name]
    wanted = ids(given["id"]) if given.get("id") else None
    if wanted is None:
        # Observed: the server adds the owner, but not to a list by id.
        query["owner_id"] = str(organization.owner_id)
        rows = world[SHIPMENTS].where("organization_id", organization.id)
        tests.append(_listed(world))
    else:
        query["id"] = given["id"]
        found = (world[SHIPMENTS].get(number) for number in sorted(wanted))
        rows = [row for row in found if row and row.organization_id == organization.id]
    rows = [row for row in rows if all(test(row) for test in tests)]
    by = sort_by if sort_by in _KEYS else str(world.quirk("inpost.default_sort"))
    ordered, effective = ordering.order(rows, _KEYS, by, sort_order)
    return paging.answer(
        world,
        f"/v1/organizations/{organization.id}/shipments",
        ordered,
        partial(views.shipment, world),
        query={**query, **effective},
        page=page,
        per_page=per_page,
        default_per_page=int(world.quirk("inpost.default_per_page")),
        whole_list=wanted is not None and bool(world.quirk("inpost.id_filter_ignores_paging")),
    )


def _listed(world: World) -> Test:
    """What the search index holds: nothing cancelled, and new shipments only after a while."""
    newest = world.now - timedelta(seconds=world.quirk("inpost.listing_lag"))
    hiding = world.quirk("inpost.hide_cancelled")

    def test(shipment: Shipment) -> bool:
        return shipment.created_at <= newest and not (hiding and shipment.status == "canceled")

    return test
