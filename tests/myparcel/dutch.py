"""Clients of the Dutch twin: what each of them sends, and how a shop reaches the twin's host."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import httpx2

from tests.myparcel.client import Shop

HOST = "api.myparcel.nl"

EARLY_SDK = {
    "Accept": "application/json; charset=utf8charset=utf-8",
    "Content-Type": "application/vnd.shipment+json; charset=utf-8charset=utf-8",
}
"""The PHP SDK of 2016 to 2018: no user agent, and a second charset behind every type."""

LATER_SDK = {
    "Accept": "application/json; charset=utf8",
    "Content-Type": "application/vnd.shipment+json;charset=utf-8;version=1.1",
    "User-Agent": "MyParcelNL-SDK/4.1.2",
}
"""The PHP SDK from 2019 on."""

BROWSER_SDK = {
    "Accept": "application/json",
    "Content-Type": "application/vnd.shipment+json;charset=utf-8;version=1.1",
}
"""The JavaScript SDK, which shows itself when it creates and not when it reads."""

PHP_CLIENT = {
    "User-Agent": "CustomApiCall/2",
    "Accept": "application/json",
    "Content-Type": "application/vnd.shipment+json; charset=utf-8",
}
"""A PHP client of one developer."""


def at_the_twin(shop: Shop, headers: Mapping[str, str]) -> httpx2.Client:
    """The shop's client at the host of the twin, with the headers of one of these clients."""
    return httpx2.Client(
        base_url=f"{shop.workspace.base_url}/w/{shop.workspace.name}",
        headers={**shop.client.headers, **headers, "Host": HOST},
        trust_env=False,
        verify=False,
        timeout=30,
    )


ADDRESS = {
    "cc": "NL",
    "person": "Noor Visser",
    "postal_code": "3584CS",
    "city": "Utrecht",
    "email": "noor@example.test",
    "phone": "0301234567",
    "company": "Voorbeeld BV",
    "street": "Kruytgebouw",
    "street_additional_info": "",
    "number": "8",
    "number_suffix": "",
}
"""An address in the order and the kinds in which the PHP SDK writes it."""


def early(**options: Any) -> dict[str, Any]:
    """A shipment as the early PHP SDK writes one."""
    return {
        "recipient": ADDRESS,
        "options": {
            "package_type": 1,
            "label_description": "Order 7781",
            "only_recipient": 0,
            "signature": 0,
            "return": 0,
            "delivery_type": 2,
            "large_format": 0,
            **options,
        },
        "carrier": 1,
    }


def sent(client: httpx2.Client, shipment: dict[str, Any], name: str = "shipments") -> int:
    """The id of one shipment, created as PHP's curl sends it: a text, not a form."""
    body = json.dumps({"data": {name: [shipment]}})
    response = client.post("/shipments", content=body)
    assert response.status_code == 200, response.text
    [made] = response.json()["data"]["ids"]
    number: int = made["id"]
    return number
