"""A parcel's own history: the past at once, the rest on the clock, impossible orders told."""

from __future__ import annotations

import json
from typing import Any

import pytest
from dirty_equals import IsPartialDict, IsStr

from tests.inpost.shipx import (
    BROKE,
    Json,
    bought,
    create,
    get,
    locker,
    prepared,
)
from tests.support.receiver import Receiver, receiving
from tests.support.server import Workspace

PAST = [
    {"at": "-3d", "status": "confirmed"},
    {"at": "-2d", "status": "dispatched_by_sender"},
    {"at": "2026-03-01T20:00:00+01:00", "status": "taken_by_courier"},
    {"at": "2026-03-02T06:30", "status": "adopted_at_source_branch", "agency": "source"},
]
"""A history before the clock of a test, in all the ways to write an instant."""


def play(workspace: Workspace, shipment: Any, history: Any, **more: Any) -> Json:
    """Play a history; what the action told."""
    told: Json = workspace.do("inpost.play", shipment=shipment, history=history, **more)
    return told


def refused(workspace: Workspace, **arguments: Any) -> str:
    """The sentence with which a play is refused; it has to leave everything as it was."""
    before = workspace.control.get("/snapshot").json()
    response = workspace.control.post("/actions/inpost.play", json=arguments)
    assert response.status_code == 409, response.text
    assert workspace.control.get("/snapshot").json() == before
    detail: str = response.json()["detail"]
    return detail


def tracked(workspace: Workspace, number: str) -> list[tuple[str, str, str | None]]:
    """What tracking shows of a parcel: status, time and town, oldest first."""
    response = workspace.client.get(f"/v1/tracking/{number}")
    assert response.status_code == 200, response.text
    details = reversed(response.json()["tracking_details"])
    return [(each["status"], each["datetime"], each["location"]) for each in details]


def events(workspace: Workspace, name: str) -> list[Json]:
    """The payloads of the events of a name."""
    items = workspace.control.get(f"/events?event={name}").json()["items"]
    return [each["payload"] for each in items]


def test_the_past_is_in_the_history_at_once_with_its_own_instants(workspace: Workspace) -> None:
    number = bought(workspace)["tracking_number"]
    told = play(workspace, number, PAST)
    assert told == {
        "shipment": 15000001,
        "status": "adopted_at_source_branch",
        "tracking_number": number,
        "journey": None,
        "played": 4,
        "ahead": [],
    }
    assert tracked(workspace, number) == [
        ("confirmed", "2026-02-27T10:15:02.000+01:00", None),
        ("dispatched_by_sender", "2026-02-28T10:15:02.000+01:00", None),
        ("taken_by_courier", "2026-03-01T20:00:00.000+01:00", None),
        ("adopted_at_source_branch", "2026-03-02T06:30:00.000+01:00", "Warszawa"),
    ]


def test_what_lies_ahead_comes_when_the_clock_gets_there(workspace: Workspace) -> None:
    number = bought(workspace)["tracking_number"]
    told = play(
        workspace,
        number,
        [
            *PAST,
            {"at": "2h", "status": "sent_from_source_branch"},
            {"at": "+1d", "status": "missing"},
        ],
    )
    assert (told["status"], told["journey"], told["played"]) == (PAST[-1]["status"], "play", 4)
    assert told["ahead"] == [
        {"at": "2026-03-02T11:15:02Z", "status": "sent_from_source_branch"},
        {"at": "2026-03-03T09:15:02Z", "status": "missing"},
    ]
    workspace.advance("119m")
    assert len(tracked(workspace, number)) == 4
    workspace.advance("1m")
    assert tracked(workspace, number)[4:] == [
        ("sent_from_source_branch", "2026-03-02T12:15:02.000+01:00", "Warszawa")
    ]
    workspace.advance("100d")
    [record] = workspace.records("inpost", "shipments")
    assert (record["status"], record["journey"], record["next_job"]) == ("missing", None, None)


