"""The first search of a large world is prepared while others are answered, and nobody can tell."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import httpx2
import pytest

from simulator.engine.copies import pace
from tests.myparcel.client import Shop
from tests.myparcel.parcels import package

COUNT = 600
SEARCH = "/shipments?q=visser&size=1"


class Hold:
    """Keeps whoever gives way to others until it is told to let them go on."""

    def __init__(self) -> None:
        self.is_under_way = threading.Event()
        self.go_on = threading.Event()

    async def pause(self, _: pace.Pace) -> None:
        """In the place of `Pace.pause`."""
        self.is_under_way.set()
        while not self.go_on.is_set():
            await asyncio.sleep(0.001)


@pytest.fixture
def hold(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hold]:
    """Whoever gives way stops at once."""
    made = Hold()
    monkeypatch.setattr(pace.Pace, "pause", lambda self: made.pause(self))
    yield made
    made.go_on.set()


@pytest.fixture
def large(shop: Shop) -> Shop:
    """A shop with more shipments than a search may prepare while others wait."""
    for _ in range(COUNT // 50):
        shop.create(*[package() for _ in range(50)])
    return shop


@pytest.fixture
def aside() -> Iterator[ThreadPoolExecutor]:
    """Threads for what waits."""
    with ThreadPoolExecutor(4) as threads:
        yield threads


def _search(shop: Shop) -> httpx2.Response:
    with httpx2.Client(
        base_url=shop.base_url, headers=shop.client.headers, trust_env=False, timeout=30
    ) as client:
        return client.get(SEARCH)


def _found(asked: Future[httpx2.Response]) -> int:
    response = asked.result(30)
    assert response.status_code == 200, response.text
    results: int = response.json()["data"]["results"]
    return results


def test_others_are_answered_while_a_search_is_prepared_and_what_they_do_is_in_it(
    large: Shop, hold: Hold, aside: ThreadPoolExecutor
) -> None:
    asked = [aside.submit(_search, large) for _ in range(3)]
    assert hold.is_under_way.wait(30)

    assert httpx2.get(f"{large.workspace.base_url}/_sim/health").status_code == 200
    [first, *_] = large.create(package(), package())
    assert large.client.delete(f"/shipments/{first}").is_success
    assert not any(each.done() for each in asked)

    hold.go_on.set()
    assert [_found(each) for each in asked] == [COUNT + 1] * 3
    assert large.client.get(SEARCH).json()["data"]["results"] == COUNT + 1


def test_a_search_that_is_prepared_counts_once(
    large: Shop, hold: Hold, aside: ThreadPoolExecutor
) -> None:
    workspace = large.workspace
    hold.go_on.set()
    workspace.quirk("myparcel.edition", "today")
    workspace.quirk("myparcel.rate_limits", True)
    rule = {"when": {"operation": "myparcel.list_shipments"}, "delay": {"by": "1ms"}, "times": 5}
    made = workspace.control.post("/rules", json=rule)
    assert made.status_code == 201, made.text
    before = len(workspace.journal(limit=1000))

    assert _found(aside.submit(_search, large)) == COUNT
    assert hold.is_under_way.is_set()

    assert len(workspace.journal(limit=1000)) == before + 1
    [counted] = workspace.records("myparcel", "asked_requests")
    assert len(counted["times"]) == 1
    [shown] = workspace.control.get("/rules").json()["items"]
    assert (shown["seen"], shown["used"]) == (1, 1)


def test_a_world_that_goes_while_a_search_is_prepared_is_not_searched_on(
    large: Shop, hold: Hold, aside: ThreadPoolExecutor
) -> None:
    asked = aside.submit(_search, large)
    assert hold.is_under_way.wait(30)
    assert large.workspace.control.delete("").status_code == 204
    hold.go_on.set()
    # The name stands for a new world by then.
    assert _found(asked) == 0
