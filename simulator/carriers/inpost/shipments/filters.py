"""The filters of the shipment list: how each is read, and what it lets through."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta

import msgspec

from simulator.carriers.inpost.catalog.lifecycle import BOUGHT, FINAL
from simulator.carriers.inpost.catalog.services import SERVICES
from simulator.carriers.inpost.records import Peer, Shipment
from simulator.carriers.inpost.wire import errors, moments, parsing
from simulator.core import reading
from simulator.core.answers import Finding

Test = Callable[[Shipment], bool]
Reader = Callable[[str], Test | None]
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


def _created(text: str) -> Test | None:
    at = moments.parse_filter(text)
    if at is None:
        return None
    # A time without a fraction names the whole second.
    until = at if at.microsecond else at + timedelta(microseconds=999_999)
    return lambda shipment: (
        at <= shipment.created_at and moments.shown(shipment.created_at) <= until
    )


def _created_from(text: str) -> Test | None:
    at = moments.parse_filter(text)
    return None if at is None else lambda shipment: shipment.created_at >= at


def _created_to(text: str) -> Test | None:
    at: datetime | None = moments.parse_filter(text)
    return None if at is None else lambda shipment: moments.shown(shipment.created_at) <= at


def _numbers(shipment: Shipment) -> Iterator[str]:
    if shipment.tracking_number is not None:
        yield shipment.tracking_number
    for parcel in shipment.parcels:
        if parcel.tracking_number is not None:
            yield parcel.tracking_number


def _number(text: str) -> Test:
    return lambda shipment: text in _numbers(shipment)


def _number_part(text: str) -> Test:
    return lambda shipment: any(text in number for number in _numbers(shipment))


def _one_of(value: Callable[[Shipment], str | None]) -> Reader:
    def read(text: str) -> Test:
        wanted = {item.strip() for item in text.split(",")}
        return lambda shipment: value(shipment) in wanted

    return read


def _carrier(shipment: Shipment) -> str | None:
    return None if shipment.service is None else SERVICES[shipment.service].carrier


def _amount(name: str, *, least: bool) -> Reader:
    def read(text: str) -> Test | None:
        bound = parsing.grosze(text)
        if bound is None:
            return None
        if least:
            return lambda shipment: (
                (amount := getattr(shipment, name).amount) is not None and (amount >= bound)
            )
        return lambda shipment: (
            (amount := getattr(shipment, name).amount) is not None and (amount <= bound)
        )

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

    def read(text: str) -> Test:
        part = text.casefold()

        def test(shipment: Shipment) -> bool:
            peer: Peer | None = getattr(shipment, side)
            return peer is not None and any(
                value is not None and part in value.casefold() for value in texts(peer)
            )

        return test

    return read


def _switch(test: Test) -> Reader:
    return lambda text: test if text.strip().lower() in ("true", "1") else lambda _: True


def _weekend(text: str) -> Test | None:
    wanted = reading.boolean(text)
    return None if wanted is None else lambda shipment: shipment.end_of_week_collection is wanted


def _is_on_its_way(shipment: Shipment) -> bool:
    return shipment.status in BOUGHT and shipment.status not in FINAL


def _can_be_bought(shipment: Shipment) -> bool:
    return any(offer.status in ("available", "selected") for offer in shipment.offers)


def _offers_status(text: str) -> Test:
    wanted = {item.strip() for item in text.split(",")}
    return lambda shipment: any(offer.status in wanted for offer in shipment.offers)


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
    "external_customer_id": lambda text: lambda shipment: shipment.external_customer_id == text,
    "sending_method": _one_of(lambda shipment: shipment.sending_method),
    "only_choice_active_offers": _switch(_can_be_bought),
    "offers_status": _offers_status,
}
"""Filter -> its reader. There is none for `reference` (observed)."""