def test_the_past_sends_no_webhook_and_is_told_as_one_event(workspace: Workspace) -> None:
    with receiving() as receiver:
        workspace.do("inpost.set_webhook", organization=1, url=receiver.url)
        number = bought(workspace)["tracking_number"]
        sent = len(receiver.posts)
        play(workspace, number, [*PAST, {"at": "0s", "status": "oversized"}])
        assert _statuses(receiver)[sent:] == ["oversized"]
    told = events(workspace, "inpost.shipment_status_changed")
    assert [(each["previous"], each["status"]) for each in told[-2:]] == [
        ("confirmed", "adopted_at_source_branch"),
        ("adopted_at_source_branch", "oversized"),
    ]


def _statuses(receiver: Receiver) -> list[str | None]:
    return [json.loads(post)["payload"].get("status") for post in receiver.posts]


def test_a_shipment_that_is_not_paid_for_is_bought_on_the_way(workspace: Workspace) -> None:
    number = create(workspace, locker(only_choice_of_offer=True))["id"]
    play(workspace, number, [*PAST[1:], {"at": "+1h", "status": "oversized"}])
    shipment = get(workspace, number)
    assert [t["status"] for t in shipment["transactions"]] == ["success"]
    shown = tracked(workspace, shipment["tracking_number"])
    assert [status for status, _, _ in shown] == [
        *("confirmed", "dispatched_by_sender", "taken_by_courier", "adopted_at_source_branch")
    ]
    assert shown[0][1] == shown[1][1]
    workspace.advance("1h")
    assert get(workspace, number)["status"] == "oversized"
    names = [each["event"] for each in workspace.webhooks()]
    assert names == ["offers_prepared", "shipment_confirmed", "shipment_status_changed"]


def test_a_purchase_that_comes_by_itself_is_left_to_it(workspace: Workspace) -> None:
    number = create(workspace, locker())["id"]
    play(workspace, number, [{"at": "+2h", "status": "dispatched_by_sender"}])
    workspace.advance("2s")
    assert get(workspace, number)["status"] == "confirmed"
    workspace.advance("2h")
    assert get(workspace, number)["status"] == "dispatched_by_sender"
    workspace.advance("60d")
    assert get(workspace, number)["status"] == "dispatched_by_sender"


def test_a_history_may_say_when_the_purchase_is(workspace: Workspace) -> None:
    number = create(workspace, locker())["id"]
    play(
        workspace,
        number,
        [
            {"at": "1m", "status": "offers_prepared"},
            {"at": "2m", "status": "offer_selected"},
            {"at": "3m", "status": "confirmed"},
            {"at": "3m", "status": "collected_from_sender"},
        ],
    )
    seen = [get(workspace, number)["status"]]
    for _ in range(3):
        workspace.advance("1m")
        seen.append(get(workspace, number)["status"])
    assert seen == ["created", "offers_prepared", "offer_selected", "collected_from_sender"]


def test_offers_are_made_and_chosen_where_the_client_chose_none(workspace: Workspace) -> None:
    number = prepared(workspace)["id"]
    play(workspace, number, [{"at": "+1h", "status": "dispatched_by_sender"}])
    workspace.advance("1h")
    assert get(workspace, number)["status"] == "dispatched_by_sender"


def test_what_is_written_again_dates_what_has_happened(workspace: Workspace) -> None:
    number = bought(workspace)["tracking_number"]
    play(workspace, number, PAST)
    earlier = [{**entry, "at": f"-{20 - place}d"} for place, entry in enumerate(PAST)]
    play(workspace, number, [*earlier, {"at": "-1d", "status": "oversized"}])
    assert [(status, at[:10]) for status, at, _ in tracked(workspace, number)] == [
        ("confirmed", "2026-02-10"),
        ("dispatched_by_sender", "2026-02-11"),
        ("taken_by_courier", "2026-02-12"),
        ("adopted_at_source_branch", "2026-02-13"),
        ("oversized", "2026-03-01"),
    ]


def test_the_purchase_is_never_later_than_what_followed_it(workspace: Workspace) -> None:
    number = bought(workspace)["tracking_number"]
    play(workspace, number, [{"at": "-2d", "status": "dispatched_by_sender"}])
    assert [at for _, at, _ in tracked(workspace, number)] == 2 * ["2026-02-28T10:15:02.000+01:00"]


