"""CSV to post, and what comes of it."""

from __future__ import annotations

from typing import Any

import httpx2

from tests.myparcel.client import Shop
from tests.myparcel.listed import listed

HEADER = "cc,postalcode,city,street,number,person,company,email,phone"
NOOR = "nl,3584CS,Utrecht,Kruytgebouw,8,Noor Visser,,noor@example.test,0301234567"
PARIS = "fr,75008,Paris,Rue du Grenier 22,,Claus Stuter,Renault,claus@example.test,0033142723122"
RAW = "text/csv; charset=utf-8"


def post(shop: Shop, content: str | bytes, content_type: str = RAW) -> httpx2.Response:
    """Post raw CSV."""
    body = content.encode() if isinstance(content, str) else content
    return shop.client.post("/shipments", content=body, headers={"Content-Type": content_type})


def post_form(shop: Shop, content: str, mapping: str | None = None, name: str = "file") -> Any:
    """Post CSV as the file of a form."""
    fields = {} if mapping is None else {"column_mapping": mapping}
    files = {name: ("shipments.csv", content.encode(), "text/csv")}
    return shop.client.post("/shipments", data=fields, files=files)


def taken(shop: Shop, response: httpx2.Response) -> list[Any]:
    """The shipments that the shop has after CSV was taken."""
    assert (response.status_code, response.content) == (204, b""), response.text
    shipments: list[Any] = listed(shop, "size=200")["shipments"]
    return shipments


def faults(shop: Shop, response: httpx2.Response, status: int = 422) -> list[tuple[int, str]]:
    """Codes and sentences of a refusal, after which nothing is stored."""
    assert response.status_code == status, response.text
    assert listed(shop)["results"] == 0
    return [
        (error["code"], human)
        for error in response.json()["errors"]
        for human in error.get("human", [error["message"]])
    ]
