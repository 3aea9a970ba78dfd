"""Requests that are broken on the wire: what was carried out is answered, in its order, and the
connection ends in peace."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from simulator.settings import Settings
from tests.support.mangled import Held, conversation, held
from tests.support.server import Workspace, running

AUTH = b"Authorization: Bearer sim-inpost-prepaid\r\n"
MPK = b'{"name": "Sklep A", "description": "Pierwszy"}'


@pytest.fixture(scope="module")
def open_journal() -> Iterator[Workspace]:
    with running(Settings(log_level="error")) as server:
        workspace = Workspace(server, "mangled")
        workspace.freeze("2026-03-02T10:15:00+01:00")
        yield workspace
        workspace.close()


def address(workspace: Workspace) -> tuple[str, int]:
    host, port = workspace.base_url.removeprefix("http://").split(":")
    return host, int(port)


def create(workspace: Workspace, body: bytes = MPK, length: int | None = None) -> bytes:
    path = f"/w/{workspace.name}/inpost/v1/organizations/1/mpks".encode()
    size = len(body) if length is None else length
    head = b"POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" % path
    return head + AUTH + b"Content-Length: %d\r\n\r\n" % size + body


def read(workspace: Workspace, extra: bytes = b"") -> bytes:
    path = f"/w/{workspace.name}/inpost/v1/organizations/1".encode()
    return b"GET %s HTTP/1.1\r\nHost: x\r\n%s%s\r\n" % (path, AUTH, extra)


def test_every_request_that_was_carried_out_has_its_answer(
    open_journal: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    base = f"/w/{open_journal.name}/inpost"
    for seed in range(400):
        pieces = conversation(seed, base)
        open_journal.control.delete("/journal")
        came = held(address(open_journal), pieces)
        carried_out = [entry["id"] for entry in open_journal.journal(order="oldest")]
        answered = [each for each in came.ids if each.startswith(f"{open_journal.name}-")]
        assert answered == carried_out, (seed, pieces, came)
        assert all(status < 500 for status in came.statuses), (seed, pieces, came)
    assert "Traceback" not in "".join(capfd.readouterr())


def test_a_byte_too_many_is_refused_behind_the_answer(workspace: Workspace) -> None:
    came = held(address(workspace), [create(workspace) + b"x"])
    assert came.statuses == [201, 400]
    assert b"not HTTP" in came.received
    assert len(workspace.records("inpost", "mpks")) == 1


def test_what_was_asked_before_the_garbage_is_answered_first(workspace: Workspace) -> None:
    sent = read(workspace) * 3 + create(workspace) + read(workspace) + b"\xff\xff"
    came = held(address(workspace), [sent])
    assert came.statuses == [200, 200, 200, 201, 200, 400]
    assert came.ids[:5] == [entry["id"] for entry in workspace.journal(order="oldest")]


def test_a_broken_body_undoes_nothing_that_came_before(workspace: Workspace) -> None:
    length = b"Content-Length: %d\r\n\r\n" % len(MPK) + MPK
    broken = create(workspace).replace(length, b"Transfer-Encoding: chunked\r\n\r\nnone\r\n")
    came = held(address(workspace), [read(workspace) + broken])
    assert came.statuses == [200, 400]
    assert workspace.records("inpost", "mpks") == []


def test_a_request_of_which_nobody_reads_the_body_has_its_own_answer(workspace: Workspace) -> None:
    broken = read(workspace, b"Transfer-Encoding: chunked\r\n") + b"none\r\n"
    came = held(address(workspace), [broken])
    assert came.statuses == [200]
    assert came.ids == [entry["id"] for entry in workspace.journal()]


def test_a_client_may_say_that_it_sends_no_more(workspace: Workspace) -> None:
    assert held(address(workspace), [create(workspace)]).statuses == [201]


def test_what_comes_behind_an_upgrade_is_read(workspace: Workspace) -> None:
    upgrade = b"Connection: Upgrade\r\nUpgrade: h2c\r\n"
    came = held(address(workspace), [read(workspace, upgrade) + read(workspace)])
    assert came.statuses == [200, 200]
    # As Java's own client sends its first request.
    offered = create(workspace).replace(AUTH, AUTH + upgrade)
    assert held(address(workspace), [offered + read(workspace)]).statuses == [201, 200]
    offered = offered.replace(b"Sklep A", b"Sklep B")
    in_pieces = [offered[:-9], offered[-9:], read(workspace)]
    assert held(address(workspace), in_pieces).statuses == [201, 200]
    assert len(workspace.records("inpost", "mpks")) == 2


def test_a_target_may_be_a_whole_url_without_a_path(workspace: Workspace) -> None:
    whole = b"GET http://api.myparcel.com HTTP/1.1\r\nHost: api.myparcel.com\r\n\r\n"
    assert b"MyParcel API" in held(address(workspace), [whole]).received
    assert held(address(workspace), [b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n"]).statuses == [404]
    tunnel = b"CONNECT api.myparcel.com:443 HTTP/1.1\r\nHost: api.myparcel.com:443\r\n\r\n"
    came: Held = held(address(workspace), [tunnel + b"\x16\x03\x01"])
    assert len(came.statuses) == 1
    assert 400 <= came.statuses[0] < 500


def test_a_refused_client_may_say_all_that_it_has_to_say(workspace: Workspace) -> None:
    with socket.create_connection(address(workspace), timeout=20) as client:
        client.sendall(b"\xff" * 100_000)
        received = client.recv(65536)
        client.sendall(b"\xff" * 100_000)
        while chunk := client.recv(65536):
            received += chunk
    assert received.startswith(b"HTTP/1.1 400 ")
    assert received.count(b"HTTP/1.1 400 ") == 1
