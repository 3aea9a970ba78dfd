"""What comparable cursor feeds get wrong."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from math import ceil

import pytest

from simulator.core.tables import narrowing
from tests.postplus.client import Client
from tests.postplus.following import (
    Follower,
    at,
    event,
    ids,
    importer,
    made,
    made_many,
    scans,
    send,
    shown,
)
from tests.support.server import Workspace

NEW_KEY = "sim-postplus-new"


def fresh(client: Client) -> Client:
    """A client of an account that has nothing."""
    client.workspace.do("postplus.add_account", name="New Shop", key=NEW_KEY)
    return client.with_key(NEW_KEY)


@pytest.fixture(autouse=True, params=["looked up", "kept"], scope="module")
def _as_if_large(request: pytest.FixtureRequest) -> Iterator[None]:
    """As if few events were many, so that what a date leaves of a feed is kept."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(narrowing, "_MUCH", 1 if request.param == "kept" else 200)
        yield


def test_equal_timestamps_at_a_page_border_lose_nothing(client: Client) -> None:
    number = made(client)
    follower = Follower(client).at_the_end()
    send(client, *(event(number, eventId=f"ext-{n}") for n in range(25)))
    pages = [ids(follower.page(4)) for _ in range(7)]
    assert [name for page in pages for name in page] == [f"ext-{n}" for n in range(25)]


def test_eight_importers_beside_one_follower_hide_nothing_from_it(client: Client) -> None:
    numbers = made_many(client, 8)
    follower = Follower(client).at_the_end()
    rounds = 12
    importer(client)  # one for all threads

    def work(place: int) -> None:
        for round_ in range(rounds):
            send(
                client,
                *(event(numbers[place], eventId=f"{place}/{round_}/{n}") for n in range(3)),
                event(numbers[place], eventId=f"{place}/again", eventMessage=str(round_)),
            )

    threads = [threading.Thread(target=work, args=(place,)) for place in range(8)]
    for thread in threads:
        thread.start()
    read = []
    while any(thread.is_alive() for thread in threads):
        read += follower.page(7)
    for thread in threads:
        thread.join()
    read += follower.rest(7)
    seen = ids(read)
    once = [name for name in seen if not name.endswith("again")]
    assert sorted(once) == sorted(
        f"{place}/{round_}/{n}" for place in range(8) for round_ in range(rounds) for n in range(3)
    )
    newest = {entry["event"]["eventId"]: entry["event"]["eventMessage"] for entry in read}
    assert [newest[f"{place}/again"] for place in range(8)] == [str(rounds - 1)] * 8
    versions = [int(entry["event"]["eventVersion"]) for entry in read]
    assert versions == sorted(set(versions))


def test_a_late_event_comes_after_the_cursor_and_never_into_read_pages(client: Client) -> None:
    number = made(client)
    send(client, *scans(number, 6))
    follower = Follower(client)
    query = {"startDate": "2026-01-01", "count": "4"}
    first = client.get("/tracking", **query)
    follower.cursor = first["nextFetchId"]
    send(client, event(number, eventId="late", eventTime="2026-01-02"))
    assert client.get("/tracking", **query) == first
    assert ids(follower.rest()) == ["ext-3", "ext-4", "ext-5", "late"]


def test_an_update_may_move_an_event_over_start_date_in_either_direction(client: Client) -> None:
    number = made(client)
    follower = Follower(client, start=shown(0))
    follower.rest()
    send(client, event(number, eventId="ext", eventTime=at(-10)))
    assert follower.page() == []
    send(client, event(number, eventId="ext", eventTime=at(10)))
    assert ids(follower.page()) == ["ext"]
    send(client, event(number, eventId="ext", eventTime=at(-10)))
    assert follower.page() == []
    assert "ext" not in ids(Follower(client, start=shown(0)).rest())
    assert "ext" in ids(Follower(client, start=shown(-10)).rest())


def test_an_event_dated_30_days_ahead_does_not_stop_later_ones(client: Client) -> None:
    number = made(client)
    follower = Follower(client, start="2026-03-01").at_the_end()
    send(client, event(number, eventId="ahead", eventTime="2026-04-01 10:00:00"))
    assert ids(follower.page()) == ["ahead"]
    send(client, *scans(number, 2))
    assert ids(follower.page()) == ["ext-0", "ext-1"]


@pytest.mark.parametrize("count", [1, 2, 3, 7, 10, 11])
def test_a_loop_ends_within_one_call_more_than_it_has_pages(client: Client, count: int) -> None:
    send(client, *scans(made(client), 8))
    follower, calls, read = Follower(client), 0, 0
    while not follower.done:
        read += len(follower.page(count))
        calls += 1
    assert read == 10
    assert calls <= ceil(10 / count) + 1


