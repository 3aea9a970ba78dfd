"""InPost ShipX (Poland) as one carrier value."""

from __future__ import annotations

from simulator.carriers.carrier import Carrier
from simulator.carriers.inpost import (
    access,
    actions,
    batches,
    checks,
    default_world,
    dispatch_orders,
    errors,
    finishing,
    lifecycle_run,
    point_actions,
    purchase,
    query_names,
    registry_records,
)
from simulator.carriers.inpost.catalog.journeys import JOURNEYS
from simulator.carriers.inpost.catalog.quirks import QUIRKS
from simulator.carriers.inpost.dispatch import actions as dispatch_actions
from simulator.carriers.inpost.dispatch import records as dispatch_records
from simulator.carriers.inpost.records import (
    MPKS,
    ORGANIZATIONS,
    POINTS,
    SHIPMENTS,
    TOKENS,
    USERS,
)

_HOSTS = (
    "api-shipx-pl.easypack24.net",
    "sandbox-api-shipx-pl.easypack24.net",
    # Points have hosts of their own, of which clients use all.
    "api-pl-points.easypack24.net",
    "api.inpost.pl",
    "sandbox-api-gateway-pl.easypack24.net",
)

_ACTIONS = (*actions.ACTIONS, *point_actions.ACTIONS, *dispatch_actions.ACTIONS)

CARRIER = Carrier(
    name="inpost",
    title="InPost ShipX",
    hosts=_HOSTS,
    owns_path=lambda path: path == "/v1" or path.startswith("/v1/"),
    credential=access.credential,
    authenticate=access.authenticate,
    envelope=errors.Envelope(),
    tables=(
        ORGANIZATIONS,
        TOKENS,
        USERS,
        MPKS,
        POINTS,
        SHIPMENTS,
        *registry_records.TABLES,
        *dispatch_records.TABLES,
        *checks.TABLES,
    ),
    jobs={**purchase.JOBS, **lifecycle_run.JOBS, **batches.JOBS, **dispatch_orders.JOBS},
    actions={action.name: action for action in _ACTIONS},
    journeys=JOURNEYS,
    quirks=QUIRKS,
    populate=default_world.populate,
    credentials_help=default_world.TOKENS_HELP,
    error_keys=errors.ERROR_KEYS,
    normalise_query=query_names.normalise,
    check=checks.check,
    finish=finishing.finish,
)
