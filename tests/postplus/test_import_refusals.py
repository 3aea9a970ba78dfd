"""What an import has to be: all of it is taken, or nothing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.postplus.client import Client, Json
from tests.postplus.following import (
    event,
    importer,
    made,
    scans,
    send,
)
from tests.postplus.test_imports import PATH, imported


def refused(client: Client, *events: Any) -> Json:
    """The problem with events that are not taken."""
    return importer(client).refused(400, "POST", PATH, json={"events": list(events)})


def test_an_unknown_code_lets_none_of_the_request_be_taken(client: Client) -> None:
    number = made(client)
    problem = refused(client, *scans(number, 3), event(number, eventCode="Delivred"))
    assert problem["errors"] == {
        "events[3].eventCode": [
            "events[3].eventCode 'Delivred' is not an event code (did you mean DELIVERED?)"
        ]
    }
    assert imported(client, number) == []


def test_everything_that_is_wrong_is_told_at_once(client: Client) -> None:
    number = made(client)
    problem = refused(
        client,
        event(number),
        event(number, eventCode=None),
        event(number, eventCode=""),
        event(number, eventTime=None),
        event(number, eventTime="soon"),
        event(number, eventTime=1772366400),
        event("", senderTrackingNr=""),
        {},
    )
    assert {place: len(texts) for place, texts in problem["errors"].items()} == {
        "events[1].eventCode": 1,
        "events[2].eventCode": 1,
        "events[3].eventTime": 1,
        "events[4].eventTime": 1,
        "events[5].eventTime": 1,
        "events[6].trackingNr": 1,
        "events[7].eventCode": 1,
        "events[7].eventTime": 1,
        "events[7].trackingNr": 1,
    }
    assert imported(client, number) == []


@pytest.mark.parametrize(
    "body",
    [{}, {"events": []}, {"events": None}, {"events": "all"}, {"events": [1]}, [], None, "text"],
)
def test_a_body_without_events_is_refused(client: Client, body: Any) -> None:
    importer(client).refused(400, "POST", PATH, json=body)


def test_an_empty_list_is_told_to_need_an_event(client: Client) -> None:
    problem = importer(client).refused(400, "POST", PATH, json={"events": []})
    assert problem["detail"] == "At least one event is required"


def test_values_of_a_wrong_kind_are_refused(client: Client) -> None:
    problem = refused(client, event("A", eventMessage={"en": "Seen"}))
    assert list(problem["errors"]) == ["events[0].eventMessage"]


def test_what_is_no_json_is_refused(client: Client) -> None:
    integrator = importer(client)
    media = {"Content-Type": "application/json"}
    integrator.refused(400, "POST", PATH, content=b"{", headers=media)
    integrator.refused(400, "POST", PATH, content=b"", headers=media)
    integrator.refused(415, "POST", PATH, content=b"<a/>", headers={"Content-Type": "text/xml"})


def test_500_events_pass_and_501_do_not(client: Client) -> None:
    number = made(client)
    send(client, *scans(number, 500))
    assert len(imported(client, number)) == 500
    problem = refused(client, *scans(number, 501, "more"))
    assert problem["detail"] == "Up to 500 events are allowed"
    assert len(imported(client, number)) == 500


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        ("2024-04-04 04:04:00", "2024-04-04T04:04:00+00:00"),
        ("2024-04-04T04:04:00", "2024-04-04T04:04:00+00:00"),
        ("2024-04-04T04:04:00Z", "2024-04-04T04:04:00+00:00"),
        ("2024-04-04T04:04:00.123Z", "2024-04-04T04:04:00+00:00"),
        ("2024-04-04T04:04:00.1234567Z", "2024-04-04T04:04:00+00:00"),
        ("2025-01-13T01:56:27+00:00", "2025-01-13T01:56:27+00:00"),
        ("2024-04-04T04:04:00+02:00", "2024-04-04T02:04:00+00:00"),
        ("2024-04-04 04:04:00+0200", "2024-04-04T02:04:00+00:00"),
        ("2024-04-04T04:04", "2024-04-04T04:04:00+00:00"),
        ("2024-04-04", "2024-04-04T00:00:00+00:00"),
        ("  2024-04-04 04:04:00  ", "2024-04-04T04:04:00+00:00"),
        ("2024-02-29T23:59:59-01:00", "2024-03-01T00:59:59+00:00"),
    ],
)
def test_every_form_of_a_time_is_read(client: Client, time: str, expected: str) -> None:
    number = made(client)
    send(client, event(number, eventTime=time))
    assert [each["eventTime"] for each in imported(client, number)] == [expected]


@pytest.mark.parametrize(
    "time", ["2024-02-30", "04.04.2024", "2024-04-04 25:00:00", "now", "2024-04-04T04:04:00 CET"]
)
def test_what_is_no_time_is_refused(client: Client, time: str) -> None:
    problem = refused(client, event("A", eventTime=time))
    assert problem["detail"] == f"events[0].eventTime {time!r} is not a date with a time"


def test_events_far_ahead_are_taken_or_refused_by_the_quirk(client: Client) -> None:
    number = made(client)
    ahead = event(number, eventTime="2027-01-01")
    send(client, ahead)
    client.workspace.quirk("postplus.future_events", "refuse")
    problem = refused(client, ahead)
    assert problem["detail"] == "events[0].eventTime '2027-01-01' is more than 24 hours ahead"
    # the clock stands at 09:15 UTC
    send(client, event(number, eventTime="2026-03-03T09:15:00Z"))
    refused(client, event(number, eventTime="2026-03-03T09:15:01Z"))


def test_the_integration_key_is_needed(client: Client) -> None:
    body = {"events": [event("A")]}
    problem = client.refused(403, "POST", PATH, json=body)
    assert problem["detail"] == "API key is not authorized to perform this operation"
    client.with_key(None).refused(401, "POST", PATH, json=body)
    # judged before the body is looked at
    client.refused(403, "POST", PATH, json={})
