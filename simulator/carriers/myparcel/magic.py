"""Magic values of MyParcel: what texts, addresses and postcodes of a shipment may ask for.

The postcodes are those that users asked for in an issue thread of a Dutch plugin (5500AA, 4401AA,
4422AA, 2200AA) and others like them: their second to fourth digits are the status.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any, Final

from msgspec.structs import replace

from simulator.carriers.magic.magic_rules import at
from simulator.carriers.magic.values import (
    DOMAIN,
    Example,
    Instead,
    Made,
    Magic,
    MagicValue,
    emails,
)
from simulator.carriers.myparcel.catalog.lifecycle import JOURNEYS, PRINTED, REGISTERED
from simulator.carriers.myparcel.delivery import options
from simulator.carriers.myparcel.records import SHIPMENTS, Shipment
from simulator.carriers.myparcel.rules import limits
from simulator.carriers.myparcel.shipments import moves
from simulator.carriers.myparcel.wire import errors, gateway
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.core.answers import Answer
from simulator.engine.rules.definitions import Facts
from simulator.engine.world import World

_EMAIL = "recipient.email"
_POSTAL_CODE = "recipient.postal_code"
_LISTS = ("shipments", "return_shipments", "unrelated_return_shipments")
_CREATE = "myparcel.create_shipments"
_DELIVERY_OPTIONS = "myparcel.get_delivery_options"

STATUSES: Final[Mapping[str, int]] = {
    "2200AA": 200,
    "4400AA": 400,
    "4401AA": 401,
    "4403AA": 403,
    "4404AA": 404,
    "4422AA": 422,
    "4429AA": 429,
    "5500AA": 500,
    "5502AA": 502,
    "5503AA": 503,
    "5504AA": 504,
}
"""Postcode -> the status that it is answered with."""


_REFUSED: Final[Mapping[str, str]] = {
    f"not-active{DOMAIN}": "The create is refused as for an account that nobody has activated: "
    "422 with code 3716 and a maximum of 0",
    f"daily-maximum{DOMAIN}": "The create is refused as on a day on which the shop has made all "
    "that it may: 422 with code 3716 and a maximum of 25",
    f"carrier-fails{DOMAIN}": "The create is answered with 500, `PostNL API call failed`, as when "
    "the carrier does not answer",
}
"""Address -> why what is sent to it is not made."""

_MAXIMUM = 25


def _of_status(code: str, status: int) -> MagicValue:
    if status == 200:
        outcome = "Creating it and asking for its delivery options are answered with 200, as ever"
    else:
        outcome = (
            f"Creating it and asking for its delivery options (`postal_code`) answer {status} "
            f"({HTTPStatus(status).phrase})"
        )
    return MagicValue(_POSTAL_CODE, code, outcome)


_VALUES = (
    *(_of_status(code, status) for code, status in STATUSES.items()),
    *(MagicValue(_EMAIL, address, outcome) for address, outcome in _REFUSED.items()),
    *emails(
        _EMAIL,
        (
            (
                "no-money",
                "It has to be paid first, whatever shop it is of: its label answers 402 with a "
                "payment, and comes once that is paid",
                ("unpaid",),
            ),
            ("label-fails", "Requests for its label answer 503", ("label: 503",)),
            ("stuck", "The PDF under the link to its label is never there", ("label: stuck",)),
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
                "Once it is registered it goes its way and is delivered",
                ("delivered", "pickup_collected", "customs_delivered"),
            ),
            (
                "not-collected",
                "Once it is registered it goes its way, and nobody collects it: the shop gets it "
                "back (status 11)",
                ("not_collected",),
            ),
            (
                "returned",
                "Once it is registered it goes its way, and comes back to the shop (status 11)",
                ("not_collected", "returned"),
            ),
            (
                "lost",
                "Once it is registered it goes its way, and in the end nobody knows where it is "
                "(status 99)",
                ("lost",),
            ),
        ),
    ),
)

_EXAMPLES = (
    Example(
        "[[missed_collected]]",
        "The journey of that name (`GET /_sim/journeys`) begins once it is registered",
    ),
    Example("[[label: 404 x2]]", "The first two requests for its label answer 404"),
    Example("[[label: first 2]]", "The PDF under a link is not there for the first two requests"),
    Example("[[unpaid]]", "It has to be paid before there is a label"),
    Example("[[payment: fail]]", "Its payment comes to nothing"),
    Example("[[create: 503 x2]]", "The create answers 503 twice, and is done the third time"),
    Example(
        "[[create: connection_reset after]]", "The create is done and the connection reset, always"
    ),
)


def _written(shipment: Shipment) -> Iterator[tuple[str, Any]]:
    yield "reference_identifier", shipment.reference_identifier
    yield "options.label_description", shipment.options.get("label_description")
    yield _EMAIL, shipment.recipient.get("email")


def _owe(world: World, shipment: Shipment) -> None:
    world[SHIPMENTS].put(replace(world[SHIPMENTS][shipment.id], paid=False))


_SHIPMENT: Made[Shipment] = Made(
    noun="shipment",
    event="myparcel.shipment_created",
    key="shipment_id",
    table=SHIPMENTS,
    written=_written,
    texts=("reference_identifier", "options.label_description"),
    sent={_CREATE: tuple(("data", name) for name in _LISTS)},
    pattern=lambda shipment: {"id": shipment.id},
    steps={
        "print": "myparcel.print",
        "payment": "myparcel.payment",
        "buy": "myparcel.payment",
        "inactivity": "myparcel.inactivity",
        "label": "myparcel.label",
        "journey": "myparcel.journey",
    },
    requests={
        "read": {"operation": "myparcel.get_shipments"},
        "change": {"operation": "myparcel.update_shipments"},
        "cancel": {"operation": "myparcel.delete_shipments"},
        "label": {"carrier": "myparcel", "url": {"$regex": "^(/v2)?/shipment_labels/|^/pdfs/"}},
        "track": {"operation": "myparcel.get_tracktraces"},
        "all": {"carrier": "myparcel"},
    },
    ready=("myparcel.shipment_status_changed", (REGISTERED, *sorted(PRINTED))),
    journeys=JOURNEYS,
    start=moves.start_journey,
    hindrance=moves.hindrance,
    deeds={"unpaid": _owe},
)


def _instead(world: World, facts: Facts) -> Instead | None:
    """The answer to a request that is about one of the postcodes, or to one of the addresses."""
    if facts.operation == _CREATE:
        for path, element in _elements(facts):
            address = at(element, _EMAIL)
            if isinstance(address, str) and address.lower() in _REFUSED:
                answer = _refusal(address.lower(), path)
                return Instead(f"{_EMAIL} {address}", answer)
    for code in _codes(facts):
        status = STATUSES.get(code.replace(" ", "").upper(), 200)
        if status != 200:
            return Instead(f"{_POSTAL_CODE} {code}", _answer(world, facts, status, code))
    return None


def _codes(facts: Facts) -> Iterator[str]:
    if facts.operation == _DELIVERY_OPTIONS:
        yield facts.query.get("postal_code", "")
        return
    for _, element in _elements(facts):
        code = at(element, _POSTAL_CODE)
        if isinstance(code, str):
            yield code


def _elements(facts: Facts) -> Iterator[tuple[str, Any]]:
    """What a request would make, with the path of each."""
    for name in _LISTS:
        sent = at(facts.body, f"data.{name}")
        for place, element in enumerate(sent if isinstance(sent, list) else ()):
            yield f"data.{name}[{place}]", element


def _refusal(address: str, path: str) -> Answer:
    told = f"The address {address} is a magic value of the simulator."
    if address.startswith("carrier-fails"):
        return errors.carrier_failed("PostNL", told).answer
    most = 0 if address.startswith("not-active") else _MAXIMUM
    fault = limits.fault(most, "PostNL", "package", f"{path}.carrier")
    return errors.invalid([fault], reason=told).answer


def _answer(world: World, facts: Facts, status: int, code: str) -> Answer:
    """An error in the words of the API, or of the web server in front of it."""
    told = f"The postal code {code:.10} is a magic value of the simulator."
    if facts.operation == _DELIVERY_OPTIONS and status not in (401, 429, 502, 504):
        return options.refusal(world, status, [Fault(0, told)]).answer
    match status:
        case 401:
            return errors.access_denied(told).answer
        case 403:
            return errors.permission_denied(told).answer
        case 404:
            return errors.not_found(reason=told).answer
        case 422:
            return errors.invalid([Fault(3505, told, f"data.shipments[0].{_POSTAL_CODE}")]).answer
        case 400 | 500:
            return errors.refuse(status, told, [Fault(0, told)]).answer
    page = gateway.answer(status)
    assert page is not None, f"the table has a status without an answer: {status}"
    return page


MAGIC = Magic(
    values=_VALUES,
    examples=_EXAMPLES,
    made=(_SHIPMENT,),
    answered=frozenset({_CREATE, _DELIVERY_OPTIONS}),
    marks=(b"AA", b"aa", DOMAIN.encode()),
    instead=_instead,
)
