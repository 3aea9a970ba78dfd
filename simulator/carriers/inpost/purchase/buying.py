"""What happens to a shipment by itself: offers come, one is paid for, offers grow old.

The delays follow recordings of the sandbox: offers 0.1 to 0.6 s after the create, of which the
simplified mode selects one within that time, the transaction 0.4 to 0.5 s and `confirmed` 1.05 to
1.12 s after the create. Each shipment has its own delay within those, drawn by its id.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import msgspec

from simulator.carriers.inpost.catalog.services import SERVICES
from simulator.carriers.inpost.purchase.offer_making import begin_offers, make_offers
from simulator.carriers.inpost.records import (
    ORGANIZATIONS,
    SHIPMENTS,
    Offer,
    OfferStatus,
    Organization,
    Shipment,
    Transaction,
    TransactionStatus,
)
from simulator.carriers.inpost.rules import carriage
from simulator.carriers.inpost.tracking import lifecycle, notifications, numbers
from simulator.engine.extension import JobHandler
from simulator.engine.world import World

FETCH_BEGINS = timedelta(milliseconds=100)
"""After a create or an update; until then a shipment can still be changed (observed: cancelled)."""

CHOOSING = timedelta(milliseconds=90)
"""In the simplified mode from `offers_prepared`, which can be seen for so long, to
`offer_selected`."""

NO_ACCOUNT = "company_data_missing"
"""What a transaction says that failed for want of a bank account for COD (observed)."""

BUYING = timedelta(milliseconds=300)
"""From a client's `buy` to the transaction, so that `confirmed` follows after about a second
(observed by a public client)."""


def _jitter(world: World, purpose: str, shipment_id: int, most: float) -> float:
    return world.chance.fraction(f"inpost.{purpose}_delay", shipment_id) * most


def is_fetching(world: World, shipment: Shipment) -> bool:
    """Whether offers are being fetched right now."""
    return shipment.preparing and world.now - shipment.updated_at >= FETCH_BEGINS


def begin(world: World, shipment: Shipment) -> Shipment:
    """Have the offers of a new or changed shipment prepared, and put it into its table.

    In the offer mode the services are asked first, and their offers are `in_preparation`.
    """
    world.cancel_job(shipment.next_job)
    if shipment.service is None:
        job = world.enqueue("inpost.fetch_offers", after=FETCH_BEGINS, shipment_id=shipment.id)
    else:
        seconds = 0.25 + _jitter(world, "offers", shipment.id, 0.02)
        job = _prepare_after(world, shipment, timedelta(seconds=seconds))
    return world[SHIPMENTS].put(
        msgspec.structs.replace(shipment, preparing=True, purchasing=False, next_job=job)
    )


def _prepare_after(world: World, shipment: Shipment, delay: timedelta) -> int:
    return world.enqueue("inpost.prepare_offers", after=delay, shipment_id=shipment.id)


def fetch_offers(world: World, *, shipment_id: int) -> None:
    """Job: in the offer mode every service is asked, and has not answered yet."""
    shipment = world[SHIPMENTS].get(shipment_id)
    if shipment is None or not shipment.preparing:
        return
    organization = world[ORGANIZATIONS][shipment.organization_id]
    seconds = 0.5 + _jitter(world, "offers", shipment.id, 0.02)
    world[SHIPMENTS].put(
        msgspec.structs.replace(
            shipment,
            offers=begin_offers(world, organization, shipment),
            next_job=_prepare_after(world, shipment, timedelta(seconds=seconds) - FETCH_BEGINS),
        )
    )


def prepare_offers(world: World, *, shipment_id: int, choose: bool = True) -> None:
    """Job: the offers are there; in the simplified mode the one of the service is selected next.

    With `choose` false nothing is selected by itself.
    """
    offers_come(world, shipment_id, choose, make_offers)


def offers_come(
    world: World,
    shipment_id: int,
    choose: bool,
    made: Callable[[World, Organization, Shipment], tuple[Offer, ...]],
) -> None:
    """The offers that are `made` are there, and in the simplified mode one is selected next."""
    shipment = world[SHIPMENTS].get(shipment_id)
    if shipment is None or not shipment.preparing:
        return
    organization = world[ORGANIZATIONS][shipment.organization_id]
    before = shipment.status
    shipment = msgspec.structs.replace(
        shipment,
        status="offers_prepared",
        offers=made(world, organization, shipment),
        selected_offer_id=None,
        preparing=False,
        next_job=None,
        updated_at=world.now,
    )
    notifications.offers_prepared(world, shipment)
    notifications.status_changed(world, shipment, before)
    offer = shipment.offers[0] if shipment.offers else None
    if not choose or not shipment.service or offer is None or offer.status != "available":
        await_choice(world, shipment)
        return
    job = world.enqueue("inpost.choose_offer", after=CHOOSING, shipment_id=shipment.id)
    world[SHIPMENTS].put(msgspec.structs.replace(shipment, preparing=True, next_job=job))


def choose_offer(world: World, *, shipment_id: int) -> None:
    """Job: the simplified mode selects the only offer, and pays for it unless told not to."""
    shipment = world[SHIPMENTS].get(shipment_id)
    if shipment is None or not shipment.preparing:
        return
    [offer] = shipment.offers
    shipment = _selected(world, shipment, offer)
    if shipment.only_choice_of_offer:
        await_choice(world, shipment)
    else:
        seconds = 0.09 + _jitter(world, "transaction", shipment.id, 0.03)
        buy(world, shipment, offer, timedelta(seconds=seconds))


def await_choice(world: World, shipment: Shipment) -> Shipment:
    """Let the offers grow old while the caller thinks."""
    ends = [o.expires_at for o in shipment.offers if o.expires_at is not None]
    world.cancel_job(shipment.next_job)
    job = None
    if ends:
        due = max(min(ends), world.now)
        job = world.enqueue_at("inpost.expire_offers", due, shipment_id=shipment.id)
    return world[SHIPMENTS].put(msgspec.structs.replace(shipment, next_job=job))


def expire_offers(world: World, *, shipment_id: int) -> None:
    """Job: offers that nobody bought in time are `expired`, unless the carrier forgets it."""
    shipment = world[SHIPMENTS].get(shipment_id)
    if shipment is not None and world.quirk("inpost.expired_offers") == "refuse":
        expire(world, shipment)


def expire(world: World, shipment: Shipment) -> Shipment:
    """Let every offer that could still be bought be expired now; those bought stay."""
    world.cancel_job(shipment.next_job)
    offers = tuple(
        msgspec.structs.replace(offer, status="expired")
        if offer.status in ("available", "selected")
        else offer
        for offer in shipment.offers
    )
    return world[SHIPMENTS].put(
        msgspec.structs.replace(shipment, offers=offers, next_job=None, updated_at=world.now)
    )


def select(world: World, shipment: Shipment, offer: Offer) -> Shipment:
    """Choose an offer, which grows old while the caller thinks."""
    return await_choice(world, _selected(world, shipment, offer))


def _selected(world: World, shipment: Shipment, offer: Offer) -> Shipment:
    """The shipment with its choice; the other offers disappear (documented)."""
    selected = msgspec.structs.replace(offer, status="selected")
    before = shipment.status
    shipment = msgspec.structs.replace(
        shipment,
        status="offer_selected",
        offers=(selected,),
        selected_offer_id=offer.id,
        preparing=False,
        updated_at=world.now,
    )
    notifications.status_changed(world, shipment, before)
    return shipment


def buy(
    world: World,
    shipment: Shipment,
    offer: Offer,
    after: timedelta = BUYING,
) -> Shipment:
    """Start a purchase, of which nothing can be seen before `after`."""
    world.cancel_job(shipment.next_job)
    job = world.enqueue(
        "inpost.begin_transaction", after=after, shipment_id=shipment.id, offer_id=offer.id
    )
    return world[SHIPMENTS].put(msgspec.structs.replace(shipment, purchasing=True, next_job=job))


def begin_transaction(world: World, *, shipment_id: int, offer_id: int) -> None:
    """Job: the payment begins; the offer is selected if it was not."""
    shipment = world[SHIPMENTS].get(shipment_id)
    if shipment is None or not shipment.purchasing:
        return
    offer = next(offer for offer in shipment.offers if offer.id == offer_id)
    shipment = _selected(world, shipment, offer)
    world.cancel_job(shipment.next_job)
    number = world.next_number("inpost.transactions", 5_800_001)
    begun = Transaction(number, "initiated", offer_id, world.now, world.now)
    seconds = 0.62 + _jitter(world, "payment", shipment.id, 0.03)
    job = world.enqueue("inpost.settle", after=timedelta(seconds=seconds), shipment_id=shipment.id)
    world[SHIPMENTS].put(
        msgspec.structs.replace(
            shipment, transactions=(*shipment.transactions, begun), next_job=job
        )
    )


def settle(world: World, *, shipment_id: int) -> None:
    """Job: the payment succeeds or fails."""
    shipment = world[SHIPMENTS].get(shipment_id)
    if shipment is None or not shipment.purchasing:
        return
    organization = world[ORGANIZATIONS][shipment.organization_id]
    [offer] = shipment.offers
    failure = payment_failure(world, organization, shipment, offer)
    if failure is not None:
        refuse_payment(world, shipment, failure)
        return
    if organization.account == "prepaid" and world.quirk("inpost.funds") == "balance":
        world[ORGANIZATIONS].put(
            msgspec.structs.replace(organization, balance=organization.balance - offer.price)
        )
    _confirm(world, _ended(world, shipment, "success"), offer)


def refuse_payment(world: World, shipment: Shipment, failure: str) -> None:
    """The payment fails; the offer can be bought again as long as it lives."""
    await_choice(world, _ended(world, shipment, "failure", failure))
    world.emit(
        "inpost.transaction_failed",
        shipment_id=shipment.id,
        organization_id=shipment.organization_id,
        error=failure,
    )


def payment_failure(
    world: World, organization: Organization, shipment: Shipment, offer: Offer
) -> str | None:
    """The key of what stands in the way of paying, or None.

    Unpaid invoices, a prepaid balance that is short, or COD without a bank account (observed).
    """
    if organization.debt:
        return "debt_collection"
    if shipment.cod.amount is not None and not organization.bank_account_number:
        return NO_ACCOUNT
    limited = organization.account == "prepaid" and world.quirk("inpost.funds") == "balance"
    return "debt_collection" if limited and organization.balance < offer.price else None


def _ended(
    world: World, shipment: Shipment, status: TransactionStatus, error: str | None = None
) -> Shipment:
    *before, last = shipment.transactions
    last = msgspec.structs.replace(last, status=status, updated_at=world.now, error=error)
    return msgspec.structs.replace(
        shipment,
        transactions=(*before, last),
        purchasing=False,
        next_job=None,
        updated_at=world.now,
    )


def _confirm(world: World, shipment: Shipment, offer: Offer) -> None:
    """The shipment is paid for: tracking numbers, drop-off code, and the label's 45 days."""
    bought: OfferStatus = "bought"
    shipment = carriage.with_service(world, shipment, offer.service)
    parcels = tuple(
        msgspec.structs.replace(
            parcel,
            tracking_number=numbers.tracking_number(world, shipment.id, offer.service, place),
        )
        for place, parcel in enumerate(shipment.parcels)
    )
    by_locker = (
        SERVICES[offer.service].kind == "locker" and shipment.sending_method == "parcel_locker"
    )
    confirmed = msgspec.structs.replace(
        shipment,
        offers=(msgspec.structs.replace(offer, status=bought, expires_at=None),),
        parcels=parcels,
        tracking_number=parcels[0].tracking_number,
        customer_delivering_code=(
            numbers.delivering_code(world, shipment.id) if by_locker else None
        ),
    )
    confirmed = lifecycle.enter(world, confirmed, "confirmed")
    lifecycle.await_use(world, confirmed)
    notifications.shipment_confirmed(world, confirmed)
    notifications.status_changed(world, confirmed, shipment.status)


JOBS: dict[str, JobHandler] = {
    "fetch_offers": fetch_offers,
    "prepare_offers": prepare_offers,
    "choose_offer": choose_offer,
    "expire_offers": expire_offers,
    "begin_transaction": begin_transaction,
    "settle": settle,
}
