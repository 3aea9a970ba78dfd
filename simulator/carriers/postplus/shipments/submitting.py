"""Prepares and submits shipments: first a token that says that all is well, then the lock."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, NamedTuple

import msgspec

from simulator.carriers.postplus.parcels import cancelling
from simulator.carriers.postplus.records import SHIPMENTS, Shipment
from simulator.carriers.postplus.rules import shipments as rules
from simulator.carriers.postplus.shipments import contents, lifecycle, linking, shipments
from simulator.carriers.postplus.tracking import lifecycle as parcel_lifecycle
from simulator.carriers.postplus.wire import credentials, errors, parsing, short_ids
from simulator.core.answers import Answer
from simulator.engine.world import World

_FINISHING = "postplus.finish_processing"


def prepare_shipment(world: World, id: str) -> Answer:
    """POST /api/v1/shipments/{id}/prepare: the token with which it may be submitted.

    What stands against it is in `status.warningDetails`, still with 200, and then there is no token
    (N8). The body may be any JSON (N11). Raises 404, and 409 after submit.
    """
    return Answer(body=contents.prepared(world, _prepare(world, shipments.load(world, id))))


def submit_shipment(world: World, id: str, body: Any) -> Answer:
    """POST /api/v1/shipments/{id}/submit: locks the shipment and its parcels.

    Raises 404; 400 without a token; 409 for one that is wrong or stale, for a shipment that was not
    prepared, and after submit.
    """
    shipment = shipments.load(world, id)
    token = parsing.text(parsing.form(body).get("shipmentSubmitToken"))
    if token is None:
        raise errors.bad_request("shipmentSubmitToken is missing: prepare gives it")
    return Answer(body=contents.prepared(world, _submit(world, shipment, token)))


def link_prepare_submit(world: World, id: str, body: Any) -> Answer:
    """POST /api/v1/shipments/{id}/link-prepare-submit: all three in one transaction, or nothing.

    The body is that of link-bags; without `bagNrs` what is linked already is submitted. Raises what
    the three raise, and 409 with all sentences when something stands against the submission.
    """
    shipment = shipments.load(world, id)
    form = linking.read(body)
    if form.partial:
        world.note("allowPartialSuccess was not honoured: here it is all or nothing")
    if form.bag_nrs:
        linking.link(world, shipment, form._replace(partial=False))
    _check_open(shipment)
    faults = _judge(world, shipment).faults
    if faults:
        raise errors.conflict(faults[0], faults)
    return Answer(body=contents.prepared(world, _lock(world, shipment)))


def cancel_parcels_with_errors(world: World, id: str) -> Answer:
    """POST /api/v1/shipments/{id}/cancel-parcels-with-errors: what cannot go stays behind.

    The body may be any JSON (N11). Raises 404, and 409 after submit.
    """
    shipment = shipments.load(world, id)
    _check_open(shipment)
    for parcel in contents.parcels_of(world, shipment):
        if parcel.errors and not parcel.is_cancelled:
            cancelling.cancel(world, parcel)
    return Answer(body=contents.details(world, shipment))


class _Judged(NamedTuple):
    """What stands against a submission, and a fingerprint of all that was looked at."""

    faults: list[str]
    state: str


def _judge(world: World, shipment: Shipment) -> _Judged:
    parcels = contents.parcels_of(world, shipment)
    account = credentials.account(world)
    faults = rules.what_stops(shipment, account, parcels, contents.bag_errors(parcels))
    return _Judged(faults, rules.contents(shipment, parcels))


def _prepare(world: World, shipment: Shipment) -> Shipment:
    _check_open(shipment)
    faults, state = _judge(world, shipment)
    key = f"{shipment.id}/{state}"
    token = short_ids.mint(world, shipment.account_id, "postplus.submit_token", key)
    prepared = world[SHIPMENTS].put(
        msgspec.structs.replace(
            _processing(world, shipment),
            status=shipment.status if faults else "Created",
            submit_token=None if faults else token,
            contents=state,
            warnings=tuple(faults),
            errors=(),
        )
    )
    lifecycle.status_changed(world, prepared, shipment.status)
    return prepared


def _submit(world: World, shipment: Shipment, token: str) -> Shipment:
    _check_open(shipment)
    number = shipment.shipment_nr
    if shipment.submit_token is None:
        raise errors.conflict(f"Shipment {number} has not been prepared")
    if token != shipment.submit_token:
        raise errors.conflict(f"shipmentSubmitToken is not that of shipment {number}")
    parcels = contents.parcels_of(world, shipment)
    if shipment.contents != rules.contents(shipment, parcels):
        raise errors.conflict(f"Shipment {number} has changed since it was prepared")
    return _lock(world, shipment)


def _lock(world: World, shipment: Shipment) -> Shipment:
    locked = lifecycle.submitted(world, _processing(world, shipment))
    for parcel in contents.parcels_of(world, shipment):
        if not parcel.is_cancelled:
            parcel_lifecycle.manifested(world, parcel)
    return locked


def _processing(world: World, shipment: Shipment) -> Shipment:
    """The shipment while it is worked on, as long as ``postplus.processing_seconds`` says."""
    seconds: int = world.quirk("postplus.processing_seconds")
    if not seconds and not world.may_hold(_FINISHING, shipment_id=shipment.id):
        return shipment
    after = timedelta(seconds=seconds)
    world.enqueue(_FINISHING, after, shipment_id=shipment.id)
    return msgspec.structs.replace(shipment, is_processing=True)


def _check_open(shipment: Shipment) -> None:
    if not rules.is_open(shipment):
        raise errors.conflict(f"Shipment {shipment.shipment_nr} is {shipment.status}")
    if shipment.is_processing:
        raise errors.conflict(f"Shipment {shipment.shipment_nr} is being processed")
