"""The import of tracking by integrators."""

from __future__ import annotations

import pytest
from dirty_equals import IsStr

from simulator.carriers.postplus.catalog.event_codes import EVENT_CODES
from tests.postplus.client import SHIPMENTS_ONLY_KEY, Client, Json
from tests.postplus.following import (
    FIRST_SCAN,
    Follower,
    at,
    event,
    history,
    ids,
    importer,
    made,
    scans,
    send,
    shown,
)

PATH = "/integrations/tracking-import"
SHORT_ID = IsStr(regex=r"[2-9A-HJ-NP-Za-km-z]{22}")


def imported(client: Client, number: str) -> list[Json]:
    """A parcel's events but for the carrier's own."""
    return [each for each in history(client, number) if each["eventCode"] != "CREATE_OR_UPDATE"]


def notes(client: Client) -> list[str]:
    """What the journal says of the last import."""
    [*_, entry] = client.workspace.journal(operation="postplus.import_tracking")
    why: list[str] = client.workspace.control.get(f"/journal/{entry['id']}").json()["why"]
    return why


def test_explicit_and_generated_ids_may_be_in_one_request(client: Client) -> None:
    number = made(client)
    send(
        client,
        {
            "eventId": "ext-77001",
            "eventSourceAlt": "DemoCarrier",
            "eventCode": "DELIVERED",
            "eventMessage": "Handed over",
            "eventTime": "2026-03-01 10:15:00",
            "eventLocation": "Helsinki",
            "trackingNr": number,
        },
        {
            "eventSourceAlt": "DemoCarrier",
            "eventCode": "HANDOVER_ITEM_TO_DELIVERY_AGENT",
            "eventTime": "2026-03-01 07:00:00",
            "trackingNr": number,
        },
    )
    assert imported(client, number) == [
        {
            "eventId": SHORT_ID,
            "eventTime": "2026-03-01T07:00:00+00:00",
            "eventVersion": IsStr(regex=r"\d+"),
            "eventCode": "HANDOVER_ITEM_TO_DELIVERY_AGENT",
            "eventMessage": "Out for delivery",
        },
        {
            "eventId": "ext-77001",
            "eventTime": "2026-03-01T10:15:00+00:00",
            "eventVersion": IsStr(regex=r"\d+"),
            "eventCode": "DELIVERED",
            "eventMessage": "Handed over",
            "eventLocation": "Helsinki",
        },
    ]
    assert any("are kept, but never shown" in line for line in notes(client))


@pytest.mark.parametrize("code", EVENT_CODES)
def test_every_listed_code_can_be_imported(client: Client, code: str) -> None:
    number = made(client)
    send(client, event(number, eventId="ext", eventCode=code))
    [found] = [each for each in history(client, number) if each["eventId"] == "ext"]
    assert (found["eventCode"], found["eventMessage"]) == (code, EVENT_CODES[code].message)


def test_own_messages_are_kept(client: Client) -> None:
    number = made(client)
    message = "Zugestellt: „persönlich“ 📦"
    send(client, event(number, eventId="ext", eventMessage=f"  {message} "))
    assert [each["eventMessage"] for each in imported(client, number)] == [message]


def test_an_id_that_comes_again_updates_its_event(client: Client) -> None:
    number = made(client)
    send(client, *scans(number, 2))
    follower = Follower(client).at_the_end()
    update = event(number, eventId="ext-0", eventCode="DELIVERED", eventTime=at(30))
    send(client, update)
    assert [each["eventCode"] for each in imported(client, number)] == [FIRST_SCAN, "DELIVERED"]
    assert ids(follower.page()) == ["ext-0"]


