"""What cannot change any more once a parcel has its label (Q11, Q12)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from simulator.carriers.postplus.records import Parcel
from simulator.carriers.postplus.wire.echoes import shortened

_CORE: Mapping[str, Callable[[Parcel], object]] = {
    "Service code": lambda parcel: parcel.info.service_code,
    "Parcel type": lambda parcel: parcel.type,
    "Receiver countryCode": lambda parcel: parcel.receiver.country_code,
    "Receiver zipCode": lambda parcel: parcel.receiver.zip_code,
    "Receiver city": lambda parcel: parcel.receiver.city,
    "Receiver state": lambda parcel: parcel.receiver.state,
    "Receiver pickupPointId": lambda parcel: parcel.receiver.pickup_point_id,
    "Route info": lambda parcel: parcel.info.route_info,
    "Parcel number": lambda parcel: parcel.reserved_nr or parcel.parcel_nr,
}
"""What the label was made with: service, routing and the form of the number. Which fields route is
inferred; the rule is documented."""


def changes(labelled: Parcel, wanted: Parcel) -> list[str]:
    """Sentences about the core of a labelled parcel that `wanted` would change."""
    return [
        f"{name} cannot change from {_said(read(labelled))} to {_said(read(wanted))} after a "
        "successful creation: cancel the parcel and create it again"
        for name, read in _CORE.items()
        if read(labelled) != read(wanted)
    ]


def _said(value: object) -> str:
    return "none" if value is None else shortened(value)
