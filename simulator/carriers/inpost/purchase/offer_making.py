"""Makes the offers of a shipment: what could carry it at what price, and why others cannot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from msgspec.structs import replace

from simulator.carriers.inpost.catalog import tariff
from simulator.carriers.inpost.catalog.services import SERVICES, Service
from simulator.carriers.inpost.records import POINTS, Offer, Organization, Shipment
from simulator.carriers.inpost.rules import points as rules_points
from simulator.carriers.inpost.wire import parsing
from simulator.engine.world import World

LIFE = timedelta(minutes=5)
"""How long an offer can be bought (documented and recorded)."""

COD_LIMITS = {"locker": 500_000, "letter": 500_000, "courier": 1_500_000, "pallet": 1_500_000}
"""Kind of service -> largest COD amount in grosze (inferred)."""

_WEEKEND = ("end_of_week_collection",)
_ALLEGRO_MAIL = "@allegromail.pl"


def make_offers(world: World, organization: Organization, shipment: Shipment) -> tuple[Offer, ...]:
    """One offer for the shipment's service, or in the offer mode one for each contracted one."""
    if shipment.service is not None:
        services = [SERVICES[shipment.service]]
    else:
        services = [
            SERVICES[parsing.for_target(id, shipment.target_point)]
            for id in organization.services
            if _is_offered(organization, SERVICES[id])
        ]
    return tuple(_offer(world, organization, shipment, service) for service in services)


def refuse_offers(
    world: World, organization: Organization, shipment: Shipment
) -> tuple[Offer, ...]:
    """The same offers, none of which can be had (inferred: a reason that fits every service)."""
    return tuple(
        replace(
            offer,
            status="unavailable",
            expires_at=None,
            rate=None,
            price=0,
            reasons=offer.reasons or ("sending_method_unavailable",),
        )
        for offer in make_offers(world, organization, shipment)
    )


def _is_offered(organization: Organization, service: Service) -> bool:
    if service.carrier not in organization.carriers:
        return False
    return service.carrier != "inpost_courier" or organization.courier_contract


def _offer(world: World, organization: Organization, shipment: Shipment, service: Service) -> Offer:
    number = world.next_number("inpost.offers", 9_100_001)
    wanted = shipment.additional_services
    reasons = tuple(_reasons(world, shipment, service))
    price = None
    if not reasons:
        price = tariff.price(
            service.id,
            parsing.measures(shipment.parcels),
            cod=shipment.cod.amount,
            insurance=shipment.insurance.amount,
            extras=(*wanted, *_WEEKEND) if shipment.end_of_week_collection else wanted,
        )
    if price is None:
        return Offer(
            id=number,
            status="unavailable",
            service=service.id,
            carrier=service.carrier,
            expires_at=None,
            rate=None,
            currency="PLN",
            additional_services=wanted,
            reasons=reasons or ("parcels_size_invalid",),
        )
    told = organization.account == "prepaid" and world.quirk("inpost.rate") == "by_account"
    return Offer(
        id=number,
        status="available",
        service=service.id,
        carrier=service.carrier,
        expires_at=world.now + LIFE,
        rate=price.total if told else None,
        currency="PLN",
        additional_services=wanted,
        price=price.total,
    )


def _reasons(world: World, shipment: Shipment, service: Service) -> Iterator[str]:
    """Why the service cannot carry the shipment, its size apart."""
    if len(shipment.parcels) > service.max_parcels:
        yield "multiple_parcels_unavailable"
    yield from _point_reasons(world, shipment, service)
    yield from _receiver_reasons(world, shipment, service)
    if shipment.sending_method is None:
        if rules_points.needs_method(service):
            yield "sending_method_required"
    elif shipment.sending_method not in rules_points.sending_methods(world, service):
        yield "sending_method_unavailable"
    yield from _extra_reasons(shipment, service)


def _point_reasons(world: World, shipment: Shipment, service: Service) -> Iterator[str]:
    if shipment.target_point is None:
        if rules_points.needs_target(world, service):
            yield "target_point_required"
        return
    point = world[POINTS].get(shipment.target_point)
    if point is None or not rules_points.can_receive(point, service):
        yield "invalid_target_point_function"
    if service.id == "inpost_locker_pass_thru" and shipment.dropoff_point != shipment.target_point:
        yield "dropoff_and_target_points_must_be_equal"


def _receiver_reasons(world: World, shipment: Shipment, service: Service) -> Iterator[str]:
    receiver = shipment.receiver
    if receiver is None:
        return
    if service.kind == "locker":
        if receiver.email is None:
            yield "receiver_email_required"
    elif receiver.address is None:
        yield "receiver_address_required"
    checked = rules_points.is_allegro(service) and world.quirk("inpost.allegro_email_check")
    if checked and not (receiver.email or "").lower().endswith(_ALLEGRO_MAIL):
        yield "allegro_email_invalid"


def _extra_reasons(shipment: Shipment, service: Service) -> Iterator[str]:
    cod, insurance = shipment.cod.amount, shipment.insurance.amount
    wanted = list(shipment.additional_services)
    wanted += [name for name, amount in (("cod", cod), ("insurance", insurance)) if amount]
    if shipment.end_of_week_collection:
        wanted.append("end_of_week_collection")
    for extra in dict.fromkeys(wanted):
        if extra not in service.additional_services:
            yield f"additional_service_{extra}_unavailable"
    if cod is not None and cod > COD_LIMITS[service.kind]:
        yield "cod_amount_too_big"
    if cod is not None and service.kind in ("courier", "pallet") and (insurance or 0) < cod:
        yield "insurance_required"
    if service.id == "inpost_locker_economy" and shipment.commercial_product_identifier is None:
        yield "commercial_product_identifier_required"
