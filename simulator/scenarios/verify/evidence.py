"""What checks are judged by: exchanges of the journal, and what stands in the records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import NamedTuple

from simulator.carriers.shipping import Shipped
from simulator.engine.facts import Facts
from simulator.engine.journal import Entry


class Exchange:
    """An entry of the journal; what is in its request is read when it is first needed."""

    def __init__(self, entry: Entry, read: Callable[[Entry], Facts]) -> None:
        self.entry = entry
        self._read = read

    def __repr__(self) -> str:
        return f"Exchange({self.entry.id!r})"

    @property
    def id(self) -> str:
        """The id of the exchange, as `X-Sim-Request-Id` told it."""
        return self.entry.id

    @cached_property
    def facts(self) -> Facts:
        """What rules would know of the request."""
        return self._read(self.entry)


class Offered(NamedTuple):
    """An operation that a request which missed all of them may have meant."""

    method: str
    path: str
    operation: str


def _nothing_unread(entry: Entry) -> Sequence[tuple[str, str | None]]:
    return ()


def _nothing_offered(entry: Entry) -> Sequence[Offered]:
    return ()


class Evidence(NamedTuple):
    """Everything that checks may be about.

    `exchanges` are oldest first, `forgotten` is how many older ones the journal has let go;
    `shipped` has what stands as shipped by carriers. `unread` tells the places of a request that
    nothing looked at, each with what may be meant; `offered` the operations that are nearest to a
    request which missed all of them.
    """

    exchanges: Sequence[Exchange]
    forgotten: int = 0
    shipped: Sequence[tuple[str, Shipped]] = ()
    unread: Callable[[Entry], Sequence[tuple[str, str | None]]] = _nothing_unread
    offered: Callable[[Entry], Sequence[Offered]] = _nothing_offered
