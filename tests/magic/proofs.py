"""What is held against each row of the tables of magic values."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
import pytest

from tests.support.server import Workspace

Proof = Callable[[Workspace, str], None]
"""Does what a row says with its value or directive, and asserts its outcome."""

PROOFS: dict[tuple[str, str], Proof] = {}
"""Carrier and value -> its proof."""

LOST = (httpx2.ReadError, httpx2.RemoteProtocolError)
"""What a client sees of an answer that was lost."""


def proves(carrier: str, *values: str) -> Callable[[Proof], Proof]:
    """Marks the proof of these rows."""

    def mark(proof: Proof) -> Proof:
        for value in values:
            assert (carrier, value) not in PROOFS, f"{value} is proved twice"
            PROOFS[carrier, value] = proof
        return proof

    return mark


def why(workspace: Workspace, place: int = 0) -> str:
    """What the journal says of the last request, or of one before it."""
    entry = workspace.journal(limit=place + 1)[place]
    lines: list[str] = workspace.control.get(f"/journal/{entry['id']}").json()["why"]
    return "\n".join(lines)


def rules(workspace: Workspace) -> list[Any]:
    """The rules of the workspace."""
    items: list[Any] = workspace.control.get("/rules").json()["items"]
    return items


@contextmanager
def naps() -> Iterator[list[float]]:
    """Gathers for how long answers wait, without waiting."""
    told: list[float] = []
    sleep = asyncio.sleep

    async def nap(delay: float, result: Any = None) -> Any:
        if delay < 1:
            return await sleep(delay, result)
        told.append(delay)
        return result

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asyncio, "sleep", nap)
        yield told
