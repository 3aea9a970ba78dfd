"""Redis servers of the tests' own, and a way to one that loses what is said."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import ssl
import subprocess
import threading
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from tools.redis_binary import NoServer, redis_binary

_READY = b"Ready to accept connections"
_LOWEST, _HIGHEST = 20_000, 50_000
"""Ports; a node of a cluster needs the one that is 10,000 higher, too."""


class DoesNotBegin(Exception):
    """What a server tells before it ends at once."""


def binary() -> str:
    """The server that tests start; fails the test where there is none."""
    try:
        return redis_binary()
    except NoServer as missing:
        pytest.fail(str(missing), pytrace=False)


class RedisServer:
    """A server on a port of 127.0.0.1, with little memory, which ends with its `with` block.

    `options` are lines of its configuration. It keeps nothing on disk unless they say so, and can
    be killed and started again at the same port.
    """

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        self.port = _free_port()
        self._began = False
        self._options = options
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Without options."""
        return f"redis://127.0.0.1:{self.port}"

    @property
    def runs(self) -> bool:
        """Whether it was started, and not killed since."""
        return self._process is not None

    def start(self) -> None:
        """Begin, and wait until it answers; raises `DoesNotBegin`."""
        for _ in range(5):
            told = self._tried()
            if not told:
                self._began = True
                return
            self.kill()
            # Somebody else may have taken the port.
            if not self._began:
                self.port = _free_port()
        raise DoesNotBegin(told)

    def _tried(self) -> str:
        """What it tells when it does not begin."""
        self.folder.mkdir(parents=True, exist_ok=True)
        said = [
            f"port {self.port}",
            "bind 127.0.0.1",
            "save ''",
            "maxmemory 256mb",
            f"dir {self.folder}",
            *self._options,
        ]
        process = subprocess.Popen(
            [binary(), "-"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self._process = process
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("\n".join([*said, ""]).encode())
        process.stdin.close()
        told = []
        for line in process.stdout:
            told.append(line)
            if _READY in line:
                return ""
        return b"".join(told).decode() or "nothing"

    def kill(self) -> None:
        """End it without a chance to do anything more."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait(10)
            assert process.stdout is not None
            process.stdout.close()

    @contextlib.contextmanager
    def standing_still(self) -> Iterator[None]:
        """Within it, it hears and does nothing, and its connections stay."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def ask(self, *words: str) -> bytes:
        """What it answers to a command, as it comes."""
        packed = "".join(f"${len(word)}\r\n{word}\r\n" for word in words)
        with socket.create_connection(("127.0.0.1", self.port), 10) as connection:
            connection.sendall(f"*{len(words)}\r\n{packed}".encode())
            return connection.recv(65536)

    def follow(self, primary: RedisServer) -> None:
        """Become a replica of another one."""
        self.ask("REPLICAOF", "127.0.0.1", str(primary.port))

    def promote(self) -> None:
        """Become a primary, with what is there."""
        self.ask("REPLICAOF", "NO", "ONE")

    def stop_following(self, primary: RedisServer) -> None:
        """Take over what its primary was told until now, and nothing more of it."""
        primary.ask("SET", "until", str(self.port))
        while str(self.port).encode() not in self.ask("GET", "until"):
            time.sleep(0.005)
        self.ask("REPLICAOF", "127.0.0.1", "1")
        while b"connected_slaves:0" not in primary.ask("INFO", "replication"):
            time.sleep(0.02)

    def wait_for_cluster(self) -> None:
        """Wait until it knows the nodes of its cluster, and all slots have one."""
        while b"cluster_state:ok" not in self.ask("CLUSTER", "INFO"):
            time.sleep(0.02)

    def __enter__(self) -> RedisServer:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()


@contextlib.contextmanager
def replica_of(primary: RedisServer, folder: Path) -> Iterator[RedisServer]:
    """A replica that has all of its primary."""
    with RedisServer(folder, f"replicaof 127.0.0.1 {primary.port}") as replica:
        while b"state=online" not in primary.ask("INFO", "replication"):
            time.sleep(0.02)
        yield replica


def _free_port() -> int:
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port: int = probe.getsockname()[1]
        if _LOWEST <= port <= _HIGHEST:
            return port


class Lossy:
    """A way to a server. Each request that runs a script meets the next of its `fates`: ``request``
    loses the request and the connection, ``answer`` lets it arrive and loses what comes back,
    ``silence`` loses the request and says nothing, which sets `silent`. Others pass. Between an
    answer and its loss, `at_loss` is waited for."""

    def __init__(self, port: int) -> None:
        self.fates: deque[str] = deque()
        self.silent = asyncio.Event()
        self.at_loss: Callable[[], Awaitable[object]] | None = None
        self.port = 0
        self._to = port
        self._serving: set[asyncio.Task[None]] = set()
        self._writers: set[asyncio.StreamWriter] = set()

    @contextlib.asynccontextmanager
    async def open(self, context: ssl.SSLContext | None = None) -> AsyncIterator[Lossy]:
        """Listen, with a context for TLS."""
        server = await asyncio.start_server(self._begin, "127.0.0.1", 0, ssl=context)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            for writer in self._writers:
                writer.transport.abort()
            await asyncio.gather(*self._serving, return_exceptions=True)
            await server.wait_closed()

    def lead_to(self, port: int) -> None:
        """Lead connections that come from now on to another server; others stay as they are."""
        self._to = port

    def _begin(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._serving.add(asyncio.create_task(self._serve(reader, writer)))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there, to = await asyncio.open_connection("127.0.0.1", self._to)
        except OSError:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()
            return
        self._writers |= {writer, to}
        losing = asyncio.Event()
        ways = [
            asyncio.create_task(self._requests(reader, to, losing)),
            asyncio.create_task(self._answers(there, writer, losing)),
        ]
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        for each in (writer, to):
            each.close()
        await asyncio.gather(*ways, return_exceptions=True)
        for each in (writer, to):
            with contextlib.suppress(OSError):
                await each.wait_closed()
        self._writers -= {writer, to}

    async def _requests(
        self, reader: asyncio.StreamReader, to: asyncio.StreamWriter, losing: asyncio.Event
    ) -> None:
        while said := await reader.read(1 << 20):
            fate = self.fates.popleft() if b"EVAL" in said and self.fates else ""
            if fate == "request":
                return
            if fate == "silence":
                self.silent.set()
                continue
            if fate == "answer":
                losing.set()
            to.write(said)
            await to.drain()

    async def _answers(
        self, there: asyncio.StreamReader, writer: asyncio.StreamWriter, losing: asyncio.Event
    ) -> None:
        while said := await there.read(1 << 20):
            if losing.is_set():
                if self.at_loss is not None:
                    await self.at_loss()
                return
            writer.write(said)
            await writer.drain()


@contextlib.contextmanager
def way_to(port: int) -> Iterator[Lossy]:
    """A way to a server that is served by a thread."""
    way, ready = Lossy(port), threading.Event()

    async def serve() -> None:
        over = asyncio.Event()
        async with way.open():
            ends.append((asyncio.get_running_loop(), over))
            ready.set()
            await over.wait()

    ends: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []
    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    assert ready.wait(10)
    try:
        yield way
    finally:
        for loop, over in ends:
            loop.call_soon_threadsafe(over.set)
        thread.join(10)


@contextlib.contextmanager
def cluster(folder: Path) -> Iterator[list[RedisServer]]:
    """Three nodes that share the slots of a cluster."""
    with contextlib.ExitStack() as stack:
        nodes = [
            stack.enter_context(
                RedisServer(folder / str(number), "cluster-enabled yes", "appendonly no")
            )
            for number in range(3)
        ]
        bounds = (0, 5461, 10922, 16384)
        for node, first, end in zip(nodes, bounds, bounds[1:], strict=False):
            node.ask("CLUSTER", "ADDSLOTS", *map(str, range(first, end)))
            node.ask("CLUSTER", "MEET", "127.0.0.1", str(nodes[0].port))
        for node in nodes:
            node.wait_for_cluster()
        yield nodes
