"""Shipments as the PHP clients of MyParcel itself make them for each carrier.

Its SDK sends every option, set or not, and its PDK the few that are set; what they ask of which
carrier stands in their own tests and in the classes of their carriers. The texts are ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest

from tests.myparcel.client import Shop

_TYPE = "application/vnd.shipment+json;charset=utf-8;version=1.1"
_EVENING = "2026-12-03 00:12:00"
_WEIGHT = {"weight": 1000}
_NO_WEIGHT = {"weight": 0}
_UPS_WEIGHT = {"weight": 3000}
_SETTINGS = {"save_recipient_address": 0, "disable_auto_detect_pickup": 1}


def _address(cc: str, postal_code: str, city: str, street: str, **more: str) -> dict[str, str]:
    return {
        "cc": cc,
        "person": "Noor Visser",
        "postal_code": postal_code,
        "city": city,
        "email": "noor@example.test",
        "phone": "023 303 0315",
        "company": "Voorbeeld BV",
        "street": street,
        "street_additional_info": "",
        **more,
    }


NL = _address("NL", "3584CS", "Utrecht", "Kruytgebouw", number="8", number_suffix="")
WHOLE_STREET = {
    "cc": "NL",
    "city": "Utrecht",
    "person": "Noor Visser",
    "postal_code": "3584 CS",
    "street": "Kruytgebouw 8",
}
BE = _address("BE", "2000", "Antwerpen", "Meir 16")
DE = _address("DE", "39394", "Schwanebeck", "Feldstrasse 17")
FR = _address("FR", "92000", "Nanterre", "92 rue de la Gare")
CA = _address("CA", "H1V 1B3", "Montreal", "4777 Avenue")
POINT = {
    "cc": "NL",
    "postal_code": "2132BA",
    "street": "Polderplein",
    "city": "Hoofddorp",
    "number": "1",
    "location_name": "A shop",
    "location_code": "176227",
    "retail_network_id": "PNPNL-01",
}
FRENCH_POINT = {**POINT, "cc": "FR", "postal_code": "92000", "retail_network_id": ""}
GOODS = {
    "contents": 1,
    "weight": 4000,
    "invoice": "12345678",
    "items": [
        {
            "description": "Telephone",
            "amount": 2,
            "weight": 2000,
            "classification": 2008,
            "country": "NL",
            "item_value": {"amount": 40000, "currency": "EUR"},
        }
    ],
}
HS_CODES = {
    "contents": 1,
    "invoice": "25",
    "weight": 550,
    "items": [
        {
            "amount": 1,
            "classification": 40169200,
            "country": "NL",
            "description": "Rubber",
            "item_value": {"amount": 10000, "currency": "EUR"},
            "weight": 550,
        }
    ],
}


def _all(**chosen: Any) -> dict[str, Any]:
    """Options as the SDK sends them."""
    return {
        "package_type": 1,
        "label_description": "",
        "only_recipient": 0,
        "signature": 0,
        "return": 0,
        "delivery_type": 2,
        "large_format": 0,
        **chosen,
    }


def _set(package_type: int = 1, delivery_type: int = 2, **chosen: Any) -> dict[str, Any]:
    """Options as the PDK sends them."""
    return {"package_type": package_type, "delivery_type": delivery_type, **chosen}


def _insured(amount: int) -> dict[str, Any]:
    return {"amount": amount, "currency": "EUR"}


class Sent(NamedTuple):
    """A shipment of the shop with the key of that name; the members beside the options."""

    what: str
    carrier: int
    recipient: dict[str, str]
    options: dict[str, Any]
    members: Mapping[str, Any] = MappingProxyType({})
    key: str = "nl"


_MANDATORY = {"only_recipient": 1, "signature": 1}
_WITH_WEIGHT: dict[str, Any] = {"physical_properties": _WEIGHT}
_WITHOUT: dict[str, Any] = {"physical_properties": _NO_WEIGHT}
_OF_UPS: dict[str, Any] = {"physical_properties": _UPS_WEIGHT}
_CONTRACT = {**_WITHOUT, "contract_id": 123456}

SENT = (
    Sent("PostNL to Belgium", 1, BE, _all(**_MANDATORY, insurance=_insured(50_000))),
    Sent("PostNL in Belgium", 1, BE, _all(), key="be"),
    Sent("an age check of PostNL", 1, NL, _all(**_MANDATORY, age_check=1)),
    Sent(
        "a morning of PostNL",
        1,
        NL,
        _all(delivery_type=1, delivery_date=_EVENING, only_recipient=1),
    ),
    Sent(
        "a signed evening of PostNL",
        1,
        NL,
        _all(**_MANDATORY, delivery_type=3, delivery_date=_EVENING),
    ),
    Sent(
        "a pickup of PostNL",
        1,
        NL,
        _all(delivery_type=4, signature=1, delivery_date=_EVENING),
        {"pickup": POINT, "general_settings": _SETTINGS},
    ),
    Sent("a large format with goods", 1, NL, _all(large_format=1), {"customs_declaration": GOODS}),
    Sent(
        "a large format with goods to Belgium",
        1,
        BE,
        _all(**_MANDATORY, large_format=1),
        {"customs_declaration": GOODS},
    ),
    Sent(
        "goods to Canada",
        1,
        CA,
        _set(label_description="112345"),
        {"customs_declaration": GOODS, "physical_properties": {"weight": 4000}},
    ),
    Sent(
        "goods with an HS code as a number",
        1,
        CA,
        _set(),
        {"customs_declaration": HS_CODES, "physical_properties": {"weight": 550}},
    ),
    Sent("a mailbox package", 1, NL, _all(package_type=2)),
    Sent("a mailbox package that goes first", 1, NL, _all(package_type=2, priority_delivery=1)),
    Sent(
        "a mailbox package to Germany",
        1,
        {**DE, "number": "", "vat_number": "NL123456789B01"},
        _set(2),
        _CONTRACT,
    ),
    Sent("a tracked mailbox package to Germany", 1, DE, _set(2, tracked=1), _CONTRACT),
    Sent(
        "a mailbox package to Canada",
        1,
        CA,
        _set(2, tracked=1),
        {"customs_declaration": GOODS, "physical_properties": _WEIGHT, "contract_id": 123456},
    ),
    Sent(
        "a digital stamp of two kilograms",
        1,
        NL,
        _all(package_type=4, label_description=112345),
        {"physical_properties": {"weight": 1999}},
    ),
    Sent("a parcel of a contract", 1, WHOLE_STREET, _set(), _CONTRACT),
    Sent(
        "several colli without references",
        1,
        WHOLE_STREET,
        _set(),
        {
            **_WITHOUT,
            "reference_identifier": "several",
            "secondary_shipments": [{"reference_identifier": None}],
        },
    ),
    Sent("bpost in Belgium", 2, BE, _all(), {"physical_properties": {"weight": 50}}, "be"),
    Sent("bpost to the Netherlands", 2, NL, _all(), {"physical_properties": {"weight": 50}}, "be"),
    Sent("bpost on a Saturday", 2, BE, _all(saturday_delivery=1), key="be"),
    *(
        Sent(
            f"bpost insured for {amount} cents",
            2,
            BE,
            _all(signature=1, insurance=_insured(amount)),
            key="be",
        )
        for amount in (50_000, 100_000, 150_000, 200_000)
    ),
    Sent("DPD in Belgium", 4, BE, _all(), {"physical_properties": {"weight": 100}}, "be"),
    Sent("DPD from Belgium", 4, NL, _all(), {"physical_properties": {"weight": 100}}, "be"),
    Sent(
        "Instabox from a locker that only its code names",
        5,
        WHOLE_STREET,
        _set(same_day_delivery=1),
        {
            **_WITHOUT,
            "drop_off_point": {
                "location_code": "45678",
                "postal_code": "",
                "location_name": "",
                "city": "",
                "street": "",
                "number": "",
            },
        },
    ),
    Sent("DHL For You on the same day", 9, NL, _all(same_day_delivery=1)),
    Sent("DHL For You without a sender", 9, NL, _all(same_day_delivery=1, hide_sender=1)),
    Sent("an age check of DHL For You", 9, NL, _all(age_check=1)),
    Sent(
        "a signed pickup of DHL Parcel Connect",
        10,
        FR,
        _all(signature=1, delivery_type=4),
        {"pickup": {**FRENCH_POINT, "location_code": "S2203"}},
    ),
    Sent("DHL Europlus to Germany", 11, DE, _all(signature=1)),
    Sent("UPS to Germany", 12, DE, _all(), _OF_UPS),
    Sent("an age check of UPS", 12, NL, _all(age_check=1, signature=1), _OF_UPS),
    Sent("UPS on a Saturday", 12, NL, _all(saturday_delivery=1), _OF_UPS),
    Sent("UPS Express to Germany", 13, DE, _all(delivery_type=7), _OF_UPS),
    Sent("UPS Express on a Saturday", 13, NL, _all(delivery_type=7, saturday_delivery=1), _OF_UPS),
    Sent("GLS", 14, NL, _all(insurance=_insured(10_000)), _WITH_WEIGHT),
    Sent("GLS without a weight", 14, WHOLE_STREET, _set(), _WITHOUT),
    Sent(
        "a pickup of GLS without a weight",
        14,
        WHOLE_STREET,
        _set(delivery_type=4),
        {**_WITHOUT, "pickup": POINT},
    ),
    Sent("a mailbox package of GLS", 14, NL, _all(package_type=2, insurance=_insured(10_000))),
    Sent("GLS for the receiver alone", 14, NL, _all(only_recipient=1), _WITH_WEIGHT),
    Sent("GLS to Germany", 14, DE, _all(signature=1, insurance=_insured(10_000)), _WITH_WEIGHT),
    Sent(
        "GLS on a Saturday",
        14,
        NL,
        _all(saturday_delivery=1, insurance=_insured(10_000)),
        _WITH_WEIGHT,
    ),
    Sent("Trunkrs in the evening", 16, NL, _all(delivery_type=3), _WITH_WEIGHT),
    Sent(
        "an age check of Trunkrs",
        16,
        NL,
        _all(**_MANDATORY, delivery_type=3, age_check=1),
        _WITH_WEIGHT,
    ),
    Sent(
        "a receipt code of Trunkrs",
        16,
        NL,
        _all(**_MANDATORY, delivery_type=3, receipt_code=1),
        _WITH_WEIGHT,
    ),
    Sent(
        "everything of Trunkrs",
        16,
        NL,
        _all(**_MANDATORY, age_check=1, fresh_food=1, frozen=1, same_day_delivery=1),
        _WITH_WEIGHT,
    ),
)


@pytest.mark.parametrize("sent", SENT, ids=lambda sent: sent.what)
def test_what_the_php_clients_make_is_taken(shop: Shop, sent: Sent) -> None:
    made = {
        "carrier": sent.carrier,
        "recipient": sent.recipient,
        "options": sent.options,
        **sent.members,
    }
    response = shop.with_key(f"sim-myparcel-{sent.key}").post_shipments([made], _TYPE)
    assert response.status_code == 200, response.text


def test_an_evening_of_a_carrier_that_has_others_needs_a_date(shop: Shop) -> None:
    """PostNL and DHL have several deliveries a day; Trunkrs comes in the evening anyway."""
    made = {"carrier": 1, "recipient": NL, "options": _all(**_MANDATORY, delivery_type=3)}
    response = shop.with_key("sim-myparcel-nl").post_shipments([made], _TYPE)
    assert response.status_code == 422
    [found] = response.json()["errors"]
    assert found["3721"]["fields"] == ["data.shipments[0].options.delivery_date"]


def test_a_mailbox_package_abroad_needs_a_contract_of_the_shops_own(shop: Shop) -> None:
    dutch = shop.with_key("sim-myparcel-nl")
    made = {"carrier": 1, "recipient": DE, "options": _set(2)}
    response = dutch.post_shipments([made], _TYPE)
    assert response.status_code == 422
    [human] = response.json()["errors"][0]["3733"]["human"]
    assert "contract_id" in human

    [id] = dutch.create({**made, "contract_id": 123456})
    [shown] = dutch.read(id)
    assert shown["contract_id"] == 123456
