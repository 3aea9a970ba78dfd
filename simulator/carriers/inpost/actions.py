"""What the world can do to parcels and organizations, for the control API and scenarios."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import msgspec

from simulator.carriers.carrier import Action, BadAction
from simulator.carriers.inpost import default_world
from simulator.carriers.inpost.catalog.basics import CARRIERS
from simulator.carriers.inpost.catalog.journeys import JOURNEYS
from simulator.carriers.inpost.catalog.lifecycle import BOUGHT
from simulator.carriers.inpost.catalog.services import SERVICES
from simulator.carriers.inpost.catalog.statuses import STATUS_NAMES
from simulator.carriers.inpost.dispatch.points import first_dispatch_point
from simulator.carriers.inpost.purchase import buying, resuming
from simulator.carriers.inpost.records import (
    DISPATCH_POINTS,
    ORGANIZATIONS,
    SHIPMENTS,
    TOKENS,
    USERS,
    Account,
    Organization,
    Token,
    User,
)
from simulator.carriers.inpost.shipments import moves, playing
from simulator.engine.records import StampClock
from simulator.engine.world import World

_TOKEN = re.compile(r"[A-Za-z0-9._~+/=-]{1,500}")
_MOST = Decimal(10**12)


class ExpireOffers(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`shipment` is an id or a tracking number; without it every shipment's offers expire."""

    shipment: int | str | None = None


