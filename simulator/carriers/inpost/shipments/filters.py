"""The filters of the shipment list: how each is read, what it lets through, and how it is found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import msgspec

from simulator.carriers.inpost.catalog.lifecycle import BOUGHT, FINAL
from simulator.carriers.inpost.catalog.services import SERVICES
from simulator.carriers.inpost.records import Peer, Shipment
from simulator.carriers.inpost.wire import errors, moments, parsing
from simulator.core import reading
from simulator.core.answers import Finding
from simulator.core.tables import Texts

Test = Callable[[Shipment], bool]


class Range(NamedTuple):
    """The shipments whose values of an order lie from `first` to `last`; None is no bound."""

    order: str
    first: Any
    last: Any


class Text(NamedTuple):
    """The shipments of whose `texts` one has this `part`, or is it if `whole`."""

    texts: Texts[Shipment]
    part: str
    whole: bool = False


class Filter(NamedTuple):
    """What a filter lets through, and how what it may let through is found without a look at every
    shipment.

    `grouped` says that it hangs on nothing but what makes the group of a shipment (`orders.group`),
    `range` that it is that range of an order and nothing else, `text` that what it lets through has
    such a text. `asked` is the name and the value of the parameter that was read.
    """

    test: Test
    grouped: bool = False
    range: Range | None = None
    text: Text | None = None
    asked: tuple[str, str] | None = None


Reader = Callable[[str], Filter | None]
"""Reads the value of a filter; None for one that makes no sense, which counts as not given."""

# Observed: ids near 2^63 fail the call, as words do.
_TOO_LARGE_ID = 2**63 - 1000


def ids(text: str) -> frozenset[int]:
    """The ids of the `id` filter.

    Observed: spaces, empty items, repetitions, leading zeros, negative numbers and fractions are
    tolerated; 0, words and numbers near 2^63 fail the whole call.
    """
    wanted: set[int] = set()
    wrong: list[Finding] = []
    for item in (part.strip() for part in text.split(",")):
        number = parsing.decimal(item) if item else None
        if not item:
            continue
        if number is None or number == 0 or number >= _TOO_LARGE_ID:
            key = f"id_{item}_does_not_exist"
            wrong.append(
                Finding(
                    ("shipment",), key, f"{item[:60]!r} is not the id of a shipment", value=item
                )
            )
        elif number == int(number) and number > 0:
            wanted.add(int(number))
    if wrong:
        told = [msgspec.structs.replace(finding, path=("id",)) for finding in wrong]
        raise errors.invalid(wrong, told=told)
    return frozenset(wanted)


def _created(text: str) -> Filter | None:
    at = moments.parse_filter(text)
    if at is None:
        return None
    # A time without a fraction names the whole second.
    until = at if at.microsecond else at + timedelta(microseconds=999_999)
    return _created_between(at, moments.last_shown(until))


def _created_from(text: str) -> Filter | None:
    at = moments.parse_filter(text)
    return None if at is None else _created_between(at, None)


def _created_to(text: str) -> Filter | None:
    at = moments.parse_filter(text)
    return None if at is None else _created_between(None, moments.last_shown(at))


def _created_between(first: datetime | None, last: datetime | None) -> Filter:
    def test(shipment: Shipment) -> bool:
        at = shipment.created_at
        return (first is None or at >= first) and (last is None or at <= last)

    return Filter(test, range=Range("created_at", first, last))


def until(last: datetime) -> Filter:
    """What was created at that instant or before."""
    return _created_between(None, last)


def numbers(shipment: Shipment) -> Iterator[str]:
    """The tracking numbers of the shipment and of its parcels."""
    if shipment.tracking_number is not None:
        yield shipment.tracking_number
    for parcel in shipment.parcels:
        if parcel.tracking_number is not None:
            yield parcel.tracking_number


def _number(text: str) -> Filter:
    return Filter(lambda shipment: text in numbers(shipment), text=Text(_NUMBERS, text, whole=True))


def _number_part(text: str) -> Filter:
    def test(shipment: Shipment) -> bool:
        return any(text in number for number in numbers(shipment))

    return Filter(test, text=Text(_NUMBERS, text))


_NUMBERS = Texts(numbers)


def _external_customer(text: str) -> Filter:
    found = Text(_CUSTOMERS, text, whole=True)
    return Filter(lambda shipment: shipment.external_customer_id == text, text=found)


_CUSTOMERS = Texts[Shipment](lambda shipment: filter(None, (shipment.external_customer_id,)))


def _one_of(value: Callable[[Shipment], str | None]) -> Reader:
    def read(text: str) -> Filter:
        wanted = {item.strip() for item in text.split(",")}
        return Filter(lambda shipment: value(shipment) in wanted, grouped=True)

    return read


def _carrier(shipment: Shipment) -> str | None:
    return None if shipment.service is None else SERVICES[shipment.service].carrier


def _amount(name: str, *, least: bool) -> Reader:
    def read(text: str) -> Filter | None:
        bound = parsing.grosze(text)
        if bound is None:
            return None

        def test(shipment: Shipment) -> bool:
            amount: int | None = getattr(shipment, name).amount
            return amount is not None and (amount >= bound if least else amount <= bound)

        # What has no amount stands below 0.
        first = max(bound, 0) if least else 0
        return Filter(test, range=Range(f"{name}_amount", first, None if least else bound))

    return read


def _names(peer: Peer) -> tuple[str | None, ...]:
    whole = " ".join(filter(None, (peer.first_name, peer.last_name)))
    return (peer.name, peer.company_name, whole)


def _lines(peer: Peer) -> tuple[str | None, ...]:
    if peer.address is None:
        return ()
    address = peer.address
    whole = " ".join(filter(None, (address.street, address.building_number)))
    return (whole, address.line1, address.line2)


_PEER_TEXTS: Mapping[str, Callable[[Peer], tuple[str | None, ...]]] = {
    "name": _names,
    "address": _lines,
    "city": lambda peer: (peer.address.city if peer.address else None,),
    "post_code": lambda peer: (peer.address.post_code if peer.address else None,),
    "country_code": lambda peer: (peer.address.country_code if peer.address else None,),
    "phone": lambda peer: (peer.phone,),
    "email": lambda peer: (peer.email,),
}


def _peer(side: str, texts: Callable[[Peer], tuple[str | None, ...]]) -> Reader:
    """Part of a text of the sender or receiver, in any letter case (inferred)."""

    def read(text: str) -> Filter:
        part = text.casefold()

        def test(shipment: Shipment) -> bool:
            peer: Peer | None = getattr(shipment, side)
            return peer is not None and any(
                value is not None and part in value.casefold() for value in texts(peer)
            )

        return Filter(test, text=Text(_PEERS, part))

    return read


def _peer_texts(shipment: Shipment) -> Iterator[str]:
    for peer in (shipment.sender, shipment.receiver):
        if peer is not None:
            for texts in _PEER_TEXTS.values():
                yield from (text.casefold() for text in texts(peer) if text)


_PEERS = Texts(_peer_texts)


def _switch(test: Test) -> Reader:
    def read(text: str) -> Filter:
        wanted = text.strip().lower() in ("true", "1")
        return Filter(test if wanted else lambda _: True, grouped=True)

    return read


def _weekend(text: str) -> Filter | None:
    wanted = reading.boolean(text)
    if wanted is None:
        return None
    return Filter(lambda shipment: shipment.end_of_week_collection is wanted, grouped=True)


def _is_on_its_way(shipment: Shipment) -> bool:
    return shipment.status in BOUGHT and shipment.status not in FINAL


def _can_be_bought(shipment: Shipment) -> bool:
    return any(offer.status in ("available", "selected") for offer in shipment.offers)


def _offers_status(text: str) -> Filter:
    wanted = {item.strip() for item in text.split(",")}
    return Filter(
        lambda shipment: any(offer.status in wanted for offer in shipment.offers), grouped=True
    )


FILTERS: dict[str, Reader] = {
    "created_at": _created,
    "created_at_gteq": _created_from,
    "created_at_lteq": _created_to,
    "tracking_number": _number,
    "tracking_number_cont": _number_part,
    "status": _one_of(lambda shipment: shipment.status),
    "service": _one_of(lambda shipment: shipment.service),
    "carrier": _one_of(_carrier),
    "insurance_amount_gteq": _amount("insurance", least=True),
    "insurance_amount_lteq": _amount("insurance", least=False),
    "cod_amount_gteq": _amount("cod", least=True),
    "cod_amount_lteq": _amount("cod", least=False),
    **{
        f"{side}_{name}": _peer(side, texts)
        for side in ("receiver", "sender")
        for name, texts in _PEER_TEXTS.items()
    },
    "end_of_week_collection": _weekend,
    "monitoring": _switch(_is_on_its_way),
    "external_customer_id": _external_customer,
    "sending_method": _one_of(lambda shipment: shipment.sending_method),
    "only_choice_active_offers": _switch(_can_be_bought),
    "offers_status": _offers_status,
}
"""Filter -> its reader. There is none for `reference` (observed)."""
