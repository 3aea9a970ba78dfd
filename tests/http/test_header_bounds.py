"""Headers are bounded in number and bytes, in the words of whoever was asked."""

from __future__ import annotations

import pytest

from tests.http.test_mangled import AUTH, address, create, read
from tests.http.test_not_http import answer, exchange
from tests.support.mangled import held
from tests.support.server import Workspace

MANY = b"".join(b"X-Many-%d: 1\r\n" % number for number in range(101))
LONG = b"X-Long: %s\r\n" % (b"a" * 65_536)
ENDLESS = b"X-Endless: " + b"a" * 400_000
"""One that never ends, so that nobody can wait for its end."""


def asked(path: bytes, headers: bytes) -> bytes:
    return b"GET %s HTTP/1.1\r\nHost: x\r\n%s\r\n" % (path, headers)


@pytest.mark.parametrize("headers", [MANY, LONG, ENDLESS])
@pytest.mark.parametrize(
    ("path", "media", "members"),
    [
        (
            b"/inpost/v1/organizations/1",
            "application/json; charset=utf-8",
            ["status", "error", "message", "details"],
        ),
        (
            b"/myparcel/shipments",
            "application/json;charset=utf-8",
            ["message", "request_id", "errors"],
        ),
        (
            b"/w/any/postplus/api/v1/parcels/get-many",
            "application/problem+json; charset=utf-8",
            ["type", "title", "status", "detail", "errorDetails", "traceId"],
        ),
        (b"/_sim/health", "application/problem+json", ["type", "title", "status", "detail"]),
    ],
)
def test_too_many_headers_are_refused_in_the_words_of_whoever_was_asked(
    server: str, path: bytes, media: str, members: list[str], headers: bytes
) -> None:
    received = exchange(server, asked(path, headers))

    assert received.startswith(b"HTTP/1.1 431 Request Header Fields Too Large\r\n")
    status, media_type, body = answer(received)
    assert (status, media_type, list(body)) == (431, media, members)
    assert b"more than 100 headers" in received


@pytest.mark.parametrize(
    "headers",
    [
        b"".join(b"X-Many-%d: 1\r\n" % number for number in range(98)),
        b"X-Long: %s\r\n" % (b"a" * 65_000),
        b"Cookie: %s\r\n" % (b"a" * 16_000) * 4,
    ],
)
def test_as_many_headers_as_clients_send_are_read(workspace: Workspace, headers: bytes) -> None:
    sent = read(workspace, headers)
    middle = len(sent) // 2

    assert held(address(workspace), [sent]).statuses == [200]
    assert held(address(workspace), [sent[:middle], sent[middle:]]).statuses == [200]


@pytest.fixture(params=[MANY, LONG, ENDLESS])
def too_many(request: pytest.FixtureRequest) -> bytes:
    headers: bytes = request.param
    return headers


def test_what_was_asked_before_is_answered_first(workspace: Workspace, too_many: bytes) -> None:
    sent = read(workspace) * 3 + create(workspace) + read(workspace, too_many)

    came = held(address(workspace), [sent])

    assert came.statuses == [200, 200, 200, 201, 431]
    assert b"headers_too_large" in came.received
    kept = workspace.journal(order="oldest")
    assert [entry["id"] for entry in kept] == came.ids[:4]


def test_many_requests_at_once_are_no_long_head(server: str) -> None:
    padded = asked(b"/inpost/v1/organizations/1", AUTH + b"X-Long: %s\r\n" % (b"a" * 9_000))
    last = asked(b"/inpost/v1/organizations/1", AUTH + b"Connection: close\r\n")

    received = exchange(server, padded * 40 + last)
    assert received.count(b"HTTP/1.1 200 OK\r\n") == 41


def test_a_large_body_is_no_header(workspace: Workspace) -> None:
    body = b'{"name": "%s", "description": "x"}' % (b"a" * 600_000)
    chunked = create(workspace, b"", 0).replace(
        b"Content-Length: 0\r\n\r\n", b"Transfer-Encoding: chunked\r\n\r\n"
    )
    pieces = b"".join(
        b"%x\r\n%s\r\n" % (len(body[at : at + 999]), body[at : at + 999])
        for at in range(0, len(body), 999)
    )

    assert held(address(workspace), [create(workspace, body)]).statuses == [400]
    came = held(address(workspace), [chunked + pieces + b"0\r\n\r\n" + read(workspace)])
    assert came.statuses == [400, 200]
    assert b"validation_failed" in came.received


@pytest.mark.parametrize("behind", [b"X-Endless: " + b"a" * 900_000, b"X-A: 1\r\n" * 90_000])
def test_what_comes_behind_a_body_is_bounded_too(workspace: Workspace, behind: bytes) -> None:
    head = create(workspace, b"", 0).replace(
        b"Content-Length: 0\r\n\r\n", b"Transfer-Encoding: chunked\r\n\r\n"
    )
    came = held(address(workspace), [head + b"2\r\n{}\r\n0\r\n" + behind])

    assert came.statuses == [431]
    assert workspace.journal() == []


def test_what_comes_behind_a_body_is_no_header_of_the_request(workspace: Workspace) -> None:
    head = (
        create(workspace, b"", 0)
        .replace(b"Content-Length: 0\r\n\r\n", b"Transfer-Encoding: chunked\r\n\r\n")
        .replace(AUTH, b"")
    )

    came = held(address(workspace), [head + b"2\r\n{}\r\n0\r\nX-Behind: 1\r\n" + AUTH + b"\r\n"])

    assert came.statuses == [401]
    [entry] = workspace.journal()
    assert "x-behind" not in workspace.control.get(f"/journal/{entry['id']}").text.lower()
