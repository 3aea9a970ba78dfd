"""Where the replicas keep their worlds, and how their way there is cut."""

from __future__ import annotations

import asyncio
import socket
import sqlite3
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Protocol

from benchmarks.chaos.fleet.ports import steady_port
from tools.redis_binary import redis_binary

_CONFIGURATION = (
    "bind 127.0.0.1\nport {port}\ndir {folder}\nsave ''\nappendonly yes\nappendfsync always\n"
)
_READY = 20.0


class Place(Protocol):
    """A store of the chaos's own, there within its `with` block."""

    url: str

    def __enter__(self) -> Place: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None: ...

    async def cut(self, seconds: float) -> str:
        """Let nobody reach it for a moment; tells what was done."""

    async def crash(self, seconds: float) -> str:
        """The same, in the rudest way."""


class File:
    """A SQLite file. Others can only be kept out by a lock."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "worlds.db"
        self.url = f"sqlite:///{self._path}"

    def __enter__(self) -> File:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    async def cut(self, seconds: float) -> str:
        return await self._lock("IMMEDIATE", seconds)

    async def crash(self, seconds: float) -> str:
        return await self._lock("EXCLUSIVE", seconds)

    async def _lock(self, kind: str, seconds: float) -> str:
        connection = sqlite3.connect(self._path, isolation_level=None, timeout=0)
        try:
            while True:
                try:
                    connection.execute(f"BEGIN {kind}")
                    break
                except sqlite3.OperationalError:
                    await asyncio.sleep(0.001)
            await asyncio.sleep(seconds)
            connection.execute("ROLLBACK")
        finally:
            connection.close()
        return "times the file was locked"


class Redis:
    """A Redis server that keeps what it acknowledged also when it is killed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = steady_port()
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"redis://127.0.0.1:{self._port}"

    def __enter__(self) -> Redis:
        self._start()
        return self

    def __exit__(self, *_: object) -> None:
        self._kill()

    async def cut(self, seconds: float) -> str:
        ends = time.perf_counter() + seconds
        while time.perf_counter() < ends:
            self._ask("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
            await asyncio.sleep(0.1)
        return "times the connections were cut"

    async def crash(self, seconds: float) -> str:
        self._kill()
        await asyncio.sleep(seconds)
        await asyncio.to_thread(self._start)
        return "times the server was killed"

    def _start(self) -> None:
        process = subprocess.Popen(
            [redis_binary(), "-"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
        )
        self._process = process
        assert process.stdin is not None
        text = _CONFIGURATION.format(port=self._port, folder=self._folder)
        process.stdin.write(text.encode())
        process.stdin.close()
        ends = time.perf_counter() + _READY
        while time.perf_counter() < ends:
            try:
                if self._ask("PING").startswith(b"+PONG"):
                    return
            except OSError:
                time.sleep(0.01)
        raise RuntimeError(f"the server at {self.url} does not answer")

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def _ask(self, *words: str) -> bytes:
        packed = "".join(f"${len(word)}\r\n{word}\r\n" for word in words)
        with socket.create_connection(("127.0.0.1", self._port), 5) as connection:
            connection.sendall(f"*{len(words)}\r\n{packed}".encode())
            return connection.recv(65536)


PLACES: dict[str, type[File] | type[Redis]] = {"sqlite": File, "redis": Redis}
