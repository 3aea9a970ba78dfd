"""Which shipments a courier may be ordered for, and from where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from simulator.carriers.inpost.labels.content import service_of
from simulator.carriers.inpost.records import (
    DISPATCH_ORDERS,
    DISPATCH_POINTS,
    SHIPMENTS,
    DispatchOrderStatus,
    DispatchPoint,
    Organization,
    Shipment,
)
from simulator.carriers.inpost.rules import peers as rules_peers
from simulator.carriers.inpost.tracking import waiting
from simulator.carriers.inpost.wire import credentials, errors, parsing
from simulator.core.answers import Finding
from simulator.engine.world import World

HOLDING: frozenset[DispatchOrderStatus] = frozenset({"new", "sent", "accepted", "done"})
"""Statuses in which an order keeps its shipments from other orders (documented)."""

_POLISH_POST_CODE = re.compile(r"[0-9]{2}-[0-9]{3}")


class Judged(msgspec.Struct, frozen=True):
    """Shipments that can be collected, and what keeps the others: error keys by shipment id."""

    collectable: tuple[Shipment, ...]
    refused: dict[str, list[str]]


def judge(world: World, organization: Organization, ids: Iterable[Any]) -> Judged:
    """Sort the shipments of a request, each once, by whether a courier can be ordered for them.

    Documented: they are `confirmed` and not in another order that still holds them
    (``already_dispatched``). The sending method does not matter here: an order for a parcel that
    its sender hands over himself is accepted, and rejected later (observed).
    """
    collectable: dict[int, Shipment] = {}
    refused: dict[str, list[str]] = {}
    for text in dict.fromkeys(str(id).strip() for id in ids if id is not None):
        number = credentials.number(text)
        shipment = None if number is None else world[SHIPMENTS].get(number)
        if shipment is None or shipment.organization_id != organization.id:
            refused[text] = ["does_not_exist"]
        elif shipment.status != "confirmed":
            refused[text] = ["shipment_status_incorrect"]
        elif held(world, shipment):
            refused[text] = ["already_dispatched"]
        else:
            collectable[shipment.id] = shipment
    return Judged(tuple(collectable.values()), refused)


def in_words(world: World, id: str, key: str) -> str:
    """What keeps a shipment of a request from being collected."""
    number = credentials.number(id)
    shipment = None if number is None else world[SHIPMENTS].get(number)
    if shipment is None:
        return f"there is no shipment {id[:60]}"
    if key == "does_not_exist":
        return f"shipment {id} is of organization {shipment.organization_id}"
    if key == "already_dispatched":
        return f"is in dispatch order {shipment.dispatch_order_id} already"
    told = f"is {shipment.status}, it has to be confirmed"
    return f"{told}: {waiting.too_late(world, shipment)}"


def _which(world: World, organization: Organization) -> str:
    points = world[DISPATCH_POINTS].where("organization_id", organization.id)
    known = ", ".join(str(point.id) for point in points[:20]) or "none"
    return f"is not a dispatch point of organization {organization.id}, which has {known}"


def held(world: World, shipment: Shipment) -> bool:
    """Whether the shipment is in a dispatch order that keeps it from others."""
    if shipment.dispatch_order_id is None:
        return False
    order = world[DISPATCH_ORDERS].get(shipment.dispatch_order_id)
    return order is not None and order.status in HOLDING


def require_contract(organization: Organization, shipments: Sequence[Shipment]) -> None:
    """Refuse shipments of the courier carrier without a contract (``missing_trucker_id``)."""
    if not organization.courier_contract and any(
        service_of(shipment).carrier == "inpost_courier" for shipment in shipments
    ):
        raise errors.missing_trucker_id()


def point_of(
    world: World, organization: Organization, body: Mapping[str, Any]
) -> tuple[DispatchPoint | None, list[Finding]]:
    """The saved place that a request names, and what is wrong with its name."""
    wanted = body.get("dispatch_point_id")
    if wanted is None or str(wanted).strip() == "":
        return None, []
    number = credentials.number(str(wanted).strip())
    point = None if number is None else world[DISPATCH_POINTS].get(number)
    if point is None or point.organization_id != organization.id:
        return None, [
            Finding(("dispatch_point_id",), "does_not_exist", _which(world, organization))
        ]
    if point.status != "active":
        return None, [
            Finding(
                ("dispatch_point_id",), "unavailable", f"is {point.status}, it has to be active"
            )
        ]
    return point, []


def check_place(body: Mapping[str, Any]) -> list[Finding]:
    """Refuse a saved place together with an address (observed key; its place is inferred)."""
    named = parsing.text(body.get("dispatch_point_id"))
    if named is None or not named.strip() or not body.get("address"):
        return []
    return [
        Finding(
            ("dispatch_point_id",),
            "dispatch_point_and_address_cannot_be_mixed",
            f"{named.strip()} stands beside an address: send either of them",
            source="observed on the sandbox in 2026-08",
        )
    ]


def check_contact(body: Mapping[str, Any]) -> list[Finding]:
    """What is wrong with the telephone of whoever hands the parcels over."""
    phone = parsing.text(body.get("phone"))
    if phone is None or rules_peers.is_phone(phone):
        return []
    return [Finding(("phone",), "invalid", f"{phone!r} is not a phone number")]


def check_address(address: Mapping[str, Any]) -> list[Finding]:
    """What is wrong with the address of a collection.

    Street and building number or the older first line, city and post code have to be there.
    """
    needed = ["city", "post_code"]
    if not address.get("line1"):
        needed += ["street", "building_number"]
    findings = [
        Finding(("address", name), "required", "is required")
        for name in needed
        if not address.get(name)
    ]
    code = address.get("post_code")
    polish = (address.get("country_code") or "PL").upper() == "PL"
    if code and polish and not _POLISH_POST_CODE.fullmatch(code):
        findings.append(
            Finding(("address", "post_code"), "invalid_format", "has to be like 00-838")
        )
    return findings
