"""Connections to targets: kept for the next webhook, and not for ever."""

from __future__ import annotations

import asyncio

import pytest

from simulator.engine.delivery import sending
from simulator.engine.delivery.policy import TargetPolicy
from simulator.engine.delivery.sending import Sender

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"


class Target:
    """Answers every request, and knows how many connections it had and how many ended."""

    def __init__(self) -> None:
        self.begun = 0
        self.ended: asyncio.Queue[None] = asyncio.Queue()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.begun += 1
        while await reader.readline():
            while await reader.readline() not in (b"\r\n", b""):
                pass
            writer.write(ANSWER)
        writer.close()
        await writer.wait_closed()
        self.ended.put_nowait(None)


@pytest.mark.asyncio
async def test_a_connection_serves_again_and_ends_when_nobody_needs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sending, "_IDLE_SECONDS", 1.0)
    target = Target()
    server = await asyncio.start_server(target.serve, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook"
    sender = Sender(TargetPolicy(), 5.0, 10)
    for _ in range(3):
        assert (await sender.send("GET", url, {})).status == 200
    assert target.begun == 1
    await asyncio.wait_for(target.ended.get(), 10)
    assert (await sender.send("GET", url, {})).status == 200
    assert target.begun == 2
    await sender.close()
    await asyncio.wait_for(target.ended.get(), 10)
    server.close()
    await server.wait_closed()