def test_the_whole_request_sent_again_changes_only_what_changed(client: Client) -> None:
    number = made(client)
    request = [*scans(number, 5), *(event(number, eventTime=at(n)) for n in range(5, 9))]
    send(client, *request)
    before = imported(client, number)
    follower = Follower(client).at_the_end()
    send(client, *request)
    assert imported(client, number) == before
    assert follower.page() == []
    request[3] = {**request[3], "eventMessage": "Corrected"}
    request[7] = {**request[7], "eventMessage": "Corrected", "eventLocation": "Turku"}
    send(client, *request)
    changed = [before[3]["eventId"], before[7]["eventId"]]
    assert ids(follower.page()) == changed
    after = imported(client, number)
    assert [e["eventId"] for e in after] == [e["eventId"] for e in before]
    assert [e["eventId"] for e in after if e not in before] == changed


def test_an_identical_event_is_a_new_version_when_the_quirk_says_so(client: Client) -> None:
    client.workspace.quirk("postplus.identical_events", "new_version")
    number = made(client)
    send(client, *scans(number, 2))
    follower = Follower(client).at_the_end()
    send(client, *scans(number, 2))
    assert ids(follower.page()) == ["ext-0", "ext-1"]
    assert len(imported(client, number)) == 2


def test_a_generated_id_is_made_of_time_number_and_code(client: Client) -> None:
    number, other = made(client), made(client, "ORD-2")
    same: list[Json] = [
        event(number),
        event(number, eventTime="2026-03-01T14:00:00+02:00"),
        event(number, eventMessage="Other words", eventLocation="Other place"),
        event(number, eventSourceAlt="Other source"),
    ]
    others: list[Json] = [
        event(number, eventTime=at(1)),
        event(number, eventCode="DELIVERED"),
        event(other),
    ]
    send(client, *same)
    assert len(imported(client, number)) == 1
    send(client, *others)
    assert len(imported(client, number)) == 3
    assert len(imported(client, other)) == 1


def test_the_same_explicit_id_twice_in_a_request_the_last_one_counts(client: Client) -> None:
    number = made(client)
    send(client, *(event(number, eventId="ext", eventMessage=text) for text in ("one", "two")))
    assert [each["eventMessage"] for each in imported(client, number)] == ["two"]


def test_explicit_ids_are_shown_as_they_are_or_derived_by_the_quirk(client: Client) -> None:
    number = made(client)
    long = "integrator/2026-03-01/0123456789-abcdefghij"
    send(client, event(number, eventId=long))
    assert [each["eventId"] for each in imported(client, number)] == [long]
    client.workspace.quirk("postplus.explicit_event_ids", "derived")
    for message in ("one", "two"):
        send(client, event(number, eventId="short", eventTime=at(1), eventMessage=message))
    [_, derived] = imported(client, number)
    assert (derived["eventId"], derived["eventMessage"]) == (SHORT_ID, "two")


def test_ids_belong_to_the_integrator_that_gave_them(client: Client) -> None:
    number = made(client)
    client.workspace.do(
        "postplus.add_account", name="Another", key="another", scopes=["integrations"]
    )
    send(client, event(number, eventId="ext", eventMessage="one"))
    body = {"events": [event(number, eventId="ext", eventMessage="two", eventTime=at(1))]}
    client.with_key("another").ok("POST", PATH, json=body)
    assert [each["eventMessage"] for each in imported(client, number)] == ["one", "two"]


def test_an_integrator_cannot_change_what_the_carrier_said(client: Client) -> None:
    number = made(client)
    [own] = history(client, number)
    send(client, event(number, eventId=own["eventId"], eventMessage="Not so"))
    assert own in history(client, number)


def test_an_event_may_name_the_senders_number_only(client: Client) -> None:
    number = made(client, "REF HD-123")
    send(client, event(number, trackingNr=None, senderTrackingNr="REF HD-123"))
    other = {"trackingNr": "UNKNOWN", "senderTrackingNr": "REF HD-123", "eventTime": at(1)}
    send(client, event(number, **other))
    assert len(imported(client, number)) == 2


def test_an_event_named_by_either_number_of_its_parcel_is_the_same(client: Client) -> None:
    number = made(client)
    named: list[Json] = [
        event(number),
        event("", trackingNr=None, senderTrackingNr="ORD-1"),
        event(number, senderTrackingNr="ORD-1"),
    ]
    send(client, named[0])
    [first] = imported(client, number)
    follower = Follower(client).at_the_end()
    send(client, *named)
    assert imported(client, number) == [first]
    assert follower.page() == []
    send(client, {**named[1], "eventMessage": "Corrected"})
    [corrected] = imported(client, number)
    assert (corrected["eventId"], corrected["eventMessage"]) == (first["eventId"], "Corrected")


