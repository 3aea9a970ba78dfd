"""The organizations, tokens, users and points that every workspace begins with."""

from __future__ import annotations

from datetime import UTC, datetime

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

TOKENS_HELP = (
    ("sim-inpost-prepaid", "organization 1, prepaid, 1000.00 PLN"),
    ("sim-inpost-postpaid", "organization 2, postpaid"),
    ("sim-inpost-broke", "organization 3, prepaid, no money"),
)
"""Default tokens and what they open, for the banner and the documentation."""

SAMPLE_TOKENS = ("token", "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzUxMiJ9...")
"""What stands behind "Bearer" in the examples of ShipX's documents; they open organization 1, so
that the examples work as they stand."""


def services_for(account: Account) -> tuple[str, ...]:
    """The services that an account of this kind may use (documented; prepaid as recorded)."""
    wanted = ("both", "contract", "postpaid") if account == "postpaid" else ("both",)
    return tuple(
        service.id
        for service in SERVICES.values()
        if service.accounts in wanted or service.id in PREPAID_CONTRACT
    )


def organization(
    id: int, name: str, account: Account, balance: int, *, at: datetime = _SINCE
) -> Organization:
    """An organization with plausible company data."""
    prefix = id * 10
    return Organization(
        id=id,
        owner_id=id + 700,
        name=name,
        tax_id=f"PL52500{id:05d}",
        account=account,
        balance=balance,
        carriers=("inpost_locker", "inpost_letter", "inpost_courier"),
        services=services_for(account),
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
    accounts: tuple[tuple[str, Account, int], ...] = (
        ("Sklep Przedpłacony", "prepaid", 100_000),
        ("Sklep Abonamentowy", "postpaid", 0),
        ("Sklep Bez Środków", "prepaid", 0),
    )
    for id, (name, account, balance) in enumerate(accounts, 1):
        world[ORGANIZATIONS].put(organization(id, name, account, balance))
        world[TOKENS].put(Token(TOKENS_HELP[id - 1][0], (id,)))
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
