"""Looks names up, in threads of its own: a name that hangs keeps nobody else waiting."""

from __future__ import annotations

import asyncio
import socket
from functools import partial

from simulator.engine.delivery.aside import aside

_MOST = 128
"""Look-ups at once. Each has a thread while it runs; systems give a name up after some 30 s."""


class Resolver:
    """Looks each name up once at a time, however many want to know it."""

    def __init__(self) -> None:
        self._running: dict[str, asyncio.Task[list[str]]] = {}
        self._free = asyncio.Semaphore(_MOST)

    async def addresses(self, name: str) -> list[str]:
        """The addresses of a name, those first that the system prefers.

        Whoever does not wait any longer leaves the look-up to those who come after. Raises OSError
        for a name that is not known.
        """
        if name not in self._running:
            await self._free.acquire()
            if name in self._running:
                self._free.release()
            else:
                self._begin(name)
        return await asyncio.shield(self._running[name])

    def _begin(self, name: str) -> None:
        look_up = asyncio.get_running_loop().create_task(aside(partial(_look_up, name)))
        self._running[name] = look_up
        look_up.add_done_callback(partial(self._end, name))

    def _end(self, name: str, look_up: asyncio.Task[list[str]]) -> None:
        del self._running[name]
        self._free.release()
        if not look_up.cancelled():
            look_up.exception()  # Nobody may be waiting for it any more.


def _look_up(name: str) -> list[str]:
    try:
        found = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise OSError(str(error)) from None
    return list(dict.fromkeys(str(each[4][0]) for each in found))
