"""Faults on the wire, each as a real client meets it."""

from __future__ import annotations

import json
import socket
import time
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest

from tests.inpost.shipx import locker, post
from tests.rules.making import GET, rule
from tests.support.server import Workspace

PATH = "/v1/organizations/1"


def raw(workspace: Workspace, more: bytes = b"") -> bytes:
    """Everything that comes for a request with `more` headers until the connection ends."""
    address = urlsplit(workspace.base_url)
    request = (
        f"GET /w/{workspace.name}/inpost{PATH} HTTP/1.1\r\nHost: x\r\n"
        "Authorization: Bearer sim-inpost-prepaid\r\n\r\n"
    )
    with socket.create_connection((address.hostname, address.port), timeout=20) as connection:
        connection.sendall(request.encode().replace(b"\r\n\r\n", b"\r\n" + more + b"\r\n"))
        received = b""
        while piece := connection.recv(65536):
            received += piece
        return received


def fail(workspace: Workspace, kind: str, **more: Any) -> None:
    rule(workspace, when=GET, fault={"kind": kind, **more})


def test_a_reset_is_a_real_one(workspace: Workspace) -> None:
    fail(workspace, "connection_reset")
    with pytest.raises(ConnectionResetError):
        raw(workspace)
    with pytest.raises(httpx2.ReadError):
        workspace.client.get(PATH)


def test_an_empty_reply(workspace: Workspace) -> None:
    fail(workspace, "empty_response")
    assert raw(workspace) == b""
    with pytest.raises(httpx2.RemoteProtocolError):
        workspace.client.get(PATH)


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_body_that_is_cut(workspace: Workspace, when: str) -> None:
    rule(workspace, when=GET, fault={"kind": "truncated_body", "when": when, "body": '{"a": 1}'})
    head, _, body = raw(workspace).partition(b"\r\n\r\n")
    [length] = [
        int(line[16:]) for line in head.split(b"\r\n") if line.startswith(b"content-length")
    ]
    assert 0 < len(body) < length
    with pytest.raises(httpx2.RemoteProtocolError):
        workspace.client.get(PATH)


def test_a_wrong_length(workspace: Workspace) -> None:
    fail(workspace, "wrong_length", when="after")
    head, _, body = raw(workspace).partition(b"\r\n\r\n")
    assert f"content-length: {len(body) + 1}".encode() in head
    assert json.loads(body)["id"] == 1


@pytest.mark.parametrize("when", ["before", "after"])
def test_json_that_is_none(workspace: Workspace, when: str) -> None:
    fail(workspace, "malformed_json", when=when)
    response = workspace.client.get(PATH)
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("application/json")
    with pytest.raises(json.JSONDecodeError):
        response.json()


def test_a_body_that_comes_byte_by_byte(workspace: Workspace) -> None:
    fail(workspace, "slow_body", by="1ms", body='{"slow": true}')
    assert workspace.client.get(PATH).json() == {"slow": True}


def test_a_body_that_takes_too_long_for_the_client(workspace: Workspace) -> None:
    fail(workspace, "slow_body", by="60s", body='{"slow": true}')
    with pytest.raises(httpx2.ReadTimeout):
        workspace.client.get(PATH, timeout=0.3)


def test_silence(workspace: Workspace) -> None:
    fail(workspace, "timeout", by="60s")
    with pytest.raises(httpx2.ReadTimeout):
        workspace.client.get(PATH, timeout=0.3)


def test_silence_ends_after_its_time(workspace: Workspace) -> None:
    fail(workspace, "timeout", by="50ms")
    assert raw(workspace) == b""


def test_a_delay_is_real_time(workspace: Workspace) -> None:
    rule(workspace, when=GET, delay={"by": "60s"})
    with pytest.raises(httpx2.ReadTimeout):
        workspace.client.get(PATH, timeout=0.3)
    workspace.control.delete("/rules")
    rule(workspace, when=GET, delay={"by": "1ms"})
    assert workspace.client.get(PATH).json()["id"] == 1


