"""Dispatch orders: lists and comments."""

from __future__ import annotations

from dirty_equals import IsInt, IsPartialDict

from tests.support.dispatching import ADDRESS, NOT_FOUND, NOW, ORDERS, details_of, dispatch
from tests.support.server import Workspace
from tests.support.shipments import (
    c2c,
    confirmed,
    to_locker,
)


def found(workspace: Workspace, **query: str) -> list[int]:
    response = workspace.client.get(ORDERS, params=query)
    assert response.status_code == 200, response.text
    return [item["id"] for item in response.json()["items"]]


def test_orders_are_found_by_every_filter(workspace: Workspace) -> None:
    first, second = confirmed(workspace, c2c(), to_locker())
    one = dispatch(workspace, first).json()
    workspace.advance("1h")
    elsewhere = {**ADDRESS, "street": "Pawia", "city": "Kraków", "post_code": "31-154"}
    two = dispatch(workspace, second, address={**elsewhere, "country_code": "pl"}).json()
    both, later = [two["id"], one["id"]], "2026-03-02T11:00:00+01:00"
    for query, ids in (
        ({}, both),
        ({"id": str(one["id"])}, [one["id"]]),
        ({"id": f"{one['id']}, {two['id']},1"}, both),
        ({"created_at": one["created_at"]}, [one["id"]]),
        ({"created_at_gteq": later}, [two["id"]]),
        ({"created_at_lteq": later}, [one["id"]]),
        ({"created_at_lteq": "1772445600"}, [one["id"]]),
        ({"created_at_lteq": "yesterday"}, both),
        ({"created_at": "noon"}, both),
        ({"created_at": "2026-03-02T10:15:05+01:00"}, [one["id"]]),
        ({"created_at": "1772442905"}, [one["id"]]),
        ({"status": "new"}, [two["id"]]),
        ({"status": "new,accepted"}, both),
        ({"status": "rejected"}, []),
        ({"address": "pawia 5"}, [two["id"]]),
        ({"post_code": "00-838"}, [one["id"]]),
        ({"country_code": "PL"}, both),
        ({"country_code": "DE"}, []),
        ({"city": "krak"}, [two["id"]]),
        ({"shipment_id": str(first["id"])}, [one["id"]]),
        ({"tracking_number": second["tracking_number"]}, [two["id"]]),
        ({"shipment_service": "inpost_courier_c2c"}, [one["id"]]),
        ({"shipment_service": "inpost_courier_c2c", "status": "new"}, []),
        ({"unknown": "x"}, both),
    ):
        assert found(workspace, **query) == ids, query


def test_orders_are_sorted_and_paged(workspace: Workspace) -> None:
    first, second = confirmed(workspace, c2c(), to_locker())
    cracow = {**ADDRESS, "street": "Apteczna", "post_code": "31-154"}
    one = dispatch(workspace, first).json()["id"]
    two = dispatch(workspace, second, address=cracow).json()["id"]
    by_number = [one, two] if first["tracking_number"] < second["tracking_number"] else [two, one]
    for sort_by, ids in (
        ("id", [one, two]),
        ("created_at", [one, two]),
        ("address", [two, one]),
        ("post_code", [one, two]),
        ("country_code", [one, two]),
        ("shipment_id", [one, two]),
        ("tracking_number", by_number),
        ("nonsense", [one, two]),
    ):
        assert found(workspace, sort_by=sort_by, sort_order="asc") == ids, sort_by
        assert found(workspace, sort_by=sort_by, sort_order="desc") == ids[::-1], sort_by
    page = workspace.client.get(
        ORDERS, params={"per_page": "1", "page": "2", "city": "Warszawa", "nonsense": "1"}
    )
    assert page.json() == {
        "href": f"{workspace.inpost_url}{ORDERS}"
        "?city=Warszawa&page=2&per_page=1&sort_by=id&sort_order=desc",
        "count": 2,
        "page": 2,
        "per_page": 1,
        "items": [IsPartialDict(id=one)],
    }
    assert 'rel="previous"' in page.headers["link"]


def test_comments_are_added_changed_and_removed(workspace: Workspace) -> None:
    [shipment] = confirmed(workspace, c2c())
    order_id = dispatch(workspace, shipment, comment="pierwszy").json()["id"]
    path = f"{ORDERS}/{order_id}/comment"
    added = workspace.client.post(path, json={"comment": "drugi"})
    assert added.status_code == 201
    assert added.json() == {"id": IsInt(), "comment": "drugi", "created_at": NOW}
    number = added.json()["id"]
    changed = workspace.client.put(path, json={"id": number, "comment": "inny"})
    assert changed.status_code == 200
    assert changed.json() == {**added.json(), "comment": "inny"}
    shown = workspace.client.get(f"/v1/dispatch_orders/{order_id}").json()["comments"]
    assert [comment["comment"] for comment in shown] == ["pierwszy", "inny"]
    removed = workspace.client.request("DELETE", path, json={"comment_ids": [str(number)]})
    assert removed.status_code == 200
    assert removed.json() == IsPartialDict(id=order_id, comments=[shown[0]])
    for response in (
        workspace.client.put(path, json={"id": number, "comment": "x"}),
        workspace.client.request("DELETE", path, json={"comment_ids": [shown[0]["id"], number]}),
        workspace.client.post(f"{ORDERS}/1/comment", json={"comment": "x"}),
    ):
        assert (response.status_code, response.json()) == (404, NOT_FOUND)
    kept = workspace.client.get(f"/v1/dispatch_orders/{order_id}").json()["comments"]
    assert kept == [shown[0]]


def test_a_comment_needs_a_text(workspace: Workspace) -> None:
    [shipment] = confirmed(workspace, c2c())
    path = f"{ORDERS}/{dispatch(workspace, shipment).json()['id']}/comment"
    assert details_of(workspace.client.post(path, json={})) == {"comment": ["required"]}
    assert details_of(workspace.client.post(path, json={"comment": ""})) == {
        "comment": ["too_short"]
    }
    assert details_of(workspace.client.put(path, json={"comment": "x"})) == {"id": ["required"]}
    assert details_of(workspace.client.request("DELETE", path, json={})) == {
        "comment_ids": ["required"]
    }
