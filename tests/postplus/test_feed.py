"""The cursor feed: pages, order, ends, and its other readings."""

from __future__ import annotations

from typing import Any

import pytest
from dirty_equals import IsStr

from simulator.carriers.postplus.catalog.event_codes import CREATE_OR_UPDATE
from tests.postplus.client import SHIPMENTS_ONLY_KEY, Client, Json, parcel
from tests.postplus.following import (
    FIRST_SCAN,
    Follower,
    at,
    event,
    history,
    ids,
    made,
    made_many,
    scans,
    send,
    shown,
)

FETCH_ID = "Cj7tmDjWkdoUyVmb8R8B77"
EVENT_ID = "WoxFW73f47o2d55PPHwzit"
SHORT_ID = IsStr(regex=r"[2-9A-HJ-NP-Za-km-z]{22}")

SAMPLE: Json = {
    "parcel": {
        "parcelNr": "RR000000014LT",
        "senderParcelNr": "SAMPLE-1",
        "destinationCountry": "FI",
        "carrier": "Lithuania Post",
        "carrierParcelNr": "RR000000014LT",
    },
    "event": {
        "eventId": EVENT_ID,
        "eventTime": "2025-01-13T01:56:27+00:00",
        "eventVersion": "332002",
        "eventCode": CREATE_OR_UPDATE,
        "eventMessage": "Parcel data received or updated",
        "eventLocation": "PPLUS",
    },
}


def test_the_requests_of_the_document_work_as_they_stand_on_a_fresh_server(client: Client) -> None:
    first = client.get("/tracking", startDate="2025-01-13", fetchId="")
    assert first == {"nextFetchId": FETCH_ID, "fetchDone": True, "events": [SAMPLE]}
    following = client.get("/tracking", startDate="2025-01-13", fetchId=FETCH_ID)
    assert following == {"nextFetchId": FETCH_ID, "fetchDone": True, "events": []}


def test_the_cursor_of_the_document_goes_on_with_what_comes_later(client: Client) -> None:
    number = made(client)
    page = client.get("/tracking", startDate="2025-01-13", fetchId=FETCH_ID)
    assert page == {
        "nextFetchId": SHORT_ID,
        "fetchDone": True,
        "events": [
            {
                "parcel": {
                    "parcelNr": number,
                    "senderParcelNr": "ORD-1",
                    "destinationCountry": "FI",
                    "carrier": "Lithuania Post",
                    "carrierParcelNr": number,
                },
                "event": {
                    "eventId": SHORT_ID,
                    "eventTime": "2026-03-02T09:15:00+00:00",
                    "eventVersion": "332003",
                    "eventCode": CREATE_OR_UPDATE,
                    "eventMessage": "Parcel data received or updated",
                    "eventLocation": "PPLUS",
                },
            }
        ],
    }


def test_1201_events_are_500_and_500_and_201(client: Client) -> None:
    first, second, third = made_many(client, 3)
    follower = Follower(client).at_the_end()
    trios = zip(*(scans(nr, 400, nr) for nr in (first, second, third)), strict=True)
    sent = [scan for trio in trios for scan in trio]
    send(client, *sent, event(first, eventId="the last"))
    pages: list[list[Json]] = []
    while not pages or not follower.done:
        pages.append(follower.page())
    assert [len(page) for page in pages] == [500, 500, 201]
    # not grouped by parcel, but in the order in which they were processed
    read = [entry for page in pages for entry in page]
    assert ids(read) == [each["eventId"] for each in sent] + ["the last"]
    assert [entry["parcel"]["parcelNr"] for entry in read[:4]] == [first, second, third, first]
    versions = [int(entry["event"]["eventVersion"]) for entry in read]
    assert versions == list(range(versions[0], versions[0] + 1201))
    assert follower.page() == []


def test_a_full_page_may_be_the_last_one(client: Client) -> None:
    follower = Follower(client).at_the_end()
    send(client, *scans(made(client), 9))
    assert (len(follower.page(4)), follower.done) == (4, False)
    assert (len(follower.page(6)), follower.done) == (6, True)
    before = follower.cursor
    assert (follower.page(6), follower.done, follower.cursor) == ([], True, before)


@pytest.mark.parametrize("count", ["0", "-1", "501", "99999999999999999999", "ten", "1.5"])
def test_a_count_outside_1_to_500_is_refused(client: Client, count: str) -> None:
    problem = client.refused(400, "GET", "/tracking", params={"count": count})
    assert list(problem["errors"]) == ["Count"]


def test_count_is_500_unless_given_and_200_by_the_quirk(client: Client) -> None:
    send(client, *scans(made(client), 501))
    for default in (500, 200):
        client.workspace.quirk("postplus.default_count", default)
        assert len(client.get("/tracking", count="")["events"]) == default
        assert len(client.get("/tracking", count="300")["events"]) == 300


