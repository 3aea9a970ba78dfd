"""Journeys: what happens to a parcel on the clock, as data.

Names and order of the scans follow the events' flags; the delays are typical for letters and
parcels that cross a border by air (inferred).
"""

from __future__ import annotations

from datetime import timedelta
from typing import Literal, TypeAlias

import msgspec

from simulator.carriers.postplus.catalog.event_codes import DELIVERED, RETURN_TO_SENDER

Scanner: TypeAlias = Literal["terminal", "country", "city"]
"""Where a scan is: at the terminal, in the country of destination, in the receiver's town."""


class Step(msgspec.Struct, frozen=True):
    """One scan on a journey.

    `status` is its event code, `after` the delay since the step before it was told. A scan that is
    told late happened `ago` before that.
    """

    status: str
    after: timedelta
    scanner: Scanner
    ago: timedelta = timedelta(0)


class Journey(msgspec.Struct, frozen=True):
    """A named course of scans."""

    name: str
    description: str
    steps: tuple[Step, ...]


def _step(code: str, hours: float, scanner: Scanner, *, ago: float = 0) -> Step:
    return Step(code, timedelta(hours=hours), scanner, timedelta(hours=ago))


_TO_THE_BORDER = (
    _step("RECEIVE_ITEM_AT_TERMINAL", 8, "terminal"),
    _step("ITEM_DEPARTED_FROM_TERMINAL", 12, "terminal"),
    _step("SEND_RECEPTACLE_ABROAD", 10, "terminal"),
)
_ARRIVED = (*_TO_THE_BORDER, _step("RECEIVE_BAG_AT_DEST_DISTR_HUB", 30, "country"))
_THROUGH_CUSTOMS = (
    *_ARRIVED,
    _step("SEND_ITEM_TO_DEST_CUSTOMS", 4, "country"),
    _step("RETURN_ITEM_DEST_FROM_CUSTOMS", 26, "country"),
)
_IN_TOWN = (
    _step("RECEIVE_ITEM_AT_DEST_DISTR_HUB", 12, "city"),
    _step("HANDOVER_ITEM_TO_DELIVERY_AGENT", 14, "city"),
)

_ALL = (
    Journey(
        "delivered",
        "Through the terminal and the destination's hub to the receiver.",
        (*_ARRIVED, *_IN_TOWN, _step(DELIVERED, 5, "city")),
    ),
    Journey(
        "customs_delivered",
        "Presented to customs, released, and delivered.",
        (*_THROUGH_CUSTOMS, *_IN_TOWN, _step(DELIVERED, 5, "city")),
    ),
    Journey(
        "held_collected",
        "Nobody at home: held, and collected by the receiver.",
        (
            *_ARRIVED,
            *_IN_TOWN,
            _step("HOLD_ITEM_AT_DEST_DISTR", 5, "city"),
            _step(DELIVERED, 44, "city"),
        ),
    ),
    Journey(
        "held_returned",
        "Nobody at home: held, not collected, and sent back.",
        (
            *_ARRIVED,
            *_IN_TOWN,
            _step("HOLD_ITEM_AT_DEST_DISTR", 5, "city"),
            _step(RETURN_TO_SENDER, 336, "city"),
        ),
    ),
    Journey(
        "customs_returned",
        "Stopped by customs, and sent back.",
        (
            *_ARRIVED,
            _step("SEND_ITEM_TO_DEST_CUSTOMS", 4, "country"),
            _step("STOP_ITEM_IMPORT_AT_DEST", 48, "country"),
            _step(RETURN_TO_SENDER, 240, "country"),
        ),
    ),
    Journey("lost", "Never heard of again once it was sent abroad.", _TO_THE_BORDER),
    Journey(
        "late_scans",
        "The destination's scans come late and in another order than they happened.",
        (
            *_TO_THE_BORDER,
            _step(DELIVERED, 66, "city", ago=2),
            _step("RECEIVE_BAG_AT_DEST_DISTR_HUB", 3, "country", ago=40),
            _step("HANDOVER_ITEM_TO_DELIVERY_AGENT", 1, "city", ago=12),
            _step("RECEIVE_ITEM_AT_DEST_DISTR_HUB", 20, "city", ago=52),
        ),
    ),
)

JOURNEYS: dict[str, Journey] = {journey.name: journey for journey in _ALL}
"""Journey name -> journey."""

USUAL_SCANNERS: dict[str, Scanner] = {
    step.status: step.scanner for journey in reversed(_ALL) for step in journey.steps
}
"""Where a scan is on the first journey that has it; the scans of no journey are missing."""
