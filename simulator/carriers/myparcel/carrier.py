"""MyParcel (the Netherlands, 2017) as one carrier value."""

from __future__ import annotations

from simulator.carriers.calendar import Calendar
from simulator.carriers.carrier import Carrier
from simulator.carriers.editions.actions import actions as edition_actions
from simulator.carriers.myparcel import actions, default_world, records
from simulator.carriers.myparcel.account import actions as account_actions
from simulator.carriers.myparcel.account import hooks
from simulator.carriers.myparcel.catalog import holidays
from simulator.carriers.myparcel.catalog.events import EVENTS
from simulator.carriers.myparcel.catalog.lifecycle import JOURNEYS
from simulator.carriers.myparcel.csv_files.rows import DEFAULT_COLUMNS
from simulator.carriers.myparcel.editions import signs
from simulator.carriers.myparcel.fulfilment import actions as order_actions
from simulator.carriers.myparcel.fulfilment import statuses
from simulator.carriers.myparcel.labels import actions as label_actions
from simulator.carriers.myparcel.labels import orders
from simulator.carriers.myparcel.magic import MAGIC
from simulator.carriers.myparcel.payments import actions as payment_actions
from simulator.carriers.myparcel.payments import payments
from simulator.carriers.myparcel.quirks import QUIRKS
from simulator.carriers.myparcel.records import API_KEYS
from simulator.carriers.myparcel.resources import RESOURCES
from simulator.carriers.myparcel.shipments import csv_intake, playing, shipped
from simulator.carriers.myparcel.shipments.webhooks import WEBHOOKS
from simulator.carriers.myparcel.shops import records as shop_records
from simulator.carriers.myparcel.steps import STEPS, job_resource
from simulator.carriers.myparcel.tracking import lifecycle
from simulator.carriers.myparcel.wire import (
    credentials,
    edition,
    errors,
    finishing,
    gateway,
    moments,
    rate_limits,
)
from simulator.engine.world import World

_PATHS = (
    "/shipments",
    "/shipment_labels",
    "/v2/shipment_labels",
    "/pdfs",
    "/return_shipments",
    "/return_shipment_labels",
    "/tracktraces",
    "/delivery_options",
    "/webhook_subscriptions",
    "/carriers",
    "/carrier_services",
    "/carrier_management",
    "/accounts",
    "/shops",
    "/whoami",
    "/acl",
    "/locations",
    "/fulfilment",
    "/printer-groups",
    "/skin/general-images/carrier-logos",
    "/drop_off_points",
    "/pickup_locations",
    "/retour",
    "/_pay",
)

_ACTIONS = (
    *actions.ACTIONS,
    *label_actions.ACTIONS,
    *payment_actions.ACTIONS,
    *account_actions.ACTIONS,
    *order_actions.ACTIONS,
    *edition_actions(edition.CHOICE, moments.AMSTERDAM),
)


def _owns(path: str) -> bool:
    """Whether a request that names no carrier is for this one; no other documents a root."""
    return path == "/" or any(path == start or path.startswith(f"{start}/") for start in _PATHS)


def _check(world: World) -> None:
    """What is refused whoever asks: what is too much."""
    rate_limits.check(world)


_RUSH = (
    "myparcel.create_shipments",
    "myparcel.get_labels",
    "myparcel.get_labels_v2",
    "myparcel.get_pdf",
)

CARRIER = Carrier(
    name="myparcel",
    title="MyParcel",
    hosts=tuple(signs.HOSTS),
    owns_path=_owns,
    credential=credentials.credential,
    authenticate=credentials.authenticate,
    present=credentials.present,
    envelope=errors.Envelope(),
    tables=(*records.TABLES, *shop_records.TABLES, *rate_limits.TABLES, *edition.CHOICE.tables),
    jobs={**lifecycle.JOBS, **orders.JOBS, **payments.JOBS, **playing.JOBS},
    actions={action.name: action for action in _ACTIONS},
    journeys=JOURNEYS,
    quirks=QUIRKS,
    editions=edition.CHOICE,
    populate=default_world.populate,
    keys=lambda state: [each.key for each in state[API_KEYS]],
    credentials_help=default_world.KEYS_HELP,
    steps=STEPS,
    webhooks={**WEBHOOKS, **statuses.WEBHOOKS, **hooks.WEBHOOKS},
    job_resource=job_resource,
    events=EVENTS,
    check=_check,
    counter=rate_limits.counter,
    finish=finishing.finish,
    gateway=gateway.answer,
    calendar=Calendar(moments.AMSTERDAM, holidays.is_holiday),
    shipped=shipped.shipped,
    resources=RESOURCES,
    rush=_RUSH,
    magic=MAGIC,
    csv_columns=DEFAULT_COLUMNS,
    unread_columns=csv_intake.unread,
    pages=("/_pay/", "/return_shipment_labels/", "/retour/"),
)
