"""A carrier that does not answer: whatever needs it fails, and everything else goes on.

Observed in an issue thread of a Dutch plugin: the sentence, and the answers of delivery options and
pickup locations. Which other operations need the carrier is inferred.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from simulator.carriers.myparcel.editions import carriers
from simulator.carriers.myparcel.offers import names
from simulator.carriers.myparcel.records import Shipment
from simulator.carriers.myparcel.wire import edition, errors
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.core.answers import Refusal
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
        raise refusal(world, name, reason(name))


def refusal(world: World, name: str, why: str) -> Refusal:
    """500, since the carrier of that name does not answer, in the shape that the edition has for
    the operation; `why` is for the journal."""
    shapes = edition.of(world).carrier_failures
    return _SHAPES[shapes.get(world.request.path.rstrip("/"), "usual")](
        f"{name} API call failed", why
    )


def _own(told: str, why: str) -> Refusal:
    return errors.no_delivery_options(500, [Fault(0, told)], why)


_SHAPES: Mapping[str, Callable[[str, str], Refusal]] = {
    "usual": errors.failed,
    "own": _own,
    "nothing": errors.nothing_to_deliver,
    "bare": errors.failed_inside,
}


def reason(name: str) -> str:
    """Why nothing comes of a request, for the journal."""
    return f"{name} does not answer, as the quirk myparcel.failing_carrier says"
