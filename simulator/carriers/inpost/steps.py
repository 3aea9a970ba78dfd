"""What does not happen at once at InPost, and so can be held, be late, or fail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.carriers.inpost.bodies import views
from simulator.carriers.inpost.dispatch import progress
from simulator.carriers.inpost.dispatch.views import show_order
from simulator.carriers.inpost.labels import labels
from simulator.carriers.inpost.purchase import failing
from simulator.carriers.inpost.records import BATCHES, DISPATCH_ORDERS, SHIPMENTS
from simulator.carriers.inpost.shipments import batches
from simulator.carriers.inpost.tracking import lifecycle
from simulator.engine.extension import StepSpec
from simulator.engine.world import World

_ALL = (
    StepSpec(
        "preparation",
        "In the offer mode services are asked, and their offers are `in_preparation`",
        ("fetch_offers",),
    ),
    StepSpec(
        "offers",
        "Offers of a shipment get ready",
        ("prepare_offers",),
        failing.fail_offers,
        "they come, and every one is `unavailable`",
    ),
    StepSpec(
        "choice",
        "The simplified mode selects the offer of its service",
        ("choose_offer",),
        failing.fail_choice,
        "nothing is selected, and the offers grow old",
    ),
    StepSpec(
        "transaction",
        "A purchase begins with a transaction that is `initiated`",
        ("begin_transaction",),
        failing.fail_transaction,
        "there is no transaction, and the offer can be bought again",
    ),
    StepSpec(
        "purchase",
        "A transaction that is `initiated` is paid for",
        ("settle",),
        failing.fail_purchase,
        "the transaction is a `failure` (`debt_collection`), as without money",
    ),
    StepSpec("expiry", "Offers that nobody bought expire", ("expire_offers",)),
    StepSpec(
        "batch",
        "Shipments of a batch are made, and it is `done`",
        ("make_batch", "continue_batch", "watch_batch"),
    ),
    StepSpec(
        "dispatch",
        "A dispatch order gets its next status",
        ("advance_dispatch_order",),
        progress.reject,
        "the order is `rejected`, and its shipments are free again",
    ),
    StepSpec(
        "journey",
        "A parcel gets the next status of its journey",
        ("journey_step", "play_on"),
        lifecycle.lose,
        "the parcel is `missing`",
    ),
    StepSpec(labels.STEP, "The label of a shipment that is paid for can be had"),
)

STEPS: Mapping[str, StepSpec] = {step.name: step for step in _ALL}
"""Every step by its name."""


def job_resource(world: World, kind: str, arguments: Mapping[str, Any]) -> Any:
    """The shipment, batch or dispatch order that a job is about, as the API shows it."""
    if (shipment := world[SHIPMENTS].get(arguments.get("shipment_id", 0))) is not None:
        return views.new_shipment(world, shipment)
    if (batch := world[BATCHES].get(arguments.get("batch_id", 0))) is not None:
        return batches.show(world, batch)
    order = world[DISPATCH_ORDERS].get(arguments.get("dispatch_order_id", 0))
    return None if order is None else show_order(world, order)
