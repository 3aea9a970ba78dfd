"""Copies of worlds give way to others, and are of one instant all the same."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from simulator.core.tables import State
from simulator.engine.copies import pace
from simulator.engine.copies.building import copied
from simulator.engine.records import ENGINE_TABLES, JOBS, Job
from simulator.engine.snapshots.document import Document

AT = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
COUNT = 1000


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever may give way does."""
    monkeypatch.setattr(pace, "TURN", 0.0)


def _state() -> State:
    state = State(ENGINE_TABLES)
    for number in range(1, COUNT + 1):
        state[JOBS].put(Job(number, AT, "toy.arrive", {"parcel": number}))
    state.commit()
    return state


def test_a_copy_gives_way_and_is_of_the_instant_at_which_it_began() -> None:
    state = _state()
    before = list(state[JOBS])
    turns = 0

    async def change() -> None:
        nonlocal turns
        while True:
            turns += 1
            state[JOBS].delete(turns)
            state[JOBS].put(Job(COUNT + turns, AT, "toy.arrive", {}))
            state.commit()
            await asyncio.sleep(0)

    async def play() -> None:
        changing = asyncio.ensure_future(change())
        made = await copied(state)
        changing.cancel()
        assert list(made.state[JOBS]) == before
        assert sorted(made.due) == [(AT, job.id) for job in before]
        assert not made.state.changed

    asyncio.run(play())
    assert turns >= COUNT // 64
    assert list(state[JOBS]) != before


def test_a_document_is_read_whatever_its_pieces_are() -> None:
    inner = '[-1.5e+3, "\\"x]\\u017a\\ud83d\\ude00ż", {"b": [true, 0.25, null]}]'.encode()
    text = b' {"a" : ' + inner + b', "c":12, "d":null}'

    async def read(size: int) -> list[bytes]:
        async def pieces() -> AsyncIterator[bytes]:
            for at in range(0, len(text), size):
                yield text[at : at + size]

        document, found = Document(pieces(), pace.Pace()), []
        await document.take(b"{")
        while True:
            found.append(await document.value())
            await document.take(b":")
            found.append((await document.value()).strip())
            if await document.take(b",}") == b"}":
                assert not await document.next()
                return found

    wanted = [b'"a"', inner, b'"c"', b"12", b'"d"', b"null"]
    for size in range(1, len(text) + 1):
        assert [each.strip() for each in asyncio.run(read(size))] == wanted
