"""Connections that get no further are ended; whoever waits for an answer is not."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from simulator.settings import Settings
from tests.support.server import Workspace, running

AUTH = b"Authorization: Bearer sim-inpost-prepaid\r\n"


@pytest.fixture(scope="module")
def hasty() -> Iterator[Workspace]:
    with running(Settings(request_timeout=1, idle_timeout=1, answer_timeout=1)) as server:
        workspace = Workspace(server, "hasty")
        workspace.freeze("2026-03-02T10:15:00+01:00")
        yield workspace
        workspace.close()


def connected(workspace: Workspace, buffer: int | None = None) -> socket.socket:
    host, port = workspace.base_url.removeprefix("http://").split(":")
    client = socket.socket()
    if buffer is not None:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    client.settimeout(20)
    client.connect((host, int(port)))
    return client


def rest(client: socket.socket) -> bytes:
    received = b""
    while chunk := client.recv(65536):
        received += chunk
    return received


@pytest.mark.parametrize(
    "sent",
    [
        b"POST /inpost/v1/organizations/1/mpks HT",
        b"POST /inpost/v1/organizations/1/mpks HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n",
        b"POST /inpost/v1/organizations/1/mpks HTTP/1.1\r\nHost: x\r\nContent-Type: "
        b"application/json\r\n" + AUTH + b"Content-Length: 9\r\n\r\n{",
    ],
    ids=["line", "head", "body"],
)
def test_a_request_that_does_not_arrive_is_refused(hasty: Workspace, sent: bytes) -> None:
    with connected(hasty) as client:
        client.sendall(sent)
        received = rest(client)
    assert received.startswith(b"HTTP/1.1 400 ")
    assert b"--request-timeout" in received
    assert b'"error":' in received


def test_a_connection_without_requests_is_closed(hasty: Workspace) -> None:
    with connected(hasty) as client:
        assert rest(client) == b""
    with connected(hasty) as client:
        client.sendall(b"GET /inpost/v1/statuses HTTP/1.1\r\nHost: x\r\n\r\n")
        assert rest(client).count(b"HTTP/1.1 200 ") == 1


def test_whoever_waits_for_an_answer_is_not_cut_off(hasty: Workspace) -> None:
    with connected(hasty) as client:
        path = f"/w/{hasty.name}/_sim/inbox?wait=4s".encode()
        client.sendall(b"GET " + path + b" HTTP/1.1\r\nHost: x\r\n\r\n")
        assert rest(client).startswith(b"HTTP/1.1 200 ")


def test_a_client_that_takes_nothing_is_let_go(hasty: Workspace) -> None:
    read = b"GET /inpost/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n"
    with connected(hasty, buffer=4096) as client:
        client.sendall(read * 60)
        with pytest.raises(OSError):  # noqa: PT011 -- broken pipe or reset, as it comes
            _send_for_ever(client)


def _send_for_ever(client: socket.socket) -> None:
    while True:
        client.sendall(b"x")
