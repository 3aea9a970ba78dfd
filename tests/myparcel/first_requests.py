"""The first requests of clients of today, as each of them writes them, with addresses of our own.

Facts of their public code: headers, the word before the key, paths, names and order of members,
and what is an empty text or 0 where a shop has nothing to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

HS_CODE = 62142000


@dataclass(frozen=True, eq=False)
class Client:
    """A client, or one version of it: the word before its key, and what every request has."""

    name: str
    scheme: str | None
    headers: Mapping[str, str]
    host: str | None = None
    """The host that is written into it; None for one that is given a base URL."""


class First(NamedTuple):
    """A request that may be the first one that a client ever makes, and what it reads of the
    answer: a path of members, or the beginning of a file."""

    name: str
    method: str
    path: str
    reads: str
    body: Any = None
    headers: Mapping[str, str] = {}


PHP_SDK = Client(
    "PHP SDK 8",
    "basic",
    {
        "Accept": "application/json;charset=utf8",
        "Content-Type": "application/json;charset=utf8",
        "User-Agent": "Prestashop/8.1 MyParcelNL-PrestaShop/3.2 MyParcelNL-SDK/8.2.1 php/8.1.2",
    },
)
PHP_SDK_11 = Client(
    "PHP SDK 11",
    "Bearer",
    {
        "Accept": "application/json,application/problem+json;q=0.9",
        "Content-Type": "application/json",
        "User-Agent": "MyParcelNL-Magento2/5.0 MyParcelNL-SDK/11.3 php/8.3.1",
    },
)
PDK = Client(
    "PDK",
    "bearer",
    {"User-Agent": "MyParcel-WooCommerce/6.5 WooCommerce/10.9 MyParcelNL-PDK/4.0 php/8.5"},
)
WOOCOMMERCE = Client(
    "WooCommerce 3",
    "basic",
    {
        "Accept": "*/*",
        "Content-Type": "application/vnd.shipment+json; charset=UTF-8",
        "User-Agent": "Wordpress 4.9WooCommerce/3.3MyParcelNL-WooCommerce/3.1.6",
    },
)
NODE = Client("JavaScript SDK", "bearer", {"Accept": "application/json", "User-Agent": "node"})
WIDGET = Client(
    "delivery options widget",
    None,
    {
        "Accept": "application/json",
        "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
        "X-User-Agent": "MyParcelDeliveryOptions/6.21.1",
    },
)
DOT_NET = Client(
    ".NET",
    "basic",
    {"Accept-Language": "nl-NL", "User-Agent": "CustomApiCall/2"},
    host="api.myparcel.nl",
)
LARAVEL = Client(
    "PHP client of one developer",
    "Basic",
    {"Accept": "application/json", "User-Agent": "CustomApiCall/2"},
    host="api.myparcel.nl",
)

SHIPMENT_11 = {"Content-Type": "application/vnd.shipment+json;charset=utf-8;version=1.1"}
SHIPMENT = {"Content-Type": "application/vnd.shipment+json;charset=utf-8"}
SPACED = {"Content-Type": "application/vnd.shipment+json; charset=utf-8"}
GENERATED = {
    "Content-Type": "application/vnd.shipment+json;version=1.1",
    "Accept": "application/json;charset=utf-8;version=1.2,application/json,"
    "application/vnd.shipment_label+json;q=0.9,application/problem+json;q=0.9,application/*;q=0.8",
}
PDF = {"Accept": "application/pdf"}
VERSION_2 = {"Accept": "application/json;version=2.0"}

DUTCH = {
    "cc": "NL",
    "person": "Noor Visser",
    "postal_code": "3584CS",
    "city": "Utrecht",
    "region": "",
    "email": "noor@example.test",
    "phone": "0301234567",
    "street": "Kruytgebouw",
    "street_additional_info": "",
    "number": "8",
    "number_suffix": "",
}
SWISS = {
    "cc": "CH",
    "person": "Lea Meier",
    "postal_code": "8001",
    "city": "Zurich",
    "region": "",
    "email": "lea@example.test",
    "phone": "0441234567",
    "street": "Bahnhofstrasse 3",
    "street_additional_info": "",
}
GERMAN = {
    "cc": "DE",
    "person": "Lena Vogel",
    "postal_code": "10115",
    "city": "Berlin",
    "region": "",
    "email": "",
    "phone": "",
    "street": "Invalidenstrasse 44",
    "street_additional_info": "",
}
POINT = {
    "cc": "NL",
    "postal_code": "9711HX",
    "street": "Brugstraat",
    "city": "Groningen",
    "number": "2",
    "location_name": "Boekhandel De Pont",
    "location_code": "217332",
    "retail_network_id": "PNPNL-01",
}
NOTHING = {"only_recipient": 0, "signature": 0, "return": 0}
SETTINGS = {"save_recipient_address": 0, "disable_auto_detect_pickup": 1}
CUSTOMS = {
    "contents": 1,
    "weight": 950,
    "items": [
        {
            "description": "Wool scarf",
            "amount": 2,
            "weight": 950,
            "classification": HS_CODE,
            "country": "NL",
            "item_value": {"amount": 2500, "currency": "EUR"},
        }
    ],
    "invoice": "INV-77",
}


def php(
    recipient: Mapping[str, Any], options: Mapping[str, Any] = {}, **rest: Any
) -> dict[str, Any]:
    """A shipment as the PHP SDK writes one: what was not set is an empty text or 0."""
    chosen = {"package_type": 1, "label_description": "", **NOTHING, "delivery_type": 2}
    return {
        "recipient": recipient,
        "carrier": 1,
        "reference_identifier": "order-7781",
        "options": {**chosen, **options},
        "general_settings": SETTINGS,
        **rest,
    }


def pdk(options: Mapping[str, Any] = {}, **rest: Any) -> dict[str, Any]:
    """A shipment as the PDK writes one: what was not set is left out, a carrier is a number."""
    recipient = {name: value for name, value in DUTCH.items() if value}
    return {
        "carrier": 1,
        "general_settings": {"save_recipient_address": 0},
        "options": {"package_type": 1, "delivery_type": 2, **options},
        "physical_properties": {"weight": 950},
        "recipient": recipient,
        "reference_identifier": "order-7781",
        **rest,
    }


def shipments(*each: Any, name: str = "shipments", **more: Any) -> dict[str, Any]:
    """The body with these shipments."""
    return {"data": {name: list(each), **more}}
