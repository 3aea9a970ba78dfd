"""Track and trace as clients read it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.myparcel.client import Shop
from tests.myparcel.tracked import abroad, home, letter, move


def track(shop: Shop, *shipments: int, **query: Any) -> list[Any]:
    """The tracktraces of shipments."""
    path = f"/tracktraces/{';'.join(map(str, shipments))}"
    response = shop.client.get(path, params=query)
    assert response.status_code == 200, response.text
    shown: list[Any] = response.json()["data"]["tracktraces"]
    return shown


def test_the_newest_scan_comes_first(shop: Shop) -> None:
    [shipment] = shop.create(home())
    for status in (2, 3, 4, 5):
        shop.workspace.advance("1h")
        move(shop, shipment, status)
    assert track(shop, shipment) == [
        {
            "shipment_id": shipment,
            "code": "D3",
            "final": False,
            "description": "The package is in distribution",
            "time": "2026-03-02 14:15:00",
            "history": [
                {
                    "code": "C3",
                    "description": "The package is at the sorting center",
                    "time": "2026-03-02 13:15:00",
                },
                {
                    "code": "B2",
                    "description": "The package has been handed to the carrier",
                    "time": "2026-03-02 12:15:00",
                },
                {
                    "code": "A2",
                    "description": "The package has been registered",
                    "time": "2026-03-02 11:15:00",
                },
            ],
        }
    ]


@pytest.mark.parametrize(
    ("way", "code"),
    [
        ([2], "A2"),
        ([2, 3], "B2"),
        ([2, 3, 4], "C3"),
        ([2, 3, 4, 5], "D3"),
        ([2, 3, 4, 6], "B4"),
        ([2, 3, 4, 5, 7], "I1"),
        ([2, 3, 4, 5, 8, 9], "I1"),
        ([2, 3, 4, 5, 10, 11], "E2"),
    ],
)
def test_the_code_of_a_status_and_whether_it_is_the_end(
    shop: Shop, way: list[int], code: str
) -> None:
    [shipment] = shop.create(abroad() if 6 in way else home())
    move(shop, shipment, *way)
    [shown] = track(shop, shipment)
    assert (shown["code"], shown["final"]) == (code, way[-1] in (7, 9, 11))
    assert len(shown["history"]) == len(way) - 1


def test_what_nobody_scanned_is_an_empty_array_in_its_slot(shop: Shop) -> None:
    concept, post, package = shop.create(home(), letter(), home())
    move(shop, post, 12)
    move(shop, package, 2)
    shown = track(shop, concept, package, post)
    assert (shown[0], shown[1]["shipment_id"], shown[2]) == ([], package, [])
    assert track(shop, concept) == [[]]


def test_becoming_inactive_is_no_scan(shop: Shop) -> None:
    [shipment] = shop.create(home())
    move(shop, shipment, 2, 3)
    [before] = track(shop, shipment)
    shop.workspace.advance("30d")
    assert track(shop, shipment) == [before]


@pytest.mark.parametrize("path", ["{};{}", "{}%3B{}", "{}%3b{};", "{};{}/"])
def test_ids_come_in_any_spelling(shop: Shop, path: str) -> None:
    response = shop.client.get(f"/tracktraces/{path.format(*shop.create(home(), home()))}?page=1")
    assert response.status_code == 200, response.text
    assert response.json()["data"]["tracktraces"] == [[], []]


def test_another_shops_and_unknown_shipments_are_not_for_you(shop: Shop) -> None:
    [foreign] = shop.with_key("sim-myparcel-prepaid").create(home())
    [own] = shop.create(home())
    for ids in (f"{foreign}", f"{own};{foreign}", "999999999"):
        response = shop.client.get(f"/tracktraces/{ids}")
        assert response.status_code == 403
        [fault] = response.json()["errors"]
        assert (fault["code"], fault["message"]) == (3001, "Permission Denied.")


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("abc", 3210),
        ("{id}?page=0", 3200),
        ("{id}?page=1001", 3200),
        ("{id}?page=x", 3200),
        ("{id}?size=many", 3201),
        ("{id}?sort=barcode", 3202),
        ("{id}?order=UP", 3203),
    ],
)
def test_parameters_that_cannot_be_taken(shop: Shop, path: str, code: int) -> None:
    [shipment] = shop.create(home())
    response = shop.client.get(f"/tracktraces/{path.format(id=shipment)}")
    assert response.status_code == 422, response.text
    assert [fault["code"] for fault in response.json()["errors"]] == [code]


def test_pages_and_order(shop: Shop) -> None:
    shipments = shop.create(*[home() for _ in range(35)])
    last = shipments[-1]
    move(shop, last, 2)
    assert len(track(shop, *shipments)) == 35
    assert len(track(shop, *shipments, size=300)) == 35
    assert len(track(shop, *shipments, page=1)) == 30
    assert len(track(shop, *shipments, page=2, size=5)) == 5
    assert track(shop, *shipments, page=3) == []
    for query in ({"sort": "shipment_id", "order": "desc"}, {"sort": "time", "order": "DESC"}):
        assert track(shop, *shipments, **query)[0]["shipment_id"] == last
    assert track(shop, *shipments, sort="code")[-1]["shipment_id"] == last
    shop.workspace.quirk("myparcel.strict", True)
    assert shop.client.get(f"/tracktraces/{last}?size=300").status_code == 422


def test_a_slot_without_scans_has_its_place_by_its_id(shop: Shop) -> None:
    first, second, third = shop.create(home(), home(), home())
    move(shop, second, 2)
    for order in ("asc", "DESC"):
        shown = track(shop, third, second, first, sort="shipment_id", order=order)
        assert [slot and slot["shipment_id"] for slot in shown] == [[], second, []]
    shown = track(shop, third, second, first, sort="time")
    assert [slot and slot["shipment_id"] for slot in shown] == [[], [], second]


def test_tracktraces_are_sorted_by_their_histories(either_shop: Shop) -> None:
    concept, once, late, early = either_shop.create(*(home() for _ in range(4)))
    move(either_shop, early, 2, 3)
    either_shop.workspace.advance("1h")
    move(either_shop, late, 2, 3)
    move(either_shop, once, 2)
    for order, expected in (("ASC", [once, early, late]), ("DESC", [late, early, once])):
        shown = track(either_shop, late, once, early, concept, sort="history", order=order)
        assert [slot["shipment_id"] for slot in shown if slot] == expected


def test_ids_as_text_are_a_quirk(shop: Shop) -> None:
    [shipment] = shop.create(home())
    move(shop, shipment, 2)
    shop.workspace.quirk("myparcel.tracktrace_ids", "string")
    assert track(shop, shipment)[0]["shipment_id"] == str(shipment)


def test_the_edition_of_today_has_other_codes_and_more_members(shop: Shop) -> None:
    [shipment] = shop.create(home())
    barcode = move(shop, shipment, 2, 3, 4, 5, 7)["barcode"]
    shop.workspace.quirk("myparcel.edition", "today")
    [shown] = track(shop, shipment, extra_info="delivery_moment")
    codes = [shown["code"], *(scan["code"] for scan in shown["history"])]
    assert codes == ["I01", "J05", "J01", "B01", "A01"]
    assert shown["status"] == {"current": 7, "main": "delivered", "final": True}
    assert shown["link_consumer_portal"] == f"https://myparcel.me/track-trace/{barcode}/3584CS/NL"
    moment = {
        "date": "2026-03-02 10:15:00.000000",
        "timezone_type": 3,
        "timezone": "Europe/Amsterdam",
    }
    assert shown["delivery_moment"] == {"start": moment, "end": moment}
    assert "delivery_moment" not in track(shop, shipment)[0]
