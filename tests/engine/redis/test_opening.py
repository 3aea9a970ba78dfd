"""Servers that cannot be used are told apart before anything is kept, with words for each."""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext
from pathlib import Path

import pytest

from simulator.engine.backends.redis import RedisStore, opening
from simulator.engine.backends.store import Refused, StoreFailure
from tests.engine.store_conformance import BOUNDS, CODEC, commit, kept, note
from tests.support.redis_server import DoesNotBegin, Lossy, RedisServer

pytestmark = pytest.mark.asyncio


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[RedisStore]:
    """A store that is open."""
    store = RedisStore(url, CODEC, BOUNDS)
    await store.open()
    try:
        yield store
    finally:
        await store.close()


async def failure(url: str, kind: type[Exception]) -> str:
    """The words with which a store does not open."""
    store = RedisStore(url, CODEC, BOUNDS)
    with pytest.raises(kind) as failed:
        await store.open()
    return str(failed.value)


async def test_nobody_listens() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        place = f"redis://127.0.0.1:{probe.getsockname()[1]}"
        words = await failure(f"{place}?timeout=0.1", StoreFailure)
    assert f"{place} cannot be reached" in words


async def test_a_name_that_nobody_has() -> None:
    words = await failure("redis://no-such-host.invalid?timeout=0.5", StoreFailure)
    assert "redis://no-such-host.invalid:6379" in words


async def test_nobody_answers() -> None:
    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_server(listen, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    words = await failure(f"redis://127.0.0.1:{port}?timeout=0.1", StoreFailure)
    assert "has not answered within 0.1 s" in words
    server.close()


async def test_something_else_answers() -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
        await reader.read()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    words = await failure(f"redis://127.0.0.1:{port}", Refused)
    assert "is no Redis server: something else answers there" in words
    server.close()


async def test_passwords(tmp_path: Path) -> None:
    with RedisServer(tmp_path, "requirepass secret") as server:
        host = f"127.0.0.1:{server.port}"
        assert "wants a password" in await failure(f"redis://{host}", Refused)
        words = await failure(f"redis://:guess@{host}", Refused)
        assert "does not know this user and password" in words
        assert "guess" not in words
        async with opened(f"redis://:secret@{host}"), opened(f"redis://default:secret@{host}"):
            pass


async def test_a_password_where_there_is_none(redis_server: RedisServer) -> None:
    words = await failure(f"redis://:guess@127.0.0.1:{redis_server.port}", Refused)
    assert "leave it out of the URL" in words


async def test_a_user_that_may_do_little(tmp_path: Path) -> None:
    allowed = "~{ours* +@read +@write +@scripting +@connection +info +time +wait"
    options = (f"user some on >secret {allowed}", "user none on >secret ~other* +@all")
    with RedisServer(tmp_path, *options) as server:
        host = f"secret@127.0.0.1:{server.port}?prefix=ours"
        assert "does not let this user" in await failure(f"redis://none:{host}", Refused)
        async with opened(f"redis://some:{host}") as store:
            await kept(store, commit("a", 0, note(1), whole=True, journal=[b"x"]))
            await store.drop("a")


async def test_a_database_that_there_is_not(redis_server: RedisServer) -> None:
    words = await failure(f"{redis_server.url}/99", Refused)
    assert "has no such database" in words


async def test_databases_and_prefixes_are_apart(redis_server: RedisServer, prefix: str) -> None:
    async with (
        opened(f"{redis_server.url}/1?prefix={prefix}") as one,
        opened(f"{redis_server.url}/2?prefix={prefix}") as two,
        opened(f"{redis_server.url}/1?prefix={prefix}x") as three,
    ):
        await kept(one, commit("a", 0, note(1)))
        assert [await each.names() for each in (one, two, three)] == [["a"], [], []]


async def test_a_replica_is_refused(redis_server: RedisServer, tmp_path: Path) -> None:
    with RedisServer(tmp_path, f"replicaof 127.0.0.1 {redis_server.port}") as replica:
        words = await failure(replica.url, Refused)
        assert f"is a replica of 127.0.0.1:{redis_server.port}" in words


async def test_one_that_throws_away_what_it_is_given_is_refused(tmp_path: Path) -> None:
    with RedisServer(tmp_path / "one", "maxmemory-policy allkeys-lru") as server:
        assert "set it to noeviction" in await failure(server.url, Refused)
    with RedisServer(tmp_path / "two", "maxmemory-policy volatile-lru") as server:
        async with opened(server.url):
            pass


async def test_a_newer_layout_is_refused(url: str, prefix: str) -> None:
    async with opened(url) as store:
        server = store._there.server
        assert await server.command("GET", f"{{{prefix}}}:layout") == b"1"
        await server.command("SET", f"{{{prefix}}}:layout", 2)
    words = await failure(url, Refused)
    assert "of a newer carrier-simulator" in words
    assert "layout 2; this one knows 1" in words


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"redis_version": "6.0.16"}, "is Redis 6.0.16: Redis 6.2 or Valkey 7.2 is the oldest"),
        ({"redis_version": "7.2.4", "valkey_version": "7.1.0"}, "is Valkey 7.1.0"),
        ({"redis_version": "6.2.0"}, ""),
        ({"redis_version": "7.2.4", "valkey_version": "8.0.1"}, ""),
        ({}, ""),
    ],
)
async def test_old_servers_are_refused(told: dict[str, str], words: str) -> None:
    with pytest.raises(Refused, match=words) if words else nullcontext():
        opening.check(told, "redis://host", False)


