"""A shipment's own history: the past at once, the rest on the clock, impossible orders told."""

from __future__ import annotations

import json
from typing import Any

import pytest
from dirty_equals import IsStr

from tests.myparcel.client import Shop
from tests.myparcel.tracked import (
    Json,
    abroad,
    home,
    letter,
    refused,
    returned,
    status_of,
    subscribed,
)
from tests.support.receiver import receiving

PAST = [
    {"at": "-3d", "status": 2},
    {"at": "2026-02-28 08:30", "status": "3"},
    {"at": "-5h", "status": "Enroute - sorting"},
]
"""A history before the clock of a test, in all the ways to write instants and statuses."""


def play(shop: Shop, shipment: Any, history: Any, **more: Any) -> Json:
    """Play a history; what the action told."""
    told: Json = shop.workspace.do("myparcel.play", shipment=shipment, history=history, **more)
    return told


def tracked(shop: Shop, number: int) -> list[tuple[str, str]]:
    """Code and time of every scan, oldest first."""
    response = shop.client.get(f"/tracktraces/{number}")
    assert response.status_code == 200, response.text
    [trace] = response.json()["data"]["tracktraces"]
    newest_first = [trace, *trace["history"]] if trace else []
    return [(each["code"], each["time"]) for each in reversed(newest_first)]


def events(shop: Shop, name: str) -> list[Json]:
    """The payloads of the events of a name."""
    items = shop.workspace.control.get(f"/events?event=myparcel.{name}").json()["items"]
    return [each["payload"] for each in items]


def test_the_past_is_in_the_history_at_once_with_its_own_instants(shop: Shop) -> None:
    [number] = shop.create(home())
    told = play(shop, number, PAST)
    [shown] = shop.read(number)
    assert told == {
        "shipment": number,
        "status": 4,
        "barcode": shown["barcode"],
        "journey": None,
        "played": 3,
        "ahead": [],
    }
    assert (shown["status"], shown["barcode"]) == (4, IsStr(regex="3SMYPA[0-9]{9}"))
    assert tracked(shop, number) == [
        ("A2", "2026-02-27 10:15:00"),
        ("B2", "2026-02-28 08:30:00"),
        ("C3", "2026-03-02 05:15:00"),
    ]


def test_what_lies_ahead_comes_when_the_clock_gets_there(shop: Shop) -> None:
    [number] = shop.create(home())
    told = play(shop, number, [*PAST, {"at": "2h", "status": 5}, {"at": "+40d", "status": 7}])
    assert (told["status"], told["journey"]) == (4, "play")
    assert told["ahead"] == [
        {"at": "2026-03-02T11:15:00Z", "status": 5},
        {"at": "2026-04-11T09:15:00Z", "status": 7},
    ]
    shop.workspace.advance("2h")
    assert tracked(shop, number)[3:] == [("D3", "2026-03-02 12:15:00")]
    # the carrier gives up what nobody scans for a month, but not what is still to come
    shop.workspace.advance("39d")
    assert status_of(shop, number) == 5
    shop.workspace.advance("1d")
    assert status_of(shop, number) == 7
    assert tracked(shop, number)[4:] == [("I1", "2026-04-11 11:15:00")]


def test_what_ends_a_play_is_given_up_by_the_carrier_as_ever(shop: Shop) -> None:
    shop.workspace.quirk("myparcel.inactive", "all")
    [number] = shop.create(home())
    play(shop, number, [*PAST, {"at": "1h", "status": 5}])
    shop.workspace.advance("1h")
    [record] = shop.workspace.records("myparcel", "shipments")
    assert record["journey"] is None
    shop.workspace.advance("100d")
    assert status_of(shop, number) == 34


def test_the_past_sends_no_webhook_and_is_told_as_one_event(shop: Shop) -> None:
    with receiving() as receiver:
        subscribed(shop, receiver.url)
        [number] = shop.create(home())
        play(shop, number, [*PAST, {"at": "0s", "status": 5}])
        sent = [json.loads(post)["data"]["hooks"][0]["status"] for post in receiver.posts]
    assert sent == [5]
    told = events(shop, "shipment_status_changed")
    assert [(each["previous"], each["status"]) for each in told] == [(1, 4), (4, 5)]


def test_a_concept_is_registered_on_the_way(shop: Shop) -> None:
    past, ahead = shop.create(home(), home())
    play(shop, past, [{"at": "-1h", "status": 3}])
    play(shop, ahead, [{"at": "1h", "status": 3}])
    assert tracked(shop, past) == [
        ("A2", "2026-03-02 09:15:00"),
        ("B2", "2026-03-02 09:15:00"),
    ]
    assert tracked(shop, ahead) == []
    shop.workspace.advance("1h")
    assert tracked(shop, ahead) == [
        ("A2", "2026-03-02 11:15:00"),
        ("B2", "2026-03-02 11:15:00"),
    ]


def test_a_label_that_is_printed_meanwhile_changes_nothing(shop: Shop) -> None:
    [number] = shop.create(home())
    play(shop, number, [{"at": "1h", "status": 2}, {"at": "2h", "status": 3}])
    assert shop.client.get(f"/shipment_labels/{number}").status_code == 200
    assert status_of(shop, number) == 2
    shop.workspace.advance("2h")
    assert [code for code, _ in tracked(shop, number)] == ["A2", "B2"]
    assert events(shop, "play_broken_off") == []