def test_a_lost_answer_leaves_the_shipment_that_was_made(workspace: Workspace) -> None:
    rule(
        workspace,
        when={"operation": "inpost.create_shipment", "nth": 1},
        fault={"kind": "connection_reset", "when": "after"},
    )
    with pytest.raises(httpx2.ReadError):
        post(workspace, locker())
    assert post(workspace, locker()).status_code == 201
    assert len(workspace.records("inpost", "shipments")) == 2


def test_the_connection_goes_on_after_others_failed(workspace: Workspace) -> None:
    rule(workspace, when=GET, fault={"kind": "connection_reset"}, times=1)
    with pytest.raises(httpx2.ReadError):
        workspace.client.get(PATH)
    assert workspace.client.get(PATH).status_code == 200
    [lost, answered] = workspace.journal(operation="inpost.get_organization")
    assert {lost["status"], answered["status"]} == {200, 503}


def heard(workspace: Workspace) -> list[str | None]:
    """What clients heard of requests for the organization, the oldest first."""
    journal = workspace.journal(operation="inpost.get_organization", order="oldest")
    return [entry["heard"] for entry in journal]


def heard_in_the_end(workspace: Workspace) -> str | None:
    """What the client of the only request heard, asked for until the server knows it."""
    deadline = time.monotonic() + 20
    while not (known := heard(workspace)) or known[-1] is None:
        assert time.monotonic() < deadline, "the server never knew what the client heard"
    return known[-1]


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("connection_reset", "reset"),
        ("empty_response", "nothing"),
        ("truncated_body", "part"),
        ("wrong_length", "broken"),
        ("malformed_json", "broken"),
        ("status", "answer"),
    ],
)
def test_the_journal_tells_what_the_client_heard(
    workspace: Workspace, kind: str, what: str
) -> None:
    fail(workspace, kind, when="after")
    try:
        raw(workspace, more=b"Connection: close\r\n")
    except ConnectionResetError:
        assert kind == "connection_reset"
    assert heard(workspace) == [what]


def test_a_slow_answer_that_was_heard_to_its_end(workspace: Workspace) -> None:
    fail(workspace, "slow_body", by="1ms", body='{"slow": true}')
    assert workspace.client.get(PATH).json() == {"slow": True}
    assert heard(workspace) == ["answer"]


def test_a_silence_that_was_borne(workspace: Workspace) -> None:
    fail(workspace, "timeout", by="50ms")
    assert raw(workspace) == b""
    assert heard(workspace) == ["nothing"]


@pytest.mark.parametrize(
    ("then", "what"),
    [
        ({"fault": {"kind": "timeout", "by": "60s"}}, "gone"),
        ({"fault": {"kind": "slow_body", "by": "500ms", "body": "{}"}}, "part"),
        ({"delay": {"by": "400ms"}}, "gone"),
        ({"delay": {"by": "400ms"}, "fault": {"kind": "connection_reset"}}, "gone"),
        ({"delay": {"by": "400ms"}, "fault": {"kind": "slow_body"}}, "gone"),
    ],
    ids=["silence", "slow body", "delay", "delay and reset", "delay and slow body"],
)
def test_a_client_that_hung_up_is_told_apart(
    workspace: Workspace, then: dict[str, Any], what: str
) -> None:
    rule(workspace, when=GET, **then)
    with pytest.raises(httpx2.ReadTimeout):
        workspace.client.get(PATH, timeout=0.2)
    assert heard_in_the_end(workspace) == what


def test_the_explanation_says_whether_the_client_stayed(workspace: Workspace) -> None:
    rule(workspace, when=GET, delay={"by": "300ms"}, times=1)
    with pytest.raises(httpx2.ReadTimeout):
        workspace.client.get(PATH, timeout=0.1)
    assert heard_in_the_end(workspace) == "gone"
    assert workspace.client.get(PATH).status_code == 200
    entries = [
        workspace.control.get(f"/journal/{each['id']}").json()
        for each in workspace.journal(order="oldest")
    ]
    assert [entry["why"][-1] for entry in entries] == [
        "The client had hung up before the answer was sent, and did not hear it.",
        "The client was there when the answer was sent.",
    ]
