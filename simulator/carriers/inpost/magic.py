"""Magic values of InPost: what texts of a shipment may ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simulator.carriers.inpost.catalog.journeys import JOURNEYS
from simulator.carriers.inpost.records import BATCHES, SHIPMENTS, Batch, Shipment
from simulator.carriers.inpost.shipments import moves
from simulator.carriers.inpost.tracking.lifecycle import UNUSED
from simulator.carriers.magic.values import Announced, Example, Made, Magic, emails

_EMAIL = "receiver.email"

_VALUES = emails(
    _EMAIL,
    (
        (
            "no-money",
            "Its purchase fails for want of money: a transaction that is `failure`, with "
            "`debt_collection`",
            ("purchase: fail",),
        ),
        ("label-fails", "Requests for its label answer 503", ("label: 503",)),
        ("stuck", "Its offers never come: it stays `created`", ("offers: stuck",)),
        (
            "slow",
            "The create and every request about it are answered after 5 seconds",
            ("create: delay 5s", "all: delay 5s"),
        ),
        (
            "busy",
            "The create answers 503 twice, and is done the third time",
            ("create: 503 x2",),
        ),
        (
            "hangs-up",
            "The create is done and the connection reset, once: who tries again has two",
            ("create: connection_reset after x1",),
        ),
        (
            "delivered",
            "Once it is confirmed it goes its way and is delivered",
            ("locker_delivered", "door_delivered"),
        ),
        (
            "not-collected",
            "Once it is confirmed it goes its way, nobody collects it from the locker, and it is "
            "`returned_to_sender`",
            ("locker_not_collected",),
        ),
        (
            "returned",
            "Once it is confirmed it goes its way, and ends as `returned_to_sender`",
            ("locker_not_collected", "door_rejected"),
        ),
        (
            "lost",
            "Once it is confirmed it goes its way to the locker, and ends as `missing`",
            ("locker_lost",),
        ),
    ),
)

_EXAMPLES = (
    Example(
        "[[locker_not_collected]]",
        "The journey of that name (`GET /_sim/journeys`) begins once it is confirmed",
    ),
    Example("[[label: 404 x2]]", "The first two requests for its label answer 404"),
    Example("[[label: first 2]]", "The same in the carrier's own words: it is not ready yet"),
    Example("[[buy: stuck]]", "Its transaction stays `initiated`"),
    Example("[[offers: late 10m]]", "Its offers come ten minutes later"),
    Example("[[purchase: fail]]", "Its transaction is a `failure`"),
    Example("[[create: 503 x2]]", "The create answers 503 twice, and is done the third time"),
    Example(
        "[[create: connection_reset after]]", "The create is done and the connection reset, always"
    ),
)


def _written(shipment: Shipment) -> Iterator[tuple[str, Any]]:
    yield "reference", shipment.reference
    yield "comments", shipment.comments
    yield "external_customer_id", shipment.external_customer_id
    if shipment.receiver is not None:
        yield _EMAIL, shipment.receiver.email


def _pattern(shipment: Shipment) -> dict[str, Any]:
    # The quirk `inpost.id_type` writes ids as texts.
    return {"id": {"$oneof": [shipment.id, str(shipment.id)]}}


def _sent(batch: Batch) -> tuple[Mapping[str, Any], ...]:
    return batch.items


_SHIPMENT: Made[Shipment] = Made(
    noun="shipment",
    event="inpost.shipment_created",
    key="shipment_id",
    table=SHIPMENTS,
    written=_written,
    texts=("reference", "comments", "external_customer_id"),
    sent={"inpost.create_shipment": ((),), "inpost.create_batch": (("shipments",),)},
    pattern=_pattern,
    steps={
        "offers": "inpost.offers",
        "choice": "inpost.choice",
        "transaction": "inpost.transaction",
        "purchase": "inpost.purchase",
        "buy": "inpost.purchase",
        "expiry": "inpost.expiry",
        "label": "inpost.label",
        "journey": "inpost.journey",
    },
    requests={
        "read": {"operation": "inpost.get_shipment"},
        # PUT and PATCH: of what that path takes, they alone have a body.
        "change": {
            "carrier": "inpost",
            "url": {"$regex": "^/v1/shipments/[0-9]+/?$"},
            "body": {"$type": "object"},
        },
        "cancel": {"operation": "inpost.cancel_shipment"},
        "buy": {"carrier": "inpost", "url": {"$regex": "/(bulk_)?buy/?$"}},
        "label": {"carrier": "inpost", "url": {"$regex": "/(return_)?labels?/?$"}},
        "track": {"carrier": "inpost", "url": {"$regex": "^/v1/tracking/"}},
        "all": {"carrier": "inpost"},
    },
    ready=("inpost.shipment_status_changed", ("confirmed",)),
    journeys=JOURNEYS,
    start=moves.start_journey,
    hindrance=moves.hindrance,
    idle=(None, UNUSED),
)

MAGIC = Magic(
    values=_VALUES,
    examples=_EXAMPLES,
    made=(_SHIPMENT,),
    announced=(Announced("inpost.batch_created", "batch_id", BATCHES, _sent, _SHIPMENT),),
)