def test_a_filter_that_hides_10000_entries_does_not_end_the_loop_early(client: Client) -> None:
    number = made(client)
    old = [event(number, eventId=f"old-{n}", eventTime="2020-01-01") for n in range(10_000)]
    send(client, event(number, eventId="first"), *old, event(number, eventId="last"))
    follower = Follower(client, start="2026-01-01")
    # the parcel's own event, and those before and behind the old ones
    assert ids(follower.page(2))[1:] == ["first"]
    assert not follower.done
    assert (ids(follower.page(2)), follower.done) == (["last"], True)


def test_the_cursor_of_an_empty_feed_is_usable(client: Client) -> None:
    follower = Follower(fresh(client))
    assert (follower.page(), follower.done) == ([], True)
    before = follower.cursor
    assert len(before) == 22
    assert (follower.page(), follower.done, follower.cursor) == ([], True, before)
    made(client.with_key(NEW_KEY))
    assert len(follower.page()) == 1


def test_count_and_start_date_may_change_in_mid_walk_and_the_position_stays(
    client: Client,
) -> None:
    number = made(client)
    follower = Follower(client).at_the_end()
    send(client, *scans(number, 10))
    assert ids(follower.page(3)) == ["ext-0", "ext-1", "ext-2"]
    follower.start = shown(4)
    assert ids(follower.page(2)) == ["ext-4", "ext-5"]
    follower.start = "2020-01-01"
    assert ids(follower.page(1)) == ["ext-6"]
    follower.start = ""
    assert ids(follower.page()) == ["ext-7", "ext-8", "ext-9"]


def test_an_old_cursor_may_be_replayed(client: Client) -> None:
    number = made(client)
    follower = Follower(client).at_the_end()
    old = follower.cursor
    send(client, *scans(number, 5))
    first = follower.page(3)
    follower.rest()
    again = Follower(client, cursor=old)
    assert again.page(3) == first
    assert ids(again.rest()) == ["ext-3", "ext-4"]


def test_a_cursor_is_good_after_400_days(client: Client) -> None:
    number = made(client)
    follower = Follower(client).at_the_end()
    client.workspace.advance("400d")
    send(client, event(number, eventId="later"))
    assert ids(follower.page()) == ["later"]


def test_successive_pages_are_disjoint(client: Client) -> None:
    send(client, *scans(made(client), 23))
    follower, seen = Follower(client), list[str]()
    while not follower.done:
        seen += ids(follower.page(5))
    assert len(seen) == len(set(seen)) == 25


def test_times_without_a_zone_are_utc_and_zones_tell_the_same_instant(client: Client) -> None:
    number = made(client)
    follower = Follower(client).at_the_end()
    same = {
        "none": "2026-03-01 12:00:00",
        "zulu": "2026-03-01T12:00:00Z",
        "utc": "2026-03-01T12:00:00+00:00",
        "east": "2026-03-01T14:00:00+02:00",
    }
    send(client, *(event(number, eventId=name, eventTime=time) for name, time in same.items()))
    times = {entry["event"]["eventId"]: entry["event"]["eventTime"] for entry in follower.page()}
    assert times == dict.fromkeys(same, "2026-03-01T12:00:00+00:00")


def test_two_workspaces_with_the_same_numbers_do_not_hear_each_other(
    client: Client, new_workspace: Callable[[], Workspace]
) -> None:
    other = Client(new_workspace())
    try:
        assert made(client) == made(other)
        mine, theirs = Follower(client).at_the_end(), Follower(other).at_the_end()
        number = made(client, "ORD-2")
        send(client, event(number, eventId="mine"))
        assert ids(mine.rest())[1:] == ["mine"]
        assert theirs.page() == []
        other.refused(400, "GET", "/tracking", params={"fetchId": mine.cursor})
    finally:
        other.close()


def test_a_reset_in_mid_walk_ends_all_cursors_for_ever(client: Client) -> None:
    def walk() -> tuple[list[str], str]:
        send(client, *scans(made(client), 6))
        follower = Follower(client)
        read = follower.page(3)
        return ids(read), follower.cursor

    before, cursor = walk()
    for _ in range(2):
        client.workspace.do("postplus.reset_test_data")
        problem = client.refused(400, "GET", "/tracking", params={"fetchId": cursor})
        assert problem["detail"] == "FetchId is not valid"
        # the same again makes other ids and other cursors
        again, following = walk()
        assert following != cursor
        assert again[1] != before[1]
        assert (again[0], again[2]) == (before[0], before[2])
