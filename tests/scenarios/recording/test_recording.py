"""A conversation through the proxy becomes a scenario that plays green, and tells no secret."""

from __future__ import annotations

import base64
from pathlib import Path

import httpx2
import pytest
import yaml

from simulator.scenarios.replay.run import Options, Simulator
from tests.scenarios.recording.recorded import Moved, client, read, recording
from tests.scenarios.replay.playing import PARCEL, Playing, standing_in
from tests.support.server import Workspace

SECRET = "s3cret-of-the-shop"


def test_a_parcel_from_order_to_label_is_recorded_and_plays_green(
    workspace: Workspace, play: Playing, out: Path
) -> None:
    clock = Moved()
    with recording(workspace.inpost_url, out, clock) as url, client(url) as shop:
        person = {"first_name": "Zofia", "last_name": "Wrona", "email": "zofia.w@poczta.pl"}
        # The same street as the sender's, which the client never sent.
        home = {"street": "Prosta", "building_number": "5", "city": "Warszawa"}
        address = {**home, "post_code": "00-838", "country_code": "PL"}
        receiver = {**person, "phone": "601602603", "address": address}
        body = {**PARCEL, "receiver": receiver, "reference": "for Zofia Wrona"}
        made = shop.post("/v1/organizations/4/shipments", json=body)
        assert made.status_code == 201
        assert made.json()["receiver"]["last_name"] == "Wrona"
        number = made.json()["id"]
        clock.now += 0.4
        assert shop.get(f"/v1/shipments/{number}").json()["status"] == "created"
        workspace.advance("2300ms")
        clock.now += 2.3
        bought = shop.get(f"/v1/shipments/{number}").json()
        assert bought["status"] == "confirmed"
        label = shop.get(f"/v1/shipments/{number}/label", params={"type": "A6"})
        assert label.content.startswith(b"%PDF")
        assert shop.get(f"/v1/tracking/{bought['tracking_number']}").status_code == 200
        assert shop.get("/v1/shipments/1").status_code == 404
    text, document = out.read_text(), read(out)
    steps = document["steps"]
    create, first, wait, second, labelled, tracked, missing = steps
    assert create["request"]["auth"] == "sim-inpost-sandbox"
    assert create["save"] == {"shipment_id": "/id"}
    assert create["expect"]["body"]["id"] == {"$type": "integer"}
    assert first["request"] == {
        "carrier": "inpost",
        "method": "GET",
        "path": "/v1/shipments/${shipment_id}",
    }
    assert wait == {"wait": "2.7s"}
    assert second["expect"]["body"]["id"] == "${shipment_id}"
    assert second["save"] == {"tracking_number": "/tracking_number"}
    assert f"application/pdf, {len(label.content)} bytes" in labelled["name"]
    assert labelled["request"]["query"] == {"type": "A6"}
    assert tracked["request"]["path"] == "/v1/tracking/${tracking_number}"
    assert missing["expect"]["status"] == 404
    for personal in ("Zofia", "Wrona", "zofia.w", "601602603", "Prosta"):
        assert personal not in text
    stand_in = create["request"]["body"]["receiver"]
    assert stand_in["phone"].startswith("60")
    assert len(stand_in["phone"]) == 9
    names = f"for {stand_in['first_name']} {stand_in['last_name']}"
    assert create["request"]["body"]["reference"] == names
    told = create["expect"]["body"]
    assert told["receiver"]["last_name"] == stand_in["last_name"]
    assert told["receiver"]["address"]["street"] == stand_in["address"]["street"]
    assert told["sender"]["address"]["street"] == {"$type": "string"}
    result = play.run(out).results[0]
    assert result.outcome == "passed", result


def test_the_file_is_whole_after_each_exchange(workspace: Workspace, out: Path) -> None:
    with recording(workspace.inpost_url, out) as url, client(url) as shop:
        for number in (1, 2, 3):
            assert shop.get("/v1/organizations/4").status_code == 200
            assert len(read(out)["steps"]) == number


