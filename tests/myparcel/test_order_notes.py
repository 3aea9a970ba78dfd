"""Notes on orders."""

from __future__ import annotations

from typing import Any

import pytest

from tests.myparcel.client import Shop
from tests.myparcel.orders import ordered, read

Json = dict[str, Any]
NOBODYS = "59a285d7-7321-4d2e-b4b1-7f5dd5869609"


def notes(shop: Shop, order: str) -> list[Json]:
    """The notes as they are listed."""
    response = shop.client.get(f"/fulfilment/orders/{order}/notes")
    assert response.status_code == 200, response.text
    listed: list[Json] = response.json()["data"]["order_notes"]
    return listed


def send(shop: Shop, method: str, order: str, *items: Any) -> Any:
    """POST or PATCH of notes."""
    return shop.client.request(
        method, f"/fulfilment/orders/{order}/notes", json={"data": {"order_notes": list(items)}}
    )


def test_notes_are_added_read_changed_and_deleted(today: Shop) -> None:
    uuid = ordered(today)[0]["uuid"]
    bell = {"author": "customer", "note": "Please do not ring the bell."}
    gift = {"author": "webshop", "note": "A gift is on its way."}
    response = send(today, "POST", uuid, bell, gift)
    assert response.status_code == 200, response.text
    first, second = response.json()["data"]["order_notes"]
    written = "2026-03-02 10:15:00"
    stamps = {"created_at": written, "updated_at": written}
    assert first == {"uuid": first["uuid"], **bell, **stamps}
    assert notes(today, uuid) == [first, second]
    assert read(today, uuid)[0]["has_notes"] is True

    today.workspace.advance("1h")
    change = {"uuid": second["uuid"], "note": "Two gifts are on their way."}
    response = send(today, "PATCH", uuid, change)
    changed = {**second, **change, "updated_at": "2026-03-02 11:15:00"}
    assert response.json()["data"]["order_notes"] == [changed]
    assert notes(today, uuid) == [first, changed]

    both = f"{first['uuid']};{second['uuid']}"
    gone = today.client.delete(f"/fulfilment/orders/{uuid}/notes/{both}")
    assert (gone.status_code, gone.content) == (204, b"")
    assert notes(today, uuid) == []
    assert read(today, uuid)[0]["has_notes"] is False


@pytest.mark.parametrize(
    "note",
    [
        {"author": "customer"},
        {"note": "Hello"},
        {"author": "carrier", "note": "Hello"},
        {"author": "customer", "note": ""},
        {"author": "customer", "note": "a" * 2501},
        7,
    ],
)
def test_a_note_that_cannot_be_taken(today: Shop, note: Any) -> None:
    uuid = ordered(today)[0]["uuid"]
    good = {"author": "customer", "note": "a" * 2500}
    response = send(today, "POST", uuid, good, note)
    assert response.status_code == 422, response.text
    assert "data.order_notes[1]" in response.text
    assert notes(today, uuid) == []


@pytest.mark.parametrize("method", ["GET", "POST", "PATCH"])
def test_an_order_that_there_is_not(today: Shop, method: str) -> None:
    note = {"uuid": NOBODYS, "author": "customer", "note": "Hello"}
    response = (
        today.client.get(f"/fulfilment/orders/{NOBODYS}/notes")
        if method == "GET"
        else send(today, method, NOBODYS, note)
    )
    assert response.status_code == 404, response.text


def test_a_note_that_the_order_does_not_have(today: Shop) -> None:
    mine, other = (each["uuid"] for each in ordered(today) + ordered(today))
    hello = {"author": "customer", "note": "Hello"}
    [theirs] = send(today, "POST", other, hello).json()["data"]["order_notes"]
    [own] = send(today, "POST", mine, hello).json()["data"]["order_notes"]
    changes = [{"uuid": own["uuid"], "note": "Bye"}, {"uuid": theirs["uuid"], "note": "Bye"}]
    response = send(today, "PATCH", mine, *changes)
    assert response.status_code == 422, response.text
    assert "data.order_notes[1].uuid" in response.text
    both = f"{own['uuid']};{theirs['uuid']}"
    assert today.client.delete(f"/fulfilment/orders/{mine}/notes/{both}").status_code == 404
    assert notes(today, mine) == [own]
