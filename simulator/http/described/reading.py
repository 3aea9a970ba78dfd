"""Reads a request's body for an operation; a large one beforehand, so that nobody waits for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from simulator.core.answers import Finding
from simulator.engine.copies.beside import Beside
from simulator.http import bodies
from simulator.http.bodies import Malformed, TooLarge
from simulator.http.described.plan import Plan, UnsupportedMediaType

T = TypeVar("T")

LARGE = 64 * 1024
"""Bytes from which on a body is read before the transaction: it takes milliseconds."""

_LARGE_ROWS = 16 * 1024
"""The same of what is no JSON: rows of a file have few bytes for what is made of each."""

_SURELY_LITTLE = 8 * 1024
"""Bytes of a body of which nobody waits for what is made."""
_MANY_VALUES = 2000
"""The same as `LARGE` of a body of short values, such as ids, by the commas between them."""


_BODIES = Beside("bodies")


async def beside(work: Callable[[], T]) -> T:
    """What some work with a large body gives, done while others are answered."""
    return await _BODIES.do(work)


class Reading:
    """A body as operations read it. What was read `ahead` is only looked up then.

    Nothing is said of it before somebody asks, so that whoever is not let in is told that first.
    """

    __slots__ = ("_ahead", "_depth", "_loose", "_normalise", "_raw", "media")

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
        self._loose: Any = _UNREAD

    @property
    def is_large(self) -> bool:
        """Whether the body is to be read ahead; a small one is read when it is used."""
        return len(self._raw) >= LARGE

    @property
    def is_much(self) -> bool:
        """Whether so much may be made of the body that others are to be answered meanwhile."""
        size = len(self._raw)
        if size < _SURELY_LITTLE:
            return False
        large = LARGE if "json" in self.media else _LARGE_ROWS
        return size >= large or self._raw.count(b",") >= _MANY_VALUES

    async def ahead(self, plans: Iterable[Plan]) -> None:
        """Read the body as each of the operations does, and as rules do."""
        await beside(lambda: self._read_all(plans))

    def _read_all(self, plans: Iterable[Plan]) -> None:
        self._ahead = {plan: self._read(plan) for plan in plans}
        self._loose = bodies.loosely(self._raw)

    def loosely(self) -> Any:
        """As `bodies.loosely`."""
        return bodies.loosely(self._raw) if self._loose is _UNREAD else self._loose

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


_UNREAD = object()

_Read = tuple[Any, tuple[Any, list[Finding]]]
"""What a body holds, and that without what the schema refuses, with what it refuses."""

NOTHING = Reading("", b"", 0)
"""The body of a request of which none was read."""
