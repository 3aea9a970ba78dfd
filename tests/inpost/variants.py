"""Shipments of every sort, for asking which services carry them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from tests.inpost.shipx import ADDRESS, RECEIVER, Json, box

TO_DOOR = {"sending_method": "dispatch_order"}
TO_LOCKER = {"sending_method": "dispatch_order", "target_point": "KRA010"}
BY_LOCKER = {"sending_method": "parcel_locker", "dropoff_point": "KRA010", "target_point": "KRA010"}
WHOLE = {**RECEIVER, "address": ADDRESS}


def without(given: Json, *names: str) -> Json:
    return {name: value for name, value in given.items() if name not in names}


def sides(length: int, width: int, height: int, kg: float = 1, **more: Any) -> Json:
    dimensions = {"length": length, "width": width, "height": height}
    return box("A", dimensions=dimensions, weight={"amount": kg}, **more)


def money(amount: float) -> Json:
    return {"amount": amount}


TEMPLATES = ("small", "medium", "large", "xlarge", "letter_a", "letter_b", "letter_c")
METHODS = ("parcel_locker", "pok", "courier_pok", "pop", "branch", "dispatch_order", "any_point")

PARCELS: dict[str, Any] = {
    **{f"template {name}": {"template": name} for name in TEMPLATES},
    "class C": sides(410, 380, 640, 25),
    "class D": sides(500, 500, 800, 25),
    "long": sides(1300, 100, 100),
    "large": sides(1100, 800, 400, 30),
    "too long for a letter": sides(1700, 10, 10),
    "too large for all": sides(4000, 3000, 3000, 10),
    "a pallet": sides(1200, 800, 1500, 500),
    "too heavy for all": sides(400, 300, 150, 900),
    "11 kg": sides(100, 100, 100, 11),
    "30 kg": sides(100, 100, 100, 30),
    "10 g": sides(100, 100, 100, 0.01),
    "non-standard": sides(100, 100, 100, is_non_standard=True),
    "non-standard and long": sides(1300, 100, 100, is_non_standard=True),
    "several": [box("A"), box("B")],
    "a hundred": [box(str(number)) for number in range(100)],
    "none": [],
}

RECEIVERS: dict[str, Any] = {
    "no e-mail": without(WHOLE, "email"),
    "no phone": without(WHOLE, "phone"),
    "no name": without(WHOLE, "first_name", "last_name"),
    "no last name": without(WHOLE, "last_name"),
    "a company": {**without(WHOLE, "first_name", "last_name"), "company_name": "Sklep"},
    "no address": RECEIVER,
    "no street": {**RECEIVER, "address": without(ADDRESS, "street")},
    "a line": {
        **RECEIVER,
        "address": {**without(ADDRESS, "street", "building_number"), "line1": "Długa 1"},
    },
    "no city": {**RECEIVER, "address": without(ADDRESS, "city")},
    "abroad": {**RECEIVER, "address": {**ADDRESS, "country_code": "DE", "post_code": "10115"}},
    "landline": {**WHOLE, "phone": "221234567"},
    "landline with a prefix": {**WHOLE, "phone": "+48 22 123 45 67"},
    "only a phone": {"phone": "501502503"},
}

EXTRAS = ("insurance", "cod", "labelless", "sms", "email", "saturday", "dor1720", "rod")

OTHERS: dict[str, Json] = {
    "cod": {"cod": money(10)},
    "cod and insurance": {"cod": money(10), "insurance": money(10)},
    "cod above insurance": {"cod": money(10), "insurance": money(9.99)},
    "much cod": {"cod": money(6000), "insurance": money(6000)},
    "very much cod": {"cod": money(16000), "insurance": money(16000)},
    "insurance": {"insurance": money(5000)},
    **{f"extra {name}": {"additional_services": [name]} for name in EXTRAS},
    "extra forhour_9": {"additional_services": ["forhour_9"]},
    "two extras": {"additional_services": ["sms", "saturday"]},
    "unknown extra": {"additional_services": ["magic"]},
    "weekend": {"end_of_week_collection": True},
    "weekend as an extra": {"additional_services": ["end_of_week_collection"]},
    "return": {"is_return": True},
    "return to nobody": {"is_return": True, "receiver": None},
    "product": {"commercial_product_identifier": "2D"},
}

ATTRIBUTES: dict[str, Json] = {
    "nothing": {},
    "target only": {"target_point": "KRA010"},
    "unknown target": {**TO_LOCKER, "target_point": "NOWHERE"},
    "a locker that is closed": {**TO_LOCKER, "target_point": "KRA012"},
    "service point": {**TO_LOCKER, "target_point": "POP-WAW364"},
    "pass thru": BY_LOCKER,
    "another locker": {**BY_LOCKER, "dropoff_point": "WAW478M"},
    "any locker": without(BY_LOCKER, "dropoff_point"),
    "a service point is no locker": {**BY_LOCKER, "dropoff_point": "POP-WAW364"},
    "half a pair": {**TO_LOCKER, "allegro_user_id": "1"},
    "a pair": {**TO_LOCKER, "allegro_user_id": "1", "allegro_transaction_id": "2"},
}


def _handed(method: str) -> Json:
    needs = {"parcel_locker": "KRA010", "pok": "POP-WAW364", "courier_pok": "POP-WAW364"}
    dropoff = {"dropoff_point": needs[method]} if method in needs else {}
    return {"sending_method": method, **dropoff}


def variants() -> Iterator[tuple[str, Json]]:
    """Name and body of every one, in the offer mode."""
    body: Json = {"receiver": WHOLE, "parcels": sides(400, 300, 70), "custom_attributes": TO_DOOR}
    changes: dict[str, Json] = {
        **{f"parcels: {name}": {"parcels": given} for name, given in PARCELS.items()},
        **{f"receiver: {name}": {"receiver": given} for name, given in RECEIVERS.items()},
        **OTHERS,
    }
    for place, custom in (("door", TO_DOOR), ("locker", TO_LOCKER)):
        for name, change in changes.items():
            yield f"{place}, {name}", {**body, "custom_attributes": custom, **change}
    handed = ((method, _handed(method)) for method in METHODS)
    for name, custom in chain(ATTRIBUTES.items(), handed):
        yield name, {**body, "custom_attributes": custom}
    for name, method in ((method, _handed(method)) for method in METHODS):
        yield (
            f"{name} to a locker",
            {
                **body,
                "custom_attributes": {**method, "target_point": "KRA010"},
            },
        )
    weekend = {"end_of_week_collection": True, "custom_attributes": BY_LOCKER}
    yield "weekend by locker", {**body, **weekend}
    point = {**TO_LOCKER, "target_point": "POP-WAW364"}
    yield "weekend at a service point", {**body, **weekend, "custom_attributes": point}