def test_other_carriers_are_known_by_their_prefix_and_play_green(
    workspace: Workspace, play: Playing, out: Path
) -> None:
    base = f"{workspace.base_url}/w/{workspace.name}"
    key = base64.b64encode(b"sim-myparcel-postpaid").decode()
    recipient = {
        "cc": "NL",
        "postal_code": "3584CS",
        "city": "Utrecht",
        "street": "Kruytgebouw",
        "number": "8",
        "person": "Sanne de Boer",
    }
    shipment = {"carrier": 1, "options": {"package_type": 1}, "recipient": recipient}
    with recording(base, out) as url:
        shop = httpx2.Client(trust_env=False, verify=False, timeout=10)
        created = shop.post(
            f"{url}/myparcel/shipments",
            json={"data": {"shipments": [shipment]}},
            headers={
                "Authorization": f"basic {key}",
                "Content-Type": "application/vnd.shipment+json;charset=utf-8",
            },
        )
        number = created.json()["data"]["ids"][0]["id"]
        shop.get(
            f"{url}/myparcel/shipments/{number}", headers={"Authorization": f"basic {key}"}
        ).raise_for_status()
        shop.get(
            f"{url}/postplus/api/v1/tracking",
            params={"startDate": "2020-01-01", "fetchId": ""},
            headers={"X-API-KEY": "apitest1234567890"},
        ).raise_for_status()
        shop.close()
    created_step, read_step, tracking = read(out)["steps"]
    assert created_step["request"]["carrier"] == "myparcel"
    assert created_step["request"]["auth"] == "sim-myparcel-postpaid"
    assert created_step["request"]["headers"]["content-type"].startswith("application/vnd.shipment")
    assert created_step["save"] == {"shipment_id": "/data/ids/0/id"}
    assert read_step["request"]["path"] == "/shipments/${shipment_id}"
    assert "auth" not in read_step["request"]
    assert tracking["request"]["auth"] == "apitest1234567890"
    assert "Sanne" not in out.read_text()
    result = play.run(out).results[0]
    assert result.outcome == "passed", result


def test_what_is_done_to_a_simulator_meanwhile_is_recorded_too(
    workspace: Workspace, play: Playing, out: Path
) -> None:
    with recording(workspace.base_url, out) as url:
        shop = client(f"{url}/w/{workspace.name}/inpost")
        control = f"{url}/_sim/workspaces/{workspace.name}"
        number = shop.post("/v1/organizations/4/shipments", json=PARCEL).json()["id"]
        httpx2.post(f"{control}/clock/advance", json={"by": "5s"}, trust_env=False, verify=False)
        journey = {"shipment": number, "journey": "locker_delivered"}
        action = f"{control}/actions/inpost.start_journey"
        assert httpx2.post(action, json=journey, trust_env=False, verify=False).status_code == 200
        httpx2.get(f"{control}/journal", trust_env=False, verify=False)
        shop.close()
    steps = read(out)["steps"]
    assert steps[1:] == [
        {"advance": {"by": "5s"}},
        {
            "do": {
                "inpost.start_journey": {
                    "shipment": "${shipment_id}",
                    "journey": "locker_delivered",
                }
            }
        },
    ]
    result = play.run(out).results[0]
    assert result.outcome == "passed", result


def test_a_credential_is_recorded_by_the_name_of_a_variable(
    out: Path, play: Playing, monkeypatch: pytest.MonkeyPatch
) -> None:
    with standing_in() as sandbox:
        sandbox.answer = lambda heard: (200, {"token": heard.headers["authorization"], "id": 7})
        with recording(sandbox.url, out, carrier="inpost") as url, client(url, SECRET) as shop:
            answer = shop.post("/v1/tokens?access_token=abc", json={"password": "hunter2"})
            assert answer.json()["token"] == f"Bearer {SECRET}"
            shop.get(f"/v1/organizations/{SECRET}")
    text, steps = out.read_text(), read(out)["steps"]
    for secret in (SECRET, "hunter2", "abc"):
        assert secret not in text
    assert steps[0]["request"]["auth"] == "${env.SIMULATOR_AUTH_INPOST}"
    assert steps[0]["request"]["body"] == {"password": "masked"}
    assert steps[0]["request"]["query"] == {"access_token": "masked"}
    play.read(out)


def test_requests_and_answers_pass_unchanged(out: Path) -> None:
    with standing_in() as sandbox:
        sandbox.answer = lambda heard: (418, {"path": heard.path, "body": heard.body})
        with recording(sandbox.url, out, carrier="inpost") as url, client(url) as shop:
            sent = b'{ "a" : 1.10 }'
            answer = shop.put("/v1/x%20y?b=1&a=%2F", content=sent, headers={"X-Mine": "Yes"})
    assert answer.status_code == 418
    assert answer.json() == {"path": "/v1/x%20y?b=1&a=%2F", "body": sent.decode()}
    heard = sandbox.heard[0]
    assert heard.headers["x-mine"] == "Yes"
    assert heard.headers["host"] == sandbox.url.removeprefix("http://")
    step = read(out)["steps"][0]
    assert step["request"]["path"] == "/v1/x%20y"
    assert step["request"]["query"] == {"b": "1", "a": "/"}
    assert step["request"]["headers"]["x-mine"] == "Yes"


