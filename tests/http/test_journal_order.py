"""Who reads the journal while requests come in misses none of them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest

from simulator.carriers.inpost.account import mpks
from simulator.core.answers import Answer, Rendering
from simulator.engine.world import World
from simulator.settings import Settings
from tests.support.server import Workspace, running

MPKS = "/v1/organizations/1/mpks"


class Pen:
    """Draws a body, and is not done with it before it is told."""

    def __init__(self) -> None:
        self.draws = threading.Event()
        self.may_end = threading.Event()

    def answer(self, world: World, organization_id: str) -> Answer:
        return Answer(body=Rendering(self._draw))

    def _draw(self) -> bytes:
        self.draws.set()
        assert self.may_end.wait(10)
        return b"[]"


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Workspace, Pen]]:
    pen = Pen()
    monkeypatch.setattr(mpks, "list_mpks", pen.answer)
    with running(Settings()) as base_url:
        workspace = Workspace(base_url, "order")
        yield workspace, pen
        workspace.close()


def test_an_answer_that_took_long_stands_behind_those_before_it(
    slow: tuple[Workspace, Pen],
) -> None:
    workspace, pen = slow
    with ThreadPoolExecutor(1) as pool:
        waited_for = pool.submit(httpx2.get, f"{workspace.inpost_url}{MPKS}", headers=_token())
        assert pen.draws.wait(10)
        quick = workspace.client.get("/v1/organizations/1")
        [seen] = workspace.journal()
        pen.may_end.set()
        late = waited_for.result(10)
    assert late.json() == []
    later = late.headers["x-sim-request-id"]
    assert seen["id"] == quick.headers["x-sim-request-id"] < later
    assert [entry["id"] for entry in workspace.journal(since=seen["id"])] == [later]
    assert later in [entry["id"] for entry in workspace.journal(since=seen["at"])]
    times = [entry["at"] for entry in workspace.journal(order="oldest")]
    assert times == sorted(times)


def _token() -> dict[str, str]:
    return {"Authorization": "Bearer sim-inpost-prepaid"}
