"""Questions for delivery options, as the tests of several files ask them."""

from __future__ import annotations

from typing import Any

from tests.myparcel.client import Shop

ADDRESS = {"cc": "NL", "postal_code": "2132WT", "number": "66", "carrier": "2"}
VERSION_2 = {"Accept": "application/json;charset=utf-8;version=2.0"}

Answer = dict[str, Any]


def ask(shop: Shop, headers: dict[str, str] | None = None, **parameters: Any) -> Answer:
    response = shop.client.get(
        "/delivery_options", params={**ADDRESS, **parameters}, headers=headers
    )
    assert response.status_code == 200, response.text
    body: Answer = response.json()
    assert list(body) == ["data"]
    data: Answer = body["data"]
    return data


def refused(shop: Shop, **parameters: Any) -> Answer:
    asked = {**ADDRESS, **parameters}
    response = shop.client.get(
        "/delivery_options", params={name: text for name, text in asked.items() if text is not None}
    )
    assert response.status_code == 422, response.text
    body: Answer = response.json()
    return body


def dates(data: Answer) -> list[str]:
    return [day["date"] for day in data["delivery"]]


def types(day: Answer) -> list[int]:
    return [slot["type"] for slot in day["time"]]