def test_a_branch_is_named_by_its_code_or_its_town(workspace: Workspace) -> None:
    number = bought(workspace)["tracking_number"]
    history = [
        {"at": "-3h", "status": "adopted_at_source_branch", "agency": "Gdańsk"},
        {"at": "-2h", "status": "sent_from_source_branch", "agency": "IPM0000001"},
        {"at": "-1h", "status": "adopted_at_sorting_center"},
        {"at": "-1h", "status": "sent_from_sorting_center", "agency": None},
    ]
    play(workspace, number, history)
    towns = [town for _, _, town in tracked(workspace, number)[1:]]
    assert towns == ["Gdańsk", IsStr(), "Łódź", None]


def test_an_impossible_order_is_refused_whole_and_every_place_is_named(
    workspace: Workspace,
) -> None:
    number = bought(workspace)["tracking_number"]
    history = [
        {"at": "-2d", "status": "dispatched_by_sender"},
        {"at": "-1d", "status": "delivered"},
        {"at": "+1h", "status": "avizo"},
    ]
    said = refused(workspace, shipment=number, history=history)
    assert (
        "history[1]: delivered cannot follow dispatched_by_sender; possible: collected_from_sender"
        in said
    )
    assert "history[2]: avizo cannot follow delivered; possible: nothing" in said
    assert said.endswith("force: true plays it in any order")


def test_force_plays_an_impossible_order(workspace: Workspace) -> None:
    number = bought(workspace)["tracking_number"]
    history = [
        {"at": "-2d", "status": "delivered"},
        {"at": "-1d", "status": "ready_to_pickup"},
        {"at": "+1h", "status": "confirmed"},
        {"at": "+2h", "status": "delivered"},
    ]
    play(workspace, number, history, force=True)
    workspace.advance("2h")
    assert [status for status, _, _ in tracked(workspace, number)] == [
        *("confirmed", "delivered", "ready_to_pickup", "confirmed", "delivered")
    ]


@pytest.mark.parametrize(
    ("history", "said"),
    [
        ([], "history has 1 to 1000 entries"),
        ([{"at": "soon", "status": "delivered"}], "history[0].at: 'soon' is not a time: write an"),
        (
            [{"at": "-9999d", "status": "delivered"}],
            "history[0].at: '-9999d' is too long: at most 7300 days",
        ),
        ([{"at": "-+3d", "status": "delivered"}], "history[0].at: '-+3d' is not a time"),
        ([{"at": "9999-01-01", "status": "missing"}], "is outside the years 1971 to 2199"),
        (
            [{"at": "1h", "status": "deliverd"}],
            "history[0]: 'deliverd' is not a status (did you mean 'delivered'?); possible",
        ),
        (
            [{"at": "1h", "status": "missing", "agency": "Gdansk"}],
            "'Gdansk' is no agency (did you mean 'Gdańsk'?)",
        ),
        (
            [{"at": "-1h", "status": "oversized"}, {"at": "-2h", "status": "missing"}],
            "history[1].at: 2026-03-02T07:15:02Z is before the entry above it "
            "(2026-03-02T08:15:02Z); write the oldest first",
        ),
        ([{"at": "1h", "status": "created"}], "created comes before the purchase, and so never"),
    ],
)
def test_what_cannot_be_understood_is_refused_whole(
    workspace: Workspace, history: Any, said: str
) -> None:
    number = bought(workspace)["id"]
    assert said in refused(workspace, shipment=number, history=history, force=True)


def test_all_that_is_wrong_is_told_at_once(workspace: Workspace) -> None:
    number = bought(workspace)["id"]
    history = [{"at": "now", "status": "lost"}, {"at": "1h", "status": "found"}]
    said = refused(workspace, shipment=number, history=history)
    assert [f"history[{place}]" in said for place in (0, 1)] == [True, True]
    assert said.count("is not a status") == 2


