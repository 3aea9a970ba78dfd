"""Keeps shipments as requests describe them: new ones, and those that are there (section 6.2)."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

import msgspec

from simulator.carriers.postplus.bodies.shipment_forms import ArrivalForm, ShipmentForm
from simulator.carriers.postplus.records import (
    SHIPMENTS,
    Account,
    ArrivalInfo,
    ManifestLevel,
    Shipment,
)
from simulator.carriers.postplus.rules import shipments as rules
from simulator.carriers.postplus.wire import credentials, errors
from simulator.core.answers import Finding
from simulator.engine.world import World

_FIRST = 3001
_GENERATED_PREFIX = "999"
"""Where a generated air waybill number begins: the airline of the documentation's sample."""


def save(
    world: World, form: ShipmentForm, findings: list[Finding], level: ManifestLevel = "Parcel"
) -> Shipment:
    """Make the shipment of a request, or update the one with its number when it asks for that.

    Raises 400 for `findings` and for a number that is no air waybill's; 409 for a number that is
    there already, unless `updateIfExists` is set and type, terminal and state allow it.
    """
    account = credentials.account(world)
    known = find(world, account, form.shipment_nr)
    if known is not None and not findings:
        return _again(world, known, form, level)
    findings = findings or rules.check_new(form, world.quirk("postplus.air_waybill"))
    if findings:
        raise errors.invalid(findings)
    assert form.type is not None, "check_new found no fault"
    number = world.next_number("postplus.shipments", _FIRST)
    shipment = world[SHIPMENTS].put(
        Shipment(
            id=number,
            account_id=account.id,
            type=form.type,
            shipment_nr=form.shipment_nr or _generated(world, account, form.type, number),
            master_nr=form.master_nr,
            terminal_code=form.terminal_code or account.default_terminal,
            manifest_level=level,
            arrival=_arrival(form.arrival, ArrivalInfo(origin_country_code=account.country)),
            bags=form.bags,
            created_on=world.now,
        )
    )
    world.emit(
        "postplus.shipment_created", shipment_id=shipment.id, shipment_nr=shipment.shipment_nr
    )
    return shipment


def find(world: World, account: Account, number: str | None) -> Shipment | None:
    """The account's shipment with that number."""
    if number is None:
        return None
    found = world[SHIPMENTS].where("shipment_nr", number)
    return next((each for each in found if each.account_id == account.id), None)


def named(world: World, number: str) -> Shipment:
    """The caller's shipment with that number. Raises 404."""
    found = find(world, credentials.account(world), number)
    if found is None:
        others = world[SHIPMENTS].where("shipment_nr", number)
        raise credentials.not_owned(world, "Shipment", number, others)
    return found


def change(world: World, shipment: Shipment, form: ShipmentForm) -> Shipment:
    """The shipment with the numbers, the arrival and the bags that a request gives; what it leaves
    out stays.

    Raises 400 for a number that is no air waybill's, 409 for one that another shipment has.
    """
    number = form.shipment_nr
    if number is not None and number != shipment.shipment_nr:
        reading = world.quirk("postplus.air_waybill")
        findings = rules.check_number(shipment.type, number, reading)
        if findings:
            raise errors.invalid(findings)
        if find(world, credentials.account(world), number) is not None:
            raise errors.conflict(f"Shipment {number} already exists")
    return world[SHIPMENTS].put(_changed(shipment, form))


def _again(world: World, shipment: Shipment, form: ShipmentForm, level: ManifestLevel) -> Shipment:
    number = shipment.shipment_nr
    if not form.update_if_exists:
        raise errors.conflict(f"Shipment {number} already exists, and updateIfExists is not true")
    told: tuple[tuple[str, str | None, str], ...] = (
        ("type", form.type, shipment.type),
        ("terminalCode", form.terminal_code, shipment.terminal_code),
        ("manifestLevel", level, shipment.manifest_level),
    )
    for name, wanted, present in told:
        if wanted is not None and wanted != present:
            raise errors.conflict(f"Shipment {number} has the {name} {present}, not {wanted}")
    if shipment.status not in rules.UPSERTABLE:
        raise errors.conflict(f"Shipment {number} is {shipment.status}")
    changed = _changed(shipment, form)
    if rules.is_open(shipment):
        return world[SHIPMENTS].put(changed)
    if changed != shipment:
        world.note(f"the data were not honoured, shipment {number} is {shipment.status}")
    return shipment


def _changed(shipment: Shipment, form: ShipmentForm) -> Shipment:
    return msgspec.structs.replace(
        shipment,
        shipment_nr=form.shipment_nr or shipment.shipment_nr,
        master_nr=form.master_nr or shipment.master_nr,
        arrival=_arrival(form.arrival, shipment.arrival),
        bags=form.bags or shipment.bags,
    )


def _arrival(form: ArrivalForm, known: ArrivalInfo) -> ArrivalInfo:
    """What is known of the arrival with what a request tells laid over it."""
    told: dict[str, Any] = {
        name: value for name, value in msgspec.structs.asdict(form).items() if value is not None
    }
    return msgspec.structs.replace(known, **told)


def _generated(world: World, account: Account, kind: str, number: int) -> str:
    """A number that no shipment of the account has, for one that came without (inferred forms)."""
    form = _FORMS.get(kind, _plain)
    candidates = (form(each) for each in count(number))
    return next(text for text in candidates if find(world, account, text) is None)


def _air_waybill(number: int) -> str:
    serial = f"{number % 10**7:07d}"
    return f"{_GENERATED_PREFIX}-{serial}{rules.air_waybill_check_digit(serial)}"


def _plain(number: int) -> str:
    return f"SH{number:06d}"


_FORMS: dict[str, Callable[[int], str]] = {rules.AWB: _air_waybill}
