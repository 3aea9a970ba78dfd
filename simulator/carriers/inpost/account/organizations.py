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
    Organization,
    Peer,
    Shipment,
    Token,
    User,
)
from simulator.carriers.inpost.wire import credentials, links, moments, paging
from simulator.core.answers import Answer
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
    shipments = world[SHIPMENTS].where("organization_id", organization.id)
    orders = world[DISPATCH_ORDERS].where("organization_id", organization.id)
    body = {
        "href": links.resource(world, f"/v1/organizations/{organization.id}/statistics"),
        "organization_id": views.ident(world)(organization.id),
        "shipments": {
            "total": len(shipments),
            "by_status": _counts(shipment.status for shipment in shipments),
            "by_service": _counts(s.service for s in shipments if s.service is not None),
            "cod_amount": sum(shipment.cod.amount or 0 for shipment in shipments) / 100,
            "insurance_amount": sum(shipment.insurance.amount or 0 for shipment in shipments) / 100,
            "paid_amount": sum(_paid(shipment) for shipment in shipments) / 100,
            "currency": "PLN",
        },
        "dispatch_orders": {
            "total": len(orders),
            "by_status": _counts(dispatch_order.status for dispatch_order in orders),
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


def _counts(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))


def _paid(shipment: Shipment) -> int:
    """What was paid for the shipment, in grosze."""
    return sum(offer.price for offer in shipment.offers if offer.status == "bought")


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
