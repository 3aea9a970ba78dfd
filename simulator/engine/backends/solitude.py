"""Since when a process is the only one that uses a store."""

from __future__ import annotations

import time

from simulator.engine.backends.store import ALONE_AGAIN, Store


class Solitude:
    """Tells the times apart in which nobody else can have kept anything.

    Whoever stands still, or does not look for long, may have missed one that came, did something
    and went.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._looked = 0.0
        self._period: int | None = None
        self._periods = 0

    def period(self) -> int | None:
        """The same number for as long as nobody else can have kept anything in the store; None
        while somebody else may."""
        now = time.monotonic()
        if not self._store.alone():
            self._period = None
        elif self._period is None or now - self._looked > ALONE_AGAIN:
            self._periods += 1
            self._period = self._periods
        self._looked = now
        return self._period