def test_what_has_to_be_paid_for_cannot_have_a_history_before(prepaid: Shop) -> None:
    [number] = prepaid.create(home())
    before = prepaid.workspace.control.get("/snapshot").json()
    said = refused(prepaid, "play", shipment=number, history=PAST)
    assert "has not been paid for: see myparcel.pay" in said
    assert prepaid.workspace.control.get("/snapshot").json() == before

    play(prepaid, number, [{"at": "1h", "status": 3}])
    prepaid.workspace.advance("2h")
    assert events(prepaid, "play_broken_off") == [
        {
            "shipment_id": number,
            "status": "3 (enroute - handed to carrier)",
            "reason": f"shipment {number} has not been paid for: see myparcel.pay",
        }
    ]
    assert status_of(prepaid, number) == 1


def test_what_is_written_again_dates_what_has_happened(shop: Shop) -> None:
    [number] = shop.create(home())
    play(shop, number, PAST)
    history = [{"at": "-9d", "status": 3}, {"at": "-8d", "status": 4}, {"at": "-7d", "status": 5}]
    play(shop, number, history)
    assert [(code, at[:10]) for code, at in tracked(shop, number)] == [
        ("A2", "2026-02-21"),
        ("B2", "2026-02-21"),
        ("C3", "2026-02-22"),
        ("D3", "2026-02-23"),
    ]


def test_an_impossible_order_is_refused_whole_and_every_place_is_named(shop: Shop) -> None:
    [number] = shop.create(home())
    before = shop.workspace.control.get("/snapshot").json()
    history = [{"at": "-2d", "status": 3}, {"at": "-1d", "status": 7}, {"at": "1h", "status": 6}]
    said = refused(shop, "play", shipment=number, history=history)
    assert (
        "history[1]: 7 (delivered - at recipient) cannot follow 3 (enroute - handed to carrier); "
        "possible: 4 (enroute - sorting), 32 " in said
    )
    assert "history[2]: 6 (enroute - customs) cannot follow 7 (delivered - at recipient)" in said
    assert said.endswith("force: true plays it in any order")
    assert shop.workspace.control.get("/snapshot").json() == before

    play(shop, number, history, force=True)
    shop.workspace.advance("1h")
    assert [code for code, _ in tracked(shop, number)] == ["A2", "B2", "I1", "B4"]


def test_each_kind_of_shipment_has_its_own_order(shop: Shop) -> None:
    [swiss, post] = shop.create(abroad(), letter())
    back = returned(shop)
    customs = [{"at": f"-{9 - status}h", "status": status} for status in (2, 3, 4, 6)]
    play(shop, swiss, customs)
    play(shop, post, [{"at": "-1h", "status": 12}])
    play(shop, back, [{"at": "-1h", "status": status} for status in (2, 3, 4, 5, 10, 11)])
    assert [status_of(shop, number) for number in (swiss, post, back)] == [6, 12, 11]
    [number] = shop.create(home())
    assert "history[3]: 6 (enroute - customs) cannot follow 4" in refused(
        shop, "play", shipment=number, history=customs
    )


@pytest.mark.parametrize(
    ("history", "said"),
    [
        ([], "history has 1 to 1000 entries"),
        ([{"at": "soon", "status": 3}], "history[0].at: 'soon' is not a time"),
        ([{"at": "1h", "status": 77}], "history[0]: 77 is not a status: there are 1, 2, 3"),
        (
            [{"at": "1h", "status": "delivered at recipient"}],
            "is not a status (did you mean 7 (delivered - at recipient)?)",
        ),
        ([{"at": "1h", "status": 2}, {"at": "0s", "status": 3}], "write the oldest first"),
        (
            [{"at": "-1h", "status": 2}, {"at": "1h", "status": 1}],
            "history[1]: 1 (pending - concept) never comes after 2 (pending - registered)",
        ),
    ],
)
def test_what_cannot_be_understood_is_refused_whole(shop: Shop, history: Any, said: str) -> None:
    [number] = shop.create(home())
    before = shop.workspace.control.get("/snapshot").json()
    assert said in refused(shop, "play", shipment=number, history=history, force=True)
    assert shop.workspace.control.get("/snapshot").json() == before


def test_a_snapshot_restores_what_is_still_ahead(shop: Shop) -> None:
    [number] = shop.create(home())
    play(shop, number, [*PAST, {"at": "1h", "status": 5}, {"at": "2h", "status": 7}])
    shop.workspace.advance("90m")
    kept = shop.workspace.control.get("/snapshot").json()
    shop.workspace.advance("1d")
    once = tracked(shop, number)
    assert shop.workspace.control.put("/snapshot", json=kept).status_code == 200
    assert status_of(shop, number) == 5
    shop.workspace.advance("1d")
    assert tracked(shop, number) == once
    assert [code for code, _ in once[3:]] == ["D3", "I1"]


@pytest.mark.parametrize("other", ["journey", "play", "move"])
def test_a_play_gives_way_to_what_comes_after_it(shop: Shop, other: str) -> None:
    [number] = shop.create(home())
    play(shop, number, [*PAST, {"at": "1h", "status": 5}])
    if other == "journey":
        shop.workspace.do("myparcel.start_journey", shipment=number, journey="lost")
    elif other == "play":
        play(shop, number, [{"at": "2h", "status": 33}])
    else:
        shop.workspace.do("myparcel.move", shipment=number, to=33)
    shop.workspace.advance("1d")
    assert "D3" not in [code for code, _ in tracked(shop, number)]


def test_a_play_takes_the_place_of_the_journey(shop: Shop) -> None:
    [number] = shop.create(home())
    shop.workspace.do("myparcel.start_journey", shipment=number, journey="delivered")
    play(shop, number, [{"at": "20d", "status": 31}])
    shop.workspace.advance("19d")
    assert status_of(shop, number) == 1
    shop.workspace.advance("1d")
    assert status_of(shop, number) == 31
