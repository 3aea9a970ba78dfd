"""Track and trace as today's clients read it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.myparcel.bodies import shipment
from tests.myparcel.client import Shop
from tests.myparcel.tracked import abroad, letter, move

Json = dict[str, Any]

MEMBERS = [
    *("shipment_id", "carrier", "code", "description", "time", "link_consumer_portal"),
    *("link_tracktrace", "partner_tracktraces", "recipient", "sender", "options", "pickup"),
    *("delayed", "location", "status", "history"),
]


def home() -> Json:
    return {**shipment(), "carrier": 1}


def track(today: Shop, *shipments: int, **query: Any) -> list[Any]:
    response = today.client.get(f"/tracktraces/{';'.join(map(str, shipments))}", params=query)
    assert response.status_code == 200, response.text
    shown: list[Any] = response.json()["data"]["tracktraces"]
    return shown


def found(today: Shop, **query: Any) -> list[Any]:
    response = today.client.get("/tracktraces", params=query)
    assert response.status_code == 200, response.text
    shown: list[Any] = response.json()["data"]["tracktraces"]
    return shown


def test_a_tracktrace_has_the_members_of_today(today: Shop) -> None:
    [id] = today.create(home())
    barcode = move(today, id, 2, 3)["barcode"]
    [shown] = track(today, id)
    assert list(shown) == MEMBERS
    assert (shown["carrier"], shown["code"]) == (1, "B01")
    assert shown["status"] == {"current": 3, "main": "handed_to_carrier", "final": False}
    assert shown["link_consumer_portal"] == f"https://myparcel.me/track-trace/{barcode}/3584CS/NL"
    assert shown["link_tracktrace"].startswith(f"https://postnl.nl/tracktrace/?B={barcode}&")
    assert shown["history"] == [
        {
            "code": "A01",
            "status": 2,
            "main": "registered",
            "description": "The package has been registered",
            "time": "2026-03-02 10:15:00",
            "delayed": False,
            "location": None,
        }
    ]


@pytest.mark.parametrize(
    ("way", "main", "final"),
    [
        ([2], "registered", False),
        ([2, 3], "handed_to_carrier", False),
        ([2, 3, 4], "sorting", False),
        ([2, 3, 4, 6], "sorting", False),
        ([2, 3, 4, 5], "distribution", False),
        ([2, 3, 4, 5, 7], "delivered", True),
        ([2, 3, 4, 5, 8], "delivered", False),
        ([2, 3, 4, 5, 8, 9], "delivered", True),
        ([2, 3, 4, 33], "sorting", False),
        ([2, 13], "registered", True),
        ([2, 31, 99], "registered", True),
    ],
)
def test_the_main_status_is_one_of_five(shop: Shop, way: list[int], main: str, final: bool) -> None:
    [id] = shop.create(abroad() if 6 in way else shipment())
    move(shop, id, *way)
    shop.workspace.quirk("myparcel.edition", "today")
    [shown] = track(shop, id)
    assert shown["status"] == {"current": way[-1], "main": main, "final": final}


def test_what_was_sorted_was_seen_at_a_depot(today: Shop) -> None:
    [id] = today.create(home())
    move(today, id, 2, 3, 4, 5)
    [shown] = track(today, id)
    [sorting, handed_over, registered] = shown["history"]
    assert (handed_over["location"], registered["location"]) == (None, None)
    assert sorting["location"] == shown["location"]
    assert (shown["location"]["name"], shown["location"]["cc"]) == ("Depot Utrecht", "NL")


def test_events_come_newest_first_or_oldest_first(today: Shop) -> None:
    [id] = today.create(home())
    move(today, id, 2, 3, 4)
    for query, statuses in (({}, [3, 2]), ({"sort": "desc"}, [3, 2]), ({"sort": "asc"}, [2, 3])):
        [shown] = track(today, id, **query)
        assert [event["status"] for event in shown["history"]] == statuses


def test_the_moment_of_delivery_is_told_when_asked_and_known(today: Shop) -> None:
    agreed = {"delivery_type": 2, "delivery_date": "2026-03-04 00:00:00"}
    tomorrow, whenever = today.create({**home(), "options": {"package_type": 1, **agreed}}, home())
    move(today, tomorrow, 2)
    move(today, whenever, 2)
    [dated, undated] = track(today, tomorrow, whenever, extra_info="delivery_moment")
    assert dated["delivery_moment_type"] == "expected"
    assert dated["delivery_moment"]["start"] == {
        "date": "2026-03-04 00:00:00.000000",
        "timezone_type": 3,
        "timezone": "Europe/Amsterdam",
    }
    assert not {"delivery_moment", "delivery_moment_type"} & set(undated)
    move(today, whenever, 3, 4, 5, 7)
    [delivered] = track(today, whenever, extra_info="delivery_moment")
    assert delivered["delivery_moment_type"] == "estimated"
    assert not {"delivery_moment", "delivery_moment_type"} & set(track(today, tomorrow)[0])


def test_what_nobody_scanned_is_an_empty_array(today: Shop) -> None:
    [concept] = today.create(home())
    assert track(today, concept) == [[]]


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"postal_code": "3584CS", "country_code": "NL"},
        {"postal_code": "3584 cs"},
        {"country_code": "nl", "sort": "asc"},
    ],
)
def test_a_shipment_is_found_by_its_barcode(today: Shop, query: Json) -> None:
    [id] = today.create(home())
    barcode = move(today, id, 2, 3)["barcode"]
    assert found(today, barcode=barcode, **query) == track(today, id)
    assert found(today, external_identifier=barcode, **query) == track(today, id)


@pytest.mark.parametrize(
    "query",
    [
        {"barcode": "3SMYPA000000000"},
        {"postal_code": "1012AB"},
        {"country_code": "BE"},
    ],
)
def test_what_does_not_fit_is_not_found(today: Shop, query: Json) -> None:
    [id] = today.create(home())
    barcode = move(today, id, 2)["barcode"]
    assert found(today, **{"barcode": barcode, **query}) == []
    assert found(today.with_key("sim-myparcel-prepaid"), barcode=barcode) == []


def test_the_journal_knows_whose_tracktrace_was_found(today: Shop) -> None:
    [id] = today.create(home())
    barcode = move(today, id, 2)["barcode"]
    found(today, barcode=barcode)
    [entry] = today.workspace.journal(limit=1)
    shown = today.workspace.control.get(f"/journal/{entry['id']}").text
    assert (entry["operation"], barcode in shown) == ("myparcel.find_tracktraces", True)


def test_a_barcode_is_required(today: Shop) -> None:
    response = today.client.get("/tracktraces", params={"postal_code": "3584CS"})
    assert response.status_code == 422
    [error] = response.json()["errors"]
    assert (error["code"], error["message"]) == (
        3212,
        "barcode is required, or an external_identifier",
    )


def test_by_the_document_of_2017_there_is_no_search_by_barcode(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.edition", "2017")
    response = shop.client.get("/tracktraces", params={"barcode": "3SMYPA000000000"})
    assert response.status_code == 404


def test_a_letter_has_no_barcode_and_is_not_scanned(shop: Shop) -> None:
    [post] = shop.create(letter())
    move(shop, post, 12)
    shop.workspace.quirk("myparcel.edition", "today")
    assert track(shop, post) == [[]]