class Amount(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`amount` in PLN, as text or number."""

    organization: int
    amount: Decimal


class Debt(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`debt`: whether unpaid invoices stop every purchase."""

    organization: int
    debt: bool = True


class Webhook(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`url` is asked with a GET before it is kept, unless `verify` is false; null ends the
    notifications. `stamp` says whose time their headers tell: the workspace's (world) or the
    machine's (wall); without it the quirk `inpost.webhook_stamp` does."""

    organization: int
    url: str | None
    verify: bool = True
    stamp: StampClock | None = None


class CourierContract(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`contract`: whether the courier carrier's services can be used."""

    organization: int
    contract: bool


class Contracts(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`carriers` and `services` by their ids; what is left out stays as it is."""

    organization: int
    carriers: tuple[str, ...] | None = None
    services: tuple[str, ...] | None = None


class CompanyData(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`bank_account_number` is where COD goes; without one COD cannot be paid for. The answer has
    the shipments that are paid for now, as `resumed`."""

    organization: int
    bank_account_number: str | None


class NewOrganization(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`account` is prepaid or postpaid, `balance` in PLN; a token is made up unless given."""

    name: str
    account: Account = "prepaid"
    balance: Decimal = Decimal(0)
    token: str | None = None


def _organization(world: World, number: int) -> Organization:
    found = world[ORGANIZATIONS].get(number)
    if found is None:
        known = ", ".join(str(each.id) for each in world[ORGANIZATIONS])
        raise BadAction(f"there is no organization {number}: there are {known}")
    return found


def _grosze(amount: Decimal) -> int:
    if not amount.is_finite() or abs(amount) > _MOST:
        raise BadAction(f"{amount} is not an amount of money: write PLN such as 10.00")
    return int((amount * 100).to_integral_value(ROUND_HALF_UP))


def _change(world: World, number: int, **values: Any) -> dict[str, Any]:
    changed = msgspec.structs.replace(_organization(world, number), updated_at=world.now, **values)
    world[ORGANIZATIONS].put(changed)
    return _told(changed)


def _told(organization: Organization) -> dict[str, Any]:
    return {
        "organization": organization.id,
        "account": organization.account,
        "balance": f"{organization.balance / 100:.2f}",
        "debt": organization.debt,
        "courier_contract": organization.courier_contract,
        "bank_account_number": organization.bank_account_number,
        "webhook_url": organization.webhook_url,
    }


def _expire_offers(world: World, arguments: ExpireOffers) -> dict[str, Any]:
    wanted = arguments.shipment
    shipments = list(world[SHIPMENTS]) if wanted is None else [playing.MOVABLE.find(world, wanted)]
    expired = [
        buying.expire(world, shipment).id
        for shipment in shipments
        if not shipment.purchasing
        and not shipment.preparing
        and shipment.status not in BOUGHT
        and any(offer.status in ("available", "selected") for offer in shipment.offers)
    ]
    if wanted is not None and not expired:
        raise BadAction(
            f"shipment {wanted} has no offer that could still be bought and none that is being "
            "bought; it is in the status " + shipments[0].status
        )
    return {"shipments": expired}


def _top_up(world: World, arguments: Amount) -> dict[str, Any]:
    amount = _grosze(arguments.amount)
    if amount <= 0:
        raise BadAction("the amount has to be more than 0; inpost.set_balance sets any balance")
    balance = _organization(world, arguments.organization).balance
    return _change(world, arguments.organization, balance=balance + amount)


def _set_balance(world: World, arguments: Amount) -> dict[str, Any]:
    return _change(world, arguments.organization, balance=_grosze(arguments.amount))


def _set_debt(world: World, arguments: Debt) -> dict[str, Any]:
    return _change(world, arguments.organization, debt=arguments.debt)


def _set_webhook(world: World, arguments: Webhook) -> dict[str, Any]:
    url, stamp = arguments.url or None, arguments.stamp
    if url is None and stamp is not None:
        raise BadAction("without a url there is nothing to stamp: leave stamp out")
    told = _change(world, arguments.organization, webhook_url=url, webhook_stamp=stamp)
    return {**told, "webhook_stamp": stamp}


def _set_courier_contract(world: World, arguments: CourierContract) -> dict[str, Any]:
    return _change(world, arguments.organization, courier_contract=arguments.contract)


def _set_contracts(world: World, arguments: Contracts) -> dict[str, Any]:
    organization = _organization(world, arguments.organization)
    carriers = _known(arguments.carriers, CARRIERS, organization.carriers)
    services = _known(arguments.services, SERVICES, organization.services)
    told = _change(world, organization.id, carriers=carriers, services=services)
    return {**told, "carriers": carriers, "services": services}


def _known(
    wanted: tuple[str, ...] | None, existing: Mapping[str, Any], before: tuple[str, ...]
) -> tuple[str, ...]:
    unknown = sorted(set(wanted or ()) - existing.keys())
    if unknown:
        raise BadAction(f"there is no {unknown[0]!r}: there are {', '.join(existing)}")
    return before if wanted is None else wanted


def _set_company_data(world: World, arguments: CompanyData) -> dict[str, Any]:
    number = arguments.bank_account_number or None
    told = _change(world, arguments.organization, bank_account_number=number)
    resumed = resuming.resume(world, world[ORGANIZATIONS][arguments.organization])
    return {**told, "resumed": [shipment.id for shipment in resumed]}


def _add_organization(world: World, arguments: NewOrganization) -> dict[str, Any]:
    number = max((each.id for each in world[ORGANIZATIONS]), default=0) + 1
    token = arguments.token or f"sim-inpost-{number}"
    if not _TOKEN.fullmatch(token):
        raise BadAction("a token has 1 to 500 letters, digits and ._~+/=- (no @, no spaces)")
    if token in world[TOKENS]:
        raise BadAction(f"the token {token!r} is taken: name another")
    made = default_world.organization(
        world, number, arguments.name, arguments.account, _grosze(arguments.balance), at=world.now
    )
    world[ORGANIZATIONS].put(made)
    world[DISPATCH_POINTS].put(first_dispatch_point(made))
    world[TOKENS].put(Token(token, (number,)))
    person = made.contact_person
    world[USERS].put(
        User(
            id=max((each.id for each in world[USERS]), default=0) + 1,
            organization_id=number,
            email=person.email or "",
            first_name=person.first_name or "",
            last_name=person.last_name or "",
            phone=person.phone or "",
            status="active",
            created_at=world.now,
            updated_at=world.now,
        )
    )
    return {**_told(made), "token": token}


ACTIONS: tuple[Action, ...] = (
    *playing.MOVABLE.actions(str, moves.move, moves.start_journey, JOURNEYS, STATUS_NAMES),
    playing.PLAY.action(),
    Action(
        "expire_offers",
        "Let the offers of one shipment, or of all, be past their life at once.",
        ExpireOffers,
        _expire_offers,
    ),
    Action("top_up", "Add money to a prepaid organization's balance.", Amount, _top_up),
    Action("set_balance", "Set an organization's balance.", Amount, _set_balance),
    Action("set_debt", "Let unpaid invoices stop purchases, or no more.", Debt, _set_debt),
    Action(
        "set_webhook",
        "Set where an organization's notifications go; the target must answer a GET with 200 "
        "unless `verify` is false. In a scenario's given and timeline nobody is asked.",
        Webhook,
        _set_webhook,
        webhook_target="url",
    ),
    Action(
        "set_courier_contract",
        "Give an organization a courier contract, or take it away (missing_trucker_id).",
        CourierContract,
        _set_courier_contract,
    ),
    Action(
        "set_contracts",
        "Set which carriers and services an organization may use.",
        Contracts,
        _set_contracts,
    ),
    Action(
        "set_company_data",
        "Set an organization's bank account; without one COD fails with company_data_missing, and "
        "with it the shipments that hung are paid for.",
        CompanyData,
        _set_company_data,
    ),
    Action(
        "add_organization",
        "Add an organization with a token of its own.",
        NewOrganization,
        _add_organization,
    ),
)
"""The actions on parcels and organizations."""
