"""Whatever gets lost on the way to a Redis server and back, a commit happens exactly once."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from simulator.engine.backends.redis import RedisStore
from simulator.engine.backends.store import StoreFailure
from tests.engine.store_conformance import BIG, BOUNDS, CODEC, Note, as_rows, commit, kept, note
from tests.support.redis_server import Lossy, RedisServer

pytestmark = pytest.mark.asyncio

ALL_FATES = ("request", "answer", "pass", "answer", "answer", "request", "request", "pass")


@pytest_asyncio.fixture
async def way(redis_server: RedisServer) -> AsyncIterator[Lossy]:
    """The way that the store of the test takes."""
    async with Lossy(redis_server.port).open() as way:
        yield way


@pytest_asyncio.fixture
async def store(way: Lossy, prefix: str) -> AsyncIterator[RedisStore]:
    """A store that has just been opened."""
    store = RedisStore(f"redis://127.0.0.1:{way.port}?prefix={prefix}", CODEC, BOUNDS)
    await store.open()
    yield store
    await store.close()


async def test_a_commit_of_which_the_request_or_the_answer_is_lost_is_kept_once(
    store: RedisStore, way: Lossy
) -> None:
    last = await kept(store, commit("a", 0, note(0)))
    for number in range(1, 41):
        way.fates.extend(ALL_FATES[number % 8 : number % 8 + 3])
        changed = commit("a", last.version, note(number), journal=[b"%d" % number])
        following = await kept(store, changed)
        assert following.version == last.version + 1
        last = following
        way.fates.clear()

    whole = await store.load("a")
    assert whole is not None
    assert as_rows(whole.changes) == as_rows([note(number) for number in range(41)])
    entries = await store.entries("a", "journal", 0)
    assert entries == [(number, b"%d" % number) for number in range(21, 41)]
    assert store.counts.retries > 40


async def test_entries_alone_come_once(store: RedisStore, way: Lossy) -> None:
    first = await kept(store, commit("a", 0, note(0)))
    for number in range(1, 11):
        way.fates.extend(["answer", "request", "answer"])
        logged = await kept(store, commit("a", first.version, journal=[b"%d" % number]))
        assert logged.ends == {"journal": number}


async def test_a_whole_commit_begins_once(store: RedisStore, way: Lossy) -> None:
    way.fates.extend(["answer", "request", "answer"])
    first = await kept(store, commit("a", 0, *BIG, whole=True))
    way.fates.extend(["answer"])
    second = await kept(store, commit("a", first.version, note(1), whole=True, journal=[b"x"]))

    assert second.version == second.began == first.version + 1
    assert second.ends == {"journal": 1}


@pytest.mark.parametrize("whole", [True, False])
async def test_a_commit_of_which_the_answer_is_lost_is_known_though_another_began_again_since(
    store: RedisStore, way: Lossy, url: str, whole: bool
) -> None:
    first = await kept(store, commit("a", 0, note(0)))
    for number in (1, 7):  # whose pieces are there then
        first = await kept(store, commit("a", first.version, note(number), whole=True))
    other = RedisStore(url, CODEC, BOUNDS)
    await other.open()
    way.fates.append("answer")
    way.at_loss = lambda: kept(other, commit("a", first.version + 1, note(7), whole=True))
    [second] = await store.commit([commit("a", first.version, note(1), whole=whole)])

    assert second is not None
    assert (second.version, way.fates) == (first.version + 1, deque())
    there = await store.load("a")
    assert there is not None
    assert as_rows(there.changes) == as_rows([note(7)])
    assert await store.since("a", second.version) is None
    assert await store.commit([commit("a", second.version, note(2))]) == [None]
    await other.close()


async def test_many_commits_at_once_are_each_kept_once(store: RedisStore, way: Lossy) -> None:
    begun = await store.commit([commit(f"w{number}", 0, note(0)) for number in range(50)])
    way.fates.extend(["answer", "answer"])
    commits = [
        commit(f"w{number}", each.version, note(1), journal=[b"x"])
        for number, each in enumerate(begun)
        if each is not None
    ]
    answers = await store.commit(commits)

    assert [each and each.version for each in answers] == [each.expected + 1 for each in commits]
    assert [each and each.ends for each in answers] == [{"journal": 1}] * 50


async def test_what_was_lost_before_another_was_faster_is_a_conflict(
    store: RedisStore, way: Lossy, url: str
) -> None:
    faster = RedisStore(url, CODEC, BOUNDS)
    await faster.open()
    first = await kept(store, commit("a", 0, note(0)))
    await kept(faster, commit("a", first.version, note(1)))
    way.fates.extend(["answer", "request"])

    assert await store.commit([commit("a", first.version, note(2))]) == [None]
    await faster.close()


async def test_a_drop_of_which_the_answer_is_lost_spares_what_was_made_since(
    store: RedisStore, way: Lossy, url: str
) -> None:
    await kept(store, commit("a", 0, note(0)))
    other = RedisStore(url, CODEC, BOUNDS)
    await other.open()
    await store.drop("never")
    way.fates.append("answer")
    way.at_loss = lambda: kept(other, commit("a", 0, note(7)))
    await store.drop("a")

    assert await store.names() == ["a"]
    await other.close()


async def test_numbers_are_never_given_twice(store: RedisStore, way: Lossy) -> None:
    way.fates.extend(["answer", "request", "answer"])
    first = await store.reserve("a", 5)
    assert await store.reserve("a", 1) >= first + 5


async def test_a_server_that_says_nothing_is_given_up_in_time(way: Lossy, prefix: str) -> None:
    place = f"redis://127.0.0.1:{way.port}"
    store = RedisStore(f"{place}?prefix={prefix}&timeout=0.1", CODEC, BOUNDS)
    await store.open()
    first = await kept(store, commit("a", 0, note(0)))
    way.fates.append("silence")

    with pytest.raises(StoreFailure, match=r"has not answered within 0\.1 s, and it is not known"):
        await store.commit([commit("a", first.version, note(1))])

    # What comes later never takes the answer that the other one was waiting for.
    assert await store.commit([commit("a", first.version)]) == [first]
    assert await store.names() == ["a"]
    await store.close()


async def test_who_gives_up_waiting_leaves_nothing_behind(store: RedisStore, way: Lossy) -> None:
    first = await kept(store, commit("a", 0, note(0)))
    way.fates.append("silence")
    asking = asyncio.create_task(store.reserve("a", 1))
    await way.silent.wait()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking

    assert await store.commit([commit("a", first.version)]) == [first]


async def test_several_that_count_with_losses_count_right(
    redis_server: RedisServer, prefix: str
) -> None:
    async def count(number: int, rounds: int) -> None:
        """Add one to the number in the note, as often, on a way that loses every other thing."""
        async with Lossy(redis_server.port).open() as way:
            own = f"redis://127.0.0.1:{way.port}?prefix={prefix}&timeout=20"
            store = RedisStore(own, CODEC, BOUNDS)
            await store.open()
            for step in range(rounds):
                way.fates.extend(ALL_FATES[(number + step) % 8 :][:3])
                await add_one(store)
            await store.close()

    async def add_one(store: RedisStore) -> None:
        while True:
            whole = await store.load("a")
            assert whole is not None
            (present,) = whole.changes
            assert isinstance(present.record, Note)
            following = note(0, str(int(present.record.text) + 1))
            expected = whole.kept.version
            if await store.commit([commit("a", expected, following, events=[b"x"])]) != [None]:
                return

    store = RedisStore(f"{redis_server.url}?prefix={prefix}", CODEC, BOUNDS)
    await store.open()
    await kept(store, commit("a", 0, note(0, "0")))
    await asyncio.gather(*(count(number, 10) for number in range(3)))

    whole = await store.load("a")
    assert whole is not None
    assert whole.changes == [note(0, "30")]
    assert whole.kept.ends == {"events": 30}
    await store.close()
