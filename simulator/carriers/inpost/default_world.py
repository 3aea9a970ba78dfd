"""The organizations, tokens, users and points that every workspace begins with."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from msgspec.structs import replace

from simulator.carriers.inpost.catalog.points import default_points
from simulator.carriers.inpost.catalog.services import PREPAID_CONTRACT, SERVICES
from simulator.carriers.inpost.dispatch.points import populate_dispatch_points
from simulator.carriers.inpost.records import (
    ORGANIZATIONS,
    POINTS,
    TOKENS,
    USERS,
    Account,
    Address,
    Organization,
    Peer,
    Token,
    User,
)
from simulator.engine.world import World

_SINCE = datetime(2024, 1, 10, 8, 0, tzinfo=UTC)


class Beginning(NamedTuple):
    """An organization that every workspace begins with, and the token that opens it."""

    id: int
    token: str
    name: str
    account: Account
    balance: int
    meaning: str
    services: tuple[str, ...] | None = None


BEGINNINGS = (
    Beginning(
        4,
        "sim-inpost-sandbox",
        "Sklep z Piaskownicy",
        "prepaid",
        100_000,
        "organization 4, prepaid, 1000.00 PLN, courier contract, every service",
        tuple(service.id for service in SERVICES.values() if service.accounts != "server"),
    ),
    Beginning(
        1,
        "sim-inpost-prepaid",
        "Sklep Przedpłacony",
        "prepaid",
        100_000,
        "organization 1, prepaid, 1000.00 PLN, no courier contract",
    ),
    Beginning(
        2, "sim-inpost-postpaid", "Sklep Abonamentowy", "postpaid", 0, "organization 2, postpaid"
    ),
    Beginning(
        3,
        "sim-inpost-broke",
        "Sklep Bez Środków",
        "prepaid",
        0,
        "organization 3, prepaid, no money",
    ),
)
"""The first is what integrators' sandbox accounts are: money, a courier contract and every service,
so that the example flow of any client works with it."""

TOKENS_HELP = tuple((each.token, each.meaning) for each in BEGINNINGS)
"""Default tokens and what they open, for the banner and the documentation."""

SAMPLE_TOKENS = ("token", "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzUxMiJ9...")
"""What stands behind "Bearer" in the examples of ShipX's documents; they open organization 1, so
that the examples work as they stand."""


def services_for(account: Account, *, recorded: bool = True) -> tuple[str, ...]:
    """The services that an account of this kind may use (documented).

    A prepaid account has six by the documents; the `recorded` one had three of contracts besides.
    """
    wanted = ("both", "contract", "postpaid") if account == "postpaid" else ("both",)
    return tuple(
        service.id
        for service in SERVICES.values()
        if service.accounts in wanted or (recorded and service.id in PREPAID_CONTRACT)
    )


def organization(
    world: World, id: int, name: str, account: Account, balance: int, *, at: datetime = _SINCE
) -> Organization:
    """An organization with plausible company data."""
    recorded = world.quirk("inpost.prepaid_services") == "recorded"
    prefix = id * 10
    return Organization(
        id=id,
        owner_id=id + 700,
        name=name,
        tax_id=f"PL52500{id:05d}",
        account=account,
        balance=balance,
        carriers=("inpost_locker", "inpost_letter", "inpost_courier"),
        services=services_for(account, recorded=recorded),
        address=Address(prefix, "Prosta", str(id), None, None, "Warszawa", "00-838", "PL"),
        contact_person=Peer(
            prefix + 1,
            company_name=name,
            first_name="Adam",
            last_name="Lis",
            email=f"biuro{id}@example.com",
            phone="600700800",
        ),
        created_at=at,
        updated_at=at,
        bank_account_number="PL61109010140000071219812874",
    )


def populate(world: World) -> None:
    """Put the default organizations, tokens, users and points into an empty workspace."""
    for id, token, name, account, balance, _, services in sorted(BEGINNINGS):
        made = organization(world, id, name, account, balance)
        if services is not None:
            made = replace(made, services=services)
        world[ORGANIZATIONS].put(made)
        world[TOKENS].put(Token(token, (id,)))
        world[USERS].put(
            User(
                id,
                id,
                f"adam.lis{id}@example.com",
                "Adam",
                "Lis",
                "600700800",
                "active",
                _SINCE,
                _SINCE,
            )
        )
    for sample in SAMPLE_TOKENS:
        world[TOKENS].put(Token(sample, (1,)))
    for point in default_points():
        world[POINTS].put(point)
    populate_dispatch_points(world)
