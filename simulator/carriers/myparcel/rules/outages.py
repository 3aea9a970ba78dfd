"""A carrier that does not answer: whatever needs it fails, and everything else goes on.

Observed in an issue thread of a Dutch plugin: the sentence, and the answer of delivery options.
Which other operations need the carrier is inferred.
"""

from __future__ import annotations

from simulator.carriers.myparcel.editions import carriers
from simulator.carriers.myparcel.offers import names
from simulator.carriers.myparcel.records import Shipment
from simulator.carriers.myparcel.wire import errors
from simulator.engine.world import World


def human(carrier: int, numbering: str) -> str:
    """The name that a carrier gives itself; `numbering` is the edition whose number it is."""
    name = carriers.known(numbering).get(carrier, "")
    number = names.CARRIERS.number(name)
    return name.title() if number is None else names.CARRIERS[number].human


def failing(world: World, carrier: int | None, numbering: str) -> str | None:
    """The carrier's own name when it does not answer now, by the quirk
    ``myparcel.failing_carrier``."""
    wanted = world.quirk("myparcel.failing_carrier")
    if wanted == "none" or carrier is None:
        return None
    name = carriers.known(numbering).get(carrier, "")
    return human(carrier, numbering) if wanted in (name, "all") else None


def check(world: World, shipment: Shipment) -> None:
    """Raises 500 when the carrier of the shipment does not answer."""
    name = failing(world, shipment.carrier, shipment.numbering)
    if name is not None:
        raise errors.carrier_failed(name, reason(name))


def reason(name: str) -> str:
    """Why nothing comes of a request, for the journal."""
    return f"{name} does not answer, as the quirk myparcel.failing_carrier says"
