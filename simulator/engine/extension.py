"""What the engine needs to know of a carrier, without knowing which one it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from simulator.core.tables import TableSpec
from simulator.engine.world import World

JobHandler = Callable[..., None]
"""Called as ``handler(world, **arguments)`` at the job's own instant."""


class Extension(Protocol):
    """A set of tables, jobs and defaults that is plugged into every workspace."""

    @property
    def name(self) -> str: ...

    @property
    def tables(self) -> Sequence[TableSpec[Any]]: ...

    @property
    def jobs(self) -> Mapping[str, JobHandler]: ...

    def quirk_defaults(self, profile: str) -> Mapping[str, Any]:
        """The value of every quirk under `profile` (``observed`` or ``documented``)."""

    def populate(self, world: World) -> None:
        """Put the default world's records into an empty workspace."""
