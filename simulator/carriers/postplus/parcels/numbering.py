"""Numbers of parcels: those that clients give out of their ranges, and those that we give out."""

from __future__ import annotations

from typing import NamedTuple

from simulator.carriers.postplus.catalog.services import MAIL_TYPES, SERVICES
from simulator.carriers.postplus.records import (
    ACCOUNTS,
    PARCELS,
    USED_NUMBERS,
    Account,
    Environment,
    Parcel,
    UsedNumber,
)
from simulator.carriers.postplus.rules import numbers
from simulator.carriers.postplus.rules.verdicts import Verdict
from simulator.core import s10
from simulator.engine.world import World

_FIRST = 7001
_SECOND_LETTERS = {
    "EMS": "E",
    "NotRegistered": "U",
    "ParcelUPU": "C",
    "Premium": "P",
    "Prime": "L",
    "Registered": "R",
    "SRM": "S",
}
"""Mail type -> the second letter of its numbers (ours): no two types of a service share a pool."""

_TYPES = {"R": "Registered", "E": "EMS", "C": "ParcelUPU", "L": "Prime", "U": "NotRegistered"}
"""First letter of an S10 number -> the mail type that it speaks for (N14)."""


class Issued(NamedTuple):
    """The number that a parcel gets, and the one that its carrier knows it by."""

    parcel_nr: str
    carrier_parcel_nr: str


def type_of(number: str | None) -> str | None:
    """The mail type that a number from a range speaks for."""
    return None if number is None else _TYPES.get(number[:1])


def judge(world: World, account: Account, parcel: Parcel, number: str) -> Verdict:
    """Why a number that a client gave cannot be this parcel's (Q2 to Q4), or is doubtful."""
    found = Verdict()
    refusal = _refusal(world, account, parcel, number)
    kind = MAIL_TYPES.get(parcel.type)
    if refusal is not None:
        found.error(refusal)
    elif kind is not None and kind.letter != number[0]:
        meant = type_of(number) or "another type"
        found.warning(f"Parcel number {number} speaks for {meant}, the parcel is {kind.name}")
    return found


def _refusal(world: World, account: Account, parcel: Parcel, number: str) -> str | None:
    lenient = world.quirk("postplus.numbers") == "lenient"
    fault = numbers.lenient_fault(number) if lenient else numbers.fault(number)
    if fault is not None:
        return fault
    if not _in_range(account, number):
        return f"Parcel number {number} is not in a number range of this account"
    if _is_used(world, account.environment, number, parcel.id):
        return f"Parcel number {number} is already used"
    return None


def issue(world: World, parcel: Parcel) -> Issued | None:
    """The next free number for an error-free parcel; None when the pool is used up.

    By post it is an S10 number of the mail type and the service's country; else it is one of ours,
    and the carrier has its own (inferred).
    """
    service, kind = SERVICES[parcel.info.service_code or ""], MAIL_TYPES[parcel.type]
    if kind.letter is None:
        serial = world.next_number("postplus.numbers.non_postal", _FIRST)
        if serial > s10.LAST_SERIAL:
            return None
        return Issued(f"PPNP{serial:010d}", f"{service.carrier_code}{serial:011d}")
    prefix = kind.letter + _SECOND_LETTERS[kind.name]
    pool = f"postplus.numbers.{prefix}{service.number_country}"
    while (serial := world.next_number(pool, _FIRST)) <= s10.LAST_SERIAL:
        number = s10.compose(prefix, serial, service.number_country)
        if not _is_kept_free(world, number) and not _is_used(
            world, _environment(world, parcel), number, parcel.id
        ):
            return Issued(number, number)
    return None


def keep_used(world: World, parcel: Parcel) -> None:
    """Remember that a number which its client gave is this parcel's, for as long as there are the
    test data: it outlives the parcel (D18)."""
    if parcel.given_nr and parcel.parcel_nr is not None:
        key = _used_key(_environment(world, parcel), parcel.parcel_nr)
        world[USED_NUMBERS].put(UsedNumber(key, parcel.account_id, parcel.id))


def pool_name(parcel: Parcel) -> str:
    """The pool that a parcel's number comes from, in words."""
    return f"{parcel.type} by {parcel.info.service_code}"


def _in_range(account: Account, number: str) -> bool:
    serial = numbers.serial(number)
    return any(
        number.startswith(each.prefix)
        and number.endswith(each.country)
        and each.first <= serial <= each.last
        for each in account.ranges
    )


def _is_used(world: World, environment: Environment, number: str, parcel_id: int) -> bool:
    """Whether another parcel of the environment has the number or had it: before it was cancelled,
    deleted, or got another one (D18)."""
    used = world[USED_NUMBERS].get(_used_key(environment, number))
    if used is not None and used.parcel_id != parcel_id:
        return True
    return any(
        parcel.parcel_nr is not None
        and parcel.id != parcel_id
        and _environment(world, parcel) == environment
        for parcel in world[PARCELS].where("reserved_nr", number)
    )


def _used_key(environment: Environment, number: str) -> str:
    return f"{environment}/{number}"


def _environment(world: World, parcel: Parcel) -> Environment:
    return world[ACCOUNTS][parcel.account_id].environment


def _is_kept_free(world: World, number: str) -> bool:
    return any(_in_range(account, number) for account in world[ACCOUNTS])
