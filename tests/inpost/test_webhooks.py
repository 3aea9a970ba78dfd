"""Notifications: their shapes, when they come, and where they go."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import datetime
from typing import Any

import pytest
from dirty_equals import IsStr

from simulator.carriers.inpost.wire.signatures import SECRET
from simulator.core.clock import wall
from tests.inpost.shipx import Json, bought, create, get, locker, prepared
from tests.support.receiver import Received, Receiver, receiving
from tests.support.server import START, Workspace


def bodies(receiver: Receiver) -> list[Json]:
    return [json.loads(body) for body in receiver.posts]


def subscribe(workspace: Workspace, receiver: Receiver) -> None:
    workspace.do("inpost.set_webhook", organization=1, url=f"{receiver.url}/hook")


def test_a_target_is_asked_before_it_is_kept(workspace: Workspace) -> None:
    with receiving() as receiver:
        receiver.get_status = 404
        refused = workspace.control.post(
            "/actions/inpost.set_webhook",
            json={"organization": 1, "url": f"{receiver.url}/hook"},
        )
        assert refused.status_code in (400, 422)
        receiver.get_status = 200
        subscribe(workspace, receiver)
        assert [request.method for request in receiver.received] == ["GET", "GET"]
        told = workspace.do("inpost.set_webhook", organization=1, url=None)
        assert told["webhook_url"] is None


@pytest.mark.parametrize(
    ("arguments", "path", "said"),
    [
        ({"url": "http://127.0.0.1:1/"}, "body.url", "no connection: nobody listens there"),
        (
            {"url": "http://127.0.0.1:1/", "stamp": "wal"},
            "body.stamp",
            'has to be one of wall, world, not "wal". Did you mean "wall"?',
        ),
    ],
)
def test_a_target_that_is_refused_is_refused_in_plain_words(
    workspace: Workspace, arguments: Json, path: str, said: str
) -> None:
    body = {"organization": 1, **arguments}
    refused = workspace.control.post("/actions/inpost.set_webhook", json=body)
    [fault] = refused.json()["errors"]
    assert fault["path"] == path
    assert said in fault["message"]
    assert "Error" not in fault["message"]


def test_letters_of_polish_are_the_same_wherever_a_webhook_is_read(workspace: Workspace) -> None:
    with receiving() as receiver:
        subscribe(workspace, receiver)
        number = create(workspace, locker())["id"]
        workspace.advance("1m")
        text = receiver.posts[0]
    [told, *_] = workspace.control.get("/inbox").json()["items"]
    [logged, *_] = workspace.control.get("/webhooks").json()["items"]

    assert "Przesyłka" in text
    assert json.loads(text) == told["body"] == logged["body"]
    assert told["body"]["payload"]["shipment_id"] == number
    records = "/records/engine/webhooks"
    assert workspace.control.get(records).json()["items"][0]["body"] == text
    chosen = workspace.control.get(records, params={"where": f"body:{text}"}).json()
    assert [record["id"] for record in chosen["items"]] == [told["id"]]
    snapshot = workspace.control.get("/snapshot").json()
    assert snapshot["tables"]["engine.webhooks"][0]["body"] == text
    assert workspace.control.put("/snapshot", json=snapshot).status_code == 200
    assert workspace.control.get("/inbox").json()["items"][0] == told


def test_a_parcels_whole_life_is_told_in_order(workspace: Workspace) -> None:
    with receiving() as receiver:
        subscribe(workspace, receiver)
        shipment = bought(workspace)
        number, tracking = shipment["id"], shipment["tracking_number"]
        workspace.do("inpost.start_journey", shipment=number, journey="locker_not_collected")
        workspace.advance("30d")
        got = bodies(receiver)
    events = [body["event"] for body in got]
    assert events == ["offers_prepared", "shipment_confirmed"] + ["shipment_status_changed"] * 13
    selected = {**shipment["offers"][0], "status": "available"}
    [told] = got[0]["payload"]["offers"]
    assert {**told, "expires_at": None} == selected
    assert got[0] == {
        "event_ts": "2026-03-02 10:15:00 +0100",
        "event": "offers_prepared",
        "organization_id": 1,
        "payload": {"shipment_id": number, "offers": [told]},
    }
    assert got[1] == {
        "event_ts": "2026-03-02 10:15:01 +0100",
        "event": "shipment_confirmed",
        "organization_id": 1,
        "payload": {"shipment_id": number, "tracking_number": tracking},
    }
    assert got[-1] == {
        "event_ts": IsStr(regex=r"2026-03-\d\d \d\d:\d\d:\d\d \+0100"),
        "event": "shipment_status_changed",
        "organization_id": 1,
        "payload": {
            "shipment_id": number,
            "status": "returned_to_sender",
            "tracking_number": tracking,
            "return_tracking_number": get(workspace, number)["return_tracking_number"],
        },
    }
    assert "return_tracking_number" not in got[-2]["payload"]


def test_the_offers_of_the_offer_mode_are_told_with_those_that_cannot_be_had(
    workspace: Workspace,
) -> None:
    with receiving() as receiver:
        subscribe(workspace, receiver)
        shipment = prepared(workspace)
        [told] = bodies(receiver)
    assert told["payload"] == {"shipment_id": shipment["id"], "offers": shipment["offers"]}


def test_without_a_target_notifications_stand_in_the_inbox(workspace: Workspace) -> None:
    bought(workspace)
    assert [hook["event"] for hook in workspace.webhooks()] == [
        "offers_prepared",
        "shipment_confirmed",
    ]
    assert {hook["status"] for hook in workspace.webhooks()} == {"not_subscribed"}


def test_the_documented_envelope_names_a_creator(workspace: Workspace) -> None:
    workspace.quirk("inpost.created_by_id_in_webhooks", True)
    with receiving() as receiver:
        subscribe(workspace, receiver)
        bought(workspace)
        told = bodies(receiver)[1]
    assert list(told) == ["event_ts", "event", "organization_id", "created_by_id", "payload"]
    assert told["created_by_id"] is None


def test_confirmed_as_a_status_change_too(workspace: Workspace) -> None:
    workspace.quirk("inpost.status_webhook_for_confirmed", True)
    with receiving() as receiver:
        subscribe(workspace, receiver)
        bought(workspace)
        told = bodies(receiver)
    assert [body["event"] for body in told[1:]] == ["shipment_confirmed", "shipment_status_changed"]
    assert told[2]["payload"]["status"] == "confirmed"


def test_only_what_a_webhook_needs_is_sent(workspace: Workspace) -> None:
    with receiving() as receiver:
        subscribe(workspace, receiver)
        prepared(workspace)
        asked, told = receiver.received
    assert set(asked.headers) == {"host"}
    assert set(told.headers) == {"host", "content-length", "content-type"}


def test_nobody_is_asked_without_verify(workspace: Workspace) -> None:
    with receiving() as receiver:
        receiver.get_status = 500
        url = f"{receiver.url}/Hook?Key=A%2fb"
        told = workspace.do("inpost.set_webhook", organization=1, url=url, verify=False)
        assert (told["webhook_url"], receiver.received) == (url, [])
        prepared(workspace)
        [request] = receiver.received
    assert (request.method, request.path) == ("POST", "/Hook?Key=A%2fb")


def test_an_address_that_may_not_be_called_is_refused_without_verify_too(
    workspace: Workspace,
) -> None:
    body = {"organization": 1, "url": "http://example.com/hook", "verify": False}
    refused = workspace.control.post("/actions/inpost.set_webhook", json=body)
    assert refused.status_code == 422
    assert "may not go to example.com" in refused.json()["detail"]


def test_a_scenario_sets_a_webhook_where_nothing_listens(workspace: Workspace) -> None:
    url = "http://127.0.0.1:9/hook"
    action = {"organization": 1, "url": url, "verify": False, "stamp": "world"}
    scenario = {"scenario": "Nobody listens", "given": [{"inpost.set_webhook": action}]}
    assert workspace.control.put("/scenario", json=scenario).status_code in (200, 201)
    [organization] = [
        each for each in workspace.records("inpost", "organizations") if each["id"] == 1
    ]
    assert (organization["webhook_url"], organization["webhook_stamp"]) == (url, "world")


def signed(workspace: Workspace, **setting: Any) -> tuple[Received, Json]:
    """A webhook with a signature, as it arrives and as it stands in the delivery log."""
    workspace.quirk("inpost.webhook_signature", True)
    with receiving() as receiver:
        url = f"{receiver.url}/hook"
        workspace.do("inpost.set_webhook", organization=1, url=url, verify=False, **setting)
        prepared(workspace)
        [request] = receiver.received
    [logged] = workspace.webhooks()
    return request, logged


def digest(text: str) -> str:
    return base64.b64encode(
        hmac.new(SECRET.encode(), text.encode(), hashlib.sha256).digest()
    ).decode()


def seconds_ago(timestamp: str) -> float:
    return (wall() - datetime.fromisoformat(timestamp)).total_seconds()


def test_the_signature_is_opt_in(workspace: Workspace) -> None:
    with receiving() as receiver:
        subscribe(workspace, receiver)
        prepared(workspace)
        assert "x-inpost-signature" not in receiver.received[-1].headers
    assert workspace.webhooks()[0]["stamp"] is None


def test_a_signed_webhook_tells_the_worlds_time_inside_and_the_walls_outside(
    workspace: Workspace,
) -> None:
    request, logged = signed(workspace)
    headers = request.headers
    assert headers["x-inpost-signature"] == digest(request.body)
    assert headers["x-inpost-topic"] == "offers_prepared"
    assert len(headers["x-inpost-event-id"]) == 32
    assert headers["x-inpost-timestamp"].endswith("Z")
    assert 0 <= seconds_ago(headers["x-inpost-timestamp"]) < 300
    assert json.loads(request.body)["event_ts"] == "2026-03-02 10:15:00 +0100"
    assert logged["stamp"] == "wall"
    assert logged["headers"]["x-inpost-timestamp"].startswith("2026-03-02T09:15:0")
    [attempt] = logged["attempts"]
    sent = {name.lower(): value for name, value in attempt["headers"].items()}
    assert sent == headers
    [noticed] = workspace.control.get("/inbox").json()["items"]
    assert noticed["headers"] == logged["headers"]


@pytest.mark.parametrize("by", ["quirk", "setting", "profile"])
def test_the_worlds_time_outside_too(workspace: Workspace, by: str) -> None:
    if by == "quirk":
        workspace.quirk("inpost.webhook_stamp", "world")
    if by == "profile":
        workspace.control.post("/reset", json={"profile": "documented"})
        workspace.freeze(START)
    setting = {"stamp": "world"} if by == "setting" else {}
    request, logged = signed(workspace, **setting)
    assert request.headers["x-inpost-timestamp"].startswith("2026-03-02T09:15:0")
    assert logged["stamp"] == "world"


@pytest.mark.parametrize("stamp", ["world", "wall"])
def test_the_timestamp_that_is_sent_is_the_one_that_is_signed(
    workspace: Workspace, stamp: str
) -> None:
    workspace.quirk("inpost.webhook_signed_content", "timestamp_and_body")
    request, _ = signed(workspace, stamp=stamp)
    timestamp = request.headers["x-inpost-timestamp"]
    assert timestamp.startswith("2026-03-02") == (stamp == "world")
    assert request.headers["x-inpost-signature"] == digest(f"{timestamp}.{request.body}")


def test_each_attempt_is_stamped_anew(workspace: Workspace) -> None:
    workspace.quirk("inpost.webhook_signature", True)
    with receiving() as receiver:
        receiver.status = 500
        workspace.do("inpost.set_webhook", organization=1, url=receiver.url, verify=False)
        prepared(workspace)
        workspace.advance("10s")
        first, second = receiver.received
    assert first.headers["x-inpost-event-id"] == second.headers["x-inpost-event-id"]
    assert 0 <= seconds_ago(second.headers["x-inpost-timestamp"]) < 300
    assert second.headers["x-inpost-timestamp"] > first.headers["x-inpost-timestamp"]


def test_only_what_is_the_same_notification_has_the_same_id(workspace: Workspace) -> None:
    workspace.quirk("inpost.webhook_signature", True)
    prepared(workspace)
    fired = {"carrier": "inpost", "event": "offers_prepared"}
    with receiving() as receiver:
        for _ in range(2):
            workspace.control.post("/webhooks/trigger", json={**fired, "url": receiver.url})
        latest = workspace.webhooks()[-1]["id"]
        workspace.control.post(f"/webhooks/{latest}/redeliver")
        ids = [request.headers["x-inpost-event-id"] for request in receiver.received]
    assert ids[0] != ids[1]
    assert ids[1] == ids[2]


def test_without_an_address_there_is_nothing_to_stamp(workspace: Workspace) -> None:
    body = {"organization": 1, "url": None, "stamp": "wall"}
    refused = workspace.control.post("/actions/inpost.set_webhook", json=body)
    assert refused.status_code == 409


def test_a_target_that_fails_is_tried_again_as_often_as_the_quirk_says(
    workspace: Workspace,
) -> None:
    workspace.quirk("inpost.webhook_retries", 1)
    with receiving() as receiver:
        subscribe(workspace, receiver)
        receiver.status = 500
        create(workspace, locker(only_choice_of_offer=True))
        workspace.advance("1h")
        assert len(receiver.posts) == 2
    [hook] = workspace.webhooks()
    assert hook["status"] == "failed"
