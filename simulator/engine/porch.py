"""Where requests are answered that name a workspace which does not exist and are not let in.

It is a default world under a name that no workspace can have. Whatever a request does to it is
undone when it has been answered, so that each finds it as a new workspace would be; its journal is
kept, bounded as any. It is this process's own and no backend knows of it.
"""

from __future__ import annotations

from simulator.core.faults import did_you_mean
from simulator.engine.backends.memory import MemoryBackend
from simulator.engine.backends.rows import Rows
from simulator.engine.bounds import REFUSED
from simulator.engine.hub import Hub
from simulator.engine.workspace import Workspace

_MOST_COMPARED = 1000
"""Names that are looked at for one that may be meant, for each request that is refused."""


class Porch:
    """The world before the door of all workspaces, made when it is first needed."""

    def __init__(self, hub: Hub) -> None:
        self._inner = hub
        self._workspace: Workspace | None = None
        self.hub = Hub(hub.extensions, MemoryBackend(), hub.options, hub.observer)
        self._clean = 0

    @property
    def workspace(self) -> Workspace:
        """The world, as a new workspace begins."""
        if self._workspace is None:
            version = self.hub.backend.replace(REFUSED, Rows())
            state = self._inner.fresh_state()
            self._workspace = self.hub.adopt(REFUSED, state, version)
            self._clean = version
        return self._workspace

    def why(self, name: str) -> str:
        """Why a request for the workspace `name` is answered here, and which may be meant."""
        names = self._inner.names()
        meant = did_you_mean(name, names) if len(names) <= _MOST_COMPARED else ""
        return f'There is no workspace "{name}"; a request that is not let in makes none.{meant}'

    def tidy(self) -> None:
        """Undo what a request has done, such as using up a rule."""
        workspace = self.workspace
        if workspace.version != self._clean:
            workspace.state = self._inner.fresh_state()
            workspace.version = self._clean = self.hub.backend.replace(REFUSED, Rows())
            workspace.derive()

    def close(self) -> None:
        """Stop its timers."""
        self.hub.close()
