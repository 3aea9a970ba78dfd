"""Connects to a target: a name's addresses are judged, and one of those judged is connected to."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine, Iterable, Sequence
from functools import partial
from typing import Any

import httpcore2

from simulator.engine.delivery.policy import TargetPolicy, known_addresses
from simulator.engine.delivery.resolving import Resolver

_HEAD_START = 0.25
"""Seconds that an address has before the next one is tried beside it (RFC 8305)."""

_Stream = httpcore2.AsyncNetworkStream
_Connect = Callable[[str], Coroutine[Any, Any, _Stream]]


class NameNotFound(httpcore2.ConnectError):
    """Nobody knows an address of the host."""


class Forbidden(httpcore2.ConnectError):
    """None of the host's addresses may be called; the message says so."""


class JudgedConnections(httpcore2.AnyIOBackend):
    """Connections to addresses that the policy admits; the name stays that of TLS and `Host`."""

    def __init__(self, policy: TargetPolicy) -> None:
        self._policy = policy
        self._resolver = Resolver()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> _Stream:
        """Connect to one of the addresses that the host has now. Raises `NameNotFound`,
        `Forbidden`, and ConnectError when nobody listens at any of them."""
        refused = self._policy.refusal_of_host(host)
        if refused is not None:
            raise Forbidden(refused)
        found = known_addresses(host) or await self._looked_up(host)
        addresses = self._policy.admitted(host, found)
        if not addresses:
            raise Forbidden(f"webhooks may not go to {host}: it resolves to {', '.join(found)}")
        connect = partial(
            super().connect_tcp,
            port=port,
            timeout=timeout,
            local_address=local_address,
            socket_options=socket_options,
        )
        return await (connect(addresses[0]) if len(addresses) == 1 else _first(addresses, connect))

    async def _looked_up(self, host: str) -> Sequence[str]:
        try:
            return await self._resolver.addresses(host)
        except OSError as error:
            raise NameNotFound(str(error)) from error


async def _first(addresses: Sequence[str], connect: _Connect) -> _Stream:
    """The connection to whichever address answers first; each has a head start before the next.
    Raises what became of the last one when none does."""
    left = deque(addresses)
    trying: set[asyncio.Task[_Stream]] = set()
    error: BaseException | None = None
    try:
        while left or trying:
            if left:
                trying.add(asyncio.create_task(connect(left.popleft())))
            done, trying = await asyncio.wait(
                trying,
                timeout=_HEAD_START if left else None,
                return_when=asyncio.FIRST_COMPLETED,
            )
            for task in done:
                error = task.exception()
                if error is None:
                    trying |= done - {task}
                    return task.result()
    finally:
        await _let_go(trying)
    raise error or httpcore2.ConnectError("there is no address")


async def _let_go(tasks: set[asyncio.Task[_Stream]]) -> None:
    for task in tasks:
        task.cancel()
    for stream in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(stream, _Stream):
            await stream.aclose()
