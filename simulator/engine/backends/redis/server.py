"""A server that is asked to run scripts, again where an answer was lost."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from time import perf_counter
from typing import Any, TypeVar

from redis.asyncio import RedisCluster
from redis.exceptions import NoScriptError, ResponseError

from simulator.engine.backends.redis import failures
from simulator.engine.backends.redis.address import Address
from simulator.engine.backends.redis.connecting import Client, client
from simulator.engine.backends.redis.scripts import (
    NOTHING,
    Call,
    Item,
    Script,
    by_portion,
    by_shelf,
)
from simulator.engine.backends.store import Counts, StoreFailure

_CLOSED = "'NoneType' object is not callable"
"""What CPython 3.12 and early 3.13 raise of a connection that is closed while it is written to, as
a TypeError of asyncio's own."""

T = TypeVar("T")

_FIRST_PAUSE, _LONGEST_PAUSE = 0.01, 0.25
"""Seconds before another try."""
_MARKED = 1_000_000
"""Seconds for which a server has something to be written to."""


class Server:
    """A server or cluster. What cannot be done within the address's time is a `StoreFailure`."""

    def __init__(self, address: Address, counts: Counts) -> None:
        self.address = address
        self._counts = counts
        self._client: Client = client(address)
        self._is_marked = False

    async def close(self) -> None:
        """Let go of all connections."""
        await self._client.aclose()

    async def each(
        self, script: Script, items: Sequence[Item], head: bytes = NOTHING, *, copied: bool = False
    ) -> list[Any]:
        """What a script answers to each item. With `copied` it waits for the replicas, too."""
        calls = [*(by_shelf(items) if self.address.cluster else by_portion(items))]
        replies = await self.asked(lambda: self._called(script, calls, head, copied))
        answers: list[Any] = [None] * len(items)
        for call, reply in zip(calls, replies, strict=True):
            for place, answer in zip(call.places, reply, strict=True):
                answers[place] = answer
        return answers

    async def one(self, script: Script, item: Item, head: bytes = NOTHING) -> Any:
        """What a script answers to one item."""
        return (await self.each(script, [item], head))[0]

    async def told(self) -> list[dict[str, Any]]:
        """What each server that is asked tells about itself."""
        if isinstance(self._client, RedisCluster):
            cluster: Any = self._client
            told = await self.asked(
                lambda: cluster.execute_command("INFO", target_nodes=RedisCluster.PRIMARIES)
            )
            return [*told.values()]
        return [*await self.commands([("INFO",)])]

    async def lives(self) -> set[tuple[Any, Any]]:
        """The servers that are asked, each of which is another one after it began anew, or took
        the place of its primary."""
        return {(each.get("run_id"), each.get("master_replid")) for each in await self.told()}

    async def command(self, *words: Any) -> Any:
        """The answer to a command about one key."""
        return (await self.commands([words]))[0]

    async def commands(self, commands: Sequence[Sequence[Any]]) -> list[Any]:
        """The answers to commands about one key each, in one go."""
        return await self.asked(lambda: self._sent(commands))

    async def asked(self, ask: Callable[[], Awaitable[T]]) -> T:
        """What `ask` gives: tried again where that may help, as long as there is time."""
        loop, counts = asyncio.get_running_loop(), self._counts
        deadline, pause = loop.time() + self.address.timeout, _FIRST_PAUSE
        last: Exception | None = None
        while True:
            counts.round_trips += 1
            begun = perf_counter()
            try:
                async with asyncio.timeout_at(deadline):
                    return await _heard(ask)
            except TimeoutError:
                await self._let_go_of_idle()
                if last is not None:
                    raise failures.failure(last, self.address) from last
                raise failures.unknown_after(self.address) from None
            except failures.FAILURES as error:
                if not failures.passes(error) or loop.time() + pause >= deadline:
                    raise failures.failure(error, self.address) from error
                last = error
            finally:
                counts.seconds += perf_counter() - begun
            # By now the address may lead to another server, which took over.
            await self._let_go_of_idle()
            counts.retries += 1
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    async def _let_go_of_idle(self) -> None:
        """Let go of connections that nobody uses: where one leads nowhere any more, or to a server
        that is of no use, others do."""
        if not isinstance(self._client, RedisCluster):
            await self._client.connection_pool.disconnect(inuse_connections=False)

    async def _called(
        self, script: Script, calls: Sequence[Call], head: bytes, copied: bool
    ) -> list[Any]:
        address = self.address
        wanted = copied and address.replicas > 0
        waiting = self._copying if wanted and self._is_marked else []
        known = [_evaluation("EVALSHA", script.sha, call, head) for call in calls]
        replies = await self._replies([*known, *waiting])
        if any(isinstance(reply, NoScriptError) for reply in replies):
            # The server is a new one, or forgot its scripts; this makes it remember.
            told = [_evaluation("EVAL", script.text, call, head) for call in calls]
            replies = await self._replies(told)
        _good(replies)
        marked, copies = replies[len(calls) :] or (0, 0)
        if wanted and not marked:
            # The mark is not there yet, or was forgotten.
            await self._sent([("SET", self._mark, "", "EX", _MARKED)])
            self._is_marked = True
            _, copies = await self._sent(self._copying)
        if wanted and copies < address.replicas:
            raise StoreFailure(
                f"{address.place} has kept it, but fewer than {address.replicas} of its replicas "
                "have: see INFO replication, or lower replicas="
            )
        return replies[: len(calls)]

    @property
    def _mark(self) -> str:
        return f"{{{self.address.prefix}}}:mark"

    @property
    def _copying(self) -> list[tuple[Any, ...]]:
        """Waits until replicas have all that is there. Valkey waits for what a connection has
        written itself, and so something is written first, which needs no memory: what is told may
        be what another one kept just now."""
        address = self.address
        milliseconds = int(address.timeout * 400)
        return [("EXPIRE", self._mark, _MARKED), ("WAIT", address.replicas, milliseconds)]

    async def _sent(self, commands: Sequence[Sequence[Any]]) -> list[Any]:
        return _good(await self._replies(commands))

    async def _replies(self, commands: Sequence[Sequence[Any]]) -> list[Any]:
        """The answers, with errors of the server among them."""
        if len(commands) == 1:
            try:
                return [await self._client.execute_command(*commands[0])]
            except ResponseError as error:
                return [error]
        pipeline: Any = (
            self._client.pipeline()
            if isinstance(self._client, RedisCluster)
            else self._client.pipeline(transaction=False)
        )
        for command in commands:
            pipeline.execute_command(*command)
        replies: list[Any] = await pipeline.execute(raise_on_error=False)
        return replies


async def _heard(ask: Callable[[], Awaitable[T]]) -> T:
    try:
        return await ask()
    except TypeError as error:
        if str(error) != _CLOSED:
            raise
        raise ConnectionError("it was closed while it was written to") from error


def _good(replies: list[Any]) -> list[Any]:
    for reply in replies:
        if isinstance(reply, Exception):
            raise reply
    return replies


def _evaluation(command: str, script: str | bytes, call: Call, head: bytes) -> tuple[Any, ...]:
    return (command, script, len(call.shelves), *call.shelves, head, *call.words)
