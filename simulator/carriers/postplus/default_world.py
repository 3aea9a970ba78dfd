"""The accounts, keys, number ranges and pickup points that every workspace begins with."""

from __future__ import annotations

from typing import NamedTuple

from simulator.carriers.postplus.catalog.services import SERVICES
from simulator.carriers.postplus.points.default_points import default_points
from simulator.carriers.postplus.records import (
    ACCOUNTS,
    API_KEYS,
    PICKUP_POINTS,
    Account,
    ApiKey,
    Environment,
    NumberRange,
    Scope,
)
from simulator.carriers.postplus.tracking import sample
from simulator.engine.world import World

EVERY_SCOPE: tuple[Scope, ...] = (
    "parcels",
    "shipments",
    "documents",
    "tracking",
    "hs-codes",
    "integrations",
    "accounts",
)
CUSTOMER = tuple(scope for scope in EVERY_SCOPE if scope != "integrations")
"""What the key of a customer opens."""

_SHIPPER = tuple(scope for scope in CUSTOMER if scope != "hs-codes")

OFFLINE_RANGE = NumberRange("RF", "LT", 0, 99_999)
"""A pool that the demo account gives out by itself; the documentation's RF000000028LT is in it."""

PRODUCTION_RANGE = NumberRange("RP", "LT", 0, 99_999)
"""The pool of the shop on production."""

DEMO, SHIPPER, PLANNER, INTEGRATOR = 501, 502, 503, 900
PRODUCTION_SHOP, PRODUCTION_INTEGRATOR = 601, 901

_ACCOUNTS = (
    Account(
        id=DEMO,
        name="Demo Shop",
        services=tuple(SERVICES),
        ranges=(OFFLINE_RANGE,),
    ),
    Account(id=SHIPPER, name="Shipments Only", services=("UZPO", "LTPO")),
    Account(
        id=PLANNER,
        name="Documents First",
        country="NL",
        services=("LTPO",),
        document_terminals=("AMS", "TLL"),
    ),
    Account(id=INTEGRATOR, name="Demo Integrator"),
    Account(
        id=PRODUCTION_SHOP,
        name="Production Shop",
        environment="production",
        services=tuple(SERVICES),
        ranges=(PRODUCTION_RANGE,),
    ),
    Account(id=PRODUCTION_INTEGRATOR, name="Production Integrator", environment="production"),
)


class _Key(NamedTuple):
    key: str
    account: int
    environment: Environment
    scopes: tuple[Scope, ...]
    meaning: str


_KEYS = (
    _Key("apitest1234567890", DEMO, "test", CUSTOMER, "published test key: all but integrations"),
    _Key("integration-api-key-12345", INTEGRATOR, "test", ("integrations",), "imports of tracking"),
    _Key("sim-postplus-shipments-only", SHIPPER, "test", _SHIPPER, "no HS codes (403)"),
    _Key(
        "sim-postplus-documents-first",
        PLANNER,
        "test",
        CUSTOMER,
        "shipments wait for their AWB or CMR",
    ),
    _Key("labelapitest1234567890", DEMO, "test", ("parcels", "documents"), "labels only"),
    _Key(
        "sim-postplus-production",
        PRODUCTION_SHOP,
        "production",
        CUSTOMER,
        "an account of its own on production",
    ),
    _Key(
        "sim-postplus-integration-production",
        PRODUCTION_INTEGRATOR,
        "production",
        ("integrations",),
        "imports of tracking on production",
    ),
)

KEYS_HELP = tuple((each.key, each.meaning) for each in _KEYS)
"""Default keys and what they open, for the banner and the documentation."""


def populate(world: World) -> None:
    """Put the default accounts, keys and pickup points into an empty workspace."""
    for account in _ACCOUNTS:
        world[ACCOUNTS].put(account)
    for key, account_id, environment, scopes, _ in _KEYS:
        world[API_KEYS].put(ApiKey(key, account_id, environment, scopes))
    for point in default_points():
        world[PICKUP_POINTS].put(point)
    populate_samples(world)


def populate_samples(world: World) -> None:
    """Put in what the public documents name: it comes back when the test data is reset."""
    sample.populate(world, DEMO)
