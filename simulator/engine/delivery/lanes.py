"""The way to one target: what goes there stands in a queue and leaves one after the other."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NamedTuple


class Queued(NamedTuple):
    """An attempt to deliver a webhook that has yet to be made.

    `done` is whoever waits for its outcome; one that was `asked` for by a client does not wait
    until the target may be tried again.
    """

    webhook: int
    done: asyncio.Future[None]
    asked: bool = False


class Lane:
    """The queue for a target, which is its origin, within one life of a workspace.

    A target is silent once an attempt timed out, until one is answered. Nobody waits for it then:
    what is queued keeps its place and its attempts, and is tried one by one, a pause apart.
    """

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.silent = False
        self.worker: asyncio.Task[None] | None = None
        self._queue: deque[Queued] = deque()
        self._silent_until = 0.0
        self._asked = asyncio.Event()

    def __len__(self) -> int:
        return len(self._queue)

    def add(self, queued: Queued) -> None:
        """Put an attempt behind the others; nobody waits for it while the target is silent."""
        self._queue.append(queued)
        if self.silent:
            _finish(queued)

    def add_first(self, queued: Queued) -> None:
        """Put an attempt before the others, in place of one for the same webhook."""
        for each in [each for each in self._queue if each.webhook == queued.webhook]:
            self._queue.remove(each)
            _finish(each)
        self._queue.appendleft(queued)
        self._asked.set()

    async def next(self) -> Queued:
        """Take the attempt whose turn it is, when the target may be tried."""
        while self.silent and not self._queue[0].asked:
            self._asked.clear()
            pause = self._silent_until - time.monotonic()
            if pause <= 0:
                break
            with suppress(TimeoutError):
                await asyncio.wait_for(self._asked.wait(), pause)
        return self._queue.popleft()

    def put_back(self, queued: Queued) -> None:
        """Let an attempt have its place again that was taken and not made."""
        self._queue.appendleft(queued)

    def heard(self) -> None:
        """The target has answered, or tells at once that it does not."""
        self.silent = False

    def hush(self, seconds: float) -> None:
        """The target let an attempt time out: it is tried again after so many seconds."""
        self.silent = True
        self._silent_until = time.monotonic() + seconds
        for queued in self._queue:
            if not queued.asked:
                _finish(queued)

    @property
    def webhooks(self) -> set[int]:
        """Those that are queued."""
        return {queued.webhook for queued in self._queue}

    def keep(self, wanted: Callable[[Queued], bool]) -> None:
        """Forget what is not wanted any more; nobody waits for it."""
        for queued in [each for each in self._queue if not wanted(each)]:
            self._queue.remove(queued)
            _finish(queued)

    def sort(self, place: Callable[[Queued], Any]) -> None:
        """Put what is queued into the order of its places, behind what clients ask for."""
        asked = [each for each in self._queue if each.asked]
        others = sorted((each for each in self._queue if not each.asked), key=place)
        self._queue = deque([*asked, *others])

    def clear(self) -> None:
        """Forget what is queued; nobody waits for it any more."""
        while self._queue:
            _finish(self._queue.popleft())


def _finish(queued: Queued) -> None:
    if not queued.done.done():
        queued.done.set_result(None)