def test_a_member_that_is_none_is_refused(workspace: Workspace) -> None:
    number = bought(workspace)["id"]
    body = {"shipment": number, "history": [{"at": "1h", "status": "missing", "when": "x"}]}
    response = workspace.control.post("/actions/inpost.play", json=body)
    assert response.status_code == 422
    assert "when" in response.text


def test_what_cannot_be_paid_for_cannot_have_a_history(workspace: Workspace) -> None:
    number = create(workspace, locker(only_choice_of_offer=True), BROKE)["id"]
    said = refused(workspace, shipment=number, history=PAST)
    assert "cannot be paid for (debt_collection)" in said


def test_what_was_cancelled_before_it_was_paid_for_cannot_have_a_history(
    workspace: Workspace,
) -> None:
    number = create(workspace, locker(only_choice_of_offer=True))["id"]
    workspace.do("inpost.move", shipment=number, to="offers_prepared")
    workspace.do("inpost.move", shipment=number, to="canceled")
    said = refused(workspace, shipment=number, history=PAST, force=True)
    assert "was canceled before it was paid for" in said


def test_a_snapshot_restores_what_is_still_ahead(workspace: Workspace) -> None:
    number = bought(workspace)["tracking_number"]
    play(
        workspace,
        number,
        [
            *PAST,
            {"at": "1h", "status": "sent_from_source_branch"},
            {"at": "2h", "status": "missing"},
        ],
    )
    workspace.advance("90m")
    kept = workspace.control.get("/snapshot").json()
    workspace.advance("1d")
    once = tracked(workspace, number)
    assert workspace.control.put("/snapshot", json=kept).status_code == 200
    assert len(tracked(workspace, number)) == 5
    workspace.advance("1d")
    assert tracked(workspace, number) == once
    assert [status for status, _, _ in once[4:]] == ["sent_from_source_branch", "missing"]


def test_a_move_before_the_purchase_ends_a_play(workspace: Workspace) -> None:
    number = prepared(workspace)["id"]
    play(workspace, number, [{"at": "1h", "status": "dispatched_by_sender"}])
    assert workspace.do("inpost.move", shipment=number, to="canceled")["journey"] is None
    workspace.advance("2h")
    assert events(workspace, "inpost.play_broken_off") == []


@pytest.mark.parametrize("other", ["journey", "play", "move"])
def test_a_play_gives_way_to_what_comes_after_it(workspace: Workspace, other: str) -> None:
    number = bought(workspace)["id"]
    play(workspace, number, [{"at": "1h", "status": "dispatched_by_sender"}])
    if other == "journey":
        workspace.do("inpost.start_journey", shipment=number, journey="unused_canceled")
    elif other == "play":
        play(workspace, number, [{"at": "2d", "status": "missing"}])
    else:
        workspace.do("inpost.move", shipment=number, to="collected_from_sender")
    workspace.advance("50d")
    [record] = workspace.records("inpost", "shipments")
    assert "dispatched_by_sender" not in str(record["history"])
    assert (
        record["status"]
        == {
            "journey": "canceled",
            "play": "missing",
            "move": "collected_from_sender",
        }[other]
    )


def test_a_play_takes_the_place_of_the_journey(workspace: Workspace) -> None:
    number = bought(workspace)["id"]
    workspace.do("inpost.start_journey", shipment=number, journey="locker_delivered")
    play(workspace, number, [{"at": "1d", "status": "missing"}])
    workspace.advance("60d")
    assert get(workspace, number)["status"] == "missing"


def test_a_history_that_is_not_possible_any_more_breaks_off(workspace: Workspace) -> None:
    number = prepared(workspace)["id"]
    play(workspace, number, [{"at": "1h", "status": "dispatched_by_sender"}])
    workspace.advance("1m")
    assert workspace.client.delete(f"/v1/shipments/{number}").status_code == 204
    workspace.advance("2h")
    assert events(workspace, "inpost.play_broken_off") == [
        {
            "shipment_id": number,
            "status": "dispatched_by_sender",
            "reason": IsStr(regex=f"shipment {number} was canceled before it was paid for.*"),
        }
    ]
    [record] = workspace.records("inpost", "shipments")
    assert record == IsPartialDict(status="canceled", journey=None)
