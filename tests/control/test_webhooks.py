"""Webhooks: delivery log, redelivery, inbox; and events, listed and streamed."""

from __future__ import annotations

import base64
import json
from typing import Any

import httpx2
import pytest
from dirty_equals import IsInt, IsPartialDict

from simulator.core.secrets import masked
from simulator.engine import world
from tests.support.receiver import Receiver
from tests.support.server import Workspace


@pytest.fixture
def subscribed(workspace: Workspace, receiver: Receiver) -> Workspace:
    """A workspace of which the receiver is told about arrivals, with two retries."""
    workspace.do("toy.subscribe", url=f"{receiver.url}/hook", retries=2)
    return workspace


def _arrive(workspace: Workspace, copies: int = 1) -> None:
    workspace.do("toy.add_parcel", owner="ann", after="0s", copies=copies)


def test_a_delivery_is_in_the_log(subscribed: Workspace, receiver: Receiver) -> None:
    _arrive(subscribed)

    assert subscribed.webhooks() == [
        {
            "id": 1,
            "carrier": "toy",
            "event": "arrived",
            "target": f"{receiver.url}/hook",
            "headers": {"content-type": "application/json"},
            "body": {"parcel": 1},
            "created_at": "2026-03-02T09:15:00Z",
            "status": "delivered",
            "retries": 2,
            "attempts": [
                {
                    "at": "2026-03-02T09:15:00Z",
                    "status": 200,
                    "error": None,
                    "response": "ok",
                    "milliseconds": IsInt(ge=0),
                    "headers": {
                        "content-type": "application/json",
                        "Host": receiver.url.removeprefix("http://"),
                        "Content-Length": "12",
                    },
                }
            ],
            "next_attempt_at": None,
            "rule": None,
            "note": None,
            "stamp": None,
        }
    ]
    post = receiver.received[-1]
    assert (post.method, post.path, post.body) == ("POST", "/hook", '{"parcel":1}')
    assert post.headers["content-type"] == "application/json"


def test_a_failed_delivery_is_tried_again_later_and_later(
    subscribed: Workspace, receiver: Receiver
) -> None:
    receiver.status = 500
    _arrive(subscribed)
    assert subscribed.webhooks()[0] == IsPartialDict(
        status="pending", next_attempt_at="2026-03-02T09:15:10Z"
    )

    subscribed.advance("1h")

    webhook = subscribed.webhooks()[0]
    assert webhook == IsPartialDict(status="failed", next_attempt_at=None)
    assert [(attempt["at"][11:], attempt["status"]) for attempt in webhook["attempts"]] == [
        ("09:15:00Z", 500),
        ("09:15:10Z", 500),
        ("09:15:30Z", 500),
    ]


def test_a_target_that_recovers_gets_it_in_the_end(
    subscribed: Workspace, receiver: Receiver
) -> None:
    receiver.status = 503
    _arrive(subscribed)
    receiver.status = 204

    subscribed.advance("10s")

    assert subscribed.webhooks()[0] == IsPartialDict(status="delivered", next_attempt_at=None)


def test_a_target_that_is_gone_is_an_attempt_with_an_error(workspace: Workspace) -> None:
    snapshot = workspace.control.get("/snapshot").json()
    snapshot["tables"]["toy.subscribers"] = [
        {"name": "gone", "url": "http://127.0.0.1:1/", "retries": 0},
        {"name": "far", "url": "http://example.com/", "retries": 0},
    ]
    workspace.control.put("/snapshot", json=snapshot)

    _arrive(workspace)

    far, gone = (webhook["attempts"][0] for webhook in workspace.webhooks())
    assert gone["status"] is None
    assert gone["error"] == "no connection: nobody listens there"
    assert "may not go to example.com" in far["error"]


def test_a_notification_is_sent_again_on_demand(subscribed: Workspace, receiver: Receiver) -> None:
    receiver.status = 500
    _arrive(subscribed)
    receiver.status = 200

    response = subscribed.control.post("/webhooks/1/redeliver")

    assert response.status_code == 200
    assert response.json() == IsPartialDict(status="delivered", next_attempt_at=None)
    assert [attempt["status"] for attempt in response.json()["attempts"]] == [500, 200]
    assert subscribed.advance("1h")["deliveries"] == 0
    assert receiver.posts == ['{"parcel":1}'] * 2