async def test_a_socket(tmp_path: Path) -> None:
    with RedisServer(tmp_path, f"unixsocket {tmp_path}/redis.sock"):
        async with opened(f"unix://{tmp_path}/redis.sock") as store:
            await kept(store, commit("a", 0, note(1)))
            assert await store.names() == ["a"]


@asynccontextmanager
async def speaking_tls(folder: Path, key: Path, cert: Path) -> AsyncIterator[tuple[int, int]]:
    """The ports of a server without and with TLS: its own, or, where it was built without, that of
    a way to it."""
    with RedisServer(folder / "free") as server:
        free = server.port
    options = (f"tls-port {free}", f"tls-cert-file {cert}", f"tls-key-file {key}")
    async with AsyncExitStack() as stack:
        own = RedisServer(folder / "tls", *options, "tls-auth-clients no")
        try:
            stack.enter_context(own)
            ports = own.port, free
        except DoesNotBegin as told:
            if not re.search("Bad directive|TLS support", str(told)):
                raise
            server = stack.enter_context(RedisServer(folder / "plain"))
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(cert, key)
            way = await stack.enter_async_context(Lossy(server.port).open(context))
            ports = server.port, way.port
        yield ports


async def test_tls(tmp_path: Path) -> None:
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    subprocess.run(
        [*make, *names, "-keyout", str(key), "-out", str(cert)], check=True, capture_output=True
    )
    async with speaking_tls(tmp_path, key, cert) as (plain, encrypted):
        async with opened(f"rediss://localhost:{encrypted}?ca={cert}") as store:
            await kept(store, commit("a", 0, note(1)))
        words = await failure(f"rediss://127.0.0.1:{encrypted}", Refused)
        assert "has a certificate that is not trusted: name ca=<file>" in words
        await failure(f"rediss://127.0.0.1:{plain}?timeout=0.1", StoreFailure)
        await failure(f"redis://127.0.0.1:{encrypted}?timeout=0.1", StoreFailure)


async def test_without_the_client_the_words_say_what_to_install() -> None:
    script = (
        "import asyncio, sys\n"
        "sys.modules['redis'] = None\n"
        "from simulator.engine.backends.codec import Codec\n"
        "from simulator.engine.backends.redis import RedisStore\n"
        "from simulator.engine.backends.store import Refused\n"
        "try:\n"
        "    asyncio.run(RedisStore('redis://me:secret@host', Codec([]), {}).open())\n"
        "except Refused as refused:\n"
        "    print(refused)\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    ).stdout
    assert said.strip() == (
        "redis://host:6379 needs a client that is not installed: "
        'pip install "carrier-simulator[redis]"'
    )