def test_an_empty_fetch_id_is_the_same_as_none(client: Client) -> None:
    made(client)
    pages = [
        client.get("/tracking", **query)
        for query in ({}, {"fetchId": ""}, {"fetchId": " "}, {"startDate": "", "count": ""})
    ]
    assert len(pages[0]["events"]) == 2
    assert all(page == pages[0] for page in pages)


@pytest.mark.parametrize(
    "start",
    [
        "2026-03-01T12:00:00Z",
        "2026-03-01T12:00:00",
        "2026-03-01 12:00:00",
        "2026-03-01T12:00:00.000Z",
        "2026-03-01T14:00:00+02:00",
        "2026-03-01T07:00:00-05:00",
    ],
)
def test_start_date_is_the_time_of_an_event_and_is_included(client: Client, start: str) -> None:
    number = made(client)
    send(client, *scans(number, 2), event(number, eventId="before", eventTime=at(-1 / 60)))
    page = client.get("/tracking", startDate=start)
    assert ids(page["events"])[1:] == ["ext-0", "ext-1"]


def test_a_bare_day_begins_at_midnight_utc(client: Client) -> None:
    number = made(client)
    times = {"before": "2026-02-28T23:59:59Z", "first": "2026-03-01T00:00:00Z"}
    send(client, *(event(number, eventId=name, eventTime=time) for name, time in times.items()))
    assert ids(client.get("/tracking", startDate="2026-03-01")["events"])[1:] == ["first"]


@pytest.mark.parametrize("start", ["yesterday", "2026-02-30", "01.03.2026", "1772366400"])
def test_a_start_date_that_is_none_is_refused(client: Client, start: str) -> None:
    problem = client.refused(400, "GET", "/tracking", params={"startDate": start})
    assert problem["errors"] == {
        "StartDate": [f"StartDate {start!r} is not a date or a date with a time"]
    }


def test_the_cursor_advances_over_filtered_entries(client: Client) -> None:
    follower = Follower(client, start="2030-01-01")
    made(client)
    assert (follower.page(), follower.done) == ([], True)
    first = follower.cursor
    made(client, "ORD-2")
    assert (follower.page(), follower.done) == ([], True)
    assert follower.cursor != first
    # it never moves back: what was passed over stays behind it
    assert Follower(client, cursor=follower.cursor).page() == []


def test_an_event_that_is_updated_comes_again_with_its_id(client: Client) -> None:
    number = made(client)
    follower = Follower(client).at_the_end()
    send(client, *scans(number, 2))
    assert ids(follower.page()) == ["ext-0", "ext-1"]
    send(client, event(number, eventId="ext-0", eventMessage="Seen by hand"))
    [again] = follower.page()
    assert again["event"] == {
        "eventId": "ext-0",
        "eventTime": shown(),
        "eventVersion": IsStr(regex=r"\d+"),
        "eventCode": FIRST_SCAN,
        "eventMessage": "Seen by hand",
    }
    # whoever begins now sees each of them once, the updated one at its newer place
    assert ids(Follower(client).rest())[2:] == ["ext-1", "ext-0"]


def test_every_version_is_told_when_the_quirk_says_so(client: Client) -> None:
    client.workspace.quirk("postplus.feed", "every_version")
    number = made(client)
    follower = Follower(client).at_the_end()
    for message in ("one", "two"):
        send(client, event(number, eventId="ext", eventMessage=message))
    assert [each["event"]["eventMessage"] for each in follower.page()] == ["one", "two"]
    versions = [int(entry["event"]["eventVersion"]) for entry in Follower(client).rest()]
    assert versions == sorted(set(versions))
    # by number there is the newest one only
    assert [each["eventMessage"] for each in history(client, number)][:-1] == ["two"]


def test_a_parcel_that_changes_updates_its_event_in_place(client: Client) -> None:
    made(client)
    follower = Follower(client, cursor=FETCH_ID)
    [first] = follower.page()
    client.workspace.advance("5m")
    client.put_parcel(identifiers={"senderParcelNr": "ORD-1"}, receiver={"phone": "+358409999999"})
    [second] = follower.page()
    assert second["event"] == {
        **first["event"],
        "eventTime": "2026-03-02T09:20:00+00:00",
        "eventVersion": "332004",
    }


def test_an_account_sees_the_events_of_its_own_parcels_only(client: Client) -> None:
    send(client, event(made(client), eventId="mine"))
    other = client.with_key(SHIPMENTS_ONLY_KEY)
    send(client, event(made(other), eventId="theirs"))
    assert ids(Follower(client).rest())[2:] == ["mine"]
    assert ids(Follower(other).rest())[1:] == ["theirs"]


UNKNOWN = ["nonsense", "22222222222222222222AA", FETCH_ID.lower(), "x" * 3000, "ж"]


@pytest.mark.parametrize("cursor", UNKNOWN)
def test_a_cursor_that_nobody_was_given_is_refused(client: Client, cursor: str) -> None:
    problem = client.refused(400, "GET", "/tracking", params={"fetchId": cursor})
    assert problem["detail"] == "FetchId is not valid"
    assert problem["errorDetails"] == [{"code": "UnknownFetchId", "detail": "FetchId is not valid"}]


