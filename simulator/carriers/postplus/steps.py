"""What does not happen at once at PostPlus, and so can be held, be late, or fail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.carriers.postplus.bodies import parcel_views
from simulator.carriers.postplus.labels import prints
from simulator.carriers.postplus.records import PARCELS, SHIPMENTS
from simulator.carriers.postplus.shipments import contents
from simulator.carriers.postplus.shipments import lifecycle as shipment_lifecycle
from simulator.carriers.postplus.tracking import lifecycle
from simulator.engine.extension import StepSpec
from simulator.engine.world import World

_ALL = (
    StepSpec(
        "processing",
        "What prepare or submit of a shipment began is done",
        ("finish_processing",),
        shipment_lifecycle.fail_processing,
        "the shipment has an error, and has to be prepared again if it was not submitted",
    ),
    StepSpec("documents", "The carrier's documents of a submitted shipment", ("make_documents",)),
    StepSpec("course", "A submitted shipment arrives, and is completed", ("move_shipment",)),
    StepSpec(
        "journey",
        "A parcel is scanned on its journey",
        ("journey_step", "play_on"),
        lifecycle.turn_back,
        "the parcel is returned to its sender",
    ),
    StepSpec(prints.STEP, "The label of a parcel can be had by its id"),
)

_OF_PARCELS = ("postplus.journey_step", "postplus.play_on", f"postplus.{prints.STEP}")
"""What is about parcels; everything else is about shipments."""

STEPS: Mapping[str, StepSpec] = {step.name: step for step in _ALL}
"""Every step by its name."""


def job_resource(world: World, kind: str, arguments: Mapping[str, Any]) -> Any:
    """The parcel or shipment that a job is about, as the API shows it, with all its sections."""
    number = arguments.get("parcel_id", arguments.get("shipment_id", 0))
    if kind in _OF_PARCELS:
        parcel = world[PARCELS].get(number)
        sections = dict.fromkeys(("items", "receiver", "sender", "prints"), True)
        return None if parcel is None else parcel_views.details(world, parcel, **sections)
    shipment = world[SHIPMENTS].get(number)
    return None if shipment is None else contents.details(world, shipment)
