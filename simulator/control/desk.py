"""What a handler of the control API works with."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec

from simulator.carriers.carrier import Carrier
from simulator.control import problems
from simulator.control.first_writes import FirstWrites
from simulator.core.answers import Answer
from simulator.engine.bounds import REFUSED, BadName, TooManyWorkspaces, check_name
from simulator.engine.delivery.outbox import Outbox
from simulator.engine.hub import Hub
from simulator.engine.keeping.sure import surely
from simulator.engine.porch import Porch
from simulator.engine.workspace import Workspace
from simulator.engine.world import NO_REQUEST, Request, World
from simulator.http.described.plan import Plan
from simulator.http.metrics import Metrics
from simulator.http.told.near_misses import Directory
from simulator.scenarios.vocabulary import Vocabulary
from simulator.scenarios.worlds.loading import Loader

T = TypeVar("T")


class ControlOptions(msgspec.Struct, frozen=True):
    """How the control API is guarded and bounded; `token` None leaves it open, `host_allow` are
    names beside local ones under which pages in browsers may use it."""

    token: str | None = None
    host_allow: tuple[str, ...] = ()
    max_body_bytes: int = 2 * 1024 * 1024
    snapshot_bytes: int = 1024**3
    max_depth: int = 64
    response_validation: str = "off"
    version: str = ""


class Stream(msgspec.Struct, frozen=True):
    """An answer that is sent piece by piece until it ends or the client goes away; `size` are the
    bytes of all pieces, None where nobody knows."""

    pieces: Callable[[], AsyncIterator[bytes]]
    media_type: str
    size: int | None = None


class Incoming(msgspec.Struct, frozen=True):
    """A body that the handler reads while it arrives, within the bound for snapshots."""

    chunks: AsyncIterator[bytes]

    async def pass_over(self) -> None:
        """Read what is left of it, so that the client gets to read the answer."""
        async for _ in self.chunks:
            pass


class Pending(msgspec.Struct, frozen=True):
    """An answer that is waited for, without a transaction, unless the client goes away."""

    come: Callable[[], Coroutine[Any, Any, Answer]]


@dataclass(frozen=True, slots=True)
class Desk:
    """The services of the program and the request that is answered."""

    hub: Hub
    outbox: Outbox
    carriers: Mapping[str, Carrier]
    plans: Mapping[str, Sequence[Plan]]
    vocabulary: Vocabulary
    loader: Loader
    metrics: Metrics
    directory: Directory
    porch: Porch
    firsts: FirstWrites
    options: ControlOptions
    request: Request

    def workspace(self, name: str) -> Workspace:
        """The workspace of that name for a request that reads, or takes something away.

        Refuses the name of one that does not exist.
        """
        found = self.hub.existing(name)
        if found is None:
            _check_name(name)
            raise problems.no_workspace(name, self.hub.names())
        found.asked_at = time.monotonic()
        return found

    def journalled(self, name: str) -> Workspace:
        """The workspace of that name for who reads its journal: that of what was let into none can
        be read as `REFUSED`."""
        return self.porch.workspace if name == REFUSED else self.workspace(name)

    def own(self, name: str) -> Workspace:
        """The workspace of that name for a request that writes: made on first use, and taken back
        if the request is refused. Refuses names that cannot be used."""
        _check_name(name)
        try:
            return self.firsts.workspace(name)
        except TooManyWorkspaces as error:
            raise problems.overloaded(str(error)) from None

    async def run(
        self, workspace: Workspace, work: Callable[[World], T], request: Request = NO_REQUEST
    ) -> T:
        """Run `work` as one transaction, and return when it is kept."""
        return await surely(self.hub, workspace, lambda: self.hub.run(workspace, work, request))

    def header(self, name: str) -> str | None:
        """A request header by its lower-case name."""
        return self.request.headers.get(name)


def _check_name(name: str) -> None:
    try:
        check_name(name)
    except BadName as error:
        raise problems.invalid(problems.Fault("workspace", str(error))) from None


def page(items: list[Any], **more: Any) -> dict[str, Any]:
    """The body of a list."""
    return {"items": items, **more}
