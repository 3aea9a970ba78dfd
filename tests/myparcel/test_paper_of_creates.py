"""Paper and positions named with shipments that are made or changed, with labels or without."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.myparcel.bodies import shipment
from tests.myparcel.client import SHIPMENT, Shop, codes

CSV = "nl;3584CS;Utrecht;Kruytgebouw;8;Noor Visser"
WRONG: list[tuple[dict[str, Any], int]] = [
    ({"positions": "false"}, 3708),
    ({"positions": ["1", "5"]}, 3708),
    ({"format": "A5"}, 3709),
]


def made(**members: Any) -> str:
    return json.dumps({"data": {"shipments": [{**shipment(), "carrier": 1, **members}]}})


@pytest.mark.parametrize(("query", "code"), WRONG)
@pytest.mark.parametrize(
    ("media", "accept"),
    [
        (SHIPMENT, "application/json"),
        (SHIPMENT, "application/vnd.shipment_label+json"),
        ("text/csv;charset=utf-8", "application/json"),
    ],
)
def test_what_there_is_not_is_refused(
    today: Shop, media: str, accept: str, query: dict[str, Any], code: int
) -> None:
    body = CSV if "csv" in media else made()
    headers = {"Content-Type": media, "Accept": accept}
    response = today.client.post("/shipments", content=body, headers=headers, params=query)
    assert (response.status_code, codes(response)) == (422, [code])
    assert today.workspace.records("myparcel", "shipments") == []


def test_a_change_judges_them_too(today: Shop) -> None:
    [id] = today.create({**shipment(), "carrier": 1})
    headers = {"Content-Type": SHIPMENT}
    for query, code in WRONG:
        response = today.client.put(
            "/shipments", content=made(id=id), headers=headers, params=query
        )
        assert (response.status_code, codes(response)) == (422, [code])


def test_that_no_labels_were_asked_for_is_told(today: Shop) -> None:
    headers = {"Content-Type": SHIPMENT}
    query = {"format": "A4", "positions": "2"}
    response = today.client.post("/shipments", content=made(), headers=headers, params=query)
    assert response.status_code == 200
    assert "format and positions had no use" in explained(today)
    headers["Accept"] = "application/vnd.shipment_label+json"
    today.client.post("/shipments", content=made(), headers=headers, params=query)
    assert "had no use" not in explained(today)


def explained(shop: Shop) -> str:
    """The reasons of the newest exchange."""
    [newest] = shop.workspace.journal(limit=1)
    why: Any = shop.workspace.control.get(f"/journal/{newest['id']}").json()["why"]
    return str(why)
