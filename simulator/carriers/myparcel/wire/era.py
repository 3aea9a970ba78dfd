"""What is not there unless the quirk ``myparcel.later_features`` is on: paths and methods.

The document of 2017 knows GET, POST and DELETE only.
"""

from __future__ import annotations

from simulator.carriers.myparcel.wire import errors
from simulator.core.answers import Answer, Refusal
from simulator.engine.world import Request, World

_PATHS = ("/v2/shipment_labels/", "/drop_off_points", "/pickup_locations")
_METHODS = ("PUT",)


def check(world: World) -> None:
    """Raises 404 or 405 for what came later; before any key is asked for, as for what never was."""
    request = world.request
    if not (request.method in _METHODS or request.path.startswith(_PATHS)):
        return
    if world.quirk("myparcel.later_features"):
        return
    if request.path.startswith(_PATHS):
        raise errors.not_found(f"There is no {request.path}.")
    answer = errors.Envelope().wrong_method(request, ("GET", "POST"))
    raise Refusal(answer, "the quirk myparcel.later_features is off")


def as_of_2017(request: Request, refused: Answer) -> Answer:
    """The answer 405 without a word of what came later; 404 where the whole path did."""
    if request.path.startswith(_PATHS):
        return errors.not_found(f"There is no {request.path}.").answer
    allowed = refused.headers.get("Allow", "").split(", ")
    return errors.Envelope().wrong_method(
        request, [method for method in allowed if method not in _METHODS]
    )
