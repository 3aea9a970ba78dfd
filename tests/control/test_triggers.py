"""Firing a webhook from a record that there is, without anything having happened to it."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from tests.support.receiver import Receiver
from tests.support.server import Workspace

Json = dict[str, Any]


def trigger(workspace: Workspace, **body: Any) -> httpx2.Response:
    return workspace.control.post("/webhooks/trigger", json={"carrier": "toy", **body})


@pytest.fixture
def arrived(workspace: Workspace) -> Workspace:
    """A workspace in which parcel 1 has arrived, and 2 has not."""
    workspace.do("toy.add_parcel", owner="ann", after="0s")
    workspace.do("toy.add_parcel", owner="ann", after="1h")
    return workspace


def test_one_goes_where_it_is_told_to(arrived: Workspace, receiver: Receiver) -> None:
    answer = trigger(arrived, event="arrived", record=1, url=f"{receiver.url}/X?y")
    assert answer.status_code == 201, answer.text
    assert answer.json() == arrived.webhooks()[-1]
    assert (answer.json()["status"], answer.json()["target"]) == (
        "delivered",
        f"{receiver.url}/X?y",
    )
    assert (receiver.received[-1].path, receiver.posts) == ("/X?y", ['{"parcel":1}'])


def test_without_a_url_it_goes_where_others_go(arrived: Workspace, receiver: Receiver) -> None:
    arrived.do("toy.subscribe", url=receiver.url, retries=1)
    receiver.status = 500
    assert trigger(arrived, event="arrived").json()["status"] == "pending"
    receiver.status = 200
    arrived.advance("10s")
    assert arrived.webhooks()[-1]["status"] == "delivered"


def test_without_anywhere_to_go_it_stands_in_the_inbox(arrived: Workspace) -> None:
    seen = arrived.control.get("/inbox").json()["next"]
    assert trigger(arrived, event="arrived", record="1").json()["status"] == "not_subscribed"
    [item] = arrived.control.get(f"/inbox?after={seen}&wait=1s").json()["items"]
    assert item["body"] == {"parcel": 1}


def test_the_latest_of_which_it_can_tell_is_taken(arrived: Workspace) -> None:
    # Parcel 1000 is of the default world.
    assert trigger(arrived, event="arrived").json()["body"] == {"parcel": 1000}


def test_nothing_happens_to_the_record(arrived: Workspace) -> None:
    before = arrived.records("toy", "parcels"), arrived.control.get("/events").json()
    trigger(arrived, event="arrived", record=1)
    assert (arrived.records("toy", "parcels"), arrived.control.get("/events").json()) == before


def test_rules_are_about_it_too(arrived: Workspace) -> None:
    arrived.control.post(
        "/rules", json={"when": {"event": "arrived"}, "fault": {"kind": "drop_webhook"}}
    )
    assert trigger(arrived, event="arrived", record=1).json()["status"] == "dropped"


def test_a_record_that_there_is_not(arrived: Workspace) -> None:
    answer = trigger(arrived, event="arrived", record=1001)
    assert answer.status_code == 404
    assert 'There is no parcel "1001". Did you mean "1000"?' in answer.json()["detail"]
    assert {"1", "2", "1000"} <= set(answer.json()["known"])


def test_a_record_of_which_it_cannot_tell(arrived: Workspace) -> None:
    answer = trigger(arrived, event="arrived", record=2)
    assert answer.status_code == 409
    assert "status waiting: it takes one that has arrived" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("body", "path", "said"),
    [
        ({"event": "arive"}, "body.event", 'Did you mean "arrived"?'),
        ({"event": "arrived", "carrier": "toi"}, "body.carrier", 'Did you mean "toy"?'),
        ({"event": "arrived", "url": "http://example.com/"}, "body.url", "may not go to"),
        ({"event": "arrived", "url": ""}, "body.url", "is not"),
        ({"event": "arrived", "record": None}, "body.record", ""),
        ({"event": "arrived", "uri": "x"}, "body.uri", ""),
        ({}, "body.event", "required"),
    ],
)
def test_what_is_not_sent_is_refused(arrived: Workspace, body: Json, path: str, said: str) -> None:
    answer = trigger(arrived, **body)
    assert answer.status_code == 422
    [fault] = answer.json()["errors"]
    assert fault["path"] == path
    assert said in fault["message"]
    assert len(arrived.webhooks()) == 1
