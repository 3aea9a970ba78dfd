"""What webhooks of a world are sent to: it remembers what came, and fails now and then."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import NamedTuple

from benchmarks.soak.wire import HOST

_FAILS = 0.03
"""The share of webhooks that are answered with 503."""


def text(body: str | bytes) -> str:
    """A body in the one form in which it can be compared."""
    return json.dumps(json.loads(body), sort_keys=True)


class Target:
    """`came` are the bodies in the order in which they arrived, `taken` those answered with 200."""

    def __init__(self, chance: random.Random) -> None:
        self.came: list[str] = []
        self.taken: set[str] = set()
        self.url = ""
        self._chance = chance

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection."""
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                lines = head.lower().split(b"\r\n")
                length = next(
                    int(line[15:]) for line in lines if line.startswith(b"content-length:")
                )
                body = text(await reader.readexactly(length))
                self.came.append(body)
                if self._chance.random() < _FAILS:
                    writer.write(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")
                else:
                    self.taken.add(body)
                    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass  # a replica was killed
        finally:
            writer.close()


class Targets(NamedTuple):
    """Those of one world: of an organization of InPost, and of a shop of MyParcel."""

    inpost: Target
    myparcel: Target


@asynccontextmanager
async def listening(chance: random.Random) -> AsyncIterator[Targets]:
    """The targets of a world, each at a port of its own."""
    async with AsyncExitStack() as stack:
        targets = Targets(Target(chance), Target(chance))
        for target in targets:
            server = await asyncio.start_server(target.take, HOST, 0)
            stack.callback(server.close)
            target.url = f"http://{HOST}:{server.sockets[0].getsockname()[1]}/hook"
        yield targets
