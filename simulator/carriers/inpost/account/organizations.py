"""Organizations, their figures and their users."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from simulator.carriers.inpost.bodies import views
from simulator.carriers.inpost.records import (
    DISPATCH_ORDERS,
    ORGANIZATIONS,
    SHIPMENTS,
    USERS,
    DispatchOrder,
    Organization,
    Peer,
    Shipment,
    Token,
    User,
)
from simulator.carriers.inpost.wire import credentials, links, moments, paging
from simulator.core.answers import Answer
from simulator.core.tables import GroupSums, Sums
from simulator.engine.world import World

_ORGANIZATION_KEYS: Mapping[str, Callable[[Organization], Any]] = {
    "id": lambda row: row.id,
    "name": lambda row: (row.name.casefold(), row.id),
    "created_at": lambda row: (row.created_at, row.id),
}

_USER_KEYS: Mapping[str, Callable[[User], Any]] = {
    "id": lambda row: row.id,
    "email": lambda row: (row.email.casefold(), row.id),
    "phone": lambda row: (row.phone, row.id),
    "full_name": lambda row: (_full_name(row).casefold(), row.id),
    "created_at": lambda row: (row.created_at, row.id),
}


def list_organizations(
    world: World,
    page: str | None = None,
    per_page: str | None = None,
    sort_by: str | None = None,
    sort_order: str | None = None,
) -> Answer:
    """``GET /v1/organizations``: the organizations that the token opens."""
    return paging.ordered(
        world,
        "/v1/organizations",
        _of_token(world),
        _view,
        _ORGANIZATION_KEYS,
        page=page,
        per_page=per_page,
        sort_by=sort_by,
        sort_order=sort_order,
    )


def get_organization(world: World, organization_id: str) -> Answer:
    """``GET /v1/organizations/:org``; with ``inpost.own_organization_for_any_id`` the token's own
    organization, whatever the id."""
    if world.quirk("inpost.own_organization_for_any_id"):
        for own in _of_token(world):
            return Answer(body=_view(world, own))
    return Answer(body=_view(world, credentials.organization(world, organization_id)))


def get_statistics(world: World, organization_id: str) -> Answer:
    """``GET /v1/organizations/:org/statistics``: counts and sums, as of now.

    The path is observed, the body is ours: the carrier describes none.
    """
    organization = credentials.organization(world, organization_id)
    shipments = _own(world[SHIPMENTS].follower(_SHIPMENTS), organization)
    orders = _own(world[DISPATCH_ORDERS].follower(_ORDERS), organization)
    count, cod, insurance, paid = (
        sum(column) for column in zip(_NONE, *shipments.values(), strict=True)
    )
    body = {
        "href": links.resource(world, f"/v1/organizations/{organization.id}/statistics"),
        "organization_id": views.ident(world)(organization.id),
        "shipments": {
            "total": count,
            "by_status": _counts((status, sums[0]) for (status, _), sums in shipments.items()),
            "by_service": _counts((service, sums[0]) for (_, service), sums in shipments.items()),
            "cod_amount": cod / 100,
            "insurance_amount": insurance / 100,
            "paid_amount": paid / 100,
            "currency": "PLN",
        },
        "dispatch_orders": {
            "total": sum(count for (count,) in orders.values()),
            "by_status": _counts((status, count) for (status,), (count,) in orders.items()),
        },
    }
    return Answer(body=body)


def list_users(
    world: World,
    organization_id: str,
    q: str | None = None,
    page: str | None = None,
    per_page: str | None = None,
    sort_by: str | None = None,
    sort_order: str | None = None,
) -> Answer:
    """``GET /v1/organizations/:org/users``; `q` is a part of the e-mail or of the full name."""
    organization = credentials.organization(world, organization_id)
    part = (q or "").casefold()
    found = [
        user
        for user in world[USERS].where("organization_id", organization.id)
        if part in user.email.casefold() or part in _full_name(user).casefold()
    ]
    return paging.ordered(
        world,
        f"/v1/organizations/{organization.id}/users",
        found,
        _user_view,
        _USER_KEYS,
        page=page,
        per_page=per_page,
        sort_by=sort_by,
        sort_order=sort_order,
        query={"q": q} if q else None,
    )


def _of_token(world: World) -> list[Organization]:
    token: Token = world.caller
    return world[ORGANIZATIONS].existing(token.organization_ids)


def _own(sums: GroupSums[Any], organization: Organization) -> dict[tuple[Any, ...], list[int]]:
    """The organization's sums, by what else makes their groups."""
    return {
        tuple(rest): each
        for (owner, *rest), each in sums.groups.items()
        if owner == organization.id
    }


def _counts(counted: Iterable[tuple[str | None, int]]) -> dict[str, int]:
    counts = Counter[str]()
    for name, count in counted:
        if name is not None:
            counts[name] += count
    return dict(sorted(counts.items()))


def _paid(shipment: Shipment) -> int:
    """What was paid for the shipment, in grosze."""
    return sum(offer.price for offer in shipment.offers if offer.status == "bought")


_SHIPMENTS = Sums[Shipment](
    lambda shipment: (shipment.organization_id, shipment.status, shipment.service),
    lambda shipment: (shipment.cod.amount or 0, shipment.insurance.amount or 0, _paid(shipment)),
)
"""How many there are, and their COD amounts, insurance amounts and prices."""

_NONE = (0, 0, 0, 0)

_ORDERS = Sums[DispatchOrder](lambda order: (order.organization_id, order.status), lambda _: ())


def _full_name(user: User) -> str:
    return f"{user.first_name} {user.last_name}"


def _view(world: World, organization: Organization) -> dict[str, Any]:
    show_id = views.ident(world)
    return {
        "href": links.resource(world, f"/v1/organizations/{organization.id}"),
        "id": show_id(organization.id),
        "owner_id": show_id(organization.owner_id),
        "name": organization.name,
        "tax_id": organization.tax_id,
        "bank_account_number": organization.bank_account_number,
        "carriers": list(organization.carriers),
        "services": list(organization.services),
        "address": views.address(organization.address, show_id),
        "invoice_address": (
            None
            if organization.invoice_address is None
            else views.address(organization.invoice_address, show_id)
        ),
        "contact_person": _person(organization.contact_person, show_id),
        "created_at": moments.show(organization.created_at),
        "updated_at": moments.show(organization.updated_at),
    }


def _person(peer: Peer, show_id: views.Ident) -> dict[str, Any]:
    return {
        "id": show_id(peer.id),
        "email": peer.email,
        "phone": peer.phone,
        "first_name": peer.first_name,
        "last_name": peer.last_name,
    }


def _user_view(world: World, user: User) -> dict[str, Any]:
    return {
        "href": links.resource(world, f"/v1/users/{user.id}"),
        "id": views.ident(world)(user.id),
        "email": user.email,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "status": user.status,
        "created_at": moments.show(user.created_at),
        "updated_at": moments.show(user.updated_at),
    }
