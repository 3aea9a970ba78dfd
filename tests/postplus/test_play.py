"""A parcel's own history: the past at once, the rest on the clock, impossible orders told."""

from __future__ import annotations

from typing import Any

import pytest
from dirty_equals import IsStr

from tests.postplus.client import Client, Json
from tests.postplus.following import Follower, history, made

PAST = [
    {"at": "-6d", "status": "Created"},
    {"at": "2026-02-25T12:00:00Z", "code": "RECEIVE_ITEM_AT_TERMINAL", "location": "TLL"},
    {"at": "2026-02-26 12:00", "status": "Departed"},
    {"at": "-1d", "code": "RECEIVE_ITEM_AT_DEST_DISTR_HUB", "message": "Saapunut"},
]
"""A history before the clock of a test, in all the ways to write instants and statuses."""

TOLD = [
    ("CREATE_OR_UPDATE", "2026-02-24T09:15:00+00:00", "PPLUS"),
    ("RECEIVE_ITEM_AT_TERMINAL", "2026-02-25T12:00:00+00:00", "TLL"),
    ("SEND_RECEPTACLE_ABROAD", "2026-02-26T12:00:00+00:00", "AMS"),
    ("RECEIVE_ITEM_AT_DEST_DISTR_HUB", "2026-03-01T09:15:00+00:00", "Helsinki"),
]
"""What tracking shows of it."""


def play(client: Client, parcel: Any, entries: Any, **more: Any) -> Json:
    """Play a history; what the action told."""
    told: Json = client.workspace.do("postplus.play", parcel=parcel, history=entries, **more)
    return told


def refused(client: Client, **arguments: Any) -> str:
    """The sentence with which a play is refused; it has to leave everything as it was."""
    before = client.workspace.control.get("/snapshot").json()
    response = client.workspace.control.post("/actions/postplus.play", json=arguments)
    assert response.status_code == 409, response.text
    assert client.workspace.control.get("/snapshot").json() == before
    detail: str = response.json()["detail"]
    return detail


def tracked(client: Client, number: str) -> list[tuple[str, str, str | None]]:
    """Code, time and place of every event of a parcel, by time."""
    return [_short(event) for event in history(client, number)]


def _short(event: Json) -> tuple[str, str, str | None]:
    return event["eventCode"], event["eventTime"], event["eventLocation"]


def status(client: Client, number: str) -> str:
    """The status of a parcel."""
    told: str = client.get(f"/parcels/parcel-nrs/{number}")["status"]["status"]
    return told


def events(client: Client, name: str) -> list[Json]:
    """The payloads of the workspace's events of a name."""
    items = client.workspace.control.get(f"/events?event=postplus.{name}").json()["items"]
    return [each["payload"] for each in items]


def test_the_past_is_in_tracking_at_once_and_the_feed_tells_it_in_order(client: Client) -> None:
    number = made(client)
    follower = Follower(client).at_the_end()
    told = play(client, number, PAST)
    assert told == {
        "parcel": 90001,
        "status": "Departed",
        "parcel_nr": number,
        "journey": None,
        "played": 4,
        "ahead": [],
    }
    assert tracked(client, number) == TOLD
    assert [_short(entry["event"]) for entry in follower.rest()] == TOLD
    assert history(client, number)[-1]["eventMessage"] == "Saapunut"


def test_what_lies_ahead_comes_when_the_clock_gets_there(client: Client) -> None:
    number = made(client)
    ahead = [
        {"at": "2h", "code": "HANDOVER_ITEM_TO_DELIVERY_AGENT"},
        {"at": "+5h", "status": "Delivered"},
    ]
    told = play(client, "ORD-1", [*PAST, *ahead])
    follower = Follower(client).at_the_end()
    assert (told["journey"], told["played"]) == ("play", 4)
    assert told["ahead"] == [
        {"at": "2026-03-02T11:15:00Z", "status": "HANDOVER_ITEM_TO_DELIVERY_AGENT"},
        {"at": "2026-03-02T14:15:00Z", "status": "DELIVERED"},
    ]
    client.workspace.advance("119m")
    assert follower.page() == []
    client.workspace.advance("10d")
    assert [_short(entry["event"]) for entry in follower.rest()] == [
        ("HANDOVER_ITEM_TO_DELIVERY_AGENT", "2026-03-02T11:15:00+00:00", "Helsinki"),
        ("DELIVERED", "2026-03-02T14:15:00+00:00", "Helsinki"),
    ]
    assert status(client, number) == "Delivered"
    found = client.workspace.records("postplus", "parcels")[-1]
    assert (found["journey"], found["next_job"]) == (None, None)


def test_every_change_of_the_status_is_told(client: Client) -> None:
    number = made(client)
    play(
        client,
        number,
        [
            {"at": "-3d", "status": "Manifested"},
            {"at": "-2d", "status": "Departed"},
            {"at": "0s", "status": "Returned"},
        ],
    )
    told = events(client, "parcel_status_changed")
    assert [(each["previous"], each["status"]) for each in told] == [
        ("Created", "Manifested"),
        ("Manifested", "Departed"),
        ("Departed", "Returned"),
    ]
    assert tracked(client, number)[0][:2] == ("CREATE_OR_UPDATE", "2026-02-27T09:15:00+00:00")


def test_the_parcel_is_never_made_later_than_what_followed(client: Client) -> None:
    number = made(client)
    play(client, number, PAST[1:2])
    assert [at for _, at, _ in tracked(client, number)] == 2 * [TOLD[1][1]]


