"""The near copy of what a store keeps: where the engine, which never waits, meets a place that has
to be waited for.

What a transaction changes is there at once, as a *draft*: others see it, and build on it. It leaves
for the store in a group with all that came meanwhile, one group of a workspace after the other, and
an answer leaves only when what it tells of is kept (`kept`). When another process was faster, or
the store cannot keep anything, the drafts fall: the near copy is put right, whoever waits hears it,
and what was asked may be done again on what is there now. So nobody is ever told what may still be
undone, and nobody waits for the store while a transaction runs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from simulator.core.tables import Change
from simulator.engine.backends.asking import Asking
from simulator.engine.backends.backend import Behind, Conflict
from simulator.engine.backends.flights import Flights
from simulator.engine.backends.group import Entry, Then
from simulator.engine.backends.near import Follower, Near, Nears
from simulator.engine.backends.rows import Rows, rows_of
from simulator.engine.backends.solitude import Solitude
from simulator.engine.backends.store import Kept, Store, Whole

_NOTHING = Kept(0, 0)


class Mirror:
    """A `Backend` of near copies over a store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._asking = Asking(store)
        self._nears = Nears()
        self.solitude = Solitude(store)
        self._flights = Flights(self._asking, self._nears, self.solitude)

    def follow(self, follower: Follower) -> None:
        """Tell `follower` what becomes of the workspaces."""
        self._flights.follower = follower

    @property
    def near(self) -> int:
        """Of how many workspaces there is a near copy."""
        return len(self._nears.known)

    @property
    def drafts(self) -> int:
        """Of how many workspaces it is not known yet whether what was done is kept."""
        return sum(bool(near.drafts) for near in self._nears.known.values())

    def is_decided(self, workspace: str) -> bool:
        """Whether all that was done in a workspace is known to be kept."""
        near = self._nears.known.get(workspace)
        return near is None or not any(group.alters for group in near.drafts)

    def is_sole(self, workspace: str) -> bool:
        """Whether nobody else can have changed a workspace since it is known here as it is kept."""
        near = self._nears.known.get(workspace)
        return near is not None and self._is_sole(near)

    def _is_sole(self, near: Near) -> bool:
        return near.sole == self.solitude.period() and near.sole is not None

    @property
    def failure(self) -> str | None:
        """Why the store last failed; None when it works."""
        return self._asking.failure

    # What the engine asks, which never waits

    def names(self) -> list[str]:
        return sorted(self._nears.names | self._nears.known.keys())

    def version(self, workspace: str) -> int | None:
        near = self._nears.known.get(workspace)
        return None if near is None else near.version

    def load(self, workspace: str) -> tuple[int, list[Change]] | None:
        near = self._nears.known.get(workspace)
        if near is None:
            return None
        found = {(table, key): record for table, key, record in near.rows.all()}
        for group in near.drafts:
            if group.whole is not None:
                found = {}
            found.update({(table, key): record for table, key, record in group.all()})
        changes = [Change(*place, record) for place, record in found.items() if record is not None]
        return near.version, changes

    def changes_since(self, workspace: str, version: int) -> tuple[int, list[Change]]:
        near = self._nears.known.get(workspace)
        if near is None:
            raise Behind
        if near.version == version:
            return version, []
        if near.corrected is None or near.corrected[:2] != (version, near.version):
            raise Behind
        return near.version, near.corrected[2]

    def commit(self, workspace: str, expected: int, changes: Sequence[Change]) -> int:
        near = self._nears.known.get(workspace)
        if (0 if near is None else near.version) != expected:
            raise Conflict
        if near is None:
            near = self._nears.known[workspace] = Near(0, _NOTHING, Rows())
        self._flights.group(workspace, near).add(changes)
        near.version = self._nears.next_version()
        return near.version

    def replace(self, workspace: str, rows: Rows) -> int:
        near = self._nears.known.get(workspace)
        replaces = near is not None
        if near is None:
            near = self._nears.known[workspace] = Near(0, _NOTHING, Rows())
        self._flights.group(workspace, near).begin(rows, replaces=replaces)
        near.version = self._nears.next_version()
        return near.version

    def drop(self, workspace: str) -> None:
        near = self._nears.known.pop(workspace, None)
        self._nears.names.discard(workspace)
        if near is not None and near.pending is not None:
            # It was done before it was forgotten; the one that flies hears of its own end.
            near.pending.end(near.kept)
            near.pending = None
        self._flights.drop(workspace)

    # What belongs to a transaction besides its changes

    def log(
        self,
        workspace: str,
        log: str,
        entry: bytes,
        then: Callable[[int], object] | None = None,
        *,
        sure: bool = False,
    ) -> None:
        """Let an entry come to a log, together with what was done just now; one that is `sure`
        also when that is undone. `then` is called with its number when it is kept."""
        near = self._nears.known.get(workspace)
        if near is not None:
            group = self._flights.group(workspace, near)
            group.logs.setdefault(log, []).append(Entry(entry, then, sure))

    def afterwards(self, workspace: str, then: Then, *, sure: bool = False) -> None:
        """Call `then` when what was done just now is kept."""
        near = self._nears.known.get(workspace)
        if near is not None:
            group = self._flights.group(workspace, near)
            (group.sure if sure else group.drafted).then.append(then)

    # What is waited for

    async def present(self, workspace: str) -> Whole | None:
        """Have a near copy of the workspace if it is kept; gives what was loaded, None where there
        was one or there is none to have. Raises `StoreFailure`."""
        await self._flights.dropped(workspace)
        if workspace in self._nears.known:
            return None
        sole = self.solitude.period()
        whole = await self._asking.ask(self.store.load(workspace))
        if whole is None or workspace in self._nears.known:
            return None
        rows = await rows_of(whole.changes)
        if workspace in self._nears.known:
            return None
        near = self._nears.known[workspace] = Near(self._nears.next_version(), whole.kept, rows)
        near.sole = sole
        self._nears.names.add(workspace)
        return whole

    async def kept(self, workspace: str, *, sure: bool = False) -> None:
        """Wait until all that was done in a workspace so far is kept, with all that came to its
        logs, and nobody has done anything else that was not seen here.

        Raises `Outrun` and `StoreFailure`; then what was done is undone, but for what is `sure`.
        """
        near = self._nears.known.get(workspace)
        if near is None:
            await self._flights.dropped(workspace)
            return
        if self._is_sole(near):
            # What nobody else can have changed need not be asked for.
            drafts = near.drafts
            if not drafts:
                return
            group = drafts[-1]
        else:
            group = self._flights.group(workspace, near)
        await (group.sure if sure else group.drafted).wait()

    async def overdue(self, before: float, most: int) -> list[str]:
        """As `Store.overdue`."""
        return await self._asking.ask(self.store.overdue(before, most))

    async def look_up_names(self) -> None:
        """Learn which workspaces there are. Raises `StoreFailure`."""
        self._nears.names = set(await self._asking.ask(self.store.names()))

    def forget(self, workspace: str) -> bool:
        """Let go of the near copy of a workspace, which stays kept; tells whether that is possible
        now."""
        near = self._nears.known.get(workspace)
        if near is None or near.drafts or near.kept.version == 0:
            return False
        del self._nears.known[workspace]
        return True

    async def take_back(self, workspace: str) -> None:
        """Let a workspace be gone that is kept as it is known here; what another process did in it
        meanwhile lets it stay. Raises `StoreFailure`."""
        expected = self.state_of(workspace)
        if self.forget(workspace):
            gone = await self._asking.ask(self.store.drop(workspace, expected))
            if gone and workspace not in self._nears.known:
                self._nears.names.discard(workspace)

    def state_of(self, workspace: str) -> Kept:
        """How far the workspace is in the store, as far as it is known here."""
        near = self._nears.known.get(workspace)
        return _NOTHING if near is None else near.kept

    async def close(self) -> None:
        """Keep what is still to be kept, and close the store."""
        await self._flights.land()
        await self.store.close()
