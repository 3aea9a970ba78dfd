"""Asks a store, and remembers whether it answers."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TypeVar

import structlog

from simulator.engine.backends.store import Store, StoreFailure

T = TypeVar("T")

log = structlog.get_logger("simulator.engine")


class Asking:
    """Why the store last failed is its `failure`; None when it works."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.failure: str | None = None

    async def ask(self, question: Awaitable[T]) -> T:
        """What the store answers. Raises `StoreFailure`, whatever goes wrong."""
        try:
            answer = await question
        except StoreFailure as failure:
            if self.failure is None:
                log.error("the store fails", place=self.store.place, reason=str(failure))
            self.failure = str(failure)
            raise
        except Exception as error:
            log.exception("the store fails", place=self.store.place)
            self.failure = f"{type(error).__name__}: {error}"
            raise StoreFailure(self.failure) from error
        if self.failure is not None:
            log.info("the store works again", place=self.store.place)
            self.failure = None
        return answer
