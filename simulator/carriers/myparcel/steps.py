"""What does not happen at once at MyParcel, and so can be held, be late, or fail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.carriers.myparcel.bodies import views
from simulator.carriers.myparcel.editions.table import TODAY
from simulator.carriers.myparcel.labels import orders, pdfs
from simulator.carriers.myparcel.payments import payments
from simulator.carriers.myparcel.records import LABEL_FILES, PAYMENTS, SHIPMENTS
from simulator.carriers.myparcel.tracking import lifecycle
from simulator.engine.extension import StepSpec
from simulator.engine.world import World

_ALL = (
    StepSpec(
        "print",
        "Labels that were ordered with their shipments are printed",
        ("print_labels",),
        orders.fail_printing,
        "the webhook says `failed`, and the link leads nowhere",
    ),
    StepSpec(
        "journey",
        "A package gets the next status of its journey",
        ("journey_step", "play_on"),
        lifecycle.lose,
        "nobody scans the package again: it is the inactive twin of its status",
    ),
    StepSpec(
        "payment",
        "A payment that was made is told by the bank",
        ("settle_payment",),
        payments.refuse_payment,
        "the payment came to nothing, and the next label request asks for a new one",
    ),
    StepSpec("inactivity", "A package that nobody scans becomes inactive", ("rest",)),
    StepSpec(pdfs.STEP, "The PDF under a link can be had"),
)

STEPS: Mapping[str, StepSpec] = {step.name: step for step in _ALL}
"""Every step by its name."""


def job_resource(world: World, kind: str, arguments: Mapping[str, Any]) -> Any:
    """The shipments that a job is about, as the API shows them."""
    hash = arguments.get("hash", "")
    named = world[LABEL_FILES].get(hash) or world[PAYMENTS].get(hash)
    ids = list(arguments.get("shipment_ids", ()) if named is None else named.shipment_ids)
    if "shipment_id" in arguments:
        ids.append(arguments["shipment_id"])
    shipments = world[SHIPMENTS].existing(ids)
    return [views.shipment(world, shipment, TODAY) for shipment in shipments] or None