def test_what_is_written_again_dates_what_has_happened(client: Client) -> None:
    number = made(client)
    play(client, number, PAST)
    again = [{"at": f"-{20 - place}d", "code": code} for place, (code, _, _) in enumerate(TOLD)]
    play(client, number, [*again, {"at": "-1h", "code": "HOLD_ITEM_AT_DEST_DISTR"}])
    assert [(code, at[:10]) for code, at, _ in tracked(client, number)] == [
        ("CREATE_OR_UPDATE", "2026-02-10"),
        ("RECEIVE_ITEM_AT_TERMINAL", "2026-02-11"),
        ("SEND_RECEPTACLE_ABROAD", "2026-02-12"),
        ("RECEIVE_ITEM_AT_DEST_DISTR_HUB", "2026-02-13"),
        ("HOLD_ITEM_AT_DEST_DISTR", "2026-03-02"),
    ]


def test_an_impossible_order_is_refused_whole_and_every_place_is_named(client: Client) -> None:
    number = made(client)
    wrong = [
        {"at": "-2d", "status": "Delivered"},
        {"at": "-1d", "code": "RECEIVE_ITEM_AT_TERMINAL"},
        {"at": "1h", "status": "Created"},
    ]
    said = refused(client, parcel=number, history=wrong)
    assert "history[1]: RECEIVE_ITEM_AT_TERMINAL cannot follow DELIVERED; possible: nothing" in said
    assert "history[2]: CREATE_OR_UPDATE cannot follow RECEIVE_ITEM_AT_TERMINAL" in said
    assert said.endswith("force: true plays it in any order")

    play(client, number, wrong, force=True)
    client.workspace.advance("1h")
    assert [code for code, _, _ in tracked(client, number)] == [
        *("DELIVERED", "RECEIVE_ITEM_AT_TERMINAL", "CREATE_OR_UPDATE")
    ]
    assert status(client, number) == "Delivered"


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([], "history has 1 to 1000 entries"),
        ([{"at": "soon", "code": "DELIVERED"}], "history[0].at: 'soon' is not a time"),
        ([{"at": "1h"}], "history[0]: give either code or status"),
        ([{"at": "1h", "code": "X", "status": "Y"}], "history[0]: give either code or status"),
        (
            [{"at": "1h", "code": "DELIVRED"}],
            "history[0]: 'DELIVRED' is not a code (did you mean 'DELIVERED'?); possible: ",
        ),
        (
            [{"at": "1h", "status": "delivered"}],
            "history[0]: 'delivered' is not a status (did you mean 'Delivered'?)",
        ),
        (
            [{"at": "1h", "status": "Departed"}, {"at": "30m", "status": "Delivered"}],
            "write the oldest first",
        ),
    ],
)
def test_what_cannot_be_understood_is_refused_whole(
    client: Client, entries: Any, said: str
) -> None:
    number = made(client)
    assert said in refused(client, parcel=number, history=entries, force=True)


def test_cancelled_parcels_and_those_with_errors_have_no_history(client: Client) -> None:
    made(client)
    client.put_parcel(identifiers={"senderParcelNr": "ORD-1"}, status={"isCancelled": True})
    said = refused(client, parcel="ORD-1-C1", history=PAST, force=True)
    assert "parcel 90001 is cancelled" in said
    client.put_parcel(identifiers={"senderParcelNr": "ORD-2"}, parcel={"parcelGrossWeight": 0.1})
    said = refused(client, parcel="ORD-2", history=PAST, force=True)
    assert "parcel 90002 has errors, and so no number" in said


@pytest.mark.parametrize("end", ["cancelled", "deleted", "journey", "play", "move"])
def test_a_play_gives_way_to_what_comes_after_it(client: Client, end: str) -> None:
    number = made(client)
    play(client, number, [{"at": "30m", "code": "FIRST_MILE_SCAN"}])
    if end == "cancelled":
        client.put_parcel(identifiers={"senderParcelNr": "ORD-1"}, status={"isCancelled": True})
    elif end == "deleted":
        client.ok("DELETE", "/parcels/90001")
    elif end == "journey":
        client.workspace.do("postplus.start_journey", parcel=number, journey="lost")
    elif end == "play":
        play(client, number, [{"at": "1d", "code": "DELIVERED"}])
    else:
        client.workspace.do("postplus.move", parcel=number, to="Departed")
    client.workspace.advance("1h")
    assert events(client, "play_broken_off") == []
    assert "FIRST_MILE_SCAN" not in [each["code"] for each in events(client, "parcel_scanned")]


def test_a_history_that_is_not_possible_any_more_breaks_off(client: Client) -> None:
    number = made(client)
    play(client, number, [{"at": "1h", "status": "Departed"}, {"at": "2h", "status": "Delivered"}])
    client.workspace.do("postplus.scan", parcel=number, code="RETURN_TO_SENDER")
    client.workspace.advance("3h")
    assert events(client, "play_broken_off") == [
        {
            "parcel_id": 90001,
            "status": "SEND_RECEPTACLE_ABROAD",
            "reason": IsStr(regex="SEND_RECEPTACLE_ABROAD cannot follow RETURN_TO_SENDER; .*"),
        }
    ]
    assert status(client, number) == "Returned"


def test_a_snapshot_restores_what_is_still_ahead(client: Client) -> None:
    number = made(client)
    ahead = [{"at": "1h", "code": "HOLD_ITEM_AT_DEST_DISTR"}, {"at": "2h", "status": "Returned"}]
    play(client, number, [*PAST, *ahead])
    client.workspace.advance("90m")
    kept = client.workspace.control.get("/snapshot").json()
    client.workspace.advance("1d")
    once = tracked(client, number)
    assert client.workspace.control.put("/snapshot", json=kept).status_code == 200
    assert len(tracked(client, number)) == 5
    client.workspace.advance("1d")
    assert tracked(client, number) == once
    assert [code for code, _, _ in once[4:]] == ["HOLD_ITEM_AT_DEST_DISTR", "RETURN_TO_SENDER"]
