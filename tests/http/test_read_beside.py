"""Journals, explanations, verdicts and searches among records are worked out beside everybody."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest

from simulator.control.journal import entries, verify
from tests.inpost.shipx import create, locker
from tests.support.server import Workspace

_PATIENCE = 30
_CHECKS = {"checks": [{"no_duplicates": True}]}


@pytest.mark.parametrize(
    ("owner", "name", "method", "path", "body"),
    [
        (entries, "summary", "GET", "/journal", None),
        (entries, "summary", "GET", "/journal/{name}-000001", None),
        (verify, "judge", "POST", "/verify", _CHECKS),
    ],
)
def test_others_are_answered_while_much_is_read(
    workspace: Workspace,
    monkeypatch: pytest.MonkeyPatch,
    owner: Any,
    name: str,
    method: str,
    path: str,
    body: object,
) -> None:
    made = create(workspace, locker())
    reached, free = threading.Event(), threading.Event()
    original = getattr(owner, name)

    def held(*arguments: Any) -> Any:
        reached.set()
        assert free.wait(_PATIENCE)
        return original(*arguments)

    monkeypatch.setattr(owner, name, held)
    url = path.format(name=workspace.name)
    with ThreadPoolExecutor(1) as threads:
        coming = threads.submit(workspace.control.request, method, url, json=body)
        assert reached.wait(_PATIENCE)
        health = httpx2.get(f"{workspace.base_url}/_sim/health", trust_env=False)
        assert health.status_code == 200
        # What happens meanwhile is not in the answer, which is of the instant of its request.
        second = create(workspace, locker())
        assert second["id"] != made["id"]
        assert not coming.done()
        free.set()
        answer = coming.result()
    assert answer.status_code == 200, answer.text
    if path == "/journal":
        assert answer.json()["total"] == 1
