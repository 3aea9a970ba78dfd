"""Magic values of MyParcel: what texts, addresses and postcodes of a shipment may ask for.

The postcodes are those that users asked for in an issue thread of a Dutch plugin (5500AA, 4401AA,
4422AA, 2200AA) and others like them: their second to fourth digits are the status.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

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
from simulator.carriers.myparcel.catalog.types import SHIPMENT_LISTS
from simulator.carriers.myparcel.delivery import options, values
from simulator.carriers.myparcel.editions import carriers
from simulator.carriers.myparcel.records import SHIPMENTS, Shipment
from simulator.carriers.myparcel.rules import address, limits, outages
from simulator.carriers.myparcel.shipments import moves
from simulator.carriers.myparcel.wire import edition, errors, gateway
from simulator.carriers.myparcel.wire.errors import Fault
from simulator.core.answers import Answer
from simulator.core.phrases import phrase
from simulator.engine.facts import Facts
from simulator.engine.world import World

_EMAIL = "recipient.email"
_POSTAL_CODE = "recipient.postal_code"
_MOST_ELEMENTS = 100
"""Elements that are looked at: no edition takes more in a request."""

_CREATE = "myparcel.create_shipments"
_CHECKOUT = ("myparcel.get_delivery_options", "myparcel.list_pickup_locations")
"""What a shop asks while an address is typed in."""

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
    f"carrier-fails{DOMAIN}": "The create is answered with 500, such as `PostNL API call failed`, "
    "as when its carrier does not answer",
    f"unserved-area{DOMAIN}": "The create is refused as for a postcode area to which its carrier "
    "does not go: 422 with code 3753",
}
"""Address -> why what is sent to it is not made."""

_MAXIMUM = 25
_UNSERVED_AREA = 3753


def _of_status(code: str, status: int) -> MagicValue:
    if status == 200:
        outcome = (
            "Creating it and asking for its delivery options or pickup locations are answered with "
            "200, as ever"
        )
    else:
        outcome = (
            "Creating it and asking for its delivery options or pickup locations (`postal_code`) "
            f"answer {status} ({phrase(status)})"
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
    sent={_CREATE: tuple(("data", name) for name in SHIPMENT_LISTS)},
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
            named = at(element, _EMAIL)
            if isinstance(named, str) and named.lower() in _REFUSED:
                answer = _refusal(world, named.lower(), path, element)
                return Instead(f"{_EMAIL} {named}", answer)
    for asked in _asked(world, facts):
        status = STATUSES.get(asked.code.replace(" ", "").upper(), 200)
        if status != 200:
            return Instead(f"{_POSTAL_CODE} {asked.code}", _answer(world, facts, asked, status))
    return None


class _Asked(NamedTuple):
    """A postcode of a request, the carrier that it is about by the name that it gives itself, and
    what is told of a postcode that nobody has."""

    code: str
    carrier: str
    wrong: Fault


def _asked(world: World, facts: Facts) -> Iterator[_Asked]:
    if facts.operation in _CHECKOUT:
        code, carrier = facts.query.get("postal_code", ""), facts.query.get("carrier")
        yield _Asked(code, _human(world, carrier), values.not_dutch(code))
        return
    for path, element in _elements(facts):
        code = at(element, _POSTAL_CODE)
        if isinstance(code, str):
            wrong = address.not_dutch(code, f"{path}.recipient")
            yield _Asked(code, _human(world, element.get("carrier")), wrong)


def _human(world: World, carrier: Any) -> str:
    """The name that a carrier gives itself; that of PostNL where none is known."""
    spoken = edition.of(world).name
    number = carriers.number(carrier, spoken) if isinstance(carrier, str | int) else None
    return outages.human(number, spoken) if number else "PostNL"


def _elements(facts: Facts) -> Iterator[tuple[str, Any]]:
    """What a request would make, with the path of each."""
    for name in SHIPMENT_LISTS:
        sent = at(facts.body, f"data.{name}")
        for place, element in enumerate(sent[:_MOST_ELEMENTS] if isinstance(sent, list) else ()):
            yield f"data.{name}[{place}]", element


def _refusal(world: World, named: str, path: str, element: Any) -> Answer:
    carrier = _human(world, element.get("carrier"))
    if named.startswith("carrier-fails"):
        return outages.refusal(world, carrier, "").answer
    if named.startswith("unserved-area"):
        # Its document lists the code and says nowhere which areas of which carriers are meant.
        human = f"{carrier} does not deliver in the area of this postal code"
        field = f"{path}.recipient.postal_code"
        return errors.invalid([Fault(_UNSERVED_AREA, human, field)]).answer
    most = 0 if named.startswith("not-active") else _MAXIMUM
    kind = at(element, "options.package_type")
    return errors.invalid([limits.fault(most, carrier, kind, f"{path}.carrier")]).answer


_FAULTS: Final[Mapping[int, Fault]] = {
    400: Fault(0, "Bad Request"),
    403: Fault(3001, "Permission Denied."),
    404: Fault(3105, "Resource not found."),
    503: options.DOWN,
}
"""What the API says with a status, but for a postcode that nobody has (422)."""


def _answer(world: World, facts: Facts, asked: _Asked, status: int) -> Answer:
    """An error in the words of the API, or of the web server in front of it.

    That it is magic only the journal tells: the rule that acts has the value as its name.
    """
    if status == 401:
        return errors.access_denied("").answer
    if status == 500:
        return outages.refusal(world, asked.carrier, "").answer
    checkout = facts.operation in _CHECKOUT
    page = gateway.answer(status)
    if page is not None and not (checkout and status in _FAULTS):
        return page
    fault = _FAULTS.get(status, asked.wrong)
    if checkout:
        return options.refusal(world, status, [fault]).answer
    if fault is asked.wrong:
        return errors.invalid([fault]).answer
    return errors.refuse(status, fault.human, [fault]).answer


MAGIC = Magic(
    values=_VALUES,
    examples=_EXAMPLES,
    made=(_SHIPMENT,),
    answered=frozenset({_CREATE, *_CHECKOUT}),
    marks=(b"AA", b"aa", DOMAIN.encode()),
    instead=_instead,
)
