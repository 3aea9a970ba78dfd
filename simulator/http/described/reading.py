"""Reads a request's body for an operation; a large one beforehand, so that nobody waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any, TypeVar

from simulator.core.answers import Finding
from simulator.http.bodies import Malformed, TooLarge
from simulator.http.described.plan import Plan, UnsupportedMediaType

T = TypeVar("T")

LARGE = 64 * 1024
"""Bytes from which on a body is read before the transaction: it takes milliseconds."""


@cache
def _beside() -> ThreadPoolExecutor:
    """One thread for all large bodies: several would take turns with the event loop as well."""
    return ThreadPoolExecutor(1, thread_name_prefix="bodies")


async def beside(work: Callable[[], T]) -> T:
    """What some work with a large body gives, done while others are answered."""
    return await asyncio.get_running_loop().run_in_executor(_beside(), work)


class Reading:
    """A body as operations read it. What was read `ahead` is only looked up then.

    Nothing is said of it before somebody asks, so that whoever is not let in is told that first.
    """

    __slots__ = ("_ahead", "_depth", "_normalise", "_raw", "media")

    def __init__(
        self,
        media: str,
        raw: bytes,
        depth: int,
        normalise: Callable[[Any, str], Any] | None = None,
    ) -> None:
        self.media = media
        self._raw = raw
        self._depth = depth
        self._normalise = normalise
        self._ahead: dict[Plan, _Read | Exception] = {}

    @property
    def is_large(self) -> bool:
        """Whether the body is to be read ahead; a small one is read when it is used."""
        return len(self._raw) >= LARGE

    async def ahead(self, plans: Iterable[Plan]) -> None:
        """Read the body as each of the operations does."""
        self._ahead = await beside(lambda: {plan: self._read(plan) for plan in plans})

    def decoded(self, plan: Plan) -> Any:
        """As `Plan.decoded`."""
        if self._ahead and plan in self._ahead:
            return self._found(plan)[0]
        return plan.decoded(self.media, self._raw, self._depth, self._normalise)

    def judged(self, plan: Plan, decoded: Any) -> tuple[Any, list[Finding]]:
        """As `Plan.judged`."""
        if self._ahead and plan in self._ahead:
            return self._found(plan)[1]
        return plan.judged(self.media, self._raw, decoded)

    def _read(self, plan: Plan) -> _Read | Exception:
        try:
            decoded = plan.decoded(self.media, self._raw, self._depth, self._normalise)
            return decoded, plan.judged(self.media, self._raw, decoded)
        except (Malformed, TooLarge, UnsupportedMediaType) as refusal:
            return refusal

    def _found(self, plan: Plan) -> _Read:
        found = self._ahead[plan]
        if isinstance(found, Exception):
            raise found
        return found


_Read = tuple[Any, tuple[Any, list[Finding]]]
"""What a body holds, and that without what the schema refuses, with what it refuses."""