def test_a_cursor_of_another_account_is_not_known(client: Client) -> None:
    other = Follower(client.with_key(SHIPMENTS_ONLY_KEY)).at_the_end()
    problem = client.refused(400, "GET", "/tracking", params={"fetchId": other.cursor})
    assert problem["detail"] == "FetchId is not valid"
    client.with_key(SHIPMENTS_ONLY_KEY).refused(
        400, "GET", "/tracking", params={"fetchId": FETCH_ID}
    )


def test_an_unknown_cursor_is_gone_when_the_quirk_says_so(client: Client) -> None:
    client.workspace.quirk("postplus.unknown_fetch_id", 410)
    problem = client.refused(410, "GET", "/tracking", params={"fetchId": "nonsense"})
    assert (problem["title"], problem["detail"]) == ("Gone", "FetchId is not valid")


def test_an_unknown_cursor_begins_anew_when_the_quirk_says_so(client: Client) -> None:
    client.workspace.quirk("postplus.unknown_fetch_id", "restart")
    made(client)
    page = client.get("/tracking", fetchId="nonsense", startDate="2026-01-01")
    assert page == client.get("/tracking", startDate="2026-01-01")
    assert len(page["events"]) == 1
    assert client.get("/tracking", fetchId=FETCH_ID)["events"] == page["events"]


def test_pages_may_be_empty_before_the_end_when_the_quirk_says_so(client: Client) -> None:
    number = made(client)
    old = [event(number, eventId=f"old-{n}", eventTime="2020-01-01") for n in range(6)]
    send(client, *old, event(number, eventId="new"))
    start = Follower(client, cursor=FETCH_ID, start="2026-01-01")
    assert [len(start.page(3)), start.done] == [2, True]
    client.workspace.quirk("postplus.empty_pages", True)
    follower = Follower(client, cursor=FETCH_ID, start="2026-01-01")
    pages: list[Any] = []
    while not follower.done:
        pages.append((ids(follower.page(3)), follower.done))
    assert [(len(page), done) for page, done in pages] == [(1, False), (0, False), (1, True)]
    assert pages[-1][0] == ["new"]


def test_a_deleted_parcels_events_vanish_and_cursors_hold(client: Client) -> None:
    first, second = made(client, "ORD-1"), made(client, "ORD-2")
    follower = Follower(client, cursor=FETCH_ID)
    assert len(follower.page(1)) == 1
    send(client, event(first, eventId="gone"), event(second, eventId="kept"))
    last = Follower(client, cursor=FETCH_ID).at_the_end()
    found = client.get(f"/parcels/parcel-nrs/{first}")["identifiers"]["id"]
    client.ok("DELETE", f"/parcels/{found}")
    entries = follower.rest()
    assert [entry["parcel"]["parcelNr"] for entry in entries] == [second, second]
    assert ids(entries)[-1] == "kept"
    assert last.page() == []
    send(client, event(second, eventId="later"))
    assert ids(last.page()) == ["later"]


def test_parcel_info_is_that_of_the_reading(client: Client) -> None:
    number = made(client)
    send(client, event(number, eventId="ext"))
    client.put_parcel(identifiers={"senderParcelNr": "ORD-1"}, status={"isCancelled": True})
    entries = Follower(client, cursor=FETCH_ID).rest()
    assert ids(entries)[0] == "ext"
    told = [(entry["parcel"]["parcelNr"], entry["parcel"]["senderParcelNr"]) for entry in entries]
    assert told == [(f"{number}-C1", "ORD-1-C1")] * 2


def test_names_and_path_may_be_written_in_any_letter_case(client: Client) -> None:
    made(client)
    wanted = client.get("/tracking", StartDate="2026-01-01", Count="1")
    for names in (("startDate", "count"), ("STARTDATE", "COUNT"), ("startdate", "cOuNt")):
        query = dict(zip(names, ("2026-01-01", "1"), strict=True))
        assert client.get("/Tracking", **query) == wanted
    cursor = wanted["nextFetchId"]
    assert client.get("/TRACKING", FETCHID=cursor) == client.get("/tracking", fetchId=cursor)


def test_the_journal_names_the_quirks_that_were_asked(client: Client) -> None:
    client.get("/tracking")
    [entry] = client.workspace.journal(operation="postplus.fetch_tracking")
    detail = client.workspace.control.get(f"/journal/{entry['id']}?quirks=all").json()
    named = {quirk["name"] for quirk in detail["quirks"]}
    assert {"postplus.feed", "postplus.empty_pages", "postplus.default_count"} <= named


def test_a_parcel_with_errors_is_not_in_the_feed_until_it_is_mended(client: Client) -> None:
    heavy = parcel(parcel={"parcelGrossWeight": 0.1})
    assert client.ok("PUT", "/parcels", json=heavy)["status"]["hasErrors"] is True
    follower = Follower(client, cursor=FETCH_ID)
    assert follower.page() == []
    made(client, "ORD-20250-1")
    assert len(follower.page()) == 1
