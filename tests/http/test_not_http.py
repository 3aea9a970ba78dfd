"""What is hardly HTTP: nobody gets a framework's page, and the connection is closed in order."""

from __future__ import annotations

import json
import socket
from typing import Any

import pytest

from simulator.http.protocol import meant
from tests.support.server import Workspace

AUTH = b"Authorization: Bearer sim-inpost-prepaid\r\n"
END = b"Host: sim\r\nConnection: close\r\n" + AUTH + b"\r\n"
POST = b"POST /inpost/v1/organizations/1/shipments HTTP/1.1\r\n"
JSON = b"Content-Type: application/json\r\n"


def exchange(server: str, *sent: bytes) -> bytes:
    """What comes back until the server closes the connection."""
    host, port = server.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as client:
        for part in sent:
            client.sendall(part)
        received = b""
        while chunk := client.recv(65536):
            received += chunk
    return received


def answer(received: bytes) -> tuple[int, str, Any]:
    """Status, content type and JSON body of a response."""
    head, _, body = received.partition(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    assert int(headers["content-length"]) == len(body)
    return int(status.split()[1]), headers["content-type"], json.loads(body)


@pytest.mark.parametrize(
    "sent",
    [
        b"FETCH /inpost/v1/statuses HTTP/1.1\r\n" + END,
        b"GET /inpost/v1/statuses HTTP/9.9\r\n" + END,
        b"GET /inpost/v1/shipments/\xc5\xbc HTTP/1.1\r\n" + END,
        b"GET /w/any/inpost/v1/shipments/\xff HTTP/1.1\r\n" + END,
        b"GET /v1/shipments/" + b"1" * 100_000 + b" HTTP/1.1\r\n" + END,
        b"GET /inpost/v1/statuses HTTP/1.1\r\nX-A: a\x00b\r\n" + END,
        POST + JSON + b"Content-Length: some\r\n" + END,
        POST + JSON + b"Content-Length: -1\r\n" + END,
        POST + JSON + b"Content-Length: 2\r\nContent-Length: 3\r\n" + END,
        POST + JSON + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n" + END,
        b"GET /anything\xff HTTP/1.1\r\nHost: api-shipx-pl.easypack24.net:80\r\n\r\n",
    ],
)
def test_a_garbled_request_gets_the_carriers_error_body(server: str, sent: bytes) -> None:
    status, media_type, body = answer(exchange(server, sent))
    assert (status, media_type) == (400, "application/json; charset=utf-8")
    assert list(body) == ["status", "error", "message", "details"]
    assert "not HTTP" in body["message"]


def test_what_a_garbled_request_was_meant_for_is_known_when_it_comes_in_pieces(server: str) -> None:
    head = POST + JSON + AUTH + b"Host: sim\r\nTransfer-Encoding: chunked\r\n"
    host, port = server.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as client:
        client.sendall(head + b"Expect: 100-continue\r\n\r\n")
        assert client.recv(65536).startswith(b"HTTP/1.1 100 ")
        client.sendall(b"no length of a chunk\r\n")
        received = b""
        while chunk := client.recv(65536):
            received += chunk
    status, media_type, body = answer(received)
    assert (status, media_type) == (400, "application/json; charset=utf-8")
    assert "not HTTP" in body["message"]


def test_a_garbled_request_to_a_carrier_that_finishes_its_errors(server: str) -> None:
    sent = b"FETCH /myparcel/shipments HTTP/1.1\r\n" + END
    status, media_type, body = answer(exchange(server, sent))
    assert (status, media_type) == (400, "application/json;charset=utf-8")
    assert list(body) == ["message", "request_id", "errors"]


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET /_sim/health\xff HTTP/1.1\r\n" + END,
        b"GET /nowhere\xff HTTP/1.1\r\n" + END,
    ],
)
def test_what_is_meant_for_no_carrier_gets_a_problem(server: str, sent: bytes) -> None:
    status, media_type, body = answer(exchange(server, sent))
    assert (status, media_type) == (400, "application/problem+json")
    assert "not HTTP" in body["detail"]


def test_of_a_garbled_request_only_what_it_begins_with_is_read() -> None:
    assert meant(b"\x00").path == ""
    assert meant(b"GET /a?b=c HTTP/1.1\r\nHOST:  Shop.example:80\r\n").path == "/a"
    assert meant(b"GET /a HTTP/1.1\r\nHOST:  Shop.example:80\r\n").headers == {
        "host": "Shop.example"
    }


def test_an_old_client_without_a_host_is_served(server: str) -> None:
    received = exchange(server, b"GET /inpost/v1/statuses HTTP/1.0\r\n\r\n")
    assert received.startswith(b"HTTP/1.1 200 OK\r\n")
    assert server.encode() in received


def test_pipelined_requests_are_all_answered(server: str) -> None:
    one = b"GET /inpost/v1/shipments/1 HTTP/1.1\r\nHost: x\r\n" + AUTH + b"\r\n"
    last = b"GET /inpost/v1/shipments/1 HTTP/1.1\r\n" + END
    assert exchange(server, one * 20 + last).count(b"HTTP/1.1 404 Not Found\r\n") == 21


def test_an_upgrade_that_nobody_offers_is_passed_over(server: str) -> None:
    upgrade = b"Connection: Upgrade, close\r\nUpgrade: websocket\r\nHost: x\r\n\r\n"
    received = exchange(server, b"GET /inpost/v1/shipments/1 HTTP/1.1\r\n" + upgrade)
    assert received.startswith(b"HTTP/1.1 401 ")


def test_a_client_that_leaves_early_leaves_no_trace(server: str, workspace: Workspace) -> None:
    host, port = server.removeprefix("http://").split(":")
    for _ in range(3):
        with socket.create_connection((host, int(port)), timeout=10) as client:
            path = f"/w/{workspace.name}/inpost/v1/organizations/1/shipments".encode()
            client.sendall(b"POST " + path + b" HTTP/1.1\r\nContent-Length: 500\r\n")
            client.sendall(JSON + b"Host: x\r\nExpect: 100-continue\r\n" + AUTH + b"\r\n")
            assert client.recv(100).startswith(b"HTTP/1.1 100 Continue")
    assert workspace.records("inpost", "shipments") == []
    assert workspace.journal() == []


def test_a_workspace_may_be_deleted_while_a_body_arrives(server: str, workspace: Workspace) -> None:
    host, port = server.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as client:
        path = f"/w/{workspace.name}/inpost/v1/organizations/1/shipments".encode()
        client.sendall(b"POST " + path + b" HTTP/1.1\r\nContent-Length: 2\r\n" + JSON)
        client.sendall(b"Host: x\r\nExpect: 100-continue\r\n" + AUTH + b"\r\n")
        assert client.recv(100).startswith(b"HTTP/1.1 100 Continue")
        assert workspace.control.delete("").status_code == 204
        client.sendall(b"{}")
        received = client.recv(65536)
    assert received.startswith(b"HTTP/1.1 400 ")
    assert b"validation_failed" in received
