"""PostPlus as one carrier value."""

from __future__ import annotations

from datetime import UTC

from simulator.carriers.carrier import Carrier
from simulator.carriers.editions.actions import actions as edition_actions
from simulator.carriers.postplus import actions, default_world, records
from simulator.carriers.postplus.catalog.events import EVENTS
from simulator.carriers.postplus.catalog.journeys import JOURNEYS
from simulator.carriers.postplus.magic import MAGIC
from simulator.carriers.postplus.parcels import shipped
from simulator.carriers.postplus.quirks import EDITIONS, QUIRKS
from simulator.carriers.postplus.records import API_KEYS
from simulator.carriers.postplus.resources import RESOURCES
from simulator.carriers.postplus.shipments import lifecycle as shipment_lifecycle
from simulator.carriers.postplus.steps import STEPS, job_resource
from simulator.carriers.postplus.tracking import lifecycle, playing
from simulator.carriers.postplus.wire import (
    credentials,
    errors,
    finishing,
    gateway,
    parsing,
    rate_limits,
)


def _owns(path: str) -> bool:
    """Whether a request that names no carrier is for this one."""
    path = path.lower()
    return path == "/api/v1" or path.startswith(("/api/v1/", "/swagger"))


_RUSH = (
    "postplus.upsert_parcel",
    "postplus.create_parcels",
    "postplus.create_or_update_parcels",
    "postplus.submit_shipment",
    "postplus.link_prepare_submit",
    "postplus.download_parcel_print",
    "postplus.generate_parcel_prints",
)

CARRIER = Carrier(
    name="postplus",
    title="PostPlus",
    hosts=(credentials.TEST_HOST, credentials.PRODUCTION_HOST),
    owns_path=_owns,
    credential=credentials.credential,
    authenticate=credentials.authenticate,
    present=credentials.present,
    envelope=errors.Envelope(),
    tables=(*records.TABLES, *rate_limits.TABLES, *EDITIONS.tables),
    jobs={**lifecycle.JOBS, **shipment_lifecycle.JOBS, **playing.JOBS},
    actions={action.name: action for action in (*actions.ACTIONS, *edition_actions(EDITIONS, UTC))},
    journeys=JOURNEYS,
    quirks=QUIRKS,
    editions=EDITIONS,
    populate=default_world.populate,
    keys=lambda state: [each.key for each in state[API_KEYS]],
    credentials_help=default_world.KEYS_HELP,
    steps=STEPS,
    job_resource=job_resource,
    events=EVENTS,
    normalise_query=parsing.given,
    normalise_body=parsing.normalise,
    finish=finishing.finish,
    gateway=gateway.answer,
    shipped=shipped.shipped,
    resources=RESOURCES,
    rush=_RUSH,
    magic=MAGIC,
    any_case=True,
    ui_path="/swagger",
    spec_path="/swagger/v1/swagger.json",
    page_aliases={"/openapi.json": "/swagger/v1/swagger.json"},
)
