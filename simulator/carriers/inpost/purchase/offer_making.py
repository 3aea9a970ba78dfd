"""Makes the offers of a shipment: what could carry it at what price, and why others cannot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from msgspec.structs import replace

from simulator.carriers.inpost.bodies import recorded
from simulator.carriers.inpost.catalog import tariff
from simulator.carriers.inpost.catalog.services import SERVICES, Service
from simulator.carriers.inpost.records import Offer, OfferStatus, Organization, Shipment
from simulator.carriers.inpost.rules import services as rules_services
from simulator.carriers.inpost.rules.objections import Objection
from simulator.carriers.inpost.wire import parsing
from simulator.engine.world import World

LIFE = timedelta(minutes=5)
"""How long an offer can be bought (documented and recorded)."""

_WEEKEND = ("end_of_week_collection",)

_REFUSED = ("sending_method_unavailable", "a rule lets the offers fail")


def begin_offers(world: World, organization: Organization, shipment: Shipment) -> tuple[Offer, ...]:
    """The offers of the services that are asked, before any of them has answered."""
    return tuple(
        [
            _unpriced(_new_number(world), shipment, service, "in_preparation")
            for service in _services(organization, shipment)
        ]
    )


def make_offers(world: World, organization: Organization, shipment: Shipment) -> tuple[Offer, ...]:
    """One offer for the shipment's service, or in the offer mode one for each contracted one.

    In the offer mode an offer keeps the id that it had while it was being made.
    """
    form = recorded.form_of(world, shipment)
    made = []
    for service in _services(organization, shipment):
        begun = None if form.service is not None else _begun(shipment, service)
        empty = begun or _unpriced(_new_number(world), shipment, service, "in_preparation")
        objections = rules_services.objections(world, form, service)
        if objections:
            made.append(_unavailable(empty, objections))
        else:
            made.append(_priced(world, organization, shipment, empty))
    return tuple(made)


def refuse_offers(
    world: World, organization: Organization, shipment: Shipment
) -> tuple[Offer, ...]:
    """The same offers, none of which can be had (inferred: a reason that fits every service)."""
    key, message = _REFUSED
    return tuple(
        [
            replace(
                offer,
                status="unavailable",
                expires_at=None,
                rate=None,
                price=0,
                reasons=offer.reasons or (key,),
                messages=offer.messages or (message,),
            )
            for offer in make_offers(world, organization, shipment)
        ]
    )


def _services(organization: Organization, shipment: Shipment) -> Sequence[Service]:
    if shipment.service is not None:
        return [SERVICES[shipment.service]]
    return [
        SERVICES[parsing.for_target(id, shipment.target_point)]
        for id in organization.services
        if _is_offered(organization, SERVICES[id])
    ]


def _is_offered(organization: Organization, service: Service) -> bool:
    if service.carrier not in organization.carriers:
        return False
    return service.carrier != "inpost_courier" or organization.courier_contract


def _priced(world: World, organization: Organization, shipment: Shipment, offer: Offer) -> Offer:
    wanted = shipment.additional_services
    price = tariff.price(
        offer.service,
        parsing.measures(shipment.parcels),
        cod=shipment.cod.amount,
        insurance=shipment.insurance.amount,
        extras=(*wanted, *_WEEKEND) if shipment.end_of_week_collection else wanted,
    )
    assert price is not None, f"{offer.service} has a price for every parcel that it takes"
    told = organization.account == "prepaid" and world.quirk("inpost.rate") == "by_account"
    return replace(
        offer,
        status="available",
        expires_at=world.now + LIFE,
        rate=price.total if told else None,
        price=price.total,
    )


def _unpriced(number: int, shipment: Shipment, service: Service, status: OfferStatus) -> Offer:
    """An offer of the service without a price. Of the additional services that the sender asked
    for it has those that the service has (documented)."""
    return Offer(
        id=number,
        status=status,
        service=service.id,
        carrier=service.carrier,
        expires_at=None,
        rate=None,
        currency="PLN",
        additional_services=tuple(
            [each for each in shipment.additional_services if each in service.additional_services]
        ),
    )


def _begun(shipment: Shipment, service: Service) -> Offer | None:
    for offer in shipment.offers:
        if offer.service == service.id and offer.status == "in_preparation":
            return offer
    return None


def _new_number(world: World) -> int:
    return world.next_number("inpost.offers", 9_100_001)


def _unavailable(offer: Offer, objections: Iterable[Objection]) -> Offer:
    """The offer with the reasons, each once, in the words of the first objection that has it."""
    words: dict[str, str] = {}
    for each in objections:
        words.setdefault(each.reason, each.finding.message)
    return replace(
        offer, status="unavailable", reasons=tuple(words), messages=tuple(words.values())
    )
