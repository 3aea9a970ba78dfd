"""Of several addresses of a target, whichever answers first is taken."""

from __future__ import annotations

import asyncio
import socket

import httpcore2
import pytest

from simulator.engine.delivery.connecting import JudgedConnections
from simulator.engine.delivery.policy import TargetPolicy
from tests.support.receiver import hanging


class _Stream(httpcore2.AsyncNetworkStream):
    """A connection that only remembers where it leads."""

    def __init__(self, address: str) -> None:
        self.address = address


def _connected_to(monkeypatch: pytest.MonkeyPatch, **addresses: str) -> str:
    """Where one is connected to whose addresses are fine, hang or refuse."""
    begun: list[str] = []

    async def connect_tcp(_: object, host: str, **__: object) -> _Stream:
        begun.append(host)
        match addresses[host]:
            case "hangs":
                await asyncio.Event().wait()
            case "refuses":
                raise httpcore2.ConnectError(f"nobody at {host}")
        return _Stream(host)

    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, 0)) for each in addresses]
    monkeypatch.setattr(httpcore2.AnyIOBackend, "connect_tcp", connect_tcp)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    stream = asyncio.run(JudgedConnections(TargetPolicy()).connect_tcp("shop", 80))
    assert isinstance(stream, _Stream)
    assert begun == list(addresses)[: len(begun)]
    return stream.address


def test_an_address_that_hangs_or_refuses_is_no_hindrance(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = {"10.0.0.1": "hangs", "10.0.0.2": "refuses", "10.0.0.3": "answers"}

    assert _connected_to(monkeypatch, **tried) == "10.0.0.3"


def test_the_first_address_is_preferred(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = {"10.0.0.1": "answers", "10.0.0.2": "answers"}

    assert _connected_to(monkeypatch, **tried) == "10.0.0.1"


def test_nobody_at_any_address_is_told_of_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(httpcore2.ConnectError, match=r"nobody at 10\.0\.0\.2"):
        _connected_to(monkeypatch, **{"10.0.0.1": "refuses", "10.0.0.2": "refuses"})


def test_this_machine_is_not_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(*_: object, **__: object) -> None:
        raise AssertionError("nobody has to be asked")

    async def play(port: int) -> None:
        monkeypatch.setattr(socket, "getaddrinfo", look_up)
        for host in ("127.0.0.1", "localhost", "shop.localhost"):
            stream = await JudgedConnections(TargetPolicy()).connect_tcp(host, port)
            await stream.aclose()

    with hanging(1) as [url]:
        asyncio.run(play(int(url.rstrip("/").rpartition(":")[2])))
