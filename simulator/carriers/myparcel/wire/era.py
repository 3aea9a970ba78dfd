"""What came after 2017: which requests it is there for, and what the others get in its place.

The document of 2017 knows GET, POST and DELETE only. With the quirk ``myparcel.later_features`` on
``auto`` it is there for whoever speaks as the clients of the twin do.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.carriers.myparcel.wire import dialect, errors
from simulator.core.answers import Answer, Refusal
from simulator.engine.world import Request, World

_PATHS = ("/v2/shipment_labels/", "/drop_off_points", "/pickup_locations")
_METHODS = ("PUT",)
_MEDIA_TYPES = (
    "application/vnd.shipment_label+json",
    "application/vnd.shipment_label_link+json",
    "application/vnd.shipment_label+zpl",
    "application/vnd.zpl",
)
"""What a request may accept that no client of 2017 asks for."""


def later(world: World, body: Any = None) -> bool:
    """Whether what came after 2017 is there for the request in hand.

    `body` is its decoded body where the caller has one: fields that came later tell as well.
    """
    chosen = world.quirk("myparcel.later_features")
    if chosen != "auto":
        return bool(chosen)
    return _shown(world.request, world.quirk("myparcel.dialect"), body)


def _shown(request: Request, spoken: str, body: Any) -> bool:
    """Whether a request shows the twin, or asks for what only the twin has."""
    told = dialect.shown_by(request, body) if spoken == "auto" else spoken
    if told is not None:
        return told == "nl"
    accepted = request.headers.get("accept", "").lower()
    return _asks_for_later(request) or any(kind in accepted for kind in _MEDIA_TYPES)


def _asks_for_later(request: Request) -> bool:
    return request.method in _METHODS or request.path.startswith(_PATHS)


def check(world: World) -> None:
    """Raises 404 or 405 for what came later; before any key is asked for, as for what never was."""
    request = world.request
    if not _asks_for_later(request) or later(world):
        return
    if request.path.startswith(_PATHS):
        raise errors.not_found(f"There is no {request.path}.")
    answer = errors.wrong_method(request, ("GET", "POST"))
    raise Refusal(answer, "what came after 2017 is not there for this request")


def as_of_then(request: Request, quirks: Mapping[str, Any], refused: Answer) -> Answer:
    """The answer 405 without a word of what came later, for those for whom that is not there; 404
    where the whole path came later."""
    chosen = quirks["myparcel.later_features"]
    if _shown(request, quirks["myparcel.dialect"], None) if chosen == "auto" else chosen:
        return refused
    if request.path.startswith(_PATHS):
        return errors.not_found(f"There is no {request.path}.").answer
    allowed = refused.headers.get("Allow", "").split(", ")
    return errors.wrong_method(request, [method for method in allowed if method not in _METHODS])
