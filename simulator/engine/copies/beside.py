"""Work that takes long is done by a thread, beside everybody else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


class Beside:
    """One thread for all work of a kind: several would take turns with the event loop as well."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._pool: ThreadPoolExecutor | None = None

    async def do(self, work: Callable[[], T]) -> T:
        """What the work gives, done while others are answered."""
        if self._pool is None:
            self._pool = ThreadPoolExecutor(1, thread_name_prefix=self._kind)
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)