@pytest.mark.parametrize("again", ["trackingNr", "senderTrackingNr"])
@pytest.mark.parametrize("first", ["trackingNr", "senderTrackingNr"])
def test_an_event_that_came_before_its_parcel_is_found_by_either_number(
    client: Client, first: str, again: str
) -> None:
    numbers = {"trackingNr": "RF000000028LT", "senderTrackingNr": "ORD-1"}
    send(client, event("", **{"trackingNr": None, first: numbers[first]}))
    client.put_parcel(identifiers={"senderParcelNr": "ORD-1", "parcelNr": numbers["trackingNr"]})
    before = imported(client, numbers["trackingNr"])
    send(client, event("", **{"trackingNr": None, again: numbers[again]}))
    assert imported(client, numbers["trackingNr"]) == before
    assert len(before) == 1


def test_an_event_that_waited_under_both_numbers_is_one(client: Client) -> None:
    number = "RF000000028LT"
    send(client, event(number, eventMessage="one"))
    send(client, event("", trackingNr=None, senderTrackingNr="ORD-1", eventMessage="two"))
    client.put_parcel(identifiers={"senderParcelNr": "ORD-1", "parcelNr": number})
    assert [each["eventMessage"] for each in imported(client, number)] == ["two"]
    assert len(ids(Follower(client, start="2026-01-01").rest())) == 2


def test_an_event_is_found_after_its_parcel_was_cancelled_and_the_number_given_again(
    client: Client,
) -> None:
    number = made(client)
    named = event("", trackingNr=None, senderTrackingNr="ORD-1")
    send(client, event(number, senderTrackingNr="ORD-1"))
    client.put_parcel(identifiers={"senderParcelNr": "ORD-1"}, status={"isCancelled": True})
    for again in (named, event(number), event(f"{number}-C1")):
        send(client, {**again, "eventMessage": "Corrected"})
        [found] = imported(client, f"{number}-C1")
        assert found["eventMessage"] == "Corrected"
    waiting = [e for e in client.workspace.records("postplus", "events") if not e["parcel_id"]]
    assert waiting == []


def test_an_event_attaches_to_the_parcel_of_whichever_account_has_the_number(
    client: Client,
) -> None:
    other = client.with_key(SHIPMENTS_ONLY_KEY)
    send(client, event(made(client), eventId="mine"), event(made(other), eventId="theirs"))
    assert ids(Follower(other, start="2026-01-01").rest())[1:] == ["theirs"]


def test_a_senders_number_of_two_accounts_is_that_of_the_first(client: Client) -> None:
    number = made(client, "SAME")
    made(client.with_key(SHIPMENTS_ONLY_KEY), "SAME")
    send(client, event("", trackingNr=None, senderTrackingNr="SAME"))
    assert len(imported(client, number)) == 1
    assert any("the first one has it" in line for line in notes(client))


def test_events_of_a_number_that_nobody_knows_wait_for_its_parcel(client: Client) -> None:
    number = "RF000000028LT"
    send(
        client,
        event(number, eventId="b", eventTime=at(2)),
        event(number, eventId="a", eventTime=at(1), eventCode="SEND_RECEPTACLE_ABROAD"),
        event("", trackingNr=None, senderTrackingNr="ORD-1", eventId="c", eventTime=at(3)),
    )
    assert any(f"kept until a parcel has the number: {number}, ORD-1" in x for x in notes(client))
    follower = Follower(client).at_the_end()
    send(client, event(number, eventId="b", eventTime=at(2), eventMessage="Changed"))
    assert follower.page() == []
    answer = client.put_parcel(identifiers={"senderParcelNr": "ORD-1", "parcelNr": number})
    assert [each["eventId"] for each in imported(client, number)] == ["a", "b", "c"]
    # in the order in which they came, behind the parcel's own event
    assert ids(follower.page())[1:] == ["b", "a", "c"]
    details = client.get(f"/parcels/{answer['identifiers']['id']}")
    assert details["status"]["status"] == "Departed"


