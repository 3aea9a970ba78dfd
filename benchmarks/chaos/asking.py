"""A client that asks whichever replica it likes, and is told, refused, or left in the dark."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Literal

import httptools

from benchmarks.soak.wire import Answer, Client, Refused

Outcome = Literal["kept", "refused", "unknown"]
"""A success, a refusal, or neither: nobody knows whether it was done."""

_PATIENCE = 4.0
_PAUSE = 0.1
"""Seconds after which one who was left in the dark asks another replica."""


class Caller:
    """Asks replicas by their ports, one request at a time."""

    def __init__(self, ports: Sequence[int], chance: random.Random) -> None:
        self.chance = chance
        self._clients = [Client(port) for port in ports]
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Caller:
        for client in self._clients:
            await self._stack.enter_async_context(client)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._stack.aclose()

    async def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        headers: Mapping[str, str] | None = None,
    ) -> tuple[Outcome, Answer]:
        """What came of it, and the answer, which is empty where none came."""
        client = self.chance.choice(self._clients)
        try:
            async with asyncio.timeout(_PATIENCE):
                answer = await client.call(method, path, body, headers)
        except (OSError, Refused, TimeoutError, httptools.HttpParserError):
            client.close()
            await asyncio.sleep(_PAUSE)
            return "unknown", Answer()
        if answer.status < 300:
            return "kept", answer
        if answer.status < 500:
            return "refused", answer
        await asyncio.sleep(_PAUSE)
        return "unknown", answer
