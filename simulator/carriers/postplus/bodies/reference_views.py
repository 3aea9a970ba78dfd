"""What became of parcels that were to be put into bags and linked to shipments (section 4.4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from simulator.carriers.postplus.bodies import parcel_views
from simulator.carriers.postplus.records import Parcel
from simulator.engine.world import World


class Failure(NamedTuple):
    """A parcel that was named, and why it was not linked; `parcel` is None when there is none, and
    then the number is there that it was asked for by."""

    error: str
    parcel: Parcel | None = None
    id: int | None = None
    parcel_nr: str | None = None
    sender_parcel_nr: str | None = None


def show(
    world: World,
    linked: Sequence[Parcel],
    failed: Sequence[Failure],
    failed_bag_nrs: Sequence[str],
) -> dict[str, Any]:
    """The answer to a request that links parcels; `bagNrs` are the bags of those that it linked."""
    bag_nrs = dict.fromkeys(parcel.bag_nr for parcel in linked if parcel.bag_nr)
    return {
        "successParcelsCount": len(linked),
        "failedParcelsCount": len(failed),
        "parcels": [_show(world, parcel, None) for parcel in linked],
        "failedParcels": [
            _unknown(failure)
            if failure.parcel is None
            else _show(world, failure.parcel, failure.error)
            for failure in failed
        ],
        "bagNrs": list(bag_nrs),
        "failedBagNrs": list(failed_bag_nrs),
    }


def _show(world: World, parcel: Parcel, error: str | None) -> dict[str, Any]:
    return {
        "identifiers": parcel_views.identifiers(parcel),
        "references": parcel_views.references(world, parcel),
        "error": error,
    }


def _unknown(failure: Failure) -> dict[str, Any]:
    identifiers = {
        "id": failure.id,
        "parcelNr": failure.parcel_nr,
        "senderParcelNr": failure.sender_parcel_nr,
    }
    return {"identifiers": identifiers, "references": None, "error": failure.error}
