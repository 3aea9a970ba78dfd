"""InPost ShipX (Poland) as one carrier value."""

from __future__ import annotations

from simulator.carriers.calendar import Calendar
from simulator.carriers.carrier import Carrier
from simulator.carriers.editions.actions import actions as edition_actions
from simulator.carriers.inpost import actions, default_world, records
from simulator.carriers.inpost.catalog.events import EVENTS
from simulator.carriers.inpost.catalog.journeys import JOURNEYS
from simulator.carriers.inpost.dispatch import actions as dispatch_actions
from simulator.carriers.inpost.dispatch import holidays, orders
from simulator.carriers.inpost.magic import MAGIC
from simulator.carriers.inpost.points import actions as point_actions
from simulator.carriers.inpost.purchase import buying
from simulator.carriers.inpost.quirks import EDITIONS, QUIRKS
from simulator.carriers.inpost.records import TOKENS
from simulator.carriers.inpost.resources import RESOURCES
from simulator.carriers.inpost.shipments import batches, playing, shipped
from simulator.carriers.inpost.shipments.webhooks import WEBHOOKS
from simulator.carriers.inpost.steps import STEPS, job_resource
from simulator.carriers.inpost.tracking import lifecycle
from simulator.carriers.inpost.wire import (
    credentials,
    errors,
    finishing,
    gateway,
    moments,
    query_names,
    rate_limits,
    signatures,
)

_HOSTS = (
    "api-shipx-pl.easypack24.net",
    "sandbox-api-shipx-pl.easypack24.net",
    # Points have hosts of their own, of which clients use all.
    "api-pl-points.easypack24.net",
    "api.inpost.pl",
    "sandbox-api-gateway-pl.easypack24.net",
)

_ACTIONS = (
    *actions.ACTIONS,
    *point_actions.ACTIONS,
    *dispatch_actions.ACTIONS,
    *edition_actions(EDITIONS, moments.WARSAW),
)

_RUSH = (
    "inpost.create_shipment",
    "inpost.create_batch",
    "inpost.buy_offer",
    "inpost.bulk_buy",
    "inpost.get_label",
    "inpost.get_labels",
    "inpost.post_labels",
)

CARRIER = Carrier(
    name="inpost",
    title="InPost ShipX",
    hosts=_HOSTS,
    owns_path=lambda path: path == "/v1" or path.startswith("/v1/"),
    credential=credentials.credential,
    authenticate=credentials.authenticate,
    present=credentials.present,
    envelope=errors.Envelope(),
    tables=(*records.TABLES, *rate_limits.TABLES, *EDITIONS.tables),
    jobs={
        **buying.JOBS,
        **lifecycle.JOBS,
        **batches.JOBS,
        **orders.JOBS,
        **playing.JOBS,
    },
    actions={action.name: action for action in _ACTIONS},
    journeys=JOURNEYS,
    quirks=QUIRKS,
    editions=EDITIONS,
    populate=default_world.populate,
    keys=lambda state: [each.token for each in state[TOKENS]],
    credentials_help=default_world.TOKENS_HELP,
    steps=STEPS,
    webhooks=WEBHOOKS,
    stamp=signatures.stamp,
    job_resource=job_resource,
    events=EVENTS,
    error_keys=errors.ERROR_KEYS,
    normalise_query=query_names.normalise,
    check=rate_limits.check,
    finish=finishing.finish,
    gateway=gateway.answer,
    calendar=Calendar(moments.WARSAW, holidays.is_holiday),
    shipped=shipped.shipped,
    resources=RESOURCES,
    rush=_RUSH,
    magic=MAGIC,
)
