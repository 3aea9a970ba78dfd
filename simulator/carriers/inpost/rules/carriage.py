"""What a shipment is once its service is known."""

from __future__ import annotations

from msgspec.structs import replace

from simulator.carriers.inpost.catalog.basics import Dimensions
from simulator.carriers.inpost.catalog.services import SERVICES, Service, goes_to_address
from simulator.carriers.inpost.catalog.sizes import is_non_standard
from simulator.carriers.inpost.records import Parcel, Shipment
from simulator.engine.world import World


def with_service(world: World, shipment: Shipment, service_id: str) -> Shipment:
    """The shipment as the service carries it.

    A target point that the service does not go to is dropped (observed), and a courier parcel is
    non-standard when its sides are (documented), whatever its sender says.
    """
    service = SERVICES[service_id]
    target = shipment.target_point
    if target is not None and goes_to_address(service):
        world.note(
            f"custom_attributes.target_point {target} is dropped: {service_id} goes to the "
            "receiver's address"
        )
        target = None
    return replace(
        shipment,
        service=service_id,
        target_point=target,
        parcels=tuple([_carried(parcel, service) for parcel in shipment.parcels]),
    )


def _carried(parcel: Parcel, service: Service) -> Parcel:
    if parcel.is_non_standard or service.kind != "courier":
        return parcel
    sides = Dimensions(parcel.length or 0.0, parcel.width or 0.0, parcel.height or 0.0)
    return replace(parcel, is_non_standard=True) if is_non_standard(sides) else parcel
