"""Bag numbers and links to shipments, of many parcels at once (section 4.4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from simulator.carriers.postplus.bodies import reference_views
from simulator.carriers.postplus.bodies.reference_views import Failure
from simulator.carriers.postplus.bodies.shipment_forms import LONGEST_NUMBER
from simulator.carriers.postplus.parcels import look_ups
from simulator.carriers.postplus.records import PARCELS, SHIPMENTS, Account, Parcel, Shipment
from simulator.carriers.postplus.rules import references as rules
from simulator.carriers.postplus.rules.references import BagKind, Fault
from simulator.carriers.postplus.rules.shipments import bounded, named
from simulator.carriers.postplus.wire import credentials, errors, parsing
from simulator.core.answers import Answer, Refusal
from simulator.engine.world import World


class Refused(NamedTuple):
    """A parcel that cannot be linked: which, why, and the bag into which it does not fit."""

    failure: Failure
    fault: Fault
    bag_nr: str | None = None


def update_references_many(world: World, body: Any) -> Answer:
    """POST /api/v1/parcels/update-references-many: a bag number and a shipment for many parcels.

    With `allowPartialSuccess` those that can be are linked; without it any failure refuses all, 409
    when the state of a parcel is the reason and 400 when there is no such parcel. Raises 400 when
    no parcel or nothing to set is named, 404 for an unknown shipment and 409 for one that is
    locked.
    """
    account = credentials.account(world)
    form = parsing.form(body)
    bag_nr = parsing.text(form.get("updateBagNr"))
    shipment = _shipment(world, form.get("linkShipmentId"))
    if bag_nr is None and shipment is None:
        raise errors.bad_request("Nothing to update: give updateBagNr, linkShipmentId or both")
    if bag_nr is not None and len(bag_nr) > LONGEST_NUMBER:
        raise errors.bad_request(f"updateBagNr has more than {LONGEST_NUMBER} characters")
    found, refused = _wanted(world, account, form)
    if not found and not refused:
        raise errors.bad_request("No parcels: give ids, parcelNrs or senderParcelNrs")
    fitting, unfit = sort_out(world, account, found, bag_nr=bag_nr, shipment=shipment)
    refused += unfit
    if refused and not parsing.flag(form.get("allowPartialSuccess")):
        raise refusal(refused)
    shipment_id = None if shipment is None else shipment.id
    linked = [link(world, parcel, bag_nr=bag_nr, shipment_id=shipment_id) for parcel in fitting]
    return Answer(body=shown(world, linked, refused))


def sort_out(
    world: World,
    account: Account,
    parcels: Sequence[Parcel],
    *,
    bag_nr: str | None = None,
    shipment: Shipment | None = None,
) -> tuple[list[Parcel], list[Refused]]:
    """The parcels that may go into the bag and the shipment, and those that may not.

    What is None stays as each parcel has it.
    """
    bags = _Bags(world, account, {parcel.id for parcel in parcels})
    fitting: list[Parcel] = []
    refused: list[Refused] = []
    for parcel in parcels:
        own = None if parcel.shipment_id is None else world[SHIPMENTS].get(parcel.shipment_id)
        fault = rules.parcel_fault(parcel, own)
        if fault is not None:
            refused.append(Refused(Failure(fault.sentence, parcel), fault))
            continue
        goal = bag_nr or parcel.bag_nr
        target = shipment or own
        fault = bags.fault(goal, target, parcel) if goal else None
        if fault is None:
            fitting.append(parcel)
        else:
            refused.append(Refused(Failure(fault.sentence, parcel), fault, goal))
    return fitting, refused


class _Bags:
    """What the bags hold that parcels are put into."""

    def __init__(self, world: World, account: Account, moving: set[int]) -> None:
        self._world = world
        self._account = account
        self._moving = moving
        self._kinds: dict[tuple[int | None, str], BagKind | None] = {}

    def fault(self, bag_nr: str, shipment: Shipment | None, parcel: Parcel) -> Fault | None:
        """Why the parcel does not fit; an empty bag is for what comes into it first."""
        key = (None if shipment is None else shipment.id, bag_nr)
        if key not in self._kinds:
            self._kinds[key] = rules.kind_of(self._present(*key))
        kind = self._kinds[key]
        if kind is None:
            self._kinds[key] = rules.bag_kind(parcel)
        return rules.bag_fault(bag_nr, kind, parcel)

    def _present(self, shipment_id: int | None, bag_nr: str) -> Iterator[Parcel]:
        for parcel in self._world[PARCELS].where("bag_nr", bag_nr):
            same = parcel.account_id == self._account.id and parcel.shipment_id == shipment_id
            if same and not parcel.is_cancelled and parcel.id not in self._moving:
                yield parcel


def link(
    world: World,
    parcel: Parcel,
    *,
    bag_nr: str | None = None,
    shipment_id: int | None = None,
    manifest_file_id: int | None = None,
) -> Parcel:
    """The parcel in that bag, that shipment and that file; what is None stays as it is."""
    return world[PARCELS].put(
        msgspec.structs.replace(
            parcel,
            bag_nr=bag_nr or parcel.bag_nr,
            shipment_id=shipment_id or parcel.shipment_id,
            manifest_file_id=manifest_file_id or parcel.manifest_file_id,
            updated_on=world.now,
        )
    )


def unlink(world: World, parcel: Parcel) -> Parcel:
    """The parcel in no shipment and of no file; it stays in its bag."""
    return world[PARCELS].put(
        msgspec.structs.replace(
            parcel, shipment_id=None, manifest_file_id=None, updated_on=world.now
        )
    )


def refusal(refused: Sequence[Refused]) -> Refusal:
    """The refusal of a request as a whole for the parcels that it cannot link, with a sentence for
    each of them."""
    sentences = bounded([_sentence(each.failure) for each in refused], "parcels failed")
    detail = refused[0].failure.error
    if any(each.fault.conflict for each in refused):
        return errors.conflict(detail, sentences)
    return errors.problem(400, "NotFound", detail, details=sentences)


def shown(
    world: World,
    linked: Sequence[Parcel],
    refused: Sequence[Refused],
    failed_bag_nrs: Iterable[str] = (),
) -> dict[str, Any]:
    """The answer for parcels that were linked and refused; `failed_bag_nrs` are further bags that
    failed."""
    unfit = [each.bag_nr for each in refused if each.bag_nr is not None]
    bags = list(dict.fromkeys([*failed_bag_nrs, *unfit]))
    return reference_views.show(world, linked, [each.failure for each in refused], bags)


def _sentence(failure: Failure) -> str:
    wanted = failure.parcel_nr or failure.sender_parcel_nr or failure.id
    name = wanted if failure.parcel is None else named(failure.parcel)
    error = failure.error
    return error if str(name) in error else f"{error}: {name}"


def _shipment(world: World, wanted: Any) -> Shipment | None:
    """The shipment to link to. Raises 404 for an unknown one, 409 for one that is locked."""
    number = parsing.integer(wanted)
    text = parsing.text(wanted) if number is None else None
    if number is None and text is None:
        return None
    shipment = credentials.owned(world, SHIPMENTS, text or number or 0, "Shipment")
    fault = rules.shipment_fault(shipment)
    if fault is not None:
        raise errors.conflict(fault.sentence)
    return shipment


def _wanted(
    world: World, account: Account, form: dict[str, Any]
) -> tuple[list[Parcel], list[Refused]]:
    """The parcels that a request names in whichever way, each once, and those there are not.

    Raises 400 for an id that is no number.
    """
    found: dict[int, Parcel] = {}
    missing: list[Failure] = []
    error = rules.NOT_FOUND.sentence

    def take(parcels: list[Parcel], failure: Failure) -> None:
        found.update((parcel.id, parcel) for parcel in parcels)
        if not parcels:
            missing.append(failure)

    for text in parsing.listed(parsing.text(form.get("ids"))):
        number = parsing.integer(text)
        if number is None:
            raise errors.bad_request(f"ids has {text!r:.60}, which is not a number")
        take(look_ups.find(world, account, ids=[number]), Failure(error, id=number))
    for text in parsing.listed(parsing.text(form.get("parcelNrs"))):
        parcels = look_ups.find(world, account, parcel_nrs=[text])
        take(parcels, Failure(error, parcel_nr=text))
    for text in parsing.listed(parsing.text(form.get("senderParcelNrs"))):
        parcels = look_ups.find(world, account, sender_parcel_nrs=[text])
        take(parcels, Failure(error, sender_parcel_nr=text))
    return list(found.values()), [Refused(failure, rules.NOT_FOUND) for failure in missing]