def test_a_server_that_is_not_there_is_told_to_the_client(out: Path) -> None:
    with recording("http://127.0.0.1:9", out, carrier="inpost") as url:
        answer = httpx2.get(f"{url}/v1/points", trust_env=False, verify=False)
    assert answer.status_code == 502
    assert "http://127.0.0.1:9 was not reached" in answer.text
    assert not out.exists()


def test_a_connection_that_breaks_is_recorded_and_plays_green(
    workspace: Workspace, play: Playing, out: Path
) -> None:
    rule = {"when": {"operation": "inpost.get_organization"}, "fault": {"kind": "empty_response"}}
    assert workspace.control.post("/rules", json=rule).status_code == 201
    broken = pytest.raises(httpx2.RemoteProtocolError)
    with recording(workspace.inpost_url, out) as url, client(url) as shop, broken:
        shop.get("/v1/organizations/4")
    document = read(out)
    assert document["steps"][0]["expect"] == {"fails": True}
    out.write_text(yaml.safe_dump({**document, "rules": [rule]}))
    simulator = Simulator(play.server)
    assert play.run(out, options=Options(), simulator=simulator).results[0].outcome == "passed"


def test_a_refused_credential_is_recorded_as_a_wrong_one_and_plays_green(
    workspace: Workspace, play: Playing, out: Path
) -> None:
    with recording(workspace.inpost_url, out) as url:
        for token in ("sim-inpost-sandbox", SECRET, "abcde"):
            with client(url, token) as shop:
                shop.get("/v1/organizations/4")
        httpx2.get(f"{url}/v1/organizations/4", trust_env=False, verify=False)
    steps = read(out)["steps"]
    assert [step["expect"]["status"] for step in steps] == [200, 401, 401, 401]
    auths = [step["request"].get("auth") for step in steps]
    assert auths == ["sim-inpost-sandbox", "wrong-token", None, ""]
    assert SECRET not in out.read_text()
    result = play.run(out).results[0]
    assert result.outcome == "passed", result


def test_a_credential_of_another_world_is_recorded_as_that_of_the_default_world(
    workspace: Workspace, play: Playing, out: Path
) -> None:
    # Points are public: the token is not looked at.
    with recording(workspace.inpost_url, out) as url, client(url, SECRET) as shop:
        assert shop.get("/v1/points/KRA010").status_code == 200
    assert read(out)["steps"][0]["request"]["auth"] == "sim-inpost-sandbox"
    assert SECRET not in out.read_text()
    result = play.run(out).results[0]
    assert result.outcome == "passed", result


@pytest.mark.parametrize("below", ["", "/w/{name}"])
def test_control_calls_are_steps_or_comments(
    workspace: Workspace, play: Playing, out: Path, below: str
) -> None:
    prefix = below.format(name=workspace.name)
    inner = "" if prefix else f"/w/{workspace.name}"
    with recording(f"{workspace.base_url}{prefix}", out) as url:
        shop = client(f"{url}{inner}/inpost")
        control = client(f"{url}/_sim/workspaces/{workspace.name}")
        assert shop.get("/v1/organizations/4").status_code == 200
        top_up = {"organization": 4, "amount": "5.00"}
        assert control.post("/actions/inpost.top_up", json=top_up).status_code == 200
        assert control.post("/clock/advance", json={"by": "5s"}).status_code == 200
        assert control.post("/actions/inpost.nothing", json={}).status_code == 404
        clock = {"mode": "frozen", "at": "2030-03-02T09:15:00Z"}
        assert control.put("/clock", json=clock).status_code == 200
        assert shop.get("/v1/organizations/4").status_code == 200
        control.close()
        shop.close()
    steps, text = read(out)["steps"], out.read_text()
    assert [next(iter(step)) for step in steps] == ["request", "do", "advance", "request"]
    assert steps[1:3] == [{"do": {"inpost.top_up": top_up}}, {"advance": {"by": "5s"}}]
    there = f"{prefix}/_sim/workspaces/{workspace.name}"
    _, _, after = text.partition("by: 5s\n")
    assert after.splitlines()[:2] == [
        f"# POST {there}/actions/inpost.nothing (404) is left out: no step does that.",
        f"# PUT {there}/clock (200) is left out: no step does that.",
    ]
    result = play.run(out).results[0]
    assert result.outcome == "passed", result