def test_the_log_and_the_inbox_keep_the_latest_and_all_that_is_to_leave(
    workspace: Workspace, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(world, "WEBHOOKS_KEPT", 30)
    monkeypatch.setattr(world, "_FORGOTTEN_AT_ONCE", 10)
    receiver.status = 500
    workspace.do("toy.subscribe", url=receiver.url, retries=3)
    _arrive(workspace, copies=2)
    workspace.do("toy.subscribe", url=None)

    _arrive(workspace, copies=100)

    kept = [webhook["id"] for webhook in workspace.webhooks()]
    assert kept[:2] == [1, 2]
    assert kept[2:] == list(range(kept[2], 103))
    assert 30 <= len(kept) <= 42
    inbox = workspace.control.get("/inbox", params={"limit": 1000}).json()
    assert [each["id"] for each in inbox["items"]] == kept
    receiver.status = 200
    workspace.advance("1m")
    assert {each["status"] for each in workspace.webhooks()[:2]} == {"delivered"}


def test_nobody_to_redeliver_to_is_a_conflict(workspace: Workspace) -> None:
    _arrive(workspace)

    response = workspace.control.post("/webhooks/1/redeliver")

    assert response.status_code == 409
    assert "nobody was subscribed" in response.json()["detail"]


@pytest.mark.parametrize("webhook_id", ["9", "x", "99999999999999999999", "-1"])
def test_an_unknown_notification_is_not_found(workspace: Workspace, webhook_id: str) -> None:
    assert workspace.control.get(f"/webhooks/{webhook_id}").status_code == 404
    assert workspace.control.post(f"/webhooks/{webhook_id}/redeliver").status_code == 404


def test_one_notification(subscribed: Workspace) -> None:
    _arrive(subscribed)

    assert subscribed.control.get("/webhooks/1").json() == subscribed.webhooks()[0]


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        ({"carrier": "toy"}, [1, 2, 3]),
        ({"event": "arrived", "after": 1}, [2, 3]),
        ({"status": "delivered"}, [1]),
        ({"status": "not_subscribed", "limit": 1}, [2]),
    ],
)
def test_the_log_is_filtered(
    subscribed: Workspace, filters: dict[str, Any], ids: list[int]
) -> None:
    _arrive(subscribed)
    subscribed.do("toy.subscribe", url=None)
    _arrive(subscribed, copies=2)

    items = subscribed.control.get("/webhooks", params=filters).json()["items"]

    assert [item["id"] for item in items] == ids


@pytest.mark.parametrize("query", ["status=lost", "after=-1", "after=x", "limit=0"])
def test_wrong_filters_are_refused(workspace: Workspace, query: str) -> None:
    assert workspace.control.get(f"/webhooks?{query}").status_code == 422


def test_the_inbox_has_what_nobody_was_subscribed_to(workspace: Workspace) -> None:
    _arrive(workspace, copies=3)

    first = workspace.control.get("/inbox?limit=2").json()
    rest = workspace.control.get(f"/inbox?after={first['next']}").json()
    nothing = workspace.control.get(f"/inbox?after={rest['next']}").json()

    assert first["items"][0] == {
        "id": 1,
        "carrier": "toy",
        "event": "arrived",
        "at": "2026-03-02T09:15:00Z",
        "headers": {"content-type": "application/json"},
        "body": {"parcel": 1},
    }
    assert [item["id"] for item in rest["items"]] == [3]
    assert nothing == {"items": [], "next": 3}


def test_events_are_listed(workspace: Workspace) -> None:
    _arrive(workspace, copies=3)

    items = workspace.control.get("/events?after=1&limit=1").json()["items"]

    assert items == [
        {
            "id": 2,
            "at": "2026-03-02T09:15:00Z",
            "event": "toy.arrived",
            "payload": {"parcel_id": 2, "owner": "ann"},
        }
    ]
    assert workspace.control.get("/events?event=toy.lost").json() == {"items": []}
    refused = workspace.control.get("/events?event=toy.arrive")
    assert refused.status_code == 422
    assert 'Did you mean "toy.arrived"?' in refused.json()["detail"]


def _frames(text: str) -> list[dict[str, str]]:
    return [
        dict(line.split(": ", 1) for line in frame.split("\n"))
        for frame in text.split("\n\n")
        if frame and not frame.startswith(":")
    ]


def test_events_are_streamed_from_where_the_client_left_off(workspace: Workspace) -> None:
    _arrive(workspace, copies=3)

    headers = {"Accept": "text/event-stream", "Last-Event-ID": "1"}
    response = workspace.control.get("/events?limit=2", headers=headers)

    assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
    frames = _frames(response.text)
    assert [frame["event"] for frame in frames] == ["toy.arrived", "toy.arrived"]
    assert int(frames[1]["id"]) - int(frames[0]["id"]) == 1
    assert json.loads(frames[0]["data"]) == {
        "at": "2026-03-02T09:15:00Z",
        "payload": {"parcel_id": 2, "owner": "ann"},
    }


def test_events_are_streamed_as_they_happen(workspace: Workspace) -> None:
    headers = {"Accept": "text/event-stream"}
    with workspace.control.stream("GET", "/events?limit=1", headers=headers) as response:
        pieces = response.iter_text()
        assert next(pieces).startswith(":")
        _arrive(workspace)
        assert _frames("".join(pieces))[0]["event"] == "toy.arrived"


def test_a_client_that_leaves_a_stream_is_forgotten(
    workspace: Workspace, new_workspace: Any
) -> None:
    headers = {"Accept": "text/event-stream"}
    with httpx2.Client(base_url=workspace.control_url, trust_env=False, verify=False) as leaving:  # noqa: SIM117
        with leaving.stream("GET", "/events", headers=headers) as response:
            assert response.status_code == 200

    _arrive(workspace)
    assert len(workspace.control.get("/events").json()["items"]) == 1


def test_credentials_of_the_receiver_have_marks_where_the_log_is_shown(
    workspace: Workspace, receiver: Receiver
) -> None:
    url = receiver.url.replace("://", "://shop:live-9f8e7d6c@") + "/hook?token=a1b2c3d4e5"
    workspace.do("toy.subscribe", url=url)
    _arrive(workspace)

    shown = workspace.control.get("/webhooks").text

    assert workspace.webhooks()[0]["status"] == "delivered"
    assert receiver.received[0].path.endswith("/hook?token=a1b2c3d4e5")
    basic = base64.b64encode(b"shop:live-9f8e7d6c").decode()
    for secret in ("live-9f8e7d6c", "a1b2c3d4e5", basic):
        assert secret not in shown
    assert f"Basic {masked('shop:live-9f8e7d6c')}" in shown
    assert f"?token={masked('a1b2c3d4e5')}" in shown