def test_events_of_unknown_numbers_are_dropped_when_the_quirk_says_so(client: Client) -> None:
    client.workspace.quirk("postplus.unknown_numbers", "drop")
    number = "RF000000028LT"
    send(client, *scans(number, 2), event(made(client), eventId="known"))
    assert any(f"no parcel has the number: {number}" in line for line in notes(client))
    client.put_parcel(identifiers={"senderParcelNr": "ORD-2", "parcelNr": number})
    assert imported(client, number) == []
    assert "known" in ids(Follower(client).rest())


def test_many_unknown_numbers_are_counted(client: Client) -> None:
    send(client, *(event(f"NOBODY-{n}") for n in range(30)))
    assert any("NOBODY-9 and 20 more" in line for line in notes(client))


def test_an_id_sent_with_another_number_moves_its_event(client: Client) -> None:
    first, second = made(client, "ORD-1"), made(client, "ORD-2")
    send(client, event(first, eventId="ext", eventCode="DELIVERED"))
    follower = Follower(client).at_the_end()
    send(client, event(second, eventId="ext", eventCode="DELIVERED"))
    assert imported(client, first) == []
    assert len(imported(client, second)) == 1
    [entry] = follower.page()
    assert (entry["event"]["eventId"], entry["parcel"]["parcelNr"]) == ("ext", second)
    states = [
        client.get(f"/parcels/parcel-nrs/{number}")["status"]["status"]
        for number in (first, second)
    ]
    assert states == ["Created", "Delivered"]


@pytest.mark.parametrize("feed", ["compacted", "every_version"])
def test_an_event_that_moves_to_another_account_leaves_the_feed_of_the_first(
    client: Client, feed: str
) -> None:
    client.workspace.quirk("postplus.feed", feed)
    other = client.with_key(SHIPMENTS_ONLY_KEY)
    first, second = made(client), made(other)
    send(client, event(first, eventId="ext"))
    send(client, event(second, eventId="ext"))
    assert "ext" not in ids(Follower(client).rest())
    assert "ext" in ids(Follower(other).rest())
    # and from there to a number that nobody knows yet
    send(client, event("NOBODY", eventId="ext"))
    assert "ext" not in ids(Follower(other).rest())


def test_a_cancelled_parcel_keeps_its_events_and_their_updates(client: Client) -> None:
    number = made(client)
    send(client, event(number, eventId="ext"))
    client.put_parcel(identifiers={"senderParcelNr": "ORD-1"}, status={"isCancelled": True})
    send(client, event(number, eventId="ext", eventMessage="Corrected"))
    assert [each["eventMessage"] for each in imported(client, f"{number}-C1")] == ["Corrected"]


@pytest.mark.parametrize("status", [200, 202])
def test_an_import_is_answered_with_an_empty_body(client: Client, status: int) -> None:
    client.workspace.quirk("postplus.import_status", status)
    response = importer(client).http.post(PATH, json={"events": [event(made(client))]})
    assert (response.status_code, response.content) == (status, b"")
    assert "content-type" not in response.headers


def test_what_happened_is_told_to_whoever_waits_for_events(client: Client) -> None:
    number = made(client)
    send(client, event(number, eventCode="DELIVERED"))
    told = client.workspace.control.get("/events").json()["items"]
    names = [each["event"] for each in told]
    assert names[-2:] == ["postplus.parcel_delivered", "postplus.tracking_imported"]
    assert told[-1]["payload"] == {"account": 900, "events": 1}


def test_times_are_shown_in_the_feed_as_by_number(client: Client) -> None:
    number = made(client)
    send(client, event(number, eventId="ext"))
    [by_number] = imported(client, number)
    entry = Follower(client).rest()[-1]
    assert entry["event"] == by_number
    assert by_number["eventTime"] == shown()
